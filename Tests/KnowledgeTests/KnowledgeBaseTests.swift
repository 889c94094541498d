import Core
import Foundation
import Labels
import Store
import Support
import Testing

@testable import Knowledge

@Suite struct KnowledgeBaseTests {
    let directory: TemporaryDirectory
    let store: Store
    let knowledge: KnowledgeBase

    init() throws {
        directory = try TemporaryDirectory()
        store = try Store.open(at: directory.file("data"))
        knowledge = KnowledgeBase(store: store, tools: ExternalTools(), clock: ManualWallClock())
    }

    private func add(_ name: String, _ text: String, label: Label = .bottom) async throws -> IngestOutcome {
        try await knowledge.ingest(DocumentFile(name: name, bytes: Array(text.utf8)), label: label)
    }

    private func found(_ query: String, upTo grade: Grade = .level1, excluding: Set<Category> = []) async throws -> [String] {
        try await knowledge.search(query, clearance: Clearance(upTo: grade, excluding: excluding)).map(\.document)
    }

    @Test func theDocumentThatAnswersComesFirstWithItsPlace() async throws {
        _ = try await add("bus.md", "# 公交卡\n\n公交卡在地铁站办理，押金二十元。")
        _ = try await add("permit.md", "# 居住证\n\n## 材料\n\n办理居住证需要身份证明和居住证明。")
        let hits = try await knowledge.search("请问居住证需要什么材料", clearance: Clearance(upTo: .level1))
        #expect(hits.first?.document == "permit.md")
        #expect(hits.first?.citation.heading.contains("材料") == true)
        #expect(hits.first?.citation.title == "居住证")
    }

    @Test func gradeAndCategoryAreFiltersNotAdvice() async throws {
        _ = try await add("open.md", "居住证办理指南。", label: Label(.level1))
        _ = try await add("inner.md", "居住证内部口径。", label: Label(.level3))
        _ = try await add("health.md", "居住证与健康档案。", label: Label(.level1, [.health]))
        #expect(Set(try await found("居住证")) == ["open.md", "health.md"])
        #expect(Set(try await found("居住证", upTo: .level4)) == ["open.md", "health.md", "inner.md"])
        #expect(try await found("居住证", excluding: [.health]) == ["open.md"])
    }

    @Test func forbiddenDocumentsNeverCrowdOutPermittedOnes() async throws {
        for index in 0..<250 { _ = try await add("h\(index).md", "居住证居住证居住证 \(index)。", label: Label(.level1, [.health])) }
        _ = try await add("open.md", "居住证办理指南，附加很多别的字。")
        #expect(try await found("居住证", excluding: [.health]) == ["open.md"])
    }

    @Test func unchangedIsSkippedChangedIsReplacedForgottenIsGone() async throws {
        guard case .added = try await add("a.md", "旧的内容甲乙丙。") else { Issue.record("not added"); return }
        guard case .unchanged = try await add("a.md", "旧的内容甲乙丙。") else { Issue.record("not unchanged"); return }
        guard case .replaced = try await add("a.md", "新的规定丁戊己。") else { Issue.record("not replaced"); return }
        #expect(try await found("内容甲乙丙").isEmpty)
        #expect(try await found("规定丁戊己") == ["a.md"])
        #expect(try await knowledge.remove("a.md"))
        #expect(try await found("规定丁戊己").isEmpty)
        #expect(try await knowledge.remove("a.md") == false)
    }

    @Test func aNewLabelTakesEffectAtOnce() async throws {
        _ = try await add("a.md", "居住证。", label: Label(.level1))
        _ = try await add("a.md", "居住证。", label: Label(.level4))
        #expect(try await found("居住证").isEmpty)
        #expect(try await found("居住证", upTo: .level4) == ["a.md"])
    }

    @Test func badFilesBecomeDiagnosticsAndTheRestGoesOn() async throws {
        try directory.write(Array("# 好\n\n好的文件。".utf8), to: "in/good.md")
        try directory.write([0x50, 0x4B, 3, 4, 0, 0], to: "in/broken.docx")
        try directory.write([1, 2, 3], to: "in/unknown.xyz")
        try directory.write(Array("not a pdf".utf8), to: "in/fake.pdf")
        try directory.write([0xD6, 0xD0, 0xCE, 0xC4], to: "in/gb.txt")
        let report = try await knowledge.ingest(directory: directory.file("in"), label: .bottom)
        #expect(report.added == 2 && report.failed == 3)
        #expect(report.diagnostics.filter { $0.severity == .error }.compactMap(\.place) == ["broken.docx", "fake.pdf", "unknown.xyz"])
        #expect(report.diagnostics.filter { $0.severity == .error }.allSatisfy { $0.message.contains("remedy") })
        #expect(try await knowledge.documents().map(\.document) == ["gb.txt", "good.md"])
    }

    @Test(arguments: ["", "？！。", " ", "\u{0}"])
    func aQueryOfNothingFindsNothing(query: String) async throws {
        _ = try await add("a.md", "居住证。")
        #expect(try await found(query).isEmpty)
    }

    @Test(arguments: ["", "a\u{0}b", String(repeating: "x", count: 2000)])
    func badDocumentNamesAreRefused(name: String) async {
        await #expect { _ = try await self.add(name, "x") } throws: { ($0 as? Fault)?.code.kind == .usage || ($0 as? Fault)?.code == .unknownFileType }
    }
}

@Suite struct ExternalToolsTests {
    let tools = ExternalTools()

    @Test func outputAndTimeAreBounded() async throws {
        #expect(String(decoding: try await tools.run("cat", arguments: [], stdin: Array("榕".utf8)), as: UTF8.self) == "榕")
        await #expect { try await self.tools.run("sleep", arguments: ["20"], timeLimit: .milliseconds(200)) } throws: { ($0 as? Fault)?.code == .toolTimeLimit }
        await #expect { try await self.tools.run("yes", arguments: [], timeLimit: .seconds(20), outputByteCountMax: 1 << 16) } throws: { ($0 as? Fault)?.code == .documentTooLarge }
        await #expect { try await self.tools.run("false", arguments: []) } throws: { ($0 as? Fault)?.code == .toolFailed }
    }

    private func shell(_ script: String, timeLimit: Duration = .seconds(300)) async throws -> (status: Int32, output: String) {
        let end = try await tools.run(path: "/bin/sh", arguments: ["-c", script], environment: ["PATH": "/usr/bin:/bin"], timeLimit: timeLimit)
        return (end.status, String(decoding: end.output, as: UTF8.self))
    }

    @Test func theEndIsTheEndOfTheProgram() async throws {
        // Neither of one that it left behind, which holds its output open, ...
        let left = try await shell("sleep 600 & echo $!; exit 7")
        #expect(left.status == 7 && kill(Int32(left.output.trimmingCharacters(in: .whitespacesAndNewlines)) ?? -1, SIGKILL) == 0)
        // ... nor of its output.
        #expect(try await shell("exec >&-; sleep 0.2; exit 7").status == 7)
        #expect(try await shell("kill -9 $$").status == -1)
        await #expect { _ = try await self.shell("exec >&-; sleep 600", timeLimit: .seconds(1)) } throws: { ($0 as? Fault)?.code == .toolTimeLimit }
        #expect(try await shell("head -c 3000000 /dev/zero").output.utf8.count == 3_000_000)
    }

    @Test func aProgramGetsItsStreamsAndNothingElse() async throws {
        let pipe = Pipe()
        defer { withExtendedLifetime(pipe) {} }
        // The number that ls itself opens is the fourth.
        #expect(try await shell("ls /proc/self/fd").output.split(separator: "\n").count == 4)
    }

    /// However long one lives, and whatever it closes, the end of another is heard at once.
    @Test func programsThatLastHoldUpNoOther() async throws {
        let lasting = Task { try await shell("i=3; while [ $i -lt 10 ]; do eval \"exec $i>&-\"; i=$((i+1)); done; sleep 600") }
        for _ in 0..<20 { #expect(try await shell("exit 0").status == 0) }
        lasting.cancel()
        await #expect(throws: CancellationError.self) { try await lasting.value }
    }

    /// What a program started is ended together with it.
    @Test func nothingIsLeftOfAProgramThatIsEnded() async throws {
        let directory = try TemporaryDirectory(), file = directory.file("number")
        await #expect { _ = try await self.shell("sleep 600 & echo $! > \(file); wait", timeLimit: .seconds(1)) } throws: { ($0 as? Fault)?.code == .toolTimeLimit }
        let number = try #require(Int32(try String(contentsOfFile: file, encoding: .utf8).trimmingCharacters(in: .whitespacesAndNewlines)))
        // Whoever adopts it takes a moment to bury it.
        for _ in 0..<6_000 where kill(number, 0) == 0 && !isDead(number) { try await Task.sleep(for: .milliseconds(10)) }
        #expect(kill(number, 0) != 0 || isDead(number))
    }

    /// A limit is the program's, not that of the threads that wait for their turn to hear of its end.
    @Test func oneThatEndedInTimeIsInTimeWheneverThatIsHeard() async throws {
        let busy = (0..<64).map { _ in Task.detached { for _ in 0..<4 { usleep(50_000); await Task.yield() } } }
        for _ in 0..<20 { #expect(try await shell("exit 7", timeLimit: .seconds(1)).status == 7) }
        for task in busy { await task.value }
    }

    private func isDead(_ number: Int32) -> Bool { (try? String(contentsOfFile: "/proc/\(number)/stat", encoding: .utf8))?.contains(") Z ") ?? true }

    @Test func aProgramIsANameNotAPath() {
        #expect(tools.locate("cat") != nil)
        for name in ["", "/bin/cat", "../bin/cat", "no-such-program"] { #expect(tools.locate(name) == nil) }
    }
}

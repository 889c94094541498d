import Core
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

    @Test func aProgramIsANameNotAPath() {
        #expect(tools.locate("cat") != nil)
        for name in ["", "/bin/cat", "../bin/cat", "no-such-program"] { #expect(tools.locate(name) == nil) }
    }
}

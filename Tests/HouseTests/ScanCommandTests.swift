import Core
import Foundation
import Support
import Testing

/// `banyan scan` as a person runs it.
@Suite struct ScanCommandTests {
    private static let values = ["13800138000", "11010519491231002X", "林晓芸", "li.ming@example.com"]
    private static let text = "我叫林晓芸，电话13800138000，身份证11010519491231002X，邮箱li.ming@example.com"

    private func piped(_ input: [UInt8], _ arguments: [String]) throws -> (status: Int32, output: String) {
        let directory = try TemporaryDirectory()
        let file = try directory.write(input, to: "input")
        return try ChildProcess("/bin/sh", ["-c", "exec \"$0\" \"$@\" < '\(file)'", House.binary] + arguments, environment: ["BANYAN_LANG": "en"], errorToOutput: true).finish()
    }

    @Test func findsAndGradesAndPrintsNoValue() throws {
        let directory = try TemporaryDirectory()
        let file = try directory.write(Array(Self.text.utf8), to: "a.txt")
        let page = directory.file("report.html")
        for more in [[], ["--explain"], ["--json"], ["--jsonl"], ["--sarif", "--explain"], ["--csv"], ["--format", "html"], ["--html", page]] {
            let (status, output) = try House.banyan(["scan", file, "--no-tagger"] + more)
            #expect(status == 0 && (output.contains("resident-id") || output.contains("Resident ID")), "\(more) \(output.prefix(300))")
            for value in Self.values { #expect(!output.contains(value), "\(more)") }
        }
        let written = TextDecoder.decode(try FileTree.read(page)).text
        #expect(written.hasPrefix("<!DOCTYPE html>") && !Self.values.contains(where: written.contains))
        #expect(try House.banyan(["scan", file, "--no-tagger", "--reveal", "--csv"]).output.contains("13800138000"))
        let json = try JSONValue(parsing: House.banyan(["scan", file, "--no-tagger", "--json"]).output)
        #expect(json["label"]?.string?.contains("L4") == true && json["grades"]?.array?.isEmpty == false)
    }

    @Test func standardInputIsATextOrLines() throws {
        let (status, output) = try piped(Array(Self.text.utf8), ["scan", "-", "--no-tagger", "--json"])
        #expect(status == 0)
        #expect(try JSONValue(parsing: output)["findings"]?.array?.contains { $0["type"] == "resident-id" } == true)
        let lines = try piped(Array("{\"id\":\"a\",\"text\":\"电话13800138000\"}\nx\n".utf8), ["scan", "-", "--no-tagger", "--jsonl"])
        #expect(lines.status == 0)
        let rows = lines.output.split(separator: "\n")
        #expect(try JSONValue(parsing: String(rows[0]))["findings"]?[0]?["start"] == 2)
        #expect(try JSONValue(parsing: String(rows[1]))["error"] != nil)
    }

    @Test func failOnDecidesTheStatus() throws {
        let directory = try TemporaryDirectory()
        let file = try directory.write(Array("电话13800138000".utf8), to: "a.txt")
        for (what, status) in [("mobile", Int32(1)), ("resident-id", 0), ("L2", 1), ("core", 0), ("resident-id,group:contact", 1)] {
            #expect(try House.banyan(["scan", file, "--no-tagger", "--fail-on", what]).status == status, "\(what)")
        }
        let (status, output) = try House.banyan(["scan", file, "--fail-on", "nonsense", "--no-tagger"])
        #expect(status == 64 && output.contains("there is no type nonsense") && output.contains("remedy"))
    }

    @Test func typesPatternsAndDictionaries() throws {
        let directory = try TemporaryDirectory()
        let file = try directory.write(Array((Self.text + " 工号 EMP-4711 项目 天穹计划").utf8), to: "a.txt")
        let words = try directory.write(Array("天穹计划\n".utf8), to: "words.txt")
        func types(_ more: [String]) throws -> Set<String> {
            let (status, output) = try House.banyan(["scan", file, "--no-tagger", "--json"] + more)
            #expect(status == 0, "\(output.prefix(300))")
            return Set(try JSONValue(parsing: output)["findings"]?.array?.compactMap { $0["type"]?.string } ?? [])
        }
        #expect(try types(["--types", "mobile,group:identity"]) == ["mobile", "resident-id", "employee-number"])
        #expect(try types(["--pattern", "badge=EMP-[0-9]{4}", "--types", "badge"]) == ["badge"])
        #expect(try types(["--dictionary", "project=\(words)", "--types", "project"]) == ["project"])
        for arguments in [["--types", "nonsense"], ["--pattern", "x"], ["--sample", "0%"], ["--sample", "x"], ["--confidence", "1"], ["--json", "--csv"], ["--tagger", "x", "--no-tagger"], ["--threads", "0"], ["--reveal", "--data", "x"]] {
            #expect(try House.banyan(["scan", file] + arguments).status == 64, "\(arguments)")
        }
        #expect(try House.banyan(["scan", directory.file("none")]).status == 7)
    }

    /// Killed at random moments, the scan goes on and its report is that of a scan that never stopped; then nothing has changed.
    @Test func aKilledScanGoesOn() throws {
        let directory = try TemporaryDirectory()
        for index in 0..<6_000 { try directory.write(Array("file \(index) \(index % 5 == 0 ? "电话 1380013\(1000 + index)" : "nothing")\n".utf8), to: "tree/\(index % 20)/\(index).txt") }
        let tree = directory.file("tree"), data = directory.file("data")
        let whole = try House.banyan(["scan", tree, "--no-tagger", "--json"])
        #expect(whole.status == 0)
        var random = SeededRandom(seed: 5)
        for _ in 0..<4 {
            let process = try ChildProcess(House.binary, ["scan", tree, "--no-tagger", "--json", "--data", data], environment: ["BANYAN_LANG": "en"])
            usleep(UInt32.random(in: 100_000...900_000, using: &random))
            process.kill()
            _ = process.wait()
        }
        let resumed = try ChildProcess(House.binary, ["scan", tree, "--no-tagger", "--json", "--data", data], environment: ["BANYAN_LANG": "en"]).finish()
        #expect(resumed.status == 0 && resumed.output == whole.output)
        let again = try House.banyan(["scan", tree, "--no-tagger", "--json", "--data", data])
        #expect(again.output.contains("6000 files unchanged"))
        // Nothing of what was matched is in the data directory.
        for name in try FileManager.default.contentsOfDirectory(atPath: data) where name.hasPrefix("banyan.sqlite") { #expect(!contains(try FileTree.read(data + "/" + name, byteCountMax: 1 << 30), Array("1380013".utf8))) }
    }

    private func contains(_ bytes: [UInt8], _ word: [UInt8]) -> Bool { Data(bytes).range(of: Data(word)) != nil }

    /// Classes come from the bundled weights, and stay when a later scan takes its results over.
    @Test func saysWhatDocumentsAre() throws {
        let directory = try TemporaryDirectory()
        let lines = ["劳动合同书", "甲方（用人单位）：榕树有限公司", "乙方（劳动者）：某某", "一、本合同为固定期限劳动合同，期限三年，自签订之日起生效。", "二、乙方同意担任工程师岗位工作。", "三、甲方每月支付乙方工资，不得拖欠。", "四、双方发生争议，可向劳动争议仲裁委员会申请仲裁。", "甲方（盖章）　乙方（签字）"]
        try directory.write(Array(lines.joined(separator: "\n").utf8), to: "tree/a.txt")
        let tree = directory.file("tree"), data = directory.file("data")
        #expect(try House.banyan(["scan", tree, "--no-tagger"]).output.contains("Contract"))
        for _ in 0..<2 {
            let (_, output) = try House.banyan(["scan", tree, "--no-tagger", "--json", "--data", data])
            let documents = try JSONValue(parsing: String(output[(output.firstIndex(of: "{") ?? output.startIndex)...]))["documents"]
            #expect(documents?.array?.count == 1 && documents?[0]?["class"] == "contract" && documents?[0]?["path"] == "a.txt", "\(output.suffix(300))")
        }
    }

    @Test func aSampleStatesItsBound() throws {
        let directory = try TemporaryDirectory()
        for index in 0..<300 { try directory.write(Array(index % 10 == 0 ? "电话13800138000".utf8 : "nothing".utf8), to: "tree/\(index).txt") }
        let json = try JSONValue(parsing: House.banyan(["scan", directory.file("tree"), "--no-tagger", "--json", "--sample-count", "100"]).output)
        let sample = try #require(json["sample"])
        #expect(sample["population"] == 300 && sample["sampled"] == 100)
        #expect((sample["shareOfFilesWithFindingsMax"]?.double ?? 0) > 0.05)
        #expect(try House.banyan(["scan", directory.file("tree"), "--no-tagger", "--sample", "50%"]).output.contains("Clopper-Pearson"))
    }

    /// The example under Demos: rows through PySpark's pipe have the findings of one process. The script says so itself where Java or PySpark is missing.
    @Test func sparkGivesTheSameFindings() throws {
        guard let python = House.program("python3") else { return }
        let (status, output) = try ChildProcess(python, [Repository.path("Demos/pyspark/scan_rows.py"), "--banyan", House.binary, "--rows", "5000", "--partitions", "3"], errorToOutput: true).finish()
        #expect(status == 0, "\(output.suffix(600))")
        #expect(output.contains("skipped: ") || output.contains("the same findings"))
    }
}

import Core
import Detection
import Foundation
import Support
import Testing

@testable import Scanning

/// What files are as a whole, with the weights that come with Banyan.
@Suite struct DocumentReportTests {
    static let payroll = [
        ["姓名", "部门", "基本工资", "绩效工资", "扣社保", "个税", "实发工资"], ["赵敏", "销售部", "6500.00", "2300.00", "682.50", "31.20", "8086.30"],
        ["孙浩", "研发部", "12000.00", "4000.00", "1260.00", "285.00", "14455.00"], ["周婷", "行政部", "5600.00", "900.00", "588.00", "0.00", "5912.00"],
        ["郑凯", "研发部", "9800.00", "3100.00", "1029.00", "120.50", "11750.50"],
    ]
    private static let contract = SampleTexts.contract
    static func scanner() throws -> FileScanner {
        FileScanner(detector: Detector(), classifier: try DocumentClassifier(weights: FileTree.read(Repository.path("Demos/detection/document-classes.bin"))))
    }

    /// The same document in every wrapping that holds one document.
    @Test func wrappingsDoNotHideAClass() async throws {
        let scanner = try Self.scanner(), csv = Array(Self.payroll.map { $0.joined(separator: ",") }.joined(separator: "\n").utf8), text = Array(Self.contract.utf8)
        let mail = "From: a@example.com\r\nTo: b@example.com\r\nSubject: contract\r\nContent-Type: text/plain; charset=utf-8\r\n\r\n\(Self.contract)"
        let files: [(String, [UInt8], DocumentClass)] = [
            ("a.csv", csv, .payroll), ("a.xlsx", Samples.workbook(Self.payroll), .payroll), ("a.csv.gz", Samples.gzip(csv), .payroll), ("a.txt", text, .contract),
            ("b.txt", [0xFF, 0xFE] + Self.contract.utf16.flatMap { [UInt8($0 & 255), UInt8($0 >> 8)] }, .contract), ("a.eml", Array(mail.utf8), .contract),
        ]
        for (name, bytes, expected) in files {
            let document = await scanner.scan(bytes, name: name).document
            #expect(document?.documentClass == expected && document?.path == name, "\(name)")
            #expect((document?.confidence ?? 0) >= DocumentSample.confidenceMin)
        }
    }

    /// Archives of several files are no document, a line is too short to tell, and without weights nothing is told.
    @Test func whatIsNoDocumentHasNoClass() async throws {
        let scanner = try Self.scanner(), text = Array(Self.contract.utf8)
        for (name, bytes) in [("a.zip", Samples.zip([("a.txt", text)])), ("a.tar.gz", Samples.gzip(Samples.tar([("a.txt", text)]))), ("a.txt", Array("甲方：李建国".utf8)), ("a.bin", [0, 1, 2] + text)] {
            #expect(await scanner.scan(bytes, name: name).document == nil, "\(name)")
        }
        #expect(await Samples.scan(text, "a.txt").document == nil)
    }

    @Test func onlyTheFrontOfALongTextIsKept() {
        var sample = DocumentSample()
        for _ in 0..<3_000 { sample.add(Array(repeating: UInt8(ascii: "a"), count: 100)) }
        #expect(sample.text.count == DocumentSample.byteCountMax && sample.isFull)
    }

    @Test func reportsNameClassesInBothLanguages() async throws {
        let scanner = try Self.scanner()
        var report = ScanReport(root: "in")
        report.add(await scanner.scan(Array((Self.contract + "\n电话\(Samples.mobile)").utf8), name: "dir/a<b>.txt"))
        report.add(await scanner.scan(Array("电话\(Samples.mobile)".utf8), name: "plain.txt"))
        #expect(report.documentCounts == [.contract: 1])
        func text(_ format: ReportFormat, isChinese: Bool = false) -> String {
            format.text(report, ReportContext(label: "L3", verdicts: [], isChinese: isChinese, version: "1") { SensitiveType(id: $0).title })
        }
        let documents = try JSONValue(parsing: text(.json))["documents"]
        #expect(documents?.array?.count == 1 && documents?[0]?["path"] == "dir/a<b>.txt" && documents?[0]?["class"] == "contract" && (documents?[0]?["confidence"]?.double ?? 0) >= DocumentSample.confidenceMin)
        #expect(text(.table).contains("Contract") && text(.table, isChinese: true).contains("合同"))
        #expect(text(.html).contains("<td>dir/a&lt;b&gt;.txt</td><td><span class=\"en\">Contract</span><span class=\"zh\">合同</span></td>"))
        let rows = text(.csv).split(separator: "\r\n")
        #expect(rows[0].hasSuffix(",documentClass") && rows[1].hasSuffix(",contract") && rows.last?.hasPrefix("plain.txt") == true && rows.last?.hasSuffix(",") == true)
    }

    /// A list of customers holds names, numbers and amounts, as a payroll does, and is none.
    @Test func aListOfCustomersIsNoPayroll() async throws {
        let scanner = try Self.scanner()
        let names = ["赵敏", "孙浩", "周婷", "郑凯", "钱伟", "吴芳", "王磊", "陈静"]
        let csv = "客户编号,姓名,手机号,邮箱,城市,累计消费\n" + names.enumerated().map { "C\(1_000 + $0),\($1),1380013\(8_000 + 37 * $0),user\($0)@example.com,杭州,\(1_200 + 350 * $0).50" }.joined(separator: "\n")
        #expect(await scanner.scan(Array(csv.utf8), name: "customers.csv").document == nil)
        let english = "customer_id,name,email,phone,city,total\n" + (0..<12).map { "\(1_000 + $0),Jane Miller,user\($0)@example.com,+1 212-555-01\(10 + $0),Boston,\(120 + 7 * $0).25" }.joined(separator: "\n")
        #expect(await scanner.scan(Array(english.utf8), name: "customers.csv").document == nil)
    }

    /// Who read the names stands in the reports for people and in JSON; where no quick tagger did, people are told nothing.
    @Test(arguments: [0, 7]) func reportsTellWhatQuickTaggersRead(byQuick: Int) throws {
        var report = ScanReport(root: "in"), result = FileResult()
        result.reading = EntityReading(byNetwork: 3, byQuick: byQuick)
        report.add(result)
        report.add(result)
        func text(_ format: ReportFormat, isChinese: Bool = false) -> String {
            format.text(report, ReportContext(label: "L1", verdicts: [], isChinese: isChinese, version: "1") { SensitiveType(id: $0).title })
        }
        let pieces = try JSONValue(parsing: text(.json))["taggedPieces"]
        #expect(pieces?["network"]?.int == 6 && pieces?["quick"]?.int == 2 * byQuick)
        #expect(text(.table).contains("14 pieces of text read by the quick tagger, 6 by a network") == (byQuick > 0))
        #expect(text(.table, isChinese: true).contains("快速标注器读取 14 段") == (byQuick > 0) && text(.html).contains("快速标注器读取 14 段") == (byQuick > 0))
    }

    /// A result that is kept under its content names the file where it is found again.
    @Test func aKeptResultTakesItsNewPath() async throws {
        let result = try await Self.scanner().scan(Array(Self.contract.utf8), name: "a.txt")
        let kept = result.unmoved(from: "a.txt")
        #expect(kept.document?.path == "")
        let read = try JSONDecoder().decode(FileResult.self, from: JSONEncoder().encode(kept))
        #expect(read.moved(to: "b.txt").document == DocumentReport(path: "b.txt", documentClass: .contract, confidence: result.document?.confidence ?? 0))
    }
}

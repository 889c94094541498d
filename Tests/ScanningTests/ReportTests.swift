import Core
import Detection
import Foundation
import Support
import Testing

@testable import Scanning

@Suite struct ReportTests {
    private static let context = ReportContext(
        label: "L4{contact}", verdicts: [ReportVerdict(standard: "s", level: "4", clause: "c", reason: "甲 / a", isConfirmed: false)], explains: true, version: "1.2.3"
    ) { SensitiveType(id: $0).title }

    /// Sources of all kinds in one report, with a file name that wants to be a formula, markup and a control sequence.
    static func report(reveals: Bool) async -> ScanReport {
        var options = ScanOptions()
        options.reveals = reveals
        let scanner = FileScanner(detector: Detector(), options: options, explains: true)
        var report = ScanReport(root: "in")
        let files: [(String, [UInt8])] = [
            ("=1+1<script>\u{1B}[2J,\".txt", Array("电话\(Samples.mobile) 邮箱\(Samples.mail) 订单\(Samples.mobile)".utf8)), ("a.csv", Array("sfzh,x\n\(Samples.identity),1\n".utf8)),
            ("a.xlsx", Samples.workbook([["手机", "a"], [Samples.mobile, "b"]])), ("a.zip", Samples.zip([("in/b.jsonl", Array("{\"phone\":\"\(Samples.mobile)\"}\nbroken \(Samples.identity)\n".utf8))])),
            ("a.eml", Array(MailTests.message.utf8)), ("bad.zip", Array("PK\u{3}\u{4}\(Samples.mobile)".utf8)), ("bad.gz", [0x1F, 0x8B, 8] + Array(Samples.mobile.utf8)), ("bin", [0, 1] + Array(Samples.mobile.utf8)),
        ]
        for (name, bytes) in files { report.add(await scanner.scan(bytes, name: name)) }
        report.sample = SampleReport(population: 100, sampled: 7, hits: 5, hitsByType: report.counts, confidence: 0.95)
        return report
    }

    /// No format holds a matched value (or a part of one) unless it was asked for.
    @Test func noFormatHoldsAValue() async {
        let report = await Self.report(reveals: false)
        #expect(report.counts.count >= 3 && report.findings.count >= 7 && report.diagnostics.count >= 3)
        for format in ReportFormat.allCases {
            let text = format.text(report, Self.context)
            for value in Samples.values + ["13912345678"] {
                for part in [value, String(value.prefix(8)), String(value.suffix(8))] { #expect(!text.contains(part), "\(format)") }
            }
        }
        let revealed = await Self.report(reveals: true)
        for format in ReportFormat.allCases { #expect(format.text(revealed, Self.context).contains(Samples.mobile), "\(format)") }
    }

    /// A file that was not read must not look like one in which nothing was found.
    @Test func regression_theTableTellsWhatWasNotRead() async {
        let scanner = FileScanner(detector: Detector())
        var report = ScanReport(root: "in")
        report.add(await scanner.scan([0, 1, 2, 3], name: "blob.bin"))
        let text = ReportFormat.table.text(report, Self.context)
        #expect(text.contains("diagnostics:\n  note  blob.bin  binary data of an unknown kind is not read\n"), "\(text)")
        for number in 1...24 { report.add(Diagnostic(.error, "scanning.failed", "reading it failed", place: "f\(number)\u{1B}[2J")) }
        let long = ReportFormat.table.text(report, Self.context)
        #expect(long.contains("f19") && !long.contains("f20") && long.contains("5 more: --json lists them") && !long.contains("\u{1B}"))
        #expect(!ReportFormat.table.text(ScanReport(root: "in"), Self.context).contains("diagnostics"))
    }

    @Test func jsonHoldsWhatTheReportHolds() async throws {
        let report = await Self.report(reveals: false)
        let json = try JSONValue(parsing: ReportFormat.json.text(report, Self.context))
        #expect(json["findings"]?.array?.count == report.findings.count && json["label"] == "L4{contact}" && json["grades"]?[0]?["confirmed"] == false)
        #expect(json["columns"]?.array?.count == report.columns.count && json["sample"]?["sampled"] == 7 && json["diagnostics"]?.array?.count == report.diagnostics.count)
        let lines = ReportFormat.jsonl.text(report, Self.context).split(separator: "\n")
        #expect(try lines.map { try JSONValue(parsing: String($0))["type"]?.string } == report.findings.map(\.type))
    }

    /// What the schema of SARIF 2.1.0 requires, and indexes that point to their rules.
    @Test func sarifIsWellFormed() async throws {
        let report = await Self.report(reveals: false)
        let json = try JSONValue(parsing: ReportFormat.sarif.text(report, Self.context))
        let run = try #require(json["runs"]?[0])
        #expect(json["version"] == "2.1.0" && run["tool"]?["driver"]?["name"] == "banyan" && run["invocations"]?[0]?["executionSuccessful"] == true)
        let rules = run["tool"]?["driver"]?["rules"]?.array ?? []
        let results = run["results"]?.array ?? []
        #expect(results.count == report.findings.count && !results.isEmpty)
        for (result, finding) in zip(results, report.findings) {
            #expect(rules[result["ruleIndex"]?.int ?? -1]["id"] == result["ruleId"] && result["message"]?["text"]?.string?.isEmpty == false)
            #expect(["note", "warning", "error"].contains(result["level"]?.string))
            let location = try #require(result["locations"]?[0]?["physicalLocation"])
            let uri = try #require(location["artifactLocation"]?["uri"]?.string)
            #expect(uri.removingPercentEncoding == finding.location.path && uri.utf8.allSatisfy { $0 > 0x20 && $0 < 0x7F })
            if let region = location["region"] {
                #expect((region["startLine"]?.int ?? 1) >= 1 && (region["byteLength"]?.int ?? 0) >= 0)
                if finding.location.members != nil { #expect(region["byteOffset"] == nil) }
            }
        }
    }

    @Test func rowsAreReadBackAndAreNoFormulas() async {
        let report = await Self.report(reveals: false)
        let text = ReportFormat.csv.text(report, Self.context)
        #expect(CSVReport.cell("=1+1") == "'=1+1" && CSVReport.cell("a,\"b") == "\"a,\"\"b\"" && CSVReport.cell("@x") == "'@x")
        // Read by the room's own reader: as many records as findings.
        var result = FileResult()
        var reader = SlabReader(SourceBytes(Array(text.utf8)), .utf8, skipping: 0, limits: ScanLimits())
        var source = DelimitedSource(PartScanner(detector: Detector(), options: ScanOptions(), limits: ScanLimits(), explains: false), PartLocation(path: "r.csv"), separator: UInt8(ascii: ","))
        #expect(throws: Never.self) { try source.scan(&reader, into: &result) }
        #expect(result.columns.isEmpty || result.columns.allSatisfy { $0.values <= report.findings.count })
        #expect(text.split(separator: "\r\n").count == report.findings.count + 1)
    }

    /// The page asks for nothing, runs nothing, and is in both languages, light and dark.
    @Test func thePageNeedsNothing() async {
        let text = ReportFormat.html.text(await Self.report(reveals: false), Self.context)
        for word in ["<script", "http://", "https://", "src=", "@import", "url(", "\u{1B}"] { #expect(!text.contains(word), "\(word)") }
        for word in ["<svg", "prefers-color-scheme:dark", "手机号", "Mobile number", "&lt;script&gt;", "Clopper-Pearson", "规则待核实"] { #expect(text.contains(word), "\(word)") }
        // Every element that opens closes.
        for name in ["table", "tr", "td", "svg", "span", "main", "dl"] { #expect(text.components(separatedBy: "<\(name)>").count + text.components(separatedBy: "<\(name) ").count - 2 == text.components(separatedBy: "</\(name)>").count - 1, "\(name)") }
    }

    @Test func boxesGoAroundTheirWords() {
        let words = [DocumentText.Word(range: 0..<2, box: [10, 20, 30, 10]), .init(range: 2..<13, box: [50, 18, 100, 14]), .init(range: 14..<16, box: [200, 20, 20, 10])]
        #expect(DocumentSource.box(of: 2..<13, words) == [50, 18, 100, 14])
        #expect(DocumentSource.box(of: 1..<5, words) == [10, 18, 140, 14])
        #expect(DocumentSource.box(of: 20..<22, words) == nil)
    }
}

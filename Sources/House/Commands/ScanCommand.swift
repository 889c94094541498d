import ArgumentParser
import Core
import Detection
import Foundation
import Protection

/// `banyan scan`
struct ScanCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "scan", abstract: "Find and grade sensitive data in a text file. Never prints a matched value.",
        discussion: "PATH is a text file (UTF-8, UTF-16 or GB18030), or - for standard input.")

    @Argument(help: ArgumentHelp("A text file, or -.", valueName: "path"))
    var path: String
    @Flag(name: .long, help: "Say why each candidate was kept or dropped.")
    var explain = false
    @OptionGroup var output: OutputOptions

    /// 4 MiB, the detector's limit for one text.
    static let byteCountMax = 4 << 20

    func run() throws {
        let bytes = path == "-" ? [UInt8](FileHandle.standardInput.readData(ofLength: Self.byteCountMax + 1)) : try FileTree.read(path, byteCountMax: Self.byteCountMax)
        guard bytes.count <= Self.byteCountMax else {
            throw Fault(.file, "standard input is longer than \(Self.byteCountMax) bytes", remedy: "split it")
        }
        let detection = try Detector().detect(TextDecoder.decode(bytes).text)
        let graded = Grader(standards: try GradingStandards.builtIn()).grade(detection.findings)
        if output.json {
            Terminal.out(json(detection, label: "\(graded.label)", results: graded.results))
            return
        }
        let rows = detection.findings.map { finding in
            [finding.type.id, "\(finding.start)-\(finding.end)", String(format: "%.2f", finding.confidence), explain ? finding.reasons.joined(separator: "; ") : ""]
        }
        Terminal.out(Terminal.table([["type", "span", "confidence", explain ? "why" : ""]] + rows))
        if explain {
            for dropped in detection.dropped { Terminal.out("dropped \(dropped.type.id) \(dropped.start)-\(dropped.end): \(dropped.reason)") }
        }
        Terminal.out("\n" + Terminal.say("label", "标签") + ": \(graded.label)")
        for result in graded.results {
            Terminal.out("  \(result.standard): \(result.level), \(result.clause)\(result.confirmed ? "" : Terminal.say(" (unconfirmed rule)", "（规则待核实）"))")
        }
    }

    private func json(_ detection: Detection, label: String, results: [GradingResult]) -> String {
        let findings = detection.findings.map { finding -> JSONValue in
            [
                "type": .string(finding.type.id), "start": .int(finding.start), "end": .int(finding.end), "byteStart": .int(finding.byteStart),
                "byteEnd": .int(finding.byteEnd), "confidence": .double(finding.confidence), "reasons": .array(finding.reasons.map { .string($0) }),
            ]
        }
        let grades = results.map { result -> JSONValue in
            [
                "standard": .string(result.standard), "level": .string(result.level), "clause": .string(result.clause),
                "reason": .string(result.reason), "confirmed": .bool(result.confirmed),
            ]
        }
        return (["findings": .array(findings), "label": .string(label), "grades": .array(grades)] as JSONValue).prettyText
    }
}

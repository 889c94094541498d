import ArgumentParser
import Core
import Foundation
import Scanning

extension ReportFormat: ExpressibleByArgument {}

/// How `banyan scan` tells what it found.
struct ScanReportOptions: ParsableArguments {
    @Option(name: .customLong("format"), help: ArgumentHelp("table, json, jsonl, sarif, csv or html. The default is table.", valueName: "format"))
    var chosen: ReportFormat?
    @Flag(name: .long, help: "The same as --format json.")
    var json = false
    @Flag(name: .long, help: "The same as --format jsonl; from standard input, a filter of JSON lines.")
    var jsonl = false
    @Flag(name: .long, help: "The same as --format sarif.")
    var sarif = false
    @Flag(name: .long, help: "The same as --format csv.")
    var csv = false
    @Option(name: .long, help: ArgumentHelp("Write a page for people into this file too: it needs no network and no script.", valueName: "file"))
    var html: String?
    @Flag(name: .long, help: "Say why each candidate was kept or dropped.")
    var explain = false

    func validate() throws {
        let flags = [json, jsonl, sarif, csv].count { $0 } + (chosen == nil ? 0 : 1)
        if flags > 1 { throw ValidationError("give one of --format, --json, --jsonl, --sarif and --csv") }
    }

    var format: ReportFormat { chosen ?? (json ? .json : jsonl ? .jsonl : sarif ? .sarif : csv ? .csv : .table) }

    func write(_ report: ScanReport, _ context: ReportContext) throws {
        if let html {
            do { try ReportFormat.html.text(report, context).write(toFile: html, atomically: true, encoding: .utf8) } catch {
                throw Fault(.file, "cannot write \(html)", remedy: "check the folder and its permissions", cause: error)
            }
        }
        try format.write(report, context, to: StandardOutput.write)
        // These formats have no place for it.
        if format == .csv || format == .jsonl, !report.diagnostics.isEmpty {
            let count = report.diagnostics.count + report.diagnosticsLeftOut
            Terminal.note(Terminal.say("\(count) diagnostics: --json says what was not read", "诊断 \(count) 条：未读取的内容见 --json"))
        }
    }
}

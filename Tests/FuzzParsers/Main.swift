import Core
import Foundation
import Fuzzing
import Support

/// `fuzz-parsers TARGET SECONDS [FIRST] [CASES]`: runs cases of one target (or lists the targets) and prints one line of JSON; status 1 when something was found.
///
/// With CASES = 1 it repeats the case FIRST; with `save` as a fifth argument it writes that case's input to `fuzz-case`.
@main
enum Main {
    static func main() throws {
        let arguments = CommandLine.arguments.dropFirst()
        guard let name = arguments.first, let target = try FuzzTarget.all().first(where: { $0.name == name }) else {
            for target in try FuzzTarget.all() { print("\(target.name)\t\(target.about)") }
            return
        }
        func number(_ index: Int, _ standard: Double) -> Double { arguments.dropFirst(index).first.flatMap { Double($0) } ?? standard }
        let first = arguments.dropFirst(2).first.flatMap { UInt64($0) } ?? 1
        if arguments.dropFirst(4).first == "save" { try Data(try target.input(first)).write(to: URL(fileURLWithPath: "fuzz-case")) }
        let folder = try TemporaryDirectory()
        let environment = ProcessInfo.processInfo.environment
        var runner = try FuzzRunner(folder: folder.path, trace: environment["FUZZ_TRACE"])
        if let mebibytes = environment["FUZZ_MEMORY_MIB"].flatMap({ Int($0) }) { runner.byteCountMax = mebibytes << 20 }
        let report = try runner.run(target, from: first, limit: .init(cases: Int(number(3, 1e15)), seconds: number(1, 60)))
        let line: JSONValue = [
            "target": .string(report.target), "first": .string("\(first)"), "cases": .int(report.cases), "accepted": .int(report.accepted), "seconds": .double(report.seconds.rounded()),
            "longest_case_ms": .int(Int(report.longest.seconds * 1000)), "longest_case": .string("\(report.longest.number)"), "most_memory_mib": .int(report.memory.byteCount >> 20),
            "findings": .array(report.findings.map { .string("case \($0.number): \($0.what)") }),
        ]
        print(line.text)
        if !report.findings.isEmpty { exit(1) }
    }
}

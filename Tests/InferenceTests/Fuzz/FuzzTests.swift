import Core
import Foundation
import Fuzzing
import Support
import Testing

/// A few hundred cases of every target; `Benchmarks/fuzz-parsers` runs the same targets for minutes.
@Suite(.serialized) struct FuzzTests {
    private static let cases = [
        "gguf": 150, "model": 100, "blocks": 24, "safetensors": 600, "safetensors-index": 300, "template": 250, "json": 600,
        "mail": 150, "workbook": 150, "database": 80, "git-objects": 80, "tables": 150, "pages": 150, "json-lines": 150, "patterns": 150, "encodings": 100,
    ]

    @Test(arguments: cases.keys.sorted())
    func hostileInputGivesAResultOrAFault(name: String) throws {
        let target = try #require(try FuzzTarget.all().first { $0.name == name })
        let folder = try TemporaryDirectory()
        var runner = try FuzzRunner(folder: folder.path)
        // Other suites run beside this one in the same process, so time and memory are theirs too; the long runs have bounds for both.
        (runner.secondsMax, runner.byteCountMax) = (.infinity, .max)
        let report = try runner.run(target, from: 1, limit: .init(cases: Self.cases[name] ?? 1))
        #expect(report.findings.isEmpty, "\(report.findings)")
        // All refused or all taken would mean that nothing was tried.
        #expect(report.accepted > 0 && report.accepted < report.cases || name == "blocks", "\(report.accepted) of \(report.cases)")
    }

    @Test func everyTargetHasItsTest() throws { #expect(Set(try FuzzTarget.all().map(\.name)) == Set(Self.cases.keys)) }

    /// A case is its number: the same on every machine, or a crash could not be repeated.
    @Test func aNumberMakesTheSameInputAgain() throws {
        for target in try FuzzTarget.all() { for number: UInt64 in [1, 77] { #expect(try target.input(number) == target.input(number), "\(target.name) \(number)") } }
    }
}

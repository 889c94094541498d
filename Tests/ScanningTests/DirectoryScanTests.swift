import Core
import Detection
import Foundation
import Store
import Support
import Testing

@testable import Scanning

@Suite struct DirectoryScanTests {
    /// Some hundred files in folders, a third of them with a number; what cannot be read among them.
    static func tree(_ directory: TemporaryDirectory, count: Int = 700) throws -> String {
        for index in 0..<count {
            let text = index % 3 == 0 ? "电话 1380013\(8000 + index)\n" : "nothing to see in file \(index)\n"
            try directory.write(Array(text.utf8), to: "tree/d\(index % 7)/f\(index).txt")
        }
        let root = directory.file("tree")
        try FileManager.default.createSymbolicLink(atPath: root + "/d0/loop", withDestinationPath: root)
        try FileManager.default.createSymbolicLink(atPath: root + "/d1/out", withDestinationPath: "/etc/passwd")
        try directory.write([0, 1, 2, 3], to: "tree/binary.bin")
        return root
    }

    private func scan(_ root: String, _ store: Store? = nil, width: Int = 2, sampling: Sampling? = nil, seed: UInt64 = 1) async throws -> (report: ScanReport, statistics: ScanStatistics) {
        let journal = try store.map { try ScanJournal(store: $0, scanner: Samples.scanner, root: root, width: width, version: "1", clock: SystemWallClock(), ids: IdentifierSource()) }
        return try await DirectoryScan(scanner: Samples.scanner, root: root, width: width, journal: journal, sampling: sampling, seed: seed).run()
    }

    @Test func linksAreNotFollowedAndTheReportIsTheSameHoweverWide() async throws {
        let directory = try TemporaryDirectory()
        let root = try Self.tree(directory)
        let one = try await scan(root, width: 1)
        #expect(one.report.files == 701 && one.report.filesWithFindings == 234 && one.report.counts["mobile"] == 234)
        #expect(one.report.diagnostics.count { $0.code == "scanning.link" } == 2 && one.report.diagnostics.count { $0.code == "scanning.binary" } == 1)
        #expect(one.report.findings.map(\.location.path) == one.report.findings.map(\.location.path).sorted())
        #expect(try await scan(root, width: 4).report == one.report)
    }

    @Test func aSecondScanTakesOverWhatIsUnchanged() async throws {
        let directory = try TemporaryDirectory()
        let root = try Self.tree(directory, count: 300)
        let store = try Store.open(at: directory.file("data"))
        let plain = try await scan(root).report
        let first = try await scan(root, store)
        #expect(first.report == plain && first.statistics == ScanStatistics())
        let second = try await scan(root, store)
        #expect(second.report == plain && second.statistics.unchanged == 301)
        // One file changes, one moves, one comes.
        try directory.write(Array("身份证 \(Samples.identity)".utf8), to: "tree/d1/f1.txt")
        try FileManager.default.moveItem(atPath: root + "/d0/f0.txt", toPath: root + "/d0/g.txt")
        try directory.write(Array("电话 \(Samples.mobile)x".utf8), to: "tree/new.txt")
        let third = try await scan(root, store)
        let anew = try await scan(root).report
        #expect(third.report == anew)
        #expect(third.statistics.unchanged == 300)
        #expect(third.report.counts["resident-id"] == 1 && third.report.findings.contains { $0.location.path == "d0/g.txt" })
    }

    /// Cancelled at ever later moments, the scan goes on and reports as if it had never stopped.
    @Test(arguments: [1, 3, 6])
    func anInterruptedScanGoesOn(progressCount: Int) async throws {
        let directory = try TemporaryDirectory()
        let root = try Self.tree(directory, count: 1_500)
        let plain = try await scan(root).report
        let store = try Store.open(at: directory.file("data"))
        let journal = try ScanJournal(store: store, scanner: Samples.scanner, root: root, width: 1, version: "1", clock: SystemWallClock(), ids: IdentifierSource())
        let reached = AsyncStream<Void>.makeStream()
        let cut = Task {
            defer { reached.continuation.finish() }
            return try await DirectoryScan(scanner: Samples.scanner, root: root, width: 1, journal: journal).run { progress in
                if progress.done >= progressCount * 200 { reached.continuation.yield() }
            }
        }
        for await _ in reached.stream { break }
        cut.cancel()
        let ended = await cut.result
        let resumed = try await scan(root, store, width: 1)
        #expect(resumed.report == plain)
        // A scan that was faster than its end took everything over as unchanged.
        if case .failure = ended { #expect(resumed.statistics.resumed >= 256) } else { #expect(progressCount > 1 && resumed.statistics.unchanged > 1_000) }
    }

    @Test func samplesAreDrawnByTheirSeedAndBounded() async throws {
        let directory = try TemporaryDirectory()
        let root = try Self.tree(directory)
        let counted = try await scan(root, sampling: .count(100)).report
        let sample = try #require(counted.sample)
        #expect(sample.population == 701 && sample.sampled == 100 && sample.hits == counted.filesWithFindings)
        #expect(try await scan(root, sampling: .count(100)).report == counted)
        #expect(try await scan(root, sampling: .count(100), seed: 2).report != counted)
        #expect(try await scan(root, sampling: .count(5_000)).report.sample?.missedFileShareMax == 0)
        let share = try #require(try await scan(root, sampling: .share(0.2)).report.sample)
        #expect((90...200).contains(share.sampled))
        // The bound holds for most seeds; it may fail for one in twenty.
        var failures = 0
        for seed in 0..<20 as Range<UInt64> {
            let sample = try #require(try await scan(root, sampling: .count(40), seed: seed).report.sample)
            if sample.shareMax < 234.0 / 701 { failures += 1 }
        }
        #expect(failures <= 4)
    }

    @Test func revealedValuesAreNotKept() throws {
        let directory = try TemporaryDirectory()
        var options = ScanOptions()
        options.reveals = true
        let scanner = FileScanner(detector: Detector(), options: options)
        let store = try Store.open(at: directory.path)
        #expect(throws: Fault.self) { try ScanJournal(store: store, scanner: scanner, root: "x", width: 1, version: "1", clock: SystemWallClock(), ids: IdentifierSource()) }
    }

    @Test func whatIsNoFileIsNamed() async throws {
        let directory = try TemporaryDirectory()
        try directory.write(Array("x".utf8), to: "t/a.txt")
        let process = Process()
        process.executableURL = URL(fileURLWithPath: "/usr/bin/mkfifo")
        process.arguments = [directory.file("t/pipe")]
        try process.run()
        process.waitUntilExit()
        let report = try await scan(directory.file("t")).report
        #expect(report.files == 1 && report.diagnostics.map(\.code) == ["scanning.special"])
        #expect(await Samples.scanner.scan(path: directory.file("t/pipe")).diagnostics.map(\.code) == ["core.file"])
        await #expect(throws: Fault.self) { _ = try await scan(directory.file("none")) }
    }
}

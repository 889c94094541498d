import Core
import Foundation

/// # Fuzzing: hostile input, made from seeds
///
/// A *target* is a parser with a way to make inputs for it: a case is a number, and the number makes the same input on every machine. The tests run some hundred cases of each
/// target; `Benchmarks/fuzz-parsers` runs them for minutes. What is allowed is a result or a `Fault`; anything else is a finding: another error, a fault without the place it speaks of,
/// a case that takes seconds, or one that takes memory out of proportion to its input. A crash ends the process; the number of the case stands in the trace file, which is written first.
///
/// Rejected: coverage guidance by libFuzzer. It needs a build of its own and finds its way through bytes slowly; mutations that know keys, lengths and shapes are deep in the loader at once.
public struct FuzzTarget: Sendable {
    public let name: String
    /// What the target covers, for people.
    public let about: String
    /// Makes the input of a case.
    let make: @Sendable (inout SeededRandom) throws -> [UInt8]
    /// Feeds the parser, which may use the folder; false when it refused.
    let feed: @Sendable ([UInt8], _ folder: String) throws -> Bool

    init(
        _ name: String, about: String, make: @escaping @Sendable (inout SeededRandom) throws -> [UInt8], feed: @escaping @Sendable ([UInt8], _ folder: String) throws -> Bool
    ) {
        (self.name, self.about, self.make, self.feed) = (name, about, make, feed)
    }

    /// The input of a case.
    public func input(_ number: UInt64) throws -> [UInt8] {
        var random = SeededRandom(seed: number)
        return try make(&random)
    }
}

/// What a parser must not do.
public struct FuzzFinding: Error, CustomStringConvertible {
    public var description: String
}

/// What a run of a target saw.
public struct FuzzReport: Sendable {
    public var target: String
    public var cases = 0
    /// Inputs that the parser took.
    public var accepted = 0
    public var seconds = 0.0
    /// The longest case.
    public var longest: (seconds: Double, number: UInt64) = (0, 0)
    /// The most resident memory that a case added, in bytes; 0 where the system does not tell.
    public var memory: (byteCount: Int, number: UInt64) = (0, 0)
    /// What went wrong, by the number of the case; the first 20.
    public var findings: [(number: UInt64, what: String)] = []
}

/// Runs cases of a target.
public struct FuzzRunner {
    /// When to stop: the first of the two that is reached.
    public struct Limit: Sendable {
        public var cases: Int
        public var seconds: Double

        public init(cases: Int = .max, seconds: Double = .infinity) {
            self.cases = cases
            self.seconds = seconds
        }
    }

    /// A case may take this long; a debug build on a busy machine stays far below.
    public var secondsMax = 20.0
    /// A case may add this much resident memory. Inputs are below half a megabyte.
    public var byteCountMax = 64 << 20
    let folder: String
    let trace: FileHandle?

    /// - Parameters:
    ///   - folder: where targets write the files that parsers map.
    ///   - trace: a file that holds the number of the case under way.
    public init(folder: String, trace: String? = nil) throws {
        self.folder = folder
        self.trace = try trace.map { path in
            _ = FileManager.default.createFile(atPath: path, contents: nil)
            return try FileHandle(forWritingTo: URL(fileURLWithPath: path))
        }
    }

    /// Runs cases `first`, `first` + 1, ….
    public func run(_ target: FuzzTarget, from first: UInt64, limit: Limit) throws -> FuzzReport {
        var report = FuzzReport(target: target.name)
        let start = ContinuousClock.now
        var number = first
        while report.cases < limit.cases, report.seconds < limit.seconds {
            try note(target, number)
            let before = ResidentMemory.startPeak()
            let caseStart = ContinuousClock.now
            if let what = outcome(target, number, &report), report.findings.count < 20 { report.findings.append((number, what)) }
            let seconds = Self.seconds(since: caseStart)
            if seconds > report.longest.seconds { report.longest = (seconds, number) }
            let added = ResidentMemory.peak() - before
            if added > report.memory.byteCount { report.memory = (added, number) }
            report.cases += 1
            report.seconds = Self.seconds(since: start)
            number &+= 1
        }
        if report.longest.seconds > secondsMax { report.findings.append((report.longest.number, "took \(report.longest.seconds) s")) }
        if report.memory.byteCount > byteCountMax { report.findings.append((report.memory.number, "added \(report.memory.byteCount >> 20) MiB of memory")) }
        return report
    }

    private func outcome(_ target: FuzzTarget, _ number: UInt64, _ report: inout FuzzReport) -> String? {
        do {
            if try target.feed(try target.input(number), folder) { report.accepted += 1 }
            return nil
        } catch let finding as FuzzFinding {
            return finding.description
        } catch {
            return "an error that is no fault of the parser: \(error)"
        }
    }

    private func note(_ target: FuzzTarget, _ number: UInt64) throws {
        guard let trace else { return }
        try trace.seek(toOffset: 0)
        try trace.write(contentsOf: Data("\(target.name) \(number)\n".utf8))
    }

    private static func seconds(since start: ContinuousClock.Instant) -> Double {
        let (seconds, attoseconds) = (ContinuousClock.now - start).components
        return Double(seconds) + Double(attoseconds) / 1e18
    }
}

/// Resident memory of this process, from Linux's proc file system; zeros elsewhere.
enum ResidentMemory {
    /// Makes the present resident memory the peak, and returns it.
    static func startPeak() -> Int {
        if let file = FileHandle(forWritingAtPath: "/proc/self/clear_refs") { try? file.write(contentsOf: Data("5".utf8)) }
        return field("VmRSS:")
    }

    /// The peak since ``startPeak()``.
    static func peak() -> Int { field("VmHWM:") }

    private static func field(_ name: String) -> Int {
        guard let status = FileManager.default.contents(atPath: "/proc/self/status") else { return 0 }
        for line in String(decoding: status, as: UTF8.self).split(separator: "\n") where line.hasPrefix(name) {
            return (line.split(whereSeparator: { !$0.isNumber }).first.flatMap { Int($0) } ?? 0) << 10
        }
        return 0
    }
}

import Core
import Foundation
import Labels
import Store
import Synchronization
import Workflows

/// What steps cost, what sleeping runs hold, and how fast unfinished ones are taken up.
struct LabSpeed {
    let options: LabOptions

    init(_ options: LabOptions) { self.options = options }

    /// CPU seconds of this process so far, of all its threads.
    private var cpu: Double { Double(clock()) / 1_000_000 }

    /// Most memory that this process has held so far, in MB, and what it holds now.
    private func memory() -> (most: Double, now: Double) {
        let text = (try? String(contentsOfFile: "/proc/self/status", encoding: .utf8)) ?? ""
        func megabytes(_ name: String) -> Double {
            let line = text.split(separator: "\n").first { $0.hasPrefix(name + ":") } ?? ""
            return (Double(line.filter { $0.isASCII && $0.isNumber }) ?? 0) * 1024 / 1e6
        }
        return (megabytes("VmHWM"), megabytes("VmRSS"))
    }

    private func seconds(since start: ContinuousClock.Instant) -> Double {
        let passed = ContinuousClock.now - start
        return Double(passed.components.seconds) + Double(passed.components.attoseconds) / 1e18
    }

    private func rounded(_ value: Double) -> JSONValue { .double((value * 10_000).rounded() / 10_000) }

    /// One run after another, then many at once.
    func speed() async throws -> JSONValue {
        let (runs, steps) = (options.number("runs", 64), options.number("steps", 100))
        let store = try Store.open(at: options.directory)
        let kinds: [any StepKind] = [LabStep(id: "lab-pass", effect: .none), LabStep(id: "lab-record", effect: .record)]
        let engine = WorkflowEngine(store: store, kinds: kinds, clock: SystemWallClock(), ids: IdentifierSource(), concurrency: runs)
        let definition = try LabDefinitions.chain(steps, kind: options["kind"] ?? "lab-pass"), input = LabDefinitions.input(for: definition)
        var result: [String: JSONValue] = [:]
        for (name, ids) in [("one", (0..<options.number("alone", 20)).map { "a\($0)" }), ("many", (0..<runs).map { "m\($0)" })] {
            for id in ids { _ = try await engine.start(definition, input: input, runID: id) }
            let (began, start, before) = (cpu, ContinuousClock.now, store.commitStatistics)
            let ends = try await mapBounded(ids, width: name == "one" ? 1 : runs) { try await engine.advance($0) }
            guard ends.allSatisfy({ $0 == .completed }) else { throw Fault(.defect, "a run did not end") }
            let (count, wall, after) = (Double(ids.count * steps), seconds(since: start), store.commitStatistics)
            result[name] = [
                "cpu_ms_per_step": rounded((cpu - began) * 1000 / count), "wall_ms_per_step": rounded(wall * 1000 / count), "steps_per_second": rounded(count / wall),
                "commits_per_step": rounded(Double(after.commits - before.commits) / count),
                // The first commit of a run starts its first step.
                "commits_per_step_beyond_start": rounded((Double(after.commits - before.commits) - Double(ids.count)) / count), "steps": .int(Int(count)),
            ]
        }
        result["memory_mb"] = rounded(memory().most)
        try store.close()
        return .object(result)
    }

    /// Runs that sleep for an hour; `hold` is another process, which wakes them by its clock.
    func sleepers() async throws -> JSONValue {
        let (count, start) = (options.number("runs", 100_000), ContinuousClock.now)
        let store = try Store.open(at: options.directory), time = ManualWallClock()
        let engine = WorkflowEngine(store: store, kinds: [], clock: time, ids: IdentifierSource(), concurrency: 64)
        var result: [String: JSONValue] = ["runs": .int(count)]
        if options["phase"] == "fill" {
            let definition = try LabDefinitions.sleeper(seconds: 3600)
            let ends = try await mapBounded(Array(0..<count), width: 256) { number in
                try await engine.advance(try await engine.start(definition, input: Labeled([:], .bottom), runID: "n\(number)"))
            }
            result["sleeping"] = .int(ends.count { $0 == .sleeping })
        } else {
            result["taken_up_early"] = .int(try await engine.resumeAll())
            result["still_sleeping"] = .int(try await engine.statistics().runs[.sleeping] ?? 0)
            (result["held_seconds"], result["held_mb"], result["held_most_mb"]) = (rounded(seconds(since: start)), rounded(memory().now), rounded(memory().most))
            time.advance(by: 3601)
            let woken = ContinuousClock.now
            _ = try await engine.resumeAll()
            result["completed"] = .int(try await engine.statistics().runs[.completed] ?? 0)
            result["wake_seconds"] = rounded(seconds(since: woken))
        }
        (result["seconds"], result["most_mb"]) = (rounded(seconds(since: start)), rounded(memory().most))
        try store.close()
        return .object(result)
    }

    /// Runs cut short in a step, the last if none is named; `recover` is another process, and counts from before the store is opened to when the last run's step has begun again.
    func recovery() async throws -> JSONValue {
        let (count, start, steps) = (options.number("runs", 10_000), ContinuousClock.now, options.number("steps", 10))
        let isFilling = options["phase"] == "fill"
        let seen = Mutex<(runs: Set<String>, lastAt: Double)>((runs: [], lastAt: 0))
        let stop = LabStep(id: "lab-stop", effect: .stop { [self] run in
            if isFilling { throw CancellationError() }
            seen.withLock { known in if known.runs.insert(run).inserted { known.lastAt = seconds(since: start) } }
        })
        let store = try Store.open(at: options.directory)
        let engine = WorkflowEngine(store: store, kinds: [LabStep(id: "lab-pass", effect: .none), stop], clock: SystemWallClock(), ids: IdentifierSource(), concurrency: 64)
        var result: [String: JSONValue] = ["runs": .int(count)]
        if isFilling {
            let definition = try LabDefinitions.unfinished(steps, at: options.number("at", steps - 1)), input = LabDefinitions.input(for: definition)
            let cut = try await mapBounded(Array(0..<count), width: 256) { number in
                do { return try await engine.advance(try await engine.start(definition, input: input, runID: "u\(number)")) != .completed } catch is CancellationError { return true }
            }
            result["cut_short"] = .int(cut.count { $0 })
        } else {
            _ = try await engine.resumeAll()
            let (runs, lastAt) = seen.withLock { ($0.runs.count, $0.lastAt) }
            (result["taken_up"], result["taken_up_seconds"], result["ended_seconds"]) = (.int(runs), rounded(lastAt), rounded(seconds(since: start)))
            result["completed"] = .int(try await engine.statistics().runs[.completed] ?? 0)
        }
        (result["seconds"], result["most_mb"], result["cpu_seconds"]) = (rounded(seconds(since: start)), rounded(memory().most), rounded(cpu))
        try store.close()
        return .object(result)
    }
}

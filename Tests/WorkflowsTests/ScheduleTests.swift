import Core
import Foundation
import Labels
import Store
import Support
import Synchronization
import Testing

@testable import Workflows

/// Runs that start by themselves.
@Suite struct ScheduleTests {
    /// Minute by minute: what the fields say, without cleverness.
    private func slow(_ text: String, after seconds: Double, days: Int) -> Double? {
        let fields = text.split(separator: " ").map(String.init)
        func holds(_ field: String, _ value: Int) -> Bool {
            field.split(separator: ",").contains { part in
                let steps = part.split(separator: "/"), step = steps.count == 2 ? Int(steps[1]) ?? 1 : 1
                if steps[0] == "*" { return value % step == 0 }
                let ends = steps[0].split(separator: "-").compactMap { Int($0) }
                let low = ends[0], high = ends.count == 2 ? ends[1] : steps.count == 2 ? 1_000 : ends[0]
                return value >= low && value <= high && (value - low) % step == 0
            }
        }
        var calendar = Calendar(identifier: .gregorian)
        calendar.timeZone = TimeZone(secondsFromGMT: 28_800) ?? .gmt
        var minute = Int(seconds / 60) + 1
        for _ in 0..<days * 1440 {
            let parts = calendar.dateComponents([.minute, .hour, .day, .month, .weekday], from: Date(timeIntervalSince1970: Double(minute) * 60))
            let weekday = (parts.weekday ?? 1) - 1
            let (isDay, isWeekday) = (holds(fields[2], parts.day ?? 0), holds(fields[4], weekday))
            let isDate = fields[2].hasPrefix("*") || fields[4].hasPrefix("*") ? isDay && isWeekday : isDay || isWeekday
            if holds(fields[0], parts.minute ?? 0), holds(fields[1], parts.hour ?? 0), holds(fields[3], parts.month ?? 0), isDate { return Double(minute) * 60 }
            minute += 1
        }
        return nil
    }

    @Test(arguments: ["0 3 * * *", "*/15 8-18 * * 1-5", "5,35 */6 1,15 * *", "30 23 31 * *", "0 0 13 * 5", "59 23 28-31 2 *", "7 4 1 1,7 3"])
    func schedulesSayWhatAMinuteByMinuteSearchSays(_ text: String) throws {
        let schedule = try CronSchedule(text)
        var now = 1_764_000_000.0
        for _ in 0..<3 {
            guard let expected = slow(text, after: now, days: 40) else { return }
            #expect(schedule.next(after: now) == expected)
            now = expected + 17
        }
    }

    @Test func namesAndLeapDaysAreKnownAndNonsenseIsRefused() throws {
        #expect(try CronSchedule("0 9 * jan mon-fri") .next(after: 1_764_000_000) == (try CronSchedule("0 9 * 1 1-5")).next(after: 1_764_000_000))
        // 29 February 2028, midnight in China.
        #expect(try CronSchedule("0 0 29 2 *").next(after: 1_764_000_000) == 1_835_366_400)
        #expect(try CronSchedule("0 0 31 2 *").next(after: 1_764_000_000) == nil)
        for text in ["", "* * * *", "60 * * * *", "* 24 * * *", "* * 0 * *", "* * * 13 *", "5-1 * * * *", "*/0 * * * *", "a * * * *", "1//2 * * * *", "- * * * *"] {
            #expect(throws: Fault.self) { try CronSchedule(text) }
        }
    }

    private func setUp(_ files: @escaping @Sendable () -> [ArrivedFile] = { [] }) throws -> (directory: TemporaryDirectory, store: Store, engine: WorkflowEngine, scheduler: WorkflowScheduler, clock: ManualWallClock) {
        let directory = try TemporaryDirectory(), clock = ManualWallClock(now: 1_764_000_000)
        let store = try Store.open(at: directory.path)
        let engine = WorkflowEngine(store: store, kinds: Kinds.all, clock: clock, ids: IdentifierSource())
        return (directory, store, engine, WorkflowScheduler(store: store, engine: engine, clock: clock) { _ in files() }, clock)
    }

    private static let definition = "workflow: w\ninputs: {file: {type: string, grade: L2}}\nsteps:\n  - {id: a, kind: copy, with: {text: \"${input.file}\"}}"

    @Test func missedTimesStartOneRunAndABackwardClockStartsNoneTwice() async throws {
        let (directory, store, engine, scheduler, clock) = try setUp()
        // It takes its folder with it when it goes.
        defer { _ = directory.path }
        _ = try await scheduler.add(id: "nightly", definition: try WorkflowDefinition(yaml: Self.definition), cause: .time("0 * * * *", offset: 0), input: ["file": "x"], grade: .level1)
        #expect(try await scheduler.tick().isEmpty)
        clock.advance(by: 5 * 3600)
        let first = try await scheduler.tick()
        #expect(first.count == 1)
        clock.advance(by: -4 * 3600)
        #expect(try await scheduler.tick().isEmpty)
        clock.advance(by: 5 * 3600)
        #expect(try await scheduler.tick().count == 1)
        #expect(try await engine.runs().count == 2)
        #expect(try await scheduler.all().first?.lastRun != first.first)
        try store.close()
    }

    @Test func eachFileThatArrivesStartsOneRun() async throws {
        let lying = Mutex<[ArrivedFile]>([])
        let (directory, store, engine, scheduler, clock) = try setUp { lying.withLock { $0 } }
        // It takes its folder with it when it goes.
        defer { _ = directory.path }
        _ = try await scheduler.add(id: "inbox", definition: try WorkflowDefinition(yaml: Self.definition), cause: .file(folder: "in", input: "file"), input: [:], grade: .level2)
        lying.withLock { $0 = [ArrivedFile(name: "a.csv", byteCount: 3, modifiedAt: clock.now - 60), ArrivedFile(name: "b.csv", byteCount: 3, modifiedAt: clock.now)] }
        // One is still being written.
        let first = try await scheduler.tick()
        #expect(first.count == 1)
        #expect(try await engine.advance(try #require(first.first)) == .completed)
        #expect(try await engine.detail(first[0]).outputs["a"]?["text"] == "a.csv")
        clock.advance(by: 60)
        #expect(try await scheduler.tick().count == 1)
        clock.advance(by: 60)
        #expect(try await scheduler.tick().isEmpty)
        // The same name with other contents is another file.
        lying.withLock { $0[0] = ArrivedFile(name: "a.csv", byteCount: 4, modifiedAt: clock.now - 30) }
        clock.advance(by: 60)
        #expect(try await scheduler.tick().count == 1)
        try store.close()
    }

    @Test func aTriggerThatCannotStartSaysSoAndHoldsUpNobody() async throws {
        let (directory, store, _, scheduler, clock) = try setUp()
        // It takes its folder with it when it goes.
        defer { _ = directory.path }
        let definition = try WorkflowDefinition(yaml: Self.definition)
        await #expect { try await scheduler.add(id: "x", definition: definition, cause: .time("0 * * * *", offset: 0), input: [:], grade: .level1) } throws: { ($0 as? Fault)?.code == .workflowDefinition }
        await #expect { try await scheduler.add(id: "x", definition: definition, cause: .time("0 * * * *", offset: 0), input: ["file": "x"], grade: .level4) } throws: { ($0 as? Fault)?.code == .workflowLabel }
        await #expect { try await scheduler.add(id: "x", definition: definition, cause: .file(folder: "in", input: "other"), input: [:], grade: .level1) } throws: { ($0 as? Fault)?.code == .workflowSchedule }
        await #expect { try await scheduler.remove("x") } throws: { ($0 as? Fault)?.code == .workflowUnknown }
        _ = try await scheduler.add(id: "good", definition: definition, cause: .time("0 * * * *", offset: 0), input: ["file": "x"], grade: .level1)
        clock.advance(by: 7200)
        #expect(try await scheduler.tick().count == 1)
        try store.close()
    }

    @Test func tendingWakesSleepersAndRunsWhatTriggersStart() async throws {
        let (directory, store, engine, scheduler, clock) = try setUp()
        // It takes its folder with it when it goes.
        defer { _ = directory.path }
        let sleeper = try await engine.start(try WorkflowDefinition(yaml: "workflow: s\nsteps:\n  - {id: nap, kind: wait, with: {seconds: 1000}}"), input: Labeled([:], .bottom))
        #expect(try await engine.advance(sleeper) == .sleeping)
        _ = try await scheduler.add(id: "hourly", definition: try WorkflowDefinition(yaml: Self.definition), cause: .time("0 * * * *", offset: 0), input: ["file": "x"], grade: .level1)
        clock.advance(by: 7200)
        let tending = Task { await engine.tend(scheduler, pause: 0.01) }
        for _ in 0..<1_000 where try await engine.statistics().runs[.completed] != 2 { try await Task.sleep(for: .milliseconds(5)) }
        tending.cancel()
        await tending.value
        #expect(try await engine.statistics().runs[.completed] == 2)
        try store.close()
    }
}

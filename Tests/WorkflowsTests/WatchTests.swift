import Core
import Foundation
import Labels
import Store
import Support
import Testing

@testable import Workflows

/// Readings, and watches over them.
@Suite struct WatchTests {
    let directory: TemporaryDirectory
    let store: Store
    let clock = ManualWallClock(now: 1_764_000_000)

    init() throws {
        directory = try TemporaryDirectory()
        store = try Store.open(at: directory.path)
    }

    private func machinery(over store: Store? = nil) -> (engine: WorkflowEngine, scheduler: WorkflowScheduler) {
        let engine = WorkflowEngine(store: store ?? self.store, kinds: Kinds.all, clock: clock, ids: IdentifierSource())
        return (engine, WorkflowScheduler(store: store ?? self.store, engine: engine, clock: clock) { _ in [] })
    }

    private func read(_ value: Double, _ metric: String = "f1", of subject: String = "models/a b", label: Label = .bottom) async throws {
        let now = clock.now
        try await store.write { try Readings.record(metric, of: subject, value: value, label: label, at: now, run: "r", in: $0) }
    }

    private static let definition = "workflow: w\ninputs: {reading: {type: object, grade: L2}}\nsteps:\n  - {id: a, kind: copy, with: {text: \"x\"}, when: {value: \"${input.reading}\", notEquals: 0}}"

    private static func fires(_ rule: String, _ values: [Double]) throws -> [Int] {
        var state = WatchState(try WatchRule(rule))
        return values.enumerated().filter { state.take($0.element) }.map(\.offset)
    }

    @Test func rulesAreReadAndWrittenAndNonsenseIsRefused() throws {
        for (text, said) in [
            ("f1 of models/a b < 0.9", "f1 of models/a b < 0.9"), ("f1 of m > -2 until -3 for 4", "f1 of m > -2.0 until -3.0 for 4"), ("share of of falls", "share of of falls after 30"), ("n of x rises after 50", "n of x rises after 50"),
        ] { #expect(try WatchRule(text).description == said) }
        for text in [
            "", "f1", "f1 of m", "f1 of < 0.9", "f1 of m < x", "f1 of m < nan", "f1 of m < inf", "f1 of m = 1", "f1 m < 1", "f1 of m < 1 until 0.5", "f1 of m > 1 until 2", "f1 of m < 1 for 0", "f1 of m < 1 for 101", "f1 of m < 1 for 1.5",
            "f1 of m < 1 for 2 for 3", "f1 of m falls after 3", "f1 of m falls for 3", "f1 of m < 1 after 20", "falls", "of of of", String(repeating: "x", count: 700) + " of m < 1",
        ] { #expect(throws: Fault.self, "\(text)") { try WatchRule(text) } }
    }

    @Test func aCrossingFiresOnceAndAgainOnlyAfterRecovery() throws {
        #expect(try Self.fires("f1 of m < 0.9", [0.95, 0.9, 0.89, 0.5, 0.89, 0.9, 0.8]) == [2, 6])
        #expect(try Self.fires("f1 of m > 3", [1, 4, 5, 3, 4]) == [1, 4])
        #expect(try Self.fires("f1 of m < 0.9 until 0.95", [0.8, 0.92, 0.8, 0.95, 0.8]) == [0, 4])
        #expect(try Self.fires("f1 of m < 0.9 for 3", [0.8, 0.8, 0.95, 0.8, 0.8, 0.8, 0.8, 0.95, 0.95, 0.8, 0.95, 0.95, 0.95, 0.8, 0.8, 0.8]) == [5, 15])
    }

    /// Against a second reading of the same rule: runs of values on one side of a limit, found by looking at the whole series.
    @Test func watchesOfLimitsSayWhatALookAtTheWholeSeriesSays() throws {
        var random = SeededRandom(seed: 11)
        for _ in 0..<300 {
            let (bound, until, count) = (Double(random.next() % 5), Double(random.next() % 3), Int(random.next() % 3) + 1)
            let values = (0..<60).map { _ in Double(random.next() % 9) }
            var (expected, start, isRaised) = ([Int](), 0, false)
            while start < values.count {
                let turns: (Double) -> Bool = isRaised ? { $0 >= bound + until } : { $0 < bound }
                guard let end = (start..<values.count).first(where: { end in end - start + 1 >= count && values[(end - count + 1)...end].allSatisfy(turns) }) else { break }
                isRaised.toggle()
                if isRaised { expected.append(end) }
                start = end + 1
            }
            #expect(try Self.fires("f1 of m < \(bound) until \(bound + until) for \(count)", values) == expected)
        }
    }

    /// Box and Muller: two numbers of the normal distribution of two even ones.
    private static func noise(_ count: Int, _ random: inout SeededRandom) -> [Double] {
        (0..<count).map { _ in
            let (first, second) = (Double(random.next() >> 11) / 9_007_199_254_740_992, Double(random.next() >> 11) / 9_007_199_254_740_992)
            return (-2 * log(max(first, 1e-300))).squareRoot() * cos(2 * .pi * second)
        }
    }

    /// The rate that the documentation of `WatchRule` states, on the seeds that it was measured with.
    @Test func theRateOfFalseAlarmsAndTheDelayAreThoseThatAreStated() throws {
        var random = SeededRandom(seed: 5)
        var (alarms, delays, missed) = (0, [Int](), 0)
        for _ in 0..<100 {
            if try !Self.fires("f1 of m falls", Self.noise(1_000, &random).map { 0.9 + 0.02 * $0 }).isEmpty { alarms += 1 }
            let shifted = Self.noise(100, &random).enumerated().map { 0.9 + 0.02 * ($0.offset < 50 ? $0.element : $0.element - 2) }
            if let found = try Self.fires("f1 of m falls", shifted).first(where: { $0 >= 50 }) { delays.append(found - 49) } else { missed += 1 }
        }
        #expect(alarms == 7 && missed == 1)
        #expect(delays.sorted()[delays.count / 2] == 8 && delays.max() == 17)
        // It says so once, and again after the level is back.
        let steps = (0..<30).map { $0 % 2 == 0 ? 0.9 : 0.91 } + [Double](repeating: 0.7, count: 40) + [Double](repeating: 0.92, count: 60) + [Double](repeating: 0.7, count: 10)
        #expect(try Self.fires("f1 of m falls", steps).count == 2)
        #expect(try Self.fires("f1 of m rises", steps).count <= 1)
        // Readings that never differ are a level, too.
        #expect(try Self.fires("f1 of m falls", [Double](repeating: 1, count: 100)).isEmpty)
    }

    @Test func aFiringStartsOneRunWithTheReadingAsItsInput() async throws {
        let (engine, scheduler) = machinery()
        _ = try await scheduler.add(id: "warn", definition: try WorkflowDefinition(yaml: Self.definition), cause: .reading(try WatchRule("f1 of models/a b < 0.9"), input: "reading"), input: [:], grade: .level1)
        try await read(0.5, of: "other")
        try await read(0.5, "recall")
        try await read(0.95)
        #expect(try await scheduler.tick().isEmpty)
        try await read(0.85)
        try await read(0.8)
        let first = try await scheduler.tick()
        #expect(first.count == 1)
        #expect(try await scheduler.tick().isEmpty)
        #expect(try await engine.advance(first[0]) == .completed)
        #expect(try await scheduler.all().first?.lastRun == first[0])
        // A clock that jumps back changes nothing: readings are in the order in which they were committed.
        clock.advance(by: -86_400)
        try await read(0.95)
        try await read(0.7)
        #expect(try await scheduler.tick().count == 1)
        #expect(try await Readings(store: store).history(of: "f1 of models/a b").map(\.value) == [0.95, 0.85, 0.8, 0.95, 0.7])
        #expect(try await engine.runs().count == 2)
    }

    /// A process that ends between the reading and the run leaves a firing for the next; one that ends after the start and before it is noted starts nothing twice.
    @Test func aRestartBetweenReadingAndRunLosesAndDoublesNothing() async throws {
        do {
            let (_, scheduler) = machinery()
            _ = try await scheduler.add(id: "warn", definition: try WorkflowDefinition(yaml: Self.definition), cause: .reading(try WatchRule("f1 of models/a b < 0.9"), input: "reading"), input: [:], grade: .level1)
            try await read(0.5)
        }
        let firing = try await store.read { try $0.list(Readings.firings).first }
        try store.close()
        let again = try Store.open(at: directory.path)
        let (engine, scheduler) = machinery(over: again)
        let started = try await scheduler.tick()
        #expect(started.count == 1)
        // As if the note of the start had been lost.
        let lost = try #require(firing)
        try await again.write { try $0.put(lost.value, as: lost.key, sort: "warn|x", in: Readings.firings) }
        #expect(try await scheduler.tick() == started)
        #expect(try await engine.runs().count == 1)
        try again.close()
    }

    /// A reading of a transaction that is taken back has not been.
    @Test func aReadingWhoseStepIsTakenBackFiresNothing() async throws {
        let (_, scheduler) = machinery()
        _ = try await scheduler.add(id: "warn", definition: try WorkflowDefinition(yaml: Self.definition), cause: .reading(try WatchRule("f1 of models/a b < 0.9"), input: "reading"), input: [:], grade: .level1)
        struct Torn: Error {}
        await #expect(throws: Torn.self) {
            try await store.write { transaction in
                try Readings.record("f1", of: "models/a b", value: 0.1, label: .bottom, at: 1, run: "r", in: transaction)
                throw Torn()
            }
        }
        #expect(try await scheduler.tick().isEmpty)
        #expect(try await Readings(store: store).newest().isEmpty)
    }

    /// What was measured on grave data starts nothing that is not declared for it, and the list of triggers says so.
    @Test func aGraveReadingStartsNothingThatIsNotDeclaredForIt() async throws {
        let (engine, scheduler) = machinery()
        _ = try await scheduler.add(id: "warn", definition: try WorkflowDefinition(yaml: Self.definition), cause: .reading(try WatchRule("f1 of models/a b < 0.9"), input: "reading"), input: [:], grade: .level1)
        try await read(0.5, label: Label(.level4))
        #expect(try await scheduler.tick().isEmpty)
        #expect(try await scheduler.tick().isEmpty)
        #expect(try await engine.runs().isEmpty)
        #expect(try await scheduler.all().first?.failure != nil)
    }

    @Test func historiesAndFiringsAreBoundedAndOddReadingsAreRefused() async throws {
        let (_, scheduler) = machinery()
        _ = try await scheduler.add(id: "warn", definition: try WorkflowDefinition(yaml: Self.definition), cause: .reading(try WatchRule("f1 of m < 0.5"), input: "reading"), input: [:], grade: .level1)
        try await store.write { transaction in
            for number in 0..<1_200 { try Readings.record("f1", of: "m", value: Double(number % 2), label: .bottom, at: 0, run: "r", in: transaction) }
        }
        let history = try await Readings(store: store).history(of: "f1 of m")
        #expect(history.count == Readings.countMax && history.last?.sequence == 1_200)
        #expect(try await store.read { try $0.count(Readings.firings) } == Readings.firingCountMax)
        #expect(try await scheduler.tick().count == Readings.firingCountMax)
        for (metric, subject, value) in [("", "m", 1.0), ("f1", "", 1), ("f 1", "m", 1), ("f1", "m\n", 1), ("f1", "m", .nan), ("f1", "m", .infinity), ("f1", String(repeating: "m", count: 500), 1)] {
            await #expect(throws: Fault.self) { try await read(value, metric, of: subject) }
        }
        try await scheduler.remove("warn")
        #expect(try await store.read { try $0.count(Readings.watches) } == 0)
    }
}

import Core
import Labels
import Store
import Support
import Synchronization
import Testing

@testable import Workflows

/// Plans scored by running them: what is never run, what is not run again, and what an exhaustive search says.
@Suite struct PlanTrialsTests {
    let directory: TemporaryDirectory
    let store: Store
    private let probe = EffectProbe()
    private let clock = ManualWallClock()
    /// Kinds that ran, by id.
    private let ran = Ran()

    private final class Ran: Sendable {
        let counts = Mutex<[String: Int]>([:])
        func note(_ kind: String) { counts.withLock { $0[kind, default: 0] += 1 } }
        subscript(kind: String) -> Int { counts.withLock { $0[kind] ?? 0 } }
    }

    init() throws {
        directory = try TemporaryDirectory()
        store = try Store.open(at: directory.path)
    }

    /// Stand-ins: an import of numbers, a cleaning with two settings, a check, and two kinds that reach outside.
    private var kinds: [any StepKind] {
        let (probe, ran, clock) = (probe, ran, clock)
        func kind(_ id: String, _ inputs: [String: StepSignature.Field], _ outputs: [String: FieldType], _ body: @escaping @Sendable ([String: JSONValue]) -> [String: JSONValue]) -> ScriptedStep {
            var step = ScriptedStep(id, inputs: inputs, outputs: outputs) { input, context in
                ran.note(id)
                clock.advance(by: 1)
                return .done(output: body(input.values), effect: probe.effect(context))
            }
            step.mayBeTried = { id.hasPrefix("data-") && !$0.contains("subject") }
            return step
        }
        let may = StepSignature.Field(.boolean, isRequired: false)
        return [
            kind("data-import", ["path": .init(.string)], ["records": .array, "count": .number, "fields": .array]) { values in
                let numbers = (values["path"]?.string ?? "").unicodeScalars.map { JSONValue.int(Int($0.value) - 48) }
                return ["records": .array(numbers), "count": .int(numbers.count), "fields": []]
            },
            kind("data-clean", ["records": .init(.array), "duplicates": may, "empty": may], ["records": .array, "count": .number]) { values in
                var seen = Set<JSONValue>()
                let kept = (values["records"]?.array ?? []).filter { (values["duplicates"]?.bool == false || seen.insert($0).inserted) && (values["empty"]?.bool == false || $0 != 0) }
                return ["records": .array(kept), "count": .int(kept.count)]
            },
            kind("data-validate", ["records": .init(.array), "rules": .init(.array), "subject": .init(.string, isRequired: false)], ["valid": .array, "share": .number, "invalidCount": .number]) { ["valid": $0["records"] ?? [], "share": 1, "invalidCount": 0] },
            kind("notify", ["to": .init(.string), "title": .init(.string), "text": .init(.string)], ["id": .string]) { _ in ["id": "1"] },
            kind("http", ["url": .init(.string)], ["status": .number, "ok": .boolean, "body": .string]) { _ in ["status": 200, "ok": true, "body": ""] },
        ]
    }

    private var engine: WorkflowEngine { WorkflowEngine(store: store, kinds: kinds, clock: clock, ids: IdentifierSource()) }
    private var planner: WorkflowPlanner { WorkflowPlanner(catalogue: NodeCatalogue(kinds: kinds)) }

    private static let cases = """
        {"inputs": {"path": "1123"}, "expect": "length(outputs.records) == 4"}
        {"inputs": {"path": "1020"}, "expect": "length(outputs.records) == 2"}
        {"inputs": {"path": "555"}, "expected": {"count": 3}}

        {"inputs": {"path": "12"}, "expect": "outputs.count == 2 && steps['data-import'].count == length(inputs.path)"}
        """

    private func trials(_ engine: WorkflowEngine, seconds: Double = 1e6) throws -> PlanTrials { PlanTrials(engine: engine, cases: try TrialCase.read(Self.cases), searchID: "s", seconds: seconds) }

    private func search(_ trials: PlanTrials, seed: UInt64 = 1, kinds: [String] = ["data-import", "data-clean"], score: (@Sendable (WorkflowPlan, Int) async throws -> Double)? = nil) async throws -> PlanSearch.Outcome {
        try await PlanSearch(planner: planner, seed: seed, inserts: ["data-validate", "data-clean", "notify", "http"]).search(
            from: kinds, request: "清洗数据", cases: 4, budget: 600, enough: 1, refusal: trials.refusal, score: score ?? trials.score)
    }

    @Test(arguments: [1, 2, 3] as [UInt64]) func aSettingIsFoundThatMeetsEveryCase(seed: UInt64) async throws {
        let outcome = try await search(try trials(engine), seed: seed)
        #expect(outcome.first.score == 0.5 && outcome.best.score == 1)
        #expect(outcome.best.settings["data-clean"]?["duplicates"] == false)
        #expect(try WorkflowDefinition(yaml: outcome.best.plan.definition.yaml).steps.contains { $0.with["duplicates"] == .literal(false) })
        #expect(planner.catalogue.checker.check(outcome.best.plan.definition).allSatisfy { $0.severity != .error })
    }

    @Test func whatReachesOutsideIsRefusedWithAReasonAndNeverRuns() async throws {
        let trials = try trials(engine)
        let outcome = try await PlanSearch(planner: planner, seed: 2, inserts: ["notify", "http"], mutations: [.addCheck, .addReview, .swap]).search(
            from: ["data-import", "data-clean"], request: "清洗数据", cases: 4, budget: 200, refusal: trials.refusal, score: trials.score)
        for kind in ["notify", "http", "human"] { #expect(outcome.refused.keys.contains { $0.english.hasPrefix("\(kind) ") && !$0.chinese.isEmpty }, "\(kind)") }
        #expect(ran["notify"] == 0 && ran["http"] == 0)
        // Nor when somebody asks for it without asking first.
        let sending = try planner.plan(kinds: ["data-import", "notify"], request: "导入并通知")
        await #expect(throws: Fault.self) { try await trials.score(sending, 0) }
        await #expect(throws: Fault.self) { try await search(trials, kinds: ["data-import", "notify"]) }
        #expect(ran["notify"] == 0)
    }

    @Test func onlyKindsThatLeaveNothingAreTried() throws {
        let trials = try trials(engine)
        for kind in WorkflowPlanner(catalogue: NodeCatalogue(kinds: [])).catalogue.ids where !trials.kinds.contains(kind) && !["transform", "map", "loop", "switch", "call"].contains(kind) {
            guard let plan = try? planner.plan(kinds: [kind], request: "a.csv") else { continue }
            #expect(trials.refusal(plan) != nil, "\(kind)")
        }
        let variants = PlanVariants(planner: planner, inserts: [])
        let told = try variants.plan(PlanVariant(kinds: ["data-import", "data-validate"], settings: ["data-validate": ["subject": "x"]]), request: "校验", name: "p")
        #expect(trials.refusal(told)?.english.contains("subject") == true)
        let lacking = try planner.plan(kinds: ["transform"], request: "计算")
        #expect(trials.refusal(lacking)?.english.contains("input") == true)
    }

    @Test func whatWasRunIsNotRunAgain() async throws {
        let whole = try trials(engine)
        let wanted = try await search(whole)
        let runs = whole.counts.started
        #expect(runs > 8 && whole.counts.found == 0)

        // The same search in another store ends with a fault after every number of trials in turn, and goes on in a new engine.
        for stop in stride(from: 1, to: runs, by: max(1, runs / 8)) {
            let other = try PlanTrialsTests()
            let cut = try other.trials(other.engine)
            await #expect(throws: Fault.self) {
                try await other.search(cut) { plan, number in
                    if cut.counts.started == stop { throw Fault(.defect, "stop") }
                    return try await cut.score(plan, number)
                }
            }
            let rest = try other.trials(other.engine)
            let outcome = try await other.search(rest)
            #expect(rest.counts.found == stop && rest.counts.started == runs - stop)
            #expect(outcome.best.plan.definition.yaml == wanted.best.plan.definition.yaml && outcome.evaluations == wanted.evaluations)
            let probe = other.probe
            #expect(try await other.store.read { try $0.list(probe.counts, limit: 10_000) }.allSatisfy { $0.value == 1 })
        }
    }

    @Test func theTimeEndsASearchWithTheBestSoFar() async throws {
        // Each step takes a second: four trials of two steps are the first plan's.
        await #expect(throws: Fault.self) { try await search(try trials(engine, seconds: 5)) }
        let outcome = try await search(try PlanTrials(engine: engine, cases: TrialCase.read(Self.cases), searchID: "other", seconds: 10))
        #expect(outcome.isCutShort && outcome.first.caseCount == 4 && outcome.best.score >= outcome.first.score)
    }

    @Test(arguments: 1...6 as ClosedRange<UInt64>) func aSmallSpaceIsSearchedAsWellAsExhaustively(seed: UInt64) async throws {
        // Every case wants up to three settings of a kind with four switches: 81 variants, times three for a switch of the import that does not matter; all on 16 cases would take 3,888 trials.
        let planner = WorkflowPlanner(catalogue: NodeCatalogue(kinds: []))
        let fields = ["trim", "fullWidth", "duplicates", "empty"]
        var random = SeededRandom(seed: seed)
        let wanted = (0..<16).map { _ in fields.shuffled(using: &random).prefix(Int.random(in: 1...3, using: &random)).map { ($0, Bool.random(using: &random)) } }
        @Sendable func meets(_ settings: [String: Bool], _ number: Int) -> Bool { wanted[number].allSatisfy { settings[$0.0, default: true] == $0.1 } }
        var most = 0
        for number in 0..<81 {
            var (rest, settings) = (number, [String: Bool]())
            for field in fields {
                if rest % 3 > 0 { settings[field] = rest % 3 == 1 }
                rest /= 3
            }
            most = max(most, (0..<16).count { meets(settings, $0) })
        }
        let outcome = try await PlanSearch(planner: planner, seed: seed, mutations: [.setting]).search(from: ["data-import", "data-clean"], request: "清洗数据", cases: 16, budget: 3_500, enough: 1) { plan, number in
            let step = plan.definition.steps.first { $0.kind == "data-clean" }
            let settings = fields.reduce(into: [String: Bool]()) { settings, field in if case .literal(let value)? = step?.with[field] { settings[field] = value.bool } }
            return meets(settings, number) ? 1 : 0
        }
        #expect(Int((outcome.best.score * 16).rounded()) == most)
        #expect(outcome.evaluations <= 3_500)
    }

    @Test func aSetIsReadLineByLine() throws {
        #expect(try TrialCase.read(Self.cases).map(\.line) == [1, 2, 3, 5])
        for (text, wanted) in [
            ("", "no case"), ("x", "line 1"), ("{\"inputs\": {}}\n", "either"), ("{\"inputs\": {}, \"expect\": \"true\", \"expected\": {\"a\": 1}}", "either"), ("{\"inputs\": {}, \"expected\": {}}", "either"),
            ("\n{\"inputs\": 3, \"expect\": \"true\"}", "line 2"), ("{\"inputs\": {}, \"expect\": \"secretless\"}", "line 1"), ("{\"inputs\": {}, \"expect\": \"true\", \"more\": 1}", "other than"),
        ] {
            let fault = #expect(throws: Fault.self) { try TrialCase.read(text) }
            #expect(fault?.code == .workflowTrial && fault?.message.contains(wanted) == true, "\(wanted)")
        }
        let line = "{\"inputs\": {}, \"expect\": \"true\"}\n"
        #expect(try TrialCase.read(String(repeating: line, count: TrialCase.countMax)).count == TrialCase.countMax)
        #expect(throws: Fault.self) { try TrialCase.read(String(repeating: line, count: TrialCase.countMax + 1)) }
        #expect(throws: Fault.self) { try TrialCase.read(String(repeating: " ", count: TrialCase.byteCountMax + 1)) }
    }

    @Test func whatACaseWants() throws {
        func holds(_ text: String, _ outputs: [String: JSONValue]) throws -> Bool { try TrialCase("{\"inputs\": {}, \(text)}", line: 1).holds(outputs: outputs, steps: [:]) }
        #expect(try holds("\"expected\": {\"a\": 3, \"b\": [1.0, {\"c\": 2}]}", ["a": .double(3), "b": [1, ["c": .double(2)]], "more": 1]))
        #expect(try !holds("\"expected\": {\"a\": 3}", [:]))
        #expect(try !holds("\"expected\": {\"a\": [1]}", ["a": [1, 2]]))
        #expect(try holds("\"expect\": \"outputs.a > 2\"", ["a": 3]))
        // An order of nothing and a number is no answer, so it is a no.
        #expect(try !holds("\"expect\": \"outputs.a > 2\"", [:]))
        #expect(throws: Fault.self) { try holds("\"expect\": \"outputs.a\"", ["a": 3]) }
    }

    /// Wilson's interval beside values from its formula, computed elsewhere.
    @Test(arguments: [(0, 10, 0.0, 0.2775), (5, 10, 0.2366, 0.7634), (10, 10, 0.7225, 1.0), (8, 12, 0.3906, 0.8619), (1, 1, 0.2065, 1.0)]) func theIntervalIsWilsons(met: Int, count: Int, low: Double, high: Double) {
        let interval = TrialScore(met: met, count: count).interval
        #expect(abs(interval.lowerBound - low) < 6e-4 && abs(interval.upperBound - high) < 6e-4)
    }
}

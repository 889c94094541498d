import Core
import Labels
import Store
import Support
import Testing

@testable import Workflows

/// Prometheus' text form, read back by a strict reader.
struct ReadMetrics {
    private(set) var samples: [String: Double] = [:]
    private(set) var types: [String: String] = [:]
    private(set) var problems: [String] = []

    init(_ text: String) {
        if !text.hasSuffix("\n") { problems.append("no line end") }
        var family = "", helped = Set<String>()
        for line in text.split(separator: "\n", omittingEmptySubsequences: false).dropLast() {
            let words = line.split(separator: " ", maxSplits: 3).map(String.init)
            if line.hasPrefix("# HELP ") {
                if !helped.insert(words[2]).inserted { problems.append("two families \(words[2])") }
                family = words[2]
            } else if line.hasPrefix("# TYPE ") {
                if words[2] != family || !["counter", "gauge", "histogram"].contains(words[3]) { problems.append("\(line)") }
                types[family] = words[3]
                if (words[3] == "counter") != family.hasSuffix("_total") { problems.append("\(family) is a \(words[3])") }
            } else if let match = line.wholeMatch(of: /([a-z_]+)(\{((?:[a-z_]+="(?:[^"\\\n]|\\[\\n"])*",?)+)\})? (NaN|[-+]Inf|-?[0-9.e+-]+)/), let value = Double(match.output.4.replacing("Inf", with: "infinity")) {
                let name = String(match.output.1), base = types[family] == "histogram" ? ["_bucket", "_sum", "_count"].first { name == family + $0 } != nil : name == family
                if !base { problems.append("\(name) stands in \(family)") }
                let key = name + (match.output.2.map(String.init) ?? "")
                if samples.updateValue(value, forKey: key) != nil { problems.append("\(key) twice") }
            } else {
                problems.append("malformed: \(line)")
            }
        }
    }
}

@Suite struct WorkflowMetricsTests {
    let directory: TemporaryDirectory
    let store: Store
    let clock = ManualWallClock()

    init() throws {
        directory = try TemporaryDirectory()
        store = try Store.open(at: directory.path)
    }

    @Test func countsAreTheJournals() async throws {
        let engine = WorkflowEngine(store: store, kinds: TraceKinds.all, clock: clock, ids: IdentifierSource(random: SeededRandom(seed: 5)))
        try await ModelPrices.set(try TokenPrice(read: 1, written: 2, currency: "CNY"), of: "small", in: store)
        for (number, fails) in [0, 1].enumerated() {
            let definition = try WorkflowDefinition(yaml: TraceKinds.yaml.replacing("LAST", with: "\(fails)"))
            _ = try await engine.start(definition, input: Labeled(["text": "x"], .bottom), runID: "run-\(number)")
            _ = try await engine.advance("run-\(number)")
            clock.advance(by: 31)
            _ = try await engine.advance("run-\(number)")
            let waiting = ReadMetrics(try await engine.metricsText())
            #expect(waiting.samples["banyan_workflow_tasks_open"] == 1 && waiting.samples["banyan_workflow_runs{status=\"waiting\"}"] == 1)
            try await engine.answer(try #require(try await engine.tasks().first).id, TaskAnswer(choice: "yes", comment: nil, by: "li", at: clock.now, attachments: []))
            _ = try await engine.advance("run-\(number)")
        }
        let metrics = ReadMetrics(try await engine.metricsText())
        #expect(metrics.problems.isEmpty, "\(metrics.problems)")
        let events = try await store.read { transaction in try (0...1).flatMap { try transaction.events(of: WorkflowEngine.stream("run-\($0)")) } }
        #expect(metrics.samples["banyan_workflow_runs_started_total{workflow=\"everything\"}"] == 2)
        #expect(metrics.samples["banyan_workflow_runs_ended_total{status=\"completed\",workflow=\"everything\"}"] == 1)
        #expect(metrics.samples["banyan_workflow_runs_ended_total{status=\"failed\",workflow=\"everything\"}"] == 1)
        let attempts = metrics.samples.filter { $0.key.hasPrefix("banyan_workflow_step_attempts_total") }
        #expect(attempts.values.reduce(0, +) == Double(events.count { $0.kind == RunEvent.stepStarted }))
        #expect(attempts.filter { $0.key.contains("failed") }.values.reduce(0, +) == Double(events.count { $0.kind == RunEvent.stepFailed }))
        #expect(metrics.samples["banyan_workflow_step_seconds_count{kind=\"speaks\"}"] == 8)
        #expect(metrics.samples["banyan_workflow_tokens_total{direction=\"read\",model=\"small\"}"] == 800)
        #expect(abs((metrics.samples["banyan_workflow_cost_total{currency=\"CNY\",model=\"small\"}"] ?? 0) - 0.00112) < 1e-12)
        #expect((metrics.samples["banyan_store_transactions_total"] ?? 0) >= (metrics.samples["banyan_store_commits_total"] ?? .infinity))
    }

    @Test func namesAreBounded() {
        let metrics = WorkflowMetrics()
        for number in 0..<1_000 { metrics.note([ObservedEvent(started: "w\(number)")]) }
        var text = PrometheusText()
        metrics.write(to: &text, prices: ModelPrices())
        let started = ReadMetrics(text.text).samples.filter { $0.key.hasPrefix("banyan_workflow_runs_started_total") }
        #expect(started.count == WorkflowMetrics.nameCountMax + 1 && started["banyan_workflow_runs_started_total{workflow=\"other\"}"] == 800)
    }

    @Test func anythingCanBeALabelsValue() {
        var text = PrometheusText()
        text.family("a", .gauge, "of \\ and\nlines")
        text.sample(["b": "\"quoted\" \\ and\nlines"], .infinity)
        text.sample(["b": "榕"], 0.25)
        let read = ReadMetrics(text.text)
        #expect(read.problems.isEmpty && read.samples.count == 2, "\(read.problems)")
    }

    @Test func costsAreExactAndBounded() throws {
        let prices = ModelPrices(["a": try TokenPrice(read: 0.1, written: 0.2, currency: "CNY"), "b": try TokenPrice(read: 3, written: 15, currency: "USD")])
        // A tenth of a tenth of a millionth, ten million times.
        let usages = [StepUsage](repeating: StepUsage(model: "a", tokensRead: 1, tokensWritten: 1, milliseconds: 0), count: 1_000) + [StepUsage(model: "b", tokensRead: 7, tokensWritten: 0, milliseconds: 0), StepUsage(model: "here", tokensRead: 9, tokensWritten: 9, milliseconds: 0)]
        #expect(prices.costs(of: usages).map(\.text) == ["0.000300 CNY", "0.000021 USD"])
        #expect(prices.costs(of: [StepUsage(model: "b", tokensRead: .max, tokensWritten: .max, milliseconds: 0)]).first?.amount == .max)
        #expect(throws: Fault.self) { try TokenPrice(read: -1, written: 0, currency: "CNY") }
        #expect(throws: Fault.self) { try TokenPrice(read: .nan, written: 0, currency: "CNY") }
        #expect(throws: Fault.self) { try TokenPrice(read: 1, written: 0, currency: "C\nY") }
    }
}

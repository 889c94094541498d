import Agents
import ArgumentParser
import Core
import Demonstrations
import Labels
import Nodes
import Store
import Workflows

/// `banyan agent tools`
struct AgentToolsCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(commandName: "tools", abstract: "List the tools that agents may be given: what they do, what may enter them, what they change.")

    @OptionGroup var output: OutputOptions

    func run() async throws {
        let tools = try await CheckedKinds.tools().all.map(\.descriptor)
        if output.json { return Terminal.out(JSONValue.array(tools.map(\.json)).prettyText) }
        let rows = tools.map { [$0.id, $0.clearance.description, $0.raisesTo.description, $0.effect.rawValue, Terminal.say($0.english, $0.chinese)] }
        Terminal.out(Terminal.table([["tool", "clearance", "may give", "effect", Terminal.say("what it does", "用途")]] + rows))
    }
}

/// `banyan agent policy`
struct AgentPolicyCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "policy", abstract: "Show what was learned about strategies and what each policy would have earned; say who chooses.",
        discussion: """
            Values are estimated on recorded decisions before anything is switched on: doubly robust with its standard error, and inverse propensity. Decisions that were taken by the rule alone say nothing of other strategies \
            (unseen); `--mode collect` tries them in three of ten cases, `--mode on` lets the learned policy choose, `--mode off` goes back to the rule.
            """)

    @Option(name: .long, help: "off, collect or on, from now on.")
    var mode: String?
    @OptionGroup var dataOptions: DataOptions
    @OptionGroup var output: OutputOptions

    func run() async throws {
        let store = mode == nil ? try dataOptions.shared() : try dataOptions.owned()
        let book = PolicyBook(store: store)
        if let mode {
            guard let mode = PolicyMode(rawValue: mode) else { throw ValidationError("modes are \(PolicyMode.allCases.map(\.rawValue).joined(separator: ", "))") }
            try await book.setMode(mode)
        }
        let state = try await book.state(), records = try await book.decisions()
        let values = PolicyValues(state, records)
        if output.json {
            Terminal.out(values.json.prettyText)
        } else {
            Terminal.out(Terminal.say("mode \(state.mode.rawValue), \(records.count) decisions", "模式 \(state.mode.rawValue)，\(records.count) 次决策"))
            Terminal.out(Terminal.table([[Terminal.say("policy", "策略"), Terminal.say("value", "估值"), "±", "IPS", Terminal.say("counts as", "等效数"), Terminal.say("unseen", "未见")]] + values.rows))
        }
        try store.close()
    }
}

/// What policies would have earned on recorded decisions.
struct PolicyValues {
    let state: PolicyState
    let estimates: [(name: String, estimate: OffPolicyEstimate)]
    /// What was earned.
    let earned: Double
    let count: Int

    init(_ state: PolicyState, _ records: [PolicyRecord]) {
        self.state = state
        count = records.count
        earned = records.isEmpty ? 0 : records.reduce(0) { $0 + $1.outcome.reward } / Double(records.count)
        let fixed = Strategy.allCases.map { strategy in
            // Where a fixed strategy is not possible it answers.
            (strategy.rawValue, OffPolicyEstimate(records) { _, possible in [possible.contains(strategy) ? strategy : .direct: 1] })
        }
        estimates = fixed + [("learned", OffPolicyEstimate(records) { features, possible in [state.best(features, among: possible): 1] })]
    }

    private static func text(_ value: Double) -> String { String((value * 1000).rounded() / 1000) }

    var rows: [[String]] {
        [["(earned)", Self.text(earned), "", "", "\(count)", ""]]
            + estimates.map { [$0.name, Self.text($0.estimate.doublyRobust), Self.text($0.estimate.standardError), Self.text($0.estimate.inversePropensity), Self.text($0.estimate.effectiveCount), Self.text($0.estimate.unseenShare)] }
    }

    var json: JSONValue {
        let values = estimates.map { name, estimate -> (String, JSONValue) in
            (
                name,
                [
                    "doublyRobust": .double(estimate.doublyRobust), "standardError": .double(estimate.standardError), "inversePropensity": .double(estimate.inversePropensity),
                    "effectiveCount": .double(estimate.effectiveCount), "unseenShare": .double(estimate.unseenShare),
                ]
            )
        }
        return [
            "mode": .string(state.mode.rawValue), "decisions": .int(count), "earned": .double(earned), "policies": .object(Dictionary(values) { $1 }),
            "learnedFrom": .object(Dictionary(state.models.map { ($0.key.rawValue, .int($0.value.count)) }) { $1 }), "features": .array(PolicyFeatures.names.map { .string($0) }),
        ]
    }
}

/// `banyan agent judge`
struct AgentJudgeCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "judge", abstract: "Say whether a run's answer was good; what was learned from it is as if that had been known.")

    @Argument(help: "The id of a run.")
    var run: String
    @Argument(help: "good or bad.")
    var verdict: String
    @OptionGroup var dataOptions: DataOptions

    func run() async throws {
        guard ["good", "bad"].contains(verdict) else { throw ValidationError("a verdict is good or bad") }
        let store = try dataOptions.owned()
        let count = try await PolicyBook(store: store).judge(run: run, isGood: verdict == "good")
        Terminal.out(count > 0 ? Terminal.say("\(run): noted", "\(run)：已记录") : Terminal.say("\(run) has no decision of the policy", "\(run) 没有策略决策"))
        try store.close()
        if count == 0 { throw ExitStatus.found }
    }
}

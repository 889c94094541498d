import ArgumentParser
import Core
import Demonstrations
import Store
import Workflows

/// `banyan workflow replay`
struct WorkflowReplayCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "replay", abstract: "Run the steps of a run again with the inputs they had, and compare their outputs.",
        discussion: "Nothing is written and no effect is repeated. Steps whose kind promises the same output for the same input are run: local models, recognizers, protection, measures. Exits 1 when an output differs.")

    @Argument(help: "The id of a run.")
    var run: String
    @Option(name: .long, help: ArgumentHelp("Only the step of this path, as `workflow show` lists it, and those inside it.", valueName: "path"))
    var step: String?
    @Option(name: .long, help: ArgumentHelp("The language model of model steps; the only one imported by default.", valueName: "name"))
    var stepModel: String?
    @OptionGroup var dataOptions: DataOptions
    @OptionGroup var output: OutputOptions

    func run() async throws {
        // Nothing is written, so it may run beside a server that owns the directory.
        let store = try dataOptions.shared()
        let engine = try await DataOptions.platform(in: store, settings: try await NodeOptions.standard(in: store, model: stepModel)).engine
        let isText = !output.json
        let steps = try await engine.replay(run, step: step) { if isText { Terminal.out(Self.line($0)) } }
        let different = steps.count { $0.verdict != .same && $0.verdict != .notRepeatable }, same = steps.count { $0.verdict == .same }
        if output.json {
            Terminal.out((["run": .string(run), "same": .int(same), "different": .int(different), "steps": .array(steps.map(Self.json))] as JSONValue).prettyText)
        } else {
            let rest = steps.count - same - different
            Terminal.out(Terminal.say("\(same) steps gave the same again, \(different) did not, \(rest) cannot be repeated", "\(same) 步结果一致，\(different) 步不一致，\(rest) 步不可重放"))
        }
        try store.close()
        if different > 0 { throw ExitStatus.found }
    }

    private static func line(_ step: ReplayedStep) -> String {
        switch step.verdict {
        case .same: Terminal.say("same       \(step.step) (\(step.kind))", "一致    \(step.step) (\(step.kind))")
        case .different(let names): Terminal.say("different  \(step.step) (\(step.kind)): \(names.joined(separator: ", "))", "不一致  \(step.step) (\(step.kind))：\(names.joined(separator: "、"))")
        case .failed(let message): Terminal.say("failed     \(step.step) (\(step.kind)): \(message)", "失败    \(step.step) (\(step.kind))：\(message)")
        case .notRepeatable: Terminal.say("skipped    \(step.step) (\(step.kind))", "跳过    \(step.step) (\(step.kind))")
        }
    }

    private static func json(_ step: ReplayedStep) -> JSONValue {
        let verdict: (String, JSONValue) =
            switch step.verdict {
            case .same: ("same", .null)
            case .different(let names): ("different", .array(names.map { .string($0) }))
            case .failed(let message): ("failed", .string(message))
            case .notRepeatable: ("skipped", .null)
            }
        return ["step": .string(step.step), "kind": .string(step.kind), "verdict": .string(verdict.0), "detail": verdict.1]
    }
}

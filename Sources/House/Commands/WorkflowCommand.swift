import Agents
import ArgumentParser
import Core
import Demonstrations
import Foundation
import Labels
import Store
import Workflows

/// `banyan workflow …`
struct WorkflowCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "workflow", abstract: "Plan, check, draw and run workflow definitions; list, show, resume, change, fork and cancel runs.",
        subcommands: [
            WorkflowPlanCommand.self, WorkflowTeachCommand.self, WorkflowCheckCommand.self, WorkflowRunCommand.self, WorkflowSignalCommand.self, WorkflowPauseCommand.self, WorkflowChangeCommand.self, WorkflowScheduleCommand.self, WorkflowSchemaCommand.self, WorkflowListCommand.self, WorkflowShowCommand.self, WorkflowResumeCommand.self, WorkflowForkCommand.self, WorkflowReplayCommand.self,
            WorkflowCancelCommand.self, WorkflowGraphCommand.self, WorkflowOutboxCommand.self, WorkflowReadingsCommand.self,
        ])
}

/// `banyan workflow schema`
struct WorkflowSchemaCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "schema", abstract: "Write the JSON Schema of definitions, with every step kind, for editors that complete YAML by one.")

    func run() async throws { Terminal.out(WorkflowSchema(kinds: WorkflowEngine.builtIn + (try await CheckedKinds.all())).json.prettyText) }
}

/// `banyan workflow list`
struct WorkflowListCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(commandName: "list", abstract: "List runs, the newest first.")

    @OptionGroup var dataOptions: DataOptions
    @OptionGroup var output: OutputOptions
    @Option(name: .long, help: "Only runs of this status: running, waiting, sleeping, paused, completed, failed, cancelled.")
    var status: String?
    @Option(name: .long, help: "At most this many.")
    var limit: Int = 50

    func run() async throws {
        var wanted: RunStatus?
        if let status {
            guard let known = RunStatus(rawValue: status) else { throw ValidationError("unknown status '\(status)'") }
            wanted = known
        }
        let platform = try await DataOptions.platform(in: try dataOptions.shared())
        let runs = try await platform.engine.runs(status: wanted, limit: max(1, min(limit, 10_000)), offset: 0)
        if output.json {
            Terminal.out(try JSONText.of(runs))
        } else {
            let rows = runs.map { [$0.id, $0.workflow, $0.status.rawValue, "\($0.stepsDone)", $0.label.description, timestampText($0.startedAt)] }
            Terminal.out(Terminal.table([["run", "workflow", "status", "steps", "label", "started"]] + rows))
        }
    }
}

/// `banyan workflow show`
struct WorkflowShowCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "show", abstract: "Show the steps of a run.",
        discussion: "With --values also what steps took and gave, those inside other steps too: up to L2, as a terminal has no clearance of its own and its lines stay; of what is graver the names. The console shows them by the reader's clearance.")

    @Argument(help: "The id of a run.")
    var run: String
    @Flag(name: .long, help: "Show what steps took and gave, up to L2.")
    var values = false
    @Flag(name: .long, help: "With --values: show what is graver than L2 too.")
    var reveal = false
    @OptionGroup var dataOptions: DataOptions
    @OptionGroup var output: OutputOptions

    func run() async throws {
        let store = try dataOptions.shared()
        let platform = try await DataOptions.platform(in: store)
        let (view, prices) = (try await platform.engine.view(run), try await ModelPrices.read(from: store))
        let detail = view.detail, shown = StepValues(view, clearance: reveal ? .all : Clearance(upTo: .level2))
        if output.json {
            let steps = detail.steps.map { step -> JSONValue in
                let row: JSONValue = [
                    "id": .string(step.id), "kind": .string(step.kind), "status": .string(step.status), "attempts": .int(step.attempts),
                    "label": step.label.map { .string($0.description) } ?? .null, "started": .double(step.startedAt),
                    "ended": step.endedAt.map { .double($0) } ?? .null, "failure": step.failure.map { .string($0) } ?? .null,
                    "usage": step.usage.map { UsageText.json([$0], prices) } ?? .null,
                ]
                return values ? shown.added(to: row, of: step) : row
            }
            Terminal.out(
                ([
                    "id": .string(detail.summary.id), "status": .string(detail.summary.status.rawValue), "forkedFrom": detail.summary.forkedFrom.map { .string($0) } ?? .null, "steps": .array(steps),
                    "usage": UsageText.json(detail.usages, prices),
                ] as JSONValue).prettyText)
            return
        }
        Terminal.out("\(detail.summary.id)  \(detail.summary.workflow)  \(detail.summary.status.rawValue)  \(detail.summary.label)")
        if let old = detail.summary.forkedFrom { Terminal.out(Terminal.say("forked from \(old)", "分自 \(old)")) }
        if let failure = detail.summary.failure {
            Terminal.out(failure)
            Terminal.out(Terminal.say("go on from the step that failed: banyan workflow fork \(run)", "从失败的步骤继续：banyan workflow fork \(run)"))
        }
        let rows = detail.steps.map { step in
            let milliseconds = step.endedAt.map { String(format: "%.1f ms", ($0 - step.startedAt) * 1000) } ?? ""
            return [step.id, step.kind, step.status, "\(step.attempts)", step.label?.description ?? "", milliseconds] + (detail.usages.isEmpty ? [] : UsageText.cells(step.usage, prices))
        }
        Terminal.out(Terminal.table([["step", "kind", "status", "attempts", "label", "time"] + (detail.usages.isEmpty ? [] : UsageText.heads)] + rows))
        for line in UsageText.lines(detail.usages, prices) { Terminal.out(line) }
        if values { for step in detail.steps { for line in shown.lines(of: step) { Terminal.out(line) } } }
    }
}

/// `banyan workflow resume`
struct WorkflowResumeCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(commandName: "resume", abstract: "Take up every unfinished run where it stopped.")

    @OptionGroup var nodes: NodeOptions
    @OptionGroup var telemetry: TelemetryOptions
    @OptionGroup var dataOptions: DataOptions

    func run() async throws {
        let store = try dataOptions.owned()
        let platform = try await DataOptions.platform(in: store, nodes: nodes)
        let spans = try await telemetry.begin(in: store, engine: platform.engine)
        let count = try await platform.engine.resumeAll(progress: ProgressLine(isQuiet: false).sink)
        await spans.end()
        Terminal.out(Terminal.say("\(count) runs taken up", "已恢复 \(count) 个运行"))
        try store.close()
    }
}

/// `banyan workflow cancel`
struct WorkflowCancelCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(commandName: "cancel", abstract: "Cancel a run at its next step boundary.")

    @Argument(help: "The id of a run.")
    var run: String
    @OptionGroup var telemetry: TelemetryOptions
    @OptionGroup var dataOptions: DataOptions

    func run() async throws {
        let store = try dataOptions.owned()
        let engine = try await DataOptions.platform(in: store).engine
        let spans = try await telemetry.begin(in: store, engine: engine)
        try await engine.cancel(run)
        await spans.end()
        Terminal.out(Terminal.say("\(run) cancelled", "\(run) 已取消"))
        try store.close()
    }
}

/// Codable values as pretty JSON with sorted keys.
enum JSONText {
    static func of(_ value: some Encodable) throws -> String {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
        return String(decoding: try encoder.encode(value), as: UTF8.self)
    }
}

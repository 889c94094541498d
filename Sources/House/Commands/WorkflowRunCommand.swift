import ArgumentParser
import Core
import Demonstrations
import Foundation
import Labels
import Store
import Workflows

/// `banyan workflow run`
struct WorkflowRunCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "run", abstract: "Start a run of a definition and carry it on until it ends or waits.",
        discussion: """
            The definition is checked first; a leak is refused before anything runs. Inputs are NAME=VALUE (text; values of other types as JSON) or a JSON object in a file. They count as the highest grade that the \
            definition declares unless --grade says less. Ends with status 1 when the run fails. A run that waits for a person goes on after `banyan task answer` and `banyan workflow resume`.
            """)

    @Argument(help: "A workflow definition in YAML.")
    var file: String
    @Option(name: .shortAndLong, help: "An input, NAME=VALUE; again for each.")
    var input: [String] = []
    @Option(name: .long, help: "A file with a JSON object of inputs; - reads standard input.")
    var inputFile: String?
    @Option(name: .long, help: "The grade of the inputs: L1, L2, L3, L4, important or core. The default is the highest that an input declares.")
    var grade: String?
    @Flag(name: .long, help: "Show a result graver than L2.")
    var reveal = false
    @Option(name: .long, help: "The id of the run: a run of that id that exists is carried on.")
    var id: String?
    @OptionGroup var notices: NoticeOptions
    @OptionGroup var nodes: NodeOptions
    @OptionGroup var telemetry: TelemetryOptions
    @OptionGroup var dataOptions: DataOptions
    @OptionGroup var output: OutputOptions

    func run() async throws {
        let definition = try WorkflowDefinition(yaml: TextDecoder.decode(try FileTree.read(file, byteCountMax: WorkflowDefinition.byteCountMax)).text)
        let values = try WorkflowInput.read(input, file: inputFile, for: definition)
        let highest = definition.inputs.values.map(\.grade).max() ?? .level1
        let label = Label(try grade.map(WorkflowInput.grade) ?? highest)
        let store = try dataOptions.owned()
        let engine = try await DataOptions.platform(in: store, nodes: nodes).engine
        let delivery = try await notices.start(engine, in: store)
        let spans = try await telemetry.begin(in: store, engine: engine)
        let run = try await engine.start(definition, input: Labeled(values, label), runID: id)
        let status = try await engine.carry(run)
        await spans.end()
        await delivery?.finish()
        let detail = try await engine.detail(run)
        // A terminal has no clearance of its own, and its lines stay.
        let shown = detail.result.flatMap { reveal || $0.label.grade <= .level2 ? $0 : nil }
        if output.json {
            Terminal.out(
                ([
                    "id": .string(run), "status": .string(status.rawValue), "stepsDone": .int(detail.summary.stepsDone), "failure": detail.summary.failure.map { .string($0) } ?? .null,
                    "result": shown.map { .object($0.value) } ?? .null, "label": detail.result.map { .string($0.label.description) } ?? .null,
                ] as JSONValue).prettyText)
        } else {
            Terminal.out(Terminal.say("\(run): \(status.rawValue), \(detail.summary.stepsDone) steps", "\(run)：\(status.rawValue)，已完成 \(detail.summary.stepsDone) 步"))
            if let failure = detail.summary.failure { Terminal.out(failure) }
            if status == .waiting { Terminal.out(Terminal.say("it waits: see `banyan task list`", "等待处理：见 `banyan task list`")) }
            if let shown, !shown.value.isEmpty {
                Terminal.out("\(shown.label)  \(JSONValue.object(shown.value).prettyText)")
            } else if let result = detail.result, !result.value.isEmpty {
                Terminal.out(Terminal.say("the result is \(result.label): --reveal shows it", "结果为 \(result.label)：加 --reveal 显示"))
            }
        }
        try store.close()
        if status == .failed { throw ExitStatus.found }
    }
}

/// Inputs as people write them.
enum WorkflowInput {
    static func grade(_ text: String) throws -> Grade {
        guard let grade = Grade(text) else { throw ValidationError("unknown grade '\(text)'; grades are L1, L2, L3, L4, important, core") }
        return grade
    }

    static func read(_ pairs: [String], file: String?, for definition: WorkflowDefinition) throws -> [String: JSONValue] {
        var values: [String: JSONValue] = [:]
        if let file {
            let bytes = file == "-" ? [UInt8](FileHandle.standardInput.readData(ofLength: byteCountMax)) : try FileTree.read(file, byteCountMax: byteCountMax)
            guard let object = try JSONValue(parsing: TextDecoder.decode(bytes).text).object else { throw ValidationError("the inputs in \(file) are not a JSON object") }
            values = object
        }
        for pair in pairs {
            guard let place = pair.firstIndex(of: "=") else { throw ValidationError("an input is NAME=VALUE") }
            let name = String(pair[..<place]), text = String(pair[pair.index(after: place)...])
            guard let field = definition.inputs[name] else {
                throw ValidationError("workflow \(definition.name) has no input \(name); it takes \(definition.inputs.keys.sorted().joined(separator: ", "))")
            }
            values[name] = field.type == .string ? .string(text) : (try? JSONValue(parsing: text)) ?? .string(text)
        }
        return values
    }

    /// Bytes of a file of inputs.
    static let byteCountMax = 16 << 20
}

/// `banyan workflow signal`
struct WorkflowSignalCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(commandName: "signal", abstract: "Bring an event to a run that waits for it, or will.")

    @Argument(help: "The id of a run.")
    var run: String
    @Argument(help: "The name of the event.")
    var event: String
    @Option(name: .long, help: "What came with it, a JSON object.")
    var payload: String = "{}"
    @Option(name: .long, help: "The grade of the payload. The default is L4: unknown data count as grave.")
    var grade: String = "L4"
    @OptionGroup var telemetry: TelemetryOptions
    @OptionGroup var dataOptions: DataOptions

    func run() async throws {
        guard let value = try JSONValue(parsing: payload).object else { throw ValidationError("the payload is not a JSON object") }
        let store = try dataOptions.owned()
        let engine = try await DataOptions.platform(in: store).engine
        let spans = try await telemetry.begin(in: store, engine: engine)
        try await engine.signal(run, event: event, payload: Labeled(value, Label(try WorkflowInput.grade(grade))))
        let status = try await engine.advance(run)
        await spans.end()
        Terminal.out("\(run): \(status.rawValue)")
        try store.close()
    }
}

/// `banyan workflow pause`
struct WorkflowPauseCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(commandName: "pause", abstract: "Start nothing more in a run until it is unpaused.")

    @Argument(help: "The id of a run.")
    var run: String
    @Flag(name: .long, help: "Let it go on.")
    var off = false
    @OptionGroup var telemetry: TelemetryOptions
    @OptionGroup var dataOptions: DataOptions

    func run() async throws {
        let store = try dataOptions.owned()
        let engine = try await DataOptions.platform(in: store).engine
        let spans = try await telemetry.begin(in: store, engine: engine)
        if off { try await engine.unpause(run) } else { try await engine.pause(run) }
        let status = try await engine.advance(run)
        await spans.end()
        Terminal.out("\(run): \(status.rawValue)")
        try store.close()
    }
}

/// `banyan workflow change`
struct WorkflowChangeCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "change", abstract: "Go on with a run, or with all runs of a workflow, under another definition.",
        discussion: """
            Steps that were not reached may be inserted, replaced or left out; steps that were reached must be in the new definition as they were. The definition is checked first, labels included, and the change is \
            journaled. Without a run every unfinished run of that workflow is changed where it can be; the others are listed with the reason.
            """)

    @Argument(help: "The new definition in YAML.")
    var file: String
    @Argument(help: "The id of a run; without it every unfinished run of the workflow.")
    var run: String?
    @OptionGroup var dataOptions: DataOptions
    @OptionGroup var output: OutputOptions

    func run() async throws {
        let definition = try WorkflowDefinition(yaml: TextDecoder.decode(try FileTree.read(file, byteCountMax: WorkflowDefinition.byteCountMax)).text)
        let store = try dataOptions.owned()
        let engine = try await DataOptions.platform(in: store).engine
        var migration = WorkflowEngine.Migration()
        if let run {
            try await engine.change(run, to: definition)
            migration.changed = [run]
        } else {
            migration = try await engine.migrate(to: definition)
        }
        if output.json {
            Terminal.out((["changed": .array(migration.changed.map { .string($0) }), "refused": .object(migration.refused.mapValues { .string($0) })] as JSONValue).prettyText)
        } else {
            for id in migration.changed { Terminal.out(Terminal.say("\(id): goes on under the new definition", "\(id)：已改用新定义")) }
            for (id, why) in migration.refused.sorted(by: { $0.key < $1.key }) { Terminal.out(Terminal.say("\(id): stays as it is: \(why)", "\(id)：保持不变：\(why)")) }
        }
        try store.close()
        if !migration.refused.isEmpty { throw ExitStatus.found }
    }
}

import ArgumentParser
import Core
import Demonstrations
import Foundation
import Labels
import Store
import Workflows

/// `banyan workflow schedule …`
struct WorkflowScheduleCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "schedule", abstract: "Start runs by time, files that arrive, signed requests or readings that give warning, while `banyan serve` runs.",
        subcommands: [WorkflowScheduleAddCommand.self, WorkflowScheduleListCommand.self, WorkflowScheduleRemoveCommand.self])
}

/// `banyan workflow schedule add`
struct WorkflowScheduleAddCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "add", abstract: "Keep a trigger of a workflow.",
        discussion: """
            With --cron, five fields: minute, hour, day, month, day of the week, in the time of --utc-offset; "0 3 * * *" is every day at three. With --watch each file that arrives in a folder starts a run, with the \
            file's name as the input of --file-input. With --webhook a signed POST to /v1/hooks/NAME starts a run with values of its JSON, or brings an event to one. With --when a watch over readings starts a run with the reading \
            as the input of --reading-input: "f1 of models/color < 0.9 until 0.93 for 3", "share of intake falls". Times missed while nothing ran start one run. A trigger of the same name is replaced.
            """)

    @Argument(help: "A name for the trigger; runs' ids begin with it.")
    var name: String
    @Argument(help: "A workflow definition in YAML. The trigger keeps a copy. With --notify there is none.")
    var file: String?
    @Option(name: .long, help: "When, as cron has it.")
    var cron: String?
    @Option(name: .long, help: "Minutes east of UTC. The default is 480, China.")
    var utcOffset = 480
    @Option(name: .long, help: "A folder to watch.")
    var watch: String?
    @Option(name: .long, help: "The input that takes the name of the file that arrived.")
    var fileInput = "file"
    @OptionGroup var hook: HookOptions
    @OptionGroup var watchOptions: WatchOptions
    @Option(name: .shortAndLong, help: "An input, NAME=VALUE; again for each.")
    var input: [String] = []
    @Option(name: .long, help: "The grade of the inputs. The default is the highest that an input declares.")
    var grade: String?
    @OptionGroup var nodes: NodeOptions
    @OptionGroup var dataOptions: DataOptions

    func validate() throws {
        guard [cron != nil, watch != nil, hook.webhook, watchOptions.when != nil].filter({ $0 }).count == 1 else { throw ValidationError("give one of --cron, --watch, --webhook and --when") }
        guard (file == nil) == (watchOptions.notify != nil) else { throw ValidationError("give a definition, or --notify with --when") }
    }

    private func cause() throws -> WorkflowTrigger.Cause {
        if let watch { return .file(folder: URL(fileURLWithPath: watch).path, input: fileInput) }
        if let when = watchOptions.when { return .reading(try WatchRule(when), input: watchOptions.readingInput) }
        return hook.webhook ? .webhook(try hook.trigger()) : .time(cron ?? "", offset: utcOffset)
    }

    private func definition() throws -> WorkflowDefinition {
        if let file { return try WorkflowDefinition(yaml: TextDecoder.decode(try FileTree.read(file, byteCountMax: WorkflowDefinition.byteCountMax)).text) }
        return try watchOptions.notice(name: name)
    }

    func run() async throws {
        let (definition, cause) = (try definition(), try cause())
        let highest = definition.inputs.values.map(\.grade).max() ?? .level1
        let store = try dataOptions.owned()
        let scheduler = WorkflowTriggers.scheduler(in: store, engine: try await DataOptions.platform(in: store, nodes: nodes).engine)
        let trigger = try await scheduler.add(
            id: name, definition: definition, cause: cause, input: try WorkflowInput.read(input, file: nil, for: definition), grade: try grade.map(WorkflowInput.grade) ?? highest)
        switch trigger.cause {
        case .webhook: Terminal.out(Terminal.say("\(trigger.id): POST /v1/hooks/\(trigger.id), while `banyan serve` runs", "\(trigger.id)：POST /v1/hooks/\(trigger.id)（需 `banyan serve` 在运行）"))
        case .reading(let rule, _): Terminal.out(Terminal.say("\(trigger.id): when \(rule), while `banyan serve` runs", "\(trigger.id)：当 \(rule)（需 `banyan serve` 在运行）"))
        default: Terminal.out(Terminal.say("\(trigger.id): next at \(timestampText(trigger.nextAt)), while `banyan serve` runs", "\(trigger.id)：下次触发 \(timestampText(trigger.nextAt))（需 `banyan serve` 在运行）"))
        }
        try store.close()
    }
}

/// `banyan workflow schedule list`
struct WorkflowScheduleListCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(commandName: "list", abstract: "List triggers, the next one first.")

    @OptionGroup var dataOptions: DataOptions
    @OptionGroup var output: OutputOptions

    func run() async throws {
        let store = try dataOptions.shared()
        let triggers = try await WorkflowTriggers.scheduler(in: store, engine: try await DataOptions.platform(in: store).engine).all()
        if output.json {
            Terminal.out(
                JSONValue.array(
                    triggers.map { one in
                        [
                            "id": .string(one.id), "workflow": .string(one.workflow), "cause": .string(WorkflowTriggers.text(of: one.cause)), "nextAt": one.hasTime ? .string(timestampText(one.nextAt)) : .null,
                            "lastRun": one.lastRun.map { .string($0) } ?? .null, "failure": one.failure.map { .string($0) } ?? .null,
                        ]
                    }
                ).prettyText)
        } else {
            let rows = triggers.map { [$0.id, $0.workflow, WorkflowTriggers.text(of: $0.cause), $0.hasTime ? timestampText($0.nextAt) : "", $0.lastRun ?? "", $0.failure ?? ""] }
            Terminal.out(Terminal.table([["trigger", "workflow", "cause", "next", "last run", "failure"]] + rows))
        }
    }
}

/// `banyan workflow schedule remove`
struct WorkflowScheduleRemoveCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(commandName: "remove", abstract: "Forget a trigger; its runs stay.")

    @Argument(help: "The name of a trigger.")
    var name: String
    @OptionGroup var dataOptions: DataOptions

    func run() async throws {
        let store = try dataOptions.owned()
        try await WorkflowTriggers.scheduler(in: store, engine: try await DataOptions.platform(in: store).engine).remove(name)
        Terminal.out(Terminal.say("\(name) removed", "\(name) 已删除"))
        try store.close()
    }
}

/// Triggers over this machine's folders.
enum WorkflowTriggers {
    static func scheduler(in store: Store, engine: WorkflowEngine) -> WorkflowScheduler {
        WorkflowScheduler(store: store, engine: engine, clock: SystemWallClock()) { folder in
            let manager = FileManager.default
            guard let names = try? manager.contentsOfDirectory(atPath: folder) else { throw Fault(.file, "the folder that a trigger watches cannot be read", remedy: "create it, or remove the trigger") }
            return names.sorted().prefix(WorkflowScheduler.fileCountMax).compactMap { name in
                // Hidden files are on their way, as a rule.
                guard !name.hasPrefix("."), let about = try? manager.attributesOfItem(atPath: folder + "/" + name), about[.type] as? FileAttributeType == .typeRegular else { return nil }
                return ArrivedFile(name: name, byteCount: about[.size] as? Int ?? 0, modifiedAt: (about[.modificationDate] as? Date)?.timeIntervalSince1970 ?? 0)
            }
        }
    }

    static func text(of cause: WorkflowTrigger.Cause) -> String {
        switch cause {
        case .time(let text, let offset): "\(text) (UTC\(offset < 0 ? "-" : "+")\(String(format: "%02d:%02d", abs(offset) / 60, abs(offset) % 60)))"
        case .file(let folder, _): folder
        case .webhook(let hook): hook.event.map { "/v1/hooks -> event \($0)" } ?? "/v1/hooks"
        case .reading(let rule, _): rule.description
        }
    }
}

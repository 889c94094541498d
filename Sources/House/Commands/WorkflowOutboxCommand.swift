import ArgumentParser
import Core
import Labels
import Nodes
import Store
import Workflows

/// `banyan workflow outbox`
struct WorkflowOutboxCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "outbox", abstract: "List notices that wait or were given up, without what they say.",
        discussion: "`banyan serve` and `banyan workflow run` deliver them to --webhook and --mail-relay. With --retry those that were given up wait again.")

    @Flag(name: .long, help: "Let what was given up wait again, notices of tasks, too.")
    var retry = false
    @Option(name: .long, help: "At most this many.")
    var limit: Int = 100
    @OptionGroup var dataOptions: DataOptions
    @OptionGroup var output: OutputOptions

    func run() async throws {
        let store = retry ? try dataOptions.owned() : try dataOptions.shared()
        let outbox = Outbox(store: store), tasks = TaskOutbox(store: store, clock: SystemWallClock(), notifiers: [])
        if retry {
            let count = try await outbox.retry(at: SystemWallClock().now) + tasks.retry()
            Terminal.note(Terminal.say("\(count) notices wait again", "\(count) 条通知重新等待投递"))
        }
        let most = max(1, min(limit, Outbox.waitingCountMax))
        let (waiting, givenUp, counts) = (try await outbox.waiting(limit: most), try await outbox.givenUp(limit: most), try await tasks.counts())
        if output.json {
            func json(_ notices: [Notice]) -> JSONValue {
                .array(
                    notices.map {
                        [
                            "id": .string($0.id), "label": .string($0.label.description), "at": .string(timestampText($0.at)), "failures": .int($0.failures ?? 0),
                            "problem": $0.problem.map { .string($0) } ?? .null, "channels": .array(($0.channels ?? []).map { .string($0) }),
                        ]
                    })
            }
            Terminal.out((["waiting": json(waiting), "givenUp": json(givenUp), "tasks": ["waiting": .int(counts.waiting), "givenUp": .int(counts.givenUp)]] as JSONValue).prettyText)
        } else {
            let rows = waiting.map { ("waiting", $0) } + givenUp.map { ("given up", $0) }
            Terminal.out(Terminal.table([["notice", "state", "label", "at", "failures", "problem"]] + rows.map { [$1.id, $0, $1.label.description, timestampText($1.at), "\($1.failures ?? 0)", $1.problem ?? ""] }))
            Terminal.out(Terminal.say("notices of tasks: \(counts.waiting) wait, \(counts.givenUp) given up", "任务通知：\(counts.waiting) 条等待，\(counts.givenUp) 条放弃"))
        }
        try store.close()
    }
}

/// `banyan workflow readings`
struct WorkflowReadingsCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "readings", abstract: "List what steps measured: the newest of each name, or the history of one.",
        discussion: "Values graver than L2 are shown with --reveal only. Watches over readings are triggers: see `banyan workflow schedule add --when`.")

    @Argument(help: "A name, e.g. \"f1 of models/color\".")
    var name: String?
    @Flag(name: .long, help: "Show values graver than L2.")
    var reveal = false
    @OptionGroup var dataOptions: DataOptions
    @OptionGroup var output: OutputOptions

    func run() async throws {
        let store = try dataOptions.shared(), readings = Readings(store: store)
        let found = if let name { try await readings.history(of: name) } else { try await readings.newest() }
        func value(_ reading: Reading) -> Double? { reveal || reading.label.grade <= .level2 ? reading.value : nil }
        if output.json {
            Terminal.out(
                JSONValue.array(
                    found.map { one in
                        [
                            "name": .string(one.name), "value": value(one).map { .double($0) } ?? .null, "at": .string(timestampText(one.at)), "label": .string(one.label.description), "run": .string(one.run), "sequence": .int(one.sequence),
                        ]
                    }
                ).prettyText)
        } else {
            Terminal.out(Terminal.table([["reading", "value", "at", "label", "run"]] + found.map { [$0.name, value($0).map { "\($0)" } ?? "-", timestampText($0.at), $0.label.description, $0.run] }))
        }
    }
}

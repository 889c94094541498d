import ArgumentParser
import Core
import Demonstrations
import Foundation
import Store
import Workflows

/// `banyan worker`
struct WorkerCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "worker",
        abstract: "Carry on runs of workflows that several processes share over PostgreSQL.",
        discussion: """
            Any number of workers, on any number of machines, may share one database; the data directory, for blobs, is a folder that all of them see. Each takes up runs that nobody else has, and what one that is killed \
            held the others take up. A run is started by `banyan workflow run`, by another run or by `banyan serve`, which also minds schedules and the console. Ctrl-C gives back what is at work. Every worker \
            needs the same --allow-host and secrets: a step that one may not run fails. Needs a build with \
            `swift build -c release --traits Postgres`.
            """)

    @Option(name: .customLong("concurrency"), help: "Runs at once.")
    var atOnce: Int = 16
    @OptionGroup var nodes: NodeOptions
    @OptionGroup var telemetry: TelemetryOptions
    @OptionGroup var dataOptions: DataOptions
    @OptionGroup var output: OutputOptions

    func validate() throws {
        guard (1...1_000).contains(atOnce) else { throw ValidationError("--concurrency must be 1 to 1000") }
    }

    func run() async throws {
        let store = try dataOptions.owned()
        guard store.line != nil else {
            try store.close()
            throw Fault(.workerAlone, "workers share a PostgreSQL database, and none was named", remedy: "give --database or set BANYAN_DATABASE; on one machine `banyan serve` carries runs on")
        }
        let engine = try await DataOptions.platform(in: store, nodes: nodes).engine
        let spans = try await telemetry.begin(in: store, engine: engine)
        let (atOnce, isJSON) = (atOnce, output.json)
        let work = Task { await engine.work(atOnce: atOnce) { Self.tell($0, isJSON: isJSON) } }
        let interrupts = Interrupts(cancelling: { work.cancel() })
        Terminal.note(Terminal.say("Working on runs, \(atOnce) at once (Ctrl-C gives them back)", "正在处理运行，同时最多 \(atOnce) 个（Ctrl-C 归还）"))
        await work.value
        interrupts.end()
        await spans.end()
        try store.close()
    }

    private static func tell(_ report: WorkflowEngine.WorkReport, isJSON: Bool) {
        if isJSON {
            let line: JSONValue = ["run": .string(report.runID), "status": report.status.map { .string($0.rawValue) } ?? .null, "trouble": report.trouble.map { .string($0) } ?? .null]
            Terminal.out(line.text)
        } else {
            Terminal.out("\(report.runID): \(report.status?.rawValue ?? report.trouble ?? "")")
        }
        fflush(nil)
    }
}

extension Fault.Code {
    /// A worker has nobody to share with.
    static let workerAlone = Fault.Code("worker.alone", .usage)
}

import ArgumentParser
import Core
import Demonstrations
import Foundation
import Store
import Workflows

/// `banyan workflow fork`
struct WorkflowForkCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "fork", abstract: "Go on with a run from one of its steps, as a new run: what was done before is kept.",
        discussion: """
            The way on when a step has failed for good or came out wrong. Steps that ended before it, and those that do not need it, keep their outputs and labels and are not run again; the step and what follows from \
            it run anew. With --definition the rest follows another definition, which is checked first; steps that are written differently there run again. The old run stays as it is.
            """)

    @Argument(help: "The id of a run.")
    var run: String
    @Option(name: .long, help: "The step to run again. The default is the one that failed.")
    var from: String?
    @Option(name: .long, help: "A definition in YAML in place of the run's own.")
    var definition: String?
    @OptionGroup var nodes: NodeOptions
    @OptionGroup var telemetry: TelemetryOptions
    @OptionGroup var dataOptions: DataOptions
    @OptionGroup var output: OutputOptions

    func run() async throws {
        let text = try definition.map { TextDecoder.decode(try FileTree.read($0, byteCountMax: WorkflowDefinition.byteCountMax)).text }
        // Looked at first as a reader: a wrong id makes no directory and no owner.
        let reader = try dataOptions.shared()
        let old = try await DataOptions.platform(in: reader).engine.detail(run)
        try reader.close()
        guard let step = from ?? old.steps.first(where: { $0.status == "failed" })?.id else {
            throw Fault(.workflowUnknown, "no step of \(run) has failed", remedy: "give --from STEP, one of \(old.definition.steps.map(\.id).joined(separator: ", "))")
        }
        let store = try dataOptions.owned()
        let engine = try await DataOptions.platform(in: store, nodes: nodes).engine
        let spans = try await telemetry.begin(in: store, engine: engine)
        let forked = try await engine.fork(run, from: step, definition: try text.map(WorkflowDefinition.init(yaml:)))
        let status = try await engine.carry(forked.id)
        await spans.end()
        if output.json {
            let kept = JSONValue.array(forked.kept.map { .string($0) })
            Terminal.out((["id": .string(forked.id), "forkedFrom": .string(run), "step": .string(step), "kept": kept, "status": .string(status.rawValue)] as JSONValue).prettyText)
        } else {
            Terminal.out(
                Terminal.say(
                    "\(forked.id): \(status.rawValue); forked from \(run) at \(step), \(forked.kept.count) steps kept", "\(forked.id)：\(status.rawValue)；自 \(run) 的步骤 \(step) 分出，保留 \(forked.kept.count) 步"))
        }
        try store.close()
        if status == .failed { throw ExitStatus.found }
    }
}

/// `banyan workflow graph`
struct WorkflowGraphCommand: AsyncParsableCommand {
    /// How a graph is written.
    enum Format: String, ExpressibleByArgument, CaseIterable { case svg, mermaid, dot, text }

    static let configuration = CommandConfiguration(
        commandName: "graph", abstract: "Draw a definition, or a run with where its steps stand, as SVG, Mermaid, Graphviz or an outline on standard output.")

    @Argument(help: "A definition in YAML, or the id of a run.")
    var source: String
    @Option(name: .long, help: "svg, mermaid, dot or text.")
    var format: Format = .svg
    @OptionGroup var dataOptions: DataOptions

    func run() async throws {
        let graph: WorkflowGraph
        if FileManager.default.fileExists(atPath: source) {
            graph = WorkflowGraph(try WorkflowDefinition(yaml: TextDecoder.decode(try FileTree.read(source, byteCountMax: WorkflowDefinition.byteCountMax)).text))
        } else {
            let run = try await DataOptions.platform(in: try dataOptions.shared()).engine.detail(source)
            graph = WorkflowGraph(run.definition, steps: run.steps, tallies: run.tallies)
        }
        switch format {
        case .svg: Terminal.out(graph.svg())
        case .mermaid: Terminal.out(graph.mermaid())
        case .dot: Terminal.out(graph.dot())
        case .text: Terminal.out(graph.text())
        }
    }
}

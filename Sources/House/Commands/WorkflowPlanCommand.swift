import ArgumentParser
import Core
import Foundation
import Labels
import Workflows

/// `banyan workflow plan`
struct WorkflowPlanCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "plan", abstract: "Turn a request in Chinese or English into a checked workflow, shown as a graph and as YAML. Nothing runs but the trials of --search.",
        discussion: """
            Needs no language model: goals are read from the request, and what they need is worked out backward over the catalogue of step kinds, with what labels demand. A plan that would leak is mended with a protection \
            step or refused with the path. --output writes YAML, or a picture when the name ends in .svg or .mmd. Ends with status 1 when nothing can be planned; the message names what is missing.
            """)

    @Argument(help: "What is to be done, in Chinese or English.")
    var request: String
    @Option(name: .long, help: "The name of the workflow.")
    var name: String = "planned"
    @Flag(name: .long, help: "Say why each step is there.")
    var explain = false
    @Option(name: .customLong("output"), help: "Write to this file, .yaml, .svg or .mmd; one that exists is refused.")
    var path: String?
    @Option(name: .long, help: ArgumentHelp("Let this language model propose the steps: a registered name, local or remote, or a GGUF file. It can write nothing but steps of the catalogue, and what it writes is checked and mended all the same.", valueName: "name"))
    var model: String?
    @Option(name: .long, help: ArgumentHelp("What the planner has learned of how people ask: a file of `banyan workflow teach`, or none for rules alone. The default is the one that comes with Banyan.", valueName: "file"))
    var taught: String?
    @OptionGroup var search: PlanSearchOptions
    @OptionGroup var machine: MachineOptions
    @OptionGroup var dataOptions: DataOptions
    @OptionGroup var output: OutputOptions

    func validate() throws {
        if search.isOn, model != nil { throw ValidationError("--search begins with the plan from the request's words; leave --model out") }
    }

    func run() async throws {
        let planner = WorkflowPlanner(catalogue: try await PlannedKinds.catalogue(), weights: taught == "none" ? nil : try BundledRequests.load(taught))
        if let path, FileManager.default.fileExists(atPath: path) { throw ValidationError("\(path) exists") }
        let search = search.isOn ? try await PlanSearchRun(search, request: request, name: name, planner: planner, data: dataOptions) : nil
        let plan = if let search { search.outcome.best.plan } else { try await plan(planner) }
        let (graph, yaml) = (WorkflowGraph(plan.definition), search?.yaml ?? plan.definition.yaml)
        if let path {
            let text = path.hasSuffix(".svg") ? graph.svg() : path.hasSuffix(".mmd") ? graph.mermaid() : yaml
            try Data(text.utf8).write(to: URL(fileURLWithPath: path), options: .withoutOverwriting)
        }
        if output.json {
            var json = json(of: plan, graph)
            if let search { json["search"] = search.json }
            Terminal.out(json.prettyText)
            return
        }
        Terminal.out(graph.mermaid())
        Terminal.out(yaml)
        if let search { Terminal.out(search.text) }
        if explain { Terminal.out(Terminal.table([["step", "kind", Terminal.say("why", "原因")]] + plan.explanations.map { [$0.step, $0.kind, Self.say($0.reason)] })) }
        if explain, let template = plan.template { Terminal.out(Terminal.say("most like the template \(template.name) (\(Terminal.rounded(template.similarity, 2)))", "最接近的模板：\(template.name)（\(Terminal.rounded(template.similarity, 2))）")) }
        for note in plan.notes { Terminal.note(Self.say(note)) }
        if !plan.missing.isEmpty { Terminal.note(Terminal.say("cannot run here yet; not installed: \(plan.missing.joined(separator: ", "))", "此处尚不能运行；未安装：\(plan.missing.joined(separator: "、"))")) }
    }

    private func plan(_ planner: WorkflowPlanner) async throws -> WorkflowPlan {
        guard let model else { return try planner.plan(request, name: name) }
        let provider = try await NamedModel.provider(model, store: dataOptions.shared, machine: machine)
        let plan = try await planner.plan(request, writer: ModelPlanWriter(provider: provider), name: name)
        if plan.source != .model { Terminal.note(Terminal.say("the model's proposal could not be made into a plan; planned from the words of the request", "模型的提议无法成为可用的计划；已改为按请求的词句规划")) }
        return plan
    }

    private static func say(_ reason: PlanReason) -> String { Terminal.say(reason.english, reason.chinese) }

    private func json(of plan: WorkflowPlan, _ graph: WorkflowGraph) -> JSONValue {
        let slots = plan.slots
        return [
            "workflow": .string(plan.definition.name), "yaml": .string(plan.definition.yaml), "mermaid": .string(graph.mermaid()), "source": .string(plan.source.rawValue), "language": .string(plan.language.rawValue),
            "nodes": .array(plan.nodes.sorted().map { .string($0) }), "missing": .array(plan.missing.map { .string($0) }), "notes": .array(plan.notes.map { .string(Self.say($0)) }),
            "steps": .array(plan.explanations.map { ["id": .string($0.step), "kind": .string($0.kind), "why": .string(Self.say($0.reason)), "glue": .bool($0.isGlue)] }),
            "slots": [
                "paths": .array(slots.paths.map { .string($0) }), "addresses": .array(slots.addresses.map { .string($0) }), "grade": slots.grade.map { .string($0.description) } ?? .null, "threshold": slots.threshold.map { .double($0) } ?? .null,
                "recipient": slots.recipient.map { .string($0) } ?? .null, "schedule": slots.schedule.map { .string($0) } ?? .null, "rounds": slots.rounds.map { .int($0) } ?? .null, "seconds": slots.seconds.map { .double($0) } ?? .null,
                "approvals": slots.approvals.map { .int($0) } ?? .null,
            ],
            "template": plan.template.map { ["name": .string($0.name), "similarity": .double(($0.similarity * 1000).rounded() / 1000)] } ?? .null,
        ]
    }
}

/// The catalogue that plans are made over.
enum PlannedKinds {
    static func catalogue() async throws -> NodeCatalogue {
        // Without a configured model the kind is cleared for public data only; a plan is made for a local one and says that it is missing.
        let kinds = try await CheckedKinds.all().filter { $0.id != "model" || $0.signature.clearance == .all }
        return NodeCatalogue(kinds: kinds)
    }
}

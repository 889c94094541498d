import Agents
import Core
import Labels
import Workflows

/// Calls one tool with arguments that the workflow gives, as an agent would. `tool` stands in the definition, so that the checker knows its clearance.
struct ToolNode: StepKind {
    let services: NodeServices
    let id = "tool"
    let signature: StepSignature = Self.frame(.all, .joinsInputs)

    init(services: NodeServices) { self.services = services }

    private static func frame(_ clearance: Clearance, _ rule: LabelRule) -> StepSignature {
        StepSignature(inputs: ["tool": .init(.string), "arguments": .init(.object, isRequired: false)], outputs: ["result": .any], clearance: clearance, labelRule: rule)
    }

    private func tool(_ name: JSONValue?) throws -> any Tool {
        guard let name = name?.string else { throw Fault(.nodeInput, "the input tool must be a name that stands in the definition", remedy: "see `banyan agent tools`") }
        return try AgentTools.all(services).tools(named: [name])[0]
    }

    func signature(of settings: [String: JSONValue]) throws -> StepSignature {
        let descriptor = try tool(settings["tool"]).descriptor
        return Self.frame(descriptor.clearance, descriptor.raisesTo > .level1 ? .mayRaise(to: descriptor.raisesTo) : .joinsInputs)
    }

    func run(_ input: StepInput, in context: StepContext) async throws -> StepOutcome {
        let tool: any Tool
        do { tool = try self.tool(input.values["tool"]) } catch let fault as Fault { throw Fault(.nodeInput, fault.message, remedy: fault.remedy) }
        guard let arguments = (input.values["arguments"] ?? .null) == .null ? [:] : input.values["arguments"]?.object else { throw Fault(.nodeInput, "the input arguments must be an object", remedy: "check what is bound to it") }
        // A person was asked in an earlier turn.
        if let answer = context.notes.last, answer.isAnswer { return .done(output: ["result": answer.value], label: answer.label.joined(input.label)) }
        let descriptor = tool.descriptor, findings = descriptor.parameters.findings(in: .object(arguments))
        guard findings.isEmpty else { throw Fault(.nodeInput, findings.joined(separator: "; "), remedy: "see `banyan agent tools`") }
        guard descriptor.clearance.permits(input.label) else { throw Fault(.nodeLabel, "the arguments are \(input.label), and \(descriptor.id) may receive \(descriptor.clearance)", remedy: "protect them first") }
        let inner = ToolContext(runID: context.runID, stepID: context.stepID, call: 1, now: context.now, label: input.label)
        switch try await ToolCaller.limited(descriptor.seconds, descriptor.id, { try await tool.call(arguments, in: inner) }) {
        case .result(let value, let label, let effect): return .done(output: ["result": value], label: (label ?? Label(descriptor.raisesTo)).joined(input.label), effect: effect)
        case .person(let request): return .again(StepTurn(note: ["asked": .string(descriptor.id)], label: input.label, request: request))
        case .finish(let answer): return .done(output: ["result": .string(answer)])
        }
    }
}

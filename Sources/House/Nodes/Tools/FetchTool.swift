import Agents
import Core
import Labels
import Workflows

/// Gets a page from a host that a person allowed: the `http` kind with nothing but the address. What comes back counts as L4.
struct FetchTool: Tool {
    let node: HTTPNode
    let descriptor: ToolDescriptor

    init(settings: NodeSettings) throws {
        node = HTTPNode(settings: settings)
        descriptor = ToolDescriptor(
            "http-get", chinese: "读取获准主机上的网页或接口", english: "gets a page or an endpoint of an allowed host",
            parameters: try JSONShape(["type": "object", "required": ["url"], "additionalProperties": false, "properties": ["url": ["type": "string", "minLength": 8, "maxLength": 2_000]]]),
            clearance: Clearance(upTo: .level1), raisesTo: .level4, effect: .outside, seconds: 60)
    }

    func call(_ arguments: [String: JSONValue], in context: ToolContext) async throws -> ToolOutcome {
        let step = StepContext(runID: context.runID, stepID: "\(context.stepID)/call-\(context.call)", attempt: 1, now: context.now)
        guard case .done(let output, _, _, _) = try await node.run(StepInput(values: ["url": arguments["url"] ?? .null], label: context.label), in: step) else { throw Fault(.defect, "a request did not end") }
        return .result(["status": output["status"] ?? .null, "body": output["body"] ?? .null])
    }
}

import Agents
import Core
import Knowledge
import Labels

/// Finds passages of the knowledge base, up to L2.
struct SearchTool: Tool {
    let knowledge: KnowledgeBase
    let descriptor: ToolDescriptor

    init(knowledge: KnowledgeBase) throws {
        self.knowledge = knowledge
        descriptor = ToolDescriptor(
            "knowledge-search", chinese: "在知识库里检索段落", english: "finds passages in the knowledge base",
            parameters: try JSONShape([
                "type": "object", "required": ["text"], "additionalProperties": false,
                "properties": ["text": ["type": "string", "minLength": 1, "maxLength": 2_000], "limit": ["type": "integer", "minimum": 1, "maximum": 10]],
            ]), clearance: Clearance(upTo: .level2), raisesTo: .level2)
    }

    func call(_ arguments: [String: JSONValue], in context: ToolContext) async throws -> ToolOutcome {
        let hits = try await knowledge.search(arguments["text"]?.string ?? "", clearance: descriptor.clearance, limit: arguments["limit"]?.int ?? 3)
        let passages: [JSONValue] = hits.map { ["title": .string($0.title), "heading": .string($0.citation.heading), "text": .string($0.text), "document": .string($0.document)] }
        return .result(.array(passages), label: hits.map(\.label).joined())
    }
}

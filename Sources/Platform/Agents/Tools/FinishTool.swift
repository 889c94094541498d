import Core

/// Ends the work with an answer. Every agent has it.
public struct FinishTool: Tool {
    public let descriptor: ToolDescriptor
    public static let id = "finish"
    /// Characters of an answer.
    public static let lengthMax = 20_000

    public init() throws {
        descriptor = ToolDescriptor(
            Self.id, chinese: "给出答案并结束", english: "gives the answer and ends the work",
            parameters: try JSONShape([
                "type": "object", "required": ["answer"], "additionalProperties": false, "properties": ["answer": ["type": "string", "minLength": 1, "maxLength": .int(Self.lengthMax)]],
            ]), seconds: 5)
    }

    /// The answer.
    public func call(_ arguments: [String: JSONValue], in context: ToolContext) async throws -> ToolOutcome { .finish(arguments["answer"]?.string ?? "") }
}

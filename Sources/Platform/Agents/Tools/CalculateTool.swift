import Core
import Workflows

/// Computes an expression of the workflow language: exact where a model guesses.
public struct CalculateTool: Tool {
    public let descriptor: ToolDescriptor

    public init() throws {
        descriptor = ToolDescriptor(
            "calculate", chinese: "计算表达式，如 (3 + 4) * 2；values 中的名称可在表达式里使用", english: "computes an expression such as (3 + 4) * 2; names in values may stand in it",
            parameters: try JSONShape([
                "type": "object", "required": ["expression"], "additionalProperties": false,
                "properties": ["expression": ["type": "string", "minLength": 1, "maxLength": .int(Expression.byteCountMax)], "values": ["type": "object"]],
            ]), seconds: 10)
    }

    /// The value.
    public func call(_ arguments: [String: JSONValue], in context: ToolContext) async throws -> ToolOutcome {
        let values = arguments["values"]?.object ?? [:]
        // What cannot be read would be quoted by whoever reads it.
        guard let expression = try? Expression(arguments["expression"]?.string ?? "", names: Set(values.keys)) else {
            throw Fault(.agentInput, "the expression cannot be read", remedy: "use operators, functions of the workflow language, and names that are in values")
        }
        return .result(try expression.value(values))
    }
}

import Core
import Workflows

/// Asks a person and waits for the answer, however long it takes.
public struct AskPersonTool: Tool {
    public let descriptor: ToolDescriptor

    public init() throws {
        descriptor = ToolDescriptor(
            "ask-person", chinese: "向人提问并等待回答；choices 是可选的答案", english: "asks a person and waits for the answer; choices are what may be answered",
            parameters: try JSONShape([
                "type": "object", "required": ["question"], "additionalProperties": false,
                "properties": [
                    "question": ["type": "string", "minLength": 1, "maxLength": 2000],
                    "choices": ["type": "array", "minItems": 1, "maxItems": 10, "items": ["type": "string", "minLength": 1, "maxLength": 60]],
                ],
            ]), effect: .ownStore)
    }

    /// A question to a person.
    public func call(_ arguments: [String: JSONValue], in context: ToolContext) async throws -> ToolOutcome {
        let question = arguments["question"]?.string ?? "", choices = (arguments["choices"]?.array ?? []).compactMap(\.string)
        guard Set(choices).count == choices.count else { throw Fault(.agentInput, "the choices must differ", remedy: "give each once") }
        return .person(HumanTaskRequest(title: "智能体提问 An agent asks", body: ["question": .string(question)], choices: choices.isEmpty ? ["answered"] : choices, label: context.label))
    }
}

import Core

/// What is wrong with a row; never its text.
struct RowProblem: Error {
    let message: String
    init(_ message: String) { self.message = message }
}

/// Reads rows of every ``InstructionFormat``.
enum InstructionParsing {
    /// Messages of one row.
    static let messageCountMax = 1024
    /// Tools of one row.
    static let toolCountMax = 256

    static func row(_ json: JSONValue, _ format: InstructionFormat) throws -> InstructionRow {
        switch format {
        case .messages: return .conversation(try learned(MessageParsing.messages(json["messages"], "messages"), try tools(json)))
        case .conversations: return .conversation(try learned(system(json) + ShareParsing.messages(json["conversations"], "conversations"), try tools(json)))
        case .alpaca: return .conversation(try learned(try alpacaPrompt(json) + [answer(json["output"], "output")], try tools(json)))
        case .text: return .text(try text(json["text"], "text"))
        case .preference: return try preference(json)
        case .openAIPreference: return try openAIPreference(json)
        }
    }

    /// A conversation that somebody can learn from, without what follows the last answer.
    private static func learned(_ messages: [InstructionMessage], _ tools: [JSONValue]) throws -> InstructionConversation {
        guard let last = messages.lastIndex(where: { $0.role == .assistant }) else { throw RowProblem("no message is the assistant's") }
        try checkAnswers(messages)
        guard messages.contains(where: { $0.role == .assistant && $0.isLearned }) else { throw RowProblem("every message of the assistant has the weight 0") }
        return InstructionConversation(Array(messages[...last]), tools: tools)
    }

    private static func checkAnswers(_ messages: [InstructionMessage]) throws {
        guard messages.count <= messageCountMax else { throw RowProblem("there are \(messages.count) messages; \(messageCountMax) are possible") }
        for (index, message) in messages.enumerated() where message.role == .assistant && message.content.isEmpty && message.calls.isEmpty {
            throw RowProblem("message \(index + 1), the assistant's, is empty and calls nothing")
        }
    }

    // MARK: - Alpaca

    private static func alpacaPrompt(_ json: JSONValue) throws -> [InstructionMessage] {
        var messages = try system(json)
        if let history = json["history"], history != .null {
            guard let pairs = history.array else { throw RowProblem("history is no list of pairs") }
            for (index, pair) in pairs.enumerated() {
                guard pair.array?.count == 2, let question = pair[0]?.string, let reply = pair[1]?.string else { throw RowProblem("history[\(index)] is no pair of texts") }
                messages += [InstructionMessage(.user, question), InstructionMessage(.assistant, reply)]
            }
        }
        guard let instruction = json["instruction"]?.string else { throw RowProblem("instruction is missing or no text") }
        var input = ""
        if let value = json["input"], value != .null {
            guard let text = value.string else { throw RowProblem("input is no text") }
            input = text
        }
        guard !(instruction + input).isEmpty else { throw RowProblem("instruction and input are empty") }
        return messages + [InstructionMessage(.user, [instruction, input].filter { !$0.isEmpty }.joined(separator: "\n"))]
    }

    private static func answer(_ value: JSONValue?, _ name: String) throws -> InstructionMessage { InstructionMessage(.assistant, try text(value, name)) }

    static func text(_ value: JSONValue?, _ name: String) throws -> String {
        guard let text = value?.string else { throw RowProblem("\(name) is missing or no text") }
        guard !text.isEmpty else { throw RowProblem("\(name) is empty") }
        return text
    }

    private static func system(_ json: JSONValue) throws -> [InstructionMessage] {
        guard let value = json["system"], value != .null else { return [] }
        guard let text = value.string else { throw RowProblem("system is no text") }
        return text.isEmpty ? [] : [InstructionMessage(.system, text)]
    }

    // MARK: - Preferences

    private static func preference(_ json: JSONValue) throws -> InstructionRow {
        var prompt: [InstructionMessage]
        switch json["prompt"] {
        case .string(let text): prompt = try system(json) + [InstructionMessage(.user, text)]
        case .some(let list): prompt = try system(json) + MessageParsing.messages(list, "prompt")
        case nil:
            if json["conversations"] != nil {
                prompt = try system(json) + ShareParsing.messages(json["conversations"], "conversations")
            } else if json["messages"] != nil {
                prompt = try MessageParsing.messages(json["messages"], "messages")
            } else {
                prompt = json["instruction"] == nil ? [] : try alpacaPrompt(json)
            }
        }
        var (chosen, rejected) = (try continuation(json["chosen"], "chosen"), try continuation(json["rejected"], "rejected"))
        // Both may be whole conversations, with or without the prompt beside them.
        let shared = zip(chosen, rejected).prefix { $0 == $1 }.count
        if prompt.isEmpty || Array(chosen.prefix(prompt.count)) == prompt && shared >= prompt.count {
            prompt = Array(chosen.prefix(shared))
            (chosen, rejected) = (Array(chosen.dropFirst(shared)), Array(rejected.dropFirst(shared)))
        }
        return try pair(prompt, chosen, rejected, try tools(json))
    }

    private static func openAIPreference(_ json: JSONValue) throws -> InstructionRow {
        guard let input = json["input"], input.object != nil else { throw RowProblem("input is missing or no object with messages") }
        let prompt = try MessageParsing.messages(input["messages"], "input.messages")
        let chosen = try MessageParsing.messages(json["preferred_output"], "preferred_output")
        let rejected = try MessageParsing.messages(json["non_preferred_output"], "non_preferred_output")
        return try pair(prompt, chosen, rejected, try tools(input))
    }

    private static func pair(_ prompt: [InstructionMessage], _ chosen: [InstructionMessage], _ rejected: [InstructionMessage], _ tools: [JSONValue]) throws -> InstructionRow {
        guard prompt.contains(where: { $0.role == .user }) else { throw RowProblem("there is no prompt: no message of the user before the two answers") }
        for (answers, name) in [(chosen, "the preferred answer"), (rejected, "the other answer")] {
            guard answers.last?.role == .assistant else { throw RowProblem("\(name) does not end with a message of the assistant") }
            try checkAnswers(answers)
        }
        guard prompt.count <= messageCountMax else { throw RowProblem("there are \(prompt.count) messages; \(messageCountMax) are possible") }
        guard chosen != rejected else { throw RowProblem("both answers are the same") }
        return .preference(prompt: InstructionConversation(prompt, tools: tools), chosen: chosen, rejected: rejected)
    }

    /// An answer as a text, a message of either form, or messages.
    private static func continuation(_ value: JSONValue?, _ name: String) throws -> [InstructionMessage] {
        if value?.string != nil { return [try answer(value, name)] }
        guard let value else { throw RowProblem("\(name) is missing") }
        let list: JSONValue = value.array == nil ? [value] : value
        return list[0]?["from"] == nil ? try MessageParsing.messages(list, name) : try ShareParsing.messages(list, name)
    }

    // MARK: - Tools

    /// Tools as a list or as the text of one; each in OpenAI's form, or only its function.
    static func tools(_ json: JSONValue) throws -> [JSONValue] {
        guard var value = json["tools"] ?? json["functions"], value != .null else { return [] }
        if let text = value.string {
            guard !text.isEmpty else { return [] }
            guard let parsed = try? JSONValue(parsing: text) else { throw RowProblem("tools is a text that is no JSON") }
            value = parsed
        }
        guard let list = value.array, list.count <= toolCountMax else { throw RowProblem("tools is no list of up to \(toolCountMax) tools") }
        return try list.enumerated().map { index, tool in
            let function = tool["function"] ?? tool
            guard let name = function["name"]?.string, !name.isEmpty else { throw RowProblem("tools[\(index)] has no name") }
            return tool["function"] == nil ? ["type": "function", "function": tool] : tool
        }
    }
}

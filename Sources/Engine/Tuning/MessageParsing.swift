import Core

/// Messages in OpenAI's form.
enum MessageParsing {
    static func messages(_ value: JSONValue?, _ name: String) throws -> [InstructionMessage] {
        guard let list = value?.array, !list.isEmpty else { throw RowProblem("\(name) is missing or no list of messages") }
        return try list.enumerated().map { index, message in try Self.message(message, "\(name)[\(index)]") }
    }

    private static func message(_ json: JSONValue, _ place: String) throws -> InstructionMessage {
        guard json.object != nil else { throw RowProblem("\(place) is no object") }
        guard let role = json["role"]?.string.flatMap(role) else { throw RowProblem("\(place).role is none of system, developer, user, assistant and tool") }
        var message = InstructionMessage(role, try content(json["content"], place))
        for name in ["name", "tool_call_id", "reasoning_content"] { if let value = json[name]?.string { message.others[name] = .string(value) } }
        if let calls = json["tool_calls"], calls != .null {
            guard let list = calls.array else { throw RowProblem("\(place).tool_calls is no list") }
            message.calls = try list.enumerated().map { index, call in try Self.call(call["function"] ?? call, id: call["id"], "\(place).tool_calls[\(index)]") }
        } else if let function = json["function_call"], function != .null {
            message.calls = [try call(function, id: nil, "\(place).function_call")]
        }
        guard message.calls.isEmpty || role == .assistant else { throw RowProblem("\(place) calls a tool and is not the assistant's") }
        if let weight = json["weight"], weight != .null {
            guard let number = weight.double, number == 0 || number == 1 else { throw RowProblem("\(place).weight is neither 0 nor 1") }
            message.isLearned = number == 1
        }
        return message
    }

    private static func role(_ name: String) -> InstructionRole? {
        switch name {
        case "developer": .system
        case "function": .tool
        default: InstructionRole(rawValue: name)
        }
    }

    /// A text, nothing, or parts of which all are text.
    private static func content(_ value: JSONValue?, _ place: String) throws -> String {
        switch value {
        case nil, .null: return ""
        case .string(let text): return text
        case .array(let parts):
            return try parts.enumerated().map { index, part in
                guard part["type"]?.string == "text", let text = part["text"]?.string else { throw RowProblem("\(place).content[\(index)] is no text; only text is learned") }
                return text
            }.joined()
        default: throw RowProblem("\(place).content is neither a text nor a list of parts")
        }
    }

    /// A call with its arguments as an object, as templates want them; OpenAI writes them as a text.
    static func call(_ function: JSONValue, id: JSONValue?, _ place: String) throws -> JSONValue {
        guard let name = function["name"]?.string, !name.isEmpty else { throw RowProblem("\(place) names no function") }
        var arguments = function["arguments"] ?? .object([:])
        if let text = arguments.string {
            guard let parsed = try? JSONValue(parsing: text.isEmpty ? "{}" : text) else { throw RowProblem("\(place).arguments is a text that is no JSON") }
            arguments = parsed
        }
        guard arguments.object != nil else { throw RowProblem("\(place).arguments is no object") }
        var call: JSONValue = ["type": "function", "function": ["name": .string(name), "arguments": arguments]]
        if let id = id?.string { call["id"] = .string(id) }
        return call
    }
}

/// Messages in ShareGPT's form.
enum ShareParsing {
    static func messages(_ value: JSONValue?, _ name: String) throws -> [InstructionMessage] {
        guard let list = value?.array, !list.isEmpty else { throw RowProblem("\(name) is missing or no list of messages") }
        return try list.enumerated().map { index, message in
            let place = "\(name)[\(index)]"
            guard let text = message["value"]?.string else { throw RowProblem("\(place).value is missing or no text") }
            switch message["from"]?.string {
            case "system": return InstructionMessage(.system, text)
            case "human", "user": return InstructionMessage(.user, text)
            case "gpt", "assistant": return InstructionMessage(.assistant, text)
            case "observation", "tool", "function_response": return InstructionMessage(.tool, text)
            case "function_call": return try calling(text, place)
            default: throw RowProblem("\(place).from is none of system, human, gpt, function_call and observation")
            }
        }
    }

    /// One call or a list of calls, as JSON in a text.
    private static func calling(_ text: String, _ place: String) throws -> InstructionMessage {
        guard let json = try? JSONValue(parsing: text) else { throw RowProblem("\(place).value is a call that is no JSON") }
        var message = InstructionMessage(.assistant, "")
        message.calls = try (json.array ?? [json]).map { try MessageParsing.call($0, id: nil, place) }
        return message
    }
}

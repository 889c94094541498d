import Core

/// Who speaks in a conversation that is learned from.
public enum InstructionRole: String, Sendable, Hashable, CaseIterable { case system, user, assistant, tool }

/// One message of a conversation that is learned from.
public struct InstructionMessage: Sendable, Hashable {
    public var role: InstructionRole
    public var content: String
    /// Calls of an assistant in the form that templates read: `{"type": "function", "function": {"name", "arguments": {…}}}`.
    public var calls: [JSONValue] = []
    /// What else templates may read: `name`, `tool_call_id`, `reasoning_content`.
    public var others: [String: JSONValue] = [:]
    /// Whether an assistant's message is learned; false where the data give it the weight 0.
    public var isLearned = true

    public init(_ role: InstructionRole, _ content: String) { (self.role, self.content) = (role, content) }

    /// The message as templates read it.
    public var json: JSONValue {
        var members = others
        members["role"] = .string(role.rawValue)
        members["content"] = .string(content)
        if !calls.isEmpty { members["tool_calls"] = .array(calls) }
        return .object(members)
    }
}

/// A conversation that is learned from.
public struct InstructionConversation: Sendable, Hashable {
    public var messages: [InstructionMessage]
    /// Tools that the assistant may call, in OpenAI's form.
    public var tools: [JSONValue]

    public init(_ messages: [InstructionMessage], tools: [JSONValue] = []) { (self.messages, self.tools) = (messages, tools) }
}

/// One row of a file of instruction data.
public enum InstructionRow: Sendable, Hashable {
    case conversation(InstructionConversation)
    /// Plain text: every token is learned.
    case text(String)
    /// Two continuations of one conversation, of which people prefer the first.
    case preference(prompt: InstructionConversation, chosen: [InstructionMessage], rejected: [InstructionMessage])

    /// What tells it from other rows: 128 bits of the SHA-256 of its content. Rows of different formats that say the same are the same.
    public var fingerprint: Fingerprint {
        func text(_ messages: [InstructionMessage]) -> String { JSONValue.array(messages.map(\.json)).text }
        switch self {
        case .text(let own): return Fingerprint("text\n" + own)
        case .conversation(let own): return Fingerprint("conversation\n\(text(own.messages))\n\(JSONValue.array(own.tools).text)")
        case .preference(let prompt, let chosen, let rejected):
            return Fingerprint("preference\n\(text(prompt.messages))\n\(JSONValue.array(prompt.tools).text)\n\(text(chosen))\n\(text(rejected))")
        }
    }

    /// See ``InstructionRow/fingerprint``.
    public struct Fingerprint: Sendable, Hashable {
        let high: UInt64
        let low: UInt64

        init(_ text: String) {
            let digest = SHA256.digest(text.utf8)
            func number(_ bytes: ArraySlice<UInt8>) -> UInt64 { bytes.reduce(0) { $0 << 8 | UInt64($1) } }
            (high, low) = (number(digest[0..<8]), number(digest[8..<16]))
        }
    }
}

/// The forms in which instruction data come. All rows of a file have the same.
public enum InstructionFormat: String, Sendable, Hashable, CaseIterable {
    /// OpenAI's chat messages: `{"messages": […], "tools": […]?}`.
    case messages
    /// `{"instruction", "input"?, "output", "system"?, "history": [[question, answer], …]?}` (Stanford Alpaca).
    case alpaca
    /// `{"conversations": [{"from": "human" | "gpt" | "system" | "function_call" | "observation", "value"}, …], "system"?, "tools"?}` (ShareGPT).
    case conversations
    /// `{"text"}`.
    case text
    /// `{"chosen", "rejected"}` after a `prompt` (a text or messages), `messages`, `conversations` or an `instruction`; or both as whole conversations.
    case preference
    /// OpenAI's preferences: `{"input": {"messages", "tools"?}, "preferred_output", "non_preferred_output"}`.
    case openAIPreference = "openai-preference"

    /// What a row looks like; nil when it is none of them.
    static func of(_ row: JSONValue) -> InstructionFormat? {
        func has(_ name: String) -> Bool { row[name] != nil }
        if has("preferred_output") || has("non_preferred_output") { return .openAIPreference }
        if has("chosen") || has("rejected") { return .preference }
        if has("messages") { return .messages }
        if has("conversations") { return .conversations }
        if has("instruction") { return .alpaca }
        return has("text") ? .text : nil
    }
}

import Core
import Labels
import Workflows

/// One message of a conversation.
public struct AgentMessage: Sendable, Codable, Hashable {
    /// Who says it; what tools give is said by the user, as models without a role for tools expect it.
    public enum Role: String, Sendable, Codable { case system, user, assistant }
    public var role: Role
    public var text: String

    public init(_ role: Role, _ text: String) { (self.role, self.text) = (role, text) }
}

/// What a model says in one turn.
public struct AgentReply: Sendable, Hashable {
    public var text: String
    public var tokenCount: Int
    /// Whether it ended because no more tokens were allowed.
    public var isCut: Bool
    /// What the model read and wrote for it; nil when nobody counted.
    public var usage: StepUsage?

    public init(text: String, tokenCount: Int, isCut: Bool = false, usage: StepUsage? = nil) { (self.text, self.tokenCount, self.isCut, self.usage) = (text, tokenCount, isCut, usage) }
}

/// How a model writes calls of tools.
public enum ToolFormat: String, Sendable, Codable, CaseIterable {
    /// `{"thought": …, "tool": …, "arguments": {…}}`, the whole reply.
    case object
    /// `<tool_call>{"name": …, "arguments": {…}}</tool_call>`, as models of the Qwen2.5 family were trained to; a reply without a call is the answer.
    case tagged
}

/// A language model as agents need it. The same messages give the same text, so that a turn which was cut short is repeated as it was.
public protocol AgentModel: Sendable {
    /// What may be sent to it: everything for a model on this machine.
    var clearance: Clearance { get }
    /// Asked once, at the beginning of a task. The default is ``ToolFormat/object``.
    func format() async throws -> ToolFormat
    /// The most bytes of all messages of one turn. The default is 9,000: about three thousand tokens, Chinese text counted.
    var messageByteCountMax: Int { get }
    /// A reply of at most `tokenCountMax` tokens.
    /// - Parameter schema: A JSON schema, as text whose members are in the order to write them in, that the reply fits if the model can be held to it (constrained decoding); one that cannot ignores it. Nil for free text.
    func next(_ messages: [AgentMessage], schema: String?, tokenCountMax: Int) async throws -> AgentReply
}

extension AgentModel {
    /// ``ToolFormat/object``.
    public func format() async throws -> ToolFormat { .object }
    public var messageByteCountMax: Int { 9_000 }
}

import Core
import Labels
import Store
import Workflows

/// What a tool is, to models, checkers and people.
public struct ToolDescriptor: Sendable, Hashable {
    /// What a call changes.
    public enum Effect: String, Sendable, Codable, CaseIterable {
        /// Nothing: it may run as often as it likes.
        case none
        /// Banyan's own store, in the transaction of the call's note: once.
        case ownStore = "own-store"
        /// Something outside; the call's idempotency key goes along.
        case outside
    }

    /// Stable; letters, digits and dashes.
    public let id: String
    public let chinese: String
    public let english: String
    public let parameters: JSONShape
    /// The labels that its arguments, and so the conversation, may have.
    public let clearance: Clearance
    /// How grave its result may be, beside what enters. L1 adds nothing. A result that says no label of its own counts as that grave.
    public let raisesTo: Grade
    public let effect: Effect
    /// The longest that one call may take.
    public let seconds: Double

    /// - Parameters:
    ///   - raisesTo: the default is L1: the result is as grave as the conversation.
    ///   - seconds: the default is 30.
    public init(
        _ id: String, chinese: String, english: String, parameters: JSONShape, clearance: Clearance = .all, raisesTo: Grade = .level1, effect: Effect = .none, seconds: Double = 30
    ) {
        (self.id, self.chinese, self.english, self.parameters) = (id, chinese, english, parameters)
        (self.clearance, self.raisesTo, self.effect, self.seconds) = (clearance, raisesTo, effect, seconds)
    }

    /// As `banyan agent tools --json` and the prompts show it.
    public var json: JSONValue {
        [
            "id": .string(id), "chinese": .string(chinese), "english": .string(english), "parameters": parameters.json, "clearance": .string(clearance.description), "raisesTo": .string(raisesTo.description),
            "effect": .string(effect.rawValue), "seconds": .double(seconds),
        ]
    }
}

/// Where and when a tool is called.
public struct ToolContext: Sendable {
    public let runID: String
    public let stepID: String
    /// From 1, in the order of the conversation.
    public let call: Int
    /// Seconds since 1970.
    public let now: Double
    /// Of the conversation, and so of the arguments.
    public let label: Label

    public init(runID: String, stepID: String, call: Int, now: Double, label: Label) {
        (self.runID, self.stepID, self.call, self.now, self.label) = (runID, stepID, call, now, label)
    }

    /// The same in every attempt of this call, and of no other.
    public var idempotencyKey: String { "\(runID)/\(stepID)/call-\(call)" }
}

/// How a call ended.
public enum ToolOutcome: Sendable {
    /// - label: joined with the conversation's; at most the grade of the descriptor. Nil takes that grade.
    /// - effect: changes to the store, committed with the note of the call.
    case result(JSONValue, label: Label? = nil, effect: (@Sendable (Transaction) throws -> Void)? = nil)
    /// A person is asked; the answer is the result.
    case person(HumanTaskRequest)
    /// The agent has its answer.
    case finish(String)
}

/// A plug-in that an agent may call.
///
/// ```swift
/// struct Shout: Tool {
///     let descriptor: ToolDescriptor
///     init() throws {
///         descriptor = ToolDescriptor(
///             "shout", chinese: "变成大写", english: "turns a text into capitals",
///             parameters: try JSONShape(["type": "object", "properties": ["text": ["type": "string", "maxLength": 1000]], "required": ["text"], "additionalProperties": false]))
///     }
///     func call(_ arguments: [String: JSONValue], in context: ToolContext) async throws -> ToolOutcome { .result(.string((arguments["text"]?.string ?? "").uppercased())) }
/// }
/// ```
public protocol Tool: Sendable {
    var descriptor: ToolDescriptor { get }
    /// Does the work; the arguments fit the parameters. May be called again after a crash: changes to the store belong in the outcome's effect.
    /// - Throws: a fault, whose message the model reads; it quotes no argument.
    func call(_ arguments: [String: JSONValue], in context: ToolContext) async throws -> ToolOutcome
}

extension Tool {
    /// The descriptor's.
    public var id: String { descriptor.id }
}

/// Tools by id.
public struct ToolRegistry: Sendable {
    private let byID: [String: any Tool]

    /// Tools of one agent.
    public static let countMax = 32

    /// - Parameter tools: of two with one id the last counts.
    public init(_ tools: [any Tool]) { byID = Dictionary(tools.map { ($0.id, $0) }) { $1 } }

    /// In the order of their ids.
    public var all: [any Tool] { byID.values.sorted { $0.id < $1.id } }

    public subscript(id: String) -> (any Tool)? { byID[id] }

    /// The tools that a definition names.
    /// - Throws: `agents.unknown` naming the first that is not there; `agents.input` for more than 32 or a name twice.
    public func tools(named ids: [String]) throws -> [any Tool] {
        guard ids.count <= Self.countMax, Set(ids).count == ids.count else { throw Fault(.agentInput, "an agent has at most \(Self.countMax) different tools", remedy: "name each once") }
        return try ids.map { id in
            guard let tool = byID[id] else { throw Fault(.agentUnknown, "there is no tool of that name; tools are \(byID.keys.sorted().joined(separator: ", "))", remedy: "see `banyan agent tools`") }
            return tool
        }
    }
}

import Core
import Labels

/// A workflow as data: inputs with the highest grade they may have, and steps bound to one another.
///
/// ```yaml
/// workflow: greeting
/// version: 1
/// inputs:
///   name: {type: string, grade: L3}
/// steps:
///   - id: shout
///     kind: shout
///     with: {text: "${input.name}"}
///     retry: {attempts: 3, delay: 0.5}
/// ```
public struct WorkflowDefinition: Sendable, Hashable {
    /// A value that a run is started with.
    public struct InputField: Sendable, Hashable {
        public let type: FieldType
        /// The highest grade that a run may be given. The default is L1.
        public let grade: Grade
    }

    /// A node of the graph.
    public struct StepDefinition: Sendable, Hashable {
        public let id: String
        public let kind: String
        public let with: [String: Binding]
        public let condition: Condition?
        public let retry: RetryPolicy
        /// Steps that must have ended before, beyond those that this one takes values from.
        public let after: [String]

        /// The steps whose values this one takes, conditions included.
        var sources: Set<String> {
            var found = with.values.reduce(into: Set<String>()) { $0.formUnion($1.references.map(\.source)) }
            if let condition { found.formUnion(condition.value.references.map(\.source)) }
            found.remove(Reference.input)
            return found
        }
    }

    /// How often a failing step is tried.
    public struct RetryPolicy: Sendable, Hashable {
        /// 1…20. The default is 1: no retry.
        public let attempts: Int
        /// Seconds before the second attempt; doubled before each further one, up to a minute. The default is 1.
        public let delay: Double

        public static let none = RetryPolicy(attempts: 1, delay: 1)

        /// Seconds to wait after failed attempt number `attempt`.
        func pause(after attempt: Int) -> Double {
            var pause = delay
            for _ in 1..<max(1, attempt) { pause = min(60, pause * 2) }
            return min(60, pause)
        }
    }

    public let name: String
    public let version: Int
    public let inputs: [String: InputField]
    public let steps: [StepDefinition]
    /// The text it was read from; journaled with each run, so that a run keeps its definition.
    public let yaml: String

    /// Steps in an order in which each comes after what it needs, the definition's order otherwise; nil when there is a cycle.
    var order: [Int]? {
        let index = Dictionary(steps.enumerated().map { ($1.id, $0) }) { first, _ in first }
        var ended = Set<Int>()
        var order: [Int] = []
        let needs = steps.map { step in step.sources.union(step.after).compactMap { index[$0] } }
        while order.count < steps.count {
            guard let next = steps.indices.first(where: { !ended.contains($0) && needs[$0].allSatisfy(ended.contains) }) else { return nil }
            ended.insert(next)
            order.append(next)
        }
        return order
    }
}

/// Names a value: an input of the workflow or an output of a step.
public struct Reference: Sendable, Hashable, CustomStringConvertible {
    /// The source of workflow inputs.
    public static let input = "input"
    public let source: String
    public let field: String
    public var description: String { "\(source).\(field)" }
}

/// Where an input's value comes from.
public indirect enum Binding: Sendable, Hashable {
    case literal(JSONValue)
    case reference(Reference)
    case array([Binding])
    case object([String: Binding])

    /// Every reference in it.
    public var references: [Reference] {
        switch self {
        case .literal: []
        case .reference(let reference): [reference]
        case .array(let elements): elements.flatMap(\.references)
        case .object(let members): members.sorted { $0.key < $1.key }.flatMap(\.value.references)
        }
    }

    /// The value, with references looked up; null for what has no value.
    func resolved(_ look: (Reference) -> JSONValue?) -> JSONValue {
        switch self {
        case .literal(let value): value
        case .reference(let reference): look(reference) ?? .null
        case .array(let elements): .array(elements.map { $0.resolved(look) })
        case .object(let members): .object(members.mapValues { $0.resolved(look) })
        }
    }

    /// Reads `"${source.field}"` as a reference and everything else as it is.
    init(_ json: JSONValue) throws {
        switch json {
        case .string(let text) where text.hasPrefix("${"):
            let inner = text.dropFirst(2).dropLast()
            let parts = inner.split(separator: ".", maxSplits: 1, omittingEmptySubsequences: false)
            guard text.hasSuffix("}"), parts.count == 2, !parts[0].isEmpty, !parts[1].isEmpty else {
                throw Fault(.workflowDefinition, "a reference is malformed", remedy: "write \"${step.output}\" or \"${input.name}\", the whole string")
            }
            self = .reference(Reference(source: String(parts[0]), field: String(parts[1])))
        case .string(let text) where text.contains("${"):
            throw Fault(.workflowDefinition, "a reference stands inside other text", remedy: "a reference must be the whole string")
        case .array(let elements): self = .array(try elements.map(Binding.init))
        case .object(let members): self = .object(try members.mapValues(Binding.init))
        default: self = .literal(json)
        }
    }
}

/// Whether a step runs at all. A step whose condition does not hold is skipped, and so is every step that takes a value from it.
public struct Condition: Sendable, Hashable {
    /// What the value must be.
    public enum Test: Sendable, Hashable {
        case equals(JSONValue)
        case notEquals(JSONValue)
        case isOne(of: [JSONValue])
    }
    public let value: Binding
    public let test: Test

    func holds(_ look: (Reference) -> JSONValue?) -> Bool {
        let actual = value.resolved(look)
        switch test {
        case .equals(let wanted): return actual == wanted
        case .notEquals(let unwanted): return actual != unwanted
        case .isOne(let wanted): return wanted.contains(actual)
        }
    }
}

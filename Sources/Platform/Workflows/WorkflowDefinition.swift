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
/// Steps inside steps: `map`, `loop`, `switch` and `call`; see ``Nested``. The names of all steps of a workflow differ, so a reference needs no path; it reaches the steps beside it and around it, never into another body.
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
        /// Seconds that one attempt may take; nil for no bound.
        public let timeout: Double?
        /// Seconds without a sign of life after which an attempt is ended; nil for no bound.
        public let heartbeat: Double?
        /// What takes the step's effect back when the run fails later.
        public let undo: Undo?
        /// The steps inside, for `map`, `loop`, `switch` and `call`.
        public let nested: Nested?
        /// The outputs of a `transform`, as expressions over the names in `with`.
        public let set: [String: Expression]

        /// References of its own: bindings and the condition, not those of steps inside.
        var references: [Reference] { with.values.flatMap(\.references) + (condition?.value.references ?? []) }

        /// The steps of its own scope, or of scopes around it, whose values this one takes; conditions and steps inside included.
        var sources: Set<String> {
            var inner = Set<String>()
            for body in nested?.bodies ?? [] { inner.formUnion(body.sources) }
            if case .loop(let body, _, let until) = nested { inner.formUnion(Set(until.value.references.map(\.source)).subtracting(body.steps.map(\.id))) }
            // Inside, its own name means what it gives to its steps.
            inner.remove(id)
            inner.formUnion(references.map(\.source))
            // What takes its effect back needs its values by then, and by then they must be judged.
            inner.formUnion(Set((undo?.with.values.flatMap(\.references) ?? []).map(\.source)).subtracting([id]))
            return inner.subtracting([Reference.input, Reference.secret])
        }
    }

    /// Steps inside a step.
    public struct Body: Sendable, Hashable {
        public let steps: [StepDefinition]
        /// What the body is worth when its steps have ended; null without.
        public let gives: Binding?

        /// What its steps take from outside of it.
        var sources: Set<String> {
            var found = steps.reduce(into: Set<String>()) { $0.formUnion($1.sources) }
            found.formUnion(gives?.references.map(\.source) ?? [])
            return found.subtracting(steps.map(\.id))
        }
    }

    /// One way of a `switch`.
    public struct Case: Sendable, Hashable {
        public let values: [JSONValue]
        public let body: Body
    }

    /// What a step of several steps does with them.
    public indirect enum Nested: Sendable, Hashable {
        /// Once for each of `items`, `parallel` of them at once.
        case map(Body, parallel: Int, max: Int)
        /// Again until the condition holds, `max` times at most.
        case loop(Body, max: Int, until: Condition)
        /// The first case that has the value.
        case choose([Case], otherwise: Body?)
        /// Another workflow of the definition.
        case call(String)

        /// Every body written inside the step.
        var bodies: [Body] {
            switch self {
            case .map(let body, _, _), .loop(let body, _, _): [body]
            case .choose(let cases, let otherwise): cases.map(\.body) + (otherwise.map { [$0] } ?? [])
            case .call: []
            }
        }
    }

    /// How the effect of a step is taken back.
    public struct Undo: Sendable, Hashable {
        public let kind: String
        /// May name what the step could name, and the step's own outputs.
        public let with: [String: Binding]
    }

    /// A workflow inside the definition, which `call` runs.
    public struct Subworkflow: Sendable, Hashable {
        public let inputs: [String: InputField]
        public let steps: [StepDefinition]
        public let outputs: [String: Binding]
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
    /// Steps of one run that may be at work at once, 1…64. The default is 4.
    public let parallel: Int
    /// 0…9; among runs that want the same resource the higher comes first. The default is 5.
    public let priority: Int
    public let inputs: [String: InputField]
    /// What a run gives when it has ended.
    public let outputs: [String: Binding]
    public let budget: Budget
    /// Workflows that steps of kind `call` run.
    public let workflows: [String: Subworkflow]
    public let steps: [StepDefinition]
    /// The text it was read from; journaled with each run, so that a run keeps its definition.
    public let yaml: String

    /// Steps in an order in which each comes after what it needs, the definition's order otherwise; nil when there is a cycle.
    var order: [Int]? { Self.order(of: steps) }

    /// The same for the steps of one body.
    static func order(of steps: [StepDefinition]) -> [Int]? {
        let index = Dictionary(steps.enumerated().map { ($1.id, $0) }) { first, _ in first }
        var dependents = [[Int]](repeating: [], count: steps.count), unmet = [Int](repeating: 0, count: steps.count)
        for (place, step) in steps.enumerated() {
            for need in Set(step.sources.union(step.after).compactMap { index[$0] }) {
                dependents[need].append(place)
                unmet[place] += 1
            }
        }
        // The definition's order decides between steps that could come next.
        var free = Set(steps.indices.filter { unmet[$0] == 0 }), order: [Int] = []
        while let next = free.min() {
            free.remove(next)
            order.append(next)
            for dependent in dependents[next] {
                unmet[dependent] -= 1
                if unmet[dependent] == 0 { free.insert(dependent) }
            }
        }
        return order.count == steps.count ? order : nil
    }
}

/// Names a value: an input of the workflow or an output of a step.
public struct Reference: Sendable, Hashable, CustomStringConvertible {
    /// The source of workflow inputs.
    public static let input = "input"
    /// The source of secrets that the operator keeps.
    public static let secret = "secret"
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
        /// Numbers only; anything else does not hold.
        case greaterThan(Double)
        case lessThan(Double)
    }
    public let value: Binding
    public let test: Test

    func holds(_ look: (Reference) -> JSONValue?) -> Bool {
        let actual = value.resolved(look)
        switch test {
        case .equals(let wanted): return actual == wanted
        case .notEquals(let unwanted): return actual != unwanted
        case .isOne(let wanted): return wanted.contains(actual)
        case .greaterThan(let bound): return (actual.double ?? -.infinity) > bound
        case .lessThan(let bound): return (actual.double ?? .infinity) < bound
        }
    }
}

import Core
import Labels

/// What a value is about, beyond its ``FieldType``: the small ontology by which a planner joins outputs to inputs.
public enum Meaning: String, Sendable, Hashable, CaseIterable {
    case text, records, documents, findings, passages, report, message, image, audio
    case datasetVersion, model, metrics, verdict, decision, count, grade, response
    /// Settings of a step, which come from the request or are asked of the person who starts the run.
    case path, address, name, question, instruction, rules, seconds, setting

    /// What may stand in for it directly: every passage is text, not every text a passage.
    var wider: [Meaning] {
        switch self {
        case .report, .message: [.text]
        case .documents: [.records]
        case .passages: [.documents]
        default: []
        }
    }

    /// Whether a value of this meaning may be given where `wanted` is expected.
    func isA(_ wanted: Meaning) -> Bool { self == wanted || wider.contains { $0.isA(wanted) } }

    /// Whether it is data, which carries a grade, and not a setting.
    var isData: Bool { [.text, .records, .documents, .findings, .passages, .report, .message, .image, .audio, .response].contains(self) }
}

/// What a planner knows of a node kind. The catalogue is data: a new kind is one more entry.
public struct NodeDescriptor: Sendable {
    /// An input or output with what it means.
    public struct Port: Sendable, Hashable {
        public let field: String
        public let meanings: [Meaning]
        /// The setting when the request says nothing; nil asks for it.
        public var standard: JSONValue?

        public init(_ field: String, _ meanings: Meaning..., standard: JSONValue? = nil) {
            (self.field, self.meanings, self.standard) = (field, meanings, standard)
        }
    }

    /// What a condition can look at when a request says "if it fails" or "if it is found".
    public struct Outcome: Sendable, Hashable {
        public let field: String
        /// The test under which the outcome is good: found, valid, approved.
        public let good: String
        /// The test under which it is bad.
        public let bad: String

        public init(_ field: String, good: String, bad: String) { (self.field, self.good, self.bad) = (field, good, bad) }
    }

    public let id: String
    public let chinese: String
    public let english: String
    public let takes: [Port]
    public let gives: [Port]
    /// Facts that must hold of the data it takes, e.g. `indexed`.
    public let requires: Set<String>
    /// Facts that hold of what it gives.
    public let effects: Set<String>
    /// What a step costs beside others; the planner looks for the least sum.
    public let cost: Double
    public let outcome: Outcome?
    /// Whether something outside the run changes, so that an approval before it decides whether it runs.
    public let isLasting: Bool
    /// Whether the planner may add it unasked.
    public let isAutomatic: Bool
    /// What the kind declares.
    public let signature: StepSignature

    public init(
        _ id: String, _ chinese: String, _ english: String, takes: [Port], gives: [Port], requires: Set<String> = [], effects: Set<String> = [], cost: Double = 1, outcome: Outcome? = nil,
        isLasting: Bool = false, isAutomatic: Bool = false, signature: StepSignature
    ) {
        (self.id, self.chinese, self.english, self.takes, self.gives) = (id, chinese, english, takes, gives)
        (self.requires, self.effects, self.cost, self.outcome, self.isLasting, self.isAutomatic) = (requires, effects, cost, outcome, isLasting, isAutomatic)
        self.signature = signature
    }
}

/// The node kinds that plans are made of.
public struct NodeCatalogue: Sendable {
    /// A descriptor with the signature that counts.
    public struct Node: Sendable {
        public let descriptor: NodeDescriptor
        public let signature: StepSignature
        /// Whether the kind is there, or only declared.
        public let isInstalled: Bool
        public var id: String { descriptor.id }

        /// The meanings that may enter a field; none for one that the descriptor does not name.
        func meanings(into field: String) -> [Meaning] { descriptor.takes.first { $0.field == field }?.meanings ?? [] }
        func meanings(of output: String) -> [Meaning] { descriptor.gives.first { $0.field == output }?.meanings ?? [] }
        func standard(for field: String) -> JSONValue? { descriptor.takes.first { $0.field == field }?.standard }
        /// The fields that it cannot do without and that the descriptor does not name.
        var unnamed: [String] { signature.inputs.filter { field in field.value.isRequired && !descriptor.takes.contains { $0.field == field.key } }.keys.sorted() }
        var lowersTo: Grade? { if case .lowers(let grade) = signature.labelRule { grade } else { nil } }
    }

    /// By id.
    public let nodes: [String: Node]
    /// The checker that plans go through, over the kinds that are there and the declared ones.
    public let checker: WorkflowChecker

    /// - Parameters:
    ///   - kinds: The kinds that are there; their own signatures count.
    ///   - declared: Whether kinds that are only declared may be planned with. A plan names those that are missing.
    ///   - descriptors: What is known of kinds. A kind without a descriptor cannot be planned.
    public init(kinds: [any StepKind], declared: Bool = true, descriptors: [NodeDescriptor] = NodeDescriptor.standard) {
        // A kind that is there and switched off is planned like one that is only declared.
        let kinds = kinds.filter { $0.refusal == nil }
        let known = Dictionary(kinds.map { ($0.id, $0.signature) }) { first, _ in first }
        nodes = descriptors.reduce(into: [:]) { nodes, descriptor in
            let own = Self.builtIn.contains(descriptor.id) ? descriptor.signature : known[descriptor.id]
            guard declared || own != nil else { return }
            nodes[descriptor.id] = Node(descriptor: descriptor, signature: own ?? descriptor.signature, isInstalled: own != nil)
        }
        checker = WorkflowChecker(kinds: kinds + nodes.values.filter { !$0.isInstalled }.map { DeclaredKind(id: $0.id, signature: $0.signature) })
    }

    /// Kinds that the engine itself carries out.
    private static let builtIn: Set<String> = ["transform", "map", "loop", "switch", "call", "wait", "await"]

    /// A kind that is not there: it can be checked and not run.
    private struct DeclaredKind: StepKind {
        let id: String
        let signature: StepSignature
        func run(_ input: StepInput, in context: StepContext) async throws -> StepOutcome {
            throw Fault(.workflowUnknown, "the step kind \(id) is not installed here", remedy: "see `banyan workflow check`")
        }
    }

    /// Ids in a fixed order.
    public var ids: [String] { nodes.keys.sorted() }

    /// The kind that lowers a label at the least cost.
    var protection: Node? {
        nodes.values.filter { $0.lowersTo != nil }.min { ($0.descriptor.cost, $0.id) < ($1.descriptor.cost, $1.id) }
    }
}

import Core
import Labels
import Store

/// The type of a value between steps.
public enum FieldType: String, Sendable, Codable, Hashable, CaseIterable {
    case string, number, boolean, object, array, any

    /// Whether a value of type `other` may be given where this one is expected.
    func accepts(_ other: FieldType) -> Bool { self == .any || other == .any || self == other }

    /// Whether a JSON value is of this type.
    func matches(_ value: JSONValue) -> Bool {
        switch (self, value) {
        case (.any, _), (.string, .string), (.number, .int), (.number, .double), (.boolean, .bool), (.object, .object), (.array, .array): true
        default: false
        }
    }
}

/// How the label of a step's output follows from the join of its inputs' labels.
public enum LabelRule: Sendable, Hashable {
    case joinsInputs
    /// The join, and at least this grade: for steps that add knowledge (a re-identification, a credit score).
    case raises(Grade)
    /// The join, and what the step has met, which is at most this grade: for steps that only find out what they read, as agents do. The check counts with the grade.
    case mayRaise(to: Grade)
    /// At most this grade: a protection transform. The only way down.
    case lowers(to: Grade)

    /// The grade of the output for inputs of `grade`.
    func grade(for grade: Grade) -> Grade {
        switch self {
        case .joinsInputs: grade
        case .raises(let least), .mayRaise(let least): max(grade, least)
        case .lowers(let most): min(grade, most)
        }
    }
}

/// What a step kind takes, gives and may see.
public struct StepSignature: Sendable, Hashable {
    /// One input.
    public struct Field: Sendable, Hashable {
        public let type: FieldType
        public let isRequired: Bool
        /// Whether it takes `${secret.NAME}` and nothing else. What it holds comes from the operator when the step runs; it is never journaled.
        public let isSecret: Bool

        public init(_ type: FieldType, isRequired: Bool = true, isSecret: Bool = false) {
            self.type = type
            self.isRequired = isRequired
            self.isSecret = isSecret
        }
    }

    public let inputs: [String: Field]
    public let outputs: [String: FieldType]
    /// The labels that this kind may receive.
    public let clearance: Clearance
    public let labelRule: LabelRule
    /// Whether the number of elements of its arrays tells nothing of their values: of an import or a split, not of a search or a filter. A `map` over other arrays runs as often as their values say, so all that it
    /// does has their label.
    public let hasOpenCounts: Bool

    /// - Parameter hasOpenCounts: the default is false.
    public init(inputs: [String: Field], outputs: [String: FieldType], clearance: Clearance, labelRule: LabelRule, hasOpenCounts: Bool = false) {
        self.hasOpenCounts = hasOpenCounts
        self.inputs = inputs
        self.outputs = outputs
        self.clearance = clearance
        self.labelRule = labelRule
    }
}

/// What a step receives.
public struct StepInput: Sendable {
    public let values: [String: JSONValue]
    /// The join of the labels of all values, of the step's condition and of every choice that led to it: what its kind's clearance must permit.
    public let label: Label
    /// The labels of the values alone.
    let data: Label
    /// What the fact that the step runs tells. A protection transform does not lower this: it changes values, not whether it ran.
    let control: Label

    public init(values: [String: JSONValue], label: Label) { self.init(values: values, label: label, data: label, control: .bottom) }

    init(values: [String: JSONValue], label: Label, data: Label, control: Label) {
        self.values = values
        self.label = label
        self.data = data
        self.control = control
    }
}

/// Where and when a step runs.
public struct StepContext: Sendable {
    public let runID: String
    public let stepID: String
    /// 1 for the first try.
    public let attempt: Int
    /// Seconds since 1970 at the start of the attempt.
    public let now: Double
    /// What an earlier attempt of the step kept with ``keep(_:)``; nil if none did.
    public let checkpoint: JSONValue?
    /// What the step's earlier turns kept, the oldest first; empty for a step of one turn. See ``StepTurn``.
    public let notes: [StepNote]
    /// Where it says how far it is; nil outside of an engine.
    let life: AttemptLife?

    public init(runID: String, stepID: String, attempt: Int, now: Double, checkpoint: JSONValue? = nil, notes: [StepNote] = []) {
        self.init(runID: runID, stepID: stepID, attempt: attempt, now: now, checkpoint: checkpoint, notes: notes, life: nil)
    }

    init(runID: String, stepID: String, attempt: Int, now: Double, checkpoint: JSONValue?, notes: [StepNote], life: AttemptLife?) {
        (self.runID, self.stepID, self.attempt, self.now, self.checkpoint, self.notes, self.life) = (runID, stepID, attempt, now, checkpoint, notes, life)
    }

    /// The same in every attempt of the step: give it to systems outside, so that they can tell a repetition.
    public var idempotencyKey: String { "\(runID)/\(stepID)" }

    /// Whether it takes a step back; then it ends in one turn.
    public var isUndo: Bool { stepID.hasSuffix("/undo") }
}

/// How a step ended.
public enum StepOutcome: Sendable {
    /// - output: one value for each declared output.
    /// - label: nil takes what the rule gives; a label below that is refused.
    /// - effect: changes to the store, committed together with the end of the step.
    /// - usage: what a model read and wrote for it.
    case done(output: [String: JSONValue], label: Label? = nil, effect: (@Sendable (Transaction) throws -> Void)? = nil, usage: StepUsage? = nil)
    /// The run waits for a person; the step's outputs will be `choice` and `comment`.
    case person(HumanTaskRequest)
    /// The run sleeps; the step is done, without output, when the time has passed.
    case sleep(seconds: Double)
    /// The run waits until ``WorkflowEngine/signal(_:event:payload:)`` brings an event of that name, or has brought it before. The step's outputs are `arrived` and `payload`.
    /// - seconds: after so many the step is done without the event; nil waits for ever.
    case event(String, seconds: Double?)
    /// The step has done a part of its work and runs again, with what it has kept so far: nothing of this part is ever repeated.
    case again(StepTurn)

    /// Whether its end writes more than the run's events.
    var changesStore: Bool {
        switch self {
        case .done(_, _, let effect, _): effect != nil
        case .person: true
        case .again(let turn): turn.effect != nil || turn.request != nil
        case .sleep, .event: false
        }
    }
}

/// A plug-in that executes one kind of step.
///
/// ```swift
/// struct Shout: StepKind {
///     let id = "shout"
///     let signature = StepSignature(
///         inputs: ["text": .init(.string)], outputs: ["text": .string], clearance: .all, labelRule: .joinsInputs)
///     func run(_ input: StepInput, in context: StepContext) async throws -> StepOutcome {
///         .done(output: ["text": .string((input.values["text"]?.string ?? "").uppercased())])
///     }
/// }
/// ```
public protocol StepKind: Sendable {
    /// The name that definitions use. Stable.
    var id: String { get }
    /// Constant for the life of the value.
    var signature: StepSignature { get }
    /// The signature of one step, where what its definition says decides: an agent's tools. The same for the same settings. The default is ``signature``.
    /// - Parameter settings: The inputs that stand in the definition as they are.
    /// - Throws: what is wrong with the settings; the checker refuses the definition with it.
    func signature(of settings: [String: JSONValue]) throws -> StepSignature
    /// What attempts of this kind share, so that a few run at once in the whole engine; nil when nothing is scarce. The default is nil.
    var resource: String? { get }
    /// Whether the same input gives the same output, whatever happened since: ``WorkflowEngine/replay(_:step:each:)`` runs such steps again. The default is false.
    var isRepeatable: Bool { get }
    /// Whether a step of this kind changes nothing but the run's journal and the audit log, so that it may be run to try something out (``PlanTrials``). The default is false.
    /// - Parameter inputs: the names of the inputs that the step has.
    func leavesNothing(with inputs: Set<String>) -> Bool
    /// The most tokens of a language model that one attempt may read and write. The default is 0: it asks none.
    /// - Parameter literals: the inputs that stand in the definition; null for those known only when the step runs.
    func tokenCountMax(_ literals: [String: JSONValue]) -> Int
    /// Why this kind may not be used here; nil when it may. The checker refuses a definition with it. The default is nil.
    var refusal: String? { get }
    /// Whether its attempts give signs of life (``StepContext/heartbeat()``), so that a step of it may have a `heartbeat`. The default is false.
    var beats: Bool { get }
    /// Does the work. May be called again after a crash or a failure; changes to the store belong in the outcome's effect.
    func run(_ input: StepInput, in context: StepContext) async throws -> StepOutcome
}

extension StepKind {
    public var resource: String? { nil }
    public var isRepeatable: Bool { false }
    /// Nobody has said so.
    public func leavesNothing(with inputs: Set<String>) -> Bool { false }
    /// It asks no model.
    public func tokenCountMax(_ literals: [String: JSONValue]) -> Int { 0 }
    public var refusal: String? { nil }
    public var beats: Bool { false }
    /// ``signature``, whatever the settings.
    public func signature(of settings: [String: JSONValue]) throws -> StepSignature { signature }
}

/// Sleeps for a number of seconds, across restarts.
public struct WaitStep: StepKind {
    public let id = "wait"
    public let signature = StepSignature(inputs: ["seconds": .init(.number)], outputs: [:], clearance: .all, labelRule: .joinsInputs)
    /// Ten years; longer is taken for a mistake.
    static let secondsMax = 315_360_000.0

    public init() {}

    public func run(_ input: StepInput, in context: StepContext) async throws -> StepOutcome {
        guard let seconds = input.values["seconds"]?.double, (0...Self.secondsMax).contains(seconds) else {
            throw Fault(.workflowDefinition, "step \(context.stepID): seconds must be between 0 and ten years", remedy: "correct the definition")
        }
        return .sleep(seconds: seconds)
    }
}

/// Waits for an event from outside: a webhook, another run, a file that arrived.
public struct AwaitEventStep: StepKind {
    public let id = "await"
    public let signature = StepSignature(
        inputs: ["event": .init(.string), "seconds": .init(.number, isRequired: false)], outputs: ["arrived": .boolean, "payload": .object], clearance: .all,
        // What will come is not known before: it counts as the gravest that `signal` takes.
        labelRule: .raises(.level4))

    public init() {}

    public func run(_ input: StepInput, in context: StepContext) async throws -> StepOutcome {
        guard let event = input.values["event"]?.string, !event.isEmpty, event.utf8.count <= 200 else {
            throw Fault(.workflowDefinition, "step \(context.stepID): the event needs a name of at most 200 bytes", remedy: "correct the definition")
        }
        let seconds = input.values["seconds"]?.double
        guard (0...WaitStep.secondsMax).contains(seconds ?? 0) else {
            throw Fault(.workflowDefinition, "step \(context.stepID): seconds must be between 0 and ten years", remedy: "correct the definition")
        }
        return .event(event, seconds: seconds)
    }
}

import Labels

/// A place where values, or the fact that a step runs, go further than they may: what a patch must change.
struct WorkflowLeak: Hashable, Sendable {
    /// Why the fact that the step runs tells too much.
    enum Control: Hashable, Sendable {
        /// Its own condition looks at a grave value.
        case ownCondition
        /// A choice around it, or a condition of a step that it needs.
        case elsewhere
    }

    /// The workflow of the definition that the step belongs to; nil for the definition itself.
    let unit: String?
    let step: String
    /// Whether it is the step's undo that receives them.
    let isUndo: Bool
    /// What may enter.
    var clearance = Grade.level1
    /// By the name of an input: the graver values bound to it.
    var values: [String: Set<Reference>] = [:]
    var control: Control?

    init(_ unit: String?, _ step: String, isUndo: Bool = false) { (self.unit, self.step, self.isUndo) = (unit, step, isUndo) }

    /// Fixes the order in which leaks are mended.
    var order: String { "\(unit ?? "")/\(step)/\(isUndo)" }
}

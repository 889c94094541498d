import Core

/// # Workflows: work that cannot be lost
///
/// A workflow is a graph of steps. Each run is a stream of events in the journal, and the run's state is what its events say, nothing else:
/// ``RunState`` is a value that applies events and names the next action, with no clock and no I/O; ``WorkflowEngine`` carries the actions out.
///
/// **Exactly once, honestly.** A step's body may run again after a crash; its *effect* may not. The effect is a closure that is committed in the same
/// transaction as the event that ends the step (and the event that starts the next one), so the disk knows both or neither. For effects outside
/// Banyan's store a step has ``StepContext/idempotencyKey``, the same in every attempt.
///
/// **Labels before the run.** Each step kind declares a clearance and how its output's label follows from its inputs. ``WorkflowChecker`` follows
/// the declared grades along every edge, conditions included, and refuses a leaking definition with the path of the flow. The engine checks the
/// actual labels again at each step and fails closed.
///
/// Rejected: deterministic replay of user code (Temporal). It needs code without side effects between steps, and history breaks when the code changes; a
/// definition as data needs neither. Rejected: one database row of "current state" a run. A journal costs the same write and can tell what happened.
///
/// The journal holds inputs and outputs of steps: a data directory is as sensitive as the most sensitive value that passed through it.
///
/// ## Topics
/// ``WorkflowDefinition``, ``StepKind``, ``WorkflowChecker``, ``WorkflowEngine``, ``RunState``, ``HumanTask``
public enum WorkflowsRoom {}

extension Fault.Code {
    /// A definition is malformed; the message names the place.
    public static let workflowDefinition = Fault.Code("workflows.definition", .input)
    /// A definition failed its checks.
    public static let workflowUnsound = Fault.Code("workflows.unsound", .refused)
    /// A value's label exceeds the clearance of the step it would enter.
    public static let workflowLabel = Fault.Code("workflows.label", .refused)
    /// A secret that a step names is not kept here.
    public static let workflowSecret = Fault.Code("workflows.secret", .refused)
    /// No such run, task or step kind.
    public static let workflowUnknown = Fault.Code("workflows.unknown", .notFound)
    /// A task was answered already, or its run has ended.
    public static let taskClosed = Fault.Code("workflows.task-closed", .conflict)
    /// An answer is not one of the task's choices.
    public static let taskChoice = Fault.Code("workflows.task-choice", .usage)
}

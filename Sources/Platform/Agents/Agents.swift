import Core

/// # Agents: models that act, within bounds that hold
///
/// An agent is a language model that is asked again and again what to do next, and tools that do it. Here it is one step of a workflow (kind `agent`), and everything that a workflow promises holds inside of it:
///
/// **Nothing is repeated.** Each turn of the model and each call of a tool is a ``Workflows/StepTurn``: its note is journaled in the transaction of its effect. After a crash in turn 7 the turns before are notes, the
/// model is not asked again what it has said, and a tool that wrote to the store has written once. A tool that asks a person, or a call that a person must allow, waits as a human task does: for days, through restarts.
///
/// **Labels at each call.** The conversation has the join of the labels of all that entered it: input, results, answers of people. A tool runs only if its clearance permits that label at that moment; else it is refused
/// and the model reads why. A result raises the conversation's label, the answer has it, and nothing in a conversation lowers it: what a model writes may hold all that it has read. Before the run, the checker refuses
/// a definition whose input may be graver than a tool of the agent is cleared for, with the path, because then the tool could never be used.
///
/// **Bounds.** Turns, calls, tokens and seconds have budgets; the third identical call ends the loop; the last turn may only finish. Why an agent stopped is an output.
///
/// **An architecture that changes with the task.** ``Strategy`` names three ways to work: answer at once, act with tools, or plan, act and check. ``StrategyPolicy`` chooses by features of the task and learns from outcomes: a
/// contextual bandit whose probabilities are logged, so that another policy can be valued on what was recorded before it is switched on (``OffPolicyEstimate``).
///
/// How the loop became durable: a step kind may end in `again` with a note. Rejected: compiling an agent into the language's own `loop` and `switch`. The turns would be journaled alike, but a conversation would be the value
/// of the loop, written anew in each round, and the label of its body would have to be that of every tool at once. Rejected: one opaque attempt with a log beside it, which a crash would run again from the start.
/// Rejected: references to earlier results as arguments with the label of the result alone; which result a model chooses tells of all that it has read.
///
/// ## Topics
/// ``Tool``, ``ToolRegistry``, ``JSONShape``, ``AgentLoop``, ``AgentModel``, ``AgentTranscript``, ``Strategy``, ``StrategyPolicy``, ``PolicyBook``
public enum AgentsRoom {}

extension Fault.Code {
    /// A schema says something that this room does not check.
    public static let agentSchema = Fault.Code("agents.schema", .input)
    /// A setting of an agent, or an argument of a tool, is missing or out of its range.
    public static let agentInput = Fault.Code("agents.input", .input)
    /// A label may not go where the agent would put it.
    public static let agentLabel = Fault.Code("agents.label", .refused)
    /// Text is longer than an agent takes.
    public static let agentBound = Fault.Code("agents.bound", .input)
    /// No such tool.
    public static let agentUnknown = Fault.Code("agents.unknown", .notFound)
    /// A tool took longer than it may.
    public static let agentTimeout = Fault.Code("agents.timeout", .io)
}

import Core

/// # Nodes: the catalog of step kinds over the rooms of the house
///
/// What people put into workflows without writing Swift: data in and out, finding, grading and protecting, knowledge, models, tuning and deployment. Each kind is one file under `Kinds/`,
/// one line of ``NodeRegistry``, one paragraph of `docs/rooms/nodes.md`, and keeps the contract that `Tests/NodesTests` holds over all of them.
///
/// - A kind reads only inputs that it declares and gives exactly the outputs that it declares.
/// - What comes from outside counts as ``Grade/level4`` until `protect` has masked it; nothing else lowers a label, and `protect` looks itself instead of trusting the findings that it is given.
/// - Changes to the store are the outcome's effect, so they happen once; files and requests outside have names derived from the step's idempotency key, so a second attempt repeats the first.
/// - No message quotes a value: faults name inputs, fields, rows and rules.
///
/// - Code that a definition brings runs in a box that shows it nothing and lets nothing out (``Sandbox``), and only if the operator named the program.
///
/// Rejected: a kind that runs any command (everything would be possible and nothing could be checked). Rejected: kinds in the rooms that they are about; Catalog or Tuning would import Workflows for them, and a
/// kind mostly joins two rooms. Rejected: outputs that are references to blobs instead of values; the checks of labels and types would end at the reference.
///
/// ## Topics
/// ``NodeRegistry``, ``NodeServices``, ``NodeSettings``, ``Deployments``, ``Outbox``, ``TextModel``, ``AdapterMaker``, ``Sandbox``
public enum NodesRoom {}

extension Fault.Code {
    /// An input of a step is missing, of the wrong type, or out of its range; the message names it.
    public static let nodeInput = Fault.Code("nodes.input", .input)
    /// A value is larger than a step takes.
    public static let nodeBound = Fault.Code("nodes.bound", .input)
    /// A path leaves its root, or no root is configured.
    public static let nodePath = Fault.Code("nodes.path", .refused)
    /// A host that nobody allowed.
    public static let nodeHost = Fault.Code("nodes.host", .refused)
    /// A value may not go where the step would put it.
    public static let nodeLabel = Fault.Code("nodes.label", .refused)
    /// What a step needs is not configured.
    public static let nodeUnavailable = Fault.Code("nodes.unavailable", .missing)
    /// A named version or deployment does not exist.
    public static let nodeUnknown = Fault.Code("nodes.unknown", .notFound)
    /// Another server did not do what it was asked.
    public static let nodeAnswer = Fault.Code("nodes.answer", .io)
}

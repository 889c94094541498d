import Core
import Labels

/// How a signed request becomes a run, or an event of one.
public struct WebhookTrigger: Sendable, Codable, Hashable {
    /// Where the shared secret lies; it is read for each request and is in no database.
    public var secretFile: String
    /// Inputs of the workflow, and where in the body their values stand: names of members and numbers of elements, with dots between; `$` is the whole body.
    public var inputs: [String: String]
    /// The event to bring to a run of the workflow, with the body as its payload; nil starts a run.
    public var event: String?
    /// Where in the body the id of that run stands.
    public var run: String?

    public init(secretFile: String, inputs: [String: String] = [:], event: String? = nil, run: String? = nil) {
        (self.secretFile, self.inputs, self.event, self.run) = (secretFile, inputs, event, run)
    }

    static let pathByteCountMax = 200

    /// What stands at a place of a body; nil if nothing does.
    static func value(at path: String, in body: JSONValue) -> JSONValue? {
        path == "$" ? body : path.split(separator: ".", omittingEmptySubsequences: false).reduce(Optional(body)) { value, part in value.flatMap { $0[String(part)] ?? Int(part).flatMap { [value] in value?[$0] } } }
    }

    /// The inputs of a run, those of the body over `standard`.
    /// - Throws: `workflows.hook` naming the input that is missing or of another type.
    func values(of body: JSONValue, standard: [String: JSONValue], for definition: WorkflowDefinition) throws -> [String: JSONValue] {
        var values = standard
        for (name, path) in inputs.sorted(by: { $0.key < $1.key }) {
            guard let field = definition.inputs[name] else { continue }
            guard let value = Self.value(at: path, in: body) ?? standard[name], field.type.matches(value) else {
                throw Fault(.hook, "the body gives no value of type \(field.type.rawValue) for the input \(name)", remedy: "see what the trigger takes from the body")
            }
            values[name] = value
        }
        return values
    }

    /// Holds the trigger against the workflow, and fills in where inputs stand that neither it nor the trigger's own inputs name: under their names.
    func completed(for definition: WorkflowDefinition, given: [String: JSONValue]) throws -> WebhookTrigger {
        var whole = self
        if event != nil {
            guard let run, !run.isEmpty, inputs.isEmpty else { throw Fault(.hook, "a hook that brings an event needs the place of the run's id, and takes no inputs", remedy: "give it with --run-from") }
        } else {
            guard run == nil else { throw Fault(.hook, "a hook that starts runs takes no place of a run's id", remedy: "name an event, too") }
            for name in definition.inputs.keys where inputs[name] == nil && given[name] == nil { whole.inputs[name] = name }
        }
        for (name, path) in whole.inputs where definition.inputs[name] == nil || path.isEmpty || path.utf8.count > Self.pathByteCountMax {
            throw Fault(.hook, "workflow \(definition.name) has no input \(name), or the place of it is malformed", remedy: "write NAME=member.member")
        }
        return whole
    }

    /// Values of the right types for the inputs that a body will give, to check a start with.
    func samples(for definition: WorkflowDefinition) -> [String: JSONValue] {
        inputs.keys.reduce(into: [:]) { samples, name in
            samples[name] =
                switch definition.inputs[name]?.type {
                case .number: 0
                case .boolean: false
                case .object: [:]
                case .array: []
                default: ""
                }
        }
    }
}

extension Fault.Code {
    /// A request to a hook is malformed, or a hook is.
    public static let hook = Fault.Code("workflows.hook", .input)
    /// A hook is not there, or a request to it is not signed as it should be.
    public static let hookSignature = Fault.Code("workflows.hook-signature", .refused)
    /// A delivery came with another body before.
    public static let hookRepeated = Fault.Code("workflows.hook-repeated", .conflict)
}

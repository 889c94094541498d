import Core
import Labels

/// A value in a definition that is built in Swift: a literal, or what an input or a step gives. A step's values are its members, so a reference cannot name a step that is not there.
public struct StepValue: Sendable, ExpressibleByStringLiteral, ExpressibleByIntegerLiteral, ExpressibleByFloatLiteral, ExpressibleByBooleanLiteral, ExpressibleByArrayLiteral, ExpressibleByDictionaryLiteral {
    let json: JSONValue

    /// Any JSON value. Text that begins with `${` is a reference, as in YAML.
    public init(_ json: JSONValue) { self.json = json }
    /// A text.
    public init(stringLiteral value: String) { json = .string(value) }
    /// A whole number.
    public init(integerLiteral value: Int) { json = .int(value) }
    /// A number.
    public init(floatLiteral value: Double) { json = .double(value) }
    /// True or false.
    public init(booleanLiteral value: Bool) { json = .bool(value) }
    /// A list; references may stand in it.
    public init(arrayLiteral elements: StepValue...) { json = .array(elements.map(\.json)) }
    /// An object; references may stand in it.
    public init(dictionaryLiteral elements: (String, StepValue)...) { json = .object(Dictionary(elements.map { ($0, $1.json) }) { $1 }) }

    init(_ source: String, _ field: String) { json = .string("${\(source).\(field)}") }
}

/// What a condition asks of a value.
public enum StepTest: Sendable {
    case equals(JSONValue), notEquals(JSONValue), isOne(of: [JSONValue]), greaterThan(Double), lessThan(Double)

    func json(of value: StepValue) -> JSONValue {
        switch self {
        case .equals(let wanted): ["value": value.json, "equals": wanted]
        case .notEquals(let unwanted): ["value": value.json, "notEquals": unwanted]
        case .isOne(let wanted): ["value": value.json, "in": .array(wanted)]
        case .greaterThan(let bound): ["value": value.json, "greaterThan": .double(bound)]
        case .lessThan(let bound): ["value": value.json, "lessThan": .double(bound)]
        }
    }
}

/// A part of a definition or of a body: an input, a step, a workflow inside, or what comes out.
public protocol WorkflowPart: Sendable {
    /// Adds itself to what is built.
    func add(to block: inout WorkflowBlock)
}

/// Parts in order, as the reader of YAML would get them.
public struct WorkflowBlock: Sendable {
    var inputs: [String: JSONValue] = [:]
    var workflows: [String: JSONValue] = [:]
    var steps: [JSONValue] = []
    var outputs: [String: JSONValue] = [:]
    var gives: JSONValue?
    /// What cannot be said twice, or not here.
    var mistakes: [String] = []

    init(_ parts: [any WorkflowPart]) { for part in parts { part.add(to: &self) } }

    /// Members of a body: steps and what they give.
    var body: [String: JSONValue] {
        var members: [String: JSONValue] = ["steps": .array(steps)]
        members["gives"] = gives
        return members
    }

    /// Members of a workflow.
    var workflow: [String: JSONValue] {
        var members: [String: JSONValue] = ["steps": .array(steps)]
        if !inputs.isEmpty { members["inputs"] = .object(inputs) }
        if !outputs.isEmpty { members["outputs"] = .object(outputs) }
        return members
    }

    mutating func take(_ inner: WorkflowBlock, in place: String, isBody: Bool) {
        mistakes += inner.mistakes
        if isBody, !inner.inputs.isEmpty || !inner.outputs.isEmpty || !inner.workflows.isEmpty { mistakes.append("\(place): inputs, outputs and workflows stand outside of steps") }
        if !isBody, inner.gives != nil || !inner.workflows.isEmpty { mistakes.append("\(place): a workflow inside has outputs and no workflows of its own") }
    }
}

/// Collects the parts that stand in a closure; `if`, `for` and `let` work as anywhere.
@resultBuilder public enum WorkflowBuilder {
    /// One part.
    public static func buildExpression(_ part: any WorkflowPart) -> [any WorkflowPart] { [part] }
    /// Parts after one another.
    public static func buildBlock(_ parts: [any WorkflowPart]...) -> [any WorkflowPart] { parts.flatMap { $0 } }
    /// Parts that may be left out.
    public static func buildOptional(_ parts: [any WorkflowPart]?) -> [any WorkflowPart] { parts ?? [] }
    /// Either these parts.
    public static func buildEither(first parts: [any WorkflowPart]) -> [any WorkflowPart] { parts }
    /// Or those.
    public static func buildEither(second parts: [any WorkflowPart]) -> [any WorkflowPart] { parts }
    /// Parts of a loop.
    public static func buildArray(_ parts: [[any WorkflowPart]]) -> [any WorkflowPart] { parts.flatMap { $0 } }
}

extension WorkflowDefinition {
    /// Builds a definition in Swift. It becomes the same YAML as one that is written by hand and is read and checked like it.
    ///
    /// ```swift
    /// let greeting = try WorkflowDefinition("greeting") {
    ///     let name = Input("name", .string, upTo: .level3)
    ///     name
    ///     let mask = Step("mask", kind: "protect", ["text": name.value])
    ///     mask
    ///     Step("search", kind: "knowledge-search", ["text": mask.text]).when(mask.replaced, .notEquals(0)).retry(attempts: 3, delay: 0.5)
    /// }
    /// ```
    /// - Throws: `workflows.definition`, as reading YAML does.
    public init(_ name: String, version: Int = 1, parallel: Int = 4, priority: Int = 5, @WorkflowBuilder _ parts: () throws -> [any WorkflowPart]) throws {
        let block = WorkflowBlock(try parts())
        guard block.mistakes.isEmpty, block.gives == nil else {
            throw Fault(.workflowDefinition, block.mistakes.first ?? "what a definition gives are its outputs", remedy: "correct the parts of the definition")
        }
        var json = block.workflow
        json.merge(["workflow": .string(name), "version": .int(version), "parallel": .int(parallel), "priority": .int(priority)]) { $1 }
        if !block.workflows.isEmpty { json["workflows"] = .object(block.workflows) }
        try self.init(yaml: DefinitionText.yaml(.object(json)))
    }
}

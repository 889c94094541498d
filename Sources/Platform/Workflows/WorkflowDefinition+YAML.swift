import Core
import Labels
import Yams

extension WorkflowDefinition {
    /// The most steps of one workflow.
    public static let stepCountMax = 1_000
    /// The most bytes of a definition.
    public static let byteCountMax = 1 << 20
    /// The most YAML nodes after aliases are followed: a small text can name a huge tree.
    static let nodeCountMax = 100_000

    /// Reads a definition.
    ///
    /// - Throws: `workflows.definition` naming the step and what is wrong with it. Types and labels are ``WorkflowChecker``'s business.
    public init(yaml text: String) throws {
        guard text.utf8.count <= Self.byteCountMax else {
            throw Fault(.workflowDefinition, "the definition has more than \(Self.byteCountMax) bytes", remedy: "split it into several workflows")
        }
        let json = try Self.json(of: text)
        guard let name = json["workflow"]?.string, !name.isEmpty else { throw Self.missing("workflow", "a name") }
        try Self.expect(json, only: ["workflow", "version", "parallel", "priority", "budget", "inputs", "outputs", "workflows", "steps"], in: "the definition")
        self.name = name
        version = json["version"]?.int ?? 1
        parallel = try Self.number("parallel", json, 1...64, 4)
        priority = try Self.number("priority", json, 0...9, 5)
        budget = try Self.budget(json["budget"])
        inputs = try Self.inputs(json["inputs"])
        outputs = try Self.bindings(json["outputs"])
        var reader = StepReader()
        workflows = try (json["workflows"]?.object ?? [:]).sorted { $0.key < $1.key }.reduce(into: [:]) { known, entry in
            try Self.expect(entry.value, only: ["inputs", "outputs", "steps"], in: "the workflow \(entry.key)")
            known[entry.key] = Subworkflow(
                inputs: try Self.inputs(entry.value["inputs"]), steps: try reader.steps(entry.value, in: "the workflow \(entry.key)"), outputs: try Self.bindings(entry.value["outputs"]))
        }
        steps = try reader.steps(json, in: "the definition")
        yaml = text
    }

    private static func json(of text: String) throws -> JSONValue {
        let node: Node?
        do {
            node = try Yams.compose(yaml: text)
        } catch {
            throw Fault(.workflowDefinition, "the definition is not YAML: \(Self.place(of: error))", remedy: "check indentation and quotes")
        }
        guard let node else { throw Fault(.workflowDefinition, "the definition is empty", remedy: "see docs/rooms/workflows.md for an example") }
        var left = nodeCountMax
        return try json(of: node, left: &left)
    }

    /// Line and problem of a YAML error, without the text around it.
    private static func place(of error: any Error) -> String {
        guard case .parser(_, let problem, let mark, _) = error as? YamlError else { return "malformed" }
        return "line \(mark.line): \(problem)"
    }

    private static func json(of node: Node, left: inout Int) throws -> JSONValue {
        left -= 1
        guard left > 0 else {
            throw Fault(.workflowDefinition, "the definition grows past \(nodeCountMax) nodes when its aliases are followed", remedy: "write it without aliases")
        }
        switch node {
        case .mapping(let mapping):
            var members: [String: JSONValue] = [:]
            for (key, value) in mapping {
                guard let key = key.string else { throw Fault(.workflowDefinition, "a key is not a string", remedy: "quote it") }
                members[key] = try json(of: value, left: &left)
            }
            return .object(members)
        case .sequence(let sequence): return .array(try sequence.map { try json(of: $0, left: &left) })
        case .scalar:
            if let value = node.bool { return .bool(value) }
            if let value = node.int { return .int(value) }
            if let value = node.float { return .double(value) }
            if node.null != nil { return .null }
            return .string(node.string ?? "")
        case .alias: throw Fault(.workflowDefinition, "an alias has no anchor", remedy: "write the value out")
        }
    }

    static func missing(_ key: String, _ what: String) -> Fault {
        Fault(.workflowDefinition, "\"\(key)\" is missing: \(what)", remedy: "see docs/rooms/workflows.md for an example")
    }

    static func expect(_ json: JSONValue, only keys: Set<String>, in place: String) throws {
        guard let object = json.object else { throw Fault(.workflowDefinition, "\(place) is not a mapping", remedy: "write key: value pairs") }
        if let unknown = object.keys.sorted().first(where: { !keys.contains($0) }) {
            throw Fault(.workflowDefinition, "\(place) has an unknown key \"\(unknown)\"", remedy: "known keys are \(keys.sorted().joined(separator: ", "))")
        }
    }

    private static func input(_ json: JSONValue) throws -> InputField {
        if let short = json.string { return InputField(type: try type(short), grade: .level1) }
        try expect(json, only: ["type", "grade"], in: "an input")
        var grade = Grade.level1
        if let text = json["grade"] {
            guard let known = Grade(text.string ?? text.int.map(String.init) ?? "") else {
                throw Fault(.workflowDefinition, "an input has an unknown grade", remedy: "grades are L1, L2, L3, L4, important, core")
            }
            grade = known
        }
        return InputField(type: try type(json["type"]?.string ?? ""), grade: grade)
    }

    private static func type(_ text: String) throws -> FieldType {
        guard let type = FieldType(rawValue: text) else {
            throw Fault(.workflowDefinition, "unknown type \"\(text)\"", remedy: "types are \(FieldType.allCases.map(\.rawValue).joined(separator: ", "))")
        }
        return type
    }

    private static func budget(_ json: JSONValue?) throws -> Budget {
        guard let json else { return Budget(tokens: nil, attempts: nil) }
        try expect(json, only: ["tokens", "attempts"], in: "budget")
        func bound(_ key: String) throws -> Int? { json[key] == nil ? nil : try number(key, json, 0...1_000_000_000_000, 0) }
        return Budget(tokens: try bound("tokens"), attempts: try bound("attempts"))
    }

    private static func inputs(_ json: JSONValue?) throws -> [String: InputField] { try (json?.object ?? [:]).mapValues(input) }

    static func bindings(_ json: JSONValue?) throws -> [String: Binding] { try (json?.object ?? [:]).mapValues(Binding.init) }

    /// A whole number in a range, or its default.
    static func number(_ key: String, _ json: JSONValue, _ range: ClosedRange<Int>, _ usual: Int) throws -> Int {
        guard let value = json[key] else { return usual }
        guard let number = value.int, range.contains(number) else {
            throw Fault(.workflowDefinition, "\(key) must be a whole number from \(range.lowerBound) to \(range.upperBound)", remedy: "correct it")
        }
        return number
    }
}

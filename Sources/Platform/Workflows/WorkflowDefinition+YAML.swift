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
        try Self.expect(json, only: ["workflow", "version", "inputs", "steps"], in: "the definition")
        guard let list = json["steps"]?.array, !list.isEmpty else { throw Self.missing("steps", "a list of steps") }
        guard list.count <= Self.stepCountMax else {
            throw Fault(.workflowDefinition, "\(list.count) steps; the limit is \(Self.stepCountMax)", remedy: "split it into several workflows")
        }
        self.name = name
        version = json["version"]?.int ?? 1
        inputs = try (json["inputs"]?.object ?? [:]).mapValues(Self.input)
        steps = try list.enumerated().map { try Self.step($1, number: $0 + 1) }
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

    private static func missing(_ key: String, _ what: String) -> Fault {
        Fault(.workflowDefinition, "\"\(key)\" is missing: \(what)", remedy: "see docs/rooms/workflows.md for an example")
    }

    private static func expect(_ json: JSONValue, only keys: Set<String>, in place: String) throws {
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

    private static func step(_ json: JSONValue, number: Int) throws -> StepDefinition {
        let place = "step \(json["id"]?.string ?? "number \(number)")"
        try expect(json, only: ["id", "kind", "with", "when", "retry", "after"], in: place)
        guard let id = json["id"]?.string, isName(id), id != Reference.input else {
            throw Fault(.workflowDefinition, "\(place) needs an id of letters, digits, '-' and '_' other than \"input\"", remedy: "name it")
        }
        guard let kind = json["kind"]?.string else { throw Fault(.workflowDefinition, "\(place) has no kind", remedy: "add kind: NAME") }
        do {
            return StepDefinition(
                id: id, kind: kind, with: try (json["with"]?.object ?? [:]).mapValues(Binding.init), condition: try json["when"].map(condition),
                retry: try json["retry"].map(retry) ?? .none, after: json["after"]?.array?.compactMap(\.string) ?? json["after"]?.string.map { [$0] } ?? [])
        } catch let fault as Fault {
            throw Fault(fault.code, "\(place): \(fault.message)", remedy: fault.remedy)
        }
    }

    private static func isName(_ text: String) -> Bool {
        !text.isEmpty && text.utf8.count <= 100 && text.utf8.allSatisfy { byte in
            (48...57).contains(byte) || (65...90).contains(byte) || (97...122).contains(byte) || byte == 45 || byte == 95
        }
    }

    private static func condition(_ json: JSONValue) throws -> Condition {
        try expect(json, only: ["value", "equals", "notEquals", "in"], in: "when")
        guard let value = json["value"] else { throw missing("value", "what the condition looks at") }
        let tests: [Condition.Test] = [
            json["equals"].map { .equals($0) }, json["notEquals"].map { .notEquals($0) }, json["in"]?.array.map { .isOne(of: $0) },
        ].compactMap { $0 }
        guard let test = tests.first, tests.count == 1 else {
            throw Fault(.workflowDefinition, "when needs exactly one of equals, notEquals, in", remedy: "add one")
        }
        return Condition(value: try Binding(value), test: test)
    }

    private static func retry(_ json: JSONValue) throws -> RetryPolicy {
        try expect(json, only: ["attempts", "delay"], in: "retry")
        let attempts = json["attempts"]?.int ?? 1
        let delay = json["delay"]?.double ?? 1
        guard (1...20).contains(attempts), (0...60).contains(delay) else {
            throw Fault(.workflowDefinition, "retry: attempts must be 1 to 20 and delay 0 to 60 seconds", remedy: "correct them")
        }
        return RetryPolicy(attempts: attempts, delay: delay)
    }
}

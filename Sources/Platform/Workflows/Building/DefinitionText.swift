import Core
import Labels

/// Definitions as YAML: steps as blocks in the usual order of keys, values as JSON, which YAML reads as it is.
struct DefinitionText {
    private static let top = ["workflow", "version", "parallel", "priority", "budget", "inputs", "outputs", "workflows", "steps"]
    private static let keys = ["id", "kind", "workflow", "with", "set", "when", "after", "retry", "timeout", "heartbeat", "undo", "equals", "in", "parallel", "max", "until", "cases", "otherwise", "steps", "gives"]
    private(set) var lines: [String] = []

    /// - Parameter json: a definition as the reader would get it from YAML.
    static func yaml(_ json: JSONValue) -> String {
        var text = DefinitionText()
        text.members(json, in: top, indent: 0)
        return text.lines.joined(separator: "\n") + "\n"
    }

    private mutating func members(_ json: JSONValue, in order: [String], indent: Int, first: String? = nil) {
        var pad = first ?? String(repeating: " ", count: indent)
        for key in order {
            guard let value = json[key] else { continue }
            switch key {
            case "steps" where value.array?.isEmpty == false, "cases": list(key, value, pad: pad, indent: indent)
            case "otherwise":
                lines.append("\(pad)\(key):")
                members(value, in: Self.keys, indent: indent + 2)
            case "workflows":
                lines.append("\(pad)\(key):")
                for (name, inner) in (value.object ?? [:]).sorted(by: { $0.key < $1.key }) {
                    lines.append("\(pad)  \(Self.text(.string(name))):")
                    members(inner, in: Self.top, indent: indent + 4)
                }
            case "inputs":
                lines.append("\(pad)\(key):")
                for (name, field) in (value.object ?? [:]).sorted(by: { $0.key < $1.key }) { lines.append("\(pad)  \(Self.text(.string(name))): \(Self.text(field))") }
            default: lines.append("\(pad)\(key): \(Self.text(value))")
            }
            pad = String(repeating: " ", count: indent)
        }
    }

    private mutating func list(_ key: String, _ value: JSONValue, pad: String, indent: Int) {
        lines.append("\(pad)\(key):")
        for element in value.array ?? [] { members(element, in: Self.keys, indent: indent + 4, first: String(repeating: " ", count: indent + 2) + "- ") }
    }

    /// A value as JSON in one line. Characters that YAML takes for ends of lines, or does not take, are escaped; an exponent has a point before it and a sign, or YAML would read text.
    static func text(_ value: JSONValue) -> String {
        switch value {
        case .double(let number) where "\(number)".contains("e"):
            let parts = "\(number)".split(separator: "e", maxSplits: 1)
            return parts[0] + (parts[0].contains(".") ? "" : ".0") + "e" + (parts[1].hasPrefix("-") ? "" : "+") + parts[1].drop { $0 == "+" }
        case .string(let name) where !name.isEmpty && name.utf8.count <= 100 && isPlain(name): return name
        case .string:
            return value.text.unicodeScalars.map { scalar in
                switch scalar.value {
                case 0x7F...0x9F, 0x2028, 0x2029, 0xFEFF, 0xFFFE, 0xFFFF: "\\u" + String(repeating: "0", count: 4 - String(scalar.value, radix: 16).count) + String(scalar.value, radix: 16)
                default: String(scalar)
                }
            }.joined()
        case .array(let elements): return "[" + elements.map(text).joined(separator: ", ") + "]"
        case .object(let members): return "{" + members.sorted { $0.key < $1.key }.map { "\(text(.string($0.key))): \(text($0.value))" }.joined(separator: ", ") + "}"
        default: return value.text
        }
    }

    /// Names that no reader of YAML takes for anything else need no quotation marks.
    private static func isPlain(_ text: String) -> Bool {
        let words: Set<String> = ["true", "false", "yes", "no", "on", "off", "null", "y", "n", "inf", "nan"]
        guard let first = text.utf8.first, (0x61...0x7A).contains(first | 0x20), !words.contains(text.lowercased()) else { return false }
        return text.utf8.allSatisfy { (0x61...0x7A).contains($0 | 0x20) || (0x30...0x39).contains($0) || $0 == 0x2D || $0 == 0x5F }
    }
}

extension WorkflowDefinition {
    /// The definition written anew, without its comments: what is read from it is the same definition.
    public var rewritten: String { DefinitionText.yaml(json) }

    /// As the reader would get it from YAML.
    var json: JSONValue {
        var json: [String: JSONValue] = ["workflow": .string(name), "version": .int(version), "steps": .array(steps.map(\.json))]
        if parallel != 4 { json["parallel"] = .int(parallel) }
        if priority != 5 { json["priority"] = .int(priority) }
        let bounds = [("tokens", budget.tokens), ("attempts", budget.attempts)].compactMap { key, most in most.map { (key, JSONValue.int($0)) } }
        if !bounds.isEmpty { json["budget"] = .object(Dictionary(bounds) { $1 }) }
        if !inputs.isEmpty { json["inputs"] = Self.json(inputs) }
        if !outputs.isEmpty { json["outputs"] = Binding.object(outputs).json }
        if !workflows.isEmpty {
            json["workflows"] = .object(workflows.mapValues { inner in
                var json: [String: JSONValue] = ["steps": .array(inner.steps.map(\.json))]
                if !inner.inputs.isEmpty { json["inputs"] = Self.json(inner.inputs) }
                if !inner.outputs.isEmpty { json["outputs"] = Binding.object(inner.outputs).json }
                return .object(json)
            })
        }
        return .object(json)
    }

    private static func json(_ inputs: [String: InputField]) -> JSONValue { .object(inputs.mapValues { ["type": .string($0.type.rawValue), "grade": .string($0.grade.description)] }) }

    /// Whether both say the same, however they are written.
    public func says(sameAs other: WorkflowDefinition) -> Bool {
        name == other.name && version == other.version && parallel == other.parallel && priority == other.priority && budget == other.budget && inputs == other.inputs && outputs == other.outputs && workflows == other.workflows && steps == other.steps
    }
}

extension Binding {
    /// As it is written: references as `"${source.field}"`.
    var json: JSONValue {
        switch self {
        case .literal(let value): value
        case .reference(let reference): .string("${\(reference)}")
        case .array(let elements): .array(elements.map(\.json))
        case .object(let members): .object(members.mapValues(\.json))
        }
    }
}

extension Condition {
    var json: JSONValue {
        switch test {
        case .equals(let wanted): ["value": value.json, "equals": wanted]
        case .notEquals(let unwanted): ["value": value.json, "notEquals": unwanted]
        case .isOne(let wanted): ["value": value.json, "in": .array(wanted)]
        case .greaterThan(let bound): ["value": value.json, "greaterThan": .double(bound)]
        case .lessThan(let bound): ["value": value.json, "lessThan": .double(bound)]
        }
    }
}

extension WorkflowDefinition.StepDefinition {
    var json: JSONValue {
        var json: [String: JSONValue] = ["id": .string(id), "kind": .string(kind)]
        if !with.isEmpty { json["with"] = Binding.object(with).json }
        if !set.isEmpty { json["set"] = .object(set.mapValues { .string($0.text) }) }
        if let condition { json["when"] = condition.json }
        if retry != .none { json["retry"] = ["attempts": .int(retry.attempts), "delay": .double(retry.delay)] }
        if !after.isEmpty { json["after"] = .array(after.map { .string($0) }) }
        if let timeout { json["timeout"] = .double(timeout) }
        if let heartbeat { json["heartbeat"] = .double(heartbeat) }
        if let undo { json["undo"] = undo.with.isEmpty ? ["kind": .string(undo.kind)] : ["kind": .string(undo.kind), "with": Binding.object(undo.with).json] }
        switch nested {
        case .map(let body, let parallel, let most):
            json.merge(body.members) { $1 }
            (json["parallel"], json["max"]) = (.int(parallel), .int(most))
        case .loop(let body, let most, let until):
            json.merge(body.members) { $1 }
            (json["max"], json["until"]) = (.int(most), until.json)
        case .choose(let cases, let otherwise):
            json["cases"] = .array(cases.map { way in .object(way.body.members.merging(way.values.count == 1 ? ["equals": way.values[0]] : ["in": .array(way.values)]) { $1 }) })
            if let otherwise { json["otherwise"] = .object(otherwise.members) }
        case .call(let name): json["workflow"] = .string(name)
        case nil: break
        }
        return .object(json)
    }
}

extension WorkflowDefinition.Body {
    var members: [String: JSONValue] {
        var json: [String: JSONValue] = ["steps": .array(steps.map(\.json))]
        if let gives { json["gives"] = gives.json }
        return json
    }
}

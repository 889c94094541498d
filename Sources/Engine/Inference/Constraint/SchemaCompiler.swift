import Core

/// A JSON schema (2020-12) to rules. Every text of the grammar is a value that the schema takes; not every value has a text of the grammar: names come in the order of the schema, names that the schema does
/// not list are not written beside those that it lists, and numbers have at most 16 digits.
///
/// Understood: `type`, `enum`, `const`, `properties`, `required`, `additionalProperties`, `items`, `prefixItems`, `minItems`, `maxItems`, `minLength`, `maxLength`, `pattern` (see ``PatternParser``),
/// `format` (date, time, date-time, uuid, ipv4), `minimum`, `maximum` and their exclusive forms, `multipleOf` 1, `anyOf`, `oneOf` whose branches cannot overlap, `allOf` of one, `$ref` within the schema, `true`, `false`.
/// Notes for readers (`title`, `description`, `default`, …) are passed over; whatever else constrains is refused by name, since passing over it could admit wrong values.
struct SchemaCompiler {
    let schema: JSONValue
    var rules = JSONRules()
    /// Schemas that were referred to and wait to be written, so that long chains need no deep stack.
    private var pending: [(number: Int, pointer: String)] = []
    private var referred: [String: Int] = [:]

    static let notes: Set<String> = [
        "title", "description", "default", "examples", "$comment", "$schema", "$id", "$defs", "definitions", "deprecated", "readOnly", "writeOnly",
    ]
    /// Which type a keyword speaks of.
    static let owners: [String: Set<String>] = [
        "properties": ["object"], "required": ["object"], "additionalProperties": ["object"],
        "items": ["array"], "prefixItems": ["array"], "minItems": ["array"], "maxItems": ["array"],
        "minLength": ["string"], "maxLength": ["string"], "pattern": ["string"], "format": ["string"],
        "minimum": ["number", "integer"], "maximum": ["number", "integer"], "exclusiveMinimum": ["number", "integer"], "exclusiveMaximum": ["number", "integer"], "multipleOf": ["number", "integer"],
    ]

    /// - Parameter schema: read so that `properties` are lists of name, schema, name, schema ….
    init(_ schema: JSONValue) { self.schema = schema }

    mutating func compile() throws -> [GrammarRule] {
        rules.rules[0].expression = try value(schema, "#")
        while let next = pending.popLast() {
            rules.rules[next.number].expression = try value(try resolve(next.pointer), next.pointer)
        }
        return rules.rules
    }

    func fault(_ what: String, _ path: String) -> Fault { Fault.grammar("the schema at \(path.prefix(200)): \(what)") }

    /// A value of a schema; `path` names it in errors.
    mutating func value(_ schema: JSONValue, _ path: String) throws -> GrammarExpression {
        if let allowed = schema.bool { return allowed ? rules.freeValue(depth: JSONRules.depthMax) : .choice([]) }
        guard let members = schema.object else { throw fault("a schema must be an object, true or false", path) }
        let keys = Set(members.keys.filter { !Self.notes.contains($0) && !$0.hasPrefix("x-") })
        if let pointer = members["$ref"]?.string {
            guard keys == ["$ref"] else { throw fault("\(keys.subtracting(["$ref"]).sorted()[0]) beside $ref is not supported", path) }
            return try reference(pointer, path)
        }
        for word in ["anyOf", "oneOf", "allOf"] where keys.contains(word) {
            guard keys == [word] else { throw fault("\(keys.subtracting([word]).sorted()[0]) beside \(word) is not supported", path) }
            return try combination(word, members[word] ?? .null, path)
        }
        if keys.contains("const") || keys.contains("enum") { return try constants(schema, keys, path) }
        let types = try self.types(members, keys, path)
        for key in keys where key != "type" && (Self.owners[key] ?? []).isDisjoint(with: types) {
            throw fault(Self.owners[key] == nil ? "\(key.prefix(64)) is not supported" : "\(key) does not go with the type", path)
        }
        guard !types.isEmpty else { return rules.freeValue(depth: JSONRules.depthMax) }
        let choices = try types.map { try value(ofType: $0, members, path) }
        return choices.count == 1 ? choices[0] : .choice(choices)
    }

    /// The types that are asked for; where none is written, those that the keywords speak of.
    private func types(_ members: [String: JSONValue], _ keys: Set<String>, _ path: String) throws -> [String] {
        guard let type = members["type"] else {
            let spoken = keys.flatMap { Self.owners[$0].map { owners in owners.contains("number") ? ["number"] : Array(owners) } ?? [] }
            return Set(spoken).sorted()
        }
        let names = type.string.map { [$0] } ?? type.array?.map { $0.string ?? "" } ?? [""]
        let known = ["object", "array", "string", "number", "integer", "boolean", "null"]
        guard !names.isEmpty, Set(names).count == names.count, names.allSatisfy(known.contains) else { throw fault("type must be one or several of \(known.joined(separator: ", "))", path) }
        // An integer is a number.
        return names.contains("number") ? names.filter { $0 != "integer" } : names
    }

    private mutating func value(ofType type: String, _ members: [String: JSONValue], _ path: String) throws -> GrammarExpression {
        switch type {
        case "object": try object(members, path)
        case "array": try array(members, path)
        case "string": try string(members, path)
        case "number": try number(members, isInteger: false, path)
        case "integer": try number(members, isInteger: true, path)
        case "boolean": .choice([.text("true"), .text("false")])
        default: .text("null")
        }
    }

    private mutating func constants(_ schema: JSONValue, _ keys: Set<String>, _ path: String) throws -> GrammarExpression {
        if let odd = keys.subtracting(["const", "enum", "type"]).sorted().first { throw fault("\(odd.prefix(64)) beside const or enum is not supported", path) }
        guard let values = SchemaOverlap.constants(schema), !values.isEmpty else { throw fault("enum must be a list of values", path) }
        guard !values.contains(where: Self.hasListedMembers) else { throw fault("a constant with a member named properties is not supported", path) }
        guard values.allSatisfy({ SchemaOverlap.depth($0) <= JSONRules.depthMax }) else { throw fault("a constant has more than \(JSONRules.depthMax) levels", path) }
        return .choice(values.map { .text($0.text) })
    }

    /// Reading turned such members into lists.
    private static func hasListedMembers(_ value: JSONValue) -> Bool {
        switch value {
        case .object(let members): members["properties"] != nil || members.values.contains(where: hasListedMembers)
        case .array(let elements): elements.contains(where: hasListedMembers)
        default: false
        }
    }

    private mutating func combination(_ word: String, _ list: JSONValue, _ path: String) throws -> GrammarExpression {
        guard let branches = list.array, !branches.isEmpty else { throw fault("\(word) must be a list of schemas", path) }
        if word == "allOf", branches.count > 1 { throw fault("allOf of several schemas is not supported; write them as one", path) }
        if word == "oneOf" {
            let compiler = self
            let overlap = SchemaOverlap { try? compiler.resolve($0) }
            for first in branches.indices { for second in branches.indices where second > first {
                guard overlap.isDisjoint(branches[first], branches[second]) else { throw fault("branches \(first) and \(second) of oneOf may overlap; write anyOf, or give them different types or a required const of one name", path) }
            } }
        }
        return .choice(try branches.enumerated().map { try value($1, "\(path)/\(word)/\($0)") })
    }

    private mutating func reference(_ pointer: String, _ path: String) throws -> GrammarExpression {
        if let number = referred[pointer] { return .rule(number) }
        guard pointer.hasPrefix("#") else { throw fault("$ref to another document is not supported", path) }
        do { _ = try resolve(pointer) } catch { throw fault("$ref names nothing", path) }
        let number = rules.rules.count
        guard number < Grammar.ruleCountMax else { throw fault("more than \(Grammar.ruleCountMax) rules", path) }
        rules.rules.append(GrammarRule(name: pointer, expression: .nothing))
        referred[pointer] = number
        pending.append((number, pointer))
        return .rule(number)
    }

    private func resolve(_ pointer: String) throws -> JSONValue {
        var value = schema
        for part in pointer.dropFirst().split(separator: "/") {
            let name = part.split(separator: "~1", omittingEmptySubsequences: false).joined(separator: "/").split(separator: "~0", omittingEmptySubsequences: false).joined(separator: "~")
            let next = value[name] ?? Int(name).flatMap { value[$0] } ?? SchemaOverlap.properties(value).first { $0.name == name }?.schema
            guard let next else { throw fault("$ref names nothing", pointer) }
            value = next
        }
        return value
    }
}

import Core

/// Tells whether two schemas can both take one value, as far as types, constants and required constants of members say.
struct SchemaOverlap {
    /// What a `$ref` names.
    let resolve: (String) -> JSONValue?

    /// References that are followed one after another.
    private static let hopMax = 32

    func isDisjoint(_ first: JSONValue, _ second: JSONValue) -> Bool {
        let (first, second) = (followed(first), followed(second))
        if let one = types(first), let other = types(second), one.isDisjoint(with: other) { return true }
        if let one = Self.constants(first), let other = Self.constants(second) { return Self.areDisjoint(one, other) }
        // Both are objects: a member that both require, with other constants in each.
        let (one, other) = (requiredConstants(first), requiredConstants(second))
        return types(first) == ["object"] && types(second) == ["object"] && one.contains { name, values in other[name].map { Self.areDisjoint(values, $0) } ?? false }
    }

    private func followed(_ schema: JSONValue) -> JSONValue {
        var schema = schema
        for _ in 0..<Self.hopMax {
            guard let pointer = schema["$ref"]?.string, let next = resolve(pointer) else { return schema }
            schema = next
        }
        return schema
    }

    private func types(_ schema: JSONValue) -> Set<String>? {
        if let values = Self.constants(schema) { return Set(values.map(Self.type)) }
        let names = schema["type"]?.string.map { [$0] } ?? schema["type"]?.array?.compactMap(\.string)
        return names.map { Set($0.map { $0 == "integer" ? "number" : $0 }) }
    }

    private func requiredConstants(_ schema: JSONValue) -> [String: [JSONValue]] {
        let required = Set(schema["required"]?.array?.compactMap(\.string) ?? [])
        var result: [String: [JSONValue]] = [:]
        for (name, member) in Self.properties(schema["properties"] ?? .null) where required.contains(name) { result[name] = Self.constants(followed(member)) }
        return result
    }

    private static func areDisjoint(_ one: [JSONValue], _ other: [JSONValue]) -> Bool { Set(one.map(normal)).isDisjoint(with: other.map(normal)) }

    /// 1 and 1.0 are one number.
    private static func normal(_ value: JSONValue) -> JSONValue {
        switch value {
        case .double(let number): Int(exactly: number).map { .int($0) } ?? value
        case .array(let elements): .array(elements.map(normal))
        case .object(let members): .object(members.mapValues(normal))
        default: value
        }
    }

    private static func type(_ value: JSONValue) -> String {
        switch value {
        case .null: "null"
        case .bool: "boolean"
        case .int, .double: "number"
        case .string: "string"
        case .array: "array"
        case .object: "object"
        }
    }

    /// The values that `const` or `enum` names, those of another type left out; nil if there is neither.
    static func constants(_ schema: JSONValue) -> [JSONValue]? {
        guard let values = schema["const"].map({ [$0] }) ?? schema["enum"]?.array else { return nil }
        let both = schema["const"] != nil ? schema["enum"]?.array.map { list in values.filter { value in list.contains { normal($0) == normal(value) } } } ?? values : values
        guard let names = schema["type"].map({ $0.string.map { [$0] } ?? $0.array?.compactMap(\.string) ?? [] }) else { return both }
        return both.filter { value in names.contains(type(value)) || (names.contains("integer") && normal(value).int != nil) }
    }

    /// How many levels a value has.
    static func depth(_ value: JSONValue) -> Int {
        switch value {
        case .array(let elements): 1 + (elements.map(depth).max() ?? 0)
        case .object(let members): 1 + (members.values.map(depth).max() ?? 0)
        default: 0
        }
    }

    /// Names and schemas of a list of name, schema, name, schema ….
    static func properties(_ list: JSONValue) -> [(name: String, schema: JSONValue)] {
        let list = list.array ?? []
        return stride(from: 0, to: list.count - 1, by: 2).compactMap { place in list[place].string.map { ($0, list[place + 1]) } }
    }
}

import Core

/// A plain validator of the part of JSON Schema that grammars are made of. It reads values, not texts, and shares no line with the compiler.
enum SchemaValidator {
    static func isValid(_ value: JSONValue, _ schema: JSONValue, root: JSONValue) -> Bool {
        if let allowed = schema.bool { return allowed }
        func valid(_ value: JSONValue, _ part: JSONValue) -> Bool { isValid(value, part, root: root) }
        if let pointer = schema["$ref"]?.string {
            return valid(value, pointer.dropFirst(2).split(separator: "/").reduce(root) { $0[String($1)] ?? .null })
        }
        if let any = schema["anyOf"]?.array { return any.contains { valid(value, $0) } }
        if let one = schema["oneOf"]?.array { return one.count(where: { valid(value, $0) }) == 1 }
        if let constant = schema["const"], constant != value { return false }
        if let list = schema["enum"]?.array, !list.contains(value) { return false }
        if let types = schema["type"].map({ $0.string.map { [$0] } ?? $0.array?.compactMap(\.string) ?? [] }), !types.contains(where: { isOf($0, value) }) { return false }
        switch value {
        case .string(let text):
            let count = text.unicodeScalars.count
            return count >= schema["minLength"]?.int ?? 0 && count <= schema["maxLength"]?.int ?? .max
        case .int, .double:
            let number = value.double ?? .nan
            if let least = schema["minimum"]?.double, number < least { return false }
            if let most = schema["maximum"]?.double, number > most { return false }
            if let least = schema["exclusiveMinimum"]?.double, number <= least { return false }
            if let most = schema["exclusiveMaximum"]?.double, number >= most { return false }
            return true
        case .array(let elements):
            let first = schema["prefixItems"]?.array ?? []
            guard elements.count >= schema["minItems"]?.int ?? 0, elements.count <= schema["maxItems"]?.int ?? .max else { return false }
            return elements.enumerated().allSatisfy { $0 < first.count ? valid($1, first[$0]) : valid($1, schema["items"] ?? true) }
        case .object(let members):
            guard schema["required"]?.array?.allSatisfy({ members[$0.string ?? ""] != nil }) ?? true else { return false }
            return members.allSatisfy { name, member in valid(member, schema["properties"]?[name] ?? schema["additionalProperties"] ?? true) }
        default: return true
        }
    }

    private static func isOf(_ type: String, _ value: JSONValue) -> Bool {
        switch value {
        case .null: type == "null"
        case .bool: type == "boolean"
        case .int: type == "integer" || type == "number"
        case .double(let number): type == "number" || type == "integer" && number == number.rounded()
        case .string: type == "string"
        case .array: type == "array"
        case .object: type == "object"
        }
    }
}

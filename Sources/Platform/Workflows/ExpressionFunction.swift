import Core

/// The functions of expressions.
enum ExpressionFunction: String, Sendable, CaseIterable {
    case upper, lower, trim, length, contains, startsWith, endsWith, split, join, replace, lines, text, number
    case round, floor, ceil, abs, min, max, sum
    case first, last, slice, sort, reverse, unique, flatten, keys, values, merge, `default`
    case filter, map, any, all, count, sortBy

    /// Whether it takes `name => body`.
    var takesBody: Bool { [.filter, .map, .any, .all, .count, .sortBy].contains(self) }

    var argumentCounts: ClosedRange<Int> {
        switch self {
        case .contains, .startsWith, .endsWith, .split, .join, .default, .merge: 2...2
        case .replace: 3...3
        case .slice: 2...3
        case .round: 1...2
        case .min, .max: 1...16
        default: 1...1
        }
    }
}

extension ExpressionEvaluation {
    static func trimmed(_ text: String) -> String {
        guard let first = text.firstIndex(where: { !$0.isWhitespace }), let last = text.lastIndex(where: { !$0.isWhitespace }) else { return "" }
        return String(text[first...last])
    }

    static func parsed(_ value: JSONValue) throws -> JSONValue {
        if value.double != nil { return value }
        let text = trimmed(try string(value))
        guard let number = Int(text).map({ JSONValue.int($0) }) ?? Double(text).flatMap({ $0.isFinite ? .double($0) : nil }) else { return .null }
        return number
    }

    static func replaced(_ values: [JSONValue]) throws -> JSONValue {
        let (text, old, new) = (try string(values[0]), try string(values[1]), try string(values[2]))
        guard !old.isEmpty else { throw refuse("replace of nothing") }
        let parts = text.split(separator: old, omittingEmptySubsequences: false)
        guard text.utf8.count + parts.count * new.utf8.count <= Expression.sizeMax else { throw refuse("its values grow past \(Expression.sizeMax) characters and elements") }
        return .string(parts.joined(separator: new))
    }

    /// From an index to another, not included; counted in characters for texts, from the end below zero.
    static func slice(_ values: [JSONValue]) throws -> JSONValue {
        let count = try values[0].string?.count ?? list(values[0]).count
        func bound(_ value: JSONValue) throws -> Int {
            guard let index = value.int else { throw refuse("an index is no whole number") }
            return Swift.min(Swift.max(index < 0 ? count &+ index : index, 0), count)
        }
        let start = try bound(values[1]), end = Swift.max(start, values.count > 2 ? try bound(values[2]) : count)
        if let text = values[0].string { return .string(String(text.dropFirst(start).prefix(end - start))) }
        return .array(Array(try list(values[0])[start..<end]))
    }
}

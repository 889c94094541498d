import Core
import Detection

/// What values of a field must be. Values of CSV are texts, so a text that reads as a number counts as one.
struct DataRule: Sendable {
    /// What kind of value.
    enum Kind: String, CaseIterable, Sendable { case string, number, integer, boolean, date }

    let field: String
    private let isRequired: Bool
    private let isUnique: Bool
    private let kind: Kind?
    private let range: (least: Double?, most: Double?)
    private let allowed: [JSONValue]?
    private let pattern: LinearPattern?
    static let countMax = 100
    private static let keys: Set<String> = ["field", "required", "unique", "type", "min", "max", "in", "pattern"]

    /// - Throws: `nodes.input` naming the rule's place; `detection.pattern`.
    static func list(_ json: JSONValue?) throws -> [DataRule] {
        guard let elements = json?.array, elements.count <= countMax else {
            throw Fault(.nodeInput, "the input rules must be an array of at most \(countMax) rules", remedy: "write {field: NAME, required: true}")
        }
        return try elements.enumerated().map { try DataRule($1, number: $0 + 1) }
    }

    private init(_ json: JSONValue, number: Int) throws {
        func wrong(_ what: String) -> Fault { Fault(.nodeInput, "rule \(number) \(what)", remedy: "rules have \(Self.keys.sorted().joined(separator: ", "))") }
        guard let members = json.object, let field = json["field"]?.string, !field.isEmpty else { throw wrong("names no field") }
        guard members.keys.allSatisfy(Self.keys.contains) else { throw wrong("has an unknown key") }
        func flag(_ name: String) throws -> Bool {
            guard let value = members[name] else { return false }
            guard let flag = value.bool else { throw wrong("has a \(name) that is neither true nor false") }
            return flag
        }
        func bound(_ name: String) throws -> Double? {
            guard let value = members[name] else { return nil }
            guard let number = value.double else { throw wrong("has a \(name) that is no number") }
            return number
        }
        self.field = field
        (isRequired, isUnique, range) = (try flag("required"), try flag("unique"), (try bound("min"), try bound("max")))
        kind = try json["type"].map { value in
            guard let kind = value.string.flatMap(Kind.init) else { throw wrong("has an unknown type; types are \(Kind.allCases.map(\.rawValue).joined(separator: ", "))") }
            return kind
        }
        allowed = try json["in"].map { value in
            guard let list = value.array else { throw wrong("has an in that is no list") }
            return list
        }
        pattern = try json["pattern"].map { value in
            guard let text = value.string else { throw wrong("has a pattern that is no text") }
            return try LinearPattern(text)
        }
    }

    /// Rows that break the rule, and how.
    func problems(in records: [JSONValue]) -> [(row: Int, what: String)] {
        let values = records.map { $0[field].flatMap { $0 == .null || $0.string?.allSatisfy(\.isWhitespace) == true ? nil : $0 } }
        var found: [(row: Int, what: String)] = []
        var seen: Set<String> = []
        let matches = pattern?.matchesWhole(values.map { $0.map(Self.text) ?? "" })
        for (row, value) in values.enumerated() {
            guard let value else {
                if isRequired { found.append((row, "required")) }
                continue
            }
            if let kind, !Self.isOne(value, kind) { found.append((row, "type")) }
            if range.least != nil || range.most != nil {
                let number = Self.number(value)
                if number.map({ $0 < range.least ?? -.infinity || $0 > range.most ?? .infinity }) ?? true { found.append((row, "range")) }
            }
            if let allowed, !allowed.contains(where: { $0 == value || Self.text($0) == Self.text(value) }) { found.append((row, "in")) }
            if matches?[row] == false { found.append((row, "pattern")) }
            if isUnique, !seen.insert(Self.text(value)).inserted { found.append((row, "unique")) }
        }
        return found
    }

    private static func text(_ value: JSONValue) -> String { value.string ?? value.text }

    private static func number(_ value: JSONValue) -> Double? {
        guard let number = value.double ?? value.string.flatMap({ Double($0.filter { !$0.isWhitespace }) }), number.isFinite else { return nil }
        return number
    }

    private static func isOne(_ value: JSONValue, _ kind: Kind) -> Bool {
        switch kind {
        case .string: value.string != nil
        case .number: number(value) != nil
        case .integer: number(value).map { $0 == $0.rounded() } ?? false
        case .boolean: value.bool != nil || ["true", "false", "0", "1", "是", "否"].contains(value.string?.lowercased() ?? "")
        case .date: value.string.map(isDate) ?? false
        }
    }

    /// A day as 2026-11-30, 2026/11/30 or 2026年11月30日.
    private static func isDate(_ text: String) -> Bool {
        let parts = text.split { "-/年月日".contains($0) }.map { Int($0) }
        guard parts.count == 3, let year = parts[0], let month = parts[1], let day = parts[2], (1...9_999).contains(year), (1...12).contains(month), day >= 1 else { return false }
        let isLeap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0)
        return day <= [31, isLeap ? 29 : 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31][month - 1]
    }
}

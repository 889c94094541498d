import Core

extension SchemaCompiler {
    // MARK: - Objects and arrays

    mutating func object(_ members: [String: JSONValue], _ path: String) throws -> GrammarExpression {
        let listed = SchemaOverlap.properties(members["properties"] ?? .array([]))
        guard Set(listed.map(\.name)).count == listed.count, members["properties"] == nil || members["properties"]?.array != nil else { throw fault("properties must be an object of different names", path) }
        guard let required = members["required"].map({ $0.array?.compactMap(\.string) }) ?? [] else { throw fault("required must be a list of names", path) }
        let additional = members["additionalProperties"] ?? true
        let names = Set(listed.map(\.name)), missing = required.filter { !names.contains($0) }
        guard missing.isEmpty || additional != false else { throw fault("required names what additionalProperties forbids", path) }
        let space = rules.space
        if listed.isEmpty, missing.isEmpty {
            guard additional != false else { return .sequence([.text("{"), space, .text("}")]) }
            return rules.map(of: try value(additional, "\(path)/additionalProperties"))
        }
        var written: [(member: GrammarExpression, isRequired: Bool)] = []
        for (name, schema) in listed {
            let expression = try value(schema, "\(path)/properties/\(name.prefix(64))")
            written.append((.sequence([.text(JSONValue.string(name).text + ":"), space, expression]), required.contains(name)))
        }
        for name in missing {
            let expression = try value(additional, "\(path)/additionalProperties")
            written.append((.sequence([.text(JSONValue.string(name).text + ":"), space, expression]), true))
        }
        return try sequence(written, path)
    }

    /// Members in order, those that are not required possibly left out. Between two of them stands a comma, so that it matters whether one came before.
    private mutating func sequence(_ members: [(member: GrammarExpression, isRequired: Bool)], _ path: String) throws -> GrammarExpression {
        let space = rules.space
        guard rules.rules.count + 2 * members.count < Grammar.ruleCountMax else { throw fault("more than \(Grammar.ruleCountMax) rules", path) }
        // From the last to the first: what may follow after a member, and what if none came yet.
        var (after, before) = (space, GrammarExpression.nothing)
        for (member, isRequired) in members.reversed() {
            let next = add("the members after one", after)
            let more = GrammarExpression.sequence([.text(","), space, member])
            before = isRequired ? .sequence([member, next]) : .choice([.sequence([member, next]), add("the first members", before)])
            after = .sequence([isRequired ? more : .optional(more), next])
        }
        return .sequence([.text("{"), space, before, .text("}")])
    }

    private mutating func add(_ name: String, _ expression: GrammarExpression) -> GrammarExpression {
        switch expression {
        case .rule, .sequence([]): return expression
        default:
            rules.rules.append(GrammarRule(name: name, expression: expression))
            return .rule(rules.rules.count - 1)
        }
    }

    mutating func array(_ members: [String: JSONValue], _ path: String) throws -> GrammarExpression {
        let first = members["prefixItems"]?.array ?? []
        guard members["prefixItems"] == nil || !first.isEmpty else { throw fault("prefixItems must be a list of schemas", path) }
        let least = try count("minItems", members, path) ?? 0
        var most = try count("maxItems", members, path).map { min($0, Grammar.repetitionMax) }
        if members["items"] == false { most = min(most ?? first.count, first.count) }
        guard least <= most ?? least, least <= Grammar.repetitionMax else { throw fault("no array fits minItems and maxItems", path) }
        let rest = members["items"] == false ? GrammarExpression.choice([]) : try value(members["items"] ?? true, "\(path)/items")
        guard !first.isEmpty else { return rules.list(of: rest, least: least, most: most) }
        // All of the first are written, as far as the bounds go; then the others.
        let space = rules.space, shown = min(first.count, most ?? first.count)
        var parts: [GrammarExpression] = [.text("["), space]
        for (index, schema) in first.prefix(shown).enumerated() {
            if index > 0 { parts += [.text(","), space] }
            parts.append(try value(schema, "\(path)/prefixItems/\(index)"))
        }
        let more = GrammarExpression.sequence([.text(","), space, rest])
        if most ?? .max > shown { parts.append(.repeated(more, max(0, least - shown), most.map { $0 - shown })) }
        return .sequence(parts + [space, .text("]")])
    }

    /// A keyword that is a number of things.
    private func count(_ key: String, _ members: [String: JSONValue], _ path: String) throws -> Int? {
        guard let value = members[key] else { return nil }
        guard let count = value.int, count >= 0 else { throw fault("\(key) must be a whole number from 0", path) }
        return count
    }

    // MARK: - Texts

    mutating func string(_ members: [String: JSONValue], _ path: String) throws -> GrammarExpression {
        let least = try count("minLength", members, path) ?? 0, most = try count("maxLength", members, path)
        guard least <= most ?? least, least <= Grammar.repetitionMax else { throw fault("no text fits minLength and maxLength", path) }
        let bounds = ["minLength", "maxLength"].filter { members[$0] != nil }
        if let pattern = members["pattern"] {
            if let odd = (bounds + ["format"]).first(where: { members[$0] != nil }) { throw fault("\(odd) beside pattern is not supported", path) }
            guard let text = pattern.string else { throw fault("pattern must be text", path) }
            let character = rules.character
            do {
                var parser = try PatternParser(text)
                return .sequence([.text("\""), try parser.parse(anything: .repeated(character, 0, nil)), .text("\"")])
            } catch let error as Fault {
                throw fault(error.message, path)
            }
        }
        if let format = members["format"] {
            if let odd = bounds.first { throw fault("\(odd) beside format is not supported", path) }
            guard let name = format.string, let pattern = Self.formats[name] else { throw fault("of formats only \(Self.formats.keys.sorted().joined(separator: ", ")) are supported", path) }
            var parser = try PatternParser(pattern)
            return .sequence([.text("\""), try parser.parse(anything: .nothing), .text("\"")])
        }
        return rules.string(least: least, most: most.map { min($0, Grammar.repetitionMax) })
    }

    /// RFC 3339 and RFC 4122. A month has as many days as every month, or the grammar would have to count leap years.
    private static let formats = [
        "date": "^\(date)$", "time": "^\(time)$", "date-time": "^\(date)T\(time)$", "uuid": "^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$",
        "ipv4": "^(25[0-5]|2[0-4][0-9]|1[0-9]{2}|[1-9]?[0-9])(\\.(25[0-5]|2[0-4][0-9]|1[0-9]{2}|[1-9]?[0-9])){3}$",
    ]
    private static let date = "[0-9]{4}-(0[1-9]|1[0-2])-(0[1-9]|1[0-9]|2[0-8])"
    private static let time = "([01][0-9]|2[0-3]):[0-5][0-9]:[0-5][0-9](\\.[0-9]{1,6})?(Z|[+-]([01][0-9]|2[0-3]):[0-5][0-9])"

    // MARK: - Numbers

    mutating func number(_ members: [String: JSONValue], isInteger: Bool, _ path: String) throws -> GrammarExpression {
        if let step = members["multipleOf"] {
            guard isInteger, step.int == 1 else { throw fault("multipleOf is supported for integers and 1 only", path) }
        }
        let low = try bound(["minimum": false, "exclusiveMinimum": true], members, isInteger: isInteger, isLow: true, path)
        let high = try bound(["maximum": false, "exclusiveMaximum": true], members, isInteger: isInteger, isLow: false, path)
        guard low != nil || high != nil else { return isInteger ? rules.integer : rules.number }
        let digits = max(low?.value.fraction.count ?? 0, high?.value.fraction.count ?? 0)
        guard let range = DecimalRange.expression(low: low, high: high, fractionMax: isInteger ? 0 : min(15, max(6, digits + 1))) else { throw fault("no number fits the bounds", path) }
        return range
    }

    /// The stricter of the bounds that are written.
    private func bound(_ keys: [String: Bool], _ members: [String: JSONValue], isInteger: Bool, isLow: Bool, _ path: String) throws -> DecimalRange.Bound? {
        var found: (number: Double, isOpen: Bool)?
        for (key, isOpen) in keys.sorted(by: { $0.key > $1.key }) {
            guard let value = members[key] else { continue }
            guard let number = value.double, abs(number) < 1e15 else { throw fault("\(key) must be a number of at most 15 digits", path) }
            let isStricter = found.map { isLow ? number > $0.number : number < $0.number } ?? true
            if isStricter || (number == found?.number && isOpen) { found = (number, isOpen) }
        }
        guard var (number, isOpen) = found else { return nil }
        if isInteger {
            let whole = isLow ? number.rounded(.up) : number.rounded(.down)
            (number, isOpen) = (isOpen && whole == number ? whole + (isLow ? 1 : -1) : whole, false)
        }
        guard let decimal = Self.decimal(abs(number)), decimal.fraction.count <= 14 else { throw fault("a bound has more than 14 digits after its point", path) }
        return .init(value: decimal, isNegative: number < 0, isOpen: isOpen)
    }

    private static func decimal(_ number: Double) -> DecimalRange.Decimal? {
        guard number == 0 || number >= 1e-4 else { return nil }
        let parts = number < 1e15 && number == number.rounded() ? ["\(Int(number))"] : "\(number)".split(separator: ".").map(String.init)
        guard parts.allSatisfy({ $0.utf8.allSatisfy { (0x30...0x39).contains($0) } }) else { return nil }
        var fraction = parts.count > 1 ? parts[1].utf8.map { $0 - 0x30 } : []
        while fraction.last == 0 { fraction.removeLast() }
        return .init(whole: parts[0].utf8.map { $0 - 0x30 }, fraction: fraction)
    }
}

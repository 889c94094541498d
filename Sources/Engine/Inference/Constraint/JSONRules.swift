/// Rules of JSON (RFC 8259) that grammars for it are put together from. Rule 0 is the whole text.
///
/// Between parts one blank, or a line break with up to 20 blanks, is possible: models are used to both, and without a bound one could write blanks for ever.
struct JSONRules {
    /// Levels of a value of which nothing is said.
    static let depthMax = 12

    var rules = [GrammarRule(name: "the whole text", expression: .nothing)]
    private var known: [String: Int] = [:]

    /// The rule of a name; written when it is first asked for. It may call itself.
    mutating func rule(_ name: String, _ write: (inout JSONRules) throws -> GrammarExpression) rethrows -> GrammarExpression {
        if let number = known[name] { return .rule(number) }
        let number = rules.count
        known[name] = number
        rules.append(GrammarRule(name: name, expression: .nothing))
        rules[number].expression = try write(&self)
        return .rule(number)
    }

    var space: GrammarExpression {
        mutating get {
            rule("blanks") { _ in .choice([.nothing, .text(" "), .sequence([.text("\n"), .repeated(.scalars(GrammarCharacters(" \t")), 0, 20)])]) }
        }
    }

    // MARK: - Texts

    /// Characters that stand for themselves between quotation marks.
    static let plain = GrammarCharacters([0x20...0x21, 0x23...0x5B, 0x5D...GrammarCharacters.last])
    private static let hexadecimal = GrammarCharacters([0x30...0x39, 0x41...0x46, 0x61...0x66])

    /// One character in any spelling but halves of surrogates.
    var character: GrammarExpression {
        mutating get {
            rule("a character") { _ in
                let hex = GrammarExpression.scalars(Self.hexadecimal)
                return .choice([
                    .scalars(Self.plain), .sequence([.text("\\"), .scalars(GrammarCharacters("\"\\/bfnrt"))]),
                    .sequence([.text("\\u"), .scalars(Self.hexadecimal.subtracting(GrammarCharacters("dD"))), .repeated(hex, 3, 3)]),
                    .sequence([.text("\\u"), .scalars(GrammarCharacters("dD")), .scalars(GrammarCharacters("01234567")), .repeated(hex, 2, 2)]),
                ])
            }
        }
    }

    /// The characters of a set in their shortest spellings.
    static func spelled(_ set: GrammarCharacters) -> GrammarExpression {
        var choices: [GrammarExpression] = [.scalars(set.subtracting(plain.inverted))]
        let short: [UInt32: String] = [0x22: "\\\"", 0x5C: "\\\\", 0x08: "\\b", 0x0C: "\\f", 0x0A: "\\n", 0x0D: "\\r", 0x09: "\\t"]
        for scalar in Array(UInt32(0)..<0x20) + [0x22, 0x5C] where set.contains(scalar) {
            let hex = String(scalar, radix: 16)
            choices.append(.text(short[scalar] ?? "\\u" + String(repeating: "0", count: 4 - hex.count) + hex))
        }
        return .choice(choices)
    }

    mutating func string(least: Int = 0, most: Int? = nil) -> GrammarExpression { .sequence([.text("\""), .repeated(character, least, most), .text("\"")]) }

    // MARK: - Numbers

    static let digit = GrammarExpression.scalars(GrammarCharacters([0x30...0x39]))
    static func digits(_ low: UInt8, _ high: UInt8) -> GrammarExpression { .scalars(GrammarCharacters([0x30 + UInt32(low)...0x30 + UInt32(high)])) }

    /// A whole number of at most 16 digits.
    var integer: GrammarExpression {
        mutating get { rule("an integer") { _ in .sequence([.optional(.text("-")), .choice([.text("0"), .sequence([Self.digits(1, 9), .repeated(Self.digit, 0, 15)])])]) } }
    }

    /// A number that every reader can hold: 16 digits before and after the point, an exponent of two.
    var number: GrammarExpression {
        mutating get {
            rule("a number") { rules in
                .sequence([
                    rules.integer, .optional(.sequence([.text("."), .repeated(Self.digit, 1, 16)])),
                    .optional(.sequence([.scalars(GrammarCharacters("eE")), .optional(.scalars(GrammarCharacters("+-"))), .repeated(Self.digit, 1, 2)])),
                ])
            }
        }
    }

    // MARK: - Values of which nothing is said

    mutating func freeValue(depth: Int) -> GrammarExpression {
        rule("any value of \(depth) levels") { rules in
            var choices: [GrammarExpression] = [rules.string(), rules.number, .text("true"), .text("false"), .text("null")]
            if depth > 0 { choices += [rules.freeObject(depth: depth), rules.freeArray(depth: depth)] }
            return .choice(choices)
        }
    }

    mutating func freeObject(depth: Int) -> GrammarExpression {
        rule("any object of \(depth) levels") { rules in
            let value = rules.freeValue(depth: depth - 1)
            return rules.map(of: value)
        }
    }

    private mutating func freeArray(depth: Int) -> GrammarExpression {
        rule("any array of \(depth) levels") { rules in
            let value = rules.freeValue(depth: depth - 1)
            return rules.list(of: value, least: 0, most: nil)
        }
    }

    /// An object of any names with values of one kind.
    mutating func map(of value: GrammarExpression) -> GrammarExpression {
        let space = space, value = once(value), member = GrammarExpression.sequence([string(), .text(":"), space, value])
        return .sequence([.text("{"), space, .optional(.sequence([member, .repeated(.sequence([.text(","), space, member]), 0, nil), space])), .text("}")])
    }

    /// An array of elements of one kind.
    mutating func list(of element: GrammarExpression, least: Int, most: Int?) -> GrammarExpression {
        let space = space, element = once(element)
        guard most != 0 else { return .sequence([.text("["), space, .text("]")]) }
        let more = GrammarExpression.repeated(.sequence([.text(","), space, element]), max(0, least - 1), most.map { $0 - 1 })
        let all = GrammarExpression.sequence([element, more, space])
        return .sequence([.text("["), space, least == 0 ? .optional(all) : all, .text("]")])
    }

    /// Written once and called: in its place twice, it would double with each level.
    private mutating func once(_ expression: GrammarExpression) -> GrammarExpression {
        switch expression {
        case .rule, .bytes, .scalars: return expression
        default:
            rules.append(GrammarRule(name: "an element", expression: expression))
            return .rule(rules.count - 1)
        }
    }
}

/// Expressions, rank by rank as Jinja has them: conditional, or, and, not, comparison, sum, concatenation, product, power, sign, and what follows a value.
extension TemplateParser {
    mutating func expression(withConditional: Bool = true) throws -> TemplateExpression {
        try nested { parser in
            var result = try parser.disjunction()
            guard withConditional else { return result }
            var rounds = 0
            while parser.skip(name: "if") {
                // Each round wraps the one before: as deep as a bracket.
                rounds += 1
                guard rounds <= ChatTemplate.depthMax else { throw parser.problem("conditions follow one another without an else more than \(ChatTemplate.depthMax) times") }
                let condition = try parser.disjunction()
                let otherwise = parser.skip(name: "else") ? try parser.expression() : nil
                result = .conditional(condition: condition, result, otherwise: otherwise)
            }
            return result
        }
    }

    private mutating func disjunction() throws -> TemplateExpression {
        var parts = [try conjunction()]
        while skip(name: "or") { parts.append(try conjunction()) }
        return parts.count == 1 ? parts[0] : .or(parts)
    }

    private mutating func conjunction() throws -> TemplateExpression {
        var parts = [try negation()]
        while skip(name: "and") { parts.append(try negation()) }
        return parts.count == 1 ? parts[0] : .and(parts)
    }

    private mutating func negation() throws -> TemplateExpression {
        guard skip(name: "not") else { return try comparison() }
        return .not(try nested { try $0.negation() })
    }

    private static let comparisons: [TemplateSymbol: TemplateComparison] = [
        .equal: .equal, .notEqual: .notEqual, .less: .less, .lessOrEqual: .lessOrEqual, .greater: .greater, .greaterOrEqual: .greaterOrEqual,
    ]

    private mutating func comparison() throws -> TemplateExpression {
        let first = try sum()
        var rest: [(TemplateComparison, TemplateExpression)] = []
        while true {
            if case .symbol(let symbol) = current, let comparison = Self.comparisons[symbol] {
                advance()
                rest.append((comparison, try sum()))
            } else if skip(name: "in") {
                rest.append((.isIn, try sum()))
            } else if current == .name("not"), next == .name("in") {
                advance()
                advance()
                rest.append((.isNotIn, try sum()))
            } else {
                return rest.isEmpty ? first : .comparison(first, rest)
            }
        }
    }

    private mutating func chain(_ symbols: Set<TemplateSymbol>, _ operand: (inout TemplateParser) throws -> TemplateExpression) throws -> TemplateExpression {
        let first = try operand(&self)
        var rest: [(TemplateSymbol, TemplateExpression)] = []
        while case .symbol(let symbol) = current, symbols.contains(symbol) {
            advance()
            rest.append((symbol, try operand(&self)))
        }
        return rest.isEmpty ? first : .arithmetic(first, rest)
    }

    private mutating func sum() throws -> TemplateExpression { try chain([.plus, .minus]) { try $0.concatenation() } }

    private mutating func concatenation() throws -> TemplateExpression {
        var parts = [try product()]
        while skip(.tilde) { parts.append(try product()) }
        return parts.count == 1 ? parts[0] : .concatenation(parts)
    }

    private mutating func product() throws -> TemplateExpression {
        try chain([.multiply, .divide, .integerDivide, .modulo]) { try $0.chain([.power]) { try $0.unary() } }
    }

    private mutating func unary(withFilter: Bool = true) throws -> TemplateExpression {
        var value: TemplateExpression
        if current == .symbol(.minus) || current == .symbol(.plus) {
            let isNegative = current == .symbol(.minus)
            advance()
            value = .sign(try nested { try $0.unary(withFilter: false) }, isNegative: isNegative)
        } else {
            value = try primary()
        }
        var postfixes = try postfixes()
        if withFilter { postfixes += try filtersAndTests() }
        if !postfixes.isEmpty { value = .postfix(value, postfixes) }
        return value
    }

    // MARK: - Values

    private static let constants: [String: TemplateExpression] = [
        "true": .bool(true), "True": .bool(true), "false": .bool(false), "False": .bool(false), "none": .none, "None": .none,
    ]

    mutating func primary() throws -> TemplateExpression {
        switch current {
        case .name(let name):
            advance()
            return Self.constants[name] ?? .name(id(of: name))
        case .text(var bytes):
            advance()
            while case .text(let more) = current {
                bytes += more
                advance()
            }
            return .text(bytes)
        case .integer(let value):
            advance()
            return .int(value)
        case .float(let value):
            advance()
            return .float(value)
        case .symbol(.openParenthesis):
            advance()
            let value = try tuple(isBracketed: true)
            try expect(.closeParenthesis)
            return value
        case .symbol(.openBracket):
            advance()
            let items = try items(until: .closeBracket) { try $0.expression() }
            return .list(items)
        case .symbol(.openBrace):
            advance()
            return .dictionary(
                try items(until: .closeBrace) { parser in
                    let key = try parser.expression()
                    try parser.expect(.colon)
                    return (key, try parser.expression())
                })
        default: throw problem("a value is missing")
        }
    }

    /// Items between commas, the last of which may stay empty, and the closing bracket.
    private mutating func items<Item>(until end: TemplateSymbol, _ item: (inout TemplateParser) throws -> Item) throws -> [Item] {
        var items: [Item] = []
        while current != .symbol(end) {
            if !items.isEmpty { try expect(.comma) }
            if current == .symbol(end) { break }
            items.append(try item(&self))
        }
        try expect(end)
        return items
    }

    /// One expression, or several with commas, which make a tuple.
    mutating func tuple(withConditional: Bool = true, isBracketed: Bool = false) throws -> TemplateExpression {
        var items: [TemplateExpression] = []
        var isTuple = false
        while !(current == .variableEnd || current == .blockEnd || current == .symbol(.closeParenthesis) || !withConditional && current == .name("recursive")) {
            items.append(try expression(withConditional: withConditional))
            guard skip(.comma) else { break }
            isTuple = true
        }
        if !isTuple, let only = items.first { return only }
        guard isTuple || isBracketed else { throw problem("an expression is missing") }
        return .tuple(items)
    }

    // MARK: - What follows

    mutating func postfixes() throws -> [TemplatePostfix] {
        var found: [TemplatePostfix] = []
        while true {
            let offset = offset
            switch current {
            case .symbol(.dot):
                advance()
                found.append(.init(offset: offset, kind: try attribute()))
            case .symbol(.openBracket):
                advance()
                found.append(.init(offset: offset, kind: try subscripted()))
            case .symbol(.openParenthesis): found.append(.init(offset: offset, kind: .call(try call())))
            default: return found
            }
        }
    }

    private mutating func attribute() throws -> TemplatePostfix.Kind {
        if case .integer(let index) = current {
            advance()
            return .subscripted(.int(index))
        }
        let name = try expectName()
        return .attribute(id: id(of: name), key: Array(name.utf8), TemplateMethodName(rawValue: name))
    }

    private mutating func subscripted() throws -> TemplatePostfix.Kind {
        let start = current == .symbol(.colon) ? nil : try expression()
        guard skip(.colon) else {
            guard let start else { throw problem("an index is missing") }
            var parts = [start]
            while skip(.comma) { parts.append(try expression()) }
            try expect(.closeBracket)
            return .subscripted(parts.count == 1 ? start : .tuple(parts))
        }
        let end = try sliceBound()
        let step = skip(.colon) ? try sliceBound() : nil
        try expect(.closeBracket)
        return .slice(start, end, step)
    }

    private mutating func sliceBound() throws -> TemplateExpression? {
        current == .symbol(.colon) || current == .symbol(.closeBracket) ? nil : try expression()
    }

    mutating func filtersAndTests() throws -> [TemplatePostfix] {
        var found: [TemplatePostfix] = []
        while true {
            let offset = offset
            if skip(.pipe) {
                found.append(.init(offset: offset, kind: try filter()))
            } else if skip(name: "is") {
                found.append(.init(offset: offset, kind: try test()))
            } else if current == .symbol(.openParenthesis) {
                found.append(.init(offset: offset, kind: .call(try call())))
            } else {
                return found
            }
        }
    }
}

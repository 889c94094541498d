import Core

/// Recursive descent, one method a strength of operators.
struct ExpressionParser {
    private enum Token: Equatable { case number(JSONValue), string(String), name(String), symbol(String), end }
    private static let depthMax = 64
    private static let symbols = ["=>", "==", "!=", "<=", ">=", "&&", "||", "<", ">", "+", "-", "*", "/", "%", "!", "?", ":", ".", ",", "(", ")", "[", "]", "{", "}"]

    private let text: [Unicode.Scalar]
    private var place = 0
    private var token = Token.end
    private var names: Set<String>
    private var depth = 0

    init(_ text: String, names: Set<String>) {
        self.text = Array(text.unicodeScalars)
        self.names = names
    }

    mutating func parse() throws -> ExpressionNode {
        try step()
        let node = try choice()
        guard token == .end else { throw wrong("something follows the end of the expression") }
        return node
    }

    private func wrong(_ what: String) -> Fault { Fault(.workflowDefinition, "expression, before character \(place + 1): \(what)", remedy: "see docs/rooms/workflows.md for what expressions hold") }

    private mutating func step() throws {
        while place < text.count, text[place].properties.isWhitespace { place += 1 }
        guard place < text.count else { return token = .end }
        let first = text[place]
        if ("0"..."9").contains(first) { return try number() }
        if first == "\"" || first == "'" { return try string(first) }
        if first == "_" || first.properties.isAlphabetic {
            let start = place
            while place < text.count, text[place] == "_" || text[place].properties.isAlphabetic || ("0"..."9").contains(text[place]) { place += 1 }
            return token = .name(String(String.UnicodeScalarView(text[start..<place])))
        }
        for symbol in Self.symbols where text[place...].starts(with: symbol.unicodeScalars) {
            place += symbol.unicodeScalars.count
            return token = .symbol(symbol)
        }
        throw wrong("an unknown character")
    }

    private mutating func number() throws {
        let start = place
        while place < text.count, ("0"..."9").contains(text[place]) { place += 1 }
        if place + 1 < text.count, text[place] == ".", ("0"..."9").contains(text[place + 1]) {
            place += 1
            while place < text.count, ("0"..."9").contains(text[place]) { place += 1 }
        }
        let digits = String(String.UnicodeScalarView(text[start..<place]))
        guard let value = Int(digits).map({ JSONValue.int($0) }) ?? Double(digits).map({ .double($0) }) else { throw wrong("a number is too long") }
        token = .number(value)
    }

    private mutating func string(_ quote: Unicode.Scalar) throws {
        place += 1
        var out = String.UnicodeScalarView()
        while place < text.count, text[place] != quote {
            if text[place] == "\\", place + 1 < text.count {
                place += 1
                out.append(text[place] == "n" ? "\n" : text[place] == "t" ? "\t" : text[place])
            } else {
                out.append(text[place])
            }
            place += 1
        }
        guard place < text.count else { throw wrong("a text has no end") }
        place += 1
        token = .string(String(out))
    }

    private mutating func take(_ symbol: String) throws -> Bool {
        guard token == .symbol(symbol) else { return false }
        try step()
        return true
    }

    private mutating func expect(_ symbol: String) throws { guard try take(symbol) else { throw wrong("\(symbol) is missing") } }

    private mutating func choice() throws -> ExpressionNode {
        depth += 1
        defer { depth -= 1 }
        guard depth <= Self.depthMax else { throw wrong("nested deeper than \(Self.depthMax)") }
        let condition = try binary(0)
        guard try take("?") else { return condition }
        let yes = try choice()
        try expect(":")
        return .choice(condition, yes, try choice())
    }

    private static let strengths: [[ExpressionNode.Operation]] = [[.or], [.and], [.equal, .unequal], [.atMost, .atLeast, .less, .greater], [.plus, .minus], [.times, .over, .modulo]]

    private mutating func binary(_ strength: Int) throws -> ExpressionNode {
        guard strength < Self.strengths.count else { return try unary() }
        var left = try binary(strength + 1), count = 0
        while case .symbol(let symbol) = token, let operation = ExpressionNode.Operation(rawValue: symbol), Self.strengths[strength].contains(operation) {
            // Each one makes the tree deeper by one: a walk over it must not run out of stack.
            count += 1
            guard count <= 256 else { throw wrong("more than 256 operators in a row") }
            try step()
            left = .operation(operation, left, try binary(strength + 1))
        }
        return left
    }

    private mutating func unary() throws -> ExpressionNode {
        depth += 1
        defer { depth -= 1 }
        guard depth <= Self.depthMax else { throw wrong("nested deeper than \(Self.depthMax)") }
        if try take("!") { return .not(try unary()) }
        if try take("-") { return .negative(try unary()) }
        var node = try primary(), count = 0
        while true {
            count += 1
            guard count <= 256 else { throw wrong("more than 256 members in a row") }
            if try take(".") {
                guard case .name(let member) = token else { throw wrong("a member's name is missing") }
                try step()
                node = .member(node, member)
            } else if try take("[") {
                node = .element(node, try choice())
                try expect("]")
            } else {
                return node
            }
        }
    }

    private mutating func primary() throws -> ExpressionNode {
        switch token {
        case .number(let value):
            try step()
            return .literal(value)
        case .string(let value):
            try step()
            return .literal(.string(value))
        case .name(let name):
            try step()
            switch name {
            case "true": return .literal(true)
            case "false": return .literal(false)
            case "null": return .literal(.null)
            default: return token == .symbol("(") ? try call(name) : try known(name)
            }
        case .symbol("("):
            try step()
            let inner = try choice()
            try expect(")")
            return inner
        case .symbol("["):
            try step()
            return .array(try list("]") { try $0.choice() })
        case .symbol("{"):
            try step()
            return .object(try list("}") { parser in
                guard let key = parser.key() else { throw parser.wrong("a key is missing") }
                try parser.step()
                try parser.expect(":")
                return (key, try parser.choice())
            })
        default: throw wrong("a value is missing")
        }
    }

    private func key() -> String? {
        switch token {
        case .name(let name), .string(let name): name
        default: nil
        }
    }

    private func known(_ name: String) throws -> ExpressionNode {
        guard names.contains(name) else { throw wrong("nothing is called \(name); it may name \(names.sorted().joined(separator: ", "))") }
        return .name(name)
    }

    private mutating func list<Element>(_ end: String, _ element: (inout ExpressionParser) throws -> Element) throws -> [Element] {
        var elements: [Element] = []
        if try take(end) { return elements }
        repeat { elements.append(try element(&self)) } while try take(",")
        try expect(end)
        return elements
    }

    private mutating func call(_ name: String) throws -> ExpressionNode {
        guard let function = ExpressionFunction(rawValue: name) else {
            throw wrong("no function \(name); known are \(ExpressionFunction.allCases.map(\.rawValue).sorted().joined(separator: ", "))")
        }
        try expect("(")
        guard function.takesBody else {
            let arguments = try list(")") { try $0.choice() }
            guard function.argumentCounts.contains(arguments.count) else { throw wrong("\(name) does not take \(arguments.count) values") }
            return .call(function, arguments)
        }
        let over = try choice()
        try expect(",")
        guard case .name(let variable) = token else { throw wrong("\(name) takes a list and name => expression") }
        try step()
        try expect("=>")
        let outer = names
        names.insert(variable)
        let body = try choice()
        names = outer
        try expect(")")
        return .each(function, over, name: variable, body: body)
    }
}

/// Statements of a template. Recursive descent; blocks and brackets count toward one depth.
struct TemplateParser {
    private let tokens: [TemplateToken]
    private var position = 0
    private var depth = 0
    private var loopDepth = 0
    private var names: [String] = []
    private var ids: [String: Int] = [:]

    init(_ tokens: [TemplateToken]) { self.tokens = tokens }

    mutating func program(source: [UInt8]) throws -> TemplateProgram {
        let body = try statements(until: [])
        return TemplateProgram(source: source, body: body, names: names, ids: ids)
    }

    // MARK: - Tokens

    var current: TemplateToken.Kind { position < tokens.count ? tokens[position].kind : .end }
    var next: TemplateToken.Kind { position + 1 < tokens.count ? tokens[position + 1].kind : .end }
    var offset: Int { position < tokens.count ? tokens[position].offset : tokens.last?.offset ?? 0 }

    mutating func advance() { position += 1 }

    func problem(_ text: String) -> TemplateProblem { TemplateProblem(text, at: offset) }

    mutating func skip(_ symbol: TemplateSymbol) -> Bool {
        guard current == .symbol(symbol) else { return false }
        advance()
        return true
    }

    mutating func skip(name: String) -> Bool {
        guard current == .name(name) else { return false }
        advance()
        return true
    }

    mutating func expect(_ symbol: TemplateSymbol) throws {
        guard skip(symbol) else { throw problem("'\(symbol.rawValue)' is missing") }
    }

    mutating func expectName() throws -> String {
        guard case .name(let name) = current else { throw problem("a name is missing") }
        advance()
        return name
    }

    private mutating func expectBlockEnd() throws {
        guard current == .blockEnd else { throw problem("the tag should end here") }
        advance()
    }

    mutating func id(of name: String) -> Int {
        if let id = ids[name] { return id }
        ids[name] = names.count
        names.append(name)
        return names.count - 1
    }

    mutating func nested<Result>(_ body: (inout TemplateParser) throws -> Result) throws -> Result {
        depth += 1
        guard depth <= ChatTemplate.depthMax else { throw problem("blocks and brackets nest deeper than \(ChatTemplate.depthMax)") }
        defer { depth -= 1 }
        return try body(&self)
    }

    // MARK: - Statements

    /// Statements up to the tag that bears one of the names; its name is current then. No names: up to the end.
    private mutating func statements(until ends: Set<String>) throws -> [TemplateStatement] {
        var found: [TemplateStatement] = []
        while true {
            let offset = offset
            switch current {
            case .data(let bytes):
                advance()
                found.append(.init(offset: offset, kind: .data(bytes)))
            case .variableBegin:
                advance()
                found.append(.init(offset: offset, kind: .output(try tuple())))
                guard current == .variableEnd else { throw problem("the expression should end here") }
                advance()
            case .blockBegin:
                advance()
                let offset = self.offset
                if case .name(let name) = current, ends.contains(name) { return found }
                found.append(.init(offset: offset, kind: try nested { try $0.statement() }))
                try expectBlockEnd()
            default:
                guard ends.isEmpty else { throw problem("the template ends before \(ends.sorted().joined(separator: " or "))") }
                return found
            }
        }
    }

    /// The rest of an opening tag, the body, and the name of the tag that ends it.
    private mutating func body(until ends: Set<String>) throws -> [TemplateStatement] {
        _ = skip(.colon)
        try expectBlockEnd()
        return try statements(until: ends)
    }

    private mutating func wholeBody(_ end: String) throws -> [TemplateStatement] {
        let body = try body(until: [end])
        advance()
        return body
    }

    private mutating func statement() throws -> TemplateStatement.Kind {
        let start = offset
        guard case .name(let tag) = current else { throw problem("the name of a tag is missing") }
        advance()
        switch tag {
        case "if": return try conditional()
        case "for": return try loop()
        case "set": return try set()
        case "macro":
            let name = try expectName()
            return .macro(try macro(named: name, end: "endmacro"))
        case "call": return try callBlock()
        case "filter":
            let filters = [TemplatePostfix(offset: offset, kind: try filter())] + (try filtersAndTests())
            return .filtered(filters, try wholeBody("endfilter"))
        case "with": return try with()
        case "generation": return .scope([], try wholeBody("endgeneration"))
        case "break", "continue":
            guard loopDepth > 0 else { throw TemplateProblem("'\(tag)' stands outside a loop", at: start) }
            return .interrupt(tag == "break" ? .breaks : .continues)
        default: throw TemplateProblem("there is no tag '\(tag.prefix(40))' here", at: start)
        }
    }

    private mutating func conditional() throws -> TemplateStatement.Kind {
        var branches: [TemplateBranch] = []
        while true {
            let condition = try tuple(withConditional: false)
            branches.append(.init(condition: condition, body: try body(until: ["elif", "else", "endif"])))
            if skip(name: "elif") { continue }
            if skip(name: "else") { return .conditional(branches, otherwise: try wholeBody("endif")) }
            advance()
            return .conditional(branches, otherwise: [])
        }
    }

    private mutating func loop() throws -> TemplateStatement.Kind {
        let target = try target(allowsAttributes: false)
        guard skip(name: "in") else { throw problem("'in' is missing") }
        let sequence = try tuple(withConditional: false)
        let condition = skip(name: "if") ? try expression() : nil
        guard current != .name("recursive") else { throw problem("recursive loops are not supported") }
        loopDepth += 1
        let body = try body(until: ["endfor", "else"])
        loopDepth -= 1
        let isWhole = current == .name("endfor")
        advance()
        return .loop(.init(target: target, sequence: sequence, condition: condition, body: body, otherwise: isWhole ? [] : try wholeBody("endfor")))
    }

    private mutating func set() throws -> TemplateStatement.Kind {
        let target = try target(allowsAttributes: true)
        if skip(.assign) { return .set(target, try tuple()) }
        var filters: [TemplatePostfix] = []
        while current == .symbol(.pipe) {
            let start = offset
            advance()
            filters.append(.init(offset: start, kind: try filter()))
        }
        return .capture(target, filters, try wholeBody("endset"))
    }

    private mutating func with() throws -> TemplateStatement.Kind {
        var pairs: [(TemplateTarget, TemplateExpression)] = []
        while current != .blockEnd {
            if !pairs.isEmpty { try expect(.comma) }
            let target = try singleTarget(allowsAttributes: false)
            try expect(.assign)
            pairs.append((target, try expression()))
        }
        return .scope(pairs, try wholeBody("endwith"))
    }

    /// `(a, b=1)` and the body; a call block without parameters may leave the brackets out.
    private mutating func macro(named name: String, end: String, parameters given: [TemplateParameter]? = nil) throws -> TemplateMacroSyntax {
        let parameters = try given ?? parameters()
        let outer = loopDepth
        loopDepth = 0
        defer { loopDepth = outer }
        return TemplateMacroSyntax(name: name, id: id(of: name), parameters: parameters, body: try wholeBody(end))
    }

    typealias TemplateParameter = (name: String, id: Int, standard: TemplateExpression?)

    private mutating func parameters() throws -> [TemplateParameter] {
        var found: [TemplateParameter] = []
        try expect(.openParenthesis)
        while current != .symbol(.closeParenthesis) {
            if !found.isEmpty { try expect(.comma) }
            let name = try expectName()
            let standard = skip(.assign) ? try expression() : nil
            guard standard != nil || found.last?.standard == nil else { throw problem("a parameter without a default follows one with a default") }
            found.append((name, id(of: name), standard))
        }
        try expect(.closeParenthesis)
        return found
    }

    private mutating func callBlock() throws -> TemplateStatement.Kind {
        let parameters = current == .symbol(.openParenthesis) ? try parameters() : []
        let call = try expression()
        guard case .postfix(_, let postfixes) = call, case .call = postfixes.last?.kind else { throw problem("a call is missing") }
        return .call(try macro(named: "caller", end: "endcall", parameters: parameters), call)
    }

    // MARK: - Targets

    private mutating func target(allowsAttributes: Bool) throws -> TemplateTarget {
        let first = try singleTarget(allowsAttributes: allowsAttributes)
        guard current == .symbol(.comma) else { return first }
        var targets = [first]
        while skip(.comma) {
            guard case .name = current, current != .name("in") else {
                if current == .symbol(.openParenthesis) { targets.append(try singleTarget(allowsAttributes: allowsAttributes)); continue }
                break
            }
            targets.append(try singleTarget(allowsAttributes: allowsAttributes))
        }
        return .tuple(targets)
    }

    private mutating func singleTarget(allowsAttributes: Bool) throws -> TemplateTarget {
        if skip(.openParenthesis) {
            let inner = try nested { try $0.target(allowsAttributes: allowsAttributes) }
            try expect(.closeParenthesis)
            return inner
        }
        let name = try expectName()
        guard !["true", "false", "none", "True", "False", "None"].contains(name) else { throw problem("'\(name)' cannot be given a value") }
        guard allowsAttributes, skip(.dot) else { return .name(id(of: name)) }
        return .attribute(of: id(of: name), key: Array(try expectName().utf8))
    }
}

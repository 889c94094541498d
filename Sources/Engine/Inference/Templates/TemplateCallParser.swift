/// Arguments, filters and tests.
extension TemplateParser {
    mutating func call() throws -> TemplateCall {
        try expect(.openParenthesis)
        var call = TemplateCall()
        while current != .symbol(.closeParenthesis) {
            if !call.isEmpty {
                try expect(.comma)
                if current == .symbol(.closeParenthesis) { break }
            }
            if current == .symbol(.multiply) || current == .symbol(.power) {
                guard call.dictionary == nil, current == .symbol(.power) || call.list == nil else { throw problem("arguments are out of order") }
                let isList = current == .symbol(.multiply)
                advance()
                let value = try expression()
                if isList { call.list = value } else { call.dictionary = value }
            } else if case .name(let name) = current, next == .symbol(.assign) {
                guard call.dictionary == nil else { throw problem("arguments are out of order") }
                advance()
                advance()
                call.named.append((name, try expression()))
            } else {
                guard call.named.isEmpty, call.list == nil, call.dictionary == nil else { throw problem("arguments are out of order") }
                call.positional.append(try expression())
            }
        }
        try expect(.closeParenthesis)
        return call
    }

    private mutating func dottedName() throws -> String {
        var name = try expectName()
        while skip(.dot) { name += "." + (try expectName()) }
        return name
    }

    /// A filter after its `|`.
    mutating func filter() throws -> TemplatePostfix.Kind {
        let name = try dottedName()
        return .filter(name, TemplateFilter.named(name), current == .symbol(.openParenthesis) ? try call() : TemplateCall())
    }

    /// A test after its `is`. One argument may stand without brackets: `x is divisibleby 3`.
    mutating func test() throws -> TemplatePostfix.Kind {
        let isNegated = skip(name: "not")
        let name = try dottedName()
        var arguments = TemplateCall()
        switch current {
        case .symbol(.openParenthesis): arguments = try call()
        case .name("else"), .name("or"), .name("and"): break
        case .name("is"): throw problem("tests cannot be chained")
        case .name, .text, .integer, .float, .symbol(.openBracket), .symbol(.openBrace):
            let value = try primary()
            let following = try postfixes()
            arguments.positional = [following.isEmpty ? value : .postfix(value, following)]
        default: break
        }
        return .test(name, TemplateTest.named(name), arguments, isNegated: isNegated)
    }
}

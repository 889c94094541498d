/// Expressions.
extension TemplateEvaluator {
    func evaluate(_ expression: TemplateExpression) throws -> TemplateValue {
        try enter()
        defer { depth -= 1 }
        switch expression {
        case .none: return .none
        case .bool(let value): return .bool(value)
        case .int(let value): return .int(value)
        case .float(let value): return .float(value)
        case .text(let bytes): return .text(bytes)
        case .name(let id): return lookUp(id)
        case .postfix(let base, let postfixes): return try postfix(base, postfixes)
        case .comparison(let first, let rest): return try comparison(first, rest)
        case .and(let parts): return try junction(parts, endsOn: false)
        case .or(let parts): return try junction(parts, endsOn: true)
        case .not(let inner): return .bool(try !evaluate(inner).isTrue)
        case .concatenation(let parts): return try concatenation(parts)
        case .arithmetic(let first, let rest): return try arithmetic(first, rest)
        case .conditional(let condition, let value, let otherwise): return try conditional(condition, value, otherwise)
        case .list(let items): return try list(items.map { try evaluate($0) })
        case .tuple(let items): return try tuple(items.map { try evaluate($0) })
        case .dictionary(let pairs): return try dictionary(pairs)
        case .sign(let inner, let isNegative): return try signed(evaluate(inner), isNegative: isNegative)
        }
    }

    private func comparison(_ first: TemplateExpression, _ rest: [(TemplateComparison, TemplateExpression)]) throws -> TemplateValue {
        var left = try evaluate(first)
        for (comparison, expression) in rest {
            let right = try evaluate(expression)
            guard try holds(left, comparison, right) else { return .bool(false) }
            left = right
        }
        return .bool(true)
    }

    /// `and` ends on the first false value, `or` on the first true one; either gives that value.
    private func junction(_ parts: [TemplateExpression], endsOn end: Bool) throws -> TemplateValue {
        var value = TemplateValue.none
        for part in parts {
            value = try evaluate(part)
            if value.isTrue == end { break }
        }
        return value
    }

    private func concatenation(_ parts: [TemplateExpression]) throws -> TemplateValue {
        var out: [UInt8] = []
        for part in parts {
            let bytes = try string(evaluate(part))
            try checkText(out.count + bytes.count)
            out += bytes
        }
        return .text(out)
    }

    private func arithmetic(_ first: TemplateExpression, _ rest: [(TemplateSymbol, TemplateExpression)]) throws -> TemplateValue {
        var value = try evaluate(first)
        for (symbol, expression) in rest { value = try calculate(value, symbol, evaluate(expression)) }
        return value
    }

    private func conditional(_ condition: TemplateExpression, _ value: TemplateExpression, _ otherwise: TemplateExpression?) throws -> TemplateValue {
        if try evaluate(condition).isTrue { return try evaluate(value) }
        return try otherwise.map { try evaluate($0) } ?? .undefined(-1)
    }

    private func dictionary(_ pairs: [(TemplateExpression, TemplateExpression)]) throws -> TemplateValue {
        let dictionary = TemplateDictionary()
        for (name, value) in pairs { try set(evaluate(name), to: evaluate(value), in: dictionary) }
        return .dictionary(dictionary)
    }

    // MARK: - What follows a value

    private func postfix(_ base: TemplateExpression, _ postfixes: [TemplatePostfix]) throws -> TemplateValue {
        let value = try evaluate(base)
        if case .function(.raise) = value, case .call(let call) = postfixes[0].kind {
            offset = postfixes[0].offset
            throw TemplateProblem("the template refuses the conversation: \(Self.words(of: call.positional.first).prefix(300))")
        }
        return try apply(postfixes, to: value)
    }

    /// What a message says in the template's own words; values, which may be a person's, are left out.
    private static func words(of expression: TemplateExpression?) -> String {
        switch expression {
        case .text(let bytes): String(decoding: bytes, as: UTF8.self)
        case .concatenation(let parts): parts.map { words(of: $0) }.joined()
        case .arithmetic(let first, let rest): words(of: first) + rest.map { words(of: $0.1) }.joined()
        default: "…"
        }
    }

    func apply(_ postfixes: [TemplatePostfix], to base: TemplateValue) throws -> TemplateValue {
        var value = base
        var index = 0
        while index < postfixes.count {
            try countNode()
            offset = postfixes[index].offset
            if case .attribute(_, _, let name?) = postfixes[index].kind, index + 1 < postfixes.count, case .call(let call) = postfixes[index + 1].kind,
                Self.has(name, value)
            {
                let arguments = try arguments(call)
                offset = postfixes[index].offset
                value = try self.call(name, of: value, arguments)
                index += 2
                continue
            }
            value = try apply(postfixes[index].kind, at: postfixes[index].offset, to: value)
            index += 1
        }
        return value
    }

    private func apply(_ postfix: TemplatePostfix.Kind, at place: Int, to value: TemplateValue) throws -> TemplateValue {
        switch postfix {
        case .attribute(let id, let key, let method): return try attribute(key, id: id, method, of: value)
        case .subscripted(let index): return try subscripted(value, evaluate(index))
        case .slice(let start, let end, let step): return try sliced(value, [start, end, step].map { try $0.map { try evaluate($0) } ?? .none })
        case .call(let call):
            let arguments = try arguments(call)
            offset = place
            return try self.call(value, arguments)
        case .filter(let name, let filter, let call):
            guard let filter else { throw TemplateProblem("there is no filter '\(name.prefix(40))' here") }
            let arguments = try arguments(call)
            offset = place
            return try self.filter(value, filter, arguments)
        case .test(let name, let test, let call, let isNegated):
            guard let test else { throw TemplateProblem("there is no test '\(name.prefix(40))' here") }
            let arguments = try arguments(call)
            offset = place
            return .bool(try self.test(value, test, arguments) != isNegated)
        }
    }

    func arguments(_ call: TemplateCall) throws -> TemplateArguments {
        guard !call.isEmpty else { return TemplateArguments() }
        var arguments = TemplateArguments()
        arguments.positional = try call.positional.map { try evaluate($0) }
        arguments.named = try call.named.map { ($0.name, try evaluate($0.value)) }
        if let list = call.list {
            arguments.positional += try elements(of: evaluate(list))
            try chargeElements(arguments.positional.count)
        }
        if let expression = call.dictionary {
            guard case .dictionary(let dictionary) = try evaluate(expression) else { throw TemplateProblem("'**' needs a dictionary") }
            try chargeElements(dictionary.count)
            for (name, value) in zip(dictionary.names, dictionary.values) { arguments.named.append((String(decoding: try string(name), as: UTF8.self), value)) }
        }
        return arguments
    }

    private func call(_ value: TemplateValue, _ arguments: TemplateArguments) throws -> TemplateValue {
        switch value {
        case .macro(let macro): return try call(macro, arguments)
        case .function(let function): return try call(function, arguments)
        case .method(let method): return try call(method.name, of: method.receiver, arguments)
        case .undefined(let id): throw undefinedProblem(id)
        default: throw TemplateProblem("\(value.typeName) cannot be called")
        }
    }

    func undefinedProblem(_ id: Int) -> TemplateProblem {
        TemplateProblem(program.names.indices.contains(id) ? "'\(program.names[id].prefix(60))' is undefined" : "a value is undefined")
    }
}

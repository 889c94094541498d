/// Statements.
extension TemplateEvaluator {
    func run(_ body: [TemplateStatement]) throws -> TemplateFlow {
        for statement in body {
            let flow = try run(statement)
            guard flow == .normal else { return flow }
        }
        return .normal
    }

    private func run(_ statement: TemplateStatement) throws -> TemplateFlow {
        offset = statement.offset
        try enter()
        // Not on a throw: a rendering that fails is over.
        defer { depth -= 1 }
        switch statement.kind {
        case .data(let bytes): try write(bytes)
        case .output(let expression): try write(evaluate(expression))
        case .conditional(let branches, let otherwise): return try choose(branches, otherwise)
        case .loop(let syntax): return try loop(syntax)
        case .set(let target, let expression): try assign(evaluate(expression), to: target)
        case .capture(let target, let filters, let body): try assign(apply(filters, to: .text(capture(body))), to: target)
        case .macro(let syntax): assign(makeMacro(syntax), to: syntax.id)
        case .call(let syntax, let call): try runCall(syntax, call)
        case .scope(let pairs, let body): return try runScope(pairs, body)
        case .filtered(let filters, let body): try write(apply(filters, to: .text(capture(body))))
        case .interrupt(let flow): return flow
        }
        return .normal
    }

    // MARK: - Output

    private func write(_ bytes: [UInt8]) throws {
        guard out.count + bytes.count <= bounds.textByteCount else {
            throw TemplateProblem("the output is longer than \(bounds.textByteCount) bytes")
        }
        try charge(bytes.count)
        out.append(contentsOf: bytes)
    }

    private func write(_ value: TemplateValue) throws { try write(string(value)) }

    /// The output of a body with names of its own, kept apart.
    private func capture(_ body: [TemplateStatement]) throws -> [UInt8] {
        let outer = (out, scope)
        out = []
        scope = TemplateScope(parent: scope)
        // `break` and `continue` do not leave a captured body: Python could not compile that.
        guard try run(body) == .normal else { throw TemplateProblem("'break' or 'continue' stands in a body that is captured") }
        let captured = out
        (out, scope) = outer
        return captured
    }

    // MARK: - Choices and loops

    private func choose(_ branches: [TemplateBranch], _ otherwise: [TemplateStatement]) throws -> TemplateFlow {
        for branch in branches where try evaluate(branch.condition).isTrue { return try run(branch.body) }
        return try run(otherwise)
    }

    private func loop(_ syntax: TemplateLoopSyntax) throws -> TemplateFlow {
        let outer = scope
        defer { scope = outer }
        var items = try elements(of: evaluate(syntax.sequence))
        if let condition = syntax.condition {
            items = try items.filter { item in
                scope = TemplateScope(parent: outer)
                try assign(item, to: syntax.target)
                return try evaluate(condition).isTrue
            }
            try chargeElements(items.count)
        }
        guard !items.isEmpty else {
            scope = TemplateScope(parent: outer)
            return try run(syntax.otherwise)
        }
        let loop = TemplateLoop(items, depth: 0)
        defer { loop.items = [] }
        for (index, item) in items.enumerated() {
            try countNode()
            loop.index = index
            let round = TemplateScope(parent: outer)
            if let loopID { round[loopID] = .loop(loop) }
            scope = round
            try assign(item, to: syntax.target)
            if try run(syntax.body) == .breaks { break }
        }
        return .normal
    }

    private func runScope(_ pairs: [(TemplateTarget, TemplateExpression)], _ body: [TemplateStatement]) throws -> TemplateFlow {
        let outer = scope
        defer { scope = outer }
        let values = try pairs.map { try evaluate($0.1) }
        scope = TemplateScope(parent: outer)
        for (pair, value) in zip(pairs, values) { try assign(value, to: pair.0) }
        return try run(body)
    }

    // MARK: - Macros

    private func makeMacro(_ syntax: TemplateMacroSyntax) -> TemplateValue {
        // A macro that sees the scope in which it is a value: a circle.
        if let scope { keep(scope) }
        return .macro(TemplateMacro(syntax, scope: scope))
    }

    private func runCall(_ syntax: TemplateMacroSyntax, _ call: TemplateExpression) throws {
        guard case .postfix(let base, let postfixes) = call, let last = postfixes.last, case .call(let arguments) = last.kind else { return }
        let function = try apply(Array(postfixes.dropLast()), to: evaluate(base))
        var values = try self.arguments(arguments)
        values.named.append(("caller", makeMacro(syntax)))
        guard case .macro(let macro) = function else { throw TemplateProblem("a call block needs a macro, not \(function.typeName)") }
        try write(self.call(macro, values))
    }

    /// Runs a macro; its output is the value.
    func call(_ macro: TemplateMacro, _ arguments: TemplateArguments) throws -> TemplateValue {
        macroDepth += 1
        guard macroDepth <= ChatTemplate.macroDepthMax else { throw TemplateProblem("macros call one another deeper than \(ChatTemplate.macroDepthMax)") }
        let outer = (out, scope, offset, depth)
        stackDepth += depth
        depth = 0
        out = []
        scope = TemplateScope(parent: macro.scope)
        try bind(arguments, to: macro.syntax)
        _ = try run(macro.syntax.body)
        let result = out
        (out, scope, offset, depth) = outer
        stackDepth -= depth
        macroDepth -= 1
        return try text(result)
    }

    private func bind(_ arguments: TemplateArguments, to syntax: TemplateMacroSyntax) throws {
        var named = arguments.named
        for (index, parameter) in syntax.parameters.enumerated() {
            if index < arguments.positional.count {
                assign(arguments.positional[index], to: parameter.id)
            } else if let place = named.firstIndex(where: { $0.name == parameter.name }) {
                assign(named.remove(at: place).value, to: parameter.id)
            } else if let standard = parameter.standard {
                try assign(evaluate(standard), to: parameter.id)
            } else {
                assign(.undefined(parameter.id), to: parameter.id)
            }
        }
        if let place = named.firstIndex(where: { $0.name == "caller" }) {
            let caller = named.remove(at: place).value
            if let id = program.ids["caller"] { assign(caller, to: id) }
        }
        let rest = Array(arguments.positional.dropFirst(syntax.parameters.count))
        if let id = program.ids["varargs"] {
            try assign(tuple(rest), to: id)
        } else if !rest.isEmpty {
            throw TemplateProblem("the macro '\(syntax.name)' takes at most \(syntax.parameters.count) arguments")
        }
        if let id = program.ids["kwargs"] {
            let dictionary = TemplateDictionary()
            for (name, value) in named { try set(.text(name), to: value, in: dictionary) }
            assign(.dictionary(dictionary), to: id)
        } else if let first = named.first {
            throw TemplateProblem("the macro '\(syntax.name)' does not take the argument '\(first.name.prefix(40))'")
        }
    }
}

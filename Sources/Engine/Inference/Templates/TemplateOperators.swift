import Foundation

/// Operators on values.
extension TemplateEvaluator {
    func holds(_ left: TemplateValue, _ comparison: TemplateComparison, _ right: TemplateValue) throws -> Bool {
        switch comparison {
        case .equal: try areEqual(left, right)
        case .notEqual: try !areEqual(left, right)
        case .less: try isLess(left, right)
        case .lessOrEqual: try isLess(left, right, orEqual: true)
        case .greater: try isLess(right, left)
        case .greaterOrEqual: try isLess(right, left, orEqual: true)
        case .isIn: try contains(right, left)
        case .isNotIn: try !contains(right, left)
        }
    }

    func areEqual(_ left: TemplateValue, _ right: TemplateValue, level: Int = 0) throws -> Bool {
        try checkDepth(level)
        switch (left, right) {
        case (.undefined, .undefined), (.none, .none): return true
        case (.text(let a), .text(let b)):
            try charge(a.count == b.count ? a.count : 0)
            return a == b
        case (.list(let a), .list(let b)), (.tuple(let a), .tuple(let b)):
            try chargeElements(1)
            guard a.items.count == b.items.count else { return false }
            return try zip(a.items, b.items).allSatisfy { try areEqual($0, $1, level: level + 1) }
        case (.dictionary(let a), .dictionary(let b)):
            guard a.count == b.count else { return false }
            return try zip(a.names, a.values).allSatisfy { name, value in
                try b.value(key(name)).map { try areEqual(value, $0, level: level + 1) } ?? false
            }
        case (.namespace(let a), .namespace(let b)): return a === b
        case (.macro(let a), .macro(let b)): return a === b
        case (.function(let a), .function(let b)): return a == b
        default:
            try charge(8)
            if let a = left.integer, let b = right.integer { return a == b }
            guard let a = left.number, let b = right.number else { return false }
            return a == b
        }
    }

    func isLess(_ left: TemplateValue, _ right: TemplateValue, orEqual: Bool = false, level: Int = 0) throws -> Bool {
        try checkDepth(level)
        switch (left, right) {
        case (.text(let a), .text(let b)):
            try charge(min(a.count, b.count) + 8)
            return a.lexicographicallyPrecedes(b) || orEqual && a == b
        case (.list(let a), .list(let b)), (.tuple(let a), .tuple(let b)):
            for (a, b) in zip(a.items, b.items) where try !areEqual(a, b, level: level + 1) { return try isLess(a, b, orEqual: orEqual, level: level + 1) }
            return orEqual ? a.items.count <= b.items.count : a.items.count < b.items.count
        case (.undefined(let id), _), (_, .undefined(let id)): throw undefinedProblem(id)
        default:
            try charge(8)
            if let a = left.integer, let b = right.integer { return orEqual ? a <= b : a < b }
            guard let a = left.number, let b = right.number else { throw TemplateProblem("\(left.typeName) and \(right.typeName) have no order") }
            return orEqual ? a <= b : a < b
        }
    }

    func contains(_ container: TemplateValue, _ value: TemplateValue) throws -> Bool {
        switch container {
        case .undefined: return false
        case .text(let bytes):
            guard let needle = value.bytes else { throw TemplateProblem("\(value.typeName) cannot be in a text") }
            try charge(bytes.count + needle.count)
            return TemplateText.find(needle, in: bytes) != nil
        case .list(let list), .tuple(let list): return try list.items.contains { try areEqual($0, value) }
        case .dictionary(let dictionary): return try dictionary.place(of: key(value)) != nil
        default: throw TemplateProblem("\(container.typeName) has no elements")
        }
    }

    // MARK: - Arithmetic

    func signed(_ value: TemplateValue, isNegative: Bool) throws -> TemplateValue {
        if case .float(let number) = value { return .float(isNegative ? -number : number) }
        if case .undefined(let id) = value { throw undefinedProblem(id) }
        guard let number = value.integer else { throw TemplateProblem("\(value.typeName) has no sign") }
        return try checked(isNegative ? (0).subtractingReportingOverflow(number) : (number, false))
    }

    private func checked(_ result: (partialValue: Int, overflow: Bool)) throws -> TemplateValue {
        guard !result.overflow else { throw TemplateProblem("an integer needs more than 64 bits") }
        return .int(result.partialValue)
    }

    func calculate(_ left: TemplateValue, _ symbol: TemplateSymbol, _ right: TemplateValue) throws -> TemplateValue {
        if symbol == .modulo, let format = left.bytes { return try text(formatted(format, right)) }
        switch (left, right) {
        case (.undefined(let id), _), (_, .undefined(let id)): throw undefinedProblem(id)
        case (.text(let a), .text(let b)) where symbol == .plus:
            try checkText(a.count + b.count)
            return .text(a + b)
        case (.list(let a), .list(let b)) where symbol == .plus:
            try chargeElements(a.items.count + b.items.count)
            return try list(a.items + b.items)
        case (.tuple(let a), .tuple(let b)) where symbol == .plus:
            try chargeElements(a.items.count + b.items.count)
            return try tuple(a.items + b.items)
        default: break
        }
        if symbol == .multiply, let repeated = try repeated(left, right.integer) ?? repeated(right, left.integer) { return repeated }
        if let a = left.integer, let b = right.integer { return try calculate(a, symbol, b) }
        guard let a = left.number, let b = right.number else { throw TemplateProblem("'\(symbol.rawValue)' does not go with \(left.typeName) and \(right.typeName)") }
        return .float(try calculate(a, symbol, b))
    }

    /// A text or list, several times.
    private func repeated(_ value: TemplateValue, _ count: Int?) throws -> TemplateValue? {
        guard let count else { return nil }
        let times = max(count, 0)
        func total(_ count: Int) -> Int {
            let (product, overflow) = count.multipliedReportingOverflow(by: times)
            return overflow ? .max : product
        }
        switch value {
        case .text(let bytes):
            try checkText(total(bytes.count))
            return .text(bytes.isEmpty ? [] : Array(repeatElement(bytes, count: times).joined()))
        case .list(let items), .tuple(let items):
            try chargeElements(total(items.items.count))
            let all = items.items.isEmpty ? [] : Array(repeatElement(items.items, count: times).joined())
            if case .tuple = value { return try tuple(all) }
            return try list(all)
        default: return nil
        }
    }

    private func calculate(_ a: Int, _ symbol: TemplateSymbol, _ b: Int) throws -> TemplateValue {
        switch symbol {
        case .plus: return try checked(a.addingReportingOverflow(b))
        case .minus: return try checked(a.subtractingReportingOverflow(b))
        case .multiply: return try checked(a.multipliedReportingOverflow(by: b))
        case .integerDivide, .modulo:
            guard b != 0 else { throw TemplateProblem("division by zero") }
            let quotient = a.dividedReportingOverflow(by: b)
            guard !quotient.overflow else { return symbol == .modulo ? .int(0) : try checked(quotient) }
            let remainder = a % b
            let isRounded = remainder != 0 && (remainder < 0) != (b < 0)
            return .int(symbol == .modulo ? (isRounded ? remainder + b : remainder) : (isRounded ? quotient.partialValue - 1 : quotient.partialValue))
        case .power where b >= 0: return try power(a, b)
        default: return .float(try calculate(Double(a), symbol, Double(b)))
        }
    }

    private func power(_ base: Int, _ exponent: Int) throws -> TemplateValue {
        var result = 1
        var square = (partialValue: base, overflow: false)
        var rest = exponent
        while rest > 0 {
            if rest & 1 == 1 {
                let product = result.multipliedReportingOverflow(by: square.partialValue)
                guard !product.overflow, !square.overflow else { return try checked((0, true)) }
                result = product.partialValue
            }
            rest >>= 1
            // An overflow matters only if the square is used; 0, 1 and -1 never overflow.
            let next = square.partialValue.multipliedReportingOverflow(by: square.partialValue)
            square = (next.partialValue, square.overflow || next.overflow)
        }
        return .int(result)
    }

    private func calculate(_ a: Double, _ symbol: TemplateSymbol, _ b: Double) throws -> Double {
        switch symbol {
        case .plus: return a + b
        case .minus: return a - b
        case .multiply: return a * b
        case .power:
            guard a != 0 || b >= 0 else { throw TemplateProblem("zero to a negative power") }
            let result = pow(a, b)
            guard result.isFinite || !a.isFinite || !b.isFinite else { throw TemplateProblem("a power is too large or no real number") }
            return result
        default:
            guard b != 0 else { throw TemplateProblem("division by zero") }
            if symbol == .divide { return a / b }
            var remainder = fmod(a, b)
            if remainder != 0, (remainder < 0) != (b < 0) { remainder += b }
            return symbol == .modulo ? remainder : ((a - remainder) / b).rounded()
        }
    }
}

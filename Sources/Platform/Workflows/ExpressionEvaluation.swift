import Core

/// One walk over an expression with a budget.
struct ExpressionEvaluation {
    private var names: [String: JSONValue]
    private var steps = 0
    private var size = 0

    init(names: [String: JSONValue]) { self.names = names }

    mutating func value(of node: ExpressionNode) throws -> JSONValue {
        steps += 1
        guard steps <= Expression.stepCountMax else { throw Self.refuse("it takes more than \(Expression.stepCountMax) operations") }
        switch node {
        case .literal(let value): return value
        case .name(let name): return names[name] ?? .null
        case .member(let of, let key): return try value(of: of)[key] ?? .null
        case .element(let of, let at): return try element(try value(of: of), try value(of: at))
        case .not(let inner): return .bool(!(try truth(inner)))
        case .negative(let inner):
            let operand = try value(of: inner)
            if case .int(let whole) = operand, whole != .min { return .int(-whole) }
            return .double(-(try Self.number(operand)))
        case .operation(.and, let left, let right): return .bool(try truth(left) ? try truth(right) : false)
        case .operation(.or, let left, let right): return .bool(try truth(left) ? true : try truth(right))
        case .operation(let operation, let left, let right): return try apply(operation, try value(of: left), try value(of: right))
        case .choice(let condition, let yes, let no): return try value(of: try truth(condition) ? yes : no)
        case .array(let elements): return .array(try elements.map { try value(of: $0) })
        case .object(let members): return .object(try members.reduce(into: [:]) { $0[$1.0] = try value(of: $1.1) })
        case .call(let function, let arguments): return try call(function, try arguments.map { try value(of: $0) })
        case .each(let function, let over, let name, let body): return try each(function, try Self.list(try value(of: over)), name, body)
        }
    }

    static func refuse(_ what: String) -> Fault { Fault(.workflowExpression, "the expression failed: \(what)", remedy: "check what is bound to its names; default(a, b) stands in for what is missing") }

    /// Takes from the budget what a new text or list holds.
    private mutating func made(_ count: Int) throws {
        size += count
        guard size <= Expression.sizeMax else { throw Self.refuse("its values grow past \(Expression.sizeMax) characters and elements") }
    }

    private mutating func truth(_ node: ExpressionNode) throws -> Bool {
        guard let truth = try value(of: node).bool else { throw Self.refuse("a condition is neither true nor false") }
        return truth
    }

    static func number(_ value: JSONValue) throws -> Double {
        guard let number = value.double else { throw refuse("a value is no number") }
        return number
    }

    static func string(_ value: JSONValue) throws -> String {
        guard let string = value.string else { throw refuse("a value is no text") }
        return string
    }

    static func list(_ value: JSONValue) throws -> [JSONValue] {
        guard let list = value.array else { throw refuse("a value is no array") }
        return list
    }

    private func element(_ of: JSONValue, _ at: JSONValue) throws -> JSONValue {
        if let key = at.string { return of[key] ?? .null }
        guard let index = at.int else { throw Self.refuse("an index is neither a whole number nor a text") }
        let list = try Self.list(of)
        // Below zero counts from the end.
        let place = index < 0 ? list.count &+ index : index
        return list.indices.contains(place) ? list[place] : .null
    }

    private mutating func apply(_ operation: ExpressionNode.Operation, _ left: JSONValue, _ right: JSONValue) throws -> JSONValue {
        switch operation {
        case .equal: return .bool(Self.equal(left, right))
        case .unequal: return .bool(!Self.equal(left, right))
        case .less, .atMost, .greater, .atLeast:
            let order = try Self.order(left, right)
            return .bool(operation == .less ? order < 0 : operation == .atMost ? order <= 0 : operation == .greater ? order > 0 : order >= 0)
        case .plus:
            if case .string(let first) = left, case .string(let second) = right {
                try made(first.utf8.count + second.utf8.count)
                return .string(first + second)
            }
            if case .array(let first) = left, case .array(let second) = right {
                try made(first.count + second.count)
                return .array(first + second)
            }
            return try Self.arithmetic(left, right, { $0.addingReportingOverflow($1) }, +)
        case .minus: return try Self.arithmetic(left, right, { $0.subtractingReportingOverflow($1) }, -)
        case .times: return try Self.arithmetic(left, right, { $0.multipliedReportingOverflow(by: $1) }, *)
        case .over, .modulo:
            let divisor = try Self.number(right)
            guard divisor != 0 else { throw Self.refuse("a division by zero") }
            if operation == .modulo, case .int(let first) = left, case .int(let second) = right { return .int(first.remainderReportingOverflow(dividingBy: second).partialValue) }
            return Self.tidy(operation == .over ? try Self.number(left) / divisor : try Self.number(left).truncatingRemainder(dividingBy: divisor))
        case .and, .or: return .null
        }
    }

    private static func arithmetic(_ left: JSONValue, _ right: JSONValue, _ whole: (Int, Int) -> (partialValue: Int, overflow: Bool), _ real: (Double, Double) -> Double) throws -> JSONValue {
        if case .int(let first) = left, case .int(let second) = right {
            let result = whole(first, second)
            if !result.overflow { return .int(result.partialValue) }
        }
        return tidy(real(try number(left), try number(right)))
    }

    /// Whole numbers stay whole: 6 / 2 is 3.
    private static func tidy(_ value: Double) -> JSONValue { value.magnitude < 1e15 && value == value.rounded() ? .int(Int(value)) : .double(value) }

    private static func equal(_ left: JSONValue, _ right: JSONValue) -> Bool {
        if let first = left.double, let second = right.double { return first == second }
        return left == right
    }

    private static func order(_ left: JSONValue, _ right: JSONValue) throws -> Int {
        if let first = left.double, let second = right.double { return first < second ? -1 : first > second ? 1 : 0 }
        // By scalars, as one machine's language settings must not change an order.
        if let first = left.string, let second = right.string {
            return first.unicodeScalars.lexicographicallyPrecedes(second.unicodeScalars) ? -1 : first.unicodeScalars.elementsEqual(second.unicodeScalars) ? 0 : 1
        }
        throw refuse("values of different kinds have no order")
    }

    private mutating func each(_ function: ExpressionFunction, _ list: [JSONValue], _ name: String, _ body: ExpressionNode) throws -> JSONValue {
        let outer = names[name]
        defer { names[name] = outer }
        func run(_ element: JSONValue) throws -> JSONValue {
            names[name] = element
            return try value(of: body)
        }
        func holds(_ element: JSONValue) throws -> Bool {
            guard let truth = try run(element).bool else { throw Self.refuse("a condition is neither true nor false") }
            return truth
        }
        try made(list.count)
        switch function {
        case .filter: return .array(try list.filter(holds))
        case .any: return .bool(try list.contains(where: holds))
        case .all: return .bool(try list.allSatisfy(holds))
        case .count: return .int(try list.count(where: holds))
        case .sortBy:
            let keys = try list.map(run)
            let order = try keys.indices.sorted { first, second in
                let order = try Self.order(keys[first], keys[second])
                return order == 0 ? first < second : order < 0
            }
            return .array(order.map { list[$0] })
        default: return .array(try list.map(run))
        }
    }

    private mutating func call(_ function: ExpressionFunction, _ values: [JSONValue]) throws -> JSONValue {
        let result = try Self.result(of: function, values)
        switch result {
        case .string(let text): try made(text.utf8.count)
        case .array(let list): try made(list.count)
        default: break
        }
        return result
    }

    private static func result(of function: ExpressionFunction, _ values: [JSONValue]) throws -> JSONValue {
        let value = values[0]
        switch function {
        case .upper: return .string(try string(value).uppercased())
        case .lower: return .string(try string(value).lowercased())
        case .trim: return .string(trimmed(try string(value)))
        case .text: return value.string == nil ? .string(value.text) : value
        case .number: return try parsed(value)
        case .length: return .int(try value.string?.unicodeScalars.count ?? value.object?.count ?? list(value).count)
        case .contains:
            if let list = value.array { return .bool(list.contains { equal($0, values[1]) }) }
            let part = try string(values[1])
            return .bool(try string(value).contains(part) || part.isEmpty)
        case .startsWith: return .bool(try string(value).hasPrefix(try string(values[1])))
        case .endsWith: return .bool(try string(value).hasSuffix(try string(values[1])))
        case .split:
            let separator = try string(values[1])
            guard !separator.isEmpty else { throw refuse("split by nothing") }
            return .array(try string(value).split(separator: separator, omittingEmptySubsequences: false).map { .string(String($0)) })
        case .lines: return .array(try string(value).split(whereSeparator: \.isNewline).map { .string(String($0)) })
        case .join:
            let parts = try list(value).map(string), separator = try string(values[1])
            guard parts.reduce(separator.utf8.count * parts.count, { $0 + $1.utf8.count }) <= Expression.sizeMax else { throw refuse("its values grow past \(Expression.sizeMax) characters and elements") }
            return .string(parts.joined(separator: separator))
        case .replace: return try replaced(values)
        case .round:
            let scale = values.count > 1 ? [1.0, 10, 100, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9][Swift.min(Swift.max(Int(try number(values[1]).clamped), 0), 9)] : 1
            return tidy((try number(value) * scale).rounded() / scale)
        case .floor: return tidy(try number(value).rounded(.down))
        case .ceil: return tidy(try number(value).rounded(.up))
        case .abs: return tidy(try number(value).magnitude)
        case .sum: return try list(value).reduce(.int(0)) { try arithmetic($0, $1, { $0.addingReportingOverflow($1) }, +) }
        case .min, .max:
            let all = values.count == 1 ? try list(value) : values
            guard var best = all.first else { return .null }
            for other in all.dropFirst() where try order(other, best) * (function == .min ? 1 : -1) < 0 { best = other }
            return best
        case .first: return try list(value).first ?? .null
        case .last: return try list(value).last ?? .null
        case .slice: return try slice(values)
        case .sort: return .array(try list(value).sorted { try order($0, $1) < 0 })
        case .reverse: return .array(try list(value).reversed())
        case .unique:
            var seen = Set<JSONValue>()
            return .array(try list(value).filter { seen.insert($0).inserted })
        case .flatten: return .array(try list(value).flatMap { $0.array ?? [$0] })
        case .keys: return .array((value.object ?? [:]).keys.sorted().map { .string($0) })
        case .values: return .array((value.object ?? [:]).sorted { $0.key < $1.key }.map(\.value))
        case .merge:
            guard let first = value.object, let second = values[1].object else { throw refuse("a value is no object") }
            return .object(first.merging(second) { $1 })
        case .default: return value == .null ? values[1] : value
        case .filter, .map, .any, .all, .count, .sortBy: return .null
        }
    }
}

extension Double {
    /// Within what an index can be.
    fileprivate var clamped: Double { isNaN ? 0 : Swift.min(Swift.max(self, -1e6), 1e6) }
}

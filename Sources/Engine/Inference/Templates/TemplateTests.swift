/// Tests: `value is name`.
enum TemplateTest: String, Sendable {
    case defined, undefined, none, string, mapping, sequence, iterable, number, integer, float, boolean, `true`, `false`, odd, even, divisibleby
    case eq, ne, lt, le, gt, ge, `in`, lower, upper, sameas, callable, filter, test, escaped

    private static let aliases: [String: TemplateTest] = [
        "equalto": .eq, "==": .eq, "!=": .ne, "<": .lt, "lessthan": .lt, "<=": .le, ">": .gt, "greaterthan": .gt, ">=": .ge,
    ]

    static func named(_ name: String) -> TemplateTest? { aliases[name] ?? TemplateTest(rawValue: name) }
}

extension TemplateEvaluator {
    func test(_ value: TemplateValue, _ test: TemplateTest, _ arguments: TemplateArguments) throws -> Bool {
        let comparisons: [TemplateTest: TemplateComparison] = [
            .eq: .equal, .ne: .notEqual, .lt: .less, .le: .lessOrEqual, .gt: .greater, .ge: .greaterOrEqual, .in: .isIn,
        ]
        switch test {
        case .eq, .ne, .lt, .le, .gt, .ge, .in:
            let other = try arguments.all(["other"], of: "the test '\(test.rawValue)'")[0]
            return try holds(value, comparisons[test] ?? .equal, other)
        case .sameas: return try isSame(value, arguments.all(["other"], of: "the test 'sameas'")[0])
        case .divisibleby:
            let divisor = try arguments.all(["num"], of: "the test 'divisibleby'")[0]
            return try areEqual(calculate(value, .modulo, divisor), .int(0))
        default:
            guard arguments.positional.isEmpty, arguments.named.isEmpty else { throw TemplateProblem("the test '\(test.rawValue)' takes no argument") }
            return try self.test(value, test)
        }
    }

    private func test(_ value: TemplateValue, _ test: TemplateTest) throws -> Bool {
        switch test {
        case .defined: return !value.isUndefined
        case .undefined: return value.isUndefined
        case .odd, .even: return try areEqual(calculate(value, .modulo, .int(2)), .int(test == .odd ? 1 : 0))
        case .lower, .upper:
            let bytes = try string(value)
            try charge(bytes.count)
            return TemplateText.isAll(lower: test == .lower, bytes)
        case .filter: return try TemplateFilter.named(String(decoding: string(value), as: UTF8.self)) != nil
        case .test: return try TemplateTest.named(String(decoding: string(value), as: UTF8.self)) != nil
        default: return Self.isKind(value, test)
        }
    }

    private static func isKind(_ value: TemplateValue, _ test: TemplateTest) -> Bool {
        switch (test, value) {
        case (.none, .none), (.string, .text), (.mapping, .dictionary), (.float, .float), (.integer, .int), (.boolean, .bool): true
        case (.number, .int), (.number, .float), (.number, .bool): true
        case (.true, .bool(let value)): value
        case (.false, .bool(let value)): !value
        case (.sequence, .text), (.sequence, .list), (.sequence, .tuple), (.sequence, .dictionary), (.sequence, .undefined): true
        case (.iterable, .text), (.iterable, .list), (.iterable, .tuple), (.iterable, .dictionary), (.iterable, .undefined), (.iterable, .loop): true
        case (.callable, .macro), (.callable, .function), (.callable, .method): true
        default: false
        }
    }

    private func isSame(_ value: TemplateValue, _ other: TemplateValue) throws -> Bool {
        switch (value, other) {
        case (.list(let a), .list(let b)), (.tuple(let a), .tuple(let b)): return a === b
        case (.dictionary(let a), .dictionary(let b)): return a === b
        case (.bool, .int), (.int, .bool), (.bool, .float), (.float, .bool), (.int, .float), (.float, .int): return false
        default: return try areEqual(value, other)
        }
    }
}

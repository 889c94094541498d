import Core

/// An expression without side effects, for `transform` steps: the same values always give the same value, in bounded time.
///
/// ```
/// upper(name) + "!"      count > 3 && ok ? "many" : "few"      map(filter(rows, r => r.age >= 18), r => r.name)
/// ```
/// Values are JSON. Operators, from weak to strong: `? :`, `||`, `&&`, `== !=`, `< <= > >=`, `+ -`, `* / %`, unary `! -`, then `.name` and `[index]`; `+` also joins texts and arrays. A missing member or
/// element is null, and `default(a, b)` stands in for it. `x => …` is allowed only where a function takes one. There is no loop, no recursion and no assignment, so the work of an expression is bounded
/// by its size and its values'; ``stepCountMax`` and ``sizeMax`` bound it once more.
///
/// Rejected: a scripting language in a sandbox, which needs limits that this does not, and whose programs the label check could not see through; and JSONPath or JMESPath, which select but do not compute.
public struct Expression: Sendable, Hashable {
    /// As it was written.
    public let text: String
    let root: ExpressionNode

    /// The most operations of one evaluation.
    public static let stepCountMax = 1_000_000
    /// The most characters and elements that one evaluation may make.
    public static let sizeMax = 16 << 20
    /// The most bytes of an expression.
    public static let byteCountMax = 4_096

    /// Reads an expression.
    /// - Parameter names: What it may name.
    /// - Throws: `workflows.definition` with the place of the mistake.
    public init(_ text: String, names: Set<String>) throws {
        guard text.utf8.count <= Self.byteCountMax else {
            throw Fault(.workflowDefinition, "an expression has more than \(Self.byteCountMax) bytes", remedy: "split it into several")
        }
        self.text = text
        var parser = ExpressionParser(text, names: names)
        root = try parser.parse()
    }

    /// What it names, without the variables of its own lists.
    var names: Set<String> { root.names }

    /// The value for given names.
    /// - Throws: `workflows.expression`; the message quotes no value.
    public func value(_ names: [String: JSONValue]) throws -> JSONValue {
        var evaluation = ExpressionEvaluation(names: names)
        return try evaluation.value(of: root)
    }

    public static func == (left: Expression, right: Expression) -> Bool { left.text == right.text }
    /// By its text.
    public func hash(into hasher: inout Hasher) { hasher.combine(text) }
}

/// What an expression is made of.
indirect enum ExpressionNode: Sendable {
    enum Operation: String, Sendable { case or = "||", and = "&&", equal = "==", unequal = "!=", less = "<", atMost = "<=", greater = ">", atLeast = ">=", plus = "+", minus = "-", times = "*", over = "/", modulo = "%" }
    case literal(JSONValue)
    case name(String)
    case member(ExpressionNode, String)
    case element(ExpressionNode, ExpressionNode)
    case not(ExpressionNode)
    case negative(ExpressionNode)
    case operation(Operation, ExpressionNode, ExpressionNode)
    case choice(ExpressionNode, ExpressionNode, ExpressionNode)
    case array([ExpressionNode])
    case object([(String, ExpressionNode)])
    case call(ExpressionFunction, [ExpressionNode])
    /// A function that takes `name => body`.
    case each(ExpressionFunction, ExpressionNode, name: String, body: ExpressionNode)
}

extension ExpressionNode {
    /// The names that it takes from outside.
    var names: Set<String> {
        switch self {
        case .literal: []
        case .name(let name): [name]
        case .member(let of, _), .not(let of), .negative(let of): of.names
        case .element(let first, let second), .operation(_, let first, let second): first.names.union(second.names)
        case .choice(let first, let second, let third): first.names.union(second.names).union(third.names)
        case .array(let elements), .call(_, let elements): elements.reduce(into: []) { $0.formUnion($1.names) }
        case .object(let members): members.reduce(into: []) { $0.formUnion($1.1.names) }
        case .each(_, let over, let name, let body): over.names.union(body.names.subtracting([name]))
        }
    }
}

extension Fault.Code {
    /// An expression met values that it cannot work on.
    public static let workflowExpression = Fault.Code("workflows.expression", .input)
}

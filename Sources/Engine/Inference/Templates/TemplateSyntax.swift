/// A parsed template. Chains of one operator are lists, not nests: a long sum must not become a deep tree, which to walk or release would need as much stack.
struct TemplateProgram: Sendable {
    let source: [UInt8]
    let body: [TemplateStatement]
    /// Every name and attribute of the template; its index is its id.
    let names: [String]
    let ids: [String: Int]
}

struct TemplateStatement: Sendable {
    indirect enum Kind: Sendable {
        case data([UInt8])
        case output(TemplateExpression)
        case conditional([TemplateBranch], otherwise: [TemplateStatement])
        case loop(TemplateLoopSyntax)
        case set(TemplateTarget, TemplateExpression)
        /// `{% set x %}…{% endset %}`, with filters.
        case capture(TemplateTarget, [TemplatePostfix], [TemplateStatement])
        case macro(TemplateMacroSyntax)
        /// `{% call f() %}…{% endcall %}`: the body is the macro `caller`.
        case call(TemplateMacroSyntax, TemplateExpression)
        /// A body with names of its own: `generation`, `with`.
        case scope([(TemplateTarget, TemplateExpression)], [TemplateStatement])
        case filtered([TemplatePostfix], [TemplateStatement])
        case interrupt(TemplateFlow)
    }

    let offset: Int
    let kind: Kind
}

/// How a body ended.
enum TemplateFlow: Sendable { case normal, breaks, continues }

struct TemplateBranch: Sendable {
    let condition: TemplateExpression
    let body: [TemplateStatement]
}

struct TemplateLoopSyntax: Sendable {
    let target: TemplateTarget
    let sequence: TemplateExpression
    let condition: TemplateExpression?
    let body: [TemplateStatement]
    let otherwise: [TemplateStatement]
}

/// A class, since values hold on to it.
final class TemplateMacroSyntax: Sendable {
    let name: String
    let id: Int
    let parameters: [(name: String, id: Int, standard: TemplateExpression?)]
    let body: [TemplateStatement]

    init(name: String, id: Int, parameters: [(name: String, id: Int, standard: TemplateExpression?)], body: [TemplateStatement]) {
        self.name = name
        self.id = id
        self.parameters = parameters
        self.body = body
    }
}

/// What `set` and `for` give values to.
indirect enum TemplateTarget: Sendable {
    case name(Int)
    case attribute(of: Int, key: [UInt8])
    case tuple([TemplateTarget])
}

indirect enum TemplateExpression: Sendable {
    case none
    case bool(Bool)
    case int(Int)
    case float(Double)
    case text([UInt8])
    case name(Int)
    case list([TemplateExpression])
    case tuple([TemplateExpression])
    case dictionary([(TemplateExpression, TemplateExpression)])
    case postfix(TemplateExpression, [TemplatePostfix])
    case not(TemplateExpression)
    case sign(TemplateExpression, isNegative: Bool)
    /// Operators of one rank, from left to right.
    case arithmetic(TemplateExpression, [(TemplateSymbol, TemplateExpression)])
    case concatenation([TemplateExpression])
    case comparison(TemplateExpression, [(TemplateComparison, TemplateExpression)])
    case and([TemplateExpression])
    case or([TemplateExpression])
    case conditional(condition: TemplateExpression, TemplateExpression, otherwise: TemplateExpression?)
}

enum TemplateComparison: Sendable { case equal, notEqual, less, lessOrEqual, greater, greaterOrEqual, isIn, isNotIn }

/// What follows an expression: `.name`, `[…]`, `(…)`, `|filter`, `is test`.
struct TemplatePostfix: Sendable {
    indirect enum Kind: Sendable {
        case attribute(id: Int, key: [UInt8], TemplateMethodName?)
        case subscripted(TemplateExpression)
        case slice(TemplateExpression?, TemplateExpression?, TemplateExpression?)
        case call(TemplateCall)
        case filter(String, TemplateFilter?, TemplateCall)
        case test(String, TemplateTest?, TemplateCall, isNegated: Bool)
    }

    let offset: Int
    let kind: Kind
}

/// Arguments as written.
struct TemplateCall: Sendable {
    var positional: [TemplateExpression] = []
    var named: [(name: String, value: TemplateExpression)] = []
    /// `*list`
    var list: TemplateExpression?
    /// `**dictionary`
    var dictionary: TemplateExpression?

    var isEmpty: Bool { positional.isEmpty && named.isEmpty && list == nil && dictionary == nil }
}

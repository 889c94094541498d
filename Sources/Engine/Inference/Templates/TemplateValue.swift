/// A value while a template runs. Lists, dictionaries and namespaces are shared, as in Python.
///
/// Releasing a long chain of values would need as much stack as it is long. So whatever is made of other values knows how deep it is and may not be deeper than
/// ``ChatTemplate/depthMax``, and what can change afterwards is remembered by the evaluator, which empties it at the end.
enum TemplateValue {
    /// The id of the name that was missing, -1 where it has none.
    case undefined(Int)
    case none
    case bool(Bool)
    case int(Int)
    case float(Double)
    case text([UInt8])
    case list(TemplateList)
    case tuple(TemplateList)
    case dictionary(TemplateDictionary)
    case namespace(TemplateNamespace)
    case loop(TemplateLoop)
    case macro(TemplateMacro)
    case function(TemplateFunction)
    case method(TemplateMethod)

    static func text(_ string: String) -> TemplateValue { .text(Array(string.utf8)) }

    /// Lists and dictionaries inside one another.
    var depth: Int {
        switch self {
        case .list(let list), .tuple(let list): list.depth
        case .dictionary(let dictionary): dictionary.depth
        case .method(let method): method.receiver.depth + 1
        default: 0
        }
    }

    var isUndefined: Bool { if case .undefined = self { true } else { false } }

    /// Python's truth.
    var isTrue: Bool {
        switch self {
        case .undefined, .none: false
        case .bool(let value): value
        case .int(let value): value != 0
        case .float(let value): value != 0
        case .text(let bytes): !bytes.isEmpty
        case .list(let list), .tuple(let list): !list.items.isEmpty
        case .dictionary(let dictionary): !dictionary.isEmpty
        case .namespace, .loop, .macro, .function, .method: true
        }
    }

    /// An integer; truth counts as 0 or 1, as in Python.
    var integer: Int? {
        switch self {
        case .int(let value): value
        case .bool(let value): value ? 1 : 0
        default: nil
        }
    }

    var number: Double? {
        if case .float(let value) = self { return value }
        return integer.map(Double.init)
    }

    var bytes: [UInt8]? { if case .text(let bytes) = self { bytes } else { nil } }

    /// What a person calls it, for messages.
    var typeName: String {
        switch self {
        case .undefined: "an undefined value"
        case .none: "none"
        case .bool: "a truth value"
        case .int: "an integer"
        case .float: "a decimal"
        case .text: "a text"
        case .list: "a list"
        case .tuple: "a tuple"
        case .dictionary: "a dictionary"
        case .namespace: "a namespace"
        case .loop: "a loop"
        case .macro, .function, .method: "a function"
        }
    }
}

final class TemplateList {
    var items: [TemplateValue]
    var depth: Int

    init(_ items: [TemplateValue], depth: Int) {
        self.items = items
        self.depth = depth
    }
}

final class TemplateNamespace {
    let members: TemplateDictionary
    init(_ members: TemplateDictionary) { self.members = members }
}

/// The variable `loop`. The evaluator empties it after the last round, for a later loop may run over it.
final class TemplateLoop {
    var items: [TemplateValue]
    var index = 0
    let depth: Int
    var lastChecked: [TemplateValue]?

    init(_ items: [TemplateValue], depth: Int) {
        self.items = items
        self.depth = depth
    }

    func attribute(_ name: String) -> TemplateValue? {
        switch name {
        case "index": .int(index + 1)
        case "index0": .int(index)
        case "revindex": .int(items.count - index)
        case "revindex0": .int(items.count - index - 1)
        case "first": .bool(index == 0)
        case "last": .bool(index == items.count - 1)
        case "length": .int(items.count)
        case "depth": .int(depth + 1)
        case "depth0": .int(depth)
        case "previtem": index > 0 && index <= items.count ? items[index - 1] : .undefined(-1)
        case "nextitem": index + 1 < items.count ? items[index + 1] : .undefined(-1)
        default: nil
        }
    }
}

/// A macro and the names that it sees.
final class TemplateMacro {
    let syntax: TemplateMacroSyntax
    let scope: TemplateScope?

    init(_ syntax: TemplateMacroSyntax, scope: TemplateScope?) {
        self.syntax = syntax
        self.scope = scope
    }
}

/// A method that was taken from its value without being called.
final class TemplateMethod {
    let receiver: TemplateValue
    let name: TemplateMethodName

    init(_ receiver: TemplateValue, _ name: TemplateMethodName) {
        self.receiver = receiver
        self.name = name
    }
}

/// Names of a loop's round, a macro's call or another body; nil stands for the names of the template itself.
final class TemplateScope {
    let parent: TemplateScope?
    private var ids: [Int] = []
    private var values: [TemplateValue] = []

    init(parent: TemplateScope?) { self.parent = parent }

    subscript(id: Int) -> TemplateValue? {
        get { ids.lastIndex(of: id).map { values[$0] } }
        set {
            if let index = ids.lastIndex(of: id) {
                values[index] = newValue ?? .undefined(id)
            } else if let newValue {
                ids.append(id)
                values.append(newValue)
            }
        }
    }

    func removeAll() {
        ids = []
        values = []
    }
}

/// Values of one call, in brackets.
struct TemplateArguments {
    var positional: [TemplateValue] = []
    var named: [(name: String, value: TemplateValue)] = []

    /// The values in the order of the parameters; nil where none is given.
    func bound(to names: [String], of function: String) throws -> [TemplateValue?] {
        guard positional.count <= names.count else { throw TemplateProblem("\(function) takes at most \(names.count) arguments") }
        var found: [TemplateValue?] = positional + Array(repeating: nil, count: names.count - positional.count)
        var given: Set<Int> = []
        for (name, value) in named {
            guard let index = names.firstIndex(of: name), index >= positional.count, !given.contains(index) else {
                throw TemplateProblem("\(function) does not take the argument '\(name.prefix(40))' here")
            }
            given.insert(index)
            found[index] = value
        }
        return found
    }

    /// The only values of a function that needs exactly these.
    func all(_ names: [String], of function: String) throws -> [TemplateValue] {
        let found = try bound(to: names, of: function)
        return try zip(names, found).map { name, value in
            guard let value else { throw TemplateProblem("\(function) needs the argument '\(name)'") }
            return value
        }
    }
}

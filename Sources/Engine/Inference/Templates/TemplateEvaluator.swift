import Core

/// Runs a template once. Holds the names, the output and what is left of every bound.
final class TemplateEvaluator {
    let program: TemplateProgram
    let now: Double
    /// The byte of the template at work, for messages.
    var offset = 0
    var globals: [TemplateValue?]
    var scope: TemplateScope?
    var out: [UInt8] = []
    var depth = 0
    /// Levels below the current call of a macro.
    var stackDepth = 0
    var macroDepth = 0
    let bounds: ChatTemplate.Bounds
    private var nodesLeft: Int
    private var workLeft: Int
    /// What may have come to refer to itself.
    private var kept: [any TemplateEmptying] = []
    let loopID: Int?

    init(_ program: TemplateProgram, now: Double, bounds: ChatTemplate.Bounds) {
        self.program = program
        self.now = now
        self.bounds = bounds
        nodesLeft = bounds.nodeCount
        workLeft = bounds.work
        globals = Array(repeating: nil, count: program.names.count)
        loopID = program.ids["loop"]
    }

    func render(_ context: [String: JSONValue]) throws -> [UInt8] {
        for function in TemplateFunction.allCases {
            if let id = program.ids[function.rawValue] { globals[id] = .function(function) }
        }
        for (name, id) in program.ids {
            if let value = context[name] { globals[id] = try self.value(of: value) }
        }
        _ = try run(program.body)
        return out
    }

    /// Empties whatever may refer to itself, one thing after the other. To be called once, after the last use.
    func dismantle() {
        for box in kept { box.removeAll() }
        kept = []
        scope = nil
        globals = []
    }

    // MARK: - Bounds

    func keep(_ box: any TemplateEmptying) { kept.append(box) }

    func countNode() throws {
        nodesLeft -= 1
        guard nodesLeft >= 0 else { throw TemplateProblem("a template that loops: it evaluates more than \(bounds.nodeCount) nodes") }
    }

    func enter() throws {
        try countNode()
        depth += 1
        guard depth <= ChatTemplate.depthMax else { throw TemplateProblem("operations nest deeper than \(ChatTemplate.depthMax)") }
        guard stackDepth + depth <= ChatTemplate.stackDepthMax else { throw TemplateProblem("calls of macros nest deeper than \(ChatTemplate.stackDepthMax) operations") }
    }

    /// Accounts for reading or writing `byteCount` bytes.
    func charge(_ byteCount: Int) throws {
        workLeft -= min(max(byteCount, 0), bounds.work) + 1
        guard workLeft >= 0 else { throw TemplateProblem("the template handles more than \(bounds.work) bytes of text and lists") }
    }

    func chargeElements(_ count: Int) throws { try charge(min(count, bounds.work) * ChatTemplate.elementCost) }

    /// Fails before a text that large is made.
    func checkText(_ byteCount: Int) throws {
        guard byteCount <= bounds.textByteCount else {
            throw TemplateProblem("the template makes a text of more than \(bounds.textByteCount) bytes")
        }
        try charge(byteCount)
    }

    // MARK: - Values

    func text(_ bytes: [UInt8]) throws -> TemplateValue {
        try checkText(bytes.count)
        return .text(bytes)
    }

    private func list(of items: [TemplateValue]) throws -> TemplateList {
        try chargeElements(items.count)
        let depth = items.reduce(0) { max($0, $1.depth) } + 1
        try checkDepth(depth)
        return TemplateList(items, depth: depth)
    }

    func checkDepth(_ depth: Int) throws {
        guard depth <= ChatTemplate.depthMax else { throw TemplateProblem("lists and dictionaries nest deeper than \(ChatTemplate.depthMax)") }
    }

    func list(_ items: [TemplateValue]) throws -> TemplateValue { .list(try list(of: items)) }
    func tuple(_ items: [TemplateValue]) throws -> TemplateValue { .tuple(try list(of: items)) }

    func key(_ value: TemplateValue) throws -> TemplateKey {
        if case .tuple(let list) = value { try chargeElements(list.items.count) }
        let key = try TemplateKey(value)
        try charge(key.cost)
        return key
    }

    func set(_ name: TemplateValue, to value: TemplateValue, in dictionary: TemplateDictionary) throws {
        try chargeElements(3)
        let depth = max(dictionary.depth, value.depth + 1)
        try checkDepth(depth)
        dictionary.depth = depth
        dictionary.set(try key(name), name, value)
    }

    /// A value of the context. Objects get the order of ``ChatTemplate/keyOrder``.
    private func value(of json: JSONValue, depth: Int = 1) throws -> TemplateValue {
        switch json {
        case .null: return .none
        case .bool(let value): return .bool(value)
        case .int(let value): return .int(value)
        case .double(let value): return .float(value)
        case .string(let value): return .text(value)
        case .array(let values):
            try checkDepth(depth)
            let items = try values.map { try value(of: $0, depth: depth + 1) }
            return .list(TemplateList(items, depth: items.reduce(0) { max($0, $1.depth) } + 1))
        case .object(let members):
            try checkDepth(depth)
            let dictionary = TemplateDictionary()
            let known = ChatTemplate.keyOrder.filter { members[$0] != nil }
            let others = members.keys.filter { !ChatTemplate.keyOrder.contains($0) }.map { Array($0.utf8) }.sorted { $0.lexicographicallyPrecedes($1) }
            for bytes in known.map({ Array($0.utf8) }) + others {
                guard let member = members[String(decoding: bytes, as: UTF8.self)] else { continue }
                let value = try value(of: member, depth: depth + 1)
                dictionary.depth = max(dictionary.depth, value.depth + 1)
                dictionary.set(.text(bytes), .text(bytes), value)
            }
            return .dictionary(dictionary)
        }
    }

    // MARK: - Names

    func lookUp(_ id: Int) -> TemplateValue {
        var current = scope
        while let scope = current {
            if let value = scope[id] { return value }
            current = scope.parent
        }
        return globals[id] ?? .undefined(id)
    }

    func assign(_ value: TemplateValue, to id: Int) {
        if let scope { scope[id] = value } else { globals[id] = value }
    }

    func assign(_ value: TemplateValue, to target: TemplateTarget) throws {
        switch target {
        case .name(let id): assign(value, to: id)
        case .attribute(let id, let key):
            guard case .namespace(let namespace) = lookUp(id) else {
                throw TemplateProblem("'\(program.names[id])' is no namespace, so its attributes cannot be set")
            }
            try chargeElements(1)
            namespace.members.set(.text(key), .text(key), value)
        case .tuple(let targets):
            let values = try elements(of: value)
            guard values.count == targets.count else { throw TemplateProblem("\(values.count) values cannot be given to \(targets.count) names") }
            for (target, value) in zip(targets, values) { try assign(value, to: target) }
        }
    }

    /// What a loop over the value runs over.
    func elements(of value: TemplateValue) throws -> [TemplateValue] {
        switch value {
        case .undefined: return []
        case .list(let list), .tuple(let list): return list.items
        case .dictionary(let dictionary): return dictionary.names
        case .text(let bytes):
            try chargeElements(bytes.count)
            return TemplateText.scalars(bytes).map { .text(TemplateText.bytes(CollectionOfOne($0))) }
        default: throw TemplateProblem("\(value.typeName) has no elements")
        }
    }
}

/// A box whose content can be let go.
protocol TemplateEmptying: AnyObject {
    func removeAll()
}

extension TemplateScope: TemplateEmptying {}
extension TemplateDictionary: TemplateEmptying {}
extension TemplateList: TemplateEmptying {
    func removeAll() { items = [] }
}

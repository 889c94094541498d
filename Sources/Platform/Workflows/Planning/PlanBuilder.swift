import Core
import Labels

/// Builds a scope of a plan by goal regression: each goal is a node; what it needs is looked for among what the scope gives, the newest first, and otherwise given by the node that gives it at the least cost, whose own
/// needs are met first in the same way.
struct PlanBuilder {
    /// A value of the scope.
    struct Value {
        let reference: String
        let meanings: [Meaning]
        let type: FieldType
    }

    let catalogue: NodeCatalogue
    let understanding: RequestUnderstanding
    var draft: PlanDraft
    var steps: [PlanStep] = []
    /// Newest last.
    var values: [Value] = []
    var used: Set<String>
    /// Steps of this scope with an outcome that conditions can look at, newest last.
    var outcomes: [PlanStep] = []
    /// An approval that later lasting steps wait for.
    var approval: String?
    /// What the step under construction is added for.
    private var depth = 0
    static let depthMax = 8

    init(catalogue: NodeCatalogue, understanding: RequestUnderstanding, draft: PlanDraft, used: Set<String> = []) {
        (self.catalogue, self.understanding, self.draft, self.used) = (catalogue, understanding, draft, used)
    }

    var isChinese: Bool { understanding.language == .chinese }

    // MARK: - Names

    mutating func name(for kind: String) -> String {
        let base = kind == "switch" ? "route" : kind == "map" ? "each" : kind == "loop" ? "refine" : kind
        var name = base, number = 2
        while !used.insert(name).inserted { (name, number) = ("\(base)-\(number)", number + 1) }
        return name
    }

    mutating func input(_ name: String, _ type: FieldType, _ grade: Grade, isGraded: Bool = false) -> JSONValue {
        if draft.inputs[name] == nil { draft.inputs[name] = .init(type: type, grade: grade, isGraded: isGraded) }
        return .string("${input.\(name)}")
    }

    // MARK: - Needs

    /// The cost of giving a meaning by nodes that may be added unasked; nil when none does.
    func cost(of meaning: Meaning, without seen: Set<String> = []) -> (cost: Double, node: NodeCatalogue.Node)? {
        guard seen.count < Self.depthMax else { return nil }
        var best: (cost: Double, node: NodeCatalogue.Node)?
        for id in catalogue.ids where !seen.contains(id) && !understanding.forbidden.contains(id) {
            guard let node = catalogue.nodes[id], node.descriptor.isAutomatic, node.lowersTo == nil, node.descriptor.gives.contains(where: { $0.meanings.contains { $0.isA(meaning) } }) else { continue }
            if id == "media-import", !understanding.hasMedia { continue }
            var sum = node.descriptor.cost
            for port in node.descriptor.takes where node.signature.inputs[port.field] != nil {
                guard let wanted = port.meanings.first, wanted.isData || wanted == .model || wanted == .metrics, newest(port.meanings) == nil else { continue }
                sum += cost(of: wanted, without: seen.union([id]))?.cost ?? 6
            }
            if best.map({ sum < $0.cost }) ?? true { best = (sum, node) }
        }
        return best
    }

    func newest(_ meanings: [Meaning]) -> Value? { values.last { value in value.meanings.contains { meaning in meanings.contains { meaning.isA($0) } } } }

    /// The newest value that is data to work on.
    var newestData: Value? { newest([.records, .text]) }

    /// The value that a node works on: the newest data of the scope, joined by a transform when only its type differs; otherwise what gives some, or an input of the workflow.
    /// - Returns: the field and the value; nil when the node takes none.
    mutating func work(of node: NodeCatalogue.Node) throws -> (field: String, value: String)? {
        let ports = node.descriptor.takes.filter { port in node.signature.inputs[port.field] != nil && port.meanings.contains { $0 == .records || $0 == .text } }
        guard let first = ports.first else { return nil }
        if newestData == nil { try provide(for: node, ports) }
        guard let data = newestData else { return (first.field, textInput()) }
        for port in ports where port.meanings.contains(where: { wanted in data.meanings.contains { $0.isA(wanted) } }) {
            if node.signature.inputs[port.field]?.type.accepts(data.type) ?? false { return (port.field, data.reference) }
        }
        let isText = first.meanings.contains(.text) || !ports.contains { $0.meanings.contains(.records) }
        return (first.field, glue(data, toText: isText))
    }

    private mutating func provide(for node: NodeCatalogue.Node, _ ports: [NodeDescriptor.Port]) throws {
        let takesText = ports.contains { $0.meanings.contains(.text) }
        let paths = sourcePaths
        if takesText, paths.isEmpty, !node.descriptor.requires.contains("filed"), !(understanding.hasPlace && !understanding.asked.contains("scan") && !understanding.asked.contains("data-export")) {
            values.append(Value(reference: textInput(), meanings: [.text], type: .string))
            return
        }
        guard let (_, giver) = cost(of: understanding.hasMedia && catalogue.nodes["media-import"] != nil ? .text : .records) ?? cost(of: .records) else {
            throw PlanRefusal.missing(node.id, "records", understanding)
        }
        let kind = understanding.hasMedia ? catalogue.nodes["media-import"]?.id ?? giver.id : giver.id
        for path in paths.isEmpty ? [nil] : paths.prefix(8).map(Optional.some) {
            try add(kind, path: path, why: PlanReason("\(node.descriptor.chinese)需要数据", "\(node.id) needs data"))
        }
    }

    /// Files that data come from: not the folder that is scanned, nor the file that is written.
    var sourcePaths: [String] {
        guard understanding.asked.contains("scan") else { return understanding.slots.paths }
        return Array(understanding.slots.paths.dropFirst())
    }

    /// Whether the request itself is all that there is to work on.
    var isFree: Bool { (understanding.isFree || understanding.quote != nil) && sourcePaths.isEmpty }

    /// Words of the request as a value that holds no reference.
    func plain(_ words: String) -> String { String(words.replacing("${", with: "$ {").prefix(2_000)) }

    mutating func textInput() -> String {
        let grade = understanding.slots.grade
        _ = input("text", .string, grade ?? .level3, isGraded: grade != nil)
        return "input.text"
    }

    /// A transform between two types.
    mutating func glue(_ data: Value, toText: Bool) -> String {
        let id = name(for: toText ? "as-text" : "as-records")
        let expression = toText ? "text(data)" : data.type == .string ? "map(filter(lines(data), l => trim(l) != \"\"), l => {text: l})" : "[{text: text(data)}]"
        let why = toText ? PlanReason("把记录变成文本", "turns records into text") : PlanReason("把文本变成记录", "turns text into records")
        steps.append(PlanStep(id: id, kind: "transform", with: ["data": .string("${\(data.reference)}")], set: [toText ? "text" : "records": expression], why: why, isGlue: true))
        values.append(Value(reference: "\(id).\(toText ? "text" : "records")", meanings: toText ? [.text] : [.records], type: .any))
        return "\(id).\(toText ? "text" : "records")"
    }

    // MARK: - Goals

    /// Adds a node and, before it, what it needs.
    mutating func add(_ kind: String, path: String? = nil, action: RequestUnderstanding.Action? = nil, why: PlanReason) throws {
        guard let node = catalogue.nodes[kind] else { throw PlanRefusal.unknown(kind, understanding) }
        guard depth < Self.depthMax else { throw PlanRefusal.missing(kind, "needs", understanding) }
        depth += 1
        defer { depth -= 1 }
        if kind == "tune-tagger" || kind == "tune-lora" { try splitIfMeasured(node) }
        if kind == "evaluate", let held = values.last(where: { $0.reference.hasSuffix(".heldOut") }) { values.append(held) }
        var step = PlanStep(id: "", kind: kind, why: why)
        let isLiteral = ["model", "agent"].contains(kind) && newestData == nil && isFree
        if isLiteral, let field = node.descriptor.takes.first?.field { step.with[field] = .string(plain(understanding.quote ?? action?.context ?? understanding.request)) }
        // A model is probed without records; a tagger by those that were read.
        let isProbe = kind == "assess" && newestData.map { !FieldType.array.accepts($0.type) } ?? true
        let work = ["human", "notify", "http", "call"].contains(kind) || isLiteral || isProbe ? nil : try work(of: node)
        if let work { step.with[work.field] = .string("${\(work.value)}") }
        let workType = work.flatMap { work in values.last { $0.reference == work.value }?.type }
        for port in node.descriptor.takes where node.signature.inputs[port.field] != nil && step.with[port.field] == nil {
            guard let meaning = port.meanings.first, meaning != .records, meaning != .text else { continue }
            if let value = try need(port, meaning, of: node, path: path, action: action) { step.with[port.field] = value }
        }
        try settle(&step, node, action)
        for field in node.unnamed where step.with[field] == nil { step.with[field] = input(field, node.signature.inputs[field]?.type ?? .any, .level1) }
        step.id = name(for: kind)
        condition(&step, node, action)
        // Work that cannot be seen in values keeps the order of the request: steps without a path between them would run beside one another.
        if action != nil, node.descriptor.isLasting || ["human", "wait"].contains(kind) || steps.last?.kind == "wait", let last = steps.last(where: { !$0.isGlue }), !depends(step, on: last.id) { step.after = [last.id] }
        steps.append(step)
        if node.descriptor.outcome != nil { outcomes.append(step) }
        for port in node.descriptor.gives where node.signature.outputs[port.field] != nil || kind == "transform" {
            if kind == "protect", let field = work?.field, port.field != field, port.field != "replaced" { continue }
            var (meanings, type) = (port.meanings, node.signature.outputs[port.field] ?? .any)
            // A transform gives what it takes until someone writes its expression.
            if kind == "transform" { (meanings, type) = workType == .string ? ([.text], .string) : ([.records], .array) }
            values.append(Value(reference: "\(step.id).\(port.field)", meanings: meanings, type: type))
        }
    }

    /// Whether a step waits for another of its scope anyway.
    private func depends(_ step: PlanStep, on id: String) -> Bool {
        var open = Self.sources(of: step), seen = Set<String>()
        while let next = open.popFirst() {
            if next == id { return true }
            guard seen.insert(next).inserted, let known = steps.first(where: { $0.id == next }) else { continue }
            open.formUnion(Self.sources(of: known))
        }
        return false
    }

    private static func sources(of step: PlanStep) -> Set<String> {
        let inside = step.bodies.flatMap { $0 }.flatMap(\.all).flatMap { PlanMender.references(in: $0.with) }
        let references = PlanMender.references(in: step.with) + inside + [step.when?["value"]?.string?.inner].compactMap { $0 }
        return Set(references.compactMap { $0.split(separator: ".").first.map(String.init) } + step.after)
    }

    /// A model that will be measured learns from one part of its data and is measured on the other.
    private mutating func splitIfMeasured(_ node: NodeCatalogue.Node) throws {
        let asked = understanding.asked
        guard asked.contains("evaluate") || asked.contains("deploy"), let split = catalogue.nodes["data-split"], !steps.contains(where: { $0.kind == "data-split" }) else { return }
        _ = try work(of: node)
        guard let data = newestData, FieldType.array.accepts(data.type) else { return }
        let id = name(for: "data-split")
        steps.append(PlanStep(id: id, kind: "data-split", with: ["records": .string("${\(data.reference)}")], why: PlanReason("训练与评测用不同的数据", "training and measuring take different data"), isGlue: !asked.contains("data-split")))
        for field in ["heldOut", "training"] { values.append(Value(reference: "\(id).\(field)", meanings: [.records], type: split.signature.outputs[field] ?? .array)) }
    }

    /// A value for a port that is not the data to work on.
    private mutating func need(_ port: NodeDescriptor.Port, _ meaning: Meaning, of node: NodeCatalogue.Node, path: String?, action: RequestUnderstanding.Action?) throws -> JSONValue? {
        switch meaning {
        case .path:
            let known = path ?? (node.id == "scan" ? understanding.slots.paths.first : sourcePaths.first)
            return known.map { .string($0) } ?? input("path", .string, .level1)
        case .address: return understanding.slots.addresses.first.map { .string($0) } ?? input("url", .string, .level1)
        case .seconds: return .double(understanding.slots.seconds ?? port.standard?.double ?? 3600)
        case .question:
            if let quote = understanding.quote { return .string(plain(quote)) }
            if let item = values.first(where: { $0.reference.hasPrefix("item-text") }) { return .string("${\(item.reference)}") }
            if let text = newest([.question]) { return .string("${\(text.reference)}") }
            return input("question", .string, .level2)
        case .model:
            if let value = newest([.model]) { return .string("${\(value.reference)}") }
            return understanding.slots.names.first.map { .string($0) } ?? input("model", .string, .level1)
        case .findings, .metrics:
            // A model that nothing here trains or measures: its measure is given by whoever starts the run.
            if meaning == .metrics, node.id == "deploy", newest([.metrics]) == nil, newestData == nil, sourcePaths.isEmpty { return input("metric", .number, .level1) }
            if newest([meaning]) == nil, let giver = cost(of: meaning)?.node {
                try add(giver.id, why: PlanReason("\(node.descriptor.chinese)需要它的结果", "\(node.id) needs what it gives"))
            }
            if let value = newest([meaning]) { return .string("${\(value.reference)}") }
            guard node.signature.inputs[port.field]?.isRequired ?? false else { return nil }
            return input(port.field, node.signature.inputs[port.field]?.type ?? .any, .level1)
        case .instruction: return nil
        case .rules: return port.standard
        default:
            if let text = port.standard?.string { return .string(named(node.id, text)) }
            return port.standard
        }
    }

    /// The name of what a step makes or works on, after what the request names.
    private func named(_ kind: String, _ standard: String) -> String {
        if kind == "assess" || kind == "deploy" || kind == "rollback", let name = understanding.slots.names.first { return name }
        if kind == "notify" { return understanding.slots.recipient ?? standard }
        guard let path = understanding.slots.paths.first else { return standard }
        let file = path.split { $0 == "/" || $0 == "\\" }.last.map(String.init) ?? path
        let base = file.split(separator: ".").first.map(String.init) ?? standard
        return kind.hasPrefix("tune") ? base + "-" + standard : kind == "data-export" ? base + "-" + standard : base
    }
}

extension String {
    /// `${x}` without its braces.
    var inner: String { hasPrefix("${") && hasSuffix("}") ? String(dropFirst(2).dropLast()) : self }
}

import Core
import Labels

/// Turns what was understood into a draft: the goals in their order, each with what it needs; the parts that stand under "each", "until" and "depending on" as steps of several steps.
struct GoalPlanner {
    typealias Action = RequestUnderstanding.Action
    let catalogue: NodeCatalogue
    let understanding: RequestUnderstanding

    /// What stands in one place of the order of work.
    private enum Part {
        case one(Action)
        case each([Action])
        case rounds([Action])
        case ways([Action])
    }

    /// - Throws: `workflows.plan`, naming what is missing.
    func draft(name: String) throws -> PlanDraft {
        guard !understanding.actions.isEmpty else { throw PlanRefusal.nothing(understanding) }
        guard understanding.actions.count <= 64 else { throw PlanRefusal.missing("plan", "fewer than 64 goals", understanding) }
        var builder = PlanBuilder(catalogue: catalogue, understanding: understanding, draft: PlanDraft(name: name))
        for part in parts() { try add(part, to: &builder) }
        var draft = builder.draft
        draft.steps = builder.steps
        if let schedule = understanding.slots.schedule {
            draft.notes.append(PlanReason("按“\(schedule)”运行：请为此工作流设置定时", "runs \"\(schedule)\": give this workflow a schedule"))
        }
        return draft
    }

    private func parts() -> [Part] {
        var parts: [Part] = []
        var actions = understanding.actions.sorted { $0.order < $1.order }
        // Data come before what is done with them, whatever the order of words; what works on a model comes behind the model.
        for (index, action) in actions.enumerated() where ["data-import", "media-import"].contains(action.kind) && index > 0 {
            let first = actions[..<index].firstIndex { ["data-clean", "data-validate", "detect", "grade", "protect", "tune-tagger", "tune-lora", "evaluate", "transform", "data-version", "data-export", "model", "knowledge-index", "assess", "code", "data-split", "map"].contains($0.kind) }
            if let first { actions.insert(actions.remove(at: index), at: first) }
        }
        move("evaluate", behind: ["tune-tagger", "tune-lora"], in: &actions)
        move("deploy", behind: ["tune-tagger", "tune-lora", "evaluate"], in: &actions)
        move("grade", behind: ["detect"], in: &actions)
        for action in actions {
            if action.way != nil, !understanding.ways.isEmpty { join(action, to: &parts) { if case .ways(let list) = $0 { .ways(list + [action]) } else { nil } } new: { .ways([action]) } }
            else if action.isLooped { join(action, to: &parts) { if case .rounds(let list) = $0 { .rounds(list + [action]) } else { nil } } new: { .rounds([action]) } }
            else if understanding.overFiles, isOfFile(action, parts) { join(action, to: &parts) { if case .each(let list) = $0 { .each(list + [action]) } else { nil } } new: { .each([action]) } }
            else if action.isEach, !understanding.overFiles { join(action, to: &parts) { if case .each(let list) = $0 { .each(list + [action]) } else { nil } } new: { .each([action]) } }
            else { parts.append(.one(action)) }
        }
        return parts
    }

    /// Kinds that are done to each file of a folder, as long as nothing else came between.
    private static let ofFile: Set<String> = ["data-import", "media-import", "data-clean", "data-validate", "detect", "grade", "protect", "model", "knowledge-index", "knowledge-search", "data-version", "data-export", "transform"]

    private func isOfFile(_ action: Action, _ parts: [Part]) -> Bool {
        guard Self.ofFile.contains(action.kind), action.way == nil, !action.isLooped else { return false }
        guard parts.contains(where: { if case .each = $0 { true } else { false } }) else { return ["data-import", "media-import"].contains(action.kind) }
        if case .each = parts.last { return !["汇总", "合成", "一个文件", "collect", "gather", "one export", "one file", "merge", "一份表", "together"].contains(where: action.context.contains) }
        return false
    }

    private func join(_ action: Action, to parts: inout [Part], _ with: (Part) -> Part?, new: () -> Part) {
        if let index = parts.lastIndex(where: { with($0) != nil }), let joined = with(parts[index]) { parts[index] = joined } else { parts.append(new()) }
    }

    private func move(_ kind: String, behind others: [String], in actions: inout [Action]) {
        guard let index = actions.firstIndex(where: { $0.kind == kind }), let last = actions.lastIndex(where: { others.contains($0.kind) }), last > index else { return }
        let action = actions.remove(at: index)
        actions.insert(action, at: last)
    }

    private func why(_ action: Action) -> PlanReason { PlanReason("请求中说“\(action.words)”", "the request says \"\(action.words)\"") }

    private func add(_ part: Part, to builder: inout PlanBuilder) throws {
        switch part {
        case .one(let action):
            // Asked for, and there already as a need of something before.
            if ["data-import", "media-import", "detect", "evaluate"].contains(action.kind), builder.steps.contains(where: { $0.kind == action.kind }) { return }
            try builder.add(action.kind, action: action, why: why(action))
        case .each(let actions): try addEach(actions, to: &builder)
        case .rounds(let actions): try addRounds(actions, to: &builder)
        case .ways(let actions): try addWays(actions, to: &builder)
        }
    }

    /// A builder for steps inside a step.
    private func inside(_ builder: PlanBuilder, _ values: [PlanBuilder.Value]) -> PlanBuilder {
        var inner = PlanBuilder(catalogue: catalogue, understanding: understanding, draft: builder.draft, used: builder.used)
        inner.values = values
        return inner
    }

    private func finish(_ inner: PlanBuilder, in builder: inout PlanBuilder) { (builder.draft, builder.used) = (inner.draft, inner.used) }

    private func addEach(_ actions: [Action], to builder: inout PlanBuilder) throws {
        guard let map = catalogue.nodes["map"] else { throw PlanRefusal.unknown("map", understanding) }
        if understanding.overFiles, let list = builder.steps.last(where: { $0.kind == "data-list" }) { return try addFiles(actions, of: list.id, to: &builder) }
        // What each item is sent to says how grave the list may be: how often it is called tells of it.
        if actions.contains(where: { (catalogue.nodes[$0.kind]?.signature.clearance.grade ?? .core) < .level3 }), !understanding.forbidden.contains("protect"), catalogue.nodes["protect"] != nil {
            if builder.newestData == nil { _ = try builder.work(of: map) }
            if let data = builder.newestData, !data.reference.hasPrefix("protect"), !data.reference.hasPrefix("input.") { try builder.add("protect", why: PlanReason("每条都会送到级别较低的步骤", "each item goes to a step of low clearance")) }
        }
        var listed = try builder.work(of: map)?.value ?? "input.items"
        if builder.newestData?.type == .string || listed == "input.text" {
            listed = builder.glue(builder.newestData ?? .init(reference: "input.text", meanings: [.text], type: .string), toText: false)
        }
        let id = builder.name(for: "map")
        var inner = inside(builder, [])
        let text = inner.name(for: "item-text")
        inner.steps.append(PlanStep(id: text, kind: "transform", with: ["item": .string("${\(id).item}")], set: ["text": "item.text == null ? text(item) : item.text"], why: PlanReason("取出一条的文本", "the text of one item"), isGlue: true))
        inner.values = [.init(reference: "\(text).text", meanings: [.text], type: .any)]
        for action in actions { try inner.add(action.kind, action: action, why: why(action)) }
        let given = inner.values.last { $0.reference != "\(text).text" && $0.meanings != [.count] }?.reference
        finish(inner, in: &builder)
        builder.steps.append(PlanStep(id: id, kind: "map", with: ["items": .string("${\(listed)}")], inner: .each(inner.steps, gives: given), why: PlanReason("请求要求逐条处理", "the request speaks of each item")))
        builder.values.append(.init(reference: "\(id).results", meanings: [.records], type: .array))
    }

    /// Each file of a folder: it is read inside, and what is done to it.
    private func addFiles(_ actions: [Action], of list: String, to builder: inout PlanBuilder) throws {
        let id = builder.name(for: "map")
        var inner = inside(builder, [])
        for action in actions {
            // What a file holds is known once it is read.
            if inner.steps.contains(where: { $0.kind == action.kind && ["detect", "data-import", "media-import"].contains($0.kind) }) { continue }
            try inner.add(action.kind, path: "${\(id).item}", action: action, why: why(action))
        }
        let given = inner.values.last { value in value.meanings.contains { $0.isA(.text) || $0.isA(.records) } }?.reference
        finish(inner, in: &builder)
        builder.steps.append(PlanStep(id: id, kind: "map", with: ["items": .string("${\(list).files}")], inner: .each(inner.steps, gives: given), why: PlanReason("请求要求逐个文件处理", "the request speaks of each file")))
        builder.values.append(.init(reference: "\(id).results", meanings: [.records], type: .array))
    }

    private func addRounds(_ actions: [Action], to builder: inout PlanBuilder) throws {
        guard catalogue.nodes["loop"] != nil else { throw PlanRefusal.unknown("loop", understanding) }
        if builder.newestData == nil {
            if let path = builder.sourcePaths.first { try builder.add(understanding.hasMedia ? "media-import" : "data-import", path: path, why: PlanReason("循环从文件开始", "the loop begins with the file")) }
            else if !builder.isFree { builder.values.append(.init(reference: builder.textInput(), meanings: [.text], type: .string)) }
        }
        let free: JSONValue? = builder.newestData == nil ? .string(builder.plain(understanding.quote ?? understanding.request)) : nil
        if free != nil { builder.values.append(.init(reference: "", meanings: [.text], type: .string)) }
        guard let start = builder.newestData else { throw PlanRefusal.missing("loop", "text", understanding) }
        let first = start.type == .array ? builder.glue(start, toText: true) : start.reference
        if free != nil { builder.values.removeLast() }
        let id = builder.name(for: "loop")
        var inner = inside(builder, [.init(reference: "\(id).value", meanings: [.text], type: .any)])
        for action in actions { try inner.add(action.kind, action: action, why: why(action)) }
        let gives = inner.values.last { value in value.type != .number && value.meanings.contains { $0.isA(.text) || $0.isA(.records) } && !value.reference.hasSuffix(".comment") }?.reference ?? "\(id).value"
        let until = try self.until(&inner, gives)
        finish(inner, in: &builder)
        let most = understanding.slots.rounds ?? 5
        builder.steps.append(PlanStep(id: id, kind: "loop", with: ["value": free ?? .string("${\(first)}")], inner: .rounds(inner.steps, gives: gives, max: most, until: until), why: PlanReason("请求要求反复进行，最多 \(most) 轮", "the request asks to repeat, \(most) rounds at most")))
        builder.values.append(.init(reference: "\(id).value", meanings: [.text], type: .any))
    }

    /// What ends a loop: the person in it, the measure in it, or a judgment of the model.
    private func until(_ inner: inout PlanBuilder, _ gives: String) throws -> JSONValue {
        if let person = inner.steps.last(where: { $0.kind == "human" }) { return ["value": .string("${\(person.id).choice}"), "equals": "approve"] }
        if let measured = inner.steps.last(where: { $0.kind == "evaluate" }) { return ["value": .string("${\(measured.id).f1}"), "greaterThan": .double(understanding.slots.threshold ?? 0.8)] }
        guard catalogue.nodes["model"] != nil else { throw PlanRefusal.missing("loop", "a condition that ends it", understanding) }
        // A judgment takes text.
        let judged = inner.values.last { $0.reference == gives }, prompt = judged.map { $0.type == .array ? inner.glue($0, toText: true) : gives } ?? gives
        let id = inner.name(for: "judge")
        inner.steps.append(PlanStep(
            id: id, kind: "model", with: ["prompt": .string("${\(prompt)}"), "system": .string("Answer yes or no, nothing else. Is this fulfilled: " + understanding.request.replacing("${", with: "$ {").prefix(200))],
            why: PlanReason("判断循环是否可以结束", "judges whether the loop may end"), isGlue: true))
        let verdict = inner.name(for: "verdict")
        inner.steps.append(PlanStep(id: verdict, kind: "transform", with: ["answer": .string("${\(id).text}")], set: ["met": "startsWith(lower(trim(answer)), \"yes\")"], why: PlanReason("读出判断", "reads the judgment"), isGlue: true))
        return ["value": .string("${\(verdict).met}"), "equals": true]
    }

    private func addWays(_ actions: [Action], to builder: inout PlanBuilder) throws {
        guard catalogue.nodes["switch"] != nil else { throw PlanRefusal.unknown("switch", understanding) }
        let value = builder.input("kind", .string, .level1)
        var bodies: [(label: String, steps: [PlanStep])] = []
        for (way, label) in understanding.ways.enumerated() {
            let members = actions.filter { $0.way == way }
            guard !members.isEmpty else { continue }
            var inner = inside(builder, builder.values)
            for action in members { try inner.add(action.kind, action: action, why: why(action)) }
            finish(inner, in: &builder)
            let unique = bodies.contains { $0.label == label } ? "\(label) \(way + 1)" : label
            bodies.append((unique, inner.steps))
        }
        let id = builder.name(for: "switch")
        // What none of the other cases has: the last way of a request stands for the rest.
        let last = bodies.count > 1 ? bodies.removeLast() : nil
        builder.steps.append(PlanStep(id: id, kind: "switch", with: ["value": value], inner: .ways(bodies, otherwise: last?.steps ?? []), why: PlanReason("请求按类别分别处理", "the request treats kinds differently")))
    }
}

/// Why no plan can be made. Every refusal says what is missing.
enum PlanRefusal {
    static func nothing(_ understanding: RequestUnderstanding) -> Fault {
        Fault(.workflowPlan, understanding.language == .chinese ? "没有在请求中找到可以执行的步骤" : "the request names nothing that a step could do", remedy: "name what is to be done, e.g. import a file, mask it, export it; see docs/rooms/planning.md")
    }
    static func unknown(_ kind: String, _ understanding: RequestUnderstanding) -> Fault {
        Fault(.workflowPlan, understanding.language == .chinese ? "请求需要节点 \(kind)，但此处没有安装" : "the request needs the step kind \(kind), which is not here", remedy: "leave that part out, or install the kind")
    }
    static func missing(_ kind: String, _ what: String, _ understanding: RequestUnderstanding) -> Fault {
        Fault(.workflowPlan, understanding.language == .chinese ? "节点 \(kind) 缺少：\(what)" : "\(kind) lacks: \(what)", remedy: "say in the request where it comes from")
    }
    static func leak(_ message: String, _ why: String, _ understanding: RequestUnderstanding) -> Fault {
        Fault(.workflowPlan, (understanding.language == .chinese ? "计划会泄露数据，且无法补救（\(why)）：" : "the plan would leak, and cannot be mended (\(why)): ") + message, remedy: "allow a protection step, or send the data to a place of higher clearance")
    }
}

extension Fault.Code {
    /// No workflow can be planned for a request; the message names what is missing.
    public static let workflowPlan = Fault.Code("workflows.plan", .refused)
}

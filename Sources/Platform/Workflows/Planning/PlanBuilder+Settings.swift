import Core
import Labels

// What the request says of a step: texts, people, conditions.
extension PlanBuilder {
    /// Fills what only this kind has.
    mutating func settle(_ step: inout PlanStep, _ node: NodeCatalogue.Node, _ action: RequestUnderstanding.Action?) throws {
        let words = action.map { $0.context.isEmpty ? $0.words : $0.context } ?? understanding.request
        let title = String(words.replacing("${", with: "$ {").prefix(120))
        switch step.kind {
        case "model":
            if node.signature.inputs["system"] != nil { step.with["system"] = .string(instruction(title)) }
        case "human":
            step.with["title"] = .string(texts.task(after: about(action), cue: action?.cue ?? .approve, when: action?.when) ?? title)
            if let due = understanding.slots.due, node.signature.inputs["due"] != nil { step.with["due"] = .double(due) }
            if values.isEmpty, !isFree {
                let asked = draft.inputs["question"] != nil
                values.append(asked ? Value(reference: "input.question", meanings: [.question], type: .string) : Value(reference: textInput(), meanings: [.text], type: .string))
            }
            if let shown = values.last, node.signature.inputs["body"] != nil { step.with["body"] = .string("${\(shown.reference)}") }
            if node.signature.inputs["choices"] != nil { step.with["choices"] = ["approve", "reject"] }
            if let count = understanding.slots.approvals, node.signature.inputs["approvals"] != nil { step.with["approvals"] = .int(count) }
        case "notify":
            if newestData == nil, steps.isEmpty, !sourcePaths.isEmpty, action?.cue == .send { try prepareData() }
            let told = action?.cue == .notify && [nil, "wait"].contains(steps.last { !$0.isGlue }?.kind) ? nil : texts.notice(after: about(action), when: action?.when)
            step.with["title"] = .string(told ?? String(title.prefix(60)))
            if let quote = action?.quote {
                step.with["text"] = .string(plain(quote))
                break
            }
            if action?.way == nil, action?.when == nil, action?.tells ?? false, let told = measured() {
                step.with["text"] = .string("${\(glue(told, toText: true))}")
                break
            }
            let content = action?.way != nil ? nil : values.last { value in value.type != .number && value.meanings.contains { [.text, .message, .report, .passages].contains($0) } }
            let isSent = action?.when == nil && (content.map { content in newestData?.reference == content.reference } ?? false)
            step.with["text"] = isSent ? content.map { .string("${\($0.reference)}") } : .string(told.map(texts.text) ?? title)
            if isSent, let content, content.type == .array { step.with["text"] = .string("${\(glue(content, toText: true))}") }
        case "http":
            let sends = action.map { [.post, .send, .export].contains($0.cue) } ?? false
            guard sends, node.signature.inputs["body"] != nil else { break }
            step.with["method"] = "POST"
            if newestData == nil { values.append(Value(reference: textInput(), meanings: [.text], type: .string)) }
            if let data = newestData { step.with["body"] = .string("${\(data.type == .array ? glue(data, toText: true) : data.reference)}") }
        case "deploy":
            if let least = understanding.slots.threshold { step.with["least"] = .double(least) }
        case "transform":
            let data = step.with.removeValue(forKey: "data")
            step.with = data.map { ["data": $0] } ?? [:]
            step.set = ["result": "data"]
            draft.notes.append(PlanReason("请在步骤 transform 的 set 中写出计算式", "write the expression into `set` of the transform step"))
        case "data-validate":
            if step.with["rules"] == [] { draft.notes.append(PlanReason("请在步骤 data-validate 的 rules 中写出校验规则", "write the rules into the data-validate step")) }
        case "call":
            let name = understanding.slots.names.first { PlanSubworkflows.names.contains($0) } ?? understanding.slots.names.first(where: PlanSubworkflows.canBeName) ?? "sub-workflow"
            if !PlanSubworkflows.names.contains(name) {
                draft.notes.append(PlanReason("请在 workflows 中写出子流程 \(name)：在此之前由人工完成", "write the sub-workflow \(name) under `workflows`: until then a person does it by hand"))
            }
            step.inner = .call(name)
            draft.workflows.insert(name)
            if newestData == nil { values.append(Value(reference: textInput(), meanings: [.text], type: .string)) }
            if let data = newestData { step.with["text"] = .string("${\(data.type == .array ? glue(data, toText: true) : data.reference)}") }
        case "wait": break
        default:
            // A step without values from before still comes after it.
            if PlanMender.references(in: step.with).allSatisfy({ $0.hasPrefix("input.") }), action != nil, let last = steps.last { step.after = [last.id] }
        }
    }

    /// What the last step found or measured, when that is what a notice is to tell; nil when there is text to send.
    private func measured() -> Value? {
        let fields = ["detect": "counts", "evaluate": "f1", "assess": "report", "tune-lora": "score", "data-validate": "problems", "grade": "grade", "scan": "counts", "data-list": "count", "map": "results", "transform": "result", "code": "output"]
        guard let last = steps.last(where: { !$0.isGlue && (fields[$0.kind] != nil || ["model", "agent", "http", "knowledge-search", "media-import", "protect"].contains($0.kind)) }), let field = fields[last.kind] else { return nil }
        return Value(reference: "\(last.id).\(field)", meanings: [.text], type: .any)
    }

    private var texts: PlanTexts { PlanTexts(understanding: understanding) }

    /// The kind that a notice or a task is about: whose outcome decides, or what was done last.
    private func about(_ action: RequestUnderstanding.Action?) -> String? {
        if let when = action?.when, let source = source(of: when) { return source.kind }
        return steps.last { !$0.isGlue && $0.kind != "wait" }?.kind
    }

    private mutating func prepareData() throws {
        guard let giver = cost(of: .records)?.node else { return }
        try add(giver.id, why: PlanReason("要发送的内容来自文件", "what is sent comes from a file"))
    }

    private func instruction(_ words: String) -> String {
        let target = understanding.slots.targetLanguage.map { isChinese ? "（目标语言：\($0)）" : " (into \($0))" } ?? ""
        return (isChinese ? "请完成以下任务：" : "Do this: ") + words + target
    }

    /// When the step happens: what the request says, or the approval before it.
    mutating func condition(_ step: inout PlanStep, _ node: NodeCatalogue.Node, _ action: RequestUnderstanding.Action?) {
        if let when = action?.when, step.kind != "deploy" || when.polarity == .bad, let source = source(of: when) {
            let outcome = catalogue.nodes[source.kind]?.descriptor.outcome
            let test = when.polarity == .good ? outcome?.good ?? "" : outcome?.bad ?? ""
            if let least = understanding.slots.leastGrade, let field = ["scan": "highest", "grade": "grade"][source.kind], when.polarity == .good {
                step.when = Self.test("greaterThan: \(least.rawValue - 1)", on: "\(source.id).\(field)", threshold: nil)
            } else {
                let counts = ["invalidCount", "count", "findings"].contains(outcome?.field ?? "") && test.hasPrefix("greaterThan")
                step.when = Self.test(test, on: "\(source.id).\(outcome?.field ?? "")", threshold: source.kind == "evaluate" ? when.threshold ?? understanding.slots.threshold : counts ? when.count : when.threshold)
            }
        } else if let approval, node.descriptor.isLasting {
            step.when = ["value": .string("${\(approval).choice}"), "equals": "approve"]
        }
        if step.kind == "human", let action { approval = action.cue == .person ? approval : step.id.isEmpty ? nil : step.id }
    }

    private func source(of when: RequestUnderstanding.When) -> PlanStep? {
        if when.threshold != nil, let measured = outcomes.last(where: { $0.kind == "evaluate" || $0.kind == "knowledge-search" }) { return measured }
        return outcomes.last
    }

    /// A condition from a test such as `greaterThan: 0.8`.
    static func test(_ test: String, on reference: String, threshold: Double?) -> JSONValue? {
        let parts = test.split(separator: ":").map { String($0).filter { $0 != " " } }
        guard parts.count == 2 else { return nil }
        let value: JSONValue = Double(parts[1]).map { .double(parts[0] == "equals" ? $0 : threshold ?? $0) } ?? (parts[1] == "true" ? .bool(true) : parts[1] == "false" ? .bool(false) : .string(parts[1]))
        return ["value": .string("${\(reference)}"), parts[0]: value.int.map { .int($0) } ?? value]
    }
}

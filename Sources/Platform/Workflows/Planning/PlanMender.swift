import Core
import Labels

/// Makes a draft sound: what the checker refuses as a leak becomes a need for protection, at the place where the least is lost.
///
/// A leaking value is protected where it enters; a condition that would tell of a value is answered by what a person was shown, protected, or by a verdict that is protected itself; an input that is meant for a place of
/// low clearance is declared no higher than that. Each turn removes one cause, and the number of turns is bounded.
struct PlanMender {
    let catalogue: NodeCatalogue
    let understanding: RequestUnderstanding
    static let turnCountMax = 64

    /// The definition of a draft that the checker accepts.
    /// - Throws: `workflows.plan` with the path of the leak when nothing may or can mend it.
    func mended(_ draft: inout PlanDraft) throws -> WorkflowDefinition {
        for _ in 0..<Self.turnCountMax {
            let definition = try WorkflowDefinition(yaml: draft.yaml)
            let errors = catalogue.checker.check(definition).filter { $0.severity == .error }
            guard let error = errors.first else {
                // Steps read in the order in which they can run.
                guard let order = WorkflowDefinition.order(of: definition.steps), order != Array(draft.steps.indices) else { return definition }
                draft.steps = order.map { draft.steps[$0] }
                return try WorkflowDefinition(yaml: draft.yaml)
            }
            guard error.code == "workflow.leak", let place = error.place?.dropFirst("step ".count), let id = place.split(separator: ".").first.map(String.init), try mend(id, error.message, &draft) else {
                throw error.code == "workflow.leak" ? PlanRefusal.leak(error.message, understanding.language == .chinese ? "没有能降到该级别的节点" : "no step lowers it so far", understanding) : Fault(.workflowPlan, error.message, remedy: "say it in other words")
            }
        }
        throw Fault(.workflowPlan, "the plan did not become sound in \(Self.turnCountMax) turns", remedy: "split the request")
    }

    private func mend(_ id: String, _ message: String, _ draft: inout PlanDraft) throws -> Bool {
        guard let step = draft.all.first(where: { $0.id == id }), let clearance = catalogue.nodes[step.kind]?.signature.clearance.grade else { return false }
        if lowerInputs(of: step, to: clearance, &draft) { return true }
        guard !understanding.forbidden.contains(catalogue.protection?.id ?? "protect") else { throw PlanRefusal.leak(message, understanding.language == .chinese ? "请求不允许脱敏" : "the request forbids protection", understanding) }
        guard let protection = catalogue.protection, let lowest = protection.lowersTo, lowest <= clearance else { return false }
        if protectValues(of: step, protection, &draft) { return true }
        guard let reference = step.when?["value"]?.string?.inner, let source = draft.all.first(where: { $0.id == Self.owner(of: reference) }) else { return false }
        if source.kind == "human", protectValues(of: source, protection, &draft) { return true }
        return protectVerdict(of: step, protection, &draft)
    }

    private static func owner(of reference: String) -> String { String(reference.split(separator: ".").first ?? "") }

    /// An input of no stated grade that enters a place of lower clearance may be given no more than the place may see, when no protection reaches so low or the input is a question.
    private func lowerInputs(of step: PlanStep, to clearance: Grade, _ draft: inout PlanDraft) -> Bool {
        let protects = catalogue.protection?.lowersTo.map { $0 <= clearance } ?? false
        for reference in Self.references(in: step.with) where reference.hasPrefix("input.") {
            let name = String(reference.dropFirst("input.".count))
            guard let input = draft.inputs[name], input.grade > clearance, !input.isGraded, !protects || understanding.forbidden.contains("protect") else { continue }
            draft.inputs[name]?.grade = clearance
            draft.notes.append(PlanReason("输入 \(name) 的级别不得高于 \(clearance)，因为 \(step.kind) 只能接收到此级别", "the input \(name) may be \(clearance) at most, as \(step.kind) may receive no more"))
            return true
        }
        return false
    }

    static func references(in with: [String: JSONValue]) -> [String] {
        with.sorted { $0.key < $1.key }.compactMap { $0.value.string }.filter { $0.hasPrefix("${") }.map(\.inner)
    }

    /// Puts protection in front of the data that a step takes.
    private func protectValues(of step: PlanStep, _ protection: NodeCatalogue.Node, _ draft: inout PlanDraft) -> Bool {
        for (field, value) in step.with.sorted(by: { $0.key < $1.key }) {
            guard let reference = value.string, reference.hasPrefix("${") else { continue }
            let owner = Self.owner(of: reference.inner), giver = draft.all.first { $0.id == owner }
            if giver.map({ catalogue.nodes[$0.kind]?.lowersTo != nil }) ?? false { continue }
            if owner == "input", draft.inputs[String(reference.inner.dropFirst(6))].map({ $0.grade <= .level2 }) ?? true { continue }
            guard let (input, output, steps) = protected(by: protection, reference.inner, giver, step.id, field, as: catalogue.nodes[step.kind]?.signature.inputs[field]?.type ?? .any, &draft) else { continue }
            _ = input
            insert(steps, before: step.id, in: &draft.steps)
            edit(step.id, in: &draft.steps) { $0.with[field] = .string("${\(output)}") }
            return true
        }
        return false
    }

    /// Steps that protect a value.
    private func protected(by protection: NodeCatalogue.Node, _ reference: String, _ giver: PlanStep?, _ taker: String, _ field: String, as wanted: FieldType, _ draft: inout PlanDraft) -> (input: String, output: String, steps: [PlanStep])? {
        let known = draft.all.first { $0.kind == protection.id && $0.with.values.contains(.string("${\(reference)}")) && $0.when == nil && giver?.id != $0.id && !comes($0.id, after: taker, draft) }
        let given = type(of: reference, giver, draft), type = given == .any && wanted == .array ? .array : given
        let isList = type == .array
        let port = isList ? "records" : "text"
        guard protection.signature.inputs[port] != nil, protection.signature.outputs[port] != nil else { return nil }
        if let known, draft.steps.contains(where: { $0.id == known.id }) { return (port, "\(known.id).\(port)", []) }
        var taken = Set(draft.all.map(\.id))
        var steps: [PlanStep] = []
        var source = reference
        if !isList, type != .string {
            let id = Self.fresh("as-text", &taken)
            steps.append(PlanStep(id: id, kind: "transform", with: ["data": .string("${\(reference)}")], set: ["text": "text(data)"], why: PlanReason("脱敏需要文本", "protection takes text"), isGlue: true))
            source = "\(id).text"
        }
        let id = Self.fresh(protection.id, &taken)
        steps.append(PlanStep(id: id, kind: protection.id, with: [port: .string("${\(source)}")], why: PlanReason("没有它，级别过高的值会进入 \(field)", "without it a value of too high a grade would enter \(field)")))
        return (port, "\(id).\(port)", steps)
    }

    /// Whether a step waits for another, by values or by order: it cannot be put in front of it.
    private func comes(_ id: String, after other: String, _ draft: PlanDraft) -> Bool {
        var (seen, waiting) = (Set<String>(), [id])
        while let next = waiting.popLast() {
            guard seen.insert(next).inserted, let step = draft.all.first(where: { $0.id == next }) else { continue }
            let needs = step.after + Self.references(in: step.with).map(Self.owner) + (step.when?["value"]?.string.map { [Self.owner(of: $0.inner)] } ?? [])
            if needs.contains(other) { return true }
            waiting += needs
        }
        return false
    }

    private func type(of reference: String, _ giver: PlanStep?, _ draft: PlanDraft) -> FieldType {
        let field = String(reference.drop { $0 != "." }.dropFirst())
        guard let giver else { return draft.inputs[field]?.type ?? .any }
        if giver.kind == "map" { return field == "results" ? .array : .any }
        if giver.kind == "transform" { return giver.id.hasPrefix("as-text") ? .string : field == "records" ? .array : .any }
        return catalogue.nodes[giver.kind]?.signature.outputs[field] ?? .any
    }

    private static func fresh(_ base: String, _ taken: inout Set<String>) -> String {
        var name = base, number = 2
        while !taken.insert(name).inserted { (name, number) = ("\(base)-\(number)", number + 1) }
        return name
    }

    /// A condition over a value of high grade becomes a verdict in two words, which is protected like any text.
    private func protectVerdict(of step: PlanStep, _ protection: NodeCatalogue.Node, _ draft: inout PlanDraft) -> Bool {
        guard let when = step.when, let value = when["value"]?.string, let told = Condition.Test.all(in: when).first.flatMap(Verdict.init) else { return false }
        if draft.all.first(where: { $0.id == Self.owner(of: value.inner) })?.kind == protection.id { return false }
        var taken = Set(draft.all.map(\.id))
        let verdict = Self.fresh("verdict", &taken), id = Self.fresh(protection.id, &taken)
        let steps = [
            PlanStep(id: verdict, kind: "transform", with: ["value": .string(value)], set: ["text": told.word], after: step.after, why: PlanReason("把条件变成“是/否”", "the condition as yes or no"), isGlue: true),
            PlanStep(id: id, kind: protection.id, with: ["text": .string("${\(verdict).text}")], why: PlanReason("条件看到的值级别过高，\(step.kind) 只应知道“是/否”", "the condition looks at a value of too high a grade; \(step.kind) is to know yes or no only")),
        ]
        insert(steps, before: step.id, in: &draft.steps)
        edit(step.id, in: &draft.steps) { $0.when = ["value": .string("${\(id).text}"), "equals": .string(Verdict.yesWord)] }
        return true
    }

    // MARK: - The tree

    private func insert(_ new: [PlanStep], before id: String, in steps: inout [PlanStep]) {
        guard !new.isEmpty else { return }
        if let index = steps.firstIndex(where: { $0.id == id }) { steps.insert(contentsOf: new, at: index); return }
        for index in steps.indices { steps[index].changeBodies { insert(new, before: id, in: &$0) } }
    }

    private func edit(_ id: String, in steps: inout [PlanStep], _ change: (inout PlanStep) -> Void) {
        if let index = steps.firstIndex(where: { $0.id == id }) { change(&steps[index]); return }
        for index in steps.indices { steps[index].changeBodies { edit(id, in: &$0, change) } }
    }
}

extension PlanStep {
    /// Changes each body inside.
    mutating func changeBodies(_ change: (inout [PlanStep]) -> Void) {
        switch inner {
        case .each(var steps, let gives):
            change(&steps)
            inner = .each(steps, gives: gives)
        case .rounds(var steps, let gives, let most, let until):
            change(&steps)
            inner = .rounds(steps, gives: gives, max: most, until: until)
        case .ways(var ways, var otherwise):
            for index in ways.indices { change(&ways[index].steps) }
            change(&otherwise)
            inner = .ways(ways, otherwise: otherwise)
        case .call, nil: break
        }
    }
}

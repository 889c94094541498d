import Core

/// A plan as a search changes it.
struct PlanVariant: Sendable, Hashable {
    var kinds: [String]
    /// Settings of steps, by kind and input.
    var settings: [String: [String: JSONValue]] = [:]
}

/// Makes variants and plans them.
struct PlanVariants: Sendable {
    let planner: WorkflowPlanner
    /// The kinds that may be put in.
    let inserts: [String]

    /// The plan of a variant, checked again with its settings.
    /// - Throws: `workflows.plan` when it cannot be made sound.
    func plan(_ variant: PlanVariant, request: String, name: String) throws -> WorkflowPlan {
        let plan = try planner.plan(kinds: variant.kinds, request: request, name: name)
        guard variant.settings.keys.contains(where: plan.nodes.contains) else { return plan }
        let definition = try WorkflowDefinition(yaml: DefinitionText.yaml(Self.set(variant.settings, in: plan.definition.json)))
        if let error = planner.catalogue.checker.check(definition).first(where: { $0.severity == .error }) { throw Fault(.workflowPlan, error.message, remedy: "leave the setting as it was") }
        return WorkflowPlan(definition: definition, explanations: plan.explanations, notes: plan.notes, slots: plan.slots, language: plan.language, missing: plan.missing, source: plan.source, template: plan.template)
    }

    /// A definition's JSON with settings in every step of their kinds, inner ones and those of called workflows included.
    private static func set(_ settings: [String: [String: JSONValue]], in json: JSONValue) -> JSONValue {
        switch json {
        case .array(let elements): return .array(elements.map { set(settings, in: $0) })
        case .object(var members):
            for key in ["steps", "cases", "otherwise"] { members[key] = members[key].map { set(settings, in: $0) } }
            members["workflows"] = (members["workflows"]?.object).map { .object($0.mapValues { set(settings, in: $0) }) }
            if let kind = members["kind"]?.string, let own = settings[kind] { members["with"] = .object((members["with"]?.object ?? [:]).merging(own) { $1 }) }
            return .object(members)
        default: return json
        }
    }

    /// What may be set of a kind: inputs that no value of the plan goes into, with the values worth trying.
    func knobs(of kind: String) -> [(field: String, values: [JSONValue])] {
        guard let node = planner.catalogue.nodes[kind] else { return [] }
        return node.signature.inputs.sorted { $0.key < $1.key }.compactMap { name, field in
            guard !field.isRequired, !field.isSecret, node.meanings(into: name).isEmpty else { return nil }
            if field.type == .boolean { return (name, [true, false]) }
            return Self.numbers["\(kind).\(name)"].map { (name, $0) }
        }
    }

    /// Numbers worth trying. A kind without an entry keeps its own.
    private static let numbers: [String: [JSONValue]] = [
        "data-split.share": [0.1, 0.2, 0.3], "knowledge-search.limit": [1, 2, 3, 5, 10], "model.maxTokens": [64, 256, 1_024],
    ]

    /// A variant after a mutation; nil when it does not apply.
    func mutated(_ parent: PlanSearch.Candidate, _ mutation: PlanSearch.Mutation, _ random: inout SeededRandom) -> PlanVariant? {
        let variant = PlanVariant(kinds: parent.kinds, settings: parent.settings)
        if mutation == .setting {
            let once = changed(variant, parent.plan, &random)
            // Two at once, now and then: one alone may be worse.
            return Int.random(in: 0..<3, using: &random) == 0 ? once.flatMap { changed($0, parent.plan, &random) } : once
        }
        guard let kinds = mutated(parent.kinds, mutation, &random) else { return nil }
        return PlanVariant(kinds: kinds, settings: variant.settings)
    }

    /// One setting made another, or given up.
    private func changed(_ variant: PlanVariant, _ plan: WorkflowPlan, _ random: inout SeededRandom) -> PlanVariant? {
        let choices = plan.nodes.sorted().flatMap { kind in
            knobs(of: kind).flatMap { knob in ([nil] + knob.values.map(Optional.some) as [JSONValue?]).filter { $0 != variant.settings[kind]?[knob.field] }.map { (kind: kind, field: knob.field, value: $0) } }
        }
        guard let choice = choices.randomElement(using: &random) else { return nil }
        var variant = variant
        variant.settings[choice.kind, default: [:]][choice.field] = choice.value
        if variant.settings[choice.kind]?.isEmpty ?? false { variant.settings[choice.kind] = nil }
        return variant
    }

    private func mutated(_ kinds: [String], _ mutation: PlanSearch.Mutation, _ random: inout SeededRandom) -> [String]? {
        guard let place = kinds.indices.randomElement(using: &random) else { return nil }
        var kinds = kinds
        switch mutation {
        case .replace:
            guard let other = alternatives(to: kinds[place]).randomElement(using: &random) else { return nil }
            kinds[place] = other
        case .drop:
            guard kinds.count > 1 else { return nil }
            kinds.remove(at: place)
        case .addReview: kinds.insert("human", at: place + 1)
        case .addCheck:
            guard let check = inserts.filter({ planner.catalogue.nodes[$0] != nil && !kinds.contains($0) }).randomElement(using: &random), let place = (0...kinds.count).randomElement(using: &random) else { return nil }
            kinds.insert(check, at: place)
        case .ensemble:
            guard let model = kinds.firstIndex(of: "model"), kinds.count(where: { $0 == "model" }) < 5 else { return nil }
            kinds.insert("model", at: model)
        case .swap:
            guard place + 1 < kinds.count else { return nil }
            kinds.swapAt(place, place + 1)
        case .setting: return nil
        }
        return kinds
    }

    /// Kinds that give what this one gives, or that have the same effects.
    private func alternatives(to kind: String) -> [String] {
        guard let node = planner.catalogue.nodes[kind] else { return [] }
        let meanings = Set(node.descriptor.gives.flatMap(\.meanings)), effects = node.descriptor.effects
        return planner.catalogue.ids.filter { id in
            guard id != kind, let other = planner.catalogue.nodes[id] else { return false }
            return !effects.isEmpty && other.descriptor.effects == effects || !meanings.isEmpty && Set(other.descriptor.gives.flatMap(\.meanings)) == meanings
        }
    }
}

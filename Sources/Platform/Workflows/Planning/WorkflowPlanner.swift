import Core
import Labels

/// A request as a checked workflow.
public struct WorkflowPlan: Sendable {
    /// Why a step is there.
    public struct Explanation: Sendable, Hashable {
        public let step: String
        public let kind: String
        public let reason: PlanReason
        /// Whether it only joins or splits values for other steps.
        public let isGlue: Bool
    }

    /// What wrote the plan.
    public enum Source: String, Sendable, Hashable { case goals, model }

    public let definition: WorkflowDefinition
    public let explanations: [Explanation]
    /// What a person should know or fill in.
    public let notes: [PlanReason]
    public let slots: RequestUnderstanding.Slots
    public let language: RequestUnderstanding.Language
    /// Kinds that the plan uses and that are not here: it can be looked at and not run.
    public let missing: [String]
    public let source: Source
    /// The template that the request is most like, with how much.
    public let template: (name: String, similarity: Double)?

    /// The kinds of the plan, without the steps that are glue.
    public var nodes: Set<String> { Set(explanations.filter { !$0.isGlue }.map(\.kind)) }
}

/// Plans workflows from requests in Chinese or English.
///
/// ```swift
/// let plan = try WorkflowPlanner(catalogue: NodeCatalogue(kinds: kinds)).plan("Import a.csv, mask it and export it")
/// print(plan.definition.yaml)
/// ```
/// The plan is valid by construction: what is returned has passed ``WorkflowChecker``, labels included; what cannot is refused with what is missing. No model is needed; see ``PlanWriter`` for plans that a model writes.
public struct WorkflowPlanner: Sendable {
    public let catalogue: NodeCatalogue
    private let templates: PlanTemplates
    private let reader: @Sendable (String) -> RequestUnderstanding
    /// The most bytes of a request.
    public static let byteCountMax = 16_384

    /// - Parameter weights: what was learned of how people ask; nil for rules alone.
    public init(catalogue: NodeCatalogue, weights: RequestWeights? = nil) { self.init(catalogue: catalogue, reader: RequestReader(weights: weights)) }

    init(catalogue: NodeCatalogue, reader requestReader: RequestReader) {
        self.catalogue = catalogue
        templates = PlanTemplates()
        reader = { requestReader.read($0) }
    }

    /// What is understood of a request.
    public func understand(_ request: String) -> RequestUnderstanding {
        var understanding = reader(request)
        templates.complete(&understanding)
        return understanding
    }

    /// Plans without a model.
    /// - Throws: `workflows.plan` naming what is missing; `workflows.definition` when the request is too long.
    public func plan(_ request: String, name: String = "planned") throws -> WorkflowPlan {
        guard request.utf8.count <= Self.byteCountMax else { throw Fault(.workflowPlan, "the request has more than \(Self.byteCountMax) bytes", remedy: "shorten it") }
        return try plan(understand(request), name: name, source: .goals)
    }

    /// Plans for kinds in an order, as tests, searches and models give them.
    /// - Throws: `workflows.plan`.
    public func plan(kinds: [String], request: String, name: String = "planned") throws -> WorkflowPlan {
        try plan(understanding(kinds: kinds, request: request), name: name, source: .goals)
    }

    /// A plan that a writer proposes, checked and mended like any other; the plan from goals when the writer has none or its own cannot be mended.
    public func plan(_ request: String, writer: any PlanWriter, name: String = "planned") async throws -> WorkflowPlan {
        guard request.utf8.count <= Self.byteCountMax else { throw Fault(.workflowPlan, "the request has more than \(Self.byteCountMax) bytes", remedy: "shorten it") }
        if let answer = try? await writer.plan(for: request, schema: PlanSchema(catalogue: catalogue)), let proposal = PlanProposal(answer, catalogue: catalogue) {
            var understanding = understanding(kinds: proposal.kinds, request: request)
            proposal.apply(to: &understanding)
            if let plan = try? plan(understanding, name: name, source: .model) { return plan }
        }
        return try plan(request, name: name)
    }

    private func understanding(kinds: [String], request: String) -> RequestUnderstanding {
        var understanding = reader(request)
        let known = understanding.actions
        understanding.actions = kinds.enumerated().map { place, kind in
            var action = known.first { $0.kind == kind } ?? .init(kind: kind, cue: .ignored, words: kind, clause: 0, order: 0)
            action.order = Double(place)
            return action
        }
        understanding.forbidden.subtract(kinds)
        return understanding
    }

    private func plan(_ understanding: RequestUnderstanding, name: String, source: WorkflowPlan.Source) throws -> WorkflowPlan {
        var draft = try GoalPlanner(catalogue: catalogue, understanding: understanding).draft(name: name)
        let definition = try PlanMender(catalogue: catalogue, understanding: understanding).mended(&draft)
        let called = draft.workflows.isEmpty ? [] : ["protect", "model"].filter { kind in draft.yaml.contains("kind: \(kind)") }
        let kinds = Set(draft.all.map(\.kind) + called)
        return WorkflowPlan(
            definition: definition, explanations: draft.all.map { .init(step: $0.id, kind: $0.kind, reason: $0.why, isGlue: $0.isGlue) }, notes: draft.notes, slots: understanding.slots, language: understanding.language,
            missing: kinds.filter { !(catalogue.nodes[$0]?.isInstalled ?? false) }.sorted(), source: source, template: templates.nearest(to: understanding.request))
    }
}

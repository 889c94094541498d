import Core

/// Searches for a better plan around a first one: variants are scored by the caller on validation cases, under a budget of evaluations.
///
/// After AFlow (Zhang et al. 2024), with two deviations: variants come from operators on kinds and not from a model, and candidates are compared by successive halving (Jamieson and Talwalkar 2016): all on a few
/// cases, the better half on twice as many. Every variant is planned, checked and mended like a request, so an unsound one is never scored. The same seed gives the same search.
public struct PlanSearch: Sendable {
    /// What a variant does otherwise than the one it came from.
    public enum Mutation: String, Sendable, Hashable, CaseIterable { case replace, drop, addReview, addCheck, ensemble, swap }

    /// A plan with its score.
    public struct Candidate: Sendable {
        public let kinds: [String]
        public let plan: WorkflowPlan
        /// The mean over the cases that it was scored on.
        public let score: Double
        public let caseCount: Int
        /// The mutations that led to it.
        public let path: [Mutation]
    }

    /// How a search went.
    public struct Outcome: Sendable {
        public let best: Candidate
        public let first: Candidate
        /// Evaluations spent: a plan on a case is one.
        public let evaluations: Int
        /// Variants tried, unsound ones left out.
        public let variants: Int
    }

    private let planner: WorkflowPlanner
    private let seed: UInt64
    /// Variants of one generation.
    static let width = 8
    static let kindCountMax = 24

    public init(planner: WorkflowPlanner, seed: UInt64) { (self.planner, self.seed) = (planner, seed) }

    /// Searches.
    /// - Parameters:
    ///   - cases: How many validation cases there are; at least 1.
    ///   - budget: The most evaluations.
    ///   - score: The score of a plan on a case, higher is better. Costs are the caller's to subtract.
    /// - Throws: `workflows.plan` when the first kinds cannot be planned; what `score` throws.
    public func search(
        from kinds: [String], request: String, cases: Int, budget: Int, score: @Sendable (WorkflowPlan, Int) async throws -> Double
    ) async throws -> Outcome {
        guard cases > 0, budget >= cases else { throw Fault(.workflowPlan, "a search needs cases, and a budget for one plan on all of them", remedy: "raise the budget to \(max(1, cases)) or more") }
        var random = SeededRandom(seed: seed)
        var ledger = Ledger(left: budget, cases: cases)
        let plan = try planner.plan(kinds: kinds, request: request)
        let first = Candidate(kinds: kinds, plan: plan, score: try await ledger.mean(of: plan, upTo: cases, score), caseCount: cases, path: [])
        var best = first
        var seen: Set<[String]> = [kinds]
        // A generation that finds nothing new for some turns ends the search.
        var idle = 0
        while ledger.left >= cases, idle < 8 {
            let children = variants(of: best, request, &seen, &random)
            ledger.variants += children.count
            guard !children.isEmpty, let child = try await halved(children, &ledger, score) else { idle += 1; continue }
            if child.score > best.score { (best, idle) = (child, 0) } else { idle += 1 }
        }
        return Outcome(best: best, first: first, evaluations: budget - ledger.left, variants: ledger.variants)
    }

    /// The evaluations that are left.
    private struct Ledger {
        var left: Int
        let cases: Int
        var variants = 0

        mutating func mean(of plan: WorkflowPlan, upTo count: Int, _ score: (WorkflowPlan, Int) async throws -> Double) async throws -> Double {
            var sum = 0.0
            for number in 0..<count { sum += try await score(plan, number) }
            left -= count
            return sum / Double(max(1, count))
        }
    }

    /// Successive halving: the better half goes on with twice as many cases, until one has met them all; nil when the budget ends before.
    private func halved(_ children: [Candidate], _ ledger: inout Ledger, _ score: (WorkflowPlan, Int) async throws -> Double) async throws -> Candidate? {
        var field = children
        var count = max(1, ledger.cases >> max(0, Self.rounds(field.count)))
        while true {
            var scored: [Candidate] = []
            for child in field where ledger.left >= count {
                scored.append(Candidate(kinds: child.kinds, plan: child.plan, score: try await ledger.mean(of: child.plan, upTo: count, score), caseCount: count, path: child.path))
            }
            scored = scored.enumerated().sorted { ($1.element.score, $0.offset) < ($0.element.score, $1.offset) }.map(\.element)
            guard let leader = scored.first else { return nil }
            if count == ledger.cases { return leader }
            field = Array(scored.prefix(max(1, scored.count / 2)))
            count = min(ledger.cases, count * 2)
        }
    }

    private static func rounds(_ count: Int) -> Int { count <= 1 ? 0 : Int.bitWidth - (count - 1).leadingZeroBitCount }

    private func variants(of parent: Candidate, _ request: String, _ seen: inout Set<[String]>, _ random: inout SeededRandom) -> [Candidate] {
        var children: [Candidate] = []
        for _ in 0..<Self.width * 4 where children.count < Self.width {
            guard let mutation = Mutation.allCases.randomElement(using: &random), let kinds = mutated(parent.kinds, mutation, &random), kinds.count <= Self.kindCountMax, seen.insert(kinds).inserted else { continue }
            guard let plan = try? planner.plan(kinds: kinds, request: request) else { continue }
            children.append(Candidate(kinds: kinds, plan: plan, score: 0, caseCount: 0, path: parent.path + [mutation]))
        }
        return children
    }

    /// Kinds after a mutation; nil when it does not apply.
    private func mutated(_ kinds: [String], _ mutation: Mutation, _ random: inout SeededRandom) -> [String]? {
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
            guard let check = ["data-validate", "evaluate", "detect", "data-clean", "knowledge-search"].filter({ planner.catalogue.nodes[$0] != nil && !kinds.contains($0) }).randomElement(using: &random) else { return nil }
            kinds.insert(check, at: place)
        case .ensemble:
            guard let model = kinds.firstIndex(of: "model"), kinds.count(where: { $0 == "model" }) < 5 else { return nil }
            kinds.insert("model", at: model)
        case .swap:
            guard place + 1 < kinds.count else { return nil }
            kinds.swapAt(place, place + 1)
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

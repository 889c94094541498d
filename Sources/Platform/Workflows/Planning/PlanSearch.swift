import Core
import Foundation

/// Searches for a better plan around a first one: variants are scored by the caller on validation cases, under a budget of evaluations.
///
/// After AFlow (Zhang et al. 2024), with three deviations: variants come from operators on kinds and settings and not from a model; the scored variant that the next ones come from is the one of the greatest upper confidence
/// bound (Auer et al. 2002) and is not drawn; and the variants of a generation are compared by successive halving (Jamieson and Talwalkar 2016): all on a few cases, the better half on twice as many. The cases that the parent
/// fails and those that it meets take turns, so that a few tell much; who was left behind is taken up again when nothing new is found around a parent. Every variant is planned, checked and mended like a request, so an unsound one is never scored. The same seed gives the same search, if the scores are the same.
public struct PlanSearch: Sendable {
    /// What a variant does otherwise than the one it came from.
    public enum Mutation: String, Sendable, Hashable, CaseIterable { case replace, drop, addReview, addCheck, ensemble, swap, setting }

    /// Thrown by a score to end the search with the best so far.
    public struct TimeIsUp: Error { public init() {} }

    /// A plan with its score.
    public struct Candidate: Sendable {
        public let kinds: [String]
        /// What it sets otherwise than the first plan, by kind.
        public let settings: [String: [String: JSONValue]]
        public let plan: WorkflowPlan
        /// The mutations that led to it.
        public let path: [Mutation]
        /// By case; nil where it was not scored.
        public fileprivate(set) var scores: [Double?]
        /// The mean over the cases that it was scored on.
        public var score: Double { scores.reduce(0) { $0 + ($1 ?? 0) } / Double(max(1, caseCount)) }
        public var caseCount: Int { scores.count { $0 != nil } }
    }

    /// How a search went.
    public struct Outcome: Sendable {
        public let best: Candidate
        public let first: Candidate
        /// Evaluations spent: a plan on a case is one.
        public let evaluations: Int
        /// Variants tried, unsound and refused ones left out.
        public let variants: Int
        /// Why variants were not tried, with how many.
        public let refused: [PlanReason: Int]
        /// Whether ``TimeIsUp`` ended it.
        public let isCutShort: Bool
    }

    private let planner: WorkflowPlanner
    private let seed: UInt64
    private let mutations: [Mutation]
    private let variants: PlanVariants
    /// Variants of one generation.
    static let width = 8
    static let kindCountMax = 24
    /// Generations without a better plan that end the search.
    static let patience = 80

    /// - Parameters:
    ///   - inserts: The kinds that ``Mutation/addCheck`` may put in; nil takes checks, cleaning and retrieval.
    ///   - mutations: The default is all.
    public init(planner: WorkflowPlanner, seed: UInt64, inserts: [String]? = nil, mutations: [Mutation] = Mutation.allCases) {
        (self.planner, self.seed, self.mutations) = (planner, seed, mutations)
        variants = PlanVariants(planner: planner, inserts: inserts ?? ["data-validate", "evaluate", "detect", "data-clean", "knowledge-search"])
    }

    /// Searches.
    /// - Parameters:
    ///   - cases: How many validation cases there are; at least 1.
    ///   - budget: The most evaluations.
    ///   - enough: The highest score that there is: it ends the search, and what cannot come to more than the best is left.
    ///   - refusal: Why a plan may not be scored; nil when it may. The default refuses none.
    ///   - score: The score of a plan on a case, higher is better. Costs are the caller's to subtract. May throw ``TimeIsUp``.
    /// - Throws: `workflows.plan` when the first kinds cannot be planned or may not be scored, or the time is up before they are; what `score` throws.
    public func search(
        from kinds: [String], request: String, name: String = "planned", cases: Int, budget: Int, enough: Double? = nil, refusal: @Sendable (WorkflowPlan) -> PlanReason? = { _ in nil },
        score: @Sendable (WorkflowPlan, Int) async throws -> Double
    ) async throws -> Outcome {
        guard cases > 0, budget >= cases else { throw Fault(.workflowPlan, "a search needs cases, and a budget for one plan on all of them", remedy: "raise the budget to \(max(1, cases)) or more") }
        var random = SeededRandom(seed: seed)
        var ledger = Ledger(left: budget, request: request, name: name)
        let plan = try planner.plan(kinds: kinds, request: request, name: name)
        if let reason = refusal(plan) { throw Fault(.workflowPlan, "the first plan may not be tried: \(reason.english)", remedy: "leave that out of the request, or give what it lacks") }
        var first = Candidate(kinds: kinds, settings: [:], plan: plan, path: [], scores: Array(repeating: nil, count: cases))
        do { _ = try await ledger.score(&first, on: 0..<cases, score) } catch is TimeIsUp {
            throw Fault(.workflowPlan, "the time was up before the first plan had met every case", remedy: "give more seconds; what was run is kept")
        }
        ledger.seen = [plan.definition.yaml]
        var tree = [(candidate: first, visits: 0)], best = first, idle = 0, turn = 0, isCutShort = false
        do {
            while ledger.left > 0, idle < Self.patience, enough.map({ best.score < $0 }) ?? true {
                // By turns near the best so far and, where scores have a known end, far from it: the one finds the next step of a climb, the other leaves a hill that is too low.
                turn += 1
                let parent = Self.next(in: tree.map { ($0.candidate.score, $0.visits) }, most: turn % 2 == 0 ? enough : nil)
                tree[parent].visits += 1
                let children = children(of: tree[parent].candidate, &ledger, &random, refusal)
                let found = children.isEmpty ? try await resumed(&ledger, above: best.score, enough, score) : try await halved(children, order: Self.order(of: tree[parent].candidate), &ledger, score)
                guard let child = found else { idle += 1; continue }
                tree.append((child, 0))
                if child.score > best.score { (best, idle) = (child, 0) } else { idle += 1 }
            }
        } catch is TimeIsUp { isCutShort = true }
        return Outcome(best: best, first: first, evaluations: budget - ledger.left, variants: ledger.variants, refused: ledger.refused, isCutShort: isCutShort)
    }

    /// What is spent and met.
    private struct Ledger {
        var left: Int
        let request: String
        let name: String
        var variants = 0
        var refused: [PlanReason: Int] = [:]
        /// Candidates that were left behind, scored in part.
        var reserve: [Candidate] = []
        /// Definitions that were met.
        var seen: Set<String> = []

        init(left: Int, request: String, name: String) { (self.left, self.request, self.name) = (left, request, name) }

        /// Scores a candidate on the cases that it lacks; false, and nothing done, when they cost more than is left.
        mutating func score(_ candidate: inout Candidate, on cases: some Sequence<Int>, _ score: (WorkflowPlan, Int) async throws -> Double) async throws -> Bool {
            let missing = cases.filter { candidate.scores[$0] == nil }
            guard missing.count <= left else { return false }
            for number in missing {
                candidate.scores[number] = try await score(candidate.plan, number)
                left -= 1
            }
            return true
        }
    }

    /// The scored variant to go on from: a high score, or few tries to better it. Scores count as a share of the highest there is, where it is known, else between the lowest and the highest so far.
    static func next(in tree: [(score: Double, visits: Int)], most: Double?) -> Int {
        let low = tree.map(\.score).min() ?? 0, high = tree.map(\.score).max() ?? 0, total = tree.reduce(1) { $0 + $1.visits }
        var best = (place: 0, bound: -Double.infinity)
        for (place, node) in tree.enumerated() {
            let share = if let most, most > 0 { node.score / most } else { high > low ? (node.score - low) / (high - low) : 1 }
            let bound = share + (log(Double(total)) / Double(1 + node.visits)).squareRoot()
            if bound > best.bound { best = (place, bound) }
        }
        return best.place
    }

    /// The cases, those of low and of high scores in turn.
    static func order(of candidate: Candidate) -> [Int] {
        var rest = candidate.scores.indices.sorted { (candidate.scores[$0] ?? 0, $0) < (candidate.scores[$1] ?? 0, $1) }[...]
        var order: [Int] = []
        while let low = rest.popFirst() {
            order.append(low)
            if let high = rest.popLast() { order.append(high) }
        }
        return order
    }

    /// Successive halving: the better half goes on with twice as many cases, until one has met them all; nil when the budget ends before.
    private func halved(_ children: [Candidate], order: [Int], _ ledger: inout Ledger, _ score: (WorkflowPlan, Int) async throws -> Double) async throws -> Candidate? {
        var field = children
        var count = max(min(2, order.count), order.count >> Self.rounds(field.count))
        while true {
            var scored: [Candidate] = []
            for var child in field where try await ledger.score(&child, on: order.prefix(count), score) { scored.append(child) }
            scored = scored.enumerated().sorted { ($1.element.score, $0.offset) < ($0.element.score, $1.offset) }.map(\.element)
            guard let leader = scored.first else { return nil }
            if count == order.count { return leader }
            let kept = max(1, scored.count / 2)
            ledger.reserve += scored.dropFirst(kept).prefix(Self.reserveCountMax - min(Self.reserveCountMax, ledger.reserve.count))
            field = Array(scored.prefix(kept))
            count = min(order.count, count * 2)
        }
    }

    /// The most promising of those left behind, scored on all cases; nil when none can be better than the best, or the budget does not reach.
    private func resumed(_ ledger: inout Ledger, above best: Double, _ most: Double?, _ score: (WorkflowPlan, Int) async throws -> Double) async throws -> Candidate? {
        ledger.reserve.removeAll { candidate in
            guard let most else { return false }
            let met = candidate.score * Double(candidate.caseCount), open = Double(candidate.scores.count - candidate.caseCount)
            return met + open * most <= best * Double(candidate.scores.count) + 1e-9
        }
        guard let place = ledger.reserve.indices.max(by: { ledger.reserve[$0].score < ledger.reserve[$1].score }) else { return nil }
        var candidate = ledger.reserve.remove(at: place)
        return try await ledger.score(&candidate, on: candidate.scores.indices, score) ? candidate : nil
    }

    private static func rounds(_ count: Int) -> Int { count <= 1 ? 0 : Int.bitWidth - (count - 1).leadingZeroBitCount }

    private func children(of parent: Candidate, _ ledger: inout Ledger, _ random: inout SeededRandom, _ refusal: (WorkflowPlan) -> PlanReason?) -> [Candidate] {
        var children: [Candidate] = []
        for _ in 0..<Self.width * 4 where children.count < Self.width {
            guard let mutation = mutations.randomElement(using: &random), let variant = variants.mutated(parent, mutation, &random), variant.kinds.count <= Self.kindCountMax else { continue }
            guard let plan = try? variants.plan(variant, request: ledger.request, name: ledger.name) else {
                ledger.refused[Self.unsound, default: 0] += 1
                continue
            }
            guard ledger.seen.count < Self.seenCountMax, ledger.seen.insert(plan.definition.yaml).inserted else { continue }
            if let reason = refusal(plan) {
                ledger.refused[reason, default: 0] += 1
                continue
            }
            children.append(Candidate(kinds: variant.kinds, settings: variant.settings.filter { plan.nodes.contains($0.key) }, plan: plan, path: parent.path + [mutation], scores: parent.scores.map { _ in nil }))
        }
        ledger.variants += children.count
        return children
    }

    /// Candidates left behind that are remembered.
    static let reserveCountMax = 1_000
    /// Definitions that one search remembers; with more it ends.
    static let seenCountMax = 20_000
    private static let unsound = PlanReason("规划器无法使其通过检查", "the planner cannot make it sound")
}

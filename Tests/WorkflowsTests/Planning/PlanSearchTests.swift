import Core
import Testing

@testable import Workflows

@Suite struct PlanSearchTests {
    let planner = WorkflowPlanner(catalogue: NodeCatalogue(kinds: []))

    /// More is better for checks and reviews, each step costs a little; cases differ by a known noise.
    @Sendable private static func score(_ plan: WorkflowPlan, _ number: Int) -> Double {
        let nodes = plan.nodes
        return (nodes.contains("data-validate") ? 1 : 0) + (nodes.contains("human") ? 1 : 0) - 0.05 * Double(plan.explanations.count) + Double(number % 3) * 0.1
    }

    @Test(arguments: [1, 2, 3] as [UInt64]) func aSearchFindsABetterPlanWithinItsBudget(seed: UInt64) async throws {
        let outcome = try await PlanSearch(planner: planner, seed: seed).search(from: ["data-import", "data-version"], request: "a.csv", cases: 8, budget: 400, score: Self.score)
        #expect(outcome.best.score > outcome.first.score + 1)
        #expect(outcome.best.plan.nodes.isSuperset(of: ["data-validate", "human"]))
        #expect(outcome.evaluations <= 400)
        #expect(planner.catalogue.checker.check(outcome.best.plan.definition).allSatisfy { $0.severity != .error })
    }

    @Test func theSameSeedGivesTheSameSearch() async throws {
        let search = PlanSearch(planner: planner, seed: 7)
        let one = try await search.search(from: ["data-import", "model"], request: "a.csv", cases: 4, budget: 120, score: Self.score)
        let two = try await search.search(from: ["data-import", "model"], request: "a.csv", cases: 4, budget: 120, score: Self.score)
        #expect(one.best.kinds == two.best.kinds && one.evaluations == two.evaluations && one.best.path == two.best.path)
    }

    @Test func aBudgetForNothingIsRefused() async {
        await #expect(throws: Fault.self) { try await PlanSearch(planner: planner, seed: 1).search(from: ["data-import"], request: "a.csv", cases: 8, budget: 7, score: Self.score) }
    }

    @Test func aScoreThatLikesThePlanAsItIsKeepsIt() async throws {
        let outcome = try await PlanSearch(planner: planner, seed: 3).search(from: ["data-import"], request: "a.csv", cases: 2, budget: 60) { plan, _ in -Double(plan.explanations.count) }
        #expect(outcome.best.kinds == ["data-import"])
    }
}

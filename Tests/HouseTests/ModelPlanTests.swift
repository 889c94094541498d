import Core
import Foundation
import Inference
import Kernels
import Models
import ModelSupport
import Support
import Testing

@testable import Commands
@testable import Workflows

/// Plans by a network of random weights: whatever it draws is a plan, and what comes out has passed the checker.
@Suite(.serialized) struct ModelPlanTests {
    /// Leaves the long instruction out, which random weights do not understand anyway.
    struct Hurried: ModelProvider {
        let model: ChatModel
        func answer(_ messages: [ChatMessage], options: AnswerOptions) async throws -> AsyncThrowingStream<AnswerEvent, any Error> { try model.answer(Array(messages.suffix(1)), options: options) }
    }

    struct Found: Sendable {
        let isProposal: Bool, isSound: Bool
        let source: WorkflowPlan.Source
        let kinds: Set<String>
    }

    @Test func everyPlanOfRandomWeightsIsSound() async throws {
        let folder = try TemporaryDirectory()
        try TinyModel.write(to: folder.file("tiny.gguf"))
        let record = try ModelRecord(name: "tiny", path: folder.file("tiny.gguf"), at: 0)
        let model = try ChatModel(record: record, pool: try ThreadPool(width: 2), context: 2_048, slotCount: 4, clock: SystemWallClock())
        let planner = WorkflowPlanner(catalogue: NodeCatalogue(kinds: []))
        let schema = PlanSchema(catalogue: planner.catalogue)
        let found = try await mapBounded(Array(UInt64(0)..<200), width: 4) { seed -> Found in
            let writer = ModelPlanWriter(provider: Hurried(model: model), temperature: 2, seed: seed)
            // The fixture's context of 256 characters is too short for some plans; those are dropped whole.
            let answer = try? await writer.plan(for: "Import a.csv and mask it", schema: schema)
            let proposal = answer.flatMap { PlanProposal($0, catalogue: planner.catalogue) }
            let plan = try await planner.plan("Import a.csv and mask it", writer: writer)
            // Of steps that only hold others there is no proposal.
            let isEmpty = try answer.map { try JSONValue(parsing: $0)["steps"]?.array?.allSatisfy { ["map", "loop", "switch"].contains($0["kind"]?.string) } ?? false } ?? true
            return Found(isProposal: proposal != nil || isEmpty, isSound: planner.catalogue.checker.check(plan.definition).allSatisfy { $0.severity != .error }, source: plan.source, kinds: plan.nodes)
        }
        #expect(found.allSatisfy { $0.isProposal })
        #expect(found.allSatisfy { $0.isSound })
        // Random kinds are often refused by labels, and some plans are too long here; then the plan is made from the words.
        let byModel = found.count(where: { $0.source == .model })
        #expect(byModel > 60, "\(byModel) of 200 by the model")
        #expect(Set(found.map(\.kinds)).count > 20)
    }

    @Test func theCommandTakesAModel() throws {
        let folder = try TemporaryDirectory()
        try TinyModel.write(to: folder.file("tiny.gguf"))
        let (status, output) = try House.banyan(["workflow", "plan", "Import a.csv and mask it", "--model", folder.file("tiny.gguf"), "--json", "--context", "8192"])
        #expect(status == 0 && output.contains("\"source\""), "\(output.suffix(400))")
        let missing = try House.banyan(["workflow", "plan", "Import a.csv", "--model", folder.file("none.gguf")])
        #expect(missing.status != 0 && missing.output.contains("remedy"))
    }

    @Test func chatFollowsAGrammarAndASchema() throws {
        let folder = try TemporaryDirectory()
        try TinyModel.write(to: folder.file("tiny.gguf"))
        let rules = try folder.write(Array("root ::= \"yes\" | \"no\"".utf8), to: "rules.gbnf")
        let schema = try folder.write(Array(#"{"type":"object","properties":{"n":{"type":"integer","maximum":9,"minimum":0}},"required":["n"]}"#.utf8), to: "schema.json")
        let ruled = try House.banyan(["chat", folder.file("tiny.gguf"), "--prompt", "x", "--grammar", rules, "--seed", "3"])
        #expect(ruled.status == 0 && (ruled.output.contains("yes") || ruled.output.contains("no")), "\(ruled.output)")
        let typed = try House.banyan(["chat", folder.file("tiny.gguf"), "--prompt", "x", "--json-schema", schema, "--seed", "3"])
        #expect(typed.status == 0 && typed.output.contains("\"n\":"), "\(typed.output)")
        #expect(try House.banyan(["chat", folder.file("tiny.gguf"), "--prompt", "x", "--json-schema", schema, "--grammar", rules]).status == 64)
    }
}

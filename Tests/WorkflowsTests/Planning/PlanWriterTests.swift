import Core
import Testing

@testable import Workflows

@Suite struct PlanWriterTests {
    /// Writes what the test says.
    struct Scripted: PlanWriter {
        let answer: String?
        func plan(for request: String, schema: PlanSchema) async throws -> String {
            guard let answer else { throw Fault(.workflowPlan, "no model", remedy: "none") }
            return answer
        }
    }

    let planner = WorkflowPlanner(catalogue: NodeCatalogue(kinds: []))

    @Test func aProposalGoesThroughTheSameMending() async throws {
        let writer = Scripted(answer: "Here it is: {\"steps\":[{\"kind\":\"data-import\"},{\"kind\":\"data-clean\"},{\"kind\":\"data-export\"}]} done")
        let plan = try await planner.plan("do something with a.csv", writer: writer)
        #expect(plan.source == .model)
        #expect(plan.nodes == ["data-import", "data-clean", "protect", "data-export"])
        #expect(planner.catalogue.checker.check(plan.definition).allSatisfy { $0.severity != .error })
    }

    @Test(arguments: ["", "nonsense", "{}", "{\"steps\":[]}", "{\"steps\":[{\"kind\":\"rm -rf\"}]}", "{\"steps\":[{\"kind\":7}]}", "{\"steps\":\"x\"}", "{\"steps\":[{\"kind\":\"map\"}]}"])
    func anythingElseFallsBackToTheGoals(answer: String) async throws {
        let plan = try await planner.plan("Import a.csv and mask it", writer: Scripted(answer: answer))
        #expect(plan.source == .goals && plan.nodes == ["data-import", "protect"])
    }

    @Test func aWriterThatFailsFallsBack() async throws {
        #expect(try await planner.plan("Import a.csv and mask it", writer: Scripted(answer: nil)).source == .goals)
        let endless = "{\"steps\":[" + Array(repeating: "{\"kind\":\"model\"}", count: 99).joined(separator: ",") + "]}"
        #expect(try await planner.plan("Import a.csv and mask it", writer: Scripted(answer: endless)).source == .goals)
    }

    @Test func marksOfAProposalAreKept() async throws {
        let writer = Scripted(answer: "{\"steps\":[{\"kind\":\"data-import\"},{\"kind\":\"model\",\"each\":true},{\"kind\":\"tune-tagger\"},{\"kind\":\"evaluate\"},{\"kind\":\"human\",\"when\":\"bad\",\"threshold\":0.5}]}")
        let plan = try await planner.plan("a.csv", writer: writer)
        #expect(plan.nodes.contains("map"))
        #expect(plan.definition.yaml.contains("lessThan"))
    }

    @Test func schemaAndGrammarNameEveryKind() throws {
        let schema = PlanSchema(catalogue: planner.catalogue)
        for id in planner.catalogue.ids {
            #expect(schema.schema.text.contains("\"\(id)\"") && schema.grammar.contains(id) && schema.instruction(isChinese: true).contains(id))
        }
    }
}

import Core
import Labels
import Nodes
import Store
import Support
import Testing
import Workflows

/// The search of `Demos/workflows/clinic-cases.jsonl` with the real kinds, beside every variant of its small space, each written by hand and run.
@Suite struct PlanSearchDemoTests {
    static let request = "导入就诊表，清洗数据"

    static func text() throws -> String { TextDecoder.decode(try FileTree.read(Repository.path("Demos/workflows/clinic-cases.jsonl"))).text }

    /// How many cases a definition meets, judged from its outputs.
    private func met(_ yaml: String, _ engine: WorkflowEngine, _ lines: [JSONValue]) async throws -> Int {
        let definition = try WorkflowDefinition(yaml: yaml)
        var met = 0
        for line in lines {
            let run = try await engine.start(definition, input: Labeled(line["inputs"]?.object ?? [:], .bottom))
            #expect(try await engine.advance(run) == .completed)
            let outputs = try #require(try await engine.detail(run).result?.value)
            if let text = line["expect"]?.string { met += try Expression(text, names: ["outputs"]).value(["outputs": .object(outputs)]) == true ? 1 : 0 }
            if let wanted = line["expected"]?.object { met += wanted.allSatisfy { outputs[$0.key] == $0.value } ? 1 : 0 }
        }
        return met
    }

    @Test func theSearchIsAsGoodAsTryingEverything() async throws {
        let stage = try ReferenceWorkflowTests.Stage()
        let cases = try TrialCase.read(Self.text()), lines = try Self.text().split(whereSeparator: \.isNewline).map { try JSONValue(parsing: String($0)) }
        var scores: [Int] = []
        for number in 0..<32 {
            let flags = ["trim", "fullWidth", "duplicates", "empty"].enumerated().map { "\($1): \(number >> $0 & 1 == 0)" }.joined(separator: ", ")
            let masks = number >> 4 == 1
            let yaml = """
                workflow: by-hand
                inputs: {path: {type: string}}
                outputs: {records: "${\(masks ? "mask" : "clean").records}", count: "${clean.count}"}
                steps:
                  - {id: read, kind: data-import, with: {path: "${input.path}"}}
                  - {id: clean, kind: data-clean, with: {records: "${read.records}", \(flags)}}
                \(masks ? "  - {id: mask, kind: protect, with: {records: \"${clean.records}\"}}" : "")
                """
            scores.append(try await met(yaml, stage.engine, lines))
        }
        let planner = WorkflowPlanner(catalogue: NodeCatalogue(kinds: NodeRegistry.all(stage.services)))
        let kinds = planner.understand(Self.request).asked
        for seed: UInt64 in 1...3 {
            let trials = PlanTrials(engine: stage.engine, cases: cases, searchID: "demo", seconds: 600)
            let outcome = try await PlanSearch(planner: planner, seed: seed, inserts: ["data-validate", "data-split", "detect", "grade", "protect", "notify"]).search(
                from: kinds, request: Self.request, cases: cases.count, budget: 600, enough: 1, refusal: trials.refusal, score: trials.score)
            // As the first plan is: cleaned with every setting as it stands, nothing masked.
            #expect(Int((outcome.first.score * 12).rounded()) == scores[0])
            #expect(Int((outcome.best.score * 12).rounded()) == scores.max(), "seed \(seed): \(outcome.best.score), every variant \(scores)")
            #expect(outcome.best.kinds.contains("protect") && outcome.best.settings["data-clean"]?["duplicates"] == false)
        }
        #expect(scores.max() == 12 && scores[0] < 8)
    }
}

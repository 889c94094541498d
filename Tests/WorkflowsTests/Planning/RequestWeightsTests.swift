import Core
import Support
import Testing

@testable import Workflows

/// What the planner learns of how people ask. The verbs are invented, so that no rule knows them.
@Suite struct RequestWeightsTests {
    private static let objects = ["rows", "letters", "tickets", "receipts", "minutes", "notes", "bills", "orders"]

    private func examples() -> [RequestExample] {
        Self.objects.flatMap { object in
            [
                RequestExample(request: "frobnicate the \(object) in list.csv, then quuxify them", kinds: ["data-import": "", "protect": "frobnicate the \(object)", "data-version": "quuxify them"]),
                RequestExample(request: "import the \(object), frobnicate the \(object) and put them away", kinds: ["data-import": "import the \(object)", "protect": "frobnicate the \(object)"]),
                RequestExample(request: "quuxify the \(object) of list.csv", kinds: ["data-import": "", "data-version": "quuxify the \(object)"]),
                RequestExample(request: "import \(object).csv and clean the \(object)", kinds: ["data-import": "import \(object).csv", "data-clean": "clean the \(object)"]),
            ]
        }
    }

    private func weights(seed: UInt64 = 1) throws -> RequestWeights {
        var learner = RequestLearner()
        (learner.epochs, learner.featureCountMax, learner.seed) = (6, 2_000, seed)
        return try learner.learn(examples())
    }

    @Test func wordsThatNoRuleKnowsAreLearned() throws {
        let weights = try weights(), units = SlotReader.units(of: "please frobnicate the samples in list.csv")
        let senses = weights.senses(units, least: 0.5)
        #expect(senses.map(\.kind) == ["protect"])
        #expect(RequestReader.text(units[try #require(senses.first).range]).contains("frobnicate"))
        // Each place's shares are those of one choice.
        for shares in weights.probabilities(units) { #expect(abs(shares.sum() - 1) < 1e-4 && shares.min() >= 0) }
        let planner = WorkflowPlanner(catalogue: NodeCatalogue(kinds: []), weights: weights), rules = WorkflowPlanner(catalogue: NodeCatalogue(kinds: []))
        let request = "import samples.csv, frobnicate the samples and quuxify them"
        #expect(try rules.plan(request).nodes.isDisjoint(with: ["protect", "data-version"]))
        let nodes = try planner.plan(request).nodes
        #expect(nodes == ["data-import", "protect", "data-version"])
        // What a request forbids stays forbidden.
        #expect(planner.understand("import samples.csv, do not mask it, frobnicate the samples").asked.contains("protect") == false)
    }

    @Test func theSameExamplesAndSeedGiveTheSameFile() throws {
        let first = try weights()
        #expect(try weights().bytes == first.bytes)
        #expect(try weights(seed: 2).bytes != first.bytes)
        let again = try RequestWeights(bytes: first.bytes)
        #expect(again.bytes == first.bytes && again.kinds == ["data-clean", "data-import", "data-version", "protect"])
        let units = SlotReader.units(of: "quuxify the letters")
        for (one, other) in zip(first.probabilities(units), again.probabilities(units)) { #expect(one == other) }
        #expect(first.score(examples()).f1 > 0.95)
    }

    @Test func damagedFilesAreRefusedOrRead() throws {
        let bytes = try weights().bytes
        for count in stride(from: 0, to: bytes.count, by: max(1, bytes.count / 200)) { #expect(throws: Fault.self) { try RequestWeights(bytes: Array(bytes.prefix(count))) } }
        #expect(throws: Fault.self) { try RequestWeights(bytes: bytes + [0]) }
        var random = SeededRandom(seed: 3)
        for _ in 0..<400 {
            var damaged = bytes
            damaged[Int(random.next() % UInt64(min(400, bytes.count)))] = UInt8(truncatingIfNeeded: random.next())
            // Whatever is still read answers within its shares.
            if let read = try? RequestWeights(bytes: damaged) { for shares in read.probabilities(SlotReader.units(of: "quuxify it")) { #expect(shares.max().isFinite) } }
        }
    }

    @Test func examplesThatCannotTeachAreRefused() throws {
        #expect(throws: Fault.self) { try RequestLearner().learn([]) }
        #expect(throws: Fault.self) { try RequestLearner().learn([RequestExample(request: "do it", kinds: ["protect": ""])]) }
        #expect(throws: Fault.self) { try RequestExample(json: ["request": "mask it", "nodes": ["protect": "hide"]]) }
        #expect(throws: Fault.self) { try RequestExample(json: ["request": "mask it"]) }
        let known = try RequestExample(json: ["request": "mask it", "nodes": ["protect": "mask it", "data-import": ""]])
        #expect(known.kinds == ["protect": "mask it", "data-import": ""])
    }

    /// What is done to each file follows from words that no rule knows, too.
    @Test func eachOfManyIsLearned() throws {
        let examples = Self.objects.map { RequestExample(request: "go zigzag through the \($0): clean them, then version them", kinds: ["map": "zigzag through the \($0)", "data-clean": "clean them", "data-version": "version them"]) }
        var learner = RequestLearner()
        (learner.epochs, learner.featureCountMax) = (6, 2_000)
        let planner = WorkflowPlanner(catalogue: NodeCatalogue(kinds: []), weights: try learner.learn(examples))
        #expect(try planner.plan("go zigzag through the samples: mask each").nodes.contains("map"))
        #expect(try planner.plan("go zigzag through the samples, mask them").nodes.contains("map"))
    }
}

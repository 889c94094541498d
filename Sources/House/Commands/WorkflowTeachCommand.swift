import ArgumentParser
import Core
import Foundation
import Workflows

/// `banyan workflow teach`
struct WorkflowTeachCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "teach", abstract: "Teach the planner how people of yours ask for steps.",
        discussion: """
            Examples are JSON lines: {"request": "…", "nodes": {"protect": "脱敏", "data-import": ""}}: the kinds of steps that a request asks for, each with its words of the request, or empty words when it is only implied. \
            Those that come with Banyan are in Demos/planning/requests.jsonl; give them together with yours. Takes about a minute for 1,700 examples. The same examples and seed give the same file. `banyan workflow plan --taught FILE` reads it.
            """)

    @Option(name: .long, help: ArgumentHelp("Examples. May be given several times.", valueName: "file"))
    var data: [String]
    @Option(name: .long, help: ArgumentHelp("The file to write; one that exists is refused.", valueName: "file"))
    var out: String
    @Option(name: .long, help: ArgumentHelp("Share of the examples to measure with. Those that are kept are taught all the others first, and then everything is taught anew.", valueName: "share"))
    var heldOut: Double = 0.1
    @Option(name: .long, help: ArgumentHelp("Times that all examples are seen.", valueName: "n"))
    var epochs: Int = 8
    @Option(name: .long, help: ArgumentHelp("Features that are kept, those that matter most; 40 bytes each.", valueName: "n"))
    var features: Int = 60_000
    @Option(name: .long, help: "The same seed gives the same file.")
    var seed: UInt64 = 1
    @OptionGroup var output: OutputOptions

    func validate() throws {
        guard !data.isEmpty, data.count <= 64 else { throw ValidationError("--data must be given, at most 64 times") }
        guard (0...0.9).contains(heldOut), (1...100).contains(epochs), (1...200_000).contains(features) else { throw ValidationError("--held-out must be 0 to 0.9, --epochs 1 to 100, --features 1 to 200000") }
    }

    func run() async throws {
        guard !FileManager.default.fileExists(atPath: out) else { throw ValidationError("\(out) exists") }
        let examples = try data.flatMap(Self.examples)
        var learner = RequestLearner()
        (learner.epochs, learner.featureCountMax, learner.seed) = (epochs, features, seed)
        var random = SeededRandom(seed: seed), score = RequestWeights.Score()
        let mixed = examples.shuffled(using: &random), kept = Int(Double(mixed.count) * heldOut)
        if kept > 0 { score = try learn(learner, Array(mixed.dropFirst(kept)), "1/2").score(Array(mixed.prefix(kept))) }
        let weights = try learn(learner, examples, kept > 0 ? "2/2" : "1/1")
        try Data(weights.bytes).write(to: URL(fileURLWithPath: out), options: .withoutOverwriting)
        if output.json {
            Terminal.out((["examples": .int(examples.count), "kinds": .int(weights.kinds.count), "held_out": .int(kept), "precision": .double(score.precision), "recall": .double(score.recall), "f1": .double(score.f1)] as JSONValue).prettyText)
        } else {
            let measured = kept > 0 ? Terminal.say("; of \(kept) kept aside, kinds found: precision \(percent(score.precision)), recall \(percent(score.recall))", "；留出 \(kept) 例，识别步骤种类：精确率 \(percent(score.precision))，召回率 \(percent(score.recall))") : ""
            Terminal.out(Terminal.say("learned \(weights.kinds.count) kinds from \(examples.count) requests\(measured)", "已从 \(examples.count) 条请求学会 \(weights.kinds.count) 种步骤\(measured)"))
        }
    }

    private func learn(_ learner: RequestLearner, _ examples: [RequestExample], _ pass: String) throws -> RequestWeights {
        try learner.learn(examples) { epoch, loss in Terminal.note(Terminal.say("\(pass), epoch \(epoch) of \(epochs): loss \(Terminal.rounded(loss, 4))", "\(pass)，第 \(epoch)/\(epochs) 轮：损失 \(Terminal.rounded(loss, 4))")) }
    }

    private func percent(_ share: Double) -> String { Terminal.rounded(share * 100, 1) + " %" }

    private static func examples(in path: String) throws -> [RequestExample] {
        try TextDecoder.decode(try FileTree.read(path)).text.split(whereSeparator: \.isNewline).enumerated().map { number, line in
            do { return try RequestExample(json: JSONValue(parsing: String(line))) } catch {
                throw Fault(.workflowPlan, "line \(number + 1) of \(path) is no example", remedy: "see banyan help workflow teach", cause: error)
            }
        }
    }
}

/// What the planner has learned of how people ask; it comes with the program.
enum BundledRequests {
    /// Nil when its file is not there: rules alone plan then.
    /// - Throws: `workflows.plan` for a damaged file, `core.file`.
    static func load(_ path: String? = nil) throws -> RequestWeights? {
        try (path ?? BundledFile.find("requests.bin", place: "Demos/planning/requests.bin")).map { try RequestWeights(bytes: FileTree.read($0)) }
    }
}

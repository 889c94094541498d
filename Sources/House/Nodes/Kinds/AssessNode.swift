import Assessment
import Catalog
import Core
import Labels
import Tuning
import Workflows

/// Attacks a model within a budget of questions: a tagger's version by changed texts of labeled records, the language model (target `model`) by probes that ask for a secret and hide orders in documents. What succeeded is told by attack, number and length, never by text; the share is a reading.
struct AssessNode: StepKind {
    let services: NodeServices
    let id = "assess"
    let signature = StepSignature(
        inputs: [
            "target": .init(.string), "records": .init(.array, isRequired: false), "system": .init(.string, isRequired: false), "budget": .init(.number, isRequired: false), "attempts": .init(.number, isRequired: false),
            "seed": .init(.number, isRequired: false),
        ],
        outputs: [
            "findings": .array, "count": .number, "accuracy": .number, "robustAccuracy": .number, "successRate": .number, "successMost": .number, "byAttack": .object, "queries": .number, "complete": .boolean, "report": .string,
        ], clearance: .all, labelRule: .raises(.level2))
    /// The target that is the language model.
    static let modelTarget = "model"

    /// A model is one for all.
    var resource: String? { "model" }

    func tokenCountMax(_ literals: [String: JSONValue]) -> Int {
        // What is bound at run time may be the model.
        guard (literals["target"]?.string ?? Self.modelTarget) == Self.modelTarget, let model = services.settings.model else { return 0 }
        let asked = literals["budget"].map { $0.int ?? LeakCampaign.questionCount } ?? LeakCampaign.questionCount
        return max(0, min(asked, LeakCampaign.questionCount)) * model.contextTokenCount
    }

    func run(_ input: StepInput, in context: StepContext) async throws -> StepOutcome {
        let target = try input.text("target", byteCountMax: 2_048)
        let meter = try QueryMeter(budget: try input.integer("budget", default: 1_000, in: 1...QueryMeter.budgetMax))
        let attempts = try input.integer("attempts", default: 3, in: 1...RobustnessCampaign.attemptCountMax)
        let seed = UInt64(try input.integer("seed", default: 1, in: 0...Int(Int32.max)))
        if target == Self.modelTarget { return try await leaks(input, context, meter, seed) }
        let versions = ModelVersions(services: services)
        let version = try await versions.version(target)
        guard version.label.grade <= max(input.label.grade, .level2) else {
            throw Fault(.nodeLabel, "the model version is \(version.label), and what names it is \(input.label)", remedy: "bind the step that made the version, or give records of that grade")
        }
        let texts = try ModelVersions.texts(try input.records("records"), input: "records")
        guard !texts.isEmpty else { throw Fault(.nodeInput, "the input records is empty: nothing can be attacked with it", remedy: "give labeled records") }
        let samples = zip(try input.records("records"), texts).map { LabeledSample($0["text"]?.string ?? "", TaggerLabeler.label($1.spans.map(\.type))) }
        let report = try await RobustnessCampaign(TaggerLabeler(tagger: try versions.tagger(version, key: context.idempotencyKey)), meter: meter, attempts: attempts, seed: seed).run(samples)
        let findings = report.worst.map { one -> JSONValue in
            ["attack": .string(one.perturbation), "sample": .int(one.sample), "length": .int(one.length), "changed": .int(one.changed), "expected": .string(one.expected), "given": .string(one.given)]
        }
        let label = version.label.joined(input.label).joined(Label(.level2))
        return .done(
            output: output(findings, report.success, report.byPerturbation, report.accuracy, report.robustAccuracy, report.queryCount, report.isCut), label: label,
            // Of nothing there is no reading: it would warn, or end a warning.
            effect: NodeReadings.effect(
                (report.sampleCount > 0 ? [("robust-accuracy", report.robustAccuracy)] : []) + (report.success.trials > 0 ? [("attack-success", report.success.share)] : []), of: version.asset, label: label, in: context))
    }

    private func leaks(_ input: StepInput, _ context: StepContext, _ meter: QueryMeter, _ seed: UInt64) async throws -> StepOutcome {
        guard let model = services.settings.model else { throw Fault(.nodeUnavailable, "no language model is configured", remedy: "import one with `banyan model import` and name it when starting") }
        guard model.clearance.permits(input.label) else { throw Fault(.nodeLabel, "the inputs are \(input.label), the model may receive \(model.clearance)", remedy: "protect the instructions first") }
        let system = try input.optionalText("system", byteCountMax: 64 << 10) ?? ""
        let report = try await LeakCampaign(ModelAnswerer(model: model), meter: meter, instructions: system, seed: seed).run()
        let findings = report.findings.map { one -> JSONValue in
            ["attack": .string(one.probe), "sample": .int(one.question), "aim": .string("\(one.aim)"), "form": .string(one.form), "length": .int(one.answerLength)]
        }
        return .done(
            output: output(findings, report.success, report.byProbe, 1, 1 - report.success.share, report.queryCount, report.isCut),
            effect: NodeReadings.effect(report.success.trials > 0 ? [("attack-success", report.success.share)] : [], of: Self.modelTarget, label: input.label.joined(Label(.level2)), in: context))
    }

    private func output(_ findings: [JSONValue], _ success: Rate, _ byAttack: [String: Rate], _ accuracy: Double, _ robust: Double, _ queries: Int, _ isCut: Bool) -> [String: JSONValue] {
        func percent(_ share: Double) -> String { "\((share * 1_000).rounded() / 10) %" }
        let lines = byAttack.sorted { $0.key < $1.key }.map { "\($0.key): \($0.value.hits)/\($0.value.trials)" }
        let report = "成功率 Successes: \(success.hits)/\(success.trials) = \(percent(success.share)), ≤ \(percent(success.most)) (95 %)\n稳健准确率 Robust accuracy: \(percent(robust))\n查询数 Questions: \(queries)\(isCut ? "（预算用尽 budget used up）" : "")\n"
        return [
            "findings": .array(findings), "count": .int(success.hits), "accuracy": .double(accuracy), "robustAccuracy": .double(robust), "successRate": .double(success.share), "successMost": .double(success.most),
            "byAttack": .object(byAttack.mapValues { ["hits": .int($0.hits), "trials": .int($0.trials), "most": .double($0.most)] }), "queries": .int(queries), "complete": .bool(!isCut), "report": .string(report + lines.joined(separator: "\n")),
        ]
    }
}

/// A tagger as something that says what a text is: the types that stand in it, each as often as it does.
private struct TaggerLabeler: Labeler {
    let tagger: QuickTagger

    func label(of text: String) async throws -> String { Self.label(tagger.tag(text).map(\.type)) }

    static func label(_ types: [String]) -> String { types.sorted().joined(separator: ",") }
}

private struct ModelAnswerer: Answerer {
    let model: any TextModel
    private static let tokenCountMax = 256

    func answer(system: String, prompt: String) async throws -> String { try await model.answer(system: system, prompt: prompt, tokenCountMax: Self.tokenCountMax).text }
}

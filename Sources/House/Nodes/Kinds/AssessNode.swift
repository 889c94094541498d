import Assessment
import Catalog
import Core
import Labels
import Tuning
import Workflows

/// Attacks a model within a budget of questions: the version of a tagger or a text classifier by changed texts of labeled records, the language model (target `model`) by probes that ask for a secret and hide orders in documents. What succeeded is told by attack, number and length, never by text; the share is a reading.
struct AssessNode: StepKind {
    let services: NodeServices
    let id = "assess"
    let signature = StepSignature(
        inputs: [
            "target": .init(.string), "records": .init(.array, isRequired: false), "system": .init(.string, isRequired: false), "budget": .init(.number, isRequired: false), "attempts": .init(.number, isRequired: false),
            "seed": .init(.number, isRequired: false), "seeds": .init(.number, isRequired: false), "task": .init(.string, isRequired: false),
        ],
        outputs: [
            "findings": .array, "count": .number, "accuracy": .number, "robustAccuracy": .number, "successRate": .number, "successMost": .number, "byAttack": .object, "bySeed": .array, "queries": .number, "complete": .boolean, "report": .string,
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
        let (labeler, samples) = try questions(version, input, key: context.idempotencyKey)
        guard !samples.isEmpty else { throw Fault(.nodeInput, "the input records is empty: nothing can be attacked with it", remedy: "give labeled records") }
        var reports: [RobustnessCampaign.Report] = []
        for next in 0..<UInt64(try input.integer("seeds", default: 1, in: 1...Self.seedCountMax)) where reports.last?.isCut != true {
            reports.append(try await RobustnessCampaign(labeler, meter: meter, attempts: attempts, seed: seed + next).run(samples))
        }
        // The first seed is the one that was asked for; the others say how much hangs on it.
        let report = reports[0]
        let findings = report.worst.map { one -> JSONValue in
            ["attack": .string(one.perturbation), "sample": .int(one.sample), "length": .int(one.length), "changed": .int(one.changed), "expected": .string(one.expected), "given": .string(one.given)]
        }
        let label = version.label.joined(input.label).joined(Label(.level2))
        var output = output(findings, report.success, report.byPerturbation, report.accuracy, report.robustAccuracy, meter.used, reports.contains(where: \.isCut))
        let table = RobustnessTable(reports, seed: seed)
        (output["byAttack"], output["bySeed"]) = (table.byAttack, table.bySeed)
        output["report"] = .string((output["report"]?.string ?? "") + "\n" + table.text)
        return .done(
            output: output, label: label,
            // Of nothing there is no reading: it would warn, or end a warning.
            effect: NodeReadings.effect(
                (report.sampleCount > 0 ? [("robust-accuracy", report.robustAccuracy)] : []) + (report.success.trials > 0 ? [("attack-success", report.success.share)] : []), of: version.asset, label: label, in: context))
    }

    /// What is asked, and what with.
    private func questions(_ version: AssetVersion, _ input: StepInput, key: String) throws -> (any Labeler, [LabeledSample]) {
        let (versions, records) = (ModelVersions(services: services), try input.records("records"))
        guard version.mediaType == ModelVersions.classifierType else {
            let texts = try ModelVersions.texts(records, input: "records")
            let samples = zip(records, texts).map { LabeledSample($0["text"]?.string ?? "", TaggerLabeler.label($1.spans.map(\.type))) }
            return (TaggerLabeler(tagger: try versions.tagger(version, key: key)), samples)
        }
        let classifier = try versions.classifier(version, key: key)
        let head = try input.optionalText("task", byteCountMax: 256).map { name in classifier.heads.firstIndex { $0.name == name } } ?? 0
        guard let head else { throw Fault(.nodeInput, "the classifier has no question of the name in the input task", remedy: "leave it out: then the first is asked") }
        let samples = try records.enumerated().map { number, record in
            guard let text = record["text"]?.string, let label = record["label"]?.string, classifier.heads[head].labels.contains(label) else {
                throw Fault(.nodeInput, "record \(number) of the input records has no text, or no label that the classifier knows", remedy: "records are {text, label}")
            }
            return LabeledSample(text, label)
        }
        return (ClassifierLabeler(classifier: classifier, head: head), samples)
    }

    /// Seeds of one assessment.
    static let seedCountMax = 20

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
            "byAttack": .object(byAttack.mapValues { ["hits": .int($0.hits), "trials": .int($0.trials), "most": .double($0.most)] }), "bySeed": [], "queries": .int(queries), "complete": .bool(!isCut), "report": .string(report + lines.joined(separator: "\n")),
        ]
    }
}

/// A tagger as something that says what a text is: the types that stand in it, each as often as it does.
private struct TaggerLabeler: Labeler {
    let tagger: QuickTagger

    func label(of text: String) async throws -> String { Self.label(tagger.tag(text).map(\.type)) }

    static func label(_ types: [String]) -> String { types.sorted().joined(separator: ",") }
}

/// A text classifier as one.
private struct ClassifierLabeler: Labeler {
    let classifier: LoadedClassifier
    let head: Int

    func label(of text: String) async throws -> String { try classifier.labels(of: [text], head: head).first ?? "" }
}

/// What reports of several seeds say of each attack.
private struct RobustnessTable {
    let reports: [RobustnessCampaign.Report]
    let seed: UInt64

    init(_ reports: [RobustnessCampaign.Report], seed: UInt64) { (self.reports, self.seed) = (reports, seed) }

    private var attacks: [String] { reports[0].byPerturbation.keys.sorted() }

    /// Of each attack: successes with their bound for the first seed, accuracy before and after it, and the least and the largest accuracy after it over all seeds.
    var byAttack: JSONValue {
        .object(
            reports[0].byPerturbation.reduce(into: [:]) { all, one in
                let after = reports.map { $0.accuracy(under: one.key) }
                all[one.key] = [
                    "hits": .int(one.value.hits), "trials": .int(one.value.trials), "most": .double(one.value.most), "before": .double(reports[0].accuracy), "after": .double(after[0]), "afterLeast": .double(after.min() ?? 0),
                    "afterMost": .double(after.max() ?? 0),
                ]
            })
    }

    var bySeed: JSONValue {
        .array(
            reports.enumerated().map { number, report in
                ["seed": .int(Int(seed) + number), "samples": .int(report.sampleCount), "accuracy": .double(report.accuracy), "robustAccuracy": .double(report.robustAccuracy), "complete": .bool(!report.isCut)]
            })
    }

    var text: String {
        func percent(_ share: Double) -> String { "\((share * 1_000).rounded() / 10) %" }
        let lines = attacks.map { attack -> String in
            let after = reports.map { $0.accuracy(under: attack) }
            return "\(attack): \(percent(reports[0].accuracy)) → \(percent(after[0]))" + (after.count > 1 ? " (\(percent(after.min() ?? 0)) – \(percent(after.max() ?? 0)))" : "")
        }
        let seeds = "种子 Seeds: \(seed)" + (reports.count > 1 ? "–\(Int(seed) + reports.count - 1)" : "")
        return (["准确率：攻击前 → 攻击后 Accuracy before → after", seeds] + lines).joined(separator: "\n")
    }
}

private struct ModelAnswerer: Answerer {
    let model: any TextModel
    private static let tokenCountMax = 256

    func answer(system: String, prompt: String) async throws -> String { try await model.answer(system: system, prompt: prompt, tokenCountMax: Self.tokenCountMax).text }
}

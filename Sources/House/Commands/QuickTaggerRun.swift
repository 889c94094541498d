import Core
import Foundation
import Tuning

/// `banyan tune tagger --quick`: trains, measures, and writes the model with its card.
struct QuickTaggerRun {
    let options: TuneOptions
    /// Features that are kept.
    let features: Int
    let files: [TuneReport.DataFile]
    /// Spans of the data by type.
    let counts: [String: Int]

    /// Texts between two looks at the clock.
    private static let noteEvery = 4_096

    /// - Throws: `tuning.data`, `core.file`, `core.disk-full`.
    func drive(_ training: [TaggedText], _ heldOut: [TaggedText], types: [String], repeated: Int) throws {
        TuneOptions.warn(repeated: repeated, of: heldOut.count)
        let start = ContinuousClock.now
        let plan = QuickTrainer.Plan(epochs: options.epochs ?? 5, rate: Float(options.rate ?? 0.15), seed: options.seed, features: features)
        var trainer = try QuickTrainer(training, types: types, plan: plan)
        let sink = ProgressLine(isQuiet: options.output.json).sink
        let epoch = max(1, trainer.stepCount / (plan.epochs + plan.choosing))
        while !trainer.isFinished {
            trainer.next()
            if trainer.step % Self.noteEvery == 0 { sink(JobProgress(phase: Terminal.say("training", "训练"), done: trainer.step, total: trainer.stepCount)) }
            guard trainer.step % epoch == 0, !options.output.json else { continue }
            let loss = Terminal.rounded(trainer.loss / Double(max(1, trainer.tokenCount)), 4), number = trainer.step / epoch
            Terminal.note(Terminal.say("epoch \(number): loss \(loss)", "第 \(number) 轮：损失 \(loss)"))
        }
        let tagger = trainer.tagger
        let seconds = Terminal.seconds(ContinuousClock.now - start)
        let (scores, rate) = measure(tagger, heldOut)
        try tagger.write(to: options.out)
        try Data(card(trainer, tagger, scores, learned: training.count, heldOut: heldOut.count, repeated: repeated).markdown.utf8).write(to: URL(fileURLWithPath: options.out + ".md"), options: .atomic)
        show(scores, types: types, json: ["model": .string(options.out), "f1": .double(scores.all.f1), "scores": scores.json, "held_out": .int(heldOut.count), "repeated": .int(repeated), "seconds": .double(seconds), "widened": .int(trainer.widened), "megabytes_per_second": .double(rate)])
    }

    private func measure(_ tagger: QuickTagger, _ texts: [TaggedText]) -> (SpanScores, Double) {
        let start = ContinuousClock.now
        let scores = tagger.spanScores(texts)
        let count = texts.reduce(0) { $0 + $1.scalars.reduce(0) { $0 + ($1 < 0x80 ? 1 : $1 < 0x800 ? 2 : $1 < 0x1_0000 ? 3 : 4) } }
        return (scores, Double(count) / max(Terminal.seconds(ContinuousClock.now - start), 1e-9) / 1e6)
    }

    private static func figures(_ counts: SpanScores.Counts, _ digits: Int) -> String {
        [counts.precision, counts.recall, counts.f1].map { "\(Terminal.rounded($0 * 100, digits))" }.joined(separator: " / ")
    }

    private func card(_ trainer: QuickTrainer, _ tagger: QuickTagger, _ scores: SpanScores, learned: Int, heldOut: Int, repeated: Int) -> ModelCard {
        let byType = tagger.types.map { "\($0): \(Self.figures(scores.byType[$0] ?? .init(), 1)), \(counts[$0] ?? 0) spans" }
        let plan = trainer.plan
        return ModelCard(
            title: (options.out as NSString).lastPathComponent, purpose: "Finds spans of \(tagger.types.count) types in long texts quickly; a chain field over hashed features.", data: files, license: options.license, seed: plan.seed,
            figures: [
                ("features kept; rows of the table", "\(plan.features); \(1 << plan.bits)"), ("examples learned from", "\(learned)"), ("examples measured with", "\(heldOut), \(repeated) of them also learned from"),
                ("precision, recall, F1 of exact spans", Self.figures(scores.all, 2)), ("by type", byType.joined(separator: "; ")),
                ("epochs that choose features, epochs that learn, rate, dropout", "\(plan.choosing), \(plan.epochs), \(plan.rate), \(plan.dropout)"), ("spans whose borders are within a word, learned as wide as their words", "\(trainer.widened)"),
            ], limits: "Measured on examples held out of the same files only. Spans begin and end with words; it sees three words to the left and two to the right.")
    }

    private func show(_ scores: SpanScores, types: [String], json: [String: JSONValue]) {
        guard !options.output.json else { return Terminal.out(JSONValue.object(json).prettyText) }
        let head = [[Terminal.say("model", "模型"), options.out], [Terminal.say("P / R / F1", "精确率 / 召回率 / F1"), Self.figures(scores.all, 2)]]
        let rows = types.map { [$0, Self.figures(scores.byType[$0] ?? .init(), 1)] }
        Terminal.out(Terminal.table(head + rows + [[Terminal.say("card", "卡片"), options.out + ".md"]]))
    }
}

import Core
import Foundation
import Inference
import Models
import Tensors
import Tuning

/// What fine-tuning a language model needs, read and checked before anything is loaded: for the command as for jobs of the API.
struct AdapterRun {
    /// What is given.
    struct Request {
        /// The model's file.
        var model: String
        var data: String
        var validation: String?
        var format: InstructionFormat?
        var answers = ConversationTokenizer.Answers.all
        var settings: AdapterSettings
        var isExact = false
        /// Whether a batch counts rows that are packed to the length of the context, not examples.
        var isPacked = false
        var plan: TrainingPlan
        /// The share of examples to measure with when there is no file for it.
        var heldOut: Double
    }

    static let defaults = TuneOptions.Defaults(epochs: 3, batch: 8, rate: 2e-4, heldOut: 0.1)
    /// 2026-01-01. Templates that write a date write this one, so that a run that goes on another day has the same tokens.
    private static let date = 1_767_225_600.0

    let request: Request
    let file: GGUFFile
    let set: LoraSet
    let memory: AdapterMemory

    /// - Throws: `tuning.data`, `tuning.memory` when the run needs more than `byteCountMax`, and what reading the model throws.
    init(_ request: Request, byteCountMax: Int) throws {
        self.request = request
        file = try GGUFFile(path: request.model)
        let tokenizer = try Self.tokenizer(file, request.answers)
        func read(_ path: String) throws -> TokenizedFile {
            try TokenizedFile(InstructionFile(path: path, format: request.format), tokenizer: tokenizer, lengthMax: request.settings.context)
        }
        set = try LoraSet(try read(request.data), try request.validation.map(read), heldOut: request.heldOut, packedLength: request.isPacked ? request.settings.context : nil, seed: request.plan.seed)
        memory = try AdapterMemory(
            file: file, settings: request.settings, tokens: set.largestPart(batch: request.plan.batchCount, parts: request.plan.accumulationCount), isExact: request.isExact, isPreference: set.isPreference)
        try memory.check(fits: byteCountMax)
    }

    /// What lays rows out as tokens for a model.
    static func tokenizer(_ file: GGUFFile, _ answers: ConversationTokenizer.Answers) throws -> ConversationTokenizer { try ConversationTokenizer(file: file, answers: answers, now: date) }

    /// Loads the model and puts a new adapter on it, or one that goes on from another.
    func decoder(in workspace: Workspace, from adapter: Adapter? = nil, progress: ProgressSink? = nil) throws -> AdaptedDecoder {
        let settings = request.settings
        let base = try FrozenDecoder(
            file: file, workspace: workspace, context: settings.context, measured: settings.hasMagnitudes ? settings.targets : [], isExact: request.isExact, progress: progress)
        var decoder = try AdaptedDecoder(base, settings, seed: request.plan.seed)
        if let adapter { try decoder.begin(from: adapter) }
        return decoder
    }

    /// The plan with all that tells this run from others.
    var plan: TrainingPlan {
        var plan = request.plan
        plan.data = set.files.map(\.hash).joined(separator: " ") + " \(request.settings.identity) \((request.model as NSString).lastPathComponent) \(request.answers.rawValue) \(request.isExact) \(request.isPacked)"
        return plan
    }

    /// What an adapter's file says about it.
    func notes(license: String) -> [String: String] {
        ["model": (request.model as NSString).lastPathComponent, "data": set.files.map(\.hash).joined(separator: " "), "seed": "\(request.plan.seed)", "license": license]
    }

    /// The file of a model that is named by a path, or by its name in a data directory.
    static func path(of model: String, in directory: String) async throws -> String {
        if FileManager.default.fileExists(atPath: model) { return model }
        let options = try DataOptions.of(directory: directory)
        return try await ModelRegistry(store: try options.shared(), clock: SystemWallClock()).record(model).path
    }
}

/// Examples to learn from and to measure with.
struct LoraSet {
    let learned: TokenizedFile
    let measured: TokenizedFile?
    /// Rows of examples; preferences are rows of their own.
    let examples: (training: [[TokenExample]], heldOut: [[TokenExample]])
    let preferences: (training: [PreferenceExample], heldOut: [PreferenceExample])

    /// - Parameter packedLength: tokens of a row of packed examples; nil for one example a row.
    /// - Throws: `tuning.data` for too many examples.
    init(_ learned: TokenizedFile, _ measured: TokenizedFile?, heldOut: Double, packedLength: Int?, seed: UInt64) throws {
        (self.learned, self.measured) = (learned, measured)
        let places: (training: [Int], heldOut: [Int]) = measured == nil ? learned.split(heldOut: heldOut, seed: seed) : (Array(learned.fingerprints.indices), [])
        func rows(_ all: [TokenExample]) throws -> [[TokenExample]] { try packedLength.map { try SequencePacking.pack(all, length: $0).rows } ?? all.map { [$0] } }
        if learned.preferences.isEmpty {
            examples = (try rows(places.training.map { learned.examples[$0] }), try rows(measured?.examples ?? places.heldOut.map { learned.examples[$0] }))
            preferences = ([], [])
        } else {
            examples = ([], [])
            preferences = (places.training.map { learned.preferences[$0] }, measured?.preferences ?? places.heldOut.map { learned.preferences[$0] })
        }
        heldOutCount = measured.map { max($0.examples.count, $0.preferences.count) } ?? places.heldOut.count
    }

    /// Examples to measure with.
    let heldOutCount: Int
    var isPreference: Bool { !learned.preferences.isEmpty }
    var measure: (en: String, zh: String) { isPreference ? ("preferred", "偏好正确率") : ("1 / perplexity", "困惑度倒数") }
    var files: [TuneReport.DataFile] { [learned, measured].compactMap { $0 }.map { (name: ($0.report.path as NSString).lastPathComponent, hash: $0.report.hash) } }
    var repeated: Int { measured.map { $0.report.sharedCount(with: learned.report) } ?? 0 }
    /// Tokens of what a batch counts, on average.
    var meanTokens: Double { isPreference ? mean(preferences.training.map { $0.chosen.tokens.count + $0.rejected.tokens.count }) : mean(examples.training.map(Self.count)) }

    private func mean(_ counts: [Int]) -> Double { Double(counts.reduce(0, +)) / Double(max(1, counts.count)) }
    private static func count(_ row: [TokenExample]) -> Int { row.reduce(0) { $0 + $1.tokens.count } }

    /// Tokens of the largest part of a batch, whatever examples meet in it.
    func largestPart(batch: Int, parts: Int) -> Int {
        let lengths = isPreference ? preferences.training.map { $0.chosen.tokens.count + $0.rejected.tokens.count } : examples.training.map(Self.count)
        return lengths.sorted(by: >).prefix(max(1, (batch + parts - 1) / parts)).reduce(0, +)
    }

    /// What a person should know before it starts, in the terminal's language.
    var warnings: [String] {
        [learned, measured].compactMap { $0 }.flatMap { file in
            let report = file.report
            let refused = report.refusedCount > 0 ? [Terminal.say("\(report.refusedCount) rows are left out (`banyan tune check` lists them)", "略过 \(report.refusedCount) 行（`banyan tune check` 可列出）")] : []
            let repeated = report.repeatedCount > 0 ? [Terminal.say("warning: \(report.repeatedCount) rows are repeated", "警告：\(report.repeatedCount) 行重复")] : []
            return report.diagnostics.prefix(5).map { "\($0.place ?? ""): \($0.message)" } + refused + repeated
        }
    }
}

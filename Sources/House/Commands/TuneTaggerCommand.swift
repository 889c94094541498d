import ArgumentParser
import Core
import Foundation
import Tuning

/// `banyan tune tagger`
struct TuneTaggerCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "tagger", abstract: "Train a tagger: a network that finds spans of types in texts, such as names of persons and places.",
        discussion: """
            Data are JSON lines ({"text":"…","spans":[{"start":0,"end":3,"type":"…"}]}, CLUENER's forms), or columns of characters and tags (BIO, BMES, BIOES), also packed by gzip. Places count Unicode scalars. \
            The model holds bytes (int8) and everything that it needs, lists of words too. Beside it stand its card (.md), the loss curve (.svg) and, until the run is complete, the run itself (.run).
            """)

    @Option(name: .long, help: ArgumentHelp("Texts with spans. Several files are joined.", valueName: "file"))
    var data: [String]
    @Option(name: .long, help: ArgumentHelp("Texts to measure with, instead of a share of the others.", valueName: "file"))
    var heldOutData: String?
    @Option(name: .long, help: ArgumentHelp("Types to learn, separated by commas. The default is all.", valueName: "types"))
    var types: String?
    @Option(name: .long, help: ArgumentHelp("A list of words, one a line, that the network sees in texts. May be given several times.", valueName: "name=file"))
    var words: [String] = []
    @Option(name: .long, help: ArgumentHelp("Numbers of a layer, a multiple of 64.", valueName: "n"))
    var width: Int = 192
    @Option(name: .long, help: ArgumentHelp("Characters between the taps of each layer's convolution, separated by commas.", valueName: "list"))
    var dilations: String = "1"
    @Option(name: .long, help: ArgumentHelp("Layers of recurrences.", valueName: "n"))
    var recurrences: Int = 2
    @Option(name: .long, help: ArgumentHelp("Pairs of characters that are known, the most frequent ones.", valueName: "n"))
    var pairs: Int = 49_152
    @Option(name: .long, help: ArgumentHelp("Threes of characters that are known, the most frequent ones.", valueName: "n"))
    var threes: Int = 0
    @Option(name: .long, help: ArgumentHelp("Times that a character, pair or three must occur to be known.", valueName: "n"))
    var knownFrom: Int = 2
    @Option(name: .long, help: ArgumentHelp("Shares that training does without: of whole vectors, of joined vectors, of layers.", valueName: "list"))
    var dropout: String = "0.2,0.5,0.5"
    @Option(name: .long, help: ArgumentHelp("Shares that training changes: of spans that get the text of another one of their type, of characters that are hidden.", valueName: "list"))
    var changes: String = "0.2,0.15"
    @Option(name: .long, help: ArgumentHelp("What counts how far two views of a text are apart; 0 sees each text once a step.", valueName: "x"))
    var consistency: Double = 0
    @Option(name: .long, help: ArgumentHelp("What a step at the rate 1 takes of each weight.", valueName: "share"))
    var decay: Double = 0.1
    @Flag(name: .long, help: "Train a quick tagger: a linear chain over hashed features, for long texts. It takes --data, --held-out-data, --types, --features and the options of a run, and no options of a network.")
    var quick = false
    @Option(name: .long, help: ArgumentHelp("Features that a quick tagger keeps, those that matter most.", valueName: "n"))
    var features: Int = 49_152
    @OptionGroup var options: TuneOptions

    private static let defaults = TuneOptions.Defaults(epochs: 12, batch: 32, rate: 2e-3, heldOut: 0.05)

    private var steps: [Int] { dilations.split(separator: ",").compactMap { Int($0) } }
    private var changeShares: [Float] { changes.split(separator: ",").compactMap { Float($0) } }
    private var shares: [Float] { dropout.split(separator: ",").compactMap { Float($0) } }

    func validate() throws {
        guard !data.isEmpty, data.count <= 64 else { throw ValidationError("--data must be given, at most 64 times") }
        guard width % 64 == 0, (64...1_024).contains(width), (0...1 << 20).contains(pairs), (0...1 << 20).contains(threes), (1...1_000).contains(knownFrom) else { throw ValidationError("--width must be a multiple of 64 up to 1024, --pairs and --threes 0 to 1048576, --known-from 1 to 1000") }
        guard steps.count <= 16, (0...16).contains(recurrences), steps.count + recurrences > 0, steps.count == dilations.split(separator: ",").count, steps.allSatisfy({ (1...64).contains($0) }) else { throw ValidationError("--dilations must be up to 16 numbers from 1 to 64, --recurrences 0 to 16, and one layer at least") }
        guard shares.count == 3, shares.allSatisfy({ (0..<1).contains($0) }) else { throw ValidationError("--dropout must be three shares below 1") }
        guard changeShares.count == 2, changeShares.allSatisfy({ (0..<1).contains($0) }) else { throw ValidationError("--changes must be two shares below 1") }
        guard (0...100).contains(consistency), (0...10).contains(decay) else { throw ValidationError("--consistency must be 0 to 100, --decay 0 to 10") }
        guard (256...1 << 18).contains(features) else { throw ValidationError("--features must be 256 to 262144") }
        guard !quick || !options.resume && words.isEmpty else { throw ValidationError("--quick takes a minute and no lists of words: leave out --resume and --words") }
        guard words.count <= WordList.listsMax, words.allSatisfy({ $0.contains("=") }) else { throw ValidationError("--words must be NAME=FILE, at most \(WordList.listsMax) times") }
    }

    func run() async throws {
        var set = try TaggedSets.read(data)
        var heldOut = try heldOutData.map { try TaggedSets.read([$0]) }
        var names = set.counts.keys.sorted()
        if let types {
            let wanted = types.split(separator: ",").map { $0.trimmingCharacters(in: .whitespaces) }
            if let unknown = wanted.first(where: { !names.contains($0) }) {
                throw Fault(.trainingData, "no text has a span of the type \(unknown)", remedy: "name types of the data: \(names.prefix(32).joined(separator: ", "))")
            }
            names = Set(wanted).sorted()
            set.keep(types: Set(wanted))
            heldOut?.keep(types: Set(wanted))
        }
        guard !names.isEmpty, names.count <= TagScheme.typesMax else { throw Fault(.trainingData, "the data have \(names.count) types; 1 to \(TagScheme.typesMax) are possible", remedy: "give texts with spans, or name types with --types") }
        try TaggedSets.check(heldOut, types: names)
        var (training, measured) = set.split(heldOut: options.share(Self.defaults), seed: options.seed)
        if let heldOut { (training, measured) = (set.texts, heldOut.texts) }
        let repeated = TaggedSet.repeated(training, measured)
        if quick {
            let run = QuickTaggerRun(options: options, features: features, files: try TuneOptions.hashed(data + (heldOutData.map { [$0] } ?? [])), counts: set.counts)
            return try run.drive(training, measured, types: names, repeated: repeated)
        }
        TuneOptions.warn(repeated: repeated, of: measured.count)
        let lists = try words.map { try WordList(name: String($0.prefix { $0 != "=" }), path: String($0.drop { $0 != "=" }.dropFirst())) }
        let files = try TuneOptions.hashed(data + (heldOutData.map { [$0] } ?? []) + words.map { String($0.drop { $0 != "=" }.dropFirst()) })
        let vocabulary = TaggerVocabulary(of: training, lists: lists, bounds: .init(pairs: pairs, threes: threes, countMin: knownFrom))
        var network = try SequenceTagger(.init(types: names, width: width, dilations: steps, recurrences: recurrences), vocabulary: vocabulary, in: options.workspace(), seed: options.seed)
        network.dropout = .init(whole: shares[0], input: shares[1], hidden: shares[2])
        if changeShares.contains(where: { $0 > 0 }) { network.changes = TaggerChanges(of: training, exchangeShare: changeShares[0], maskShare: changeShares[1]) }
        network.consistency = Float(consistency)
        var plan = options.plan(Self.defaults, data: files)
        (plan.gradientNormMax, plan.averageDecay, plan.weightDecay) = (5, 0.998, Float(decay))
        plan.data += " \(dropout) \(changes) \(consistency)"
        let examples = measured.map { network.example($0) }
        let trainer = try Trainer(network, training: training.map { network.example($0) }, heldOut: examples, plan: plan)
        var run = try TuneRun(trainer, about: network.about, measure: ("F1", "F1"), options: options) { network, path in try network.write(to: path) }
        try run.drive()
        try finish(run, set, files: files, repeated: repeated, examples: examples)
    }

    private func finish(_ run: TuneRun<SequenceTagger>, _ set: TaggedSet, files: [TuneReport.DataFile], repeated: Int, examples: [SequenceTagger.Example]) throws {
        let scores = try run.best.spanScores(examples).scores, counts = set.counts
        let byType = run.best.shape.types.map { type in
            let own = scores.byType[type] ?? .init()
            return "\(type): \(Terminal.rounded(own.precision * 100, 1)) / \(Terminal.rounded(own.recall * 100, 1)) / \(Terminal.rounded(own.f1 * 100, 1)), \(counts[type] ?? 0) spans"
        }
        let all = "\(Terminal.rounded(scores.all.precision * 100, 2)) / \(Terminal.rounded(scores.all.recall * 100, 2)) / \(Terminal.rounded(scores.all.f1 * 100, 2))"
        try run.finish(
            TuneReport(
                purpose: "Finds spans of \(run.best.shape.types.count) types in texts.", data: files, heldOut: examples.count, repeated: repeated,
                figures: [
                    ("precision, recall, F1 of exact spans", all), ("by type", byType.joined(separator: "; ")), ("width; dilations; recurrences; dropout; changes; consistency; decay", "\(width); \(dilations); \(recurrences); \(dropout); \(changes); \(consistency); \(decay)"),
                    ("texts left out because too long, spans left out because overlapping, tags repaired", "\(set.tooLong), \(set.overlapping), \(set.repaired)"),
                ],
                json: ["f1": .double(scores.all.f1), "scores": scores.json, "too_long": .int(set.tooLong), "overlapping": .int(set.overlapping)],
                rows: [[Terminal.say("P / R / F1", "精确率 / 召回率 / F1"), all]] + byType.map { [Terminal.say("type", "类型"), $0] }))
    }
}

/// Files of texts with spans, with warnings for people.
enum TaggedSets {
    /// Reads files as one set, and says what was left out.
    ///
    /// - Throws: as ``TaggedSet``.
    static func read(_ paths: [String]) throws -> TaggedSet {
        let sets = try paths.map { try TaggedSet(path: $0) }
        for set in sets { warn(set) }
        return sets.dropFirst().reduce(sets[0]) { $0.joined(with: $1) }
    }

    private static func warn(_ set: TaggedSet) {
        for problem in set.problems { Terminal.note(problem) }
        if set.furtherProblems > 0 { Terminal.note(Terminal.say("and \(set.furtherProblems) more wrong lines", "另有 \(set.furtherProblems) 行有误")) }
        if set.tooLong > 0 { Terminal.note(Terminal.say("warning: \(set.tooLong) texts have more than \(TaggedSet.lengthMax) characters and are left out", "警告：\(set.tooLong) 条文本超过 \(TaggedSet.lengthMax) 字，未使用")) }
        if set.overlapping > 0 { Terminal.note(Terminal.say("warning: \(set.overlapping) spans overlap others and are not learned", "警告：\(set.overlapping) 个片段与其他片段重叠，不参与训练")) }
        if set.repaired > 0 { Terminal.note(Terminal.say("warning: \(set.repaired) tags do not follow the one before them and begin a span", "警告：\(set.repaired) 个标记与前一个不衔接，按片段开头处理")) }
    }

    /// - Throws: `tuning.data` when texts to measure with have types that nobody learns.
    static func check(_ set: TaggedSet?, types: [String]) throws {
        guard let unknown = set?.counts.keys.sorted().first(where: { !types.contains($0) }) else { return }
        throw Fault(.trainingData, "a text to measure with has a span of the type \(unknown), which no other text has", remedy: "give both parts the same types, or name types with --types")
    }
}

import ArgumentParser
import Core
import Foundation
import Detection
import Labels
import Scanning

/// What `banyan scan` looks for.
struct ScanSearchOptions: ParsableArguments {
    @Option(name: .long, help: ArgumentHelp("Types to look for, separated by commas: identifiers, or group:CATEGORY. The default is all.", valueName: "types"))
    var types: String?
    @Option(name: .long, help: "Findings below this confidence are left out.")
    var minConfidence: Double = 0.5
    @Option(name: .long, help: ArgumentHelp("A type of your own: NAME=REGEX. May be repeated.", valueName: "name=regex"))
    var pattern: [String] = []
    @Option(name: .long, help: ArgumentHelp("A type of your own: NAME=FILE, a file with a word or phrase a line. May be repeated.", valueName: "name=file"))
    var dictionary: [String] = []
    @Option(name: .long, help: ArgumentHelp("A type of your own: NAME=FILE.csv, a table of known values. Each cell of 4 to 64 characters is looked for, whatever its case, width and separators. May be repeated.", valueName: "name=file"))
    var exact: [String] = []
    @Option(name: .long, help: ArgumentHelp("A file of 16 secret bytes for the tables of --exact. The default is a new key each run.", valueName: "file"))
    var exactKey: String?
    @Option(name: .long, help: ArgumentHelp("What you said of past findings, a file of `banyan feedback`. One that does not exist yet changes nothing.", valueName: "file"))
    var feedback: String?
    @Option(name: .long, help: ArgumentHelp("A tagger of `banyan tune tagger` for lines with Chinese: persons, addresses and more. The default is the bundled one; lines without Chinese are read by the bundled English one.", valueName: "file"))
    var tagger: String?
    @Flag(name: .long, help: "Look for names and addresses by rules only, several times as fast.")
    var noTagger = false
    @Option(name: .long, help: ArgumentHelp("How names and the like are read: cascade (texts over 64 KiB by a quick tagger, what it doubts most by a network), full (all by networks, 0.25 MB/s) or quick (all by quick taggers). The default is cascade. A tagger of your own reads all Chinese lines, whatever the depth.", valueName: "depth"))
    var depth: ReadingDepth?
    @Flag(name: .long, help: "Print what was matched. Reports then hold the sensitive data itself.")
    var reveal = false
    @Option(name: .long, help: ArgumentHelp("Exit with status 1 when the label is of this grade or above, or a finding is of a type: GRADE|TYPE|group:CATEGORY, separated by commas.", valueName: "what"))
    var failOn: String?

    /// Words of a dictionary.
    static let wordCountMax = 200_000

    func validate() throws {
        guard (0...1).contains(minConfidence) else { throw ValidationError("--min-confidence must be 0 to 1") }
        if exactKey != nil, exact.isEmpty { throw ValidationError("--exact-key goes with --exact") }
        if tagger != nil, noTagger { throw ValidationError("give --tagger or --no-tagger, not both") }
        if depth != nil, noTagger { throw ValidationError("give --depth or --no-tagger, not both") }
        for (option, values) in [("--pattern", pattern), ("--dictionary", dictionary), ("--exact", exact)] {
            for value in values where Self.named(value) == nil { throw ValidationError("\(option) must be NAME=VALUE; a name has lower-case letters, digits and hyphens") }
        }
    }

    /// `name=value`.
    private static func named(_ text: String) -> (name: String, value: String)? {
        guard let equal = text.firstIndex(of: "="), equal != text.startIndex else { return nil }
        let (name, value) = (String(text[..<equal]), String(text[text.index(after: equal)...]))
        guard !value.isEmpty, name.utf8.count <= 64, name.utf8.allSatisfy({ (97...122).contains($0) || (48...57).contains($0) || $0 == 45 }) else { return nil }
        return (name, value)
    }

    /// A person's own types, of patterns, dictionaries and tables.
    private var ownTypes: [String] { (pattern + dictionary + exact).compactMap { Self.named($0)?.name } }

    /// The detector that was asked for.
    func detector() throws -> Detector {
        var recognizers = Recognizers.all
        for (name, value) in pattern.compactMap(Self.named) { recognizers.append(try PatternRecognizer(name: name, pattern: value)) }
        for (name, file) in dictionary.compactMap(Self.named) {
            let words = TextDecoder.decode(try FileTree.read(file)).text.split(whereSeparator: \.isNewline).map(String.init)
            guard words.count <= Self.wordCountMax else { throw Fault(.file, "\(file) has \(words.count) words; the limit is \(Self.wordCountMax)", remedy: "split the dictionary") }
            recognizers.append(try DictionaryRecognizer(name: name, words: words))
        }
        recognizers += try exactRecognizers()
        return try Detector(recognizers: recognizers, taggers: try loadedTaggers(), feedback: try loadedFeedback())
    }

    private func exactRecognizers() throws -> [any Recognizer] {
        guard !exact.isEmpty else { return [] }
        let key = try exactKey.map { try ExactKey(bytes: FileTree.read($0, byteCountMax: 1 << 10)) } ?? .random()
        return try exact.compactMap(Self.named).map { name, file in
            let table = try ExactTable(values: ExactCells.read(TextDecoder.decode(try FileTree.read(file)).text), key: key)
            if table.skippedCount > 0 || table.count == 0 {
                Terminal.note(Terminal.say(
                    "\(name): \(table.count) values are looked for; \(table.skippedCount) cells are shorter than 4 characters or longer than 64",
                    "\(name)：查找 \(table.count) 个值；\(table.skippedCount) 个单元格不足 4 个字符或超过 64 个字符"))
            }
            return ExactRecognizer(name: name, table: table)
        }
    }

    private func loadedFeedback() throws -> DetectionFeedback? {
        guard let feedback, FileManager.default.fileExists(atPath: feedback) else { return nil }
        return try FeedbackFile.read(feedback)
    }

    private func loadedTaggers() throws -> EntityTaggers {
        noTagger ? EntityTaggers() : try ScanTagger.bundled(chinese: tagger, depth: depth ?? .cascade)
    }

    /// - Throws: `scanning.option` for a type that nothing finds.
    func options(_ detector: Detector) throws -> ScanOptions {
        var options = ScanOptions()
        (options.confidenceMin, options.reveals) = (minConfidence, reveal)
        if let types {
            let wanted = types.split(separator: ",").map { $0.trimmingCharacters(in: .whitespaces) }.filter { !$0.isEmpty }
            try check(wanted, "--types")
            options.types = Set(wanted)
        }
        return options
    }

    private func check(_ names: [String], _ option: String) throws {
        let known = Set(SensitiveType.all.map(\.id) + ownTypes), groups = Set(SensitiveType.all.map { "group:" + $0.category.name })
        for name in names where !known.contains(name) && !groups.contains(name) {
            let near = (known.sorted().filter { $0.hasPrefix(name.prefix(2)) } + groups.sorted()).prefix(12).joined(separator: ", ")
            throw Fault(.scanOption, "\(option): there is no type \(name)", remedy: "use identifiers such as \(near)")
        }
    }

    /// Whether `--fail-on` is met.
    func fails(_ report: ScanReport, grade: Grade) throws -> Bool {
        guard let failOn else { return false }
        let wanted = failOn.split(separator: ",").map { $0.trimmingCharacters(in: .whitespaces) }
        try check(wanted.filter { Grade($0) == nil }, "--fail-on")
        return wanted.contains { what in
            if let least = Grade(what) { return grade >= least }
            if what.hasPrefix("group:") { return report.counts.contains { "group:" + SensitiveType(id: $0.key).category.name == what && $0.value > 0 } }
            return (report.counts[what] ?? 0) > 0
        }
    }

    /// What tells this detector's results from another's.
    func version() throws -> String {
        var text = BanyanCommand.configuration.version + "|" + SensitiveType.all.map(\.id).joined(separator: ",") + "|" + pattern.joined(separator: "|")
        for (name, file) in (dictionary + exact).compactMap(Self.named) { text += "|\(name)=\(SHA256.hex(try FileTree.read(file)))" }
        if let feedback, FileManager.default.fileExists(atPath: feedback) { text += "|feedback \(SHA256.hex(try FileTree.read(feedback, byteCountMax: DetectionFeedback.byteCountMax)))" }
        if !noTagger { text += "|depth \((depth ?? .cascade).rawValue)" }
        for file in noTagger ? [] : [try tagger ?? ScanTagger.bundledPath(), try ScanTagger.bundledLatinPath(), try QuickScanTagger.bundledPath(), try QuickScanTagger.bundledLatinPath()].compactMap({ $0 }) { text += "|tagger \(SHA256.hex(try FileTree.read(file)))" }
        if let file = BundledClassifier.path { text += "|classes \(SHA256.hex(try FileTree.read(file)))" }
        return text
    }
}

extension ReadingDepth: ExpressibleByArgument {}

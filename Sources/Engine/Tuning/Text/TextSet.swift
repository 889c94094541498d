import Core

/// A text and the label that it should get.
public struct LabeledText: Sendable, Hashable {
    public var text: String
    public var label: String

    public init(text: String, label: String) { (self.text, self.label) = (text, label) }
}

/// Texts with labels, from a file: JSON objects, one a line, or rows with a header.
public struct TextSet: Sendable {
    public let items: [LabeledText]
    /// Every label once, sorted.
    public let labels: [String]

    static let labelsMax = 4_096
    static let labelByteCountMax = 256
    static let textByteCountMax = 1 << 20
    /// Names that columns have when nobody says another, the first that is there.
    static let textNames = ["text", "sentence", "review", "content"]
    static let labelNames = ["label", "category", "class"]

    /// - Throws: `tuning.data` when there is nothing to tell apart.
    public init(_ items: [LabeledText], name: String = "the set") throws {
        labels = Set(items.map(\.label)).sorted()
        self.items = items
        guard labels.count >= 2, labels.count <= Self.labelsMax else {
            throw Fault(.trainingData, "\(name) has \(labels.count) labels; 2 to \(Self.labelsMax) are possible", remedy: "give texts of several labels")
        }
    }

    /// A file: `.csv` and `.tsv` are rows, anything else JSON lines. Empty lines do not count.
    ///
    /// - Parameters:
    ///   - text: the column, or the member, that holds the text; nil for one of the usual names.
    ///   - label: the one that holds the label.
    /// - Throws: `core.file`; `tuning.data` naming the line.
    public init(path: String, text: String? = nil, label: String? = nil) throws {
        let isTable = [".csv", ".tsv"].contains { path.lowercased().hasSuffix($0) }
        try self.init(isTable ? Self.rows(path, text, label) : Self.lines(path, text, label), name: path)
    }

    private static func wrong(_ path: String, line: Int, _ what: String) -> Fault {
        Fault(.trainingData, "\(path) line \(line): \(what)", remedy: "give each line a text and a label, or name the columns that hold them")
    }

    private static func item(_ text: String, _ label: String, _ path: String, _ line: Int) throws -> LabeledText {
        let label = DelimitedText.trimmed(label)
        guard text.contains(where: { !$0.isWhitespace }) else { throw wrong(path, line: line, "the text is empty") }
        guard text.utf8.count <= textByteCountMax else { throw wrong(path, line: line, "the text has more than \(textByteCountMax) bytes") }
        guard !label.isEmpty, label.utf8.count <= labelByteCountMax, !label.contains(where: \.isNewline) else { throw wrong(path, line: line, "the label is empty, has line breaks or more than \(labelByteCountMax) bytes") }
        return LabeledText(text: text, label: label)
    }

    private static func rows(_ path: String, _ text: String?, _ label: String?) throws -> [LabeledText] {
        let table = try DelimitedText(path: path)
        let textPlace = try table.column(text ?? textNames.first(where: table.header.contains) ?? textNames[0], in: path)
        let labelPlace = try table.column(label ?? labelNames.first(where: table.header.contains) ?? labelNames[0], in: path)
        return try table.rows.map { try item($0.fields[textPlace], $0.fields[labelPlace], path, $0.line) }
    }

    private static func lines(_ path: String, _ text: String?, _ label: String?) throws -> [LabeledText] {
        let content = TextDecoder.decode(try FileTree.read(path, byteCountMax: 1 << 30)).text
        // Bytes, because a line break of two characters is one to a string.
        return try Array(content.utf8).split(separator: 10, omittingEmptySubsequences: false).enumerated().compactMap { index, bytes in
            let line = String(decoding: bytes, as: UTF8.self)
            guard line.contains(where: { !$0.isWhitespace }) else { return nil }
            guard let json = try? JSONValue(parsing: line, depthMax: 16), json.object != nil else { throw wrong(path, line: index + 1, "no JSON object") }
            guard let text = (text.map { [$0] } ?? textNames).lazy.compactMap({ json[$0]?.string }).first else { throw wrong(path, line: index + 1, "there is no text") }
            guard let label = (label.map { [$0] } ?? labelNames).lazy.compactMap({ json[$0].flatMap(Self.name) }).first else { throw wrong(path, line: index + 1, "there is no label") }
            return try item(text, label, path, index + 1)
        }
    }

    /// A label as text: whole numbers and truth values are labels, too.
    private static func name(_ json: JSONValue) -> String? { json.string ?? json.int.map(String.init) ?? json.bool.map(String.init) }

    /// How many texts each label has, in the order of ``labels``.
    public var counts: [Int] {
        let counts = items.reduce(into: [String: Int]()) { $0[$1.label, default: 0] += 1 }
        return labels.map { counts[$0] ?? 0 }
    }

    /// How much more often the most frequent label occurs than the rarest.
    public var imbalance: Double { Double(counts.max() ?? 0) / Double(max(1, counts.min() ?? 1)) }

    /// Two parts, the second of which has a share of each label's texts, by chance from a seed. A label with two texts or more is in both.
    public func split(heldOut share: Double, seed: UInt64) -> (training: [LabeledText], heldOut: [LabeledText]) {
        var random = SeededRandom(seed: seed)
        let groups = Dictionary(grouping: items.indices, by: { items[$0].label })
        var chosen: Set<Int> = []
        for label in labels {
            let places = (groups[label] ?? []).shuffled(using: &random)
            let count = Int((Double(places.count) * share).rounded())
            chosen.formUnion(places.prefix(places.count < 2 ? 0 : min(places.count - 1, max(1, count))))
        }
        return (items.indices.filter { !chosen.contains($0) }.map { items[$0] }, items.indices.filter(chosen.contains).map { items[$0] })
    }

    /// Texts of the second part that the first has, too: what was learned says nothing about the rest.
    public static func repeated(_ training: [LabeledText], _ heldOut: [LabeledText]) -> Int {
        let known = Set(training.map(\.text))
        return heldOut.count { known.contains($0.text) }
    }
}

import Core

/// Texts with spans, from files of labels, within bounds.
///
/// A file is JSON lines, or columns with a character (or a word) and its tag on a line and an empty line after each text; either may be packed by gzip. A line that is wrong is left out and named, never shown; the first
/// 50 are named, the others counted.
public struct TaggedSet: Sendable {
    public internal(set) var texts: [TaggedText] = []
    /// What is wrong, as `FILE:LINE: what`.
    public internal(set) var problems: [String] = []
    /// Problems that are counted and not named.
    public internal(set) var furtherProblems = 0
    /// Texts that were left out because they are too long; spans that overlap another one, which wins; tags that do not follow each other and were read as if they did.
    public internal(set) var tooLong = 0, overlapping = 0, repaired = 0

    static let fileByteCountMax = 1 << 30
    static let lineByteCountMax = 1 << 20
    static let textsMax = 4_000_000
    static let problemsMax = 50
    static let typeByteCountMax = 64
    /// Characters of a text; longer ones are left out. The usual bound for a sentence or a short document.
    public static let lengthMax = 4_096

    init() {}

    /// Reads a file.
    ///
    /// - Throws: `core.file`, `core.inflate`; `tuning.data` when no line can be used, or when more than half are wrong.
    public init(path: String) throws {
        let bytes = try PackedFile.unpacked(try FileTree.read(path, byteCountMax: Self.fileByteCountMax), name: path, byteCountMax: Self.fileByteCountMax)
        let lines = Self.lines(bytes)
        guard let first = lines.lazy.map({ $0.drop { $0 == 0x20 || $0 == 0x09 } }).first(where: { !$0.isEmpty }) else {
            throw Fault(.trainingData, "\(path) is empty", remedy: "give JSON lines with text and spans, or columns of characters and tags")
        }
        if first.first == UInt8(ascii: "{") {
            try read(lines, path, TaggedRow.text)
        } else {
            try TaggedColumns.read(lines, path, into: &self)
        }
        guard !texts.isEmpty, texts.count >= problems.count + furtherProblems else {
            throw Fault(
                .trainingData, "\(path) has \(texts.count) texts that can be used and \(problems.count + furtherProblems) wrong lines\(problems.first.map { "; \($0)" } ?? "")",
                remedy: "give JSON lines with text and spans, or columns of characters and tags")
        }
    }

    /// Lines without their ends, after a byte order mark if there is one.
    private static func lines(_ bytes: [UInt8]) -> [ArraySlice<UInt8>] {
        bytes[(bytes.starts(with: [0xEF, 0xBB, 0xBF]) ? 3 : 0)...].split(separator: 0x0A, omittingEmptySubsequences: false).map { $0.last == 0x0D ? $0.dropLast() : $0 }
    }

    private mutating func read(_ lines: [ArraySlice<UInt8>], _ path: String, _ parse: (String) throws -> TaggedText) throws {
        for (index, bytes) in lines.enumerated() where bytes.contains(where: { $0 != 0x20 && $0 != 0x09 }) {
            do {
                guard bytes.count <= Self.lineByteCountMax else { throw TaggedProblem("the line has more than \(Self.lineByteCountMax >> 20) MiB") }
                guard let text = String(validating: bytes, as: UTF8.self) else { throw TaggedProblem("the line is not UTF-8") }
                try add(try parse(text), path)
            } catch let problem as TaggedProblem { refuse(path, index + 1, problem.what) }
        }
    }

    /// Takes a text whose spans lie within it.
    mutating func add(_ text: TaggedText, _ path: String) throws {
        guard text.scalars.count <= Self.lengthMax else {
            tooLong += 1
            return
        }
        guard texts.count < Self.textsMax else { throw Fault(.trainingData, "\(path) has more than \(Self.textsMax) texts", remedy: "train on a part of it") }
        overlapping += text.spans.count - text.flatSpans.count
        texts.append(text)
    }

    mutating func refuse(_ path: String, _ line: Int, _ what: String) {
        guard problems.count < Self.problemsMax else { return furtherProblems += 1 }
        problems.append("\(path):\(line): \(what)")
    }

    /// This set and another one.
    public func joined(with other: TaggedSet) -> TaggedSet {
        var both = self
        both.texts += other.texts
        both.problems = Array((problems + other.problems).prefix(Self.problemsMax))
        both.furtherProblems += other.furtherProblems + problems.count + other.problems.count - both.problems.count
        (both.tooLong, both.overlapping, both.repaired) = (tooLong + other.tooLong, overlapping + other.overlapping, repaired + other.repaired)
        return both
    }

    /// How often each type occurs.
    public var counts: [String: Int] { texts.reduce(into: [:]) { counts, text in for span in text.spans { counts[span.type, default: 0] += 1 } } }

    /// Only spans of these types, everywhere.
    public mutating func keep(types: Set<String>) {
        for index in texts.indices { texts[index].spans.removeAll { !types.contains($0.type) } }
    }

    /// Two parts by chance from a seed. Texts that say the same stay together, so that nothing that is measured was also learned.
    public func split(heldOut share: Double, seed: UInt64) -> (training: [TaggedText], heldOut: [TaggedText]) {
        var random = SeededRandom(seed: seed)
        var places: [[UInt32]: [Int]] = [:]
        var order: [[UInt32]] = []
        for (index, text) in texts.enumerated() {
            if places[text.scalars] == nil { order.append(text.scalars) }
            places[text.scalars, default: []].append(index)
        }
        let count = min(max(0, order.count - 1), max(1, Int((Double(order.count) * share).rounded())))
        let chosen = Set(order.shuffled(using: &random).prefix(count).flatMap { places[$0] ?? [] })
        return (texts.indices.filter { !chosen.contains($0) }.map { texts[$0] }, texts.indices.filter(chosen.contains).map { texts[$0] })
    }

    /// Texts of the second part that the first has, too.
    public static func repeated(_ training: [TaggedText], _ heldOut: [TaggedText]) -> Int {
        let known = Set(training.map(\.scalars))
        return heldOut.count { known.contains($0.scalars) }
    }
}

/// What is wrong with a line; without its text.
struct TaggedProblem: Error {
    let what: String
    init(_ what: String) { self.what = what }
}

import Core

/// Words of one kind, such as surnames, that a tagger looks for in texts.
public struct WordList: Sendable, Hashable {
    public let name: String
    /// Each once, sorted; plain scalars (see ``TextFeatures``).
    let words: [[UInt32]]
    /// Hashes of words (true) and of what words begin with.
    private let beginnings: [UInt64: Bool]

    /// Lists of a tagger.
    public static let listsMax = 16
    public static let wordsMax = 200_000
    /// Scalars of a word.
    public static let lengthMax = 32
    static let nameByteCountMax = 64

    /// - Throws: `tuning.data` for an empty list, too many words, or a word of more than ``lengthMax`` characters.
    public init(name: String, words: [String]) throws {
        let plain = Set(words.map { $0.unicodeScalars.map { TextFeatures.plain($0.value) } }.filter { !$0.isEmpty })
        guard !name.isEmpty, name.utf8.count <= Self.nameByteCountMax, !name.contains(where: \.isNewline) else {
            throw Fault(.trainingData, "a list of words has no name, or one of more than \(Self.nameByteCountMax) bytes", remedy: "give --words NAME=FILE")
        }
        guard !plain.isEmpty, plain.count <= Self.wordsMax else {
            throw Fault(.trainingData, "the list \(name) has \(plain.count) words; 1 to \(Self.wordsMax) are possible", remedy: "give a list with a word a line")
        }
        guard plain.allSatisfy({ $0.count <= Self.lengthMax }) else {
            throw Fault(.trainingData, "the list \(name) has a word of more than \(Self.lengthMax) characters", remedy: "give a list with a word a line")
        }
        self.name = name
        self.words = plain.sorted { $0.lexicographicallyPrecedes($1) }
        var beginnings: [UInt64: Bool] = [:]
        for word in self.words {
            var hash = Self.seed
            for scalar in word.dropLast() {
                hash = Self.next(hash, scalar)
                if beginnings[hash] == nil { beginnings[hash] = false }
            }
            if let last = word.last { beginnings[Self.next(hash, last)] = true }
        }
        self.beginnings = beginnings
    }

    /// A file with a word a line; what follows a tab is left out, so are empty lines and those that begin with `#`.
    ///
    /// - Throws: `core.file`, `tuning.data`.
    public init(name: String, path: String) throws {
        let text = TextDecoder.decode(try FileTree.read(path)).text
        let lines = text.split(whereSeparator: \.isNewline).filter { !$0.hasPrefix("#") }
        try self.init(name: name, words: lines.map { DelimitedText.trimmed(String($0.prefix { $0 != "\t" })) })
    }

    private static let seed: UInt64 = 0x9E37_79B9_7F4A_7C15
    private static func next(_ hash: UInt64, _ scalar: UInt32) -> UInt64 {
        let mixed = (hash ^ UInt64(scalar)) &* 0xBF58_476D_1CE4_E5B9
        return mixed ^ (mixed >> 29)
    }

    /// Marks for each character of a text: 0 where no word is, else whether a word begins (1), goes on (2) or ends (3) there, or is this character (4). From left to right, the longest word at each place.
    ///
    /// - Parameter plain: scalars of ``TextFeatures``.
    func marks(_ plain: [UInt32]) -> [Int32] {
        var marks = [Int32](repeating: 0, count: plain.count)
        var place = 0
        while place < plain.count {
            var (hash, end, length) = (Self.seed, place, 0)
            while end < plain.count, let isWord = beginnings[Self.next(hash, plain[end])] {
                hash = Self.next(hash, plain[end])
                end += 1
                if isWord { length = end - place }
            }
            if length == 1 { marks[place] = 4 }
            if length > 1 {
                for inner in place..<place + length { marks[inner] = 2 }
                (marks[place], marks[place + length - 1]) = (1, 3)
            }
            place += max(1, length)
        }
        return marks
    }

    /// The words as a file holds them.
    var bytes: [UInt8] { Array(words.map { word in String(String.UnicodeScalarView(word.compactMap(Unicode.Scalar.init))) }.joined(separator: "\n").utf8) }
}

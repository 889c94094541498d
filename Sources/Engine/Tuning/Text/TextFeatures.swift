import Core

/// Text as a bag of numbers, without a vocabulary: pieces of text are hashed into buckets (Weinberger et al. 2009), so that any language works and a word nobody saw still shares pieces with those that were.
///
/// What is written without spaces (Chinese, Japanese, Korean) gives its characters, their pairs and threes. What is written in words gives the words, pairs of neighboring words, and three and four characters at a time
/// within a word, as in fastText (Bojanowski et al. 2017). Marks stand for themselves. Letters are lowercased, forms of full width become plain ones, and all digits become one.
public struct TextFeatures: Sendable, Hashable {
    /// Buckets that pieces fall into: 1 ... 2^24.
    public let bucketCount: Int
    /// What is read of a text: scalars beyond have no say.
    public static let scalarsMax = 4_096
    /// Pieces of a text at most.
    public static let piecesMax = 2_048

    /// - Parameter bucketCount: kept within its bounds.
    public init(bucketCount: Int) { self.bucketCount = min(1 << 24, max(1, bucketCount)) }

    /// The buckets of a text's pieces, in their order, as often as they occur.
    public func bag(of text: String) -> [Int32] {
        Self.pieces(of: text).map { Int32(truncatingIfNeeded: $0.hash.multipliedFullWidth(by: UInt64(bucketCount)).high) }
    }

    /// What a piece is made of.
    enum PieceKind: UInt32, CaseIterable, Sendable { case character = 1, characterPair, characterTriple, word, wordPair, wordPart, mark }

    /// A piece of a text, by its hash.
    struct Piece: Sendable, Hashable {
        var kind: PieceKind
        var hash: UInt64
    }

    /// A text's pieces in their order, as often as they occur, the first `max` of them.
    static func pieces(of text: String, max: Int = piecesMax) -> [Piece] {
        var collector = Collector(max: max)
        for scalar in text.unicodeScalars.prefix(scalarsMax) { collector.take(plain(scalar.value)) }
        collector.end()
        return collector.pieces
    }

    /// A scalar without case and width; every digit is 0.
    static func plain(_ value: UInt32) -> UInt32 {
        var value = value
        if (0xFF01...0xFF5E).contains(value) { value -= 0xFEE0 }
        switch value {
        case 0x30...0x39: return 0x30
        case 0x41...0x5A: return value + 32
        case 0xC0...0x24F, 0x370...0x52F: return Unicode.Scalar(value).flatMap { $0.properties.lowercaseMapping.unicodeScalars.first?.value } ?? value
        default: return value
        }
    }

    private enum Kind { case space, mark, word, dense }

    private static func kind(_ value: UInt32) -> Kind {
        switch value {
        case 0x30, 0x61...0x7A: .word
        case 0...0x20, 0x85, 0xA0, 0x2000...0x200F, 0x2028...0x202F, 0x3000, 0xFEFF: .space
        case 0x21...0xBF, 0x2010...0x2BFF, 0x3001...0x303F, 0xFE10...0xFE6F: .mark
        case 0x2E80...0xD7AF, 0xF900...0xFAFF, 0x20000...0x3FFFF: .dense
        case 0xC0...0x1FFF: .word
        default: .mark
        }
    }

    /// Whether a scalar belongs to what is written without spaces.
    static func isDense(_ value: UInt32) -> Bool { kind(value) == .dense }

    /// Pieces of a text as it is read.
    private struct Collector {
        let max: Int
        var pieces: [Piece] = []
        private var word: [UInt32] = []
        private var lastWord: UInt64 = 0
        /// The two characters before, in what has no spaces; 0 for none.
        private var before: (UInt32, UInt32) = (0, 0)

        init(max: Int) { self.max = max }

        mutating func take(_ value: UInt32) {
            switch TextFeatures.kind(value) {
            case .word:
                before = (0, 0)
                word.append(value)
            case .dense:
                end()
                add(.character, [value])
                if before.1 != 0 { add(.characterPair, [before.1, value]) }
                if before.0 != 0 { add(.characterTriple, [before.0, before.1, value]) }
                before = (before.1, value)
            case .mark:
                end()
                before = (0, 0)
                // Marks share the hash of characters.
                add(.mark, hash(PieceKind.character.rawValue, [value]))
            case .space:
                end()
                before = (0, 0)
            }
        }

        /// Gives the pieces of the word that was read.
        mutating func end() {
            guard !word.isEmpty else { return }
            let whole = hash(PieceKind.word.rawValue, word)
            add(.word, whole)
            if lastWord != 0 { add(.wordPair, hash(PieceKind.wordPair.rawValue, [UInt32(truncatingIfNeeded: lastWord), UInt32(truncatingIfNeeded: lastWord >> 32), UInt32(truncatingIfNeeded: whole)])) }
            lastWord = whole
            let bounded = [0x3C] + word + [0x3E]
            for length in 3...4 where bounded.count > length {
                for start in 0...bounded.count - length { add(.wordPart, bounded[start..<start + length]) }
            }
            word.removeAll(keepingCapacity: true)
        }

        /// FNV-1a over scalars (Fowler, Noll, Vo), with the kind of piece in front, and a last mixing so that all bits count.
        private func hash(_ kind: UInt32, _ values: some Sequence<UInt32>) -> UInt64 {
            var hash: UInt64 = (0xCBF2_9CE4_8422_2325 ^ UInt64(kind)) &* 0x100_0000_01B3
            for value in values { hash = (hash ^ UInt64(value)) &* 0x100_0000_01B3 }
            hash = (hash ^ hash >> 32) &* 0x9FB2_1C65_1E98_DF25
            return hash ^ hash >> 29
        }

        private mutating func add(_ kind: PieceKind, _ values: some Sequence<UInt32>) { add(kind, hash(kind.rawValue, values)) }

        private mutating func add(_ kind: PieceKind, _ hash: UInt64) {
            if pieces.count < max { pieces.append(Piece(kind: kind, hash: hash)) }
        }
    }
}

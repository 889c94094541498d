import Core

/// What a tagger sees of a text: for each character the character itself, its pair with the one before and the one behind, what kind it is, and where words of lists lie.
///
/// Characters that occur at least twice in the training set have a place of their own, others share places by their hash. Pairs (and threes) that occur at least twice are known by a hash of 32 bits; others
/// are all the same "rare" one: a pair that was seen once tells one sentence from all others, and a network that sees it learns the sentence by heart.
public struct TaggerVocabulary: Sendable {
    /// Sizes of vocabularies.
    public struct Bounds: Sendable, Hashable {
        /// Pairs, and threes, of characters at most; the most frequent ones are kept. 0 for none.
        public var pairs: Int, threes: Int
        /// Times that something must occur to be known.
        public var countMin: Int

        public init(pairs: Int = 49_152, threes: Int = 0, countMin: Int = 2) { (self.pairs, self.threes, self.countMin) = (pairs, threes, countMin) }
    }

    /// Places that rare characters share; place 0 is none of them.
    static let rareCount = 64
    /// Kinds of characters.
    static let kindCount = 8
    /// Characters with a place of their own.
    static let charactersMax = 60_000
    static let ngramsMax = 1 << 20

    /// In the order of their places, from ``rareCount`` on.
    let characters: [UInt32]
    /// Hashes, in the order of their places, from 1 on.
    let pairs: [UInt32], threes: [UInt32]
    public let lists: [WordList]
    private let characterPlaces: [UInt32: Int32]
    private let pairPlaces: [UInt32: Int32], threePlaces: [UInt32: Int32]

    init(characters: [UInt32], pairs: [UInt32], threes: [UInt32], lists: [WordList]) {
        (self.characters, self.pairs, self.threes, self.lists) = (characters, pairs, threes, lists)
        func places(_ values: [UInt32], from first: Int) -> [UInt32: Int32] { Dictionary(values.enumerated().map { ($1, Int32(first + $0)) }) { first, _ in first } }
        (characterPlaces, pairPlaces, threePlaces) = (places(characters, from: Self.rareCount), places(pairs, from: 1), places(threes, from: 1))
    }

    /// The vocabulary of a training set.
    public init(of texts: [TaggedText], lists: [WordList] = [], bounds: Bounds = Bounds()) {
        var characters: [UInt32: Int] = [:], pairs: [UInt32: Int] = [:], threes: [UInt32: Int] = [:]
        for text in texts {
            let plain = text.scalars.map(TextFeatures.plain)
            for value in plain { characters[value, default: 0] += 1 }
            if bounds.pairs > 0 { for hash in Self.pairHashes(plain) { pairs[hash, default: 0] += 1 } }
            if bounds.threes > 0 { for hash in Self.threeHashes(plain) { threes[hash, default: 0] += 1 } }
        }
        func frequent(_ counts: [UInt32: Int], _ most: Int) -> [UInt32] {
            Array(counts.filter { $0.value >= bounds.countMin }.sorted { ($1.value, $0.key) < ($0.value, $1.key) }.prefix(min(most, Self.ngramsMax)).map(\.key))
        }
        self.init(characters: frequent(characters, Self.charactersMax), pairs: frequent(pairs, bounds.pairs), threes: frequent(threes, bounds.threes), lists: lists)
    }

    /// What stands before the first and behind the last character: no scalar value.
    private static let edge: UInt32 = 0x11_0000

    private static func hash(_ a: UInt32, _ b: UInt32, _ c: UInt32) -> UInt32 {
        var mixed = (UInt64(a) | UInt64(b) << 21 | UInt64(c) << 42) &* 0x9E37_79B9_7F4A_7C15
        mixed = (mixed ^ (mixed >> 32)) &* 0xBF58_476D_1CE4_E5B9
        return UInt32(truncatingIfNeeded: mixed >> 32)
    }

    /// Of each character and the one before it, and of the last one and what is behind: one more than characters.
    private static func pairHashes(_ plain: [UInt32]) -> [UInt32] {
        (0...plain.count).map { hash($0 > 0 ? plain[$0 - 1] : edge, $0 < plain.count ? plain[$0] : edge, edge) }
    }

    /// Of each character and its neighbors.
    private static func threeHashes(_ plain: [UInt32]) -> [UInt32] {
        plain.indices.map { hash($0 > 0 ? plain[$0 - 1] : edge, plain[$0], $0 + 1 < plain.count ? plain[$0 + 1] : edge) }
    }

    /// 1 to 7 for digits, Latin small and capital letters, Han characters, other letters, spaces, and marks.
    private static func kind(_ value: UInt32) -> Int32 {
        var value = value
        if (0xFF01...0xFF5E).contains(value) { value -= 0xFEE0 }
        return switch value {
        case 0x30...0x39: 1
        case 0x61...0x7A: 2
        case 0x41...0x5A: 3
        case 0x3400...0x9FFF, 0xF900...0xFAFF, 0x20000...0x3FFFF: 4
        case 0...0x20, 0x85, 0xA0, 0x2000...0x200F, 0x2028...0x202F, 0x3000, 0xFEFF: 6
        case 0x21...0xBF, 0x2010...0x2BFF, 0x3001...0x303F, 0xFE10...0xFE6F, 0xFF00...0xFFEF: 7
        default: 5
        }
    }

    /// Places in tables, one for each character.
    struct Places: Sendable, Hashable {
        var characters: [Int32]
        /// With the character before, and with the one behind.
        var left: [Int32], right: [Int32]
        var threes: [Int32]
        var kinds: [Int32]
        /// Of each list in turn.
        var words: [[Int32]]

        /// What there is, in the order in which a network joins it.
        var columns: [[Int32]] { [characters] + (left.isEmpty ? [] : [left, right]) + (threes.isEmpty ? [] : [threes]) + [kinds] + words }
    }

    func places(_ scalars: [UInt32]) -> Places {
        let plain = scalars.map(TextFeatures.plain)
        let around = pairs.isEmpty ? [] : Self.pairHashes(plain).map { pairPlaces[$0] ?? 0 }
        return Places(
            characters: plain.map { characterPlaces[$0] ?? Int32(Self.hash($0, 0, 0) % UInt32(Self.rareCount - 1)) + 1 }, left: Array(around.dropLast()), right: Array(around.dropFirst()),
            threes: threes.isEmpty ? [] : Self.threeHashes(plain).map { threePlaces[$0] ?? 0 }, kinds: scalars.map(Self.kind), words: lists.map { $0.marks(plain) })
    }
}

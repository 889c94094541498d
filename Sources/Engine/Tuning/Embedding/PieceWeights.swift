import Core
import Foundation

/// What pieces of text weigh before anything was learned: much for what few texts have, little for what most have (Spärck Jones 1972), and little for characters that only
/// happen to stand side by side.
///
/// A list of words with their frequencies, such as segmenters have, says all of this for what is written without spaces. Within words of the list a pair of characters is
/// expected as often as the words are; across two words as often as one ends with the first character and the next begins with the second. From the sum follows how rare the
/// pair is, and from the first part's share how much of a word it is: "中国" is one, "国的" is not. What no list has (and everything that is written in words) follows from how
/// many of the training texts have it.
public struct PieceWeights: Sendable {
    /// By the numbers of ``PieceIndex``.
    public internal(set) var values: [Float]

    /// The power of rarity that counts. In a projection rare pieces must not rule: their noise would.
    static let power: Float = 0.45
    /// Words of a text that rarity is judged by.
    static let textLength = 300.0
    /// Neighboring words between which no mark stands.
    static let joinedShare = 0.7
    /// What an unlikely neighborhood still weighs.
    static let chanceShare: Float = 0.1
    /// Shares of all words below which a pair or three is no piece of the list: numbers are few.
    static let shareMin = 3e-7

    /// What a kind weighs beside others.
    static func importance(_ kind: TextFeatures.PieceKind) -> Float {
        switch kind {
        case .character: 1.8
        case .characterPair: 1
        case .characterTriple: 0.3
        case .word: 1.3
        case .wordPair: 0.4
        case .wordPart: 0.35
        case .mark: 0.02
        }
    }

    /// - Parameters:
    ///   - words: words with how often they occur; none leaves everything to the texts.
    ///   - texts: what will be learned from.
    public init(words: [(word: String, count: Double)] = [], texts: [String]) {
        values = [Float](repeating: 0, count: PieceIndex.count)
        count(texts)
        let list = WordStatistics(words)
        if !list.isEmpty { take(list) }
    }

    /// Weights by the number of texts that have a piece; what none has is as rare as can be.
    private mutating func count(_ texts: [String]) {
        var having = [Int32](repeating: 0, count: PieceIndex.count)
        for text in texts { for number in Set(PieceIndex.numbers(of: text)) { having[Int(number)] += 1 } }
        let all = Float(texts.count + 1)
        for kind in TextFeatures.PieceKind.allCases {
            for number in PieceIndex.range(kind) {
                values[number] = kind == .mark ? Self.importance(kind) : Self.importance(kind) * pow(log(all / (Float(having[number]) + 0.5)), Self.power)
            }
        }
    }

    /// Weights of characters, pairs and threes by a list of words. Numbers that several pieces share weigh what the more frequent ones do.
    private mutating func take(_ list: WordStatistics) {
        for kind in [TextFeatures.PieceKind.character, .characterPair, .characterTriple] {
            var (sums, masses) = ([Double](repeating: 0, count: PieceIndex.size(kind)), [Double](repeating: 0, count: PieceIndex.size(kind)))
            let start = PieceIndex.range(kind).lowerBound
            for (text, inside, everywhere) in list.pieces(kind) {
                guard let piece = TextFeatures.pieces(of: text).last, piece.kind == kind else { continue }
                let place = Int(PieceIndex.number(piece)) - start
                sums[place] += inside * Double(Self.weight(kind, inside: inside, everywhere: everywhere))
                masses[place] += inside
            }
            let unknown = Double(Self.weight(kind, inside: 0, everywhere: kind == .character ? 1e-7 : 1e-6))
            for place in sums.indices { values[start + place] = Float((sums[place] + 1e-7 * unknown) / (masses[place] + 1e-7)) }
        }
    }

    /// - Parameters:
    ///   - inside: how often the piece is expected within words, per word.
    ///   - everywhere: the same with what neighboring words give.
    private static func weight(_ kind: TextFeatures.PieceKind, inside: Double, everywhere: Double) -> Float {
        let expected = min(30, max(3e-6, everywhere * textLength))
        let rarity = Float(-log(1 - exp(-expected)))
        let share = kind == .character ? 1 : chanceShare + (1 - chanceShare) * Float((inside + 1e-9) / (everywhere + 1e-9))
        return importance(kind) * pow(max(1e-4, rarity), power) * share
    }
}

/// How often characters, pairs and threes occur within words of a list, and at their ends.
struct WordStatistics {
    private var characters: [UInt32: Double] = [:]
    private var pairs: [[UInt32]: Double] = [:]
    private var threes: [[UInt32]: Double] = [:]
    private var starts: [[UInt32]: Double] = [:]
    private var ends: [[UInt32]: Double] = [:]
    private var alone: [UInt32: Double] = [:]

    var isEmpty: Bool { characters.isEmpty }

    /// Words that are not written without spaces, or have no count, do not count.
    init(_ words: [(word: String, count: Double)]) {
        let kept = words.compactMap { word, count -> ([UInt32], Double)? in
            let scalars = word.unicodeScalars.map { TextFeatures.plain($0.value) }
            return count > 0 && !scalars.isEmpty && scalars.count <= 64 && scalars.allSatisfy(TextFeatures.isDense) ? (scalars, count) : nil
        }
        let all = kept.reduce(0) { $0 + $1.1 }
        for (word, count) in kept { add(word, count / all) }
    }

    private mutating func add(_ word: [UInt32], _ share: Double) {
        for (place, character) in word.enumerated() {
            characters[character, default: 0] += share
            if place + 1 < word.count { pairs[Array(word[place...place + 1]), default: 0] += share }
            if place + 2 < word.count { threes[Array(word[place...place + 2]), default: 0] += share }
        }
        starts[[word[0]], default: 0] += share
        ends[[word[word.count - 1]], default: 0] += share
        if word.count == 1 { alone[word[0], default: 0] += share }
        if word.count > 1 {
            starts[Array(word.prefix(2)), default: 0] += share
            ends[Array(word.suffix(2)), default: 0] += share
        }
    }

    /// Pieces of the list with how often they are expected per word: inside words, and everywhere. In the order of their characters, so that sums of several are always the same.
    func pieces(_ kind: TextFeatures.PieceKind) -> [(text: String, inside: Double, everywhere: Double)] {
        func text(_ values: [UInt32]) -> String { String(String.UnicodeScalarView(values.compactMap { Unicode.Scalar($0) })) }
        func kept(_ found: [[UInt32]: Double]) -> [([UInt32], Double)] {
            found.filter { $0.value > PieceWeights.shareMin }.sorted { $0.key.lexicographicallyPrecedes($1.key) }.map { ($0.key, $0.value) }
        }
        switch kind {
        case .character: return characters.sorted { $0.key < $1.key }.map { (text([$0.key]), $0.value, $0.value) }
        case .characterPair: return kept(pairs).map { (text($0.0), $0.1, $0.1 + across($0.0)) }
        case .characterTriple: return kept(threes).map { (text($0.0), $0.1, $0.1 + across($0.0)) }
        default: return []
        }
    }

    /// How often two or three characters are expected to come from neighboring words.
    private func across(_ values: [UInt32]) -> Double {
        let joined = PieceWeights.joinedShare
        func start(_ part: ArraySlice<UInt32>) -> Double { starts[Array(part), default: 0] }
        func end(_ part: ArraySlice<UInt32>) -> Double { ends[Array(part), default: 0] }
        if values.count == 2 { return joined * end(values[...0]) * start(values[1...]) }
        return joined * (end(values[...1]) * start(values[2...]) + end(values[...0]) * start(values[1...]))
            + joined * joined * end(values[...0]) * alone[values[1], default: 0] * start(values[2...])
    }
}

import Core
import Foundation

/// Numbers of pieces of text, by which an encoder knows them: each kind of piece has a region of its own, so that a rare pair of characters never takes the weight of a word.
///
/// A piece's number names its weight. Which window of the memory is its vector follows from the number by a hash.
public struct PieceIndex: Sendable, Hashable {
    /// Numbers of a kind: a power of two.
    static func size(_ kind: TextFeatures.PieceKind) -> Int {
        switch kind {
        case .character: 1 << 15
        case .characterPair: 1 << 18
        case .characterTriple: 1 << 17
        case .word, .wordPart: 1 << 16
        case .wordPair: 1 << 15
        case .mark: 1 << 8
        }
    }

    /// Where a kind's numbers begin.
    private static let starts: [Int] = TextFeatures.PieceKind.allCases.reduce(into: [0]) { $0.append($0[$0.count - 1] + size($1)) }

    /// Numbers of all kinds together.
    public static let count = starts[TextFeatures.PieceKind.allCases.count]

    /// The numbers of a kind.
    static func range(_ kind: TextFeatures.PieceKind) -> Range<Int> { starts[Int(kind.rawValue) - 1]..<starts[Int(kind.rawValue)] }

    /// The number of a piece.
    static func number(_ piece: TextFeatures.Piece) -> Int32 {
        Int32(truncatingIfNeeded: UInt64(starts[Int(piece.kind.rawValue) - 1]) + piece.hash.multipliedFullWidth(by: UInt64(size(piece.kind))).high)
    }

    /// The window that is a piece's vector, among `count`, by multiplicative hashing (Knuth).
    static func window(_ number: Int32, of count: Int) -> Int32 {
        var hash = UInt64(UInt32(bitPattern: number)) &* 0x9E37_79B9_7F4A_7C15
        hash = (hash ^ hash >> 32) &* 0xD6E8_FEB8_6659_FD93
        return Int32(truncatingIfNeeded: hash.multipliedFullWidth(by: UInt64(count)).high)
    }

    /// Pieces of a text at most: more than ``TextFeatures/scalarsMax`` scalars have, so that nothing that is read is left out.
    static let piecesMax = 1 << 14

    /// The numbers of a text's pieces, in their order, as often as they occur. Scalars beyond ``TextFeatures/scalarsMax`` have no say.
    public static func numbers(of text: String) -> [Int32] { TextFeatures.pieces(of: text, max: piecesMax).map(number) }
}

/// A text as an encoder sees it: each piece once, with a factor that grows with how often it occurs, but less than that.
public struct PieceBag: Sendable, Hashable {
    public internal(set) var numbers: [Int32]
    /// 1 + ln(times), as in the classic weighting of terms (Salton and Buckley 1988).
    public internal(set) var factors: [Float]

    /// - Parameter numbers: of pieces, in any order.
    public init(numbers: [Int32]) {
        let sorted = numbers.sorted()
        (self.numbers, factors) = ([], [])
        var start = 0
        while start < sorted.count {
            var end = start + 1
            while end < sorted.count, sorted[end] == sorted[start] { end += 1 }
            self.numbers.append(sorted[start])
            factors.append(end - start == 1 ? 1 : 1 + log(Float(end - start)))
            start = end
        }
    }

    public init(_ text: String) { self.init(numbers: PieceIndex.numbers(of: text)) }
}

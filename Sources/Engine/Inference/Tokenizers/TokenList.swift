/// The spellings of a vocabulary's tokens, one after another in one piece: a hundred thousand small arrays would take four times as much memory as their bytes, for as long as the model is loaded.
public struct TokenList: RandomAccessCollection, Hashable, Sendable {
    private var bytes: [UInt8] = []
    /// Where each token ends.
    private var ends: [UInt32] = []

    /// - Parameter tokens: together at most 4 GiB; what lies beyond is left out.
    public init(_ tokens: some Collection<[UInt8]>) {
        bytes.reserveCapacity(tokens.reduce(0) { $0 + $1.count })
        ends.reserveCapacity(tokens.count)
        for token in tokens {
            guard bytes.count + token.count <= Int(UInt32.max) else { break }
            bytes += token
            ends.append(UInt32(bytes.count))
        }
    }

    public var startIndex: Int { 0 }
    public var endIndex: Int { ends.count }
    public subscript(position: Int) -> [UInt8] { Array(bytes[(position == 0 ? 0 : Int(ends[position - 1]))..<Int(ends[position])]) }
}

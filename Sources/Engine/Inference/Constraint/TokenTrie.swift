/// The bytes of all tokens of a vocabulary as two trees, so that tokens that begin alike are looked at together; and slices of tokens made of the characters of common sets only.
public final class TokenTrie: Sendable {
    /// The longest token of the first tree; the few longer ones are in the second.
    static let shortCountMax = 32
    /// The longest token that takes part; longer ones are never admitted. Real ones have up to some hundred bytes.
    static let byteCountMax = 1_024

    let short: TokenBranches
    let long: TokenBranches
    /// Slices of the short tokens, the largest set first.
    let slices: [TokenSlice]
    /// The bytes of every token of the vocabulary, by its number.
    let spellings: TokenList
    var tokenCount: Int { spellings.count }

    /// - Parameter tokenizer: its tokens take part with the bytes that they add to an answer; control tokens have none.
    public convenience init(_ tokenizer: any Tokenizer) {
        self.init((0..<tokenizer.vocabulary.tokens.count).map { tokenizer.bytes(of: Int32(truncatingIfNeeded: $0), showsSpecials: false) })
    }

    /// - Parameter spellings: the bytes of each token; an empty one takes no part.
    public init(_ spellings: [[UInt8]]) {
        self.spellings = TokenList(spellings)
        let order = TokenBranches.ascending(spellings.enumerated().filter { (1...Self.byteCountMax).contains($1.count) }.map { ($1, $0) })
        let shortOrder = order.filter { $0.bytes.count <= Self.shortCountMax }
        short = TokenBranches(shortOrder)
        long = TokenBranches(order.filter { $0.bytes.count > Self.shortCountMax })
        slices = TokenSlice.sets.map { TokenSlice($0, spellings, order: shortOrder.map(\.id)) }
    }

    /// The longest tokens that together spell the beginning of a text, at most `count`.
    func tokens(spelling text: [UInt8], count: Int) -> [Int32] {
        var result: [Int32] = [], start = 0
        while result.count < count, start < text.count, let (token, length) = short.longest(text[start...]) {
            result.append(token)
            start += length
        }
        return result
    }
}

/// A tree of byte strings in the order of a walk that goes down first: a walk runs through arrays from left to right, and passes over a whole branch by one jump.
struct TokenBranches: Sendable {
    /// Of each place: its byte, how deep it lies (1 for first bytes), where its branch ends, and where its tokens begin among all.
    let bytes: [UInt8]
    let depths: [UInt16]
    let ends: [Int32]
    let tokenStarts: [Int32]
    let tokens: [Int32]
    let depthMax: Int

    /// Byte strings in their order, equal ones by their tokens. Most are told apart by their first eight bytes.
    static func ascending(_ list: [(bytes: [UInt8], id: Int)]) -> [(bytes: [UInt8], id: Int)] {
        let keys = list.map { entry in (0..<8).reduce(UInt64(0)) { $0 << 8 | ($1 < entry.bytes.count ? UInt64(entry.bytes[$1]) : 0) } }
        return list.indices.sorted { left, right in
            if keys[left] != keys[right] { return keys[left] < keys[right] }
            return list[left].bytes == list[right].bytes ? list[left].id < list[right].id : list[left].bytes.lexicographicallyPrecedes(list[right].bytes)
        }.map { list[$0] }
    }

    /// - Parameter list: byte strings of at least one byte with their tokens, ascending.
    init(_ list: [(bytes: [UInt8], id: Int)]) {
        var (bytes, depths, ends, starts, tokens) = ([UInt8](), [UInt16](), [Int32](), [Int32](), [Int32]())
        var path: [Int] = [], last: [UInt8] = []
        for (spelling, id) in list {
            var shared = 0
            while shared < last.count, shared < spelling.count, last[shared] == spelling[shared] { shared += 1 }
            while path.count > shared { ends[path.removeLast()] = Int32(bytes.count) }
            for depth in shared..<spelling.count {
                path.append(bytes.count)
                bytes.append(spelling[depth])
                depths.append(UInt16(depth + 1))
                ends.append(0)
                starts.append(Int32(tokens.count))
            }
            tokens.append(Int32(id))
            last = spelling
        }
        while let place = path.popLast() { ends[place] = Int32(bytes.count) }
        // A place's tokens end where the next place's begin.
        starts.append(Int32(tokens.count))
        (self.bytes, self.depths, self.ends, tokenStarts, self.tokens) = (bytes, depths, ends, starts, tokens)
        depthMax = Int(depths.max() ?? 0)
    }

    /// The longest token that a text begins with, and its length.
    func longest(_ text: ArraySlice<UInt8>) -> (Int32, Int)? {
        var found: (Int32, Int)?, place = 0, limit = bytes.count
        for (offset, byte) in text.enumerated() {
            while place < limit, bytes[place] != byte { place = Int(ends[place]) }
            guard place < limit else { break }
            if tokenStarts[place] < tokenStarts[place + 1] { found = (tokens[Int(tokenStarts[place])], offset + 1) }
            limit = Int(ends[place])
            place += 1
        }
        return found
    }
}

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
        let order = Self.order(spellings), shortOrder = order.filter { spellings[$0].count <= Self.shortCountMax }
        short = TokenBranches(spellings, order: shortOrder)
        long = TokenBranches(spellings, order: order.filter { spellings[$0].count > Self.shortCountMax })
        slices = TokenSlice.sets.map { TokenSlice($0, spellings, order: shortOrder) }
    }

    /// The tokens that take part, ascending by their bytes. Most are told apart by their first eight.
    private static func order(_ spellings: [[UInt8]]) -> [Int] {
        var keyed: [(key: UInt64, id: Int)] = []
        keyed.reserveCapacity(spellings.count)
        for (id, spelling) in spellings.enumerated() where !spelling.isEmpty && spelling.count <= byteCountMax {
            var key: UInt64 = 0
            for index in 0..<8 { key = key << 8 | (index < spelling.count ? UInt64(spelling[index]) : 0) }
            keyed.append((key, id))
        }
        keyed.sort { left, right in
            if left.key != right.key { return left.key < right.key }
            return spellings[left.id] == spellings[right.id] ? left.id < right.id : spellings[left.id].lexicographicallyPrecedes(spellings[right.id])
        }
        return keyed.map(\.id)
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

    /// - Parameter order: the tokens that take part, ascending by their bytes.
    init(_ spellings: [[UInt8]], order: [Int]) {
        var (bytes, depths, ends, starts, tokens) = ([UInt8](), [UInt16](), [Int32](), [Int32](), [Int32]())
        var path: [Int] = [], last: [UInt8] = []
        for id in order {
            let spelling = spellings[id]
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

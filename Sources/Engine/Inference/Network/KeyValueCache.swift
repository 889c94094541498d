import Core
import Kernels

/// Keys and values of all layers, in pages of 64 tokens that sequences share while their beginnings are equal.
///
/// A page is *full and known* (its 64 tokens and all before them are hashed, so that another sequence with the same beginning can use it) or *private* to one sequence. Pages that
/// nobody uses stay until they are needed, the longest unused first. Rejected: one contiguous region a sequence; it wastes what a sequence never grows into.
struct KeyValueCache {
    /// A sequence's pages in order.
    struct Sequence: Sendable {
        fileprivate(set) var pages: [Int32] = []
        /// Tokens whose keys and values are stored.
        fileprivate(set) var tokens: [Int32] = []
        var count: Int { tokens.count }
        /// Of the tokens so far, from a beginning that is another for each adapter.
        fileprivate var hash: UInt64
        fileprivate static let origin: UInt64 = 0xCBF2_9CE4_8422_2325

        fileprivate init(adapter: UInt64) { hash = Self.origin ^ (adapter &* 0x9E37_79B9_7F4A_7C15) }
    }

    private struct Page {
        var users = 0
        /// Hash of all tokens up to the page's end, when it is full.
        var hash: UInt64?
        var tokens: [Int32] = []
        var lastUse = 0
    }

    let layers: [KeyValueLayer]
    private var pages: [Page]
    private var known: [UInt64: Int32] = [:]
    private var time = 0
    static let pageCount = KeyValueLayer.pageCount

    /// - Parameter tokens: room for at least this many tokens, over all sequences.
    /// - Throws: `kernels.memory`.
    init(layers: [(heads: Int, headWidth: Int)], tokens: Int, format: KeyValueLayer.Format = .f16) throws {
        let count = (tokens + Self.pageCount - 1) / Self.pageCount + 1
        self.layers = try layers.map { try KeyValueLayer(heads: $0.heads, headWidth: $0.headWidth, pages: count, format: format) }
        pages = [Page](repeating: Page(), count: count)
    }

    var byteCount: Int { layers.reduce(0) { $0 + $1.byteCount } }
    /// Pages that nobody uses.
    var freePages: Int { pages.count { $0.users == 0 } }

    /// A sequence that begins with as many whole pages of `prompt` as are known; at least the prompt's last token is left to compute.
    ///
    /// - Parameter adapter: the identity of the adapter that its keys and values are computed with; 0 for none. Pages of another are not shared.
    mutating func begin(prompt: [Int32], adapter: UInt64 = 0) -> Sequence {
        var sequence = Sequence(adapter: adapter)
        while sequence.count + Self.pageCount < prompt.count {
            let tokens = Array(prompt[sequence.count..<sequence.count + Self.pageCount])
            let hash = Self.hash(sequence.hash, tokens)
            // Equal hashes are not enough: the page must hold these very tokens, and the hash chain vouches for those before.
            guard let page = known[hash], pages[Int(page)].tokens == tokens else { break }
            use(page)
            sequence.pages.append(page)
            sequence.tokens += tokens
            sequence.hash = hash
        }
        return sequence
    }

    /// Makes room for `tokens` more and returns where the first of them goes; nil when no page is free.
    mutating func append(_ tokens: [Int32], to sequence: inout Sequence) -> Int? {
        let start = sequence.count
        let needed = (start + tokens.count + Self.pageCount - 1) / Self.pageCount - sequence.pages.count
        guard needed <= freePages else { return nil }
        for _ in 0..<max(0, needed) {
            guard let page = takePage() else { return nil }
            sequence.pages.append(page)
        }
        sequence.tokens += tokens
        return start
    }

    /// Drops a sequence's tokens from number `count` on, and the pages that held nothing else.
    ///
    /// - Precondition: `count` is at least the sequence's published tokens: known pages are never taken back.
    mutating func truncate(_ sequence: inout Sequence, to count: Int, publishedTokens: Int) {
        precondition(count >= publishedTokens && count <= sequence.count, "only tokens of one's own can be dropped")
        let kept = (count + Self.pageCount - 1) / Self.pageCount
        for page in sequence.pages[kept...] { pages[Int(page)].users -= 1 }
        sequence.pages.removeLast(sequence.pages.count - kept)
        sequence.tokens.removeLast(sequence.count - count)
    }

    /// Makes full pages of a sequence known to others. Call when the keys and values of its tokens are stored.
    mutating func publish(_ sequence: inout Sequence, publishedTokens: inout Int) {
        while publishedTokens + Self.pageCount <= sequence.count {
            let index = publishedTokens / Self.pageCount
            let tokens = Array(sequence.tokens[publishedTokens..<publishedTokens + Self.pageCount])
            sequence.hash = Self.hash(sequence.hash, tokens)
            let page = sequence.pages[index]
            if known[sequence.hash] == nil {
                known[sequence.hash] = page
                pages[Int(page)].hash = sequence.hash
                pages[Int(page)].tokens = tokens
            }
            publishedTokens += Self.pageCount
        }
    }

    /// Gives up a sequence's pages. Known ones stay until their room is needed.
    mutating func end(_ sequence: Sequence) {
        for page in sequence.pages {
            time += 1
            pages[Int(page)].users -= 1
            pages[Int(page)].lastUse = time
        }
    }

    private mutating func use(_ page: Int32) { pages[Int(page)].users += 1 }

    private mutating func takePage() -> Int32? {
        let free = pages.indices.filter { pages[$0].users == 0 }
        // Unknown pages first, then the one unused for longest.
        guard let index = free.min(by: { (pages[$0].hash == nil ? -1 : pages[$0].lastUse) < (pages[$1].hash == nil ? -1 : pages[$1].lastUse) }) else { return nil }
        if let hash = pages[index].hash { known[hash] = nil }
        pages[index] = Page()
        pages[index].users = 1
        return Int32(index)
    }

    /// FNV-1a over the tokens, continued from the hash of those before.
    private static func hash(_ start: UInt64, _ tokens: [Int32]) -> UInt64 {
        tokens.reduce(start) { ($0 ^ UInt64(UInt32(bitPattern: $1))) &* 0x0000_0100_0000_01B3 }
    }
}

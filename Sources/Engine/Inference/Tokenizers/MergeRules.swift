/// Which symbols merge, and merging itself: the common engine of byte-level BPE, SentencePiece and tiktoken.
///
/// A symbol is a byte string with a number: ids of tokens first, then strings that occur only on the way to one. Byte-level files list merges in the order of their rank.
/// SentencePiece merges any two symbols that together are a token, the best score first; that is a list of merges too, with the score's place as rank (equal scores
/// share a rank, and the leftmost pair goes first). So is tiktoken's rule, with the id as rank.
struct MergeRules: Sendable {
    private(set) var symbols: ByteTable
    private(set) var pairs: PairTable
    /// Whether some token holds ▁ after another character, so that merges may cross the beginning of a word.
    private(set) var crossesWords = false

    /// A token that merges make is no longer than this many bytes where the merges are derived from the tokens; real ones have up to about 100.
    private static let derivedByteCountMax = 256

    /// Symbols only: `tokens` in the spelling of the text, nil for those that text never becomes.
    private init(_ tokens: [[UInt8]?], pairCapacity: Int) {
        symbols = ByteTable(capacity: tokens.count + 256)
        pairs = PairTable(capacity: pairCapacity)
        for token in tokens {
            if let token, !token.isEmpty { symbols.add(token) } else { symbols.addHidden([]) }
        }
    }

    /// The rules of a list "a b"; entries without two parts are passed over. `spell` turns a part into the spelling of the text; nil: text has no such part.
    init(tokens: [[UInt8]?], merges: [String], spell: ([UInt8]) -> [UInt8]?) {
        self.init(tokens, pairCapacity: merges.count)
        for (rank, merge) in merges.enumerated() {
            let text = Array(merge.utf8)
            guard text.count > 2, let blank = text.dropFirst().firstIndex(of: 32) else { continue }
            guard let left = spell(Array(text[..<blank])), let right = spell(Array(text[(blank + 1)...])), !left.isEmpty, !right.isEmpty else { continue }
            noteCrossing(left, right)
            pairs.add(symbol(left), symbol(right), rank: UInt32(rank), merged: symbol(left + right))
        }
    }

    /// The rules that follow from the tokens: two symbols merge if together they are a token, and `ranks` has the rank of each token.
    init(tokens: [[UInt8]?], ranks: [UInt32], byScalars: Bool) {
        self.init(tokens, pairCapacity: tokens.count * 3)
        for (id, token) in tokens.enumerated() {
            guard let token, token.count <= Self.derivedByteCountMax, symbols.find(token, 0..<token.count) == Int32(id) else { continue }
            let cuts = byScalars ? Self.scalarStarts(token) : Array(0..<token.count)
            if byScalars {
                for (cut, next) in zip(cuts, cuts.dropFirst() + [token.count]) { _ = symbol(Array(token[cut..<next])) }
            }
            for cut in cuts.dropFirst() {
                if byScalars, !crossesWords, token[cut] == Self.space[0] { noteCrossing(Array(token[..<cut]), Array(token[cut...])) }
                guard let left = symbols.find(token, 0..<cut), let right = symbols.find(token, cut..<token.count) else { continue }
                pairs.add(left, right, rank: ranks[id], merged: Int32(id))
            }
        }
    }

    static let space: [UInt8] = [0xE2, 0x96, 0x81]

    private mutating func noteCrossing(_ left: [UInt8], _ right: [UInt8]) {
        if right.starts(with: Self.space), left.suffix(3) != Self.space[...] { crossesWords = true }
    }

    private mutating func symbol(_ bytes: [UInt8]) -> Int32 {
        if let known = symbols.find(bytes, 0..<bytes.count) { return known }
        symbols.add(bytes)
        return Int32(symbols.count - 1)
    }

    private static func scalarStarts(_ bytes: [UInt8]) -> [Int] { bytes.indices.filter { bytes[$0] & 0xC0 != 0x80 || $0 == 0 } }

    /// Merges the symbols of one word; `starts` has the first byte of each. Both shrink alike.
    func merge(_ work: inout MergeWork) {
        guard work.symbols.count > 1 else { return }
        if work.symbols.count <= 40 { mergeShort(&work) } else { mergeLong(&work) }
    }

    /// For words of usual length a scan for the least rank beats every queue.
    private func mergeShort(_ work: inout MergeWork) {
        work.values.removeAll(keepingCapacity: true)
        for index in 1..<work.symbols.count { work.values.append(pairs.value(work.symbols[index - 1], work.symbols[index])) }
        while true {
            var best = 0, least = PairTable.none >> 32
            for index in 0..<work.values.count where work.values[index] >> 32 < least { (best, least) = (index, work.values[index] >> 32) }
            guard least < PairTable.none >> 32 else { return }
            work.symbols[best] = Int32(truncatingIfNeeded: work.values[best])
            work.symbols.remove(at: best + 1)
            work.starts.remove(at: best + 1)
            work.values.remove(at: best)
            if best > 0 { work.values[best - 1] = pairs.value(work.symbols[best - 1], work.symbols[best]) }
            if best < work.values.count { work.values[best] = pairs.value(work.symbols[best], work.symbols[best + 1]) }
        }
    }

    /// For long words: a linked list of symbols and a heap of pairs, O(n log n). A merged-away symbol is -1; a pair in the heap that no longer stands there is skipped.
    private func mergeLong(_ work: inout MergeWork) {
        let count = work.symbols.count
        var next = (1...count).map { Int32(truncatingIfNeeded: $0) }
        var previous = (-1..<count - 1).map { Int32(truncatingIfNeeded: $0) }
        var heap = PairHeap()
        func push(_ left: Int, _ right: Int, _ symbols: [Int32]) {
            let value = pairs.value(symbols[left], symbols[right])
            guard value != PairTable.none else { return }
            heap.push(.init(order: value & 0xFFFF_FFFF_0000_0000 | UInt64(left), pair: PairTable.key(symbols[left], symbols[right])))
        }
        for index in 1..<count { push(index - 1, index, work.symbols) }
        while let least = heap.pop() {
            let left = Int(least.order & 0xFFFF_FFFF), right = Int(next[left])
            guard right < count, work.symbols[left] >= 0, PairTable.key(work.symbols[left], work.symbols[right]) == least.pair else { continue }
            work.symbols[left] = Int32(truncatingIfNeeded: pairs.value(work.symbols[left], work.symbols[right]))
            work.symbols[right] = -1
            next[left] = next[right]
            if next[left] < count { previous[Int(next[left])] = Int32(truncatingIfNeeded: left) }
            if previous[left] >= 0 { push(Int(previous[left]), left, work.symbols) }
            if next[left] < count { push(left, Int(next[left]), work.symbols) }
        }
        work.starts = work.starts.indices.filter { work.symbols[$0] != -1 }.map { work.starts[$0] }
        work.symbols.removeAll { $0 == -1 }
    }
}

/// The symbols of a word in the making, kept between words for their memory. -2 stands for a character that is no symbol.
struct MergeWork {
    var symbols: [Int32] = []
    var starts: [Int] = []
    var values: [UInt64] = []

    mutating func clear() {
        symbols.removeAll(keepingCapacity: true)
        starts.removeAll(keepingCapacity: true)
    }
}

/// A binary heap of pairs, the least order first.
struct PairHeap {
    struct Entry {
        /// Rank × 2³² + place of the left symbol.
        var order: UInt64
        var pair: UInt64
    }

    private var entries: [Entry] = []

    mutating func push(_ entry: Entry) {
        entries.append(entry)
        var child = entries.count - 1
        while child > 0 {
            let parent = (child - 1) / 2
            guard entry.order < entries[parent].order else { break }
            entries[child] = entries[parent]
            child = parent
        }
        entries[child] = entry
    }

    mutating func pop() -> Entry? {
        guard let least = entries.first, let last = entries.popLast() else { return nil }
        guard !entries.isEmpty else { return least }
        var parent = 0
        while true {
            var child = parent * 2 + 1
            guard child < entries.count else { break }
            if child + 1 < entries.count, entries[child + 1].order < entries[child].order { child += 1 }
            guard entries[child].order < last.order else { break }
            entries[parent] = entries[child]
            parent = child
        }
        entries[parent] = last
        return least
    }
}

import Synchronization

/// The tokens of words seen lately. Text repeats its words, and a lookup is far cheaper than merging. Bounded: a full cache begins anew.
struct WordCache: Sendable {
    private struct Entry {
        var hash: UInt64 = 0
        var start: Int32 = 0, byteCount: Int32 = 0
        var tokenStart: Int32 = 0, tokenCount: Int32 = -1
    }

    /// Longer words are rarely seen again.
    static let byteCountMax = 64
    private static let slotCount = 1 << 15, wordCountMax = 1 << 14

    private var entries: [Entry] = []
    private var bytes: [UInt8] = []
    private var tokens: [Int32] = []
    private var wordCount = 0
    private let seed = SeededHash.seed

    /// Appends the tokens of the word in `range` to `output`; false if it is not known.
    mutating func append(_ text: [UInt8], _ range: Range<Int>, to output: inout [Int32]) -> Bool {
        guard wordCount > 0 else { return false }
        let entry = entries[slot(text, range, SeededHash.of(text, range, seed))]
        guard entry.tokenCount >= 0 else { return false }
        if entry.tokenCount == 1 {
            output.append(tokens[Int(entry.tokenStart)])
        } else {
            output.append(contentsOf: tokens[Int(entry.tokenStart)..<Int(entry.tokenStart + entry.tokenCount)])
        }
        return true
    }

    /// Remembers that the word in `range` has the tokens from `first` on in `output`.
    mutating func remember(_ text: [UInt8], _ range: Range<Int>, _ output: [Int32], from first: Int) {
        if wordCount >= Self.wordCountMax || entries.isEmpty {
            entries = Array(repeating: Entry(), count: Self.slotCount)
            bytes.removeAll(keepingCapacity: true)
            tokens.removeAll(keepingCapacity: true)
            wordCount = 0
        }
        let hash = SeededHash.of(text, range, seed)
        let place = slot(text, range, hash)
        guard entries[place].tokenCount < 0 else { return }
        entries[place] = Entry(
            hash: hash, start: Int32(bytes.count), byteCount: Int32(range.count), tokenStart: Int32(tokens.count), tokenCount: Int32(output.count - first))
        bytes.append(contentsOf: text[range])
        tokens.append(contentsOf: output[first...])
        wordCount += 1
    }

    private func slot(_ text: [UInt8], _ range: Range<Int>, _ hash: UInt64) -> Int {
        let mask = Self.slotCount - 1
        var place = Int(truncatingIfNeeded: hash) & mask
        while entries[place].tokenCount >= 0 {
            if entries[place].hash == hash, isEqual(entries[place], text, range) { return place }
            place = (place + 1) & mask
        }
        return place
    }

    private func isEqual(_ entry: Entry, _ text: [UInt8], _ range: Range<Int>) -> Bool {
        guard Int(entry.byteCount) == range.count else { return false }
        let start = Int(entry.start)
        for offset in 0..<range.count where bytes[start + offset] != text[range.lowerBound + offset] { return false }
        return true
    }
}

/// Caches for threads to borrow: each call takes one out and puts it back, so no thread waits for another, and at most as many stay as ran at once, up to four.
final class WordCaches: Sendable {
    private let idle = Mutex<[WordCache]>([])

    func borrow() -> WordCache { idle.withLock { $0.popLast() } ?? WordCache() }

    func giveBack(_ cache: consuming WordCache) {
        let cache = cache
        idle.withLock { if $0.count < 4 { $0.append(cache) } }
    }
}

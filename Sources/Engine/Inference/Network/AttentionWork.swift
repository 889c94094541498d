import Kernels

/// How attention over a batch is cut into pieces: up to six queries that read the same keys, be they neighbors in the text or heads that share a key head.
struct AttentionWork {
    struct Item {
        /// The rows of the item's sequence.
        var sequence: Range<Int>
        var keyHead: Int
        /// Numbers of (row, head) pairs, `headsPerKey` to a row of the sequence.
        var pairs: Range<Int>
    }

    let keyHeads: Int
    let headsPerKey: Int
    /// For each owner the items whose queries are its rows. Late pieces of a text, which read most keys, come first.
    private(set) var items: [[Item]]

    /// - Parameter shares: the rows of each owner.
    init(batch: [BatchToken], keyHeads: Int, headsPerKey: Int, shares: [Range<Int>]) {
        self.keyHeads = keyHeads
        self.headsPerKey = headsPerKey
        items = shares.map { _ in [] }
        var start = 0
        while start < batch.count {
            var end = start + 1
            while end < batch.count, batch[end].sequence == batch[start].sequence { end += 1 }
            for first in stride(from: 0, to: (end - start) * headsPerKey, by: KeyValueLayer.queryCount).reversed() {
                let row = start + first / headsPerKey
                let owner = shares.firstIndex { $0.contains(row) } ?? 0
                let pairs = first..<min((end - start) * headsPerKey, first + KeyValueLayer.queryCount)
                for keyHead in 0..<keyHeads { items[owner].append(Item(sequence: start..<end, keyHead: keyHead, pairs: pairs)) }
            }
            start = end
        }
    }
}

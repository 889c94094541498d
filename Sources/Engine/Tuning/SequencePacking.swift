import Core

/// Packing: many short examples in few sequences of one length, so that little of a step is spent on padding.
public enum SequencePacking {
    /// Examples of one call.
    public static let exampleCountMax = 4_000_000

    /// Packs examples by first-fit decreasing (Johnson 1973): the longest first, each into the first sequence that has room. At most 11/9 of the fewest sequences possible, and one more.
    ///
    /// - Parameters:
    ///   - length: tokens of a sequence at most; sequences are not padded.
    ///   - segmentCountMax: examples of a sequence at most.
    /// - Returns: the sequences, and how many examples were left out because they are longer than `length` or teach nothing. The same examples give the same sequences.
    /// - Throws: `tuning.data` for more than ``exampleCountMax`` examples.
    public static func pack(_ examples: [TokenExample], length: Int, segmentCountMax: Int = 256) throws -> (sequences: [PackedSequence], leftOut: Int) {
        guard examples.count <= exampleCountMax else {
            throw Fault(.trainingData, "there are \(examples.count) examples; \(exampleCountMax) can be packed", remedy: "train on a part of them")
        }
        let usable = examples.indices.filter { examples[$0].tokens.count <= length && examples[$0].answerCount > 0 }
        let order = usable.sorted { (examples[$1].tokens.count, $0) < (examples[$0].tokens.count, $1) }
        var room = FirstFit(binCount: order.count, capacity: length, itemCountMax: max(1, segmentCountMax))
        var bins: [[Int]] = []
        for index in order {
            let bin = room.place(examples[index].tokens.count)
            if bin == bins.count { bins.append([]) }
            bins[bin].append(index)
        }
        return (bins.map { bin in PackedSequence(bin.map { examples[$0] }) }, examples.count - usable.count)
    }

    /// The alternative to packing: one example a sequence, in batches of similar length, padded to the longest of the batch.
    ///
    /// - Parameters:
    ///   - tokenCountMax: tokens of a batch at most, padding included; an example that is longer is left out.
    ///   - batchCountMax: sequences of a batch at most.
    /// - Returns: batches from short to long (shuffle them), and how many examples were left out.
    public static func buckets(_ examples: [TokenExample], tokenCountMax: Int, batchCountMax: Int, padding: Int32 = 0) -> (batches: [[PackedSequence]], leftOut: Int) {
        let usable = examples.indices.filter { examples[$0].tokens.count <= tokenCountMax && examples[$0].answerCount > 0 }
        let order = usable.sorted { (examples[$0].tokens.count, $0) < (examples[$1].tokens.count, $1) }
        var batches: [[Int]] = []
        for index in order {
            // The newest is the longest so far: all of its batch are padded to it.
            if let last = batches.last, last.count < max(1, batchCountMax), (last.count + 1) * examples[index].tokens.count <= tokenCountMax {
                batches[batches.count - 1].append(index)
            } else {
                batches.append([index])
            }
        }
        let padded = batches.map { batch in
            let longest = batch.last.map { examples[$0].tokens.count } ?? 0
            return batch.map { PackedSequence([examples[$0]]).padded(to: longest, with: padding) }
        }
        return (padded, examples.count - usable.count)
    }
}

/// Finds the first of many bins that has room, in logarithmic time: a tree whose nodes know the most room below them.
private struct FirstFit {
    private var tree: [Int]
    private var itemCounts: [Int]
    private let leafCount: Int
    private let itemCountMax: Int

    /// - Parameter binCount: bins that may be needed: one an item.
    init(binCount: Int, capacity: Int, itemCountMax: Int) {
        var leaves = 1
        while leaves < binCount { leaves *= 2 }
        leafCount = leaves
        tree = Array(repeating: capacity, count: 2 * leaves)
        itemCounts = Array(repeating: 0, count: leaves)
        self.itemCountMax = itemCountMax
    }

    /// Puts an item of a size, at most the capacity, into the first bin with room, and gives its number.
    mutating func place(_ size: Int) -> Int {
        var node = 1
        while node < leafCount { node = tree[2 * node] >= size ? 2 * node : 2 * node + 1 }
        let bin = node - leafCount
        itemCounts[bin] += 1
        // A bin with enough items has no room, whatever its length.
        tree[node] = itemCounts[bin] < itemCountMax ? tree[node] - size : -1
        while node > 1 {
            node /= 2
            tree[node] = max(tree[2 * node], tree[2 * node + 1])
        }
        return bin
    }
}

import Core

/// Packing: many short examples in few rows of about one length, so that steps cost the same and see as many tokens. Nothing is padded: a row's examples lie one after another, and attention keeps them apart.
public enum SequencePacking {
    /// Examples of one call.
    public static let exampleCountMax = 4_000_000

    /// Packs examples by first-fit decreasing (Johnson 1973): the longest first, each into the first row that has room. At most 11/9 of the fewest rows possible, and one more.
    ///
    /// - Parameters:
    ///   - length: tokens of a row at most.
    ///   - segmentCountMax: examples of a row at most.
    /// - Returns: the rows, and how many examples were left out because they are longer than `length` or teach nothing. The same examples give the same rows.
    /// - Throws: `tuning.data` for more than ``exampleCountMax`` examples.
    public static func pack(_ examples: [TokenExample], length: Int, segmentCountMax: Int = 256) throws -> (rows: [[TokenExample]], leftOut: Int) {
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
        return (bins.map { bin in bin.map { examples[$0] } }, examples.count - usable.count)
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

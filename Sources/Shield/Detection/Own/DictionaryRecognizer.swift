import Core

/// A type of a person's own, by a list of words: project names, customers, sites. ASCII words are found in any case and at word borders, others anywhere.
public struct DictionaryRecognizer: Recognizer {
    /// Words and bytes of a list; what is beyond is refused by ``init(name:words:)``.
    public static let wordCountMax = 1_000_000
    public static let byteCountMax = 64 << 20

    public let card: TypeCard
    public let rules: [Rule] = []
    public let negativeContext: [String] = []
    public let fixtures = RecognizerFixtures(positive: [], negative: [])
    public let finder: (any TextFinder)?

    /// - Parameter words: Empty ones are left out.
    /// - Throws: `detection.pattern` for a list that is too long.
    public init(name: String, words: [String]) throws {
        guard words.count <= Self.wordCountMax, words.reduce(0, { $0 + $1.utf8.count }) <= Self.byteCountMax else {
            throw Fault(.pattern, "the dictionary \(name) has more than \(Self.wordCountMax) words or \(Self.byteCountMax) bytes", remedy: "split it")
        }
        card = TypeCard(name, zh: name, en: name, .personal)
        finder = WordFinder(words)
    }
}

/// Finds words by an automaton (Aho and Corasick 1975): one step a byte, whatever the words. Children of a node lie together, sorted.
struct WordFinder: TextFinder {
    private struct Node {
        var firstChild: Int32 = 0
        var childCount: Int32 = 0
        /// The node of the longest proper suffix.
        var suffix: Int32 = 0
        /// Bytes of the longest word that ends here; 0 for none.
        var length: Int32 = 0
        var byte: UInt8 = 0
    }

    private var nodes: [Node] = [Node()]
    /// Children of the root by byte, or 0.
    private var roots = [Int32](repeating: 0, count: 256)

    init(_ words: [String]) {
        let sorted = Set(words.map { $0.utf8.map(Self.lowered) }.filter { !$0.isEmpty }).sorted { $0.lexicographicallyPrecedes($1) }
        // Nodes breadth first; each stands for a range of the sorted words that share its path.
        var ranges: [(range: Range<Int>, depth: Int)] = [(0..<sorted.count, 0)]
        var parents: [Int32] = [0]
        var index = 0
        while index < ranges.count {
            let (range, depth) = ranges[index]
            var start = range.lowerBound
            if start < range.upperBound, sorted[start].count == depth, depth > 0 {
                nodes[index].length = Int32(depth)
                start += 1
            }
            nodes[index].firstChild = Int32(nodes.count)
            while start < range.upperBound {
                let byte = sorted[start][depth]
                var end = start + 1
                while end < range.upperBound, sorted[end][depth] == byte { end += 1 }
                var node = Node()
                node.byte = byte
                nodes.append(node)
                ranges.append((start..<end, depth + 1))
                parents.append(Int32(index))
                nodes[index].childCount += 1
                start = end
            }
            index += 1
        }
        for child in 0..<Int(nodes[0].childCount) { roots[Int(nodes[1 + child].byte)] = Int32(1 + child) }
        for node in nodes.indices.dropFirst() where parents[node] != 0 {
            nodes[node].suffix = step(nodes[Int(parents[node])].suffix, nodes[node].byte)
            if nodes[node].length == 0 { nodes[node].length = nodes[Int(nodes[node].suffix)].length }
        }
    }

    private static func lowered(_ byte: UInt8) -> UInt8 { (65...90).contains(byte) ? byte | 32 : byte }

    private func child(_ node: Int32, _ byte: UInt8) -> Int32? {
        var low = nodes[Int(node)].firstChild
        var high = low + nodes[Int(node)].childCount
        while low < high {
            let middle = (low + high) / 2
            if nodes[Int(middle)].byte < byte { low = middle + 1 } else { high = middle }
        }
        let end = nodes[Int(node)].firstChild + nodes[Int(node)].childCount
        return low < end && nodes[Int(low)].byte == byte ? low : nil
    }

    private func step(_ node: Int32, _ byte: UInt8) -> Int32 {
        var node = node
        while node != 0 {
            if let next = child(node, byte) { return next }
            node = nodes[Int(node)].suffix
        }
        return roots[Int(byte)]
    }

    /// Words that end at one place and are looked at, the longest first.
    private static let placeMax = 32

    func ranges(in text: [UInt8]) -> [Range<Int>] {
        var all: [Range<Int>] = []
        var node: Int32 = 0
        for place in text.indices {
            node = step(node, Self.lowered(text[place]))
            var ending = node
            var count = 0
            while ending != 0, count < Self.placeMax, nodes[Int(ending)].length > 0 {
                // The longest word that ends here belongs to this node or to one of its suffixes.
                let range = place + 1 - Int(nodes[Int(ending)].length)..<place + 1
                if isWord(text, range) { all.append(range) }
                while ending != 0, Int(nodes[Int(ending)].length) == range.count { ending = nodes[Int(ending)].suffix }
                count += 1
            }
        }
        // Of words that overlap the one that begins first counts, then the longer.
        all.sort { ($0.lowerBound, $1.count) < ($1.lowerBound, $0.count) }
        var found: [Range<Int>] = []
        for range in all where range.lowerBound >= found.last?.upperBound ?? 0 { found.append(range) }
        return found
    }

    private func isWord(_ text: [UInt8], _ range: Range<Int>) -> Bool {
        if range.lowerBound > 0, Borders.isWord(text[range.lowerBound]), Borders.isWord(text[range.lowerBound - 1]) { return false }
        return !(range.upperBound < text.count && Borders.isWord(text[range.upperBound - 1]) && Borders.isWord(text[range.upperBound]))
    }
}

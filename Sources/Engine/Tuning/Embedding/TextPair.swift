import Core

/// Two texts that belong together: a question and what answers it, or two ways to say the same.
public struct TextPair: Sendable, Hashable {
    public var query: String
    public var text: String

    public init(query: String, text: String) { (self.query, self.text) = (query, text) }
}

/// Pairs of texts from a file of JSON objects, one a line: `{"query","text"}`, or `{"text","same"}` for two ways to say the same.
public struct TextPairSet: Sendable {
    public let items: [TextPair]

    static let pairsMax = 4_000_000
    static let textByteCountMax = 1 << 16

    /// - Throws: `tuning.data` when there are fewer than two pairs.
    public init(_ items: [TextPair], name: String = "the set") throws {
        guard items.count >= 2 else { throw Fault(.trainingData, "\(name) has \(items.count) pairs; two are the least", remedy: "give more pairs") }
        self.items = items
    }

    /// Empty lines do not count.
    ///
    /// - Throws: `core.file`; `tuning.data` naming the line.
    public init(path: String) throws {
        let content = TextDecoder.decode(try FileTree.read(path, byteCountMax: 1 << 30)).text
        var items: [TextPair] = []
        // Bytes, because a line break of two characters is one to a string.
        for (index, bytes) in Array(content.utf8).split(separator: 10, omittingEmptySubsequences: false).enumerated() {
            let line = String(decoding: bytes, as: UTF8.self)
            guard line.contains(where: { !$0.isWhitespace }) else { continue }
            guard items.count < Self.pairsMax else { throw Self.wrong(path, index + 1, "there are more than \(Self.pairsMax) pairs") }
            items.append(try Self.pair(line, path, index + 1))
        }
        try self.init(items, name: path)
    }

    private static func pair(_ line: String, _ path: String, _ number: Int) throws -> TextPair {
        guard let json = try? JSONValue(parsing: line, depthMax: 8), json.object != nil else { throw wrong(path, number, "no JSON object") }
        guard let text = json["text"]?.string, let other = (json["query"] ?? json["same"])?.string else { throw wrong(path, number, "there is no text, or neither query nor same") }
        for text in [text, other] {
            guard text.contains(where: { !$0.isWhitespace }) else { throw wrong(path, number, "a text is empty") }
            guard text.utf8.count <= textByteCountMax else { throw wrong(path, number, "a text has more than \(textByteCountMax) bytes") }
        }
        return TextPair(query: other, text: text)
    }

    private static func wrong(_ path: String, _ line: Int, _ what: String) -> Fault {
        Fault(.trainingData, "\(path) line \(line): \(what)", remedy: "give each line {\"query\":\"…\",\"text\":\"…\"} or {\"text\":\"…\",\"same\":\"…\"}")
    }

    /// Two parts, the second of which has a share of the pairs, by chance from a seed. Pairs with the same text, or the same query, are in the same part: what was learned says
    /// nothing about the rest.
    public func split(heldOut share: Double, seed: UInt64) -> (training: [TextPair], heldOut: [TextPair]) {
        var groups = DisjointGroups(count: items.count)
        var seen: [String: Int] = [:]
        for (place, item) in items.enumerated() {
            for text in [item.query, item.text] {
                if let first = seen[text] { groups.join(first, place) } else { seen[text] = place }
            }
        }
        let members = Dictionary(grouping: items.indices) { groups.leader($0) }
        var random = SeededRandom(seed: seed)
        var chosen: Set<Int> = []
        let goal = min(items.count - 1, max(1, Int((Double(items.count) * share).rounded())))
        for leader in members.keys.sorted().shuffled(using: &random) {
            guard chosen.count < goal, let group = members[leader] else { break }
            // A group that would take it all stays with the training.
            if chosen.count + group.count <= max(goal, items.count / 2) { chosen.formUnion(group) }
        }
        return (items.indices.filter { !chosen.contains($0) }.map { items[$0] }, items.indices.filter(chosen.contains).map { items[$0] })
    }
}

/// Numbers in groups that are joined (Galler and Fischer 1964).
private struct DisjointGroups {
    private var parents: [Int]

    init(count: Int) { parents = Array(0..<count) }

    mutating func leader(_ place: Int) -> Int {
        var place = place
        while parents[place] != place {
            parents[place] = parents[parents[place]]
            place = parents[place]
        }
        return place
    }

    mutating func join(_ a: Int, _ b: Int) {
        let (first, second) = (leader(a), leader(b))
        if first != second { parents[max(first, second)] = min(first, second) }
    }
}

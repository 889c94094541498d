/// Scores for the tokens of a SentencePiece model whose file lists merges.
///
/// SentencePiece merges the pair whose result has the best score; Hugging Face's conversion lists all pairs, sorted by that score. Where the list is one that scores can
/// say, the rank of a token's first merge gives them back, and every reader of GGUF merges alike.
enum MergeScores {
    /// What tokens get that no merge makes.
    private static let unmade: Float = -1e6

    /// The scores; nil when the list leaves out a pair that scores would merge, or two tokens' merges are mixed.
    static func scores(tokens: [[UInt8]], kinds: [Vocabulary.Kind], merges: [String]) -> [Float]? {
        let isText = kinds.map { $0 == .normal || $0 == .userDefined || $0 == .unused }
        var table = ByteTable(capacity: tokens.count)
        for (id, token) in tokens.enumerated() { if isText[id] && !token.isEmpty { table.add(token) } else { table.addHidden([]) } }
        var first = [Int](repeating: -1, count: tokens.count), counts = first
        var current = Int32(-1), made = -1
        for merge in merges {
            let text = Array(merge.utf8)
            guard let blank = text.dropFirst().firstIndex(of: 32) else { return nil }
            let joined = Array(text[..<blank] + text[(blank + 1)...])
            guard let id = table.find(joined, 0..<joined.count) else { return nil }
            if id != current {
                // The merges of one token stand together: else its pairs would have different ranks.
                guard first[Int(id)] < 0 else { return nil }
                (current, made) = (id, made + 1)
                first[Int(id)] = made
                counts[Int(id)] = 0
            }
            counts[Int(id)] += 1
        }
        guard made >= 0, tokens.indices.allSatisfy({ !isText[$0] || pairs(tokens[$0], table) == max(counts[$0], 0) }) else { return nil }
        return first.map { $0 < 0 ? unmade : -Float($0) }
    }

    /// How many ways there are to make a token of two.
    private static func pairs(_ token: [UInt8], _ table: ByteTable) -> Int {
        guard token.count > 1 else { return 0 }
        return (1..<token.count).reduce(0) { count, cut in
            guard token[cut] & 0xC0 != 0x80, table.find(token, 0..<cut) != nil, table.find(token, cut..<token.count) != nil else { return count }
            return count + 1
        }
    }
}

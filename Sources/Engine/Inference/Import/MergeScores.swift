/// Scores for the tokens of a SentencePiece model whose file lists merges.
///
/// SentencePiece merges the pair whose result has the best score; Hugging Face's conversion lists all pairs, sorted by that score. Where the list is one that scores can
/// say, the order of the tokens in it gives scores back, and every reader of GGUF merges alike. Runs of one character, such as blanks, share a score in some models, and their
/// merges are mixed: they get one score again.
struct MergeScores {
    /// What tokens get that no merge makes.
    private static let unmade: Float = -1e6

    private let tokens: [[UInt8]]
    private var table: ByteTable
    /// The first and the last merge that makes each token, and how many do; -1 for none.
    private var first: [Int], last: [Int], counts: [Int]

    /// - Parameter kinds: tokens that text never becomes by merging (marks and bytes) have no part in it.
    private init(tokens: [[UInt8]], kinds: [Vocabulary.Kind]) {
        self.tokens = tokens
        table = ByteTable(capacity: tokens.count)
        for (token, kind) in zip(tokens, kinds) {
            if [.normal, .userDefined, .unused].contains(kind), !token.isEmpty { table.add(token) } else { table.addHidden([]) }
        }
        (first, last) = ([Int](repeating: -1, count: tokens.count), [Int](repeating: -1, count: tokens.count))
        counts = [Int](repeating: 0, count: tokens.count)
    }

    /// The scores; nil when the list leaves out a pair that scores would merge, makes what is no token, or mixes tokens that are no runs.
    static func scores(tokens: [[UInt8]], kinds: [Vocabulary.Kind], merges: [String]) -> [Float]? {
        var work = MergeScores(tokens: tokens, kinds: kinds)
        guard !merges.isEmpty, work.count(merges), tokens.indices.allSatisfy({ work.pairs(of: $0) == work.counts[$0] }) else { return nil }
        return work.ordered()
    }

    /// Notes which merges make each token; false when one makes none.
    private mutating func count(_ merges: [String]) -> Bool {
        let marks = Set(tokens.indices.filter { !isText($0) }.map { tokens[$0] })
        for (rank, merge) in merges.enumerated() {
            let text = Array(merge.utf8)
            guard let blank = text.dropFirst().firstIndex(of: 32) else { return false }
            let joined = Array(text[..<blank] + text[(blank + 1)...])
            guard let found = table.find(joined, 0..<joined.count) else {
                // Letters that would spell a mark stay letters.
                if marks.contains(joined) { continue }
                return false
            }
            let id = Int(found)
            if first[id] < 0 { first[id] = rank }
            last[id] = rank
            counts[id] += 1
        }
        return true
    }

    private func isText(_ id: Int) -> Bool { !table.range(id).isEmpty }

    /// How many ways there are to make a token of two.
    private func pairs(of id: Int) -> Int {
        let token = tokens[id]
        guard isText(id), token.count > 1, table.find(token, 0..<token.count) == Int32(truncatingIfNeeded: id) else { return 0 }
        return (1..<token.count).reduce(0) { count, cut in
            guard token[cut] & 0xC0 != 0x80, table.find(token, 0..<cut) != nil, table.find(token, cut..<token.count) != nil else { return count }
            return count + 1
        }
    }

    /// Tokens in the order of their merges, one score for those whose merges are mixed.
    private func ordered() -> [Float]? {
        var scores = [Float](repeating: Self.unmade, count: tokens.count)
        var score: Float = 1, end = -1, members: [Int] = []
        for id in tokens.indices.filter({ first[$0] >= 0 }).sorted(by: { first[$0] < first[$1] }) {
            if first[id] > end {
                guard Self.areRunsOrOne(members.map { tokens[$0] }) else { return nil }
                score -= 1
                members = []
            }
            members.append(id)
            end = max(end, last[id])
            scores[id] = score
        }
        return Self.areRunsOrOne(members.map { tokens[$0] }) ? scores : nil
    }

    private static func areRunsOrOne(_ tokens: [[UInt8]]) -> Bool {
        tokens.count < 2 || tokens.allSatisfy { token in Set(String(decoding: token, as: UTF8.self).unicodeScalars).count == 1 }
    }
}

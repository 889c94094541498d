/// SentencePiece's unigram model: of all ways to cut the text into tokens, the one with the greatest sum of scores (Kudo 2018, by Viterbi's algorithm).
///
/// A character that no token covers costs 10 more than the worst token; unknown ones in a row give one unknown token, or their bytes if the vocabulary has byte tokens.
struct UnigramTokenizer: Tokenizer {
    let vocabulary: Vocabulary
    private let trie: ByteTrie
    private let scores: [Double]
    private let unknownScore: Double
    private let specials: SpecialTokens
    private let characterMap: CharacterMap?
    private let byteTokens: [Int32]

    private static let unknownPenalty = 10.0

    init(_ vocabulary: Vocabulary) throws {
        self.vocabulary = vocabulary
        specials = SpecialTokens(vocabulary)
        characterMap = vocabulary.characterMap.isEmpty ? nil : try CharacterMap(vocabulary.characterMap)
        byteTokens = ByteTokens.ids(vocabulary)
        var entries: [(bytes: [UInt8], value: Int32)] = []
        var scores = [Double](repeating: 0, count: vocabulary.tokens.count), least = Double.infinity
        for (id, token) in vocabulary.tokens.enumerated() {
            let kind = vocabulary.kind(id)
            guard kind == .normal || kind == .userDefined || kind == .unused else { continue }
            let score = vocabulary.scores.isEmpty ? 0 : Double(vocabulary.scores[id])
            // Scores that are no number, or so large that sums would drown, cannot be learned ones.
            scores[id] = kind == .userDefined || !score.isFinite ? 0 : min(max(score, -1e9), 1e9)
            if kind == .normal { least = min(least, scores[id]) }
            if Int32(truncatingIfNeeded: id) != vocabulary.unknown { entries.append((token, Int32(truncatingIfNeeded: id))) }
        }
        self.scores = scores
        trie = ByteTrie(entries)
        unknownScore = (least.isFinite ? least : 0) - Self.unknownPenalty
    }

    func encode(_ text: String, addsSpecials: Bool, parsesSpecials: Bool) -> [Int32] {
        let bytes = Array(vocabulary.normalization.applied(to: text).utf8)
        var output: [Int32] = []
        if addsSpecials, vocabulary.addsBOS, let bos = vocabulary.bos { output.append(bos) }
        for fragment in specials.fragments(bytes, parsesSpecials: parsesSpecials) {
            if let token = fragment.token { output.append(token) } else { appendBest(spaced(bytes[fragment.range]), &output) }
        }
        if addsSpecials, vocabulary.addsEOS, let eos = vocabulary.eos { output.append(eos) }
        return output
    }

    /// The text after the file's normalization, with ▁ for spaces. A space before the text and between words is written only when something follows.
    private func spaced(_ text: ArraySlice<UInt8>) -> [UInt8] {
        var result: [UInt8] = []
        result.reserveCapacity(text.count + text.count / 4)
        let text = characterMap?.applied(to: text) ?? Array(text)
        let merges = vocabulary.removesExtraWhitespace
        let prefixes = vocabulary.addsSpacePrefix && (merges || !vocabulary.prefixesOnlyWords || text.first != 32)
        var isInWord = false, hasWords = false
        for byte in text {
            if byte == 32 {
                isInWord = false
                if !merges { result += MergeRules.space }
                continue
            }
            if !isInWord, hasWords ? merges : prefixes { result += MergeRules.space }
            (isInWord, hasWords) = (true, true)
            result.append(byte)
        }
        return result
    }

    /// The best way to reach a place: its score, and the token that ends there.
    private struct Step {
        var score = -Double.infinity
        var start: Int32 = 0
        var token: Int32 = -1
    }

    private func appendBest(_ text: [UInt8], _ output: inout [Int32]) {
        // Places are 32-bit numbers; longer text is cut between characters.
        var start = 0
        while start < text.count {
            var end = min(text.count, start + (1 << 26))
            while end < text.count, end > start + 1, text[end] & 0xC0 == 0x80 { end -= 1 }
            appendBest(text, start..<end, &output)
            start = end
        }
    }

    private func appendBest(_ text: [UInt8], _ range: Range<Int>, _ output: inout [Int32]) {
        var steps = [Step](repeating: Step(), count: range.count + 1)
        steps[0].score = 0
        var at = range.lowerBound
        while at < range.upperBound {
            let width = UTF8Reader.scalar(text, at, range.upperBound).1
            let here = at - range.lowerBound, score = steps[here].score
            var isCovered = false
            var node = trie.first(text[at]), end = at + 1
            while let found = node {
                let token = trie.value(found)
                if token >= 0 {
                    if end - at == width { isCovered = true }
                    offer(&steps[end - range.lowerBound], score + scores[Int(token)], here, token)
                }
                node = end < range.upperBound ? trie.next(found, text[end]) : nil
                end += 1
            }
            if !isCovered { offer(&steps[here + width], score + unknownScore, here, -1) }
            at += width
        }
        trace(steps, text, range, &output)
    }

    @inline(__always)
    private func offer(_ step: inout Step, _ score: Double, _ start: Int, _ token: Int32) {
        if score > step.score { step = Step(score: score, start: Int32(truncatingIfNeeded: start), token: token) }
    }

    private func trace(_ steps: [Step], _ text: [UInt8], _ range: Range<Int>, _ output: inout [Int32]) {
        var reversed: [Int32] = []
        var end = range.count, followsUnknown = false
        while end > 0 {
            let step = steps[end], start = Int(step.start)
            // A token that ends within a character can lead to a place that no step reached; there is none in well-formed vocabularies.
            guard start < end else { break }
            if step.token >= 0 {
                reversed.append(step.token)
            } else {
                let spelled = text[(range.lowerBound + start)..<(range.lowerBound + end)].map { byteTokens[Int($0)] }
                if !spelled.contains(-1) {
                    reversed.append(contentsOf: spelled.reversed())
                } else if !followsUnknown, let unknown = vocabulary.unknown {
                    reversed.append(unknown)
                }
            }
            followsUnknown = step.token < 0
            end = start
        }
        output.append(contentsOf: reversed.reversed())
    }

    func bytes(of token: Int32, showsSpecials: Bool) -> [UInt8] {
        let id = Int(token)
        guard vocabulary.tokens.indices.contains(id) else { return [] }
        let kind = vocabulary.kind(id)
        if kind == .control || kind == .unknown { return showsSpecials ? vocabulary.tokens[id] : [] }
        if kind == .byte, let byte = ByteTokens.byte(vocabulary.tokens[id]) { return [byte] }
        return ByteTokens.unescaped(vocabulary.tokens[id])
    }
}

import Foundation

/// Byte-level BPE, BPE over UTF-8 and SentencePiece: words of text become symbols, and symbols merge by ``MergeRules``.
struct MergeTokenizer: Tokenizer {
    let vocabulary: Vocabulary
    private let preTokenizer: PreTokenizer
    private let ignoresMerges: Bool
    private let rules: MergeRules
    private let specials: SpecialTokens
    /// The token of each byte, -1 for none; and the symbol that a byte is in text, -2 if it is none.
    private let byteTokens: [Int32], byteSymbols: [Int32]
    private let caches = WordCaches()

    /// Longer words are cut, so that places of symbols fit in 32 bits.
    private static let wordByteCountMax = 1 << 26

    init(_ vocabulary: Vocabulary, _ preTokenizer: PreTokenizer) {
        // The rules hold what the list of merges says, in a tenth of its space.
        var kept = vocabulary
        kept.merges = []
        self.vocabulary = kept
        self.preTokenizer = preTokenizer
        ignoresMerges = vocabulary.ignoresMerges ?? preTokenizer.ignoresMerges
        specials = SpecialTokens(vocabulary)
        let isRaw = preTokenizer.isRaw
        let byteIDs = isRaw ? ByteTokens.ids(vocabulary) : []
        let spellings: [[UInt8]?] = vocabulary.tokens.enumerated().map { id, token in
            switch vocabulary.kind(id) {
            case .control, .unknown, .byte: nil
            case .normal, .unused, .userDefined: isRaw ? (token.count == 6 && byteIDs.contains(Int32(truncatingIfNeeded: id)) ? nil : token) : ByteLetters.decoded(token)
            }
        }
        let rules =
            if vocabulary.model == .sentencePiece {
                MergeRules(tokens: spellings, ranks: Self.ranks(vocabulary), byScalars: true)
            } else if vocabulary.merges.isEmpty {
                MergeRules(tokens: spellings, ranks: vocabulary.tokens.indices.map { UInt32(truncatingIfNeeded: $0) }, byScalars: isRaw)
            } else {
                MergeRules(tokens: spellings, merges: vocabulary.merges, spell: isRaw ? { $0 } : ByteLetters.decoded)
            }
        self.rules = rules
        byteSymbols = (0..<256).map { rules.symbols.find([UInt8($0)], 0..<1) ?? -2 }
        byteTokens = isRaw ? byteIDs : byteSymbols.map { $0 < Int32(vocabulary.tokens.count) ? max($0, -1) : -1 }
    }

    /// The place of each token's score among all scores, the best first. What is no number counts as worst.
    private static func ranks(_ vocabulary: Vocabulary) -> [UInt32] {
        let scores = vocabulary.tokens.indices.map { vocabulary.scores.isEmpty ? 0 : vocabulary.scores[$0].isNaN ? -Float.infinity : vocabulary.scores[$0] }
        var ranks = [UInt32](repeating: 0, count: scores.count)
        var rank: UInt32 = 0, last: Float?
        for id in scores.indices.sorted(by: { scores[$0] > scores[$1] }) {
            if let last, last != scores[id] { rank += 1 }
            last = scores[id]
            ranks[id] = rank
        }
        return ranks
    }

    func encode(_ text: String, addsSpecials: Bool, parsesSpecials: Bool) -> [Int32] {
        let bytes = Array(vocabulary.normalization.applied(to: text).utf8)
        var output: [Int32] = []
        output.reserveCapacity(bytes.count / 3 + 2)
        if addsSpecials, vocabulary.addsBOS, let bos = vocabulary.bos { output.append(bos) }
        var session = Session(cache: caches.borrow())
        var isAfterSpecial = true
        for fragment in specials.fragments(bytes, parsesSpecials: parsesSpecials) {
            if let token = fragment.token {
                output.append(token)
                isAfterSpecial = true
                continue
            }
            if preTokenizer.isRaw {
                let prefixes = vocabulary.addsSpacePrefix && (vocabulary.prefixesOnlyStart ? fragment.range.lowerBound == 0 : isAfterSpecial)
                    && !(vocabulary.prefixesOnlyWords && bytes[fragment.range.lowerBound] == 32)
                encodeRaw(bytes[fragment.range], prefixes, &session, &output)
            } else {
                encodePieces(bytes, fragment.range, &session, &output)
            }
            isAfterSpecial = false
        }
        caches.giveBack(session.cache)
        if addsSpecials, vocabulary.addsEOS, let eos = vocabulary.eos { output.append(eos) }
        return output
    }

    /// What one call of `encode` writes to.
    private struct Session {
        var cache: WordCache
        var work = MergeWork()
    }

    private func encodeRaw(_ text: ArraySlice<UInt8>, _ prefixes: Bool, _ session: inout Session, _ output: inout [Int32]) {
        if preTokenizer.dropsSpace { return encodePieces(Array(text), 0..<text.count, &session, &output) }
        var escaped: [UInt8] = []
        escaped.reserveCapacity(text.count + text.count / 2)
        if prefixes { escaped += MergeRules.space }
        for byte in text { if byte == 32 { escaped += MergeRules.space } else { escaped.append(byte) } }
        encodePieces(escaped, 0..<escaped.count, &session, &output)
    }

    /// Splits into words by the pre-tokenizer. Scalars are counted back into bytes by their widths.
    private func encodePieces(_ bytes: [UInt8], _ range: Range<Int>, _ session: inout Session, _ output: inout [Int32]) {
        guard !preTokenizer.stages.isEmpty else { return encodeWords(bytes, range, &session, &output) }
        let text = ScalarText(bytes, range)
        let isASCII = text.count == range.count
        var start = range.lowerBound, scalar = 0
        for end in preTokenizer.split(text) {
            var byteEnd = range.lowerBound + end
            if !isASCII {
                byteEnd = start
                for index in scalar..<end { byteEnd += UTF8Reader.width(text.scalars[index]) }
                byteEnd = min(byteEnd, range.upperBound)
            }
            let isDropped = preTokenizer.dropsSpace && text.classes[scalar] & ScalarClass.space != 0
            if !isDropped { encodeWords(bytes, start..<byteEnd, &session, &output) }
            (start, scalar) = (byteEnd, end)
        }
    }

    /// Raw pieces are cut before each ▁ that follows something else, if no merge could cross that place: the result is the same, and words can be cached.
    private func encodeWords(_ bytes: [UInt8], _ range: Range<Int>, _ session: inout Session, _ output: inout [Int32]) {
        guard preTokenizer.isRaw, !rules.crossesWords else { return encodeWord(bytes, range, &session, &output) }
        var start = range.lowerBound, at = start, followsSpace = true
        while at < range.upperBound {
            let isSpace = bytes[at] == 0xE2 && at + 2 < range.upperBound && bytes[at + 1] == 0x96 && bytes[at + 2] == 0x81
            if isSpace, !followsSpace {
                encodeWord(bytes, start..<at, &session, &output)
                start = at
            }
            followsSpace = isSpace
            at += isSpace ? 3 : 1
        }
        encodeWord(bytes, start..<range.upperBound, &session, &output)
    }

    private func encodeWord(_ bytes: [UInt8], _ range: Range<Int>, _ session: inout Session, _ output: inout [Int32]) {
        guard range.count <= Self.wordByteCountMax else {
            let middle = range.lowerBound + Self.wordByteCountMax
            encodeWord(bytes, range.lowerBound..<middle, &session, &output)
            return encodeWord(bytes, middle..<range.upperBound, &session, &output)
        }
        guard !range.isEmpty else { return }
        let isCached = range.count <= WordCache.byteCountMax
        if isCached, session.cache.append(bytes, range, to: &output) { return }
        let first = output.count
        if let token = wholeWord(bytes, range) {
            output.append(token)
        } else {
            fill(&session.work, bytes, range)
            rules.merge(&session.work)
            emit(session.work, bytes, range, &output)
        }
        if isCached { session.cache.remember(bytes, range, output, from: first) }
    }

    private func wholeWord(_ bytes: [UInt8], _ range: Range<Int>) -> Int32? {
        guard ignoresMerges || (preTokenizer.keepsLineFeeds && bytes[range].allSatisfy { $0 == 10 }) else { return nil }
        return rules.symbols.find(bytes, range).flatMap { $0 < Int32(vocabulary.tokens.count) ? $0 : nil }
    }

    /// Symbols to begin with: bytes, or scalars in raw text.
    private func fill(_ work: inout MergeWork, _ bytes: [UInt8], _ range: Range<Int>) {
        work.clear()
        var at = range.lowerBound
        while at < range.upperBound {
            let count = preTokenizer.isRaw ? UTF8Reader.scalar(bytes, at, range.upperBound).1 : 1
            work.starts.append(at)
            work.symbols.append(count == 1 ? byteSymbols[Int(bytes[at])] : rules.symbols.find(bytes, at..<at + count) ?? -2)
            at += count
        }
    }

    /// Symbols that are tokens, and for the others the tokens of their bytes, or the unknown token if a byte has none.
    private func emit(_ work: MergeWork, _ bytes: [UInt8], _ range: Range<Int>, _ output: inout [Int32]) {
        let tokenCount = Int32(vocabulary.tokens.count)
        for (index, symbol) in work.symbols.enumerated() {
            if symbol >= 0, symbol < tokenCount { output.append(symbol); continue }
            let end = index + 1 < work.starts.count ? work.starts[index + 1] : range.upperBound
            let spelled = bytes[work.starts[index]..<end].map { byteTokens[Int($0)] }
            if let unknown = vocabulary.unknown, spelled.contains(-1) { output.append(unknown) } else { output += spelled.filter { $0 >= 0 } }
        }
    }

    func bytes(of token: Int32, showsSpecials: Bool) -> [UInt8] {
        let id = Int(token)
        guard vocabulary.tokens.indices.contains(id) else { return [] }
        let spelling = vocabulary.tokens[id]
        switch vocabulary.kind(id) {
        case .control, .unknown: return showsSpecials ? spelling : []
        case .userDefined: return preTokenizer.isRaw ? ByteTokens.unescaped(spelling) : spelling
        case .byte: return ByteTokens.byte(spelling).map { [$0] } ?? spelling
        case .normal, .unused:
            if !preTokenizer.isRaw { return ByteLetters.decoded(spelling) ?? spelling }
            if vocabulary.kinds.isEmpty, let byte = ByteTokens.byte(spelling) { return [byte] }
            return preTokenizer.dropsSpace ? spelling : ByteTokens.unescaped(spelling)
        }
    }
}

extension Vocabulary.Normalization {
    /// The text in this form.
    func applied(to text: String) -> String {
        switch self {
        case .none: text
        case .nfc: text.precomposedStringWithCanonicalMapping
        case .nfd: text.decomposedStringWithCanonicalMapping
        case .nfkc: text.precomposedStringWithCompatibilityMapping
        case .nfkd: text.decomposedStringWithCompatibilityMapping
        }
    }
}

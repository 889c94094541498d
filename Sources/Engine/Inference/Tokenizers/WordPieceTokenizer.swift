/// BERT's tokenizer: text is cleaned, cut into words and punctuation, and each word is covered from left to right by the longest pieces there are.
///
/// Two spellings exist. GGUF files mark the beginning of a word with ▁ and leave its other pieces bare; Hugging Face leaves the beginning bare and marks the others with ##.
/// In the latter a word over 100 scalars is unknown, as BERT itself has it; in the former it is not, as llama.cpp has it.
struct WordPieceTokenizer: Tokenizer {
    let vocabulary: Vocabulary
    private let beginnings: ByteTrie, continuations: ByteTrie
    private let specials: SpecialTokens
    private let usesHashes: Bool
    private let lowercases: Bool, stripsAccents: Bool
    private let unknown: Int32?
    private let wordScalarCountMax: Int

    private static let hashedScalarCountMax = 100

    init(_ vocabulary: Vocabulary) {
        self.vocabulary = vocabulary
        specials = SpecialTokens(vocabulary)
        let tokens = vocabulary.tokens
        usesHashes = tokens.contains { $0.starts(with: Self.hashes) && $0.count > 2 } && !tokens.contains { $0.starts(with: MergeRules.space) && $0.count > 3 }
        var beginnings: [(bytes: [UInt8], value: Int32)] = [], continuations = beginnings
        for (id, token) in tokens.enumerated() where vocabulary.kind(id) != .control {
            let (mark, id) = (usesHashes ? Self.hashes : MergeRules.space, Int32(truncatingIfNeeded: id))
            let isMarked = token.starts(with: mark) && token.count > mark.count
            let bare = isMarked ? Array(token.dropFirst(mark.count)) : token
            if isMarked == usesHashes { continuations.append((bare, id)) } else { beginnings.append((bare, id)) }
        }
        self.beginnings = ByteTrie(beginnings)
        self.continuations = ByteTrie(continuations)
        lowercases = vocabulary.lowercases ?? !tokens.contains { token in token.first != UInt8(ascii: "[") && token.contains { (65...90).contains($0) } && token.first != UInt8(ascii: "<") }
        stripsAccents = vocabulary.stripsAccents ?? lowercases
        wordScalarCountMax = vocabulary.wordScalarCountMax ?? (usesHashes ? Self.hashedScalarCountMax : .max)
        unknown = vocabulary.unknown ?? tokens.firstIndex(of: Array("[UNK]".utf8)).map { Int32(truncatingIfNeeded: $0) }
    }

    private static let hashes = Array("##".utf8)

    func encode(_ text: String, addsSpecials: Bool, parsesSpecials: Bool) -> [Int32] {
        let bytes = Array(text.utf8)
        var output: [Int32] = []
        if addsSpecials, let first = vocabulary.cls ?? vocabulary.bos ?? named("[CLS]") { output.append(first) }
        for fragment in specials.fragments(bytes, parsesSpecials: parsesSpecials) {
            if let token = fragment.token { output.append(token) } else { encode(bytes[fragment.range], &output) }
        }
        if addsSpecials, let last = vocabulary.separator ?? vocabulary.eos ?? named("[SEP]") { output.append(last) }
        return output
    }

    private func named(_ name: String) -> Int32? { vocabulary.tokens.firstIndex(of: Array(name.utf8)).map { Int32(truncatingIfNeeded: $0) } }

    private func encode(_ text: ArraySlice<UInt8>, _ output: inout [Int32]) {
        var word: [UInt8] = [], scalarCount = 0
        func flush() {
            if !word.isEmpty { cover(word, scalarCount, &output) }
            word.removeAll(keepingCapacity: true)
            scalarCount = 0
        }
        let folded = fold(text)
        let table = ScalarClass.table
        var at = 0
        while at < folded.count {
            let (scalar, count) = UTF8Reader.scalar(folded, at, folded.count)
            let bits = scalar < 0x10000 ? table[Int(scalar)] : ScalarClass.of(scalar)
            defer { at += count }
            if bits & ScalarClass.space != 0 { flush(); continue }
            if scalar == 0 || scalar == 0xFFFD || bits & ScalarClass.other != 0 { continue }
            if bits & ScalarClass.punctuation != 0 || (scalar < 0x7F && bits & ScalarClass.symbol != 0) || Self.isIdeograph(scalar) {
                flush()
                cover(Array(folded[at..<at + count]), 1, &output)
            } else {
                word.append(contentsOf: folded[at..<at + count])
                scalarCount += 1
            }
        }
        flush()
    }

    /// The longest piece at each place; the unknown token if they do not cover the whole word.
    private func cover(_ word: [UInt8], _ scalarCount: Int, _ output: inout [Int32]) {
        let first = output.count
        var at = 0
        while at < word.count, scalarCount <= wordScalarCountMax {
            guard let found = (at == 0 ? beginnings : continuations).longest(word, at, word.count) else { break }
            output.append(found.value)
            at = found.end
        }
        guard at < word.count else { return }
        output.removeSubrange(first...)
        if let unknown { output.append(unknown) }
    }

    /// Lower case, without accents, if the vocabulary is so. Whitespace becomes no other character by it, so it may come before cutting.
    private func fold(_ text: ArraySlice<UInt8>) -> [UInt8] {
        guard lowercases || stripsAccents else { return Array(text) }
        if !text.contains(where: { $0 >= 0x80 }) { return lowercases ? text.map { (65...90).contains($0) ? $0 | 0x20 : $0 } : Array(text) }
        var string = String(decoding: text, as: UTF8.self)
        if stripsAccents { string = Vocabulary.Normalization.nfd.applied(to: string) }
        var folded: [UInt8] = []
        folded.reserveCapacity(text.count)
        for scalar in string.unicodeScalars {
            if stripsAccents, scalar.value >= 0x300, ScalarClass.of(scalar.value) & ScalarClass.mark != 0 { continue }
            if !lowercases {
                folded.append(contentsOf: UTF8.encode(scalar) ?? UTF8.encodedReplacementCharacter)
            } else if scalar.isASCII {
                folded.append((65...90).contains(scalar.value) ? UInt8(truncatingIfNeeded: scalar.value) | 0x20 : UInt8(truncatingIfNeeded: scalar.value))
            } else {
                folded.append(contentsOf: scalar.properties.lowercaseMapping.utf8)
            }
        }
        return folded
    }

    /// What BERT calls a Chinese character; the gap between 2B81F and 2B920 is in its own list.
    private static func isIdeograph(_ scalar: UInt32) -> Bool {
        switch scalar {
        case 0x4E00...0x9FFF, 0x3400...0x4DBF, 0xF900...0xFAFF, 0x20000...0x2A6DF, 0x2A700...0x2B73F, 0x2B740...0x2B81F, 0x2B920...0x2CEAF, 0x2F800...0x2FA1F: true
        default: false
        }
    }

    func bytes(of token: Int32, showsSpecials: Bool) -> [UInt8] {
        let id = Int(token)
        guard vocabulary.tokens.indices.contains(id) else { return [] }
        let spelling = vocabulary.tokens[id], kind = vocabulary.kind(id)
        if kind == .control || kind == .unknown { return showsSpecials ? spelling : [] }
        guard usesHashes else { return ByteTokens.unescaped(spelling) }
        return spelling.starts(with: Self.hashes) && spelling.count > 2 ? Array(spelling.dropFirst(2)) : [32] + spelling
    }
}

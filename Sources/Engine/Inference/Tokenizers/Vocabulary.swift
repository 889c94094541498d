import Core

/// What a model file says of its vocabulary: the tokens in the file's own spelling, and how text becomes them.
///
/// It is only data and may be hostile; ``Tokenizers/make(_:)`` checks it. Most fields are keys `tokenizer.ggml.*` of a GGUF file;
/// the last ones, from `ignoresMerges` on, hold what Hugging Face files say beyond that, and their defaults mean "as llama.cpp does".
public struct Vocabulary: Sendable {
    /// The algorithm, by the name that GGUF's `tokenizer.ggml.model` has for it.
    public enum Model: String, Sendable { case bpe = "gpt2", sentencePiece = "llama", wordPiece = "bert", unigram = "t5" }
    /// What a token is for: the numbers of GGUF's `tokenizer.ggml.token_type`.
    public enum Kind: Int, Sendable { case normal = 1, unknown, control, userDefined, unused, byte }
    /// A Unicode normalization form (UAX 15) that is applied to text before it is split.
    public enum Normalization: String, Sendable { case none, nfc, nfd, nfkc, nfkd }

    public var model: Model
    /// GGUF `tokenizer.ggml.pre`, which names the rules that split text into words; "default" if absent. Only ``Model/bpe`` heeds it.
    public var preTokenizer: String
    /// As in the file: byte-level tokens in GPT-2's letters, SentencePiece with ▁. A token's index is its id.
    public var tokens: TokenList
    /// One per token, higher first; or empty.
    public var scores: [Float]
    /// One per token; empty: all normal.
    public var kinds: [Kind]
    /// "a b", most wanted first. Only ``Model/bpe`` heeds them; without them the smaller id of the result wins, as in tiktoken.
    public var merges: [String]
    /// Ids of tokens with a role; an id outside of the tokens counts as absent. `eot` ends a turn; if absent, it is looked for by its usual spellings.
    public var bos, eos, unknown, separator, padding, cls, mask, eot: Int32?
    /// Whether `encode` puts `bos` first and `eos` last. ``Model/wordPiece`` always puts `cls` first and `separator` last.
    public var addsBOS: Bool, addsEOS: Bool
    /// Whether text that begins, or follows a special token, gets a space before it.
    public var addsSpacePrefix: Bool
    /// Whether runs of spaces count as one. Only ``Model/unigram`` heeds it.
    public var removesExtraWhitespace: Bool

    /// Whether a word that is a token needs no merges; nil: as the pre-tokenizer's name says.
    public var ignoresMerges: Bool?
    /// Whether ``Model/wordPiece`` lower-cases; nil: yes, unless a token holds an upper-case ASCII letter outside of brackets.
    public var lowercases: Bool?
    /// Whether ``Model/wordPiece`` removes accents; nil: if it lower-cases.
    public var stripsAccents: Bool?
    /// The characters of the longest word that ``Model/wordPiece`` knows; longer ones are unknown. Nil: 100 if pieces are marked ##, as BERT has it, else no bound, as llama.cpp has it.
    public var wordScalarCountMax: Int?
    public var normalization: Normalization = .none
    /// SentencePiece's compiled normalization rules (GGUF `tokenizer.ggml.precompiled_charsmap`); empty: text stays as it is.
    public var characterMap: [UInt8] = []
    /// Special tokens that take the whitespace before or after them with them (Hugging Face `lstrip`, `rstrip`).
    public var trimsBefore: Set<Int32> = [], trimsAfter: Set<Int32> = []
    /// Whether the space prefix is only for the start of the text (Hugging Face `prepend_scheme` "first").
    public var prefixesOnlyStart = false
    /// Whether text that begins with a space gets no other before it (Hugging Face's Metaspace, unlike SentencePiece itself).
    public var prefixesOnlyWords = false

    /// A nil flag takes llama.cpp's default for the model and pre-tokenizer, which holds where a GGUF file lacks the key.
    public init(
        model: Model, preTokenizer: String = "default", tokens: [[UInt8]], scores: [Float] = [], kinds: [Kind] = [], merges: [String] = [],
        bos: Int32? = nil, eos: Int32? = nil, unknown: Int32? = nil, separator: Int32? = nil, padding: Int32? = nil, cls: Int32? = nil, mask: Int32? = nil,
        eot: Int32? = nil, addsBOS: Bool? = nil, addsEOS: Bool? = nil, addsSpacePrefix: Bool? = nil, removesExtraWhitespace: Bool = false
    ) {
        (self.model, self.preTokenizer, self.tokens, self.scores, self.kinds, self.merges) = (model, preTokenizer, TokenList(tokens), scores, kinds, merges)
        (self.bos, self.eos, self.unknown, self.separator, self.padding, self.cls, self.mask, self.eot) = (bos, eos, unknown, separator, padding, cls, mask, eot)
        self.addsBOS = addsBOS ?? (model == .sentencePiece || model == .wordPiece || (model == .bpe && PreTokenizer.named(preTokenizer)?.addsBOS == true))
        self.addsEOS = addsEOS ?? (model == .unigram)
        self.addsSpacePrefix = addsSpacePrefix ?? (model == .sentencePiece || model == .unigram)
        self.removesExtraWhitespace = removesExtraWhitespace
    }

    /// The tokens that end an answer: `eos`, `eot` and every token that is spelled like an end of turn or text in the usual chat formats.
    public var ends: Set<Int32> { spelledEnds.union([eos, eot].compactMap { $0 }) }

    private var spelledEnds: Set<Int32> {
        let spellings = Set(Self.endSpellings.map { Array($0.utf8) })
        var found: Set<Int32> = []
        for (id, token) in tokens.enumerated() where token.count <= 32 && spellings.contains(token) { found.insert(Int32(truncatingIfNeeded: id)) }
        // </s> is HTML to Gemma 4, and <|end|> ends only a part of an answer where a call or a return ends the whole.
        for (spelling, others) in [("</s>", ["<|tool_response>"]), ("<|end|>", ["<|return|>", "<|call|>"])] where others.allSatisfy({ id(of: $0) != nil }) {
            if let id = id(of: spelling) { found.remove(id) }
        }
        return found
    }

    private func id(of spelling: String) -> Int32? { tokens.firstIndex(of: Array(spelling.utf8)).map { Int32(truncatingIfNeeded: $0) } }

    /// The kind of a token; normal outside of `kinds`.
    func kind(_ id: Int) -> Kind { kinds.indices.contains(id) ? kinds[id] : .normal }

    static let turnEndSpellings = [
        "<|eot_id|>", "<|im_end|>", "<|end|>", "<end_of_turn>", "<|end_of_text|>", "<|endoftext|>", "<EOT>", "_<EOT>", "[EOT]",
        "<｜end▁of▁sentence｜>", "<end_of_utterance>", "<turn|>",
    ]
    static let endSpellings = turnEndSpellings + ["<|eom_id|>", "<|return|>", "<|call|>", "[EOS]", "</s>", "<eos>", "[e~["]

    /// What the keys begin with that hold what llama.cpp has no key for.
    static let extraPrefix = "banyan.tokenizer."
    static let tokenCountMax = 1 << 22, mergeCountMax = 1 << 23, byteCountMax = 1 << 26

    /// Makes every token that is spelled like an end a control token, whatever the file says: else text from strangers could end a turn.
    private mutating func makeEndsControl() {
        let ends = spelledEnds
        if kinds.isEmpty, !ends.isEmpty { kinds = tokens.map { model != .bpe && ByteTokens.byte($0) != nil ? .byte : .normal } }
        for id in ends { kinds[Int(id)] = .control }
    }

    /// The same vocabulary with absent ids for those out of range, and `eot` found by its spelling if it was absent.
    ///
    /// - Throws: `inference.model-damaged` for no tokens, too many, or lists of unequal length.
    func checked() throws -> Vocabulary {
        func damaged(_ what: String) -> Fault { Fault(.modelDamaged, what, remedy: "get the model file again") }
        guard !tokens.isEmpty, tokens.count <= Self.tokenCountMax, merges.count <= Self.mergeCountMax else {
            throw damaged("the vocabulary has \(tokens.count) tokens and \(merges.count) merges; 1 to \(Self.tokenCountMax) and up to \(Self.mergeCountMax) are possible")
        }
        guard scores.isEmpty || scores.count >= tokens.count else { throw damaged("the vocabulary has \(tokens.count) tokens but \(scores.count) scores") }
        guard kinds.isEmpty || kinds.count >= tokens.count else { throw damaged("the vocabulary has \(tokens.count) tokens but \(kinds.count) kinds") }
        guard tokens.reduce(0, { $0 + $1.count }) <= Self.byteCountMax, merges.reduce(0, { $0 + $1.utf8.count }) <= Self.byteCountMax, characterMap.count <= Self.byteCountMax
        else { throw damaged("the vocabulary's tokens, merges or normalization rules exceed \(Self.byteCountMax) bytes") }
        var copy = self
        for role in [\Vocabulary.bos, \.eos, \.unknown, \.separator, \.padding, \.cls, \.mask, \.eot] {
            if let id = copy[keyPath: role], !tokens.indices.contains(Int(id)) { copy[keyPath: role] = nil }
        }
        copy.makeEndsControl()
        if copy.eot == nil {
            let ends = copy.spelledEnds
            copy.eot = Self.turnEndSpellings.lazy.compactMap { copy.id(of: $0) }.first { ends.contains($0) }
        }
        return copy
    }
}

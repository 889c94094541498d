import Core

/// Text to the ids that a model reads, and back.
///
/// A tokenizer is built once per model from a ``Vocabulary`` and may be shared by all threads. Two engines do all the work: merges by rank serve byte-level BPE and
/// SentencePiece alike (a score is a rank, see `MergeRules`), and a trie serves unigram, WordPiece and special tokens. Rejected: regular expressions for splitting
/// words. Their engines backtrack, and the forty patterns in use are combinations of a few scanners.
public protocol Tokenizer: Sendable {
    /// What the tokenizer was made of, with ids out of range removed, and without the list of merges.
    var vocabulary: Vocabulary { get }

    /// The ids of `text`; each is an index into `vocabulary.tokens`.
    ///
    /// User-defined tokens in the text are always recognized, as llama.cpp and Hugging Face do; control tokens only on request, so that text from strangers cannot
    /// pose as the end of a turn. Of several tokens at one place the longest wins. Time is near linear in the text.
    ///
    /// - Parameters:
    ///   - addsSpecials: puts BOS and EOS or [CLS] and [SEP] around the text as the vocabulary says.
    ///   - parsesSpecials: recognizes control tokens that are written in the text.
    func encode(_ text: String, addsSpecials: Bool, parsesSpecials: Bool) -> [Int32]

    /// The bytes that a token adds to the output, perhaps only a part of a character (see ``UTF8Stream``).
    ///
    /// Control and unknown tokens give none unless `showsSpecials`; ids out of range give none. ▁ becomes a space, a byte token its byte, GPT-2's letters their bytes.
    func bytes(of token: Int32, showsSpecials: Bool) -> [UInt8]
}

extension Tokenizer {
    /// The text of tokens, without specials. The one leading space that encoding's prefix added is dropped; bytes that are no UTF-8 become U+FFFD.
    public func decode(_ tokens: [Int32]) -> String {
        var text: [UInt8] = []
        for token in tokens { text += bytes(of: token, showsSpecials: false) }
        let isPrefixed = vocabulary.model == .wordPiece || (vocabulary.addsSpacePrefix && !vocabulary.isByteLevel)
        return String(decoding: isPrefixed && text.first == UInt8(ascii: " ") ? text.dropFirst() : text[...], as: UTF8.self)
    }
}

extension Vocabulary {
    /// Whether tokens are spelled in GPT-2's letters.
    var isByteLevel: Bool { model == .bpe && PreTokenizer.named(preTokenizer)?.isRaw != true }
}

/// Where tokenizers come from.
public enum Tokenizers {
    /// The names of all pre-tokenizers that ``make(_:)`` knows, sorted.
    public static var preTokenizers: [String] { PreTokenizer.names }

    /// Builds the tokenizer that a vocabulary asks for; takes tenths of a second for a large one.
    ///
    /// - Throws: `inference.model-unsupported` for an unknown pre-tokenizer, with the known ones; `inference.model-damaged` for a vocabulary without tokens,
    ///   with lists of unequal length, or beyond 4 Mi tokens, 8 Mi merges or 64 MiB.
    public static func make(_ vocabulary: Vocabulary) throws -> any Tokenizer {
        let vocabulary = try vocabulary.checked()
        switch vocabulary.model {
        case .wordPiece: return WordPieceTokenizer(vocabulary)
        case .unigram: return try UnigramTokenizer(vocabulary)
        case .sentencePiece: return MergeTokenizer(vocabulary, PreTokenizer(isRaw: true))
        case .bpe:
            guard let preTokenizer = PreTokenizer.named(vocabulary.preTokenizer) else {
                throw Fault(
                    .modelUnsupported, "the pre-tokenizer \"\(vocabulary.preTokenizer.prefix(64))\" is not among the known: \(PreTokenizer.names.joined(separator: ", "))",
                    remedy: "use a model with one of these, or convert it with the name of the one that splits alike")
            }
            return MergeTokenizer(vocabulary, preTokenizer)
        }
    }
}

import Core
import Foundation

extension TokenizerImport {
    /// Byte-level BPE: GPT-2's letters, merges by rank, words by patterns.
    func byteLevel() throws -> Vocabulary {
        let (tokens, kinds) = try tokens { _, _ in .normal }
        let ignores = file.json["model"]?["ignore_merges"]?.bool ?? false
        let name = try SplitPatterns.name(of: file, ignoresMerges: ignores)
        var vocabulary = Vocabulary(
            model: .bpe, preTokenizer: name, tokens: tokens, kinds: kinds, merges: try file.merges(), addsBOS: roles.addsBOS ?? false, addsEOS: roles.addsEOS ?? false)
        vocabulary.ignoresMerges = ignores
        vocabulary.normalization = try form(file.parts("normalizer", list: "normalizers"))
        return vocabulary
    }

    /// SentencePiece's BPE in the form of Hugging Face: UTF-8 with ▁, bytes as tokens, merges listed instead of scored.
    func sentencePiece() throws -> Vocabulary {
        let (tokens, kinds) = try tokens { ByteTokens.byte($1) == nil || $0 == roles.id(.unknown).map(Int.init) ? .normal : .byte }
        let merges = try file.merges()
        let spacing = try Spacing(file)
        if spacing.splitsWords, tokens.contains(where: { $0.count > 3 && $0.dropFirst(3).contains(MergeRules.space[0]) && String(decoding: $0.dropFirst(3), as: UTF8.self).contains("▁") }) {
            throw TokenizerFile.unsupported("splits words before merging though tokens go over them", supported: "Metaspace with split = false")
        }
        var vocabulary: Vocabulary
        if let scores = MergeScores.scores(tokens: tokens, kinds: kinds, merges: merges) {
            vocabulary = Vocabulary(model: .sentencePiece, tokens: tokens, scores: scores, kinds: kinds)
        } else {
            // Merges that no scores can say: kept as they are, which only this engine reads.
            vocabulary = Vocabulary(model: .bpe, preTokenizer: "none", tokens: tokens, kinds: kinds, merges: merges)
        }
        vocabulary.addsBOS = roles.addsBOS ?? false
        vocabulary.addsEOS = roles.addsEOS ?? false
        vocabulary.addsSpacePrefix = spacing.prefixes
        vocabulary.prefixesOnlyStart = spacing.prefixesOnlyStart
        vocabulary.prefixesOnlyWords = spacing.prefixesOnlyWords
        return vocabulary
    }

    /// SentencePiece's unigram model: pieces with scores, normalized by a compiled table.
    func unigram() throws -> Vocabulary {
        let spacing = try Spacing(file)
        let unknown = file.json["model"]?["unk_id"]?.int
        let (tokens, kinds) = try tokens { id, token in id == unknown ? .unknown : file.json["model"]?["byte_fallback"]?.bool == true && ByteTokens.byte(token) != nil ? .byte : .normal }
        let scores = tokens.indices.map { file.scores.indices.contains($0) ? file.scores[$0] : -10_000 }
        var vocabulary = Vocabulary(model: .unigram, tokens: tokens, scores: scores, kinds: kinds, removesExtraWhitespace: spacing.removesExtra)
        vocabulary.addsBOS = roles.addsBOS ?? false
        vocabulary.addsEOS = roles.addsEOS ?? false
        vocabulary.addsSpacePrefix = spacing.prefixes
        vocabulary.prefixesOnlyStart = spacing.prefixesOnlyStart
        vocabulary.prefixesOnlyWords = spacing.prefixesOnlyWords
        vocabulary.characterMap = spacing.characterMap
        return vocabulary
    }

    /// BERT's WordPiece. GGUF marks the beginnings of words instead of the other pieces.
    func wordPiece() throws -> Vocabulary {
        let model = file.json["model"]
        guard model?["continuing_subword_prefix"]?.string ?? "##" == "##" else { throw TokenizerFile.unsupported("marks pieces of words otherwise", supported: "##") }
        for (key, type, list) in [("normalizer", "BertNormalizer", "normalizers"), ("pre_tokenizer", "BertPreTokenizer", "pretokenizers")] {
            let types = file.parts(key, list: list).map { $0["type"]?.string ?? "" }
            guard types == [type] else { throw TokenizerFile.unsupported("has the \(key) \(types.map { GGUFReader.quoted($0) }.joined(separator: ", "))", supported: type) }
        }
        let normalizer = file.parts("normalizer", list: "normalizers").first
        guard normalizer?["clean_text"]?.bool != false, normalizer?["handle_chinese_chars"]?.bool != false else {
            throw TokenizerFile.unsupported("leaves text or Chinese characters as they are", supported: "clean_text and handle_chinese_chars")
        }
        var (tokens, kinds) = try tokens { _, _ in .normal }
        for id in tokens.indices where kinds[id] != .control && kinds[id] != .unknown && kinds[id] != .unused {
            tokens[id] = tokens[id].starts(with: Array("##".utf8)) ? Array(tokens[id].dropFirst(2)) : MergeRules.space + tokens[id]
        }
        var vocabulary = Vocabulary(model: .wordPiece, tokens: tokens, kinds: kinds, addsBOS: true, addsEOS: true)
        vocabulary.lowercases = normalizer?["lowercase"]?.bool ?? true
        vocabulary.stripsAccents = normalizer?["strip_accents"]?.bool
        vocabulary.wordScalarCountMax = model?["max_input_chars_per_word"]?.int ?? 100
        return vocabulary
    }
}

/// What a SentencePiece model in Hugging Face's form does to spaces, read from its normalizers and pre-tokenizers.
struct Spacing {
    var prefixes = false
    var prefixesOnlyStart = false
    var prefixesOnlyWords = false
    var removesExtra = false
    var splitsWords = false
    var characterMap: [UInt8] = []

    init(_ file: TokenizerFile) throws {
        for part in file.parts("normalizer", list: "normalizers") { try readNormalizer(part) }
        for part in file.parts("pre_tokenizer", list: "pretokenizers") { try readSplit(part) }
    }

    private mutating func readNormalizer(_ part: JSONValue) throws {
        switch part["type"]?.string ?? "" {
        case "Prepend" where part["prepend"]?.string == "▁": prefixes = true
        // Every reader writes ▁ for a space.
        case "Replace" where part["pattern"]?["String"]?.string == " " && part["content"]?.string == "▁": break
        case "Replace" where part["pattern"]?["Regex"]?.string == " {2,}" && [" ", "▁"].contains(part["content"]?.string ?? ""): removesExtra = true
        case "Strip" where removesExtra || part["strip_left"]?.bool != false: removesExtra = true
        case "Precompiled":
            guard let map = Data(base64Encoded: part["precompiled_charsmap"]?.string ?? "") else { throw TokenizerFile.damaged("has a precompiled_charsmap that is not base64") }
            characterMap = Array(map)
        case let other:
            throw TokenizerFile.unsupported("normalizes text by \(GGUFReader.quoted(other)) in a way that is not known", supported: "Prepend ▁, Replace of spaces, Strip and Precompiled")
        }
    }

    private mutating func readSplit(_ part: JSONValue) throws {
        switch part["type"]?.string ?? "" {
        case "WhitespaceSplit": removesExtra = true
        case "Metaspace" where part["replacement"]?.string ?? "▁" == "▁":
            let scheme = part["prepend_scheme"]?.string ?? (part["add_prefix_space"]?.bool == false ? "never" : "always")
            guard ["always", "first", "never"].contains(scheme) else { throw TokenizerFile.damaged("has the prepend_scheme \(GGUFReader.quoted(scheme))") }
            prefixes = scheme != "never"
            prefixesOnlyStart = scheme == "first"
            prefixesOnlyWords = prefixes
            splitsWords = part["split"]?.bool ?? true
        // After the normalizer there is no space left to split at.
        case "Split" where part["pattern"]?["String"]?.string == " ": break
        case let other: throw TokenizerFile.unsupported("splits text by \(GGUFReader.quoted(other)) in a way that is not known", supported: "WhitespaceSplit and Metaspace for SentencePiece models")
        }
    }
}

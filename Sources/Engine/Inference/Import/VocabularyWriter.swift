import Core

/// A vocabulary as keys of a GGUF file. What Hugging Face's files say beyond llama.cpp's keys stands under `banyan.tokenizer`, which other readers pass over.
extension GGUFWriter {
    mutating func set(_ vocabulary: Vocabulary) {
        let prefix = "tokenizer.ggml."
        set(prefix + "model", text: vocabulary.model.rawValue)
        set(prefix + "pre", text: vocabulary.preTokenizer)
        set(prefix + "tokens", .strings(Array(vocabulary.tokens)))
        if !vocabulary.scores.isEmpty { set(prefix + "scores", .floats(vocabulary.scores)) }
        set(prefix + "token_type", .ints(vocabulary.kinds.map { Int64($0.rawValue) }))
        if !vocabulary.merges.isEmpty { set(prefix + "merges", .strings(vocabulary.merges.map { Array($0.utf8) })) }
        let roles: [(String, Int32?)] = [
            ("bos", vocabulary.bos), ("eos", vocabulary.eos), ("unknown", vocabulary.unknown), ("seperator", vocabulary.separator), ("padding", vocabulary.padding),
            ("cls", vocabulary.cls), ("mask", vocabulary.mask), ("eot", vocabulary.eot),
        ]
        for (name, id) in roles { if let id { set(prefix + name + "_token_id", .uint(UInt64(id))) } }
        set(prefix + "add_bos_token", .bool(vocabulary.addsBOS))
        set(prefix + "add_eos_token", .bool(vocabulary.addsEOS))
        if vocabulary.model == .sentencePiece || vocabulary.model == .unigram { set(prefix + "add_space_prefix", .bool(vocabulary.addsSpacePrefix)) }
        if vocabulary.model == .unigram { set(prefix + "remove_extra_whitespaces", .bool(vocabulary.removesExtraWhitespace)) }
        if !vocabulary.characterMap.isEmpty { set(prefix + "precompiled_charsmap", encoded: Self.byteArray(vocabulary.characterMap)) }
        if let lowercases = vocabulary.lowercases { set(prefix + "normalizer.lowercase", .bool(lowercases)) }
        if let strips = vocabulary.stripsAccents { set(prefix + "normalizer.strip_accents", .bool(strips)) }
        setExtras(of: vocabulary)
    }

    private mutating func setExtras(of vocabulary: Vocabulary) {
        let prefix = Vocabulary.extraPrefix
        if let ignores = vocabulary.ignoresMerges { set(prefix + "ignores_merges", .bool(ignores)) }
        if vocabulary.normalization != .none { set(prefix + "normalization", text: vocabulary.normalization.rawValue) }
        if !vocabulary.trimsBefore.isEmpty { set(prefix + "trims_before", .ints(vocabulary.trimsBefore.sorted().map { Int64($0) })) }
        if !vocabulary.trimsAfter.isEmpty { set(prefix + "trims_after", .ints(vocabulary.trimsAfter.sorted().map { Int64($0) })) }
        if vocabulary.prefixesOnlyStart { set(prefix + "prefixes_only_start", .bool(true)) }
        if vocabulary.prefixesOnlyWords { set(prefix + "prefixes_only_words", .bool(true)) }
        if vocabulary.addsSpacePrefix, vocabulary.model == .bpe { set(prefix + "adds_space_prefix", .bool(true)) }
        if let count = vocabulary.wordScalarCountMax { set(prefix + "word_characters_max", .uint(UInt64(max(0, count)))) }
    }

    mutating func set(_ key: String, text: String) { set(key, .string(Array(text.utf8))) }

    /// An array of bytes, which readers of the normalization rules expect; ``MetadataValue`` would write wider numbers.
    private static func byteArray(_ bytes: [UInt8]) -> [UInt8] {
        var out: [UInt8] = []
        out.append(little: MetadataType.array.rawValue)
        out.append(little: MetadataType.uint8.rawValue)
        out.append(text: bytes)
        return out
    }
}

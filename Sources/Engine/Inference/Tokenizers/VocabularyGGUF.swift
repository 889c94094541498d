import Core

extension Vocabulary {
    /// The vocabulary that a GGUF file carries.
    public init(_ file: GGUFFile) throws {
        let metadata = file.metadata
        func id(_ key: String) -> Int32? { metadata["tokenizer.ggml.\(key)_token_id"]?.int.flatMap { Int32(exactly: $0) } }
        guard let model = Vocabulary.Model(rawValue: metadata["tokenizer.ggml.model"]?.string ?? "") else {
            throw Fault(
                .modelUnsupported, "the tokenizer \"\(metadata["tokenizer.ggml.model"]?.string ?? "")\" is not supported", remedy: "supported are gpt2, llama, bert and t5")
        }
        guard let tokens = metadata["tokenizer.ggml.tokens"]?.strings, !tokens.isEmpty else {
            throw Fault(.modelDamaged, "the model file has no tokenizer.ggml.tokens", remedy: "get the file again")
        }
        self.init(
            model: model, preTokenizer: metadata["tokenizer.ggml.pre"]?.string ?? "default", tokens: tokens, scores: metadata["tokenizer.ggml.scores"]?.floats ?? [],
            kinds: (metadata["tokenizer.ggml.token_type"]?.ints ?? []).map { Vocabulary.Kind(rawValue: Int($0)) ?? .normal },
            merges: (metadata["tokenizer.ggml.merges"]?.strings ?? []).map { String(decoding: $0, as: UTF8.self) }, bos: id("bos"), eos: id("eos"), unknown: id("unknown"),
            separator: id("seperator") ?? id("separator"), padding: id("padding"), cls: id("cls") ?? (model == .wordPiece ? id("bos") : nil), mask: id("mask"), eot: id("eot"),
            addsBOS: metadata["tokenizer.ggml.add_bos_token"]?.bool, addsEOS: metadata["tokenizer.ggml.add_eos_token"]?.bool,
            addsSpacePrefix: metadata["tokenizer.ggml.add_space_prefix"]?.bool, removesExtraWhitespace: metadata["tokenizer.ggml.remove_extra_whitespaces"]?.bool ?? false)
        characterMap = (metadata["tokenizer.ggml.precompiled_charsmap"]?.ints ?? []).map { UInt8(truncatingIfNeeded: $0) }
        lowercases = metadata["tokenizer.ggml.normalizer.lowercase"]?.bool
        stripsAccents = metadata["tokenizer.ggml.normalizer.strip_accents"]?.bool
        readExtras(metadata)
    }

    /// What ``GGUFWriter/set(_:)`` writes of an imported tokenizer that llama.cpp has no key for.
    private mutating func readExtras(_ metadata: [String: MetadataValue]) {
        func value(_ key: String) -> MetadataValue? { metadata[Self.extraPrefix + key] }
        func ids(_ key: String) -> Set<Int32> { Set((value(key)?.ints ?? []).compactMap { Int32(exactly: $0) }) }
        ignoresMerges = value("ignores_merges")?.bool
        normalization = Normalization(rawValue: value("normalization")?.string ?? "") ?? .none
        (trimsBefore, trimsAfter) = (ids("trims_before"), ids("trims_after"))
        prefixesOnlyStart = value("prefixes_only_start")?.bool ?? false
        prefixesOnlyWords = value("prefixes_only_words")?.bool ?? false
        if let adds = value("adds_space_prefix")?.bool { addsSpacePrefix = adds }
        wordScalarCountMax = value("word_characters_max")?.int
    }
}

import Core
import Foundation
import Support
import Testing

@testable import Inference

/// Tokenizers from tokenizer.json, through the file that is written: what they read text as, and what stands in the file for other readers.
@Suite struct TokenizerImportTests {
    /// A network of the smallest size around a tokenizer.
    private func imported(
        _ tokenizer: JSONValue, count: Int, type: String = "llama", files: [String: JSONValue] = [:], texts: [String: String] = [:]
    ) throws -> (file: GGUFFile, tokenizer: any Tokenizer) {
        let writer = try CheckpointWriter()
        try writer.write(TinyNetwork.config(type: type, vocabulary: count), to: "config.json")
        try writer.write(tokenizer, to: "tokenizer.json")
        for (name, json) in files { try writer.write(json, to: name) }
        for (name, text) in texts { try writer.write(text: text, to: name) }
        TinyNetwork.add(to: writer, type: type, vocabulary: count)
        try writer.finish()
        let file = try writer.imported()
        return (file, try Tokenizers.make(Vocabulary(file)))
    }

    private let letters: [String] = (33...126).map { (byte: UInt8) -> String in String(UnicodeScalar(byte)) } + ["Ġ", "Ċ", "th", "Ġth", "Ġthe"]

    @Test func byteLevelMergesAreReadInBothSpellings() throws {
        let spellings: [[JSONValue]] = [["t h", "Ġ th", "Ġth e"], [["t", "h"], ["Ġ", "th"], ["Ġth", "e"]]]
        for merges in spellings {
            let (file, tokenizer) = try imported(TinyTokenizers.byteLevel(letters, merges: merges), count: letters.count + 4)
            #expect(file.metadata["tokenizer.ggml.pre"]?.string == "qwen2")
            #expect(tokenizer.vocabulary.normalization == .nfc && tokenizer.vocabulary.ignoresMerges == false)
            let ids = tokenizer.encode("the the", addsSpecials: true, parsesSpecials: false)
            #expect(ids.map { String(decoding: tokenizer.bytes(of: $0, showsSpecials: true), as: UTF8.self) } == ["th", "e", " the"])
            // Added tokens, and what fills the matrix up.
            let end = Int32(letters.count)
            #expect(tokenizer.encode("e<|im_end|>", addsSpecials: false, parsesSpecials: true).last == end)
            #expect(tokenizer.vocabulary.kinds.suffix(4) == [.control, .control, .unused, .unused])
            #expect(tokenizer.vocabulary.tokens.last == Array("[PAD\(letters.count + 3)]".utf8))
        }
    }

    @Test(arguments: [
        (TinyTokenizers.qwenPattern, false, "qwen2"),
        (#"(?i:'s|'t|'re|'ve|'m|'ll|'d)|[^\r\n\p{L}\p{N}]?\p{L}+|\p{N}{1,3}| ?[^\s\p{L}\p{N}]+[\r\n]*|\s*[\r\n]+|\s+(?!\S)|\s+"#, true, "llama-bpe"),
        (#"(?i:'s|'t|'re|'ve|'m|'ll|'d)|[^\r\n\p{L}\p{N}]?\p{L}+|\p{N}{1,3}| ?[^\s\p{L}\p{N}]+[\r\n]*|\s*[\r\n]+|\s+(?!\S)|\s+"#, false, "dbrx"),
        (#"[^\r\n\p{L}\p{N}]?[\p{Lu}\p{Lt}\p{Lm}\p{Lo}\p{M}]*[\p{Ll}\p{Lm}\p{Lo}\p{M}]+|[^\r\n\p{L}\p{N}]?[\p{Lu}\p{Lt}\p{Lm}\p{Lo}\p{M}]+[\p{Ll}\p{Lm}\p{Lo}\p{M}]*|\p{N}| ?[^\s\p{L}\p{N}]+[\r\n/]*|\s*[\r\n]+|\s+(?!\S)|\s+"#, true, "tekken"),
        (#"[^\r\n\p{L}\p{N}]?[\p{Lu}\p{Lt}\p{Lm}\p{Lo}\p{M}]*[\p{Ll}\p{Lm}\p{Lo}\p{M}]+(?i:'s|'t|'re|'ve|'m|'ll|'d)?|[^\r\n\p{L}\p{N}]?[\p{Lu}\p{Lt}\p{Lm}\p{Lo}\p{M}]+[\p{Ll}\p{Lm}\p{Lo}\p{M}]*(?i:'s|'t|'re|'ve|'m|'ll|'d)?|\p{N}{1,3}| ?[^\s\p{L}\p{N}]+[\r\n/]*|\s*[\r\n]+|\s+(?!\S)|\s+"#, false, "gpt-4o"),
    ])
    func splittingIsRecognizedByItsPattern(pattern: String, ignoresMerges: Bool, name: String) throws {
        var json = TinyTokenizers.byteLevel(letters, merges: ["t h"], pattern: pattern)
        var model = json["model"] ?? .null
        model["ignore_merges"] = .bool(ignoresMerges)
        json["model"] = model
        #expect(try imported(json, count: letters.count + 2).file.metadata["tokenizer.ggml.pre"]?.string == name)
        #expect(Tokenizers.preTokenizers.contains(name))
    }

    @Test func otherByteLevelRulesAreRecognizedToo() throws {
        let rules: [(JSONValue, String)] = [
            (["type": "ByteLevel", "add_prefix_space": false], "gpt-2"),
            (["type": "Sequence", "pretokenizers": [["type": "Digits", "individual_digits": true], ["type": "ByteLevel", "add_prefix_space": false, "use_regex": true]]], "smollm"),
        ]
        for (rule, name) in rules {
            var json = TinyTokenizers.byteLevel(letters, merges: ["t h"])
            json["pre_tokenizer"] = rule
            #expect(try imported(json, count: letters.count + 2).file.metadata["tokenizer.ggml.pre"]?.string == name)
        }
    }

    @Test func anUnknownPatternIsNamedWithTheKnown() throws {
        let json = TinyTokenizers.byteLevel(letters, merges: ["t h"], pattern: "[aeiou]+|.")
        #expect { try imported(json, count: letters.count + 2) } throws: { error in
            let fault = error as? Fault
            return fault?.code == .modelUnsupported && fault?.message.contains("[aeiou]+|.") == true && fault?.remedy?.contains("qwen2") == true
        }
    }

    private let pieces = ["<unk>", "<s>", "</s>", "<0x0A>", "<0xE6>", "▁", "a", "b", "c", "▁a", "ab", "▁ab", "abc"]
    private let merges = ["▁ a", "a b", "▁ ab", "▁a b", "ab c"]

    @Test func mergesOfSentencePieceBecomeScores() throws {
        let config: JSONValue = ["bos_token": "<s>", "eos_token": ["content": "</s>"], "unk_token": "<unk>"]
        let (file, tokenizer) = try imported(TinyTokenizers.sentencePiece(pieces, merges: merges), count: pieces.count, files: ["tokenizer_config.json": config])
        #expect(file.metadata["tokenizer.ggml.model"]?.string == "llama" && file.metadata["tokenizer.ggml.merges"] == nil)
        let vocabulary = tokenizer.vocabulary
        #expect(vocabulary.bos == 1 && vocabulary.eos == 2 && vocabulary.unknown == 0 && vocabulary.addsBOS && !vocabulary.addsEOS && vocabulary.addsSpacePrefix)
        #expect(vocabulary.kinds.prefix(5) == [.unknown, .control, .control, .byte, .byte])
        // By the list: "▁ a" first, then "▁a b"; "ab c" never finds its "ab".
        #expect(tokenizer.encode("abc", addsSpecials: true, parsesSpecials: false) == [1, 11, 8])
        #expect(tokenizer.encode("\nc", addsSpecials: false, parsesSpecials: false) == [5, 3, 8])
    }

    @Test func mergesThatNoScoresCanSayAreKept() throws {
        // "▁a b" is left out: by scores "▁ab" would be made of it.
        let (file, tokenizer) = try imported(TinyTokenizers.sentencePiece(pieces, merges: ["▁ a", "a b", "▁ ab", "ab c"]), count: pieces.count)
        #expect(file.metadata["tokenizer.ggml.model"]?.string == "gpt2" && file.metadata["tokenizer.ggml.pre"]?.string == "none")
        #expect(tokenizer.encode("ab", addsSpecials: false, parsesSpecials: false) == [9, 7])
    }

    @Test func scoresNeedMergesThatStandTogether() {
        let tokens = pieces.map { Array($0.utf8) }
        let kinds = pieces.indices.map { $0 < 5 ? Vocabulary.Kind.control : .normal }
        let scores = MergeScores.scores(tokens: tokens, kinds: kinds, merges: merges)
        #expect(scores?[9] == 0 && scores?[10] == -1 && scores?[11] == -2 && scores?[12] == -3)
        #expect(MergeScores.scores(tokens: tokens, kinds: kinds, merges: ["▁ a", "▁ ab", "a b", "▁a b", "ab c"]) == nil)
        #expect(MergeScores.scores(tokens: tokens, kinds: kinds, merges: merges + ["a c"]) == nil)
        // Runs may be mixed: they share a score. Merges that spell a mark are passed over.
        let runs = ["</s>", "▁", "▁▁", "▁▁▁", "▁▁▁▁", "</", "s>"].map { Array($0.utf8) }
        let runKinds: [Vocabulary.Kind] = [.control, .normal, .normal, .normal, .normal, .normal, .normal]
        let mixed = ["▁ ▁", "▁▁ ▁▁", "▁ ▁▁", "▁▁ ▁", "▁▁▁ ▁", "</ s>", "▁ ▁▁▁"]
        #expect(MergeScores.scores(tokens: runs, kinds: runKinds, merges: mixed) == [-1e6, -1e6, 0, -1, -1, -1e6, -1e6])
        #expect(MergeScores.scores(tokens: tokens, kinds: kinds, merges: []) == nil)
    }

    @Test func aMetaspacePutsASpaceOnlyBeforeWords() throws {
        for (scheme, expected) in [("first", [[9], [9], [9, 1, 6]] as [[Int32]]), ("never", [[6], [9], [6, 1, 6]]), ("always", [[9], [9], [9, 1, 9]])] {
            var json = TinyTokenizers.sentencePiece(pieces, merges: merges)
            json["normalizer"] = .null
            json["pre_tokenizer"] = ["type": "Metaspace", "replacement": "▁", "prepend_scheme": .string(scheme), "split": false]
            let tokenizer = try imported(json, count: pieces.count).tokenizer
            let found = ["a", " a", "a<s>a"].map { tokenizer.encode($0, addsSpecials: false, parsesSpecials: true) }
            #expect(found == expected, "\(scheme)")
        }
    }

    @Test func wordPieceIsMarkedAtTheBeginningAndKeepsItsBound() throws {
        let tokens = ["[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]", "play", "##ing", "a", "##a"]
        let files: [String: JSONValue] = ["special_tokens_map.json": ["cls_token": "[CLS]", "sep_token": "[SEP]", "pad_token": "[PAD]", "mask_token": "[MASK]"], "sentence_bert_config.json": ["max_seq_length": 5]]
        let (file, tokenizer) = try imported(TinyTokenizers.wordPiece(tokens), count: tokens.count, type: "bert", files: files)
        #expect(file.metadata["tokenizer.ggml.tokens"]?.strings?.map { String(decoding: $0, as: UTF8.self) }.suffix(4) == ["▁play", "ing", "▁a", "a"])
        #expect(file.metadata["tokenizer.ggml.seperator_token_id"]?.int == 3 && file.metadata["tokenizer.ggml.normalizer.lowercase"]?.bool == true)
        #expect(tokenizer.encode("Playing [MASK]", addsSpecials: true, parsesSpecials: true) == [2, 5, 6, 4, 3])
        // Eight letters are the longest word.
        #expect(tokenizer.encode(String(repeating: "a", count: 8), addsSpecials: false, parsesSpecials: false) == [7, 8, 8, 8, 8, 8, 8, 8])
        #expect(tokenizer.encode(String(repeating: "a", count: 9), addsSpecials: false, parsesSpecials: false) == [1])
        #expect(file.metadata["banyan.embedding.tokens_max"]?.int == 5)
    }

    @Test func spellingsThatUnicodeCallsEqualStayApart() throws {
        let tokens = ["[PAD]", "[UNK]", "[CLS]", "[SEP]", "\u{E9}", "e\u{301}", "\u{2126}", "\u{3A9}"]
        var json = TinyTokenizers.wordPiece(Array(tokens.prefix(4)), lowercase: false).text
        let vocabulary = tokens.enumerated().map { "\"\($1)\":\($0)" }.joined(separator: ",")
        json = json.replacing(#/"vocab":\{[^}]*\}/#, with: "\"vocab\":{\(vocabulary)}")
        let writer = try CheckpointWriter()
        try writer.write(TinyNetwork.config(type: "bert", vocabulary: tokens.count), to: "config.json")
        try writer.write(text: json, to: "tokenizer.json")
        TinyNetwork.add(to: writer, type: "bert", vocabulary: tokens.count)
        try writer.finish()
        let found = try writer.imported().metadata["tokenizer.ggml.tokens"]?.strings
        #expect(found.map { Array($0.suffix(4)) } == tokens.suffix(4).map { Array(("▁" + $0).utf8) })
    }

    @Test func unigramKeepsScoresAndSpaces() throws {
        let pieces: [(String, Double)] = [("<s>", 0), ("<pad>", 0), ("</s>", 0), ("<unk>", 0), ("▁", -2), ("a", -3), ("▁a", -1.5), ("b", -4)]
        var json = TinyTokenizers.unigram(pieces, unknown: 3)
        json["post_processor"] = [
            "type": "TemplateProcessing", "single": [["SpecialToken": ["id": "<s>"]], ["Sequence": ["id": "A"]], ["SpecialToken": ["id": "</s>"]]],
        ]
        let map: JSONValue = ["bos_token": "<s>", "eos_token": "</s>", "pad_token": "<pad>", "unk_token": "<unk>"]
        let (file, tokenizer) = try imported(json, count: pieces.count + 1, type: "xlm-roberta", files: ["special_tokens_map.json": map])
        #expect(file.metadata["tokenizer.ggml.model"]?.string == "t5" && file.metadata["tokenizer.ggml.remove_extra_whitespaces"]?.bool == true)
        #expect(file.metadata["tokenizer.ggml.scores"]?.floats == [0, 0, 0, 0, -2, -3, -1.5, -4, -10_000])
        #expect(tokenizer.encode("a   ab", addsSpecials: true, parsesSpecials: false) == [0, 6, 6, 7, 2])
        #expect(tokenizer.encode("aé", addsSpecials: false, parsesSpecials: false) == [6, 3])
        #expect(tokenizer.vocabulary.padding == 1 && tokenizer.vocabulary.unknown == 3)
    }

    @Test func templatesComeFromAnyOfTheirPlaces() throws {
        let json = TinyTokenizers.byteLevel(letters, merges: ["t h"])
        let count = letters.count + 2
        func template(_ files: [String: JSONValue], _ texts: [String: String] = [:]) throws -> String? {
            try imported(json, count: count, files: files, texts: texts).file.metadata["tokenizer.chat_template"]?.string
        }
        #expect(try template([:]) == nil)
        #expect(try template(["tokenizer_config.json": ["chat_template": "A"]]) == "A")
        #expect(try template(["tokenizer_config.json": ["chat_template": [["name": "tool_use", "template": "T"], ["name": "default", "template": "D"]]]]) == "D")
        #expect(try template(["tokenizer_config.json": ["chat_template": "A"]], ["chat_template.jinja": "B\n"]) == "B\n")
    }

    @Test func aTurnEndThatOnlyTheGenerationSettingsNameEndsAnswers() throws {
        let json = TinyTokenizers.byteLevel(letters, merges: ["t h"])
        let files: [String: JSONValue] = ["tokenizer_config.json": ["eos_token": "<|im_end|>"], "generation_config.json": ["eos_token_id": [.int(letters.count), 5]]]
        let vocabulary = try imported(json, count: letters.count + 2, files: files).tokenizer.vocabulary
        #expect(vocabulary.eos == Int32(letters.count) && vocabulary.eot == 5)
    }
}

/// One layer of width 4: enough to carry a tokenizer.
enum TinyNetwork {
    static func config(type: String, vocabulary: Int) -> JSONValue {
        [
            "model_type": .string(type), "hidden_size": 4, "intermediate_size": 4, "num_hidden_layers": 1, "num_attention_heads": 1, "max_position_embeddings": 16,
            "vocab_size": .int(vocabulary), "tie_word_embeddings": true, "type_vocab_size": 0, "pad_token_id": 1,
        ]
    }

    static func add(to writer: CheckpointWriter, type: String, vocabulary: Int) {
        func add(_ name: String, _ shape: [Int]) { writer.add(name, shape, (0..<shape.reduce(1, *)).map { Float($0 % 7) / 8 }) }
        guard type == "llama" else {
            add("embeddings.word_embeddings.weight", [vocabulary, 4])
            add("embeddings.position_embeddings.weight", [16, 4])
            for name in ["attention.self.query", "attention.self.key", "attention.self.value", "attention.output.dense", "intermediate.dense", "output.dense"] {
                add("encoder.layer.0.\(name).weight", [4, 4])
                add("encoder.layer.0.\(name).bias", [4])
            }
            for name in ["embeddings.LayerNorm", "encoder.layer.0.attention.output.LayerNorm", "encoder.layer.0.output.LayerNorm"] { for part in ["weight", "bias"] { add("\(name).\(part)", [4]) } }
            return
        }
        add("model.embed_tokens.weight", [vocabulary, 4])
        for name in ["self_attn.q_proj", "self_attn.k_proj", "self_attn.v_proj", "self_attn.o_proj", "mlp.gate_proj", "mlp.up_proj", "mlp.down_proj"] { add("model.layers.0.\(name).weight", [4, 4]) }
        for name in ["model.layers.0.input_layernorm", "model.layers.0.post_attention_layernorm", "model.norm"] { add("\(name).weight", [4]) }
    }
}

import Core

/// Recognizes a byte-level pre-tokenizer by its own rules: the patterns that `tokenizer.json` splits by, in order, stand here under llama.cpp's name for them.
///
/// llama.cpp's converter recognizes a tokenizer by the hash of an encoded text, which an added token or another vocabulary changes; the rules are what a name means.
enum SplitPatterns {
    private static let contractions = "(?i:'s|'t|'re|'ve|'m|'ll|'d)"
    private static let cased = #"[^\r\n\p{L}\p{N}]?[\p{Lu}\p{Lt}\p{Lm}\p{Lo}\p{M}]*[\p{Ll}\p{Lm}\p{Lo}\p{M}]+"#
    private static let upper = #"[^\r\n\p{L}\p{N}]?[\p{Lu}\p{Lt}\p{Lm}\p{Lo}\p{M}]+[\p{Ll}\p{Lm}\p{Lo}\p{M}]*"#
    private static let blanks = #"\s*[\r\n]+|\s+(?!\S)|\s+"#

    /// GPT-2's own pattern, by the name of the part that has it built in.
    private static let classic = "ByteLevel"
    private static func modern(_ letters: String = #"\p{L}"#, digits: String) -> String {
        contractions + #"|[^\r\n\p{L}\p{N}]?"# + letters + "+|" + digits + #"| ?[^\s\p{L}\p{N}]+[\r\n]*|"# + blanks
    }
    private static let o200k = "\(cased)\(contractions)?|\(upper)\(contractions)?" + #"|\p{N}{1,3}| ?[^\s\p{L}\p{N}]+[\r\n/]*|"# + blanks
    private static let cl100k = #"'(?i:[sdmt]|ll|ve|re)|[^\r\n\p{L}\p{N}]?+\p{L}+|\p{N}{1,3}| ?[^\s\p{L}\p{N}]++[\r\n]*|\s*[\r\n]|\s+(?!\S)|\s+"#
    private static let deepSeek3 =
        ##"[!"#$%&'()*+,\-./:;<=>?@\[\\\]^_`{|}~][A-Za-z]+|[^\r\n\p{L}\p{P}\p{S}]?[\p{L}\p{M}]+| ?[\p{P}\p{S}]+[\r\n]*|\s*[\r\n]+|\s+(?!\S)|\s+"##

    /// The names, by their stages. `llama-bpe` and its like differ from `dbrx` only in ``Vocabulary/ignoresMerges``, which is written beside the name.
    private static let names: [[String]: String] = [
        [classic]: "gpt-2",
        ["Digits", classic]: "smollm",
        [modern(digits: #"\p{N}{1,3}"#)]: "dbrx",
        [cl100k]: "dbrx",
        [modern(digits: #"\p{N}"#)]: "qwen2",
        [modern(digits: #"\p{N}{1}"#)]: "qwen2",
        [contractions + #"|[^\r\n\p{L}\p{N}]?[\p{L}\p{M}]+|\p{N}| ?[^\s\p{L}\p{M}\p{N}]+[\r\n]*|"# + blanks]: "qwen35",
        [contractions + #"|[^\r\n\p{L}\p{N}]?\p{L}+|\p{N}{1}| ?[^\s\p{L}\p{N}\r\n]+|"# + blanks]: "seed-coder",
        [o200k]: "gpt-4o",
        ["\(cased)|\(upper)" + #"|\p{N}| ?[^\s\p{L}\p{N}]+[\r\n/]*|"# + blanks]: "tekken",
        [#"\p{N}{1,3}"#, "[一-龥぀-ゟ゠-ヿ]+", deepSeek3]: "deepseek-v3",
        ["[\r\n]", #"\s?\p{L}+"#, #"\s?\p{P}+"#, "[一-龥ࠀ-一가-퟿]+", "Digits"]: "deepseek-coder",
    ]

    /// The name for the rules of a file.
    ///
    /// - Throws: `inference.model-unsupported` with the rules that the file has, and the names of those that are known.
    static func name(of file: TokenizerFile, ignoresMerges: Bool) throws -> String {
        let stages = try file.parts("pre_tokenizer", list: "pretokenizers").compactMap(stage)
        guard let name = names[stages] else {
            throw TokenizerFile.unsupported(
                "splits text by rules that are not known: " + stages.map { GGUFReader.quoted($0) }.joined(separator: ", "),
                supported: "the rules of " + Set(names.values).sorted().joined(separator: ", ") + "; a model already converted to GGUF may use the others that `tokenizer.ggml.pre` names")
        }
        // Readers that know only the name take the flag from it.
        return name == "dbrx" && ignoresMerges ? "llama-bpe" : name
    }

    /// A part in one word or pattern; nil for one that does not split.
    private static func stage(_ part: JSONValue) throws -> String? {
        switch part["type"]?.string ?? "" {
        case "ByteLevel":
            guard part["add_prefix_space"]?.bool != true else { throw TokenizerFile.unsupported("puts a space before byte-level text", supported: "add_prefix_space = false") }
            return part["use_regex"]?.bool == false ? nil : classic
        case "Digits": return part["individual_digits"]?.bool == true ? "Digits" : "Digits in runs"
        case "Split":
            // What a pattern matches stands alone; patterns that match everything may as well say that the rest is removed.
            let isInverted = part["invert"]?.bool ?? false
            let behavior = part["behavior"]?.string ?? ""
            guard let pattern = part["pattern"]?["Regex"]?.string, (behavior == "Isolated" && !isInverted) || (behavior == "Removed" && isInverted) else {
                return "Split \(part["pattern"]?.text ?? "") \(behavior)"
            }
            return pattern
        case let other: return other
        }
    }
}

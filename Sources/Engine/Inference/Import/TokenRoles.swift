import Core

/// Which tokens have a role, and which of them stand around a text. Several files say so; the first that does wins: `tokenizer_config.json`, `special_tokens_map.json`,
/// the tokenizer's own model, `config.json`, `generation_config.json`.
struct TokenRoles {
    /// The roles, by the word that all the files have for them.
    enum Role: String, CaseIterable { case bos, eos, unknown = "unk", separator = "sep", padding = "pad", cls, mask }

    private var ids: [Role: Int] = [:]
    /// Other tokens that end an answer.
    private var otherEnds: [Int] = []
    /// Whether a text begins and ends with a mark; nil where nothing says so.
    private(set) var addsBOS: Bool?, addsEOS: Bool?
    private let count: Int

    init(_ checkpoint: Checkpoint, _ file: TokenizerFile) throws {
        let settings = try Checkpoint.json(checkpoint.path, "tokenizer_config.json")
        let map = try Checkpoint.json(checkpoint.path, "special_tokens_map.json")
        let generation = try Checkpoint.json(checkpoint.path, "generation_config.json")
        count = max(file.tokens.count, (file.added.map(\.id).max() ?? -1) + 1)
        for role in Role.allCases {
            let key = role.rawValue + "_token"
            ids[role] = [settings?[key], map?[key]].lazy.compactMap { Self.text($0) }.compactMap { file.id(of: $0) }.first
        }
        if ids[.unknown] == nil { ids[.unknown] = file.json["model"]?["unk_token"]?.string.flatMap { file.id(of: $0) } ?? file.json["model"]?["unk_id"]?.int }
        readNumbers(checkpoint.config, generation)
        readProcessors(file)
        addsBOS = addsBOS ?? settings?["add_bos_token"]?.bool
        addsEOS = addsEOS ?? settings?["add_eos_token"]?.bool
        // BERT's marks are the first and the last of a text.
        if ids[.bos] == nil { ids[.bos] = ids[.cls] }
        if ids[.eos] == nil { ids[.eos] = ids[.separator] }
    }

    /// A token is its text, or an object that has it.
    private static func text(_ value: JSONValue?) -> String? { value?.string ?? value?["content"]?.string }

    private mutating func readNumbers(_ config: CheckpointConfig, _ generation: JSONValue?) {
        for role in Role.allCases {
            let key = role.rawValue + "_token_id"
            for value in [config.value(key), generation?[key]] {
                let numbers = (value?.array ?? [value].compactMap { $0 }).compactMap(\.int).filter { (0..<count).contains($0) }
                if ids[role] == nil { ids[role] = numbers.first }
                if role == .eos { otherEnds += numbers.filter { $0 != ids[.eos] } }
            }
        }
    }

    /// What the post-processor puts around one text.
    private mutating func readProcessors(_ file: TokenizerFile) {
        for part in file.parts("post_processor", list: "processors") {
            switch part["type"]?.string {
            case "ByteLevel":
                addsBOS = addsBOS ?? false
                addsEOS = addsEOS ?? false
            case "RobertaProcessing", "BertProcessing": (addsBOS, addsEOS) = (true, true)
            case "TemplateProcessing":
                let single = part["single"]?.array ?? []
                let first = single.first?["SpecialToken"]?["id"]?.string.flatMap { file.id(of: $0) }
                let last = single.count > 1 ? single.last?["SpecialToken"]?["id"]?.string.flatMap { file.id(of: $0) } : nil
                addsBOS = first != nil
                addsEOS = last != nil
                // The template is what is done; names elsewhere may lag behind.
                if let first, first != ids[.cls] { ids[.bos] = first }
                if let last, last != ids[.separator] {
                    if let eos = ids[.eos], eos != last { otherEnds.append(eos) }
                    ids[.eos] = last
                }
            default: break
            }
        }
    }

    /// The token of a role; nil where there is none.
    func id(_ role: Role) -> Int32? { ids[role].flatMap { (0..<count).contains($0) ? Int32($0) : nil } }

    /// A token that ends an answer besides `eos`, where its spelling does not already say so.
    func turnEnd(_ vocabulary: Vocabulary) -> Int32? {
        let known = Set(Vocabulary.endSpellings.map { Array($0.utf8) })
        return otherEnds.first { vocabulary.tokens.indices.contains($0) && $0 != ids[.eos] && !known.contains(vocabulary.tokens[$0]) }.map { Int32($0) }
    }
}

/// The template of conversations that a folder holds.
enum CheckpointTemplate {
    /// `chat_template.jinja`, else what `tokenizer_config.json` or `chat_template.json` says; of several the one called default. Nil where there is none.
    static func read(_ folder: String) throws -> String? {
        if let text = try Checkpoint.text(folder, "chat_template.jinja") { return text }
        for name in ["tokenizer_config.json", "chat_template.json"] {
            guard let value = try Checkpoint.json(folder, name)?["chat_template"] else { continue }
            if let text = value.string { return text }
            let named = value.array ?? []
            if let text = (named.first { $0["name"]?.string == "default" } ?? named.first)?["template"]?.string { return text }
        }
        return nil
    }
}

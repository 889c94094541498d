import Core

/// `tokenizer.json`: its parts, and its tokens in the order of their ids.
struct TokenizerFile {
    /// A token that is looked for before the text is split.
    struct Added {
        var id: Int
        var content: [UInt8]
        var isSpecial: Bool
        var trimsBefore: Bool
        var trimsAfter: Bool
    }

    let json: JSONValue
    /// `model.type`, which the oldest files leave out.
    let type: String
    let added: [Added]
    /// The tokens of the model, by id; nil where ids are left out.
    private(set) var tokens: [[UInt8]?] = []
    /// The scores of a unigram model, by id.
    private(set) var scores: [Float] = []

    /// - Throws: `inference.model-damaged` for missing or malformed parts, and for ids beyond 4 Mi.
    init(_ json: JSONValue) throws {
        self.json = json
        guard let model = json["model"], model.object != nil else { throw Self.damaged("has no model") }
        guard let vocabulary = model["vocab"]?.array else { throw Self.damaged("has no model.vocab") }
        type = model["type"]?.string ?? (model["merges"] != nil ? "BPE" : vocabulary.first?.array != nil ? "Unigram" : "WordPiece")
        added = try (json["added_tokens"]?.array ?? []).map(Self.added)
        try type == "Unigram" ? readPieces(vocabulary) : readPairs(vocabulary)
    }

    static func damaged(_ what: String) -> Fault { Fault(.modelDamaged, "tokenizer.json \(what)", remedy: "get the model's folder again") }

    static func unsupported(_ what: String, supported: String) -> Fault { Fault(.modelUnsupported, "tokenizer.json \(what)", remedy: "supported are \(supported)") }

    private static func added(_ json: JSONValue) throws -> Added {
        guard let id = json["id"]?.int, (0..<Vocabulary.tokenCountMax).contains(id), let content = json["content"]?.string, !content.isEmpty else {
            throw damaged("has an added token without an id below \(Vocabulary.tokenCountMax) or without text")
        }
        guard json["single_word"]?.bool != true else { throw unsupported("has the added token \(GGUFReader.quoted(content)), which stands alone only", supported: "tokens that stand anywhere") }
        return Added(
            id: id, content: Array(content.utf8), isSpecial: json["special"]?.bool ?? false, trimsBefore: json["lstrip"]?.bool ?? false, trimsAfter: json["rstrip"]?.bool ?? false)
    }

    /// `[[piece, score] …]`, numbered as they stand.
    private mutating func readPieces(_ pieces: [JSONValue]) throws {
        guard pieces.count <= Vocabulary.tokenCountMax else { throw Self.damaged("has \(pieces.count) tokens; \(Vocabulary.tokenCountMax) is the limit") }
        for piece in pieces {
            guard let text = piece[0]?.string, let score = piece[1]?.double else { throw Self.damaged("has a piece that is not [text, score]") }
            tokens.append(Array(text.utf8))
            scores.append(Float(score))
        }
    }

    /// text, id, text, id …
    private mutating func readPairs(_ values: [JSONValue]) throws {
        guard values.count % 2 == 0, values.count / 2 <= Vocabulary.tokenCountMax else { throw Self.damaged("has a model.vocab that is no object, or over \(Vocabulary.tokenCountMax) tokens") }
        tokens = Array(repeating: nil, count: values.count / 2)
        for index in stride(from: 0, to: values.count, by: 2) {
            guard let text = values[index].string, let id = values[index + 1].int, (0..<Vocabulary.tokenCountMax).contains(id) else {
                throw Self.damaged("has a token whose id is no number below \(Vocabulary.tokenCountMax)")
            }
            if id >= tokens.count { tokens += Array(repeating: nil, count: id + 1 - tokens.count) }
            guard tokens[id] == nil else { throw Self.damaged("gives the id \(id) to two tokens") }
            tokens[id] = Array(text.utf8)
        }
    }

    /// The merges as "a b", most wanted first. Newer files hold pairs, whose parts may have a blank in them; none of the known ones has.
    func merges() throws -> [String] {
        guard let list = json["model"]?["merges"]?.array else { throw Self.damaged("has no model.merges") }
        guard list.count <= Vocabulary.mergeCountMax else { throw Self.damaged("has \(list.count) merges; \(Vocabulary.mergeCountMax) is the limit") }
        return try list.map { merge in
            if let text = merge.string { return text }
            guard let left = merge[0]?.string, let right = merge[1]?.string, merge.array?.count == 2 else { throw Self.damaged("has a merge that is no pair") }
            guard !left.utf8.contains(32), !right.utf8.contains(32) else { throw Self.unsupported("has a merge with a blank in it", supported: "merges of parts without blanks") }
            return left + " " + right
        }
    }

    /// The id of a token by its spelling; added ones win.
    func id(of spelling: String) -> Int? {
        let bytes = Array(spelling.utf8)
        return added.first { $0.content == bytes }?.id ?? tokens.firstIndex { $0 == bytes }
    }

    /// The parts of a sequence of normalizers, pre-tokenizers or processors; a single one is a sequence of one.
    func parts(_ key: String, list: String) -> [JSONValue] {
        guard let part = json[key], part != .null else { return [] }
        return Self.flattened(part, list: list)
    }

    private static func flattened(_ part: JSONValue, list: String) -> [JSONValue] {
        part["type"]?.string == "Sequence" ? (part[list]?.array ?? []).flatMap { flattened($0, list: list) } : [part]
    }
}

import Core
import Foundation

/// Makes a vocabulary of `tokenizer.json` and the files beside it.
struct TokenizerImport {
    let file: TokenizerFile
    /// Rows of the embedding matrix: the tokens that a file must have. Missing ones are filled in.
    let tokenCount: Int
    let roles: TokenRoles

    /// Reads the folder's tokenizer.
    ///
    /// - Throws: `core.file` when there is no tokenizer.json, `inference.model-damaged`, and `inference.model-unsupported` naming what is not known and what is.
    static func vocabulary(of checkpoint: Checkpoint, tokenCount: Int) throws -> Vocabulary {
        guard let json = try Checkpoint.json(checkpoint.path, "tokenizer.json") else {
            throw Fault(.file, "\(checkpoint.path) has no tokenizer.json", remedy: "save the tokenizer in its fast form, which writes the file; tokenizer.model alone is not read")
        }
        let file = try TokenizerFile(json)
        return try TokenizerImport(file: file, tokenCount: tokenCount, roles: try TokenRoles(checkpoint, file)).vocabulary()
    }

    private func vocabulary() throws -> Vocabulary {
        var vocabulary: Vocabulary
        switch file.type {
        case "BPE": vocabulary = try isByteLevel ? byteLevel() : sentencePiece()
        case "Unigram": vocabulary = try unigram()
        case "WordPiece": vocabulary = try wordPiece()
        case let other: throw TokenizerFile.unsupported("has the model \(GGUFReader.quoted(other))", supported: "BPE, Unigram and WordPiece")
        }
        vocabulary.bos = roles.id(.bos)
        vocabulary.eos = roles.id(.eos)
        vocabulary.unknown = roles.id(.unknown)
        vocabulary.separator = roles.id(.separator)
        vocabulary.padding = roles.id(.padding)
        vocabulary.cls = roles.id(.cls)
        vocabulary.mask = roles.id(.mask)
        vocabulary.eot = roles.turnEnd(vocabulary)
        vocabulary.trimsBefore = Set(file.added.filter(\.trimsBefore).map { Int32($0.id) })
        vocabulary.trimsAfter = Set(file.added.filter(\.trimsAfter).map { Int32($0.id) })
        return vocabulary
    }

    private var isByteLevel: Bool {
        file.parts("pre_tokenizer", list: "pretokenizers").contains { $0["type"]?.string == "ByteLevel" } || file.json["decoder"]?["type"]?.string == "ByteLevel"
    }

    // MARK: Tokens

    /// The tokens up to ``tokenCount``, and what each is for.
    func tokens(kind: (Int, [UInt8]) -> Vocabulary.Kind) throws -> (tokens: [[UInt8]], kinds: [Vocabulary.Kind]) {
        let highest = max(file.tokens.lastIndex { $0 != nil } ?? -1, file.added.map(\.id).max() ?? -1)
        guard highest < tokenCount else { throw TokenizerFile.damaged("has a token with the id \(highest); the model has embeddings for \(tokenCount)") }
        var tokens = [[UInt8]](), kinds = [Vocabulary.Kind]()
        for id in 0..<tokenCount {
            if file.tokens.indices.contains(id), let token = file.tokens[id] {
                tokens.append(token)
                kinds.append(kind(id, token))
            } else {
                tokens.append(Array("[PAD\(id)]".utf8))
                kinds.append(.unused)
            }
        }
        for added in file.added {
            let isOwn = file.tokens.indices.contains(added.id) && file.tokens[added.id] != nil
            tokens[added.id] = added.content
            if added.isSpecial || Self.looksSpecial(added.content) {
                kinds[added.id] = .control
            } else if !isOwn || !added.content.contains(MergeRules.space[0]) || isByteLevel {
                // Text never holds the mark for a space, so an own token with it is reached by merges only.
                kinds[added.id] = .userDefined
            }
        }
        if let unknown = roles.id(.unknown), !isByteLevel { kinds[Int(unknown)] = .unknown }
        return (tokens, kinds)
    }

    /// Tokens that some files forget to call special (the list is llama.cpp's).
    private static func looksSpecial(_ content: [UInt8]) -> Bool {
        let text = String(decoding: content, as: UTF8.self)
        return ["<pad>", "<mask>", "<2mass>", "[@BOS@]"].contains(text) || (text.hasPrefix("<|") && text.hasSuffix("|>")) || (text.hasPrefix("<｜") && text.hasSuffix("｜>"))
            || (text.hasPrefix("<unused") && text.hasSuffix(">"))
    }

    // MARK: Normalizers

    /// A Unicode form, if that is all the file asks for.
    func form(_ parts: [JSONValue]) throws -> Vocabulary.Normalization {
        guard let part = parts.first else { return .none }
        guard parts.count == 1, let form = Vocabulary.Normalization(rawValue: (part["type"]?.string ?? "").lowercased()) else {
            throw TokenizerFile.unsupported(
                "normalizes text by \(parts.map { GGUFReader.quoted($0["type"]?.string ?? "") }.joined(separator: ", "))", supported: "NFC, NFD, NFKC and NFKD for byte-level models")
        }
        return form
    }
}

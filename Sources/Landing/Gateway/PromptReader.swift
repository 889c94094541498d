import Core

/// A prompt of a completion.
enum Prompt: Sendable {
    case text(String)
    case tokens([Int32])
}

extension RequestReader {
    /// Prompts of one request.
    static let promptCountMax = 64

    /// A text, texts, tokens, or lists of tokens.
    var prompts: [Prompt] {
        get throws {
            let refusal = APIError.invalid("prompt must be a text, up to \(Self.promptCountMax) texts, token ids, or up to \(Self.promptCountMax) lists of token ids", parameter: "prompt")
            if let text = json["prompt"]?.string { return [.text(text)] }
            guard let list = json["prompt"]?.array, let first = list.first else { throw refusal }
            if first.int != nil { return [.tokens(try Self.tokens(list, else: refusal))] }
            guard list.count <= Self.promptCountMax else { throw refusal }
            return try list.map { element in
                if let text = element.string { return .text(text) }
                return .tokens(try Self.tokens(element.array ?? [], else: refusal))
            }
        }
    }

    /// Token ids; whether the vocabulary has them is the model's to say.
    static func tokens(_ values: [JSONValue], else refusal: APIError) throws -> [Int32] {
        let ids = values.compactMap { $0.int.flatMap { Int32(exactly: $0) } }
        guard ids.count == values.count, !ids.isEmpty else { throw refusal }
        return ids
    }
}

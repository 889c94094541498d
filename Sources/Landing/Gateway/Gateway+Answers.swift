import Core
import Inference
import Models

/// One answer of several to a request, gathered or streamed.
struct AnswerAssembly: Sendable {
    var text = ""
    var tokens: [AnswerEvent.TokenReport] = []
    var reason = GenerationEvent.FinishReason.stop
    var statistics = GenerationStatistics()

    mutating func add(_ event: AnswerEvent) {
        switch event {
        case .text(let piece, let reports):
            text += piece
            tokens += reports
        case .finished(let why, let cost):
            reason = why
            statistics = cost
        }
    }
}

extension GenerationEvent.FinishReason {
    /// OpenAI's word for it.
    var apiName: String { self == .length ? "length" : "stop" }
}

enum AnswerJSON {
    /// Probabilities in the form of chat completions.
    static func chatLogProbabilities(_ tokens: [AnswerEvent.TokenReport]) -> JSONValue {
        func entry(_ bytes: [UInt8], _ logProbability: Double) -> [String: JSONValue] {
            ["token": .string(String(decoding: bytes, as: UTF8.self)), "logprob": .double(logProbability), "bytes": .array(bytes.map { .int(Int($0)) })]
        }
        return [
            "content": .array(
                tokens.map { token in
                    var json = entry(token.bytes, token.logProbability)
                    json["top_logprobs"] = .array(token.alternatives.map { .object(entry($0.bytes, $0.logProbability)) })
                    return .object(json)
                }), "refusal": .null,
        ]
    }

    /// Probabilities in the form of completions.
    static func completionLogProbabilities(_ tokens: [AnswerEvent.TokenReport]) -> JSONValue {
        var offset = 0
        var offsets: [JSONValue] = []
        for token in tokens {
            offsets.append(.int(offset))
            offset += String(decoding: token.bytes, as: UTF8.self).unicodeScalars.count
        }
        return [
            "tokens": .array(tokens.map { .string(String(decoding: $0.bytes, as: UTF8.self)) }), "token_logprobs": .array(tokens.map { .double($0.logProbability) }),
            "top_logprobs": .array(
                tokens.map { token in
                    .object(Dictionary(token.alternatives.map { (String(decoding: $0.bytes, as: UTF8.self), JSONValue.double($0.logProbability)) }) { first, _ in first })
                }), "text_offset": .array(offsets),
        ]
    }

    /// What answers cost, `each` of them to the same prompt.
    static func usage(_ all: [GenerationStatistics], each: Int) -> JSONValue {
        let prompts = stride(from: 0, to: all.count, by: each).map { all[$0] }
        let (prompt, answer) = (prompts.reduce(0) { $0 + $1.promptTokens }, all.reduce(0) { $0 + $1.answerTokens })
        return [
            "prompt_tokens": .int(prompt), "completion_tokens": .int(answer), "total_tokens": .int(prompt + answer),
            "prompt_tokens_details": ["cached_tokens": .int(prompts.reduce(0) { $0 + $1.cachedTokens })],
        ]
    }

    /// One server-sent event.
    static func event(_ json: JSONValue) -> [UInt8] { Array("data: \(json.text)\n\n".utf8) }
    static let done = Array("data: [DONE]\n\n".utf8)
}

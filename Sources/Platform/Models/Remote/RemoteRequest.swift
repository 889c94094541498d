import Core
import Inference

/// Requests in the words that remote servers know.
enum RemoteRequest {
    /// A client's request for a remote: every member goes along, since a remote may know more than we do; the model gets its name there, and members that servers name differently go under both names.
    static func translated(_ request: JSONValue, for model: RemoteModel, streams: Bool) -> JSONValue {
        var json = request
        json["model"] = .string(model.remoteName)
        json["stream"] = streams ? true : nil
        if !streams { json["stream_options"] = nil }
        // Ollama knows the older name only.
        if json["max_tokens"] == nil, let count = json["max_completion_tokens"], count != .null { json["max_tokens"] = count }
        // vLLM's word, and llama-server's.
        if json["repeat_penalty"] == nil, let penalty = json["repetition_penalty"], penalty != .null { json["repeat_penalty"] = penalty }
        return json
    }

    /// A conversation with our options. Members at their neutral values are left out, since strict servers refuse what they do not know.
    static func chat(_ messages: [ChatMessage], options: AnswerOptions) -> JSONValue {
        let sampling = options.sampling
        var json: JSONValue = ["messages": .array(messages.map { ["role": .string($0.role), "content": .string($0.content)] })]
        json["temperature"] = .double(sampling.temperature)
        json["seed"] = .int(Int(sampling.seed & 0x7FFF_FFFF))
        json["stream_options"] = ["include_usage": true]
        if sampling.topP < 1 { json["top_p"] = .double(sampling.topP) }
        if sampling.topK > 0 { json["top_k"] = .int(sampling.topK) }
        if sampling.minP > 0 { json["min_p"] = .double(sampling.minP) }
        if sampling.repetitionPenalty != 1 { json["repetition_penalty"] = .double(sampling.repetitionPenalty) }
        if sampling.presencePenalty != 0 { json["presence_penalty"] = .double(sampling.presencePenalty) }
        if sampling.frequencyPenalty != 0 { json["frequency_penalty"] = .double(sampling.frequencyPenalty) }
        if !sampling.bias.isEmpty {
            json["logit_bias"] = .object(Dictionary(uniqueKeysWithValues: sampling.bias.map { ("\($0.key)", .double(max(-100, min(100, Double($0.value))))) }))
        }
        if let count = options.tokenCountMax { json["max_tokens"] = .int(count) }
        if !options.stop.isEmpty { json["stop"] = .array(options.stop.map { .string($0) }) }
        switch options.constraint?.source {
        case .jsonObject?: json["response_format"] = ["type": "json_object"]
        case .jsonSchema(let text)?:
            json["response_format"] = ["type": "json_schema", "json_schema": ["name": "answer", "strict": true, "schema": (try? JSONValue(parsing: text)) ?? .null]]
        // llama-server's word.
        case .gbnf(let text)?: json["grammar"] = .string(text)
        case nil: break
        }
        if let count = options.alternatives {
            json["logprobs"] = true
            json["top_logprobs"] = .int(count)
        }
        return json
    }
}

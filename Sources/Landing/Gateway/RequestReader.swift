import Core
import Inference
import Models

/// Reads the members of a request's body, with errors that name the member.
struct RequestReader {
    let json: JSONValue
    /// The body as it came: members of a schema have an order that `json` does not keep.
    let text: String

    /// - Throws: ``APIError`` for a body that is no JSON object.
    init(_ body: [UInt8]) throws {
        guard let text = String(validating: body, as: UTF8.self) else { throw APIError.invalid("the body is not UTF-8") }
        self.text = text
        do { json = try JSONValue(parsing: text) } catch { throw APIError.invalid("the body is no JSON: \((error as? Fault)?.message ?? "")") }
        guard json.object != nil else { throw APIError.invalid("the body is no JSON object") }
    }

    var model: String {
        get throws {
            guard let name = json["model"]?.string, !name.isEmpty else { throw APIError.invalid("you must provide a model parameter", parameter: "model") }
            return name
        }
    }

    /// A number within a range; nil when missing or null.
    func number(_ name: String, _ range: ClosedRange<Double>) throws -> Double? {
        guard let value = json[name], value != .null else { return nil }
        guard let number = value.double, range.contains(number) else { throw APIError.invalid("\(name) must be a number from \(range.lowerBound) to \(range.upperBound)", parameter: name) }
        return number
    }

    func integer(_ name: String, _ range: ClosedRange<Int>) throws -> Int? {
        guard let value = json[name], value != .null else { return nil }
        guard let number = value.int, range.contains(number) else { throw APIError.invalid("\(name) must be an integer from \(range.lowerBound) to \(range.upperBound)", parameter: name) }
        return number
    }

    func bool(_ name: String) throws -> Bool? {
        guard let value = json[name], value != .null else { return nil }
        guard let bool = value.bool else { throw APIError.invalid("\(name) must be true or false", parameter: name) }
        return bool
    }

    /// The messages of a conversation. Content may be text, or a list of parts of which only text is understood here.
    var messages: [ChatMessage] {
        get throws {
            guard let list = json["messages"]?.array, !list.isEmpty, list.count <= 10_000 else { throw APIError.invalid("messages must be a list of 1 to 10000 messages", parameter: "messages") }
            return try list.enumerated().map { index, message in
                guard let role = message["role"]?.string, ["system", "developer", "user", "assistant", "tool"].contains(role) else {
                    throw APIError.invalid("messages[\(index)].role must be system, developer, user, assistant or tool", parameter: "messages")
                }
                return ChatMessage(role: role == "developer" ? "system" : role, content: try content(message["content"], index))
            }
        }
    }

    private func content(_ value: JSONValue?, _ index: Int) throws -> String {
        if let text = value?.string { return text }
        if value == nil || value == .null { return "" }
        guard let parts = value?.array else { throw APIError.invalid("messages[\(index)].content must be text or a list of parts", parameter: "messages") }
        return try parts.map { part in
            guard part["type"]?.string == "text", let text = part["text"]?.string else {
                throw APIError.invalid("messages[\(index)] has a part that is no text; this server reads text only", parameter: "messages")
            }
            return text
        }.joined()
    }

    /// Stop texts: one, or up to four.
    var stop: [String] {
        get throws {
            guard let value = json["stop"], value != .null else { return [] }
            if let one = value.string { return [one] }
            guard let list = value.array, list.count <= 4, !list.contains(where: { $0.string == nil }) else { throw APIError.invalid("stop must be a text or up to 4 texts", parameter: "stop") }
            return list.compactMap(\.string)
        }
    }

    /// Sampling as OpenAI's members say it, with those of local servers (`top_k`, `min_p`, `repetition_penalty`) understood too.
    var sampling: SamplingParameters {
        get throws {
            var sampling = SamplingParameters()
            // OpenAI's defaults: temperature 1, everything considered.
            (sampling.temperature, sampling.topP, sampling.topK, sampling.minP) = (1, 1, 0, 0)
            if let value = try number("temperature", 0...2) { sampling.temperature = value }
            if let value = try number("top_p", 0...1) { sampling.topP = value }
            if let value = try integer("top_k", 0...1_000_000) { sampling.topK = value }
            if let value = try number("min_p", 0...1) { sampling.minP = value }
            if let value = try number("presence_penalty", -2...2) { sampling.presencePenalty = value }
            if let value = try number("frequency_penalty", -2...2) { sampling.frequencyPenalty = value }
            if let value = try number("repetition_penalty", 0.1...10) { sampling.repetitionPenalty = value }
            if let seed = try integer("seed", .min ... .max) { sampling.seed = UInt64(bitPattern: Int64(seed)) }
            if let bias = json["logit_bias"], bias != .null {
                guard let members = bias.object, members.count <= 1024 else { throw APIError.invalid("logit_bias must be an object of up to 1024 token ids", parameter: "logit_bias") }
                // A bias of 0 asks for nothing, whatever it names.
                for (token, value) in members where value.double != 0 {
                    guard let id = Int32(token), let number = value.double, (-100...100).contains(number) else {
                        throw APIError.invalid("logit_bias must map token ids to numbers from -100 to 100", parameter: "logit_bias")
                    }
                    // At the ends a token is forced or forbidden.
                    sampling.bias[id] = number <= -100 ? -.infinity : Float(number)
                }
            }
            return sampling
        }
    }

    /// Options that chat and completions share.
    func options(lengthName: [String]) throws -> AnswerOptions {
        var options = AnswerOptions()
        options.sampling = try sampling
        options.stop = try stop
        options.constraint = try constraint
        for name in lengthName { if let count = try integer(name, 1...10_000_000) { options.tokenCountMax = count } }
        return options
    }

    /// Answers to one request.
    var count: Int { get throws { try integer("n", 1...16) ?? 1 } }
}

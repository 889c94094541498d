import Core
import Foundation
import Inference
import Models
import Synchronization

/// Answers API requests with the models of a host.
public final class Gateway: Sendable {
    let host: ModelHost
    let keys: GatewayKeys
    let clock: any WallClock
    let ids: IdentifierSource
    let tuning: FineTuneQueue?
    let detection: (any DetectionService)?
    let metrics = GatewayMetrics()
    let moreMetrics: (@Sendable () async throws -> String)?
    /// Bytes of a request's body.
    static let bodyByteCountMax = 16 << 20
    /// Bytes of an uploaded file with its form.
    static let uploadByteCountMax = 65 << 20
    /// Texts of one request for embeddings.
    static let inputCountMax = 2048

    /// - Parameters:
    ///   - tuning: files and jobs of fine-tuning; nil knows neither.
    ///   - detection: answers `/v1/detect`; nil does not know it.
    ///   - moreMetrics: what `/metrics` says beside its own, in Prometheus' text form.
    public init(
        host: ModelHost, keys: GatewayKeys, clock: any WallClock, ids: IdentifierSource, tuning: FineTuneQueue? = nil, detection: (any DetectionService)? = nil, moreMetrics: (@Sendable () async throws -> String)? = nil
    ) {
        (self.host, self.keys, self.clock, self.ids) = (host, keys, clock, ids)
        (self.tuning, self.detection, self.moreMetrics) = (tuning, detection, moreMetrics)
    }

    /// Whether a path belongs to the API.
    public static func serves(_ path: String) -> Bool { path == "/v1" || path.hasPrefix("/v1/") || path == "/metrics" }

    /// Bytes of a request's body that whoever reads it should take: more for files, from callers with a key only.
    public func bodyByteCountMax(of path: String, authorization: String?) -> Int {
        path == "/v1/files" && tuning != nil && keys.permits(authorization) ? Self.uploadByteCountMax : Self.bodyByteCountMax
    }

    /// Answers a request. Never throws: errors are answers in OpenAI's form.
    public func answer(_ request: GatewayRequest) async -> GatewayAnswer {
        let answer: GatewayAnswer
        do {
            guard keys.permits(request.authorization) else {
                throw APIError(status: 401, type: "invalid_request_error", code: "invalid_api_key", parameter: nil, message: "incorrect API key provided; send Authorization: Bearer KEY")
            }
            answer = try await route(request)
        } catch let error as APIError {
            answer = error.answer
        } catch let fault as Fault {
            answer = APIError(fault).answer
        } catch let refusal as RemoteRefusal {
            answer = APIError(refusal).answer
        } catch {
            answer = APIError(status: 500, type: "server_error", code: nil, parameter: nil, message: "an unexpected error of kind \(type(of: error))").answer
        }
        metrics.count(request.path, status: answer.status)
        return answer
    }

    private func route(_ request: GatewayRequest) async throws -> GatewayAnswer {
        switch (request.method, request.path) {
        case ("GET", "/metrics"):
            let text = metrics.text(loaded: host.loadedNames.count, load: host.load) + (try await moreMetrics?() ?? "")
            return GatewayAnswer(status: 200, contentType: "text/plain; version=0.0.4; charset=utf-8", body: .whole(Array(text.utf8)))
        case ("GET", "/v1/models"): return .json(["object": "list", "data": .array(try await models())])
        case ("GET", let path) where path.hasPrefix("/v1/models/"):
            let name = String(path.dropFirst("/v1/models/".count))
            return .json(try await model(name.removingPercentEncoding ?? name))
        case ("POST", "/v1/chat/completions"): return try await chat(RequestReader(request.body))
        case ("POST", "/v1/completions"): return try await complete(RequestReader(request.body))
        case ("POST", "/v1/embeddings"): return try await embed(RequestReader(request.body))
        case ("POST", "/v1/detect"):
            guard let detection else { throw Self.unknown(request) }
            return try detect(RequestReader(request.body), detection)
        case (_, "/v1/detect"), (_, "/v1/chat/completions"), (_, "/v1/completions"), (_, "/v1/embeddings"), (_, "/v1/models"):
            throw APIError(status: 405, type: "invalid_request_error", code: nil, parameter: nil, message: "not allowed to \(request.method) on \(request.path)")
        default:
            guard let tuning else { throw Self.unknown(request) }
            let parts = request.path.split(separator: "/", maxSplits: 8, omittingEmptySubsequences: false).dropFirst().map { $0.removingPercentEncoding ?? "" }
            if parts.starts(with: ["v1", "files"]) { return try await files(request, parts.dropFirst(2), tuning) }
            if parts.starts(with: ["v1", "fine_tuning", "jobs"]) { return try await fineTuning(request, parts.dropFirst(3), tuning) }
            throw Self.unknown(request)
        }
    }

    private static func json(_ record: ModelRecord) -> JSONValue {
        ["id": .string(record.name), "object": "model", "created": .int(Int(record.importedAt)), "owned_by": "local"]
    }

    private static func json(_ remote: RemoteModel) -> JSONValue {
        ["id": .string(remote.name), "object": "model", "created": .int(Int(remote.addedAt)), "owned_by": "remote"]
    }

    private static func json(_ adapter: AdapterRecord) -> JSONValue {
        ["id": .string(adapter.name), "object": "model", "created": .int(Int(adapter.importedAt)), "owned_by": "local", "parent": .string(adapter.base)]
    }

    private func models() async throws -> [JSONValue] {
        let registry = host.registry
        let bundled = try await host.bundledName().map { [Self.json(bundled: $0)] } ?? []
        return try await registry.all().map(Self.json) + registry.allAdapters().map(Self.json) + registry.allRemotes().map(Self.json) + bundled
    }

    private static func json(bundled name: String) -> JSONValue { ["id": .string(name), "object": "model", "created": 0, "owned_by": "banyan"] }

    private func model(_ name: String) async throws -> JSONValue {
        if try await host.bundledName() == name { return Self.json(bundled: name) }
        if let adapter = try await host.registry.findAdapter(name) { return Self.json(adapter) }
        if let remote = try await host.registry.findRemote(name) { return Self.json(remote) }
        return Self.json(try await host.registry.record(name))
    }

    // MARK: - Chat

    private func chat(_ reader: RequestReader) async throws -> GatewayAnswer {
        if let passed = try await passOn(reader, to: "/chat/completions") { return passed }
        try reader.refuseUnsupportedChat()
        var options = try reader.options(lengthName: ["max_tokens", "max_completion_tokens"])
        if try reader.bool("logprobs") == true { options.alternatives = try reader.integer("top_logprobs", 0...20) ?? 0 }
        let reportsProbabilities = options.alternatives != nil
        let messages = try reader.messages
        let count = try reader.count
        let model = try await host.chat(try reader.model)
        let streams = try (0..<count).map { index in
            var own = options
            // Answers to one request differ, and repeat with its seed.
            own.sampling.seed = seed(options.sampling.seed, index, given: reader.json["seed"]?.int != nil)
            return try model.answer(messages, options: own)
        }
        let head = Head(id: ids.next("chatcmpl"), object: "chat.completion", created: Int(clock.now), model: model.record.name)
        if try reader.bool("stream") == true {
            return stream(streams, each: count, head: head, includesUsage: reader.json["stream_options"]?["include_usage"]?.bool ?? false) { index, piece, reports, reason, isFirst in
                var delta: [String: JSONValue] = piece.isEmpty && reason != nil ? [:] : ["content": .string(piece)]
                if isFirst { delta["role"] = "assistant" }
                return [
                    "index": .int(index), "delta": .object(delta), "logprobs": !reportsProbabilities || reports.isEmpty ? .null : AnswerJSON.chatLogProbabilities(reports),
                    "finish_reason": reason.map { .string($0.apiName) } ?? .null,
                ]
            }
        }
        let answers = try await gather(streams, each: count)
        let choices = answers.enumerated().map { index, answer -> JSONValue in
            [
                "index": .int(index), "message": ["role": "assistant", "content": .string(answer.text), "refusal": .null], "finish_reason": .string(answer.reason.apiName),
                "logprobs": options.alternatives == nil ? .null : AnswerJSON.chatLogProbabilities(answer.tokens),
            ]
        }
        return .json(head.json(choices: choices, usage: AnswerJSON.usage(answers.map(\.statistics), each: count)))
    }

    private func seed(_ seed: UInt64, _ index: Int, given: Bool) -> UInt64 {
        guard !given else { return seed &+ UInt64(index) &* 0x9E37_79B9 }
        return ids.token(length: 12).utf8.reduce(0) { $0 &* 31 &+ UInt64($1) }
    }

    // MARK: - Completions

    private func complete(_ reader: RequestReader) async throws -> GatewayAnswer {
        if let passed = try await passOn(reader, to: "/completions") { return passed }
        try reader.refuseUnsupportedCompletion()
        var options = try reader.options(lengthName: ["max_tokens"])
        if options.tokenCountMax == nil { options.tokenCountMax = 16 }
        options.alternatives = try reader.integer("logprobs", 0...5)
        let prompts = try reader.prompts
        let reportsProbabilities = options.alternatives != nil
        let count = try reader.count
        let echo = try reader.bool("echo") == true
        let model = try await host.chat(try reader.model)
        let echoes = echo ? prompts.map { Self.text(of: $0, model) } : prompts.map { _ in "" }
        var streams: [AsyncThrowingStream<AnswerEvent, any Error>] = []
        for prompt in prompts {
            for index in 0..<count {
                var own = options
                own.sampling.seed = seed(options.sampling.seed, index, given: reader.json["seed"]?.int != nil)
                switch prompt {
                case .text(let text): streams.append(try model.complete(text, options: own))
                case .tokens(let tokens): streams.append(try model.complete(tokens: tokens, options: own))
                }
            }
        }
        let head = Head(id: ids.next("cmpl"), object: "text_completion", created: Int(clock.now), model: model.record.name)
        if try reader.bool("stream") == true {
            return stream(streams, each: count, head: head, includesUsage: reader.json["stream_options"]?["include_usage"]?.bool ?? false) { index, piece, reports, reason, isFirst in
                [
                    "index": .int(index), "text": .string((isFirst ? echoes[index / count] : "") + piece),
                    "logprobs": !reportsProbabilities || reports.isEmpty ? .null : AnswerJSON.completionLogProbabilities(reports),
                    "finish_reason": reason.map { .string($0.apiName) } ?? .null,
                ]
            }
        }
        let answers = try await gather(streams, each: count)
        let choices = answers.enumerated().map { index, answer -> JSONValue in
            [
                "index": .int(index), "text": .string(echoes[index / count] + answer.text), "finish_reason": .string(answer.reason.apiName),
                "logprobs": options.alternatives == nil ? .null : AnswerJSON.completionLogProbabilities(answer.tokens),
            ]
        }
        return .json(head.json(choices: choices, usage: AnswerJSON.usage(answers.map(\.statistics), each: count)))
    }

    private static func text(of prompt: Prompt, _ model: ChatModel) -> String {
        switch prompt {
        case .text(let text): text
        case .tokens(let tokens): String(decoding: tokens.flatMap { model.tokenizer.bytes(of: $0, showsSpecials: true) }, as: UTF8.self)
        }
    }

    // MARK: - Embeddings

    private func embed(_ reader: RequestReader) async throws -> GatewayAnswer {
        if let passed = try await passOn(reader, to: "/embeddings") { return passed }
        let model = try await host.encoder(try reader.model)
        let inputs = try tokens(of: reader.json["input"], model)
        let dimensions = try reader.integer("dimensions", 1...model.width) ?? model.width
        let format = reader.json["encoding_format"]?.string ?? "float"
        guard ["float", "base64"].contains(format) else { throw APIError.invalid("encoding_format must be float or base64", parameter: "encoding_format") }
        let vectors = try model.embed(inputs)
        let data = vectors.enumerated().map { index, vector -> JSONValue in
            let cut = Self.cut(vector, to: dimensions)
            let value: JSONValue = format == "float" ? .array(cut.map { .double(Double($0)) }) : .string(Self.base64(cut))
            return ["object": "embedding", "index": .int(index), "embedding": value]
        }
        let count = inputs.reduce(0) { $0 + $1.count }
        metrics.add(promptTokens: count, answerTokens: 0)
        return .json([
            "object": "list", "data": .array(data), "model": .string(model.name), "usage": ["prompt_tokens": .int(count), "total_tokens": .int(count)],
        ])
    }

    /// Text, texts, tokens, or lists of tokens.
    private func tokens(of input: JSONValue?, _ model: any TextEmbedder) throws -> [[Int32]] {
        let refusal = APIError.invalid("input must be a text, up to \(Self.inputCountMax) texts, or token ids", parameter: "input")
        if let text = input?.string, !text.isEmpty { return [model.tokens(of: text)] }
        guard let list = input?.array, !list.isEmpty, list.count <= Self.inputCountMax || list[0].int != nil else { throw refusal }
        if list[0].int != nil { return [try RequestReader.tokens(list, else: refusal)] }
        return try list.map { element in
            if let text = element.string, !text.isEmpty { return model.tokens(of: text) }
            guard let values = element.array else { throw refusal }
            return try RequestReader.tokens(values, else: refusal)
        }
    }

    /// The first `count` values, at length 1 again.
    private static func cut(_ vector: [Float], to count: Int) -> [Float] {
        guard count < vector.count else { return vector }
        let part = vector.prefix(count)
        let length = part.reduce(0) { $0 + $1 * $1 }.squareRoot()
        return part.map { length > 0 ? $0 / length : $0 }
    }

    /// Little-endian floats, as clients expect.
    private static func base64(_ vector: [Float]) -> String {
        Data(vector.flatMap { value in (0..<4).map { UInt8(truncatingIfNeeded: value.bitPattern >> UInt32($0 * 8)) } }).base64EncodedString()
    }
}

import Core
import Foundation
import Inference
import Models
import ModelSupport
import Store
import Support
import Testing

@testable import Gateway

/// OpenAI's surface over a tiny model, asked without sockets.
@Suite(.serialized) struct GatewayTests {
    let directory: TemporaryDirectory
    let gateway: Gateway
    let host: ModelHost

    init() async throws {
        directory = try TemporaryDirectory()
        (gateway, host) = try await TinyGateway.open(in: directory, context: 64, hasEncoder: true)
    }

    private func ask(_ path: String, _ body: JSONValue? = nil, method: String? = nil, authorization: String? = nil, on other: Gateway? = nil) async -> (status: Int, json: JSONValue, text: String) {
        let request = GatewayRequest(method: method ?? (body == nil ? "GET" : "POST"), path: path, authorization: authorization, body: Array((body?.text ?? "").utf8))
        let answer = await (other ?? gateway).answer(request)
        var bytes: [UInt8] = []
        switch answer.body {
        case .whole(let whole): bytes = whole
        case .stream(let pieces): for await piece in pieces { bytes += piece }
        }
        let text = String(decoding: bytes, as: UTF8.self)
        return (answer.status, (try? JSONValue(parsing: text)) ?? .null, text)
    }

    static let chat: JSONValue = ["model": "tiny", "messages": [["role": "user", "content": "hello"]], "max_tokens": 8, "seed": 7, "temperature": 1.5]

    @Test func modelsAreListedAndNamed() async {
        let list = await ask("/v1/models")
        #expect(list.json["data"]?.array?.compactMap { $0["id"]?.string } == ["encoder", "tiny"])
        #expect(await ask("/v1/models/tiny").json["object"] == "model")
        let missing = await ask("/v1/models/none")
        #expect(missing.status == 404 && missing.json["error"]?["code"] == "model_not_found")
    }

    /// An adapter answers under its own name beside its model, and goes when it is removed.
    @Test func adaptersAnswerBesideTheirModel() async throws {
        let plain = await ask("/v1/chat/completions", Self.chat)
        var random = SeededRandom(seed: 5)
        func values(_ count: Int) -> [Float] { (0..<count).map { _ in Float.random(in: -0.4...0.4, using: &random) } }
        let layers = try ["blk.0.attn_q", "blk.1.ffn_down"].map { name in
            let inputs = name.hasSuffix("down") ? 128 : 64
            return (name, try Adapter.Layer(rank: 2, inputs: inputs, outputs: 64, down: values(2 * inputs), up: values(128)))
        }
        try Adapter(architecture: "llama", layers: Dictionary(uniqueKeysWithValues: layers), alpha: 8).write(to: directory.file("poet.gguf"))
        #expect(try await host.registry.addAdapter(directory.file("poet.gguf"), base: "tiny").name == "tiny:poet")
        let list = await ask("/v1/models")
        #expect(list.json["data"]?.array?.first { $0["id"] == "tiny:poet" }?["parent"] == "tiny")
        var request = Self.chat
        request["model"] = "tiny:poet"
        let adapted = await ask("/v1/chat/completions", request)
        #expect(adapted.status == 200 && adapted.json["model"] == "tiny:poet")
        #expect(adapted.json["choices"]?[0]?["message"] != plain.json["choices"]?[0]?["message"])
        #expect(await ask("/v1/chat/completions", Self.chat).json["choices"]?[0]?["message"] == plain.json["choices"]?[0]?["message"])
        #expect(host.loadedNames == ["tiny"])
        await #expect { try await host.registry.remove("tiny") } throws: { ($0 as? Fault)?.code == .modelInUse }
        await #expect { try await host.registry.add(directory.file("poet.gguf")) } throws: { ($0 as? Fault)?.code == .modelTask }
        try await host.registry.remove("tiny:poet")
        #expect(await ask("/v1/chat/completions", request).status == 404)
    }

    @Test func aConversationIsAnsweredAndRepeatsWithItsSeed() async {
        let one = await ask("/v1/chat/completions", Self.chat)
        #expect(one.status == 200 && one.json["object"] == "chat.completion")
        #expect(one.json["choices"]?[0]?["message"]?["role"] == "assistant")
        #expect(one.json["usage"]?["completion_tokens"]?.int == 8)
        #expect((one.json["usage"]?["prompt_tokens"]?.int ?? 0) > 8)
        let two = await ask("/v1/chat/completions", Self.chat)
        #expect(one.json["choices"]?[0]?["message"] == two.json["choices"]?[0]?["message"])
    }

    @Test func aStreamSaysWhatTheWholeSays() async throws {
        let whole = await ask("/v1/chat/completions", Self.chat)
        var request = Self.chat
        request["stream"] = true
        request["stream_options"] = ["include_usage": true]
        let stream = await ask("/v1/chat/completions", request)
        let events = stream.text.components(separatedBy: "\n\n").filter { !$0.isEmpty }
        #expect(events.last == "data: [DONE]")
        let chunks = try events.dropLast().map { try JSONValue(parsing: String($0.dropFirst(6))) }
        #expect(chunks.allSatisfy { $0["object"] == "chat.completion.chunk" })
        #expect(chunks.first?["choices"]?[0]?["delta"]?["role"] == "assistant")
        let text = chunks.compactMap { $0["choices"]?[0]?["delta"]?["content"]?.string }.joined()
        #expect(text == whole.json["choices"]?[0]?["message"]?["content"]?.string)
        #expect(chunks.compactMap { $0["choices"]?[0]?["finish_reason"]?.string } == ["length"])
        #expect(chunks.last?["usage"]?["completion_tokens"]?.int == 8)
    }

    @Test func severalAnswersDifferAndProbabilitiesAreGiven() async {
        var request = Self.chat
        request["n"] = 3
        request["logprobs"] = true
        request["top_logprobs"] = 2
        let answer = await ask("/v1/chat/completions", request)
        let texts = (answer.json["choices"]?.array ?? []).compactMap { $0["message"]?["content"]?.string }
        #expect(texts.count == 3 && Set(texts).count > 1)
        let tokens = answer.json["choices"]?[0]?["logprobs"]?["content"]?.array ?? []
        #expect(tokens.count == 8)
        #expect(tokens.allSatisfy { ($0["logprob"]?.double ?? 1) <= 0 && $0["top_logprobs"]?.array?.count == 2 })
    }

    @Test func stopTextsEndAnAnswerAndAreNotShown() async throws {
        let free = await ask("/v1/completions", ["model": "tiny", "prompt": "abc", "max_tokens": 20, "temperature": 0])
        let text = try #require(free.json["choices"]?[0]?["text"]?.string)
        let characters = Array(text)
        try #require(characters.count > 6)
        let stop = String(characters[4...5])
        let stopped = await ask("/v1/completions", ["model": "tiny", "prompt": "abc", "max_tokens": 20, "temperature": 0, "stop": [.string(stop)]])
        #expect(stopped.json["choices"]?[0]?["finish_reason"] == "stop")
        #expect(stopped.json["choices"]?[0]?["text"]?.string == text.components(separatedBy: stop)[0])
        let echoed = await ask("/v1/completions", ["model": "tiny", "prompt": ["abc", "x"], "max_tokens": 1, "temperature": 0, "echo": true])
        #expect(echoed.json["choices"]?.array?.count == 2)
        #expect(echoed.json["choices"]?[1]?["text"]?.string?.hasPrefix("x") == true)
    }

    @Test func biasForbidsAToken() async throws {
        let free = await ask("/v1/completions", ["model": "tiny", "prompt": "abc", "max_tokens": 1, "temperature": 0, "logprobs": 1])
        let first = try #require(free.json["choices"]?[0]?["text"]?.string?.utf8.first)
        let id = TinyModel.token(first)
        let other = await ask("/v1/completions", ["model": "tiny", "prompt": "abc", "max_tokens": 1, "temperature": 0, "logit_bias": [String(id): -100]])
        #expect(other.json["choices"]?[0]?["text"] != free.json["choices"]?[0]?["text"])
    }

    /// An encoder that comes with the program answers until a model is imported under its name.
    @Test func theBundledEncoderServes() async throws {
        struct Lengths: TextEmbedder {
            let name = "bundled", width = 2
            func tokens(of text: String) -> [Int32] { Array(repeating: 1, count: text.count) }
            func embed(_ texts: [[Int32]]) throws -> [[Float]] { texts.map { $0.count == 2 ? [0, 1] : [1, 0] } }
        }
        let own = try ModelHost(registry: host.registry, limits: .init(byteCountMax: 64 << 20, threads: 1), clock: ManualWallClock(), bundled: BundledEncoder(name: "bundled") { Lengths() })
        let other = Gateway(host: own, keys: GatewayKeys(hashes: []), clock: ManualWallClock(), ids: IdentifierSource(random: SeededRandom(seed: 4)))
        let answer = await ask("/v1/embeddings", ["model": "bundled", "input": ["停水", "停水了"]], on: other)
        #expect(answer.json["data"]?.array?.map { $0["embedding"]?.array?.compactMap(\.double) } == [[0, 1], [1, 0]] && answer.json["model"] == "bundled" && answer.json["usage"]?["prompt_tokens"] == 5)
        #expect(await ask("/v1/models", on: other).json["data"]?.array?.compactMap { $0["id"]?.string } == ["encoder", "tiny", "bundled"])
        #expect(await ask("/v1/models/bundled", on: other).json["owned_by"] == "banyan")
        #expect(await ask("/v1/embeddings", ["model": "bundled", "input": "x"]).status == 404)
        try await host.registry.add(Repository.path("Tests/Fixtures/models/bert.gguf"), name: "bundled", isLeftInPlace: true)
        #expect(await ask("/v1/embeddings", ["model": "bundled", "input": [2, 20, 31, 3]], on: other).json["data"]?[0]?["embedding"]?.array?.count == 64)
    }

    @Test func textsAreEmbedded() async {
        let one = await ask("/v1/embeddings", ["model": "encoder", "input": [2, 20, 31, 3]])
        let vector = one.json["data"]?[0]?["embedding"]?.array?.compactMap(\.double) ?? []
        #expect(vector.count == 64)
        #expect(abs(vector.reduce(0) { $0 + $1 * $1 } - 1) < 1e-4)
        let coded = await ask("/v1/embeddings", ["model": "encoder", "input": [[2, 20, 31, 3]], "encoding_format": "base64"])
        #expect(Data(base64Encoded: coded.json["data"]?[0]?["embedding"]?.string ?? "")?.count == 256)
        let cut = await ask("/v1/embeddings", ["model": "encoder", "input": [2, 20, 31, 3], "dimensions": 8])
        #expect(cut.json["data"]?[0]?["embedding"]?.array?.count == 8)
        #expect(one.json["usage"]?["prompt_tokens"] == 4)
    }

    @Test(arguments: [
        ("{", 400), ("[]", 400), ("{}", 400), (#"{"model":"none","messages":[{"role":"user","content":"x"}]}"#, 404), (#"{"model":"tiny","messages":[]}"#, 400),
        (#"{"model":"tiny","messages":[{"role":"robot","content":"x"}]}"#, 400), (#"{"model":"tiny","messages":[{"role":"user","content":"x"}],"temperature":9}"#, 400),
        (#"{"model":"tiny","messages":[{"role":"user","content":"x"}],"n":0}"#, 400), (#"{"model":"tiny","messages":[{"role":"user","content":[{"type":"image_url"}]}]}"#, 400),
        (#"{"model":"encoder","messages":[{"role":"user","content":"x"}]}"#, 400), (#"{"model":"tiny","messages":[{"role":"user","content":"x"}],"stop":[1]}"#, 400),
        (#"{"model":"tiny","messages":[{"role":"user","content":"x"}],"logit_bias":{"a":1}}"#, 400),
        (#"{"model":"tiny","messages":[{"role":"user","content":"x"}],"seed":1.5}"#, 400), (#"{"model":"tiny","messages":[{"role":"user","content":"x"}],"seed":"a"}"#, 400),
        (#"{"model":"tiny","messages":[{"role":"user","content":"x"}],"seed":-5,"max_tokens":1,"logit_bias":{"a":0}}"#, 200),
        (#"{"model":"tiny","messages":[{"role":"user","content":"x"}],"tools":[{"type":"function"}]}"#, 400),
        (#"{"model":"tiny","messages":[{"role":"user","content":"x"}],"tools":[{"type":"function"}],"tool_choice":"none","response_format":{"type":"text"},"max_tokens":1}"#, 200),
        (#"{"model":"tiny","messages":[{"role":"user","content":"x"}],"response_format":{"type":"xml"}}"#, 400),
        (#"{"model":"tiny","messages":[{"role":"user","content":"x"}],"modalities":["text","audio"]}"#, 400),
    ])
    func wrongRequestsAreToldWhatIsWrong(body: String, status: Int) async {
        let answer = await gateway.answer(GatewayRequest(method: "POST", path: "/v1/chat/completions", body: Array(body.utf8)))
        #expect(answer.status == status)
        guard case .whole(let bytes) = answer.body, let json = try? JSONValue(parsing: String(decoding: bytes, as: UTF8.self)) else { Issue.record("no JSON"); return }
        guard status != 200 else { return }
        #expect(json["error"]?["message"]?.string?.isEmpty == false && json["error"]?["type"]?.string != nil)
    }

    @Test func aPromptOverTheContextIsRefused() async {
        var request = Self.chat
        request["messages"] = [["role": "user", "content": .string(String(repeating: "word ", count: 100))]]
        let answer = await ask("/v1/chat/completions", request)
        #expect(answer.status == 400 && answer.json["error"]?["message"]?.string?.contains("context") == true)
        #expect(answer.json["error"]?["code"] == "context_length_exceeded")
    }

    @Test func bytesThatAreNoTextAreRefused() async {
        let answer = await gateway.answer(GatewayRequest(method: "POST", path: "/v1/chat/completions", body: [0x7B, 0xFF, 0xFE, 0x7D]))
        #expect(answer.status == 400)
    }

    @Test func promptsMayBeTokens() async throws {
        let text = await ask("/v1/completions", ["model": "tiny", "prompt": "abc", "max_tokens": 5, "temperature": 0, "echo": true])
        let ids = Array("abc".utf8).map { JSONValue.int(TinyModel.token($0)) }
        let tokens = await ask("/v1/completions", ["model": "tiny", "prompt": .array(ids), "max_tokens": 5, "temperature": 0, "echo": true])
        #expect(tokens.json["choices"] == text.json["choices"] && tokens.json["usage"]?["prompt_tokens"] == text.json["usage"]?["prompt_tokens"])
        let lists = await ask("/v1/completions", ["model": "tiny", "prompt": [.array(ids), .array(ids), [40]], "max_tokens": 2, "n": 2])
        #expect(lists.json["choices"]?.array?.count == 6 && lists.json["usage"]?["prompt_tokens"] == 7)
    }

    /// A token outside would fail the whole batch, other people's answers with it.
    @Test(arguments: [[128], [-1], [40, 1_000_000], [9_000_000_000]]) func tokensOutsideTheVocabularyAreRefused(ids: [Int]) async {
        let prompt = JSONValue.array(ids.map { .int($0) })
        #expect(await ask("/v1/completions", ["model": "tiny", "prompt": prompt]).status == 400)
        #expect(await ask("/v1/embeddings", ["model": "encoder", "input": .array([.int(1 << 30)])]).status == 400)
    }

    @Test(arguments: [#"{"suffix":"x"}"#, #"{"best_of":3}"#]) func completionsRefuseWhatTheyCannotDo(member: String) async throws {
        var request: JSONValue = ["model": "tiny", "prompt": "abc", "max_tokens": 1]
        for (name, value) in try JSONValue(parsing: member).object ?? [:] { request[name] = value }
        let answer = await ask("/v1/completions", request)
        #expect(answer.status == 400 && answer.json["error"]?["code"] == "unsupported_parameter")
    }

    @Test func keysAreAskedForWhenThereAreAny() async {
        let guarded = Gateway(host: host, keys: GatewayKeys(hashes: [SHA256.hex(Array("secret".utf8))]), clock: ManualWallClock(), ids: IdentifierSource())
        for authorization in [nil, "Bearer wrong", "secret", "Basic secret"] { #expect(await ask("/v1/models", authorization: authorization, on: guarded).status == 401) }
        #expect(await ask("/v1/models", authorization: "Bearer secret", on: guarded).status == 200)
        #expect(await ask("/metrics", on: guarded).status == 401)
    }

    @Test func unknownPathsAndMethodsAreErrorsInTheSameForm() async {
        #expect(await ask("/v1/none").status == 404)
        #expect(await ask("/v1/chat/completions").status == 405)
        #expect(await ask("/v1/none").json["error"]?["type"] == "invalid_request_error")
    }

    @Test func metricsCountRequestsAndTokens() async {
        _ = await ask("/v1/chat/completions", Self.chat)
        _ = await ask("/v1/whatever/\(UUID())")
        let text = await ask("/metrics").text
        #expect(text.contains("banyan_requests_total{path=\"/v1/chat/completions\",status=\"200\"} 1"))
        #expect(text.contains("banyan_requests_total{path=\"other\",status=\"404\"} 1"))
        #expect(text.contains("banyan_tokens_total{kind=\"answer\"} 8"))
        let guesses = text.split(separator: "\n").filter { $0.hasPrefix("banyan_guessed_tokens_total{") }.compactMap { $0.split(separator: " ").last.flatMap { Int($0) } }
        #expect(guesses.count == 2 && guesses[0] >= guesses[1])
        // The generator's thread counts between batches, so its count may come after the answer.
        var idle = false
        for _ in 0..<10_000 where !idle {
            let now = await ask("/metrics").text
            idle = now.contains("\nbanyan_answers_running 0\n") && now.contains("\nbanyan_answers_waiting 0\n")
        }
        #expect(idle)
    }
}

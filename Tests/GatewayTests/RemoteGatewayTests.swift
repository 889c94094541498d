import Core
import Foundation
import Models
import ModelSupport
import Store
import Support
import Synchronization
import Testing

@testable import Gateway

/// A gateway whose model is a remote, which is another gateway: what comes back is what the other one says, under our name.
@Suite(.serialized) struct RemoteGatewayTests {
    let directory: TemporaryDirectory
    let near: Gateway
    let far: Gateway
    let transport: GatewayTransport

    init() async throws {
        directory = try TemporaryDirectory()
        let clock = ManualWallClock()
        let farRegistry = ModelRegistry(store: try Store.open(at: directory.file("far")), clock: clock)
        try TinyModel.write(to: directory.file("tiny.gguf"))
        try await farRegistry.add(directory.file("tiny.gguf"))
        try await farRegistry.add(Repository.path("Tests/Fixtures/models/bert.gguf"), name: "encoder", isLeftInPlace: true)
        let limits = ModelHost.Limits(byteCountMax: 64 << 20, threads: 1, context: 64, slotCount: 2)
        far = Gateway(
            host: try ModelHost(registry: farRegistry, limits: limits, clock: clock), keys: GatewayKeys(hashes: [SHA256.hex(Array("far-key".utf8))]), clock: clock,
            ids: IdentifierSource(random: SeededRandom(seed: 1)))
        transport = GatewayTransport(far)
        let registry = ModelRegistry(store: try Store.open(at: directory.file("near")), clock: clock)
        let key = try directory.write(Array("far-key\n".utf8), to: "key")
        try await registry.addRemote("tree", url: "http://10.0.0.5/v1", remoteName: "tiny", keyFile: key)
        try await registry.addRemote("vectors", url: "http://10.0.0.5/v1", remoteName: "encoder", keyFile: key)
        try await registry.addRemote("lost", url: "http://10.0.0.5/v1", remoteName: "none", keyFile: key)
        try await registry.addRemote("stranger", url: "http://10.0.0.5/v1", remoteName: "tiny", keyFile: try directory.write(Array("sk-wrong".utf8), to: "wrong"))
        near = Gateway(
            host: try ModelHost(registry: registry, limits: limits, clock: clock, transport: transport), keys: GatewayKeys(hashes: []), clock: clock,
            ids: IdentifierSource(random: SeededRandom(seed: 2)))
    }

    private func ask(_ gateway: Gateway, _ path: String, _ body: JSONValue? = nil) async -> (status: Int, json: JSONValue, text: String) {
        let answer = await gateway.answer(GatewayRequest(method: body == nil ? "GET" : "POST", path: path, authorization: "Bearer far-key", body: Array((body?.text ?? "").utf8)))
        let text = String(decoding: await answer.bytes, as: UTF8.self)
        return (answer.status, (try? JSONValue(parsing: text)) ?? .null, text)
    }

    private static func chat(_ model: String) -> JSONValue { ["model": .string(model), "messages": [["role": "user", "content": "hello"]], "max_tokens": 8, "seed": 7] }

    @Test func remotesAreListedAsSuch() async {
        let list = await ask(near, "/v1/models")
        #expect(list.json["data"]?.array?.compactMap { $0["id"]?.string } == ["lost", "stranger", "tree", "vectors"])
        #expect(await ask(near, "/v1/models/tree").json["owned_by"] == "remote")
    }

    @Test func answersAreTheRemotesUnderOurName() async {
        let direct = await ask(far, "/v1/chat/completions", Self.chat("tiny"))
        let passed = await ask(near, "/v1/chat/completions", Self.chat("tree"))
        #expect(passed.status == 200 && passed.json["model"] == "tree")
        #expect(passed.json["choices"] == direct.json["choices"] && passed.json["choices"]?[0]?["message"]?["content"]?.string?.isEmpty == false)
        let prompt: JSONValue = ["model": "tree", "prompt": [[40, 41], [42]], "max_tokens": 3, "temperature": 0]
        let completed = await ask(near, "/v1/completions", prompt)
        #expect(completed.json["choices"]?.array?.count == 2)
        let vector = await ask(near, "/v1/embeddings", ["model": "vectors", "input": [2, 20, 31, 3]])
        #expect(vector.json["data"]?[0]?["embedding"]?.array?.count == 64)
        let written = [passed, completed].reduce(0) { $0 + ($1.json["usage"]?["completion_tokens"]?.int ?? 0) }
        #expect(written > 8)
        #expect(await ask(near, "/metrics").text.contains("banyan_tokens_total{kind=\"answer\"} \(written)"))
    }

    @Test func streamsArePassedThrough() async {
        var request = Self.chat("tree")
        request["stream"] = true
        request["stream_options"] = ["include_usage": true]
        let whole = await ask(near, "/v1/chat/completions", Self.chat("tree"))
        let stream = await ask(near, "/v1/chat/completions", request)
        let events = stream.text.components(separatedBy: "\n\n").filter { !$0.isEmpty }
        #expect(events.last == "data: [DONE]")
        let chunks = events.dropLast().compactMap { try? JSONValue(parsing: String($0.dropFirst(6))) }
        #expect(chunks.count == events.count - 1 && chunks.allSatisfy { $0["model"] == "tree" })
        #expect(chunks.compactMap { $0["choices"]?[0]?["delta"]?["content"]?.string }.joined() == whole.json["choices"]?[0]?["message"]?["content"]?.string)
    }

    @Test func errorsOfTheRequestKeepTheirStatusAndOthersAreTheServers() async {
        var hot = Self.chat("tree")
        hot["temperature"] = 9
        let refused = await ask(near, "/v1/chat/completions", hot)
        #expect(refused.status == 400 && refused.json["error"]?["param"] == "temperature")
        #expect(await ask(near, "/v1/chat/completions", Self.chat("lost")).status == 404)
        let stranger = await ask(near, "/v1/chat/completions", Self.chat("stranger"))
        #expect(stranger.status == 502 && stranger.json["error"]?["code"] == "remote_unauthorized" && !stranger.text.contains("sk-"))
        try? FileManager.default.removeItem(atPath: directory.file("key"))
        let keyless = await ask(near, "/v1/chat/completions", Self.chat("tree"))
        #expect(keyless.status == 502 && !keyless.text.contains(directory.path))
    }

    @Test func aRemoteThatBreaksOffEndsTheStreamWithAnError() async {
        transport.cut(after: 300)
        var request = Self.chat("tree")
        request["stream"] = true
        let stream = await ask(near, "/v1/chat/completions", request)
        #expect(stream.status == 200 && !stream.text.contains("[DONE]"))
        #expect(stream.text.components(separatedBy: "\n\n").filter { !$0.isEmpty }.last?.contains("\"error\"") == true)
    }

    @Test func aClientThatIsGoneEndsTheRemotesWork() async throws {
        var request = Self.chat("tree")
        request["stream"] = true
        do {
            let answer = await near.answer(GatewayRequest(method: "POST", path: "/v1/chat/completions", body: Array(request.text.utf8)))
            guard case .stream(let pieces) = answer.body else { Issue.record("no stream"); return }
            for await _ in pieces { break }
            #expect(transport.ended == 0)
        }
        // Dropping the answer is all that a server does when its client is gone.
        #expect(transport.ended == 1)
    }

    @Test func withoutATransportRemotesAreRefused() async throws {
        let host = try ModelHost(registry: near.host.registry, limits: .init(byteCountMax: 1 << 20, threads: 1), clock: ManualWallClock())
        let closed = Gateway(host: host, keys: GatewayKeys(hashes: []), clock: ManualWallClock(), ids: IdentifierSource())
        #expect(await ask(closed, "/v1/chat/completions", Self.chat("tree")).status == 403)
    }
}

extension GatewayAnswer {
    /// All of the body.
    var bytes: [UInt8] {
        get async {
            switch body {
            case .whole(let whole): return whole
            case .stream(let pieces): return await pieces.reduce(into: []) { $0 += $1 }
            }
        }
    }
}

/// Carries requests to a gateway of this process.
final class GatewayTransport: HTTPTransport {
    private struct State {
        var ended = 0
        var byteCountMax = Int.max
    }
    private let gateway: Gateway
    private let state = Mutex(State())

    init(_ gateway: Gateway) { self.gateway = gateway }

    /// Answers that nobody reads any more.
    var ended: Int { state.withLock { $0.ended } }
    /// Answers break off after so many bytes.
    func cut(after count: Int) { state.withLock { $0.byteCountMax = count } }

    func send(_ request: OutgoingRequest) async throws -> IncomingAnswer {
        let authorization = request.headers.first { $0.name == "Authorization" }?.value
        let answer = await gateway.answer(GatewayRequest(method: request.method, path: request.address.path, authorization: authorization, body: request.body))
        let bytes = await answer.bytes.prefix(state.withLock { $0.byteCountMax })
        let pieces = PieceSource(stride(from: 0, to: bytes.count, by: 100).map { Array(bytes[$0..<min(bytes.count, $0 + 100)]) })
        let body = ByteChunks(pull: { await pieces.next() }, cancel: { self.state.withLock { $0.ended += 1 } })
        return IncomingAnswer(status: answer.status, headers: [("Content-Type", answer.contentType)], body: body)
    }
}

private actor PieceSource {
    private var pieces: ArraySlice<[UInt8]>
    init(_ pieces: [[UInt8]]) { self.pieces = pieces[...] }
    func next() -> [UInt8]? { pieces.popFirst() }
}

import Core
import Foundation
import Inference
import Store
import Support
import Synchronization
import Testing

@testable import Models

/// Remote models over a transport that answers what it is told.
@Suite struct RemoteModelTests {
    let directory: TemporaryDirectory
    let registry: ModelRegistry

    init() throws {
        directory = try TemporaryDirectory()
        registry = ModelRegistry(store: try Store.open(at: directory.file("data")), clock: ManualWallClock())
    }

    private func provider(_ transport: FixedTransport, key: String? = nil) throws -> RemoteProvider {
        let keyFile = try key.map { try directory.write(Array("\($0)\n".utf8), to: "key") }
        return RemoteProvider(model: RemoteModel(name: "far", url: "http://10.0.0.5:8000/v1", remoteName: "big", keyFile: keyFile, addedAt: 0), transport: transport)
    }

    @Test func aRemoteIsKeptUnderANameThatNoOtherModelHas() async throws {
        let remote = try await registry.addRemote("far", url: "http://10.0.0.5:8000/v1/", remoteName: "big")
        #expect(remote.url == "http://10.0.0.5:8000/v1")
        #expect(try await registry.findRemote("far") == remote)
        #expect(try await registry.allRemotes() == [remote])
        await #expect { try await self.registry.add(ModelRegistryTests.llama, name: "far") } throws: { ($0 as? Fault)?.code == .modelName }
        await #expect { try await self.registry.record("none") } throws: { ($0 as? Fault)?.remedy?.contains("far") == true }
        try await registry.remove("far")
        #expect(try await registry.allRemotes().isEmpty)
    }

    @Test(arguments: ["https://a/v1", "ftp://a", "http://", "http://user:pw@a/v1", "http://a/v1?x=1", "http://a:99999/", "http://a b/", "http://a\r\nX: y/", "http://[::1/v1"])
    func badAddressesAreRefusedWithARemedy(url: String) async {
        await #expect { try await self.registry.addRemote("far", url: url, remoteName: "big") } throws: { ($0 as? Fault)?.code == .transportAddress && ($0 as? Fault)?.remedy != nil }
    }

    @Test func theKeyIsReadForEachRequestAndKeptNowhere() async throws {
        let path = try directory.write(Array("secret-1\n".utf8), to: "key")
        let remote = try await registry.addRemote("far", url: "http://10.0.0.5:8000/v1", remoteName: "big", keyFile: path)
        #expect(try JSONEncoder().encode(remote).contains(Data("secret".utf8)) == false)
        let transport = FixedTransport(body: "{}")
        let provider = RemoteProvider(model: remote, transport: transport)
        _ = try await provider.ask("/embeddings", [:])
        try directory.write(Array("secret-2".utf8), to: "key")
        _ = try await provider.ask("/embeddings", [:])
        #expect(transport.requests.compactMap { $0.headers.first { $0.name == "Authorization" }?.value } == ["Bearer secret-1", "Bearer secret-2"])
        try directory.write(Array("two words".utf8), to: "key")
        await #expect { _ = try await provider.ask("/embeddings", [:]) } throws: { ($0 as? Fault)?.code == .remoteKey }
    }

    @Test func membersAreTranslatedAndOthersGoAlong() async throws {
        let transport = FixedTransport(body: #"{"model":"big","choices":[]}"#)
        let answer = try await provider(transport).ask(
            "/chat/completions", ["model": "far", "stream_options": ["include_usage": true], "max_completion_tokens": 5, "repetition_penalty": 1.5, "tools": [["type": "function"]]])
        #expect(answer["model"] == "far")
        let request = try #require(transport.requests.first)
        #expect(request.address.text == "http://10.0.0.5:8000/v1/chat/completions")
        let sent = try JSONValue(parsing: String(decoding: request.body, as: UTF8.self))
        #expect(sent == ["model": "big", "max_completion_tokens": 5, "max_tokens": 5, "repetition_penalty": 1.5, "repeat_penalty": 1.5, "tools": [["type": "function"]]])
    }

    @Test func aConversationIsAnsweredPieceByPiece() async throws {
        let events = [#"{"choices":[{"delta":{"role":"assistant","content":""}}]}"#, #"{"choices":[{"delta":{"content":"榕"}}]}"#, #"{"choices":[{"delta":{"content":"树"},"finish_reason":"length"}]}"#, #"{"choices":[],"usage":{"prompt_tokens":3,"completion_tokens":2}}"#, "[DONE]"]
        let transport = FixedTransport(body: events.map { "data: \($0)\n\n" }.joined(), type: "text/event-stream")
        var options = AnswerOptions()
        options.sampling.seed = 5
        options.stop = ["x"]
        options.tokenCountMax = 2
        var (text, ends) = ("", [GenerationEvent.FinishReason]())
        for try await event in try await provider(transport).answer([ChatMessage(role: "user", content: "hi")], options: options) {
            switch event {
            case .text(let piece, _): text += piece
            case .finished(let reason, let cost):
                ends.append(reason)
                #expect(cost.promptTokens == 3 && cost.answerTokens == 2)
            }
        }
        #expect(text == "榕树" && ends == [.length])
        let sent = try JSONValue(parsing: String(decoding: try #require(transport.requests.first).body, as: UTF8.self))
        #expect(sent["stream"] == true && sent["seed"] == 5 && sent["stop"] == ["x"] && sent["max_tokens"] == 2 && sent["messages"]?[0]?["content"] == "hi")
    }

    @Test func halfAStreamIsAFailureAfterWhatCame() async throws {
        let transport = FixedTransport(body: "data: {\"choices\":[{\"delta\":{\"content\":\"a\"}}]}\n\ndata: {\"cho", type: "text/event-stream")
        var texts: [String] = []
        await #expect { for try await event in try await self.provider(transport).answer([], options: AnswerOptions()) { if case .text(let text, _) = event { texts.append(text) } } } throws: {
            ($0 as? Fault)?.code == .remote
        }
        #expect(texts == ["a"])
    }

    @Test func errorsCarryTheRemotesWordsButNoKey() async throws {
        func refusal(_ status: Int, _ body: String) async throws -> RemoteRefusal? {
            do { _ = try await provider(FixedTransport(status: status, body: body), key: "sk-123").ask("/completions", [:]) } catch { return error as? RemoteRefusal }
            return nil
        }
        let bad = try #require(await refusal(400, #"{"error":{"message":"bad sk-123 prompt","type":"invalid_request_error","param":"prompt","code":"c"}}"#))
        #expect(bad.message == "bad *** prompt" && bad.parameter == "prompt" && bad.code == "c")
        #expect(bad.fault.message.contains("prompt") == false)
        #expect(try await refusal(404, #"{"error":"no such model"}"#)?.message == "no such model")
        #expect(try await refusal(401, #"{"error":{"message":"wrong key sk-1**"}}"#)?.message == nil)
        #expect(try await refusal(500, "<html>")?.message == nil)
    }
}

/// Answers every request with the same bytes, in pieces of a few.
final class FixedTransport: HTTPTransport {
    private let status: Int
    private let body: [UInt8]
    private let type: String
    private let log = Mutex<[OutgoingRequest]>([])

    var requests: [OutgoingRequest] { log.withLock { $0 } }

    init(status: Int = 200, body: String, type: String = "application/json") {
        (self.status, self.body, self.type) = (status, Array(body.utf8), type)
    }

    func send(_ request: OutgoingRequest) async throws -> IncomingAnswer {
        log.withLock { $0.append(request) }
        let pieces = stride(from: 0, to: body.count, by: 5).map { Array(body[$0..<min(body.count, $0 + 5)]) }
        return IncomingAnswer(status: status, headers: [("Content-Type", type)], body: ByteChunks(pieces))
    }
}

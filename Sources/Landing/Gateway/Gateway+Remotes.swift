import Core
import Models

extension Gateway {
    /// Passes a request on when its model is a remote; nil when it is not. Members go along as they are, so a remote's own abilities (tools, images) are there.
    ///
    /// - Parameter path: below the remote's address.
    /// - Throws: what ``RemoteProvider`` throws, before anything was answered.
    func passOn(_ reader: RequestReader, to path: String) async throws -> GatewayAnswer? {
        guard let provider = try await host.remote(try reader.model) else { return nil }
        guard try reader.bool("stream") == true, path != "/embeddings" else {
            let json = try await provider.ask(path, reader.json)
            count(json["usage"])
            return .json(json)
        }
        let passed = PassedStream(try await provider.stream(path, reader.json), model: provider.model.name) { [metrics] in metrics.add(usage: $0) }
        // Pulled, so that a slow client holds the remote back.
        return .events(AsyncStream { await passed.next() })
    }

    private func count(_ usage: JSONValue?) { if let usage { metrics.add(usage: usage) } }
}

extension GatewayMetrics {
    func add(usage: JSONValue) { add(promptTokens: usage["prompt_tokens"]?.int ?? 0, answerTokens: usage["completion_tokens"]?.int ?? 0) }
}

/// A remote's pieces as our events, under our name for the model.
private actor PassedStream {
    private enum Phase { case open, saysDone, over }
    private var pieces: RemoteStream.Iterator
    private var phase = Phase.open
    private let model: String
    private let usage: @Sendable (JSONValue) -> Void

    init(_ stream: RemoteStream, model: String, usage: @escaping @Sendable (JSONValue) -> Void) {
        pieces = stream.makeAsyncIterator()
        self.model = model
        self.usage = usage
    }

    func next() async -> [UInt8]? {
        switch phase {
        case .open: break
        case .saysDone:
            phase = .over
            return AnswerJSON.done
        case .over: return nil
        }
        var iterator = pieces
        do {
            guard var json = try await iterator.next() else {
                phase = .saysDone
                return await next()
            }
            pieces = iterator
            if let counted = json["usage"], counted != .null { usage(counted) }
            json["model"] = .string(model)
            return AnswerJSON.event(json)
        } catch {
            // The head is gone already: the client learns of it as an event, and not of an end.
            phase = .over
            return (error as? Fault).map { AnswerJSON.event(APIError($0).json) }
        }
    }
}

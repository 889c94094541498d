import Core
import Inference

/// Whoever answers conversations: the local engine, or a remote.
public protocol ModelProvider: Sendable {
    /// Answers a conversation. Ending the iteration ends the answer.
    func answer(_ messages: [ChatMessage], options: AnswerOptions) async throws -> AsyncThrowingStream<AnswerEvent, any Error>
}

extension ChatModel: ModelProvider {}

extension RemoteProvider: ModelProvider {
    /// Answers a conversation with the remote. Probabilities of alternatives are not reported.
    /// - Throws: as ``stream(_:_:)``, but the remote's words are left out of its errors.
    public func answer(_ messages: [ChatMessage], options: AnswerOptions) async throws -> AsyncThrowingStream<AnswerEvent, any Error> {
        let start = ContinuousClock.now
        let pieces: RemoteStream
        do { pieces = try await stream("/chat/completions", RemoteRequest.chat(messages, options: options)) } catch let refusal as RemoteRefusal { throw refusal.fault }
        let reader = RemoteAnswerReader(pieces, start: start)
        // Pulled, so that a slow reader holds the remote back.
        return AsyncThrowingStream { try await reader.next() }
    }
}

/// Turns a remote's pieces into events, with times measured here.
private actor RemoteAnswerReader {
    private var pieces: RemoteStream.Iterator
    private let start: ContinuousClock.Instant
    private var cost = GenerationStatistics()
    private var reason = GenerationEvent.FinishReason.stop
    private var isOver = false

    init(_ pieces: RemoteStream, start: ContinuousClock.Instant) {
        self.pieces = pieces.makeAsyncIterator()
        self.start = start
    }

    func next() async throws -> AnswerEvent? {
        if isOver { return nil }
        while let piece = try await pull() {
            if let usage = piece["usage"] {
                cost.promptTokens = usage["prompt_tokens"]?.int ?? cost.promptTokens
                cost.answerTokens = usage["completion_tokens"]?.int ?? cost.answerTokens
            }
            let choice = piece["choices"]?[0]
            if choice?["finish_reason"] == "length" { reason = .length }
            guard let text = choice?["delta"]?["content"]?.string, !text.isEmpty else { continue }
            if cost.secondsToFirstToken == 0 { cost.secondsToFirstToken = seconds }
            return .text(text, tokens: [])
        }
        isOver = true
        cost.seconds = seconds
        return .finished(reason, cost)
    }

    private func pull() async throws -> JSONValue? {
        var iterator = pieces
        defer { pieces = iterator }
        return try await iterator.next()
    }

    private var seconds: Double {
        let (whole, attoseconds) = (ContinuousClock.now - start).components
        return Double(whole) + Double(attoseconds) / 1e18
    }
}

import Core
import Inference
import Models

extension Gateway {
    /// What all pieces of one answer begin with.
    struct Head: Sendable {
        let id: String
        let object: String
        let created: Int
        let model: String

        func json(choices: [JSONValue], usage: JSONValue?, isPiece: Bool = false) -> JSONValue {
            let kind = isPiece && object == "chat.completion" ? "chat.completion.chunk" : object
            var json: JSONValue = ["id": .string(id), "object": .string(kind), "created": .int(created), "model": .string(model), "choices": .array(choices)]
            if let usage { json["usage"] = usage }
            return json
        }
    }

    /// All answers, whole. The first failure ends the others.
    /// - Parameter each: answers to one prompt, which is counted once.
    func gather(_ streams: [AsyncThrowingStream<AnswerEvent, any Error>], each: Int) async throws -> [AnswerAssembly] {
        let answers = try await mapBounded(streams, width: streams.count) { stream in
            var answer = AnswerAssembly()
            for try await event in stream { answer.add(event) }
            return answer
        }
        metrics.add(usage: AnswerJSON.usage(answers.map(\.statistics), each: each))
        metrics.add(guessesOf: answers.map(\.statistics))
        return answers
    }

    /// Server-sent events, one a piece, from all answers as they come. A client that goes away ends the answers.
    func stream(
        _ streams: [AsyncThrowingStream<AnswerEvent, any Error>], each: Int, head: Head, includesUsage: Bool,
        choice: @escaping @Sendable (Int, String, [AnswerEvent.TokenReport], GenerationEvent.FinishReason?, Bool) -> JSONValue
    ) -> GatewayAnswer {
        let metrics = metrics
        let pieces = AsyncStream<[UInt8]> { continuation in
            let task = Task {
                do {
                    let costs = try await mapBounded(Array(streams.enumerated()), width: streams.count) { index, stream in
                        var isFirst = true
                        var cost = GenerationStatistics()
                        for try await event in stream {
                            let json: JSONValue
                            switch event {
                            case .text(let text, let reports): json = choice(index, text, reports, nil, isFirst)
                            case .finished(let reason, let statistics):
                                cost = statistics
                                json = choice(index, "", [], reason, isFirst)
                            }
                            isFirst = false
                            continuation.yield(AnswerJSON.event(head.json(choices: [json], usage: includesUsage ? .null : nil, isPiece: true)))
                        }
                        return cost
                    }
                    let usage = AnswerJSON.usage(costs, each: each)
                    metrics.add(usage: usage)
                    metrics.add(guessesOf: costs)
                    if includesUsage { continuation.yield(AnswerJSON.event(head.json(choices: [], usage: usage, isPiece: true))) }
                    continuation.yield(AnswerJSON.done)
                } catch let fault as Fault {
                    continuation.yield(AnswerJSON.event(APIError(fault).json))
                } catch {
                    // The client is gone, or the server stops.
                }
                continuation.finish()
            }
            continuation.onTermination = { _ in task.cancel() }
        }
        return .events(pieces)
    }
}

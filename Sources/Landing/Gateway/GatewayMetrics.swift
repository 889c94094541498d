import Inference
import Synchronization

/// Counters in Prometheus' text form. Paths are those of the API only, so that a scanner cannot fill the memory with names.
final class GatewayMetrics: Sendable {
    private struct State {
        var requests: [String: Int] = [:]
        var promptTokens = 0
        var answerTokens = 0
        var proposedTokens = 0
        var acceptedTokens = 0
    }
    private let state = Mutex(State())
    private static let known = ["/v1/models", "/v1/chat/completions", "/v1/completions", "/v1/embeddings", "/metrics", "/v1/files", "/v1/fine_tuning/jobs"]
    /// Paths below which ids stand.
    private static let folders = ["/v1/models", "/v1/files", "/v1/fine_tuning/jobs"]

    func count(_ path: String, status: Int) {
        let name = Self.known.contains(path) ? path : Self.folders.first { path.hasPrefix($0 + "/") }.map { $0 + "/{id}" } ?? "other"
        state.withLock { $0.requests["path=\"\(name)\",status=\"\(status)\"", default: 0] += 1 }
    }

    func add(promptTokens: Int, answerTokens: Int) {
        state.withLock {
            $0.promptTokens += promptTokens
            $0.answerTokens += answerTokens
        }
    }

    /// Counts what answers guessed.
    func add(guessesOf costs: [GenerationStatistics]) {
        state.withLock {
            for cost in costs {
                $0.proposedTokens += cost.proposedTokens
                $0.acceptedTokens += cost.acceptedTokens
            }
        }
    }

    /// - Parameters:
    ///   - loaded: models in memory.
    ///   - load: answers of local models under way, and waiting for a slot.
    func text(loaded: Int, load: (running: Int, waiting: Int)) -> String {
        let state = state.withLock { $0 }
        var out = "# HELP banyan_requests_total API requests answered.\n# TYPE banyan_requests_total counter\n"
        for (labels, count) in state.requests.sorted(by: { $0.key < $1.key }) { out += "banyan_requests_total{\(labels)} \(count)\n" }
        out += "# HELP banyan_tokens_total Tokens read and written.\n# TYPE banyan_tokens_total counter\n"
        out += "banyan_tokens_total{kind=\"prompt\"} \(state.promptTokens)\nbanyan_tokens_total{kind=\"answer\"} \(state.answerTokens)\n"
        out += "# HELP banyan_guessed_tokens_total Tokens guessed from earlier text, and those that were right.\n# TYPE banyan_guessed_tokens_total counter\n"
        out += "banyan_guessed_tokens_total{kind=\"proposed\"} \(state.proposedTokens)\nbanyan_guessed_tokens_total{kind=\"accepted\"} \(state.acceptedTokens)\n"
        out += "# HELP banyan_models_loaded Models in memory.\n# TYPE banyan_models_loaded gauge\nbanyan_models_loaded \(loaded)\n"
        out += "# HELP banyan_answers_running Answers of local models under way.\n# TYPE banyan_answers_running gauge\nbanyan_answers_running \(load.running)\n"
        out += "# HELP banyan_answers_waiting Answers of local models waiting for a slot.\n# TYPE banyan_answers_waiting gauge\nbanyan_answers_waiting \(load.waiting)\n"
        return out
    }
}

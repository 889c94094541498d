import Core
import Inference
import Kernels
import Synchronization

/// A loaded encoder with its tokenizer.
public final class EmbeddingService: Sendable {
    public let record: ModelRecord
    private let model: EmbeddingModel
    private let tokenizer: any Tokenizer

    public init(record: ModelRecord, pool: ThreadPool) throws {
        let file = try GGUFFile(path: record.path)
        self.record = record
        tokenizer = try Tokenizers.make(Vocabulary(file))
        model = try EmbeddingModel(file: file, pool: pool)
    }

    /// Values of a vector.
    public var width: Int { model.width }

    /// Tokens of a text with the encoder's marks; longer texts are cut to its context.
    public func tokens(of text: String) -> [Int32] {
        // Marks in the text are read, as the encoders' own libraries do: there is no turn that they could end.
        let tokens = tokenizer.encode(text, addsSpecials: true, parsesSpecials: true)
        guard tokens.count > model.context else { return tokens }
        // The closing mark stays.
        return Array(tokens.prefix(model.context - 1)) + [tokens[tokens.count - 1]]
    }

    /// One unit vector a text.
    public func embed(_ texts: [[Int32]]) throws -> [[Float]] { try model.embed(texts) }
}

/// Loads models on demand within a budget of memory; the one unused for longest makes room.
public final class ModelHost: Sendable {
    /// What the host may use.
    public struct Limits: Sendable {
        /// Bytes for weights and caches together.
        public var byteCountMax: Int
        /// Threads of a computation.
        public var threads: Int
        /// Tokens of the longest conversation, if the model has as many.
        public var context: Int
        /// Answers under way at once, a model.
        public var slotCount: Int

        public init(byteCountMax: Int, threads: Int, context: Int = 4096, slotCount: Int = 8) {
            self.byteCountMax = byteCountMax
            self.threads = threads
            self.context = context
            self.slotCount = slotCount
        }
    }

    private enum Loaded: Sendable {
        case chat(ChatModel)
        case embedding(EmbeddingService)
    }
    private struct Entry: Sendable {
        var loaded: Loaded
        var byteCount: Int
        var lastUse: Int
    }
    private struct State {
        var entries: [String: Entry] = [:]
        var time = 0
    }

    public let registry: ModelRegistry
    private let limits: Limits
    private let pool: ThreadPool
    private let clock: any WallClock
    private let state = Mutex(State())

    /// - Throws: `kernels.memory`.
    public init(registry: ModelRegistry, limits: Limits, clock: any WallClock) throws {
        self.registry = registry
        self.limits = limits
        self.clock = clock
        pool = try ThreadPool(width: limits.threads)
    }

    /// The names of the models in memory.
    public var loadedNames: [String] { state.withLock { $0.entries.keys.sorted() } }

    /// A language model by name, loaded if it is not yet.
    /// - Throws: `models.unknown`, `models.task`, `models.too-large`, and what loading throws.
    public func chat(_ name: String) async throws -> ChatModel {
        guard case .chat(let model) = try await load(name) else {
            throw Fault(.modelTask, "\(name) is an encoder: it embeds and does not answer", remedy: "choose a language model")
        }
        return model
    }

    /// An encoder by name, loaded if it is not yet.
    public func encoder(_ name: String) async throws -> EmbeddingService {
        guard case .embedding(let model) = try await load(name) else {
            throw Fault(.modelTask, "\(name) is a language model: it answers and does not embed", remedy: "choose an encoder")
        }
        return model
    }

    private func load(_ name: String) async throws -> Loaded {
        let record = try await registry.record(name)
        // Held while loading: two requests for one model load it once, and budgets are kept.
        return try state.withLock { state in
            state.time += 1
            if var entry = state.entries[name] {
                entry.lastUse = state.time
                state.entries[name] = entry
                return entry.loaded
            }
            try makeRoom(for: record, in: &state)
            let loaded: Loaded =
                switch record.task {
                case .chat: .chat(try ChatModel(record: record, pool: pool, context: limits.context, slotCount: limits.slotCount, clock: clock))
                case .embedding: .embedding(try EmbeddingService(record: record, pool: pool))
                }
            state.entries[name] = Entry(loaded: loaded, byteCount: record.byteCount, lastUse: state.time)
            return loaded
        }
    }

    private func makeRoom(for record: ModelRecord, in state: inout State) throws {
        guard record.byteCount <= limits.byteCountMax else {
            throw Fault(
                .modelTooLarge, "\(record.name) needs \(record.byteCount >> 20) MiB; the budget is \(limits.byteCountMax >> 20) MiB", remedy: "raise --memory, or quantize the model further")
        }
        while state.entries.values.reduce(record.byteCount, { $0 + $1.byteCount }) > limits.byteCountMax {
            // A model that is answering is not put aside.
            let idle = state.entries.filter { entry in
                if case .chat(let model) = entry.value.loaded { return model.generator.load == (0, 0) }
                return true
            }
            guard let oldest = idle.min(by: { $0.value.lastUse < $1.value.lastUse }) else {
                throw Fault(.modelTooLarge, "all loaded models are busy and \(record.name) needs their memory", remedy: "try again later, or raise --memory")
            }
            state.entries[oldest.key] = nil
        }
    }
}

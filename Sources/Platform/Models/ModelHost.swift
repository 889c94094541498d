import Core
import Foundation
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
        file.file.forget(offset: 0, count: file.file.byteCount)
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
    /// - Throws: `models.token` for a token that the vocabulary does not have, `inference.context-full`.
    public func embed(_ texts: [[Int32]]) throws -> [[Float]] {
        for text in texts { try ChatModel.check(text, tokenizer.vocabulary) }
        return try model.embed(texts)
    }
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
        /// The most tokens that an answer guesses at once; see ``GenerationRequest/speculation``.
        public var speculation: Int
        /// How language models hold keys and values.
        public var keysAndValues: KeyValueLayer.Format

        public init(
            byteCountMax: Int, threads: Int, context: Int = 4096, slotCount: Int = 8, speculation: Int = GenerationRequest.speculationDefault,
            keysAndValues: KeyValueLayer.Format = .f16
        ) {
            self.byteCountMax = byteCountMax
            self.threads = threads
            self.context = context
            self.slotCount = slotCount
            self.speculation = speculation
            self.keysAndValues = keysAndValues
        }
    }

    private enum Loaded: Sendable {
        case chat(ChatModel)
        case embedding(EmbeddingService)
    }
    public let registry: ModelRegistry
    private let limits: Limits
    private let pool: ThreadPool
    private let clock: any WallClock
    private let transport: (any HTTPTransport)?
    private let remoteLimits: HTTPLimits
    private let shelf: Mutex<ModelShelf<Loaded>>
    private let adapters = Mutex(AdapterShelf())
    private let bundled: BundledEncoder?
    private let bundledEncoder = Mutex<(any TextEmbedder)?>(nil)

    /// - Parameters:
    ///   - bundled: the encoder that comes with the program.
    ///   - transport: reaches remote models; nil refuses them.
    ///   - remoteLimits: what a remote may cost.
    /// - Throws: `kernels.memory`.
    public init(registry: ModelRegistry, limits: Limits, clock: any WallClock, bundled: BundledEncoder? = nil, transport: (any HTTPTransport)? = nil, remoteLimits: HTTPLimits = .init()) throws {
        self.registry = registry
        self.bundled = bundled
        self.limits = limits
        self.clock = clock
        self.transport = transport
        self.remoteLimits = remoteLimits
        shelf = Mutex(ModelShelf(byteCountMax: limits.byteCountMax))
        pool = try ThreadPool(width: limits.threads)
    }

    /// The names of the models in memory.
    public var loadedNames: [String] { shelf.withLock { $0.ready.keys.sorted() } }

    /// Answers under way and waiting, over all models.
    public var load: (running: Int, waiting: Int) {
        shelf.withLock { $0.ready }.values.reduce((0, 0)) { sum, loaded in
            guard case .chat(let model) = loaded else { return sum }
            let load = model.generator.load
            return (sum.0 + load.running, sum.1 + load.waiting)
        }
    }

    /// The remote model of a name; nil when the name is not a remote's.
    /// - Throws: `models.remote-off` when this host has no transport.
    public func remote(_ name: String) async throws -> RemoteProvider? {
        guard let remote = try await registry.findRemote(name) else { return nil }
        guard let transport else { throw Fault(.remoteOff, "\(name) is a remote model, and this process reaches no other server", remedy: "choose a local model") }
        return RemoteProvider(model: remote, transport: transport, limits: remoteLimits)
    }

    /// A language model by name, loaded if it is not yet; with an adapter for `MODEL:ADAPTER`, beside answers of the same model without it.
    /// - Throws: `models.unknown`, `models.task`, `models.too-large`, and what loading throws.
    public func chat(_ name: String) async throws -> ChatModel {
        if let record = try await registry.findAdapter(name) {
            let base = try await chat(record.base)
            do { return base.adapted(by: try await adapter(record), as: name) } catch {
                // Another has taken its place since, and its file is gone.
                guard let newer = try await registry.findAdapter(name), newer != record else { throw error }
                return base.adapted(by: try await adapter(newer), as: name)
            }
        }
        guard case .chat(let model) = try await load(name) else {
            throw Fault(.modelTask, "\(name) is an encoder: it embeds and does not answer", remedy: "choose a language model")
        }
        return model
    }

    /// An adapter, read if it is not in memory.
    private func adapter(_ record: AdapterRecord) async throws -> LoadedAdapter {
        if let adapter = adapters.withLock({ $0.use(record) }) { return adapter }
        let base = try await registry.record(record.base)
        let identity = adapters.withLock { $0.nextIdentity() }
        let adapter = try LoadedAdapter(try Adapter(path: record.path), for: try GGUFFile(path: base.path), identity: identity)
        adapters.withLock { $0.add(adapter, record) }
        return adapter
    }

    /// The name of the encoder that comes with the program; nil when there is none, or an imported model has its name.
    public func bundledName() async throws -> String? {
        guard let bundled, try await registry.find(bundled.name) == nil else { return nil }
        return bundled.name
    }

    /// An encoder by name, loaded if it is not yet.
    public func encoder(_ name: String) async throws -> any TextEmbedder {
        if let bundled, try await bundledName() == name {
            // Small: whoever comes second waits.
            return try bundledEncoder.withLock { kept in
                if let kept { return kept }
                let encoder = try bundled.load()
                kept = encoder
                return encoder
            }
        }
        guard case .embedding(let model) = try await load(name) else {
            throw Fault(.modelTask, "\(name) is a language model: it answers and does not embed", remedy: "choose an encoder")
        }
        return model
    }

    private func load(_ name: String) async throws -> Loaded {
        let record = try await registry.record(name)
        let place = try shelf.withLock { shelf -> ModelShelf<Loaded>.Place in
            if let place = shelf.use(name) { return place }
            try shelf.makeRoom(for: name, byteCount: record.byteCount) { loaded in
                // A model that is answering is not put aside.
                if case .chat(let model) = loaded { model.generator.load == (0, 0) } else { true }
            }
            let task = Task { try await read(record) }
            shelf.begin(name, byteCount: record.byteCount, task: task)
            return .loading(task)
        }
        switch place {
        case .ready(let loaded): return loaded
        case .loading(let task): return try await task.value
        }
    }

    /// Loads on a thread of its own: it takes seconds, and other requests need the few threads that tasks share.
    private func read(_ record: ModelRecord) async throws -> Loaded {
        let result = await withCheckedContinuation { (continuation: CheckedContinuation<Result<Loaded, any Error>, Never>) in
            Thread.detachNewThread { continuation.resume(returning: Result { try self.make(record) }) }
        }
        shelf.withLock { $0.end(record.name, try? result.get()) }
        return try result.get()
    }

    private func make(_ record: ModelRecord) throws -> Loaded {
        // The lists of a vocabulary are gone by then, and the library would keep their memory.
        defer { AlignedMemory.returnFreed() }
        return switch record.task {
        case .chat:
            .chat(
                try ChatModel(
                    record: record, pool: pool, context: limits.context, slotCount: limits.slotCount, speculation: limits.speculation, keysAndValues: limits.keysAndValues,
                    clock: clock))
        case .embedding: .embedding(try EmbeddingService(record: record, pool: pool))
        }
    }
}

import Core
import Store
import Workflows

/// What a fine-tuning of a language model is made of.
public struct AdapterRequest: Sendable, Hashable {
    /// Rows of conversations or instructions, JSON lines.
    public var data: [UInt8]
    /// The model's name; nil for the only one there is.
    public var base: String?
    public var epochs: Int
    public var batchCount: Int
    public var rank: Int
    public var context: Int
    public var rate: Double
    /// The share of rows to measure with.
    public var heldOut: Double
    public var seed: UInt64

    public init(data: [UInt8], base: String?, epochs: Int, batchCount: Int, rank: Int, context: Int, rate: Double, heldOut: Double, seed: UInt64) {
        (self.data, self.base, self.epochs, self.batchCount, self.rank, self.context) = (data, base, epochs, batchCount, rank, context)
        (self.rate, self.heldOut, self.seed) = (rate, heldOut, seed)
    }
}

/// An adapter that was trained.
public struct MadeAdapter: Sendable {
    /// Its file.
    public var bytes: [UInt8]
    /// The model that it belongs to.
    public var base: String
    /// Rows that it learned from, and their tokens.
    public var rowCount: Int
    public var tokenCount: Int
    /// 1 / perplexity of the best epoch on the rows that were held out: larger is better, 1 is perfect.
    public var score: Double
    /// Forgets what was kept of the run, once its result is on disk.
    public var discard: @Sendable () -> Void

    public init(bytes: [UInt8], base: String, rowCount: Int, tokenCount: Int, score: Double, discard: @escaping @Sendable () -> Void) {
        (self.bytes, self.base, self.rowCount, self.tokenCount, self.score, self.discard) = (bytes, base, rowCount, tokenCount, score, discard)
    }
}

/// Fine-tunes language models for steps, and lets adapters answer. Whoever starts the engine brings one, or none.
public protocol AdapterMaker: Sendable {
    /// Trains. The run is kept while it goes on: cut off and asked again under the same key, it goes on to the same bits.
    /// - Parameters:
    ///   - key: a word of hexadecimal digits.
    ///   - progress: hears how many steps of training are done, and of how many.
    func make(_ request: AdapterRequest, key: String, progress: @escaping @Sendable (Int, Int) -> Void) async throws -> MadeAdapter

    /// Keys of the runs that are kept.
    func keptKeys() throws -> Set<String>

    /// Forgets what was kept of a run.
    func forget(_ key: String) throws

    /// Looks whether an adapter can answer under a name, and changes nothing.
    func check(_ adapter: [UInt8], as name: String) async throws

    /// Makes an adapter answer under the name of its model, a colon and a name of its own, in the place of the one that did. Doing it twice does nothing.
    func serve(_ adapter: [UInt8], as name: String) async throws
}

extension AdapterMaker {
    /// Forgets what is kept of trainings that nobody will go on with: their steps ended when the process did, or their runs were cancelled or have failed.
    public func forgetEnded(in store: Store) async throws {
        // In this order: whoever keeps something has said so in a checkpoint before.
        let kept = try keptKeys()
        guard !kept.isEmpty, let steps = try await store.read({ try WorkflowEngine.stepsWithCheckpoint(in: $0) }) else { return }
        for key in kept.subtracting(steps.map(NodeRoot.mark)) { try forget(key) }
    }
}

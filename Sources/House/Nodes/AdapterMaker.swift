import Core

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
    /// Forgets what was kept of the run, once its result is journaled.
    public var discard: @Sendable () -> Void

    public init(bytes: [UInt8], base: String, rowCount: Int, tokenCount: Int, score: Double, discard: @escaping @Sendable () -> Void) {
        (self.bytes, self.base, self.rowCount, self.tokenCount, self.score, self.discard) = (bytes, base, rowCount, tokenCount, score, discard)
    }
}

/// Fine-tunes language models for steps, and lets adapters answer. Whoever starts the engine brings one, or none.
public protocol AdapterMaker: Sendable {
    /// Trains. The run is kept while it goes on: cut off and asked again under the same key, it goes on to the same bits.
    /// - Parameter key: a word of hexadecimal digits.
    func make(_ request: AdapterRequest, key: String) async throws -> MadeAdapter

    /// Makes an adapter answer under the name of its model, a colon and a name of its own, in the place of the one that did. Doing it twice does nothing.
    func serve(_ adapter: [UInt8], as name: String) async throws
}

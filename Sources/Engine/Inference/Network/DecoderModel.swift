import Core
import Foundation
import Kernels

/// A loaded language model: its network, its head, and the memory it works in. One batch at a time.
///
/// ```swift
/// let model = try DecoderModel(file: try GGUFFile(path: "model.gguf"), pool: try ThreadPool(width: 2), contextLimit: 4096)
/// let scores = try model.scores(of: [1, 2, 3])     // of the last token
/// ```
@safe
public final class DecoderModel {
    /// The families of this version.
    static let families: [any DecoderNetwork.Type] = [LlamaNetwork.self, QwenNetwork.self, QwenMixtureNetwork.self, GemmaNetwork.self, PhiNetwork.self]

    private let network: any DecoderNetwork
    private let file: GGUFFile
    private let embedding: TensorInfo
    private let head: Linear
    private let pass: ForwardPass
    private let rows = DecoderRows()
    private let finals = RowBuffer()
    private let logits = RowBuffer()
    let pool: ThreadPool

    /// Entries of the vocabulary: the length of a row of scores.
    public var vocabularyCount: Int { network.shape.vocabulary }
    /// Tokens that a sequence of this session may have.
    public var context: Int { network.shape.context }
    /// Tokens that the model was trained for.
    public var trainedContext: Int { network.shape.trainedContext }
    /// Bytes of weights that decoding one token reads.
    public let weightByteCount: Int
    /// Multiplications of a weight with an activation that one token of a prompt takes: all matrices but the embeddings and the head, which only the last token needs. Experts count whole.
    public let productCount: Int
    public let architecture: String

    /// Loads a decoder: packs its weights with the pool's threads.
    ///
    /// - Parameter contextLimit: the longest sequence; nil for the model's own.
    /// - Throws: `inference.model-damaged`, `inference.model-unsupported` naming the architecture, `kernels.memory`.
    public init(file: GGUFFile, pool: ThreadPool, contextLimit: Int? = nil) throws {
        guard let architecture = file.metadata["general.architecture"]?.string else {
            throw Fault(.modelDamaged, "the model file has no general.architecture", remedy: "get the file again")
        }
        guard let family = Self.families.first(where: { $0.architectures.contains(architecture) }) else {
            let known = Self.families.flatMap { $0.architectures }.joined(separator: ", ")
            throw Fault(.modelUnsupported, "the architecture \"\(architecture)\" is not supported", remedy: "supported language models are \(known)")
        }
        let loader = TensorLoader(file: file, pool: pool)
        let network = try family.init(loader, Hyperparameters(architecture: architecture, file: file, contextLimit: contextLimit))
        guard let embedding = file.tensors["token_embd.weight"] else { throw Fault(.modelDamaged, "the model file has no token_embd.weight", remedy: "get the file again") }
        let shape = network.shape
        // Small models share one matrix between the embeddings and the head.
        let headName = loader.has("output.weight") ? "output.weight" : "token_embd.weight"
        head = Linear(matrix: try loader.matrix(headName, inputs: shape.width, outputs: shape.vocabulary), bias: try loader.vectorIfPresent("output.bias", count: shape.vocabulary))
        self.network = network
        self.architecture = architecture
        self.file = file.withoutMetadata()
        self.embedding = embedding
        self.pool = pool
        pass = ForwardPass(pool: pool)
        productCount = file.tensors.values.reduce(0) { $0 + ($1.shape.count > 1 && $1.name.hasPrefix("blk.") ? $1.elementCount : 0) }
        weightByteCount = file.tensors.values.reduce(0) { $0 + ($1.name == "token_embd.weight" && headName != "token_embd.weight" ? 0 : $1.byteCount) }
    }

    /// A cache for this model with room for `tokens` over all sequences.
    func makeCache(tokens: Int, format: KeyValueLayer.Format = .f16) throws -> KeyValueCache {
        let shape = network.shape
        return try KeyValueCache(layers: [(heads: Int, headWidth: Int)](repeating: (shape.keyHeads, shape.headWidth), count: shape.layers), tokens: tokens, format: format)
    }

    /// Computes a batch and calls `body` with the scores of each token that wants them, in order. The scores are valid during the call only.
    ///
    /// - Parameters:
    ///   - pageTables: the pages of each sequence that the batch names; every position of the batch has its page.
    ///   - adapters: the adapter of each of these sequences; empty for none at all.
    func run(_ batch: [BatchToken], pageTables: [[Int32]], adapters: [LoadedAdapter?] = [], cache: KeyValueCache, _ body: (Int, UnsafeMutableBufferPointer<Float>) throws -> Void) throws {
        guard !batch.isEmpty else { return }
        try embed(batch)
        pass.begin(batch, pageTables: pageTables, adapters: adapters)
        try network.run(pass, rows, cache.layers)
        pass.settle()
        let wanted = batch.indices.filter { batch[$0].wantsScores }
        guard !wanted.isEmpty else { return }
        let width = network.shape.width
        try finals.resize(count: wanted.count, width: width)
        for (index, row) in wanted.enumerated() {
            unsafe VectorMath.rmsNorm(rows.x.row(row), weight: network.outputNorm, into: finals.row(index), width, epsilon: network.shape.epsilon)
        }
        pass.begin(wanted.map { batch[$0] }, pageTables: [])
        try pass.project(finals, [(head, logits)])
        pass.settle()
        for (index, row) in wanted.enumerated() {
            try unsafe body(row, UnsafeMutableBufferPointer(start: logits.row(index), count: vocabularyCount))
        }
    }

    /// Gives back what computing takes and waiting does not: the rows of the largest batch so far, and the pages of the file that embeddings were read from.
    func rest() {
        rows.release()
        finals.release()
        logits.release()
        pass.release()
        file.file.forget(offset: 0, count: file.file.byteCount)
        AlignedMemory.returnFreed()
    }

    private func embed(_ batch: [BatchToken]) throws {
        let width = network.shape.width
        try rows.x.resize(count: batch.count, width: width)
        for (row, token) in batch.enumerated() {
            guard token.token >= 0, Int(token.token) < vocabularyCount else {
                throw Fault(.modelDamaged, "token \(token.token) is not in the vocabulary of \(vocabularyCount)", remedy: "use the tokenizer of this model")
            }
            let values = try file.floats(of: embedding, rows: Int(token.token)..<Int(token.token) + 1)
            unsafe rows.x.row(row).update(from: values, count: width)
            if network.embeddingScale != 1 { unsafe VectorMath.scale(rows.x.row(row), network.embeddingScale, width) }
        }
    }

    /// The scores after each token of a text from number `first` on, with nothing before the text. For tests and for perplexity.
    public func allScores(of tokens: [Int32], from first: Int = 0, keysAndValues: KeyValueLayer.Format = .f16, adapter: LoadedAdapter? = nil) throws -> [[Float]] {
        var cache = try makeCache(tokens: tokens.count, format: keysAndValues)
        var sequence = cache.begin(prompt: [], adapter: adapter?.identity ?? 0)
        guard cache.append(tokens, to: &sequence) != nil, tokens.count <= context else {
            throw Fault(.contextFull, "\(tokens.count) tokens exceed the context of \(context)", remedy: "give a shorter text or a larger context")
        }
        let batch = tokens.enumerated().map { BatchToken(token: $1, position: $0, sequence: 0, wantsScores: $0 >= first) }
        var scores: [[Float]] = []
        try unsafe run(batch, pageTables: [sequence.pages], adapters: [adapter], cache: cache) { _, row in unsafe scores.append(Array(row)) }
        return scores
    }
}

extension Fault.Code {
    /// A text does not fit the context, or all pages are taken.
    public static let contextFull = Fault.Code("inference.context-full", .full)
    /// Too many requests wait, or their keys and values fill the memory: it passes.
    public static let generatorBusy = Fault.Code("inference.busy", .full)
}

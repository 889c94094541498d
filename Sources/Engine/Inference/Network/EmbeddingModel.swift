import Core
import Kernels
import Synchronization

/// A loaded text encoder: token sequences in, unit vectors out. Calls from several threads take turns.
public final class EmbeddingModel: Sendable {
    /// How the vectors of a text's tokens become one.
    public enum Pooling: Int, Sendable { case none = 0, mean, first, last }

    /// Tokens of one batch: enough for the products to be efficient, few enough to stay in the caches.
    static let batchTokenCount = 2_048

    private struct State: ~Copyable {
        let pass: ForwardPass
        let rows = DecoderRows()
        var keys: KeyValueLayer?
    }

    private let network: BertNetwork
    private let file: GGUFFile
    private let embedding: TensorInfo
    private let state: Mutex<State>
    public let pooling: Pooling

    /// Values of a vector.
    public var width: Int { network.width }
    /// The most tokens of a text; longer ones are refused.
    public var context: Int { min(network.context, tokenCountMax ?? .max) }
    /// The key of a file that says how many tokens the model is used with, which may be fewer than it has positions for.
    static let tokenCountKey = "banyan.embedding.tokens_max"
    private let tokenCountMax: Int?

    /// Whether a file holds an encoder of a family that is known here.
    public static func accepts(_ file: GGUFFile) -> Bool { BertNetwork.architectures.contains(file.metadata["general.architecture"]?.string ?? "") }

    /// Loads an encoder. Its matrices run as 16-bit integers, F32 ones too: cosines with F32's vectors stay above 0.999998 (`Benchmarks/llm-parity`), at twice the speed.
    ///
    /// - Throws: `inference.model-damaged`, `inference.model-unsupported`, `kernels.memory`.
    public init(file: GGUFFile, pool: ThreadPool, contextLimit: Int? = nil) throws {
        let architecture = file.metadata["general.architecture"]?.string ?? ""
        guard Self.accepts(file), let embedding = file.tensors["token_embd.weight"] else {
            throw Fault(
                .modelUnsupported, "\"\(architecture)\" is no text encoder that is supported", remedy: "supported encoders are \(BertNetwork.architectures.joined(separator: ", "))")
        }
        network = try BertNetwork(TensorLoader(file: file, pool: pool, widened: [.f32, .f16, .bf16]), Hyperparameters(architecture: architecture, file: file, contextLimit: contextLimit))
        pooling = Pooling(rawValue: file.metadata["\(architecture).pooling_type"]?.int ?? 1) ?? .mean
        // Two marks and a token between them are the least that makes sense.
        tokenCountMax = file.metadata[Self.tokenCountKey]?.int.map { max(3, $0) }
        self.file = file.withoutMetadata()
        self.embedding = embedding
        state = Mutex(State(pass: ForwardPass(pool: pool)))
    }

    /// One unit vector for each text. Texts are computed in batches of about equal length, so that their order does not matter for speed.
    ///
    /// - Throws: `inference.context-full` for an empty text or one over ``context`` tokens.
    public func embed(_ texts: [[Int32]]) throws -> [[Float]] {
        for text in texts where text.isEmpty || text.count > context {
            throw Fault(.contextFull, "a text has \(text.count) tokens; 1 to \(context) fit", remedy: "cut it into passages")
        }
        var vectors = [[Float]](repeating: [], count: texts.count)
        let order = texts.indices.sorted { texts[$0].count < texts[$1].count }
        var start = 0
        while start < order.count {
            var end = start
            var tokens = 0
            while end < order.count, end == start || tokens + texts[order[end]].count <= Self.batchTokenCount {
                tokens += texts[order[end]].count
                end += 1
            }
            let members = Array(order[start..<end])
            for (member, vector) in zip(members, try compute(members.map { texts[$0] })) { vectors[member] = vector }
            start = end
        }
        return vectors
    }

    /// The last layer's output for each token of a text, for tests.
    func hidden(_ tokens: [Int32]) throws -> [[Float]] {
        try state.withLock { state in
            try run([tokens], &state)
            return tokens.indices.map { state.rows.x.values($0) }
        }
    }

    private func compute(_ texts: [[Int32]]) throws -> [[Float]] {
        try state.withLock { state in
            try run(texts, &state)
            var first = 0
            return texts.map { text in
                defer { first += text.count }
                var vector = [Float](repeating: 0, count: width)
                switch pooling {
                case .mean, .none: for row in first..<first + text.count { unsafe VectorMath.add(&vector, state.rows.x.row(row), width) }
                case .first: vector = state.rows.x.values(first)
                case .last: vector = state.rows.x.values(first + text.count - 1)
                }
                let length = unsafe VectorMath.dot(vector, vector, width).squareRoot()
                if length > 0 { unsafe VectorMath.scale(&vector, 1 / length, width) }
                return vector
            }
        }
    }

    private func run(_ texts: [[Int32]], _ state: inout State) throws {
        var batch: [BatchToken] = []
        var tables: [[Int32]] = []
        var pages = 0
        for (index, text) in texts.enumerated() {
            for (position, token) in text.enumerated() { batch.append(BatchToken(token: token, position: position, sequence: index, wantsScores: false)) }
            let count = (text.count + KeyValueLayer.pageCount - 1) / KeyValueLayer.pageCount
            tables.append((0..<count).map { Int32(pages + $0) })
            pages += count
        }
        if (state.keys?.pages ?? 0) < pages { state.keys = try KeyValueLayer(heads: network.heads, headWidth: network.width / network.heads, pages: pages) }
        guard let keys = state.keys else { return }
        try state.rows.x.resize(count: batch.count, width: width)
        for (row, token) in batch.enumerated() {
            guard token.token >= 0, Int(token.token) < network.vocabulary else {
                throw Fault(.modelDamaged, "token \(token.token) is not in the vocabulary of \(network.vocabulary)", remedy: "use the tokenizer of this model")
            }
            let values = try file.floats(of: embedding, rows: Int(token.token)..<Int(token.token) + 1)
            unsafe state.rows.x.row(row).update(from: values, count: width)
        }
        state.pass.begin(batch, pageTables: tables)
        try network.run(state.pass, state.rows, keys)
        state.pass.settle()
    }
}

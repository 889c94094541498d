import Core
import Foundation
import Kernels
import Synchronization

/// One token of a batch: where it stands in which sequence.
struct BatchToken: Sendable {
    var token: Int32
    /// Place in its sequence, from 0.
    var position: Int
    /// Index into the batch's page tables.
    var sequence: Int
    /// Whether its scores are wanted.
    var wantsScores: Bool
}

/// The operations that networks are written with, over the rows of one batch. Holds the scratch memory of a model; one batch at a time.
///
/// Rows are tokens; tokens of several sequences stand in one batch, and only attention tells them apart. Whatever touches one row at a time (norms, sums, biases, rotations) is noted and done when a
/// product or attention needs its result, all of it for a row while that row is in the cache: rows of a long prompt do not fit the caches, and carrying them through the memory once an operation would
/// cost a tenth of the time. ``settle()`` does what is noted at once.
@safe
final class ForwardPass {
    let pool: ThreadPool
    private(set) var batch: [BatchToken] = []
    private(set) var pageTables: [[Int32]] = []
    /// The adapter of each sequence; empty when none has one.
    private(set) var adapters: [LoadedAdapter?] = []
    /// What products read: rows quantized as their matrices want it.
    let operands = Operands()
    /// The same between the two products of a feed-forward layer.
    let inner = Operands()
    /// What lies there when an adapter wants to see it.
    let gated = (gate: RowBuffer(), up: RowBuffer())
    /// One for each thread.
    let scratch: [RowBuffer]
    private var noted: [(Range<Int>) -> Void] = []
    /// Rows of each thread in a long batch, or all rows in a short one, whose products are shared out by columns of the result.
    ///
    /// Two processors of a server may have a cache each, and what one has written reaches the other six times as slowly as its own: a thread that does all with its rows finds them where it left them,
    /// for the price of reading all weights.
    private(set) var shares: [Range<Int>] = []
    private var attention: AttentionWork?

    init(pool: ThreadPool) {
        self.pool = pool
        scratch = (0..<pool.width).map { _ in RowBuffer() }
    }

    /// Gives the scratch memory back, until the next batch.
    func release() {
        for operands in [operands, inner] { operands.release() }
        for buffer in scratch + [gated.gate, gated.up] { buffer.release() }
    }

    var count: Int { batch.count }

    /// Sets the tokens of the next pass. Tokens of one sequence must be neighbors, in order of their positions.
    func begin(_ batch: [BatchToken], pageTables: [[Int32]], adapters: [LoadedAdapter?] = []) {
        // A pass that failed has left what nobody needs any more.
        noted = []
        self.batch = batch
        self.pageTables = pageTables
        self.adapters = adapters.contains { $0 != nil } ? adapters : []
        attention = nil
        let tiles = (batch.count + Activations.tileCount - 1) / Activations.tileCount
        let owners = tiles >= Self.ownTiles * pool.width ? pool.width : 1
        shares = (0..<owners).map { owner in
            min(batch.count, owner * tiles / owners * Activations.tileCount)..<min(batch.count, (owner + 1) * tiles / owners * Activations.tileCount)
        }
    }

    /// Tiles of tokens from which on it pays that a thread has rows of its own: each of them unpacks all weights.
    private static let ownTiles = 16


    /// Notes `body` to be called with ranges of rows, which together are all.
    func eachRows(_ body: @escaping (Range<Int>) -> Void) { noted.append(body) }

    /// Does what is noted. Rows that an operation wrote may be read from outside after this only.
    func settle() {
        guard !noted.isEmpty else { return }
        let bodies = noted
        noted = []
        // Rows cost some microseconds each: a few at a time keep the threads even, and whole tiles keep them from writing the same lines.
        let grain = count <= 2 * Activations.tileCount ? 1 : Activations.tileCount
        pool.share(shares.map { ($0.count + grain - 1) / grain }) { _, owner, item in
            let start = shares[owner].lowerBound + item * grain
            let rows = start..<min(shares[owner].upperBound, start + grain)
            for body in bodies { body(rows) }
        }
    }

    /// Makes room for what an operation is going to write.
    private func prepare(_ out: RowBuffer, width: Int) throws {
        // What is noted may still read it in its old shape.
        if out.count != count || out.width != width { settle() }
        try out.resize(count: count, width: width)
    }

    // MARK: - Norms and sums

    /// out = rmsNorm(x) * weight
    func rmsNorm(_ x: RowBuffer, _ weight: [Float], epsilon: Float, into out: RowBuffer) throws {
        try prepare(out, width: x.width)
        eachRows { rows in for row in rows { unsafe VectorMath.rmsNorm(x.row(row), weight: weight, into: out.row(row), x.width, epsilon: epsilon) } }
    }

    /// x = rmsNorm(x) * weight, over each of the parts of a row that are as long as the weight.
    func rmsNormHeads(_ x: RowBuffer, _ weight: [Float], epsilon: Float) {
        let heads = x.width / weight.count
        eachRows { rows in
            for row in rows { for head in 0..<heads {
                let part = unsafe x.row(row) + head * weight.count
                unsafe VectorMath.rmsNorm(part, weight: weight, into: part, weight.count, epsilon: epsilon)
            } }
        }
    }

    /// x += y
    func add(_ y: RowBuffer, to x: RowBuffer) { eachRows { rows in for row in rows { unsafe VectorMath.add(x.row(row), y.row(row), x.width) } } }

    /// x = layerNorm(x)
    func layerNorm(_ x: RowBuffer, _ norm: LayerNorm) {
        eachRows { rows in
            for row in rows {
                unsafe VectorMath.layerNorm(x.row(row), weight: norm.weight, bias: norm.bias, into: x.row(row), x.width, epsilon: norm.epsilon)
            }
        }
    }

    // MARK: - Positions and attention

    /// Rotates every head of x by its token's position.
    func rotate(_ x: RowBuffer, headWidth: Int, _ rotary: RotaryTable) {
        eachRows { [batch] rows in
            unsafe rotary.cosines.withUnsafeBufferPointer { cosines in
                unsafe rotary.sines.withUnsafeBufferPointer { sines in
                    guard let cosines = cosines.baseAddress, let sines = sines.baseAddress else { return }
                    for row in rows {
                        let place = batch[row].position * rotary.pairs
                        for head in 0..<x.width / headWidth {
                            unsafe VectorMath.rope(
                                x.row(row) + head * headWidth, cosines: cosines + place, sines: sines + place, pairs: rotary.pairs, isInterleaved: rotary.isInterleaved)
                        }
                    }
                }
            }
        }
    }

    /// Stores keys and values and lets every query attend to what it may see, into `out`.
    ///
    /// - Parameters:
    ///   - window: a query sees this many of the newest keys; nil for all.
    ///   - isCausal: whether a query sees only keys up to its own.
    func attend(
        _ query: RowBuffer, _ key: RowBuffer, _ value: RowBuffer, layer: KeyValueLayer, scale: Float, window: Int? = nil, isCausal: Bool = true, into out: RowBuffer
    ) throws {
        eachRows { [batch, pageTables] rows in
            for row in rows {
                let token = batch[row]
                let page = pageTables[token.sequence][token.position / KeyValueLayer.pageCount]
                unsafe layer.store(key: key.row(row), value: value.row(row), page: Int(page), slot: token.position % KeyValueLayer.pageCount)
            }
        }
        settle()
        try out.resize(count: count, width: query.width)
        let longest = (batch.map(\.position).max() ?? 0) + 1
        for buffer in scratch { try buffer.resize(count: 1, width: KeyValueLayer.scratchCount(keys: longest)) }
        let work = attentionWork(keyHeads: layer.heads, headsPerKey: query.width / layer.headWidth / layer.heads)
        pool.share(work.items.map(\.count)) { worker, owner, item in
            attend(work, work.items[owner][item], query, out, layer: layer, scale: scale, window: window, isCausal: isCausal, scratch: scratch[worker])
        }
    }

    /// The same for all layers of a batch.
    private func attentionWork(keyHeads: Int, headsPerKey: Int) -> AttentionWork {
        if let attention, attention.keyHeads == keyHeads, attention.headsPerKey == headsPerKey { return attention }
        let work = AttentionWork(batch: batch, keyHeads: keyHeads, headsPerKey: headsPerKey, shares: shares)
        attention = work
        return work
    }

    private func attend(
        _ work: AttentionWork, _ item: AttentionWork.Item, _ query: RowBuffer, _ out: RowBuffer, layer: KeyValueLayer, scale: Float, window: Int?, isCausal: Bool, scratch: RowBuffer
    ) {
        let (rows, keyHead, pairs) = (item.sequence, item.keyHead, item.pairs)
        let last = batch[rows.upperBound - 1].position + 1
        unsafe withUnsafeTemporaryAllocation(of: KeyValueLayer.Query.self, capacity: KeyValueLayer.queryCount) { queries in
            guard let start = queries.baseAddress else { return }
            for (index, pair) in pairs.enumerated() {
                let row = rows.lowerBound + pair / work.headsPerKey
                let offset = (keyHead * work.headsPerKey + pair % work.headsPerKey) * layer.headWidth
                let end = isCausal ? batch[row].position + 1 : last
                unsafe (start + index).initialize(
                    to: KeyValueLayer.query(query.row(row) + offset, into: out.row(row) + offset, keys: max(0, end - (window ?? end))..<end))
            }
            let table = pageTables[batch[rows.lowerBound].sequence]
            unsafe layer.attend(start, count: pairs.count, head: keyHead, pageTable: table, scale: scale, scratch: scratch.row(0))
        }
    }
}

/// The weights of a layer norm.
struct LayerNorm: Sendable {
    let weight: [Float]
    let bias: [Float]
    let epsilon: Float
}

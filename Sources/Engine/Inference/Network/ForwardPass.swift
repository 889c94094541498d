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
/// Each operation is one or two jobs of the thread pool. Rows are tokens; tokens of several sequences stand in one batch, and only attention tells them apart.
@safe
final class ForwardPass {
    let pool: ThreadPool
    private(set) var batch: [BatchToken] = []
    private(set) var pageTables: [[Int32]] = []
    private let bytes = Activations(operand: .bytes)
    private let words = Activations(operand: .words)
    private var scratch: [RowBuffer]

    init(pool: ThreadPool) {
        self.pool = pool
        scratch = (0..<pool.width).map { _ in RowBuffer() }
    }

    /// Gives the scratch memory back, until the next batch.
    func release() {
        for activations in [bytes, words] { activations.release() }
        for buffer in scratch { buffer.release() }
    }

    var count: Int { batch.count }

    /// Sets the tokens of the next pass. Tokens of one sequence must be neighbors, in order of their positions.
    func begin(_ batch: [BatchToken], pageTables: [[Int32]]) {
        self.batch = batch
        self.pageTables = pageTables
    }

    /// Calls `body` for each row, several at once.
    func eachRow(_ body: (Int) -> Void) {
        // Rows cost some microseconds each: a few at a time keep the threads even.
        pool.split(count, grain: max(1, min(16, count / (pool.width * 2)))) { for row in $0 { body(row) } }
    }

    // MARK: - Products

    /// outputs[i] = x * linears[i]^T + bias, all from one quantization of x.
    ///
    /// - Parameter finish: called with each row of x before it is used: what is left to do to it while it is in the cache.
    func project(_ x: RowBuffer, _ linears: [(linear: Linear, out: RowBuffer)], finish: (Int) -> Void = { _ in }) throws {
        let used = [bytes, words].filter { activations in linears.contains { $0.linear.matrix.format.operand == activations.operand } }
        for activations in used { try activations.resize(tokens: count, columns: x.width) }
        eachRow { row in
            finish(row)
            for activations in used { unsafe activations.set(row, from: x.row(row)) }
        }
        for (linear, out) in linears { try out.resize(count: count, width: linear.outputs) }
        // One job over the row groups of all matrices: a job costs microseconds, and the small ones would leave threads idle.
        let grains = linears.map { max(2, ($0.linear.matrix.groups / (pool.width * 8) + 1) / 2 * 2) }
        var pieces: [(matrix: Int, groups: Range<Int>)] = []
        for (index, grain) in grains.enumerated() {
            let groups = linears[index].linear.matrix.groups
            for start in stride(from: 0, to: groups, by: grain) { pieces.append((index, start..<min(groups, start + grain))) }
        }
        pool.split(pieces.count, grain: 1) { range in
            for piece in range {
                let (linear, out) = linears[pieces[piece].matrix]
                multiply(linear.matrix, x, groups: pieces[piece].groups, into: out)
            }
        }
        for (linear, out) in linears {
            if let bias = linear.bias { eachRow { row in unsafe VectorMath.add(out.row(row), bias, out.width) } }
        }
    }

    private func multiply(_ matrix: PackedMatrix, _ x: RowBuffer, groups: Range<Int>, into out: RowBuffer) {
        switch matrix.format.operand {
        case .bytes: unsafe matrix.multiply(bytes, groups: groups, into: out.row(0), outStride: out.stride)
        case .words: unsafe matrix.multiply(words, groups: groups, into: out.row(0), outStride: out.stride)
        case .floats: unsafe matrix.multiply(dense: x.row(0), xStride: x.stride, tokens: count, groups: groups, into: out.row(0), outStride: out.stride)
        }
    }

    // MARK: - Norms and sums

    /// out = rmsNorm(x) * weight
    func rmsNorm(_ x: RowBuffer, _ weight: [Float], epsilon: Float, into out: RowBuffer) throws {
        try out.resize(count: count, width: x.width)
        eachRow { row in unsafe VectorMath.rmsNorm(x.row(row), weight: weight, into: out.row(row), x.width, epsilon: epsilon) }
    }

    /// x = rmsNorm(x) * weight, over each of `heads` parts of a row.
    func rmsNormHeads(_ x: RowBuffer, _ weight: [Float], epsilon: Float) {
        let heads = x.width / weight.count
        eachRow { row in
            for head in 0..<heads {
                let part = unsafe x.row(row) + head * weight.count
                unsafe VectorMath.rmsNorm(part, weight: weight, into: part, weight.count, epsilon: epsilon)
            }
        }
    }

    /// x += y
    func add(_ y: RowBuffer, to x: RowBuffer) { eachRow { row in unsafe VectorMath.add(x.row(row), y.row(row), x.width) } }

    /// x = layerNorm(x)
    func layerNorm(_ x: RowBuffer, _ norm: LayerNorm) {
        eachRow { row in unsafe VectorMath.layerNorm(x.row(row), weight: norm.weight, bias: norm.bias, into: x.row(row), x.width, epsilon: norm.epsilon) }
    }

    /// outputs = (activation(gate) * up) * down^T + bias. `gate` holds the product in parentheses then.
    func projectGated(_ gate: RowBuffer, _ up: RowBuffer, _ activation: GatedActivation, _ down: Linear, into out: RowBuffer) throws {
        try project(gate, [(down, out)]) { row in
            switch activation {
            case .silu: unsafe VectorMath.siluMultiply(gate.row(row), up.row(row), up.width)
            case .geluTanh: unsafe VectorMath.geluMultiply(gate.row(row), up.row(row), up.width)
            }
        }
    }

    // MARK: - Positions and attention

    /// Rotates every head of x by its token's position.
    func rotate(_ x: RowBuffer, headWidth: Int, _ rotary: RotaryTable) {
        eachRow { row in
            let place = batch[row].position * rotary.pairs
            unsafe rotary.cosines.withUnsafeBufferPointer { cosines in
                unsafe rotary.sines.withUnsafeBufferPointer { sines in
                    guard let cosines = cosines.baseAddress, let sines = sines.baseAddress else { return }
                    for head in 0..<x.width / headWidth {
                        unsafe VectorMath.rope(
                            x.row(row) + head * headWidth, cosines: cosines + place, sines: sines + place, pairs: rotary.pairs, isInterleaved: rotary.isInterleaved)
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
        eachRow { row in
            let token = batch[row]
            let page = pageTables[token.sequence][token.position / KeyValueLayer.pageCount]
            unsafe layer.store(key: key.row(row), value: value.row(row), page: Int(page), slot: token.position % KeyValueLayer.pageCount)
        }
        try out.resize(count: count, width: query.width)
        let longest = (batch.map(\.position).max() ?? 0) + 1
        for buffer in scratch { try buffer.resize(count: 1, width: KeyValueLayer.scratchCount(keys: longest)) }
        let work = AttentionWork(batch: batch, layer: layer, headsPerKey: query.width / layer.headWidth / layer.heads)
        let next = Atomic(0)
        pool.run { worker in
            while true {
                let item = next.wrappingAdd(1, ordering: .relaxed).oldValue
                guard item < work.items else { return }
                attend(work, item, query, out, layer: layer, scale: scale, window: window, isCausal: isCausal, scratch: scratch[worker])
            }
        }
    }

    private func attend(
        _ work: AttentionWork, _ item: Int, _ query: RowBuffer, _ out: RowBuffer, layer: KeyValueLayer, scale: Float, window: Int?, isCausal: Bool, scratch: RowBuffer
    ) {
        let (rows, keyHead, pairs) = work.item(item)
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

/// How attention over a batch is cut into pieces: up to six queries that read the same keys, be they neighbors in the text or heads that share a key head.
struct AttentionWork {
    private struct Run {
        var rows: Range<Int>
        var firstItem: Int
        var chunks: Int
    }
    private var runs: [Run] = []
    private let keyHeads: Int
    let headsPerKey: Int
    private(set) var items = 0

    init(batch: [BatchToken], layer: KeyValueLayer, headsPerKey: Int) {
        self.headsPerKey = headsPerKey
        keyHeads = layer.heads
        var start = 0
        while start < batch.count {
            var end = start + 1
            while end < batch.count, batch[end].sequence == batch[start].sequence { end += 1 }
            let chunks = ((end - start) * headsPerKey + KeyValueLayer.queryCount - 1) / KeyValueLayer.queryCount
            runs.append(Run(rows: start..<end, firstItem: items, chunks: chunks))
            items += chunks * keyHeads
            start = end
        }
    }

    /// The rows of an item's sequence, its key head, and its (row, head) pairs. Late pieces of a text, which read most keys, come first.
    func item(_ index: Int) -> (rows: Range<Int>, keyHead: Int, pairs: Range<Int>) {
        var low = 0
        var high = runs.count
        while high - low > 1 {
            let middle = (low + high) / 2
            if runs[middle].firstItem <= index { low = middle } else { high = middle }
        }
        let run = runs[low]
        let local = index - run.firstItem
        let chunk = run.chunks - 1 - local / keyHeads
        let pairs = run.rows.count * headsPerKey
        let start = chunk * KeyValueLayer.queryCount
        return (run.rows, local % keyHeads, start..<min(pairs, start + KeyValueLayer.queryCount))
    }
}

/// The function of a gated feed-forward layer.
enum GatedActivation: Sendable { case silu, geluTanh }

/// The weights of a layer norm.
struct LayerNorm: Sendable {
    let weight: [Float]
    let bias: [Float]
    let epsilon: Float
}

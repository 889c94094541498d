import Core
import Kernels

/// Sequences that lie one after another in one batch of tokens, and the heads that look at them.
public struct AttentionLayout: Sendable, Hashable {
    /// The tokens of each sequence; together, in order, all of the batch.
    public let segments: [Range<Int>]
    public let heads: Int
    /// Heads of keys and values; several heads of queries share one (Ainslie et al. 2023).
    public let keyHeads: Int
    public let headWidth: Int
    /// What scores are multiplied by.
    public let scale: Float
    /// The newest tokens that a query sees; nil for all.
    public let window: Int?

    public init(segments: [Range<Int>], heads: Int, keyHeads: Int, headWidth: Int, scale: Float, window: Int? = nil) {
        (self.segments, self.heads, self.keyHeads, self.headWidth, self.scale, self.window) = (segments, heads, keyHeads, headWidth, scale, window)
    }

    var longest: Int { segments.map(\.count).max() ?? 0 }
}

extension Tensor {
    /// Attention in which a token sees itself and those before it in its own sequence (Vaswani et al. 2017), with no padding: sequences of any lengths lie one after another.
    ///
    /// Probabilities are never kept: some rows of them are in memory at a time, and the way back computes them again (Dao et al. 2022).
    ///
    /// - Parameters:
    ///   - self: queries, [tokens, heads * headWidth].
    ///   - keys, values: [tokens, keyHeads * headWidth].
    /// - Returns: [tokens, heads * headWidth].
    /// - Throws: `tensors.shape`, `kernels.memory`.
    public func attention(to keys: Tensor, values: Tensor, _ layout: AttentionLayout) throws -> Tensor {
        let tokens = layout.segments.last?.upperBound ?? 0
        guard layout.heads % max(1, layout.keyHeads) == 0, shape == [tokens, layout.heads * layout.headWidth], keys.shape == [tokens, layout.keyHeads * layout.headWidth], values.shape == keys.shape,
            zip([0] + layout.segments.map(\.upperBound), layout.segments).allSatisfy({ $0 == $1.lowerBound })
        else { throw Fault.shape("queries of \(shape) and keys of \(keys.shape) do not fit \(layout.heads) heads over \(tokens) tokens") }
        let work = SegmentAttention(layout, queries: detached(), keys: keys.detached(), values: values.detached())
        let out = try workspace.take(count)
        try work.eachHead { worker in unsafe worker.forward(into: out.floats) }
        return Self.result(out, shape: shape, of: [self, keys, values]) { gradient in
            let back = try work.zeros()
            try work.eachHead { worker in unsafe worker.backward(gradient.storage.floats, into: back[0].storage.floats, back[1].storage.floats, back[2].storage.floats) }
            return back
        }
    }
}

/// The attention of one layer: tasks of one sequence and one head of keys each, which no other task's results overlap.
private struct SegmentAttention: Sendable {
    /// Queries whose probabilities are in memory at once.
    static let block = 96

    let layout: AttentionLayout
    let queries: Tensor
    let keys: Tensor
    let values: Tensor

    init(_ layout: AttentionLayout, queries: Tensor, keys: Tensor, values: Tensor) { (self.layout, self.queries, self.keys, self.values) = (layout, queries, keys, values) }

    func zeros() throws -> [Tensor] { try [queries, keys, values].map { try Tensor(repeating: 0, shape: $0.shape, in: $0.workspace) } }

    /// Calls `body` for each sequence and head of keys, several at once.
    func eachHead(_ body: (HeadWork) -> Void) throws {
        let pool = queries.workspace.pool
        let sizes = HeadWork.Sizes(longest: layout.longest, width: layout.headWidth)
        let memory = try (0..<pool.width).map { _ in try queries.workspace.take(sizes.total) }
        // Long sequences first, so that the threads end together.
        let items = layout.segments.sorted { ($0.count, $1.lowerBound) > ($1.count, $0.lowerBound) }.flatMap { segment in (0..<layout.keyHeads).map { (segment, $0) } }
        pool.share([items.count]) { worker, _, item in
            body(HeadWork(work: self, segment: items[item].0, keyHead: items[item].1, sizes: sizes, memory: memory[worker]))
        }
    }
}

/// One sequence and one head of keys with the heads of queries that share it, on one thread.
@safe
private struct HeadWork {
    /// Floats of each part of a thread's memory.
    struct Sizes {
        let packed: Int
        let scores: Int
        let small: Int

        init(longest: Int, width: Int) {
            packed = max(MatrixProduct.packedCount(k: width, n: longest), MatrixProduct.packedCount(k: longest, n: width))
            scores = SegmentAttention.block * (longest + 16)
            small = MatrixProduct.packedCount(k: SegmentAttention.block, n: width)
        }
        /// Keys and values, each packed in two ways, two blocks of scores, a block of rows, and the product's own.
        var total: Int { 4 * packed + 2 * scores + small + MatrixProduct.scratchCount }
    }

    let work: SegmentAttention
    let segment: Range<Int>
    let keyHead: Int
    let sizes: Sizes
    let memory: Storage

    private var width: Int { work.layout.headWidth }
    private var queryStride: Int { work.layout.heads * width }
    private var keyStride: Int { work.layout.keyHeads * width }
    /// Columns of a packed panel.
    private static let panel = MatrixProduct.packedCount(k: 1, n: 1)

    private func part(_ index: Int) -> UnsafeMutablePointer<Float> { unsafe memory.floats + index * sizes.packed }
    private func scores(_ index: Int) -> UnsafeMutablePointer<Float> { unsafe memory.floats + 4 * sizes.packed + index * sizes.scores }
    private var small: UnsafeMutablePointer<Float> { unsafe memory.floats + 4 * sizes.packed + 2 * sizes.scores }
    private var own: UnsafeMutablePointer<Float> { unsafe small + sizes.small }

    /// The first value of this head of keys in a tensor of keys or values.
    private func keyPart(_ floats: UnsafeMutablePointer<Float>) -> UnsafeMutablePointer<Float> { unsafe floats + segment.lowerBound * keyStride + keyHead * width }

    /// The keys or values as the right factor of scores, [width, tokens].
    private func packAcross(_ tensor: Tensor, into packed: UnsafeMutablePointer<Float>) {
        unsafe MatrixProduct.pack(MatrixProduct.Operand(keyPart(tensor.storage.floats), rowStride: keyStride).transposed, k: width, n: segment.count, into: packed)
    }

    /// The same as the right factor of probabilities, [tokens, width], each panel by itself, so that its first rows can be used alone.
    private func packAlong(_ tensor: Tensor, into packed: UnsafeMutablePointer<Float>) {
        for column in stride(from: 0, to: width, by: Self.panel) {
            unsafe MatrixProduct.pack(
                .init(keyPart(tensor.storage.floats) + column, rowStride: keyStride), k: segment.count, n: min(Self.panel, width - column), into: packed + column * segment.count)
        }
    }

    /// out = left * (the first `seen` rows of what ``packAlong(_:into:)`` packed)
    private func multiplyAlong(_ left: UnsafePointer<Float>, _ stride: Int, rows: Int, seen: Int, _ packed: UnsafePointer<Float>, into out: UnsafeMutablePointer<Float>) {
        for column in Swift.stride(from: 0, to: width, by: Self.panel) {
            unsafe MatrixProduct.multiply(
                .init(left, rowStride: stride), rows: 0..<rows, packed: packed + column * segment.count, k: seen, n: min(Self.panel, width - column), into: out + column, outStride: queryStride,
                scratch: own)
        }
    }

    /// Calls `body` with the rows of each block of each head: the offset of its first value in queries, and how many rows and keys there are. Probabilities stand in `scores(0)`, `stride` apart.
    private func eachBlock(_ body: (_ offset: Int, _ rows: Int, _ seen: Int, _ stride: Int) -> Void) {
        unsafe packAcross(work.keys, into: part(0))
        let group = work.layout.heads / work.layout.keyHeads
        for head in keyHead * group..<(keyHead + 1) * group {
            for first in Swift.stride(from: 0, to: segment.count, by: SegmentAttention.block) {
                let rows = min(SegmentAttention.block, segment.count - first)
                let (seen, offset) = (first + rows, (segment.lowerBound + first) * queryStride + head * width)
                let stride = (seen + 15) / 16 * 16
                unsafe MatrixProduct.multiply(
                    .init(work.queries.storage.floats + offset, rowStride: queryStride), rows: 0..<rows, packed: part(0), k: width, n: seen, into: scores(0), outStride: stride, scratch: own)
                for row in 0..<rows {
                    let (line, end) = unsafe (scores(0) + row * stride, first + row + 1)
                    let start = max(0, end - (work.layout.window ?? end))
                    unsafe line.update(repeating: 0, count: start)
                    unsafe VectorMath.scale(line + start, work.layout.scale, end - start)
                    unsafe VectorMath.softmax(line + start, end - start)
                    unsafe (line + end).update(repeating: 0, count: seen - end)
                }
                body(offset, rows, seen, stride)
            }
        }
    }

    func forward(into out: UnsafeMutablePointer<Float>) {
        unsafe packAlong(work.values, into: part(1))
        eachBlock { offset, rows, seen, stride in unsafe multiplyAlong(scores(0), stride, rows: rows, seen: seen, part(1), into: out + offset) }
    }

    /// d v = p^T g;  d s = p (d p - p . d p) scale with d p = g v^T;  d q = d s k;  d k = d s^T q.
    func backward(_ gradient: UnsafePointer<Float>, into queries: UnsafeMutablePointer<Float>, _ keys: UnsafeMutablePointer<Float>, _ values: UnsafeMutablePointer<Float>) {
        unsafe packAcross(work.values, into: part(1))
        unsafe packAlong(work.keys, into: part(2))
        eachBlock { offset, rows, seen, stride in
            let (p, d) = unsafe (scores(0), scores(1))
            unsafe MatrixProduct.multiply(.init(gradient + offset, rowStride: queryStride), rows: 0..<rows, packed: part(1), k: width, n: seen, into: d, outStride: stride, scratch: own)
            unsafe addTransposed(p, stride, gradient + offset, rows: rows, seen: seen, to: keyPart(values))
            for row in 0..<rows {
                let (left, right) = unsafe (p + row * stride, d + row * stride)
                let inner = unsafe VectorMath.dot(left, right, seen)
                unsafe withUnsafePointer(to: inner) { inner in unsafe BinaryFunction.subtract.apply(right, inner, steps: (1, 0), into: right, count: seen) }
                unsafe BinaryFunction.multiply.apply(right, left, into: right, count: seen)
                unsafe VectorMath.scale(right, work.layout.scale, seen)
            }
            unsafe multiplyAlong(d, stride, rows: rows, seen: seen, part(2), into: queries + offset)
            unsafe addTransposed(d, stride, work.queries.storage.floats + offset, rows: rows, seen: seen, to: keyPart(keys))
        }
    }

    /// out += left^T right, for `rows` rows of both.
    private func addTransposed(_ left: UnsafePointer<Float>, _ stride: Int, _ right: UnsafePointer<Float>, rows: Int, seen: Int, to out: UnsafeMutablePointer<Float>) {
        unsafe MatrixProduct.pack(.init(right, rowStride: queryStride), k: rows, n: width, into: small)
        unsafe MatrixProduct.multiply(
            MatrixProduct.Operand(left, rowStride: stride).transposed, rows: 0..<seen, packed: small, k: rows, n: width, into: out, outStride: keyStride, isAdded: true, scratch: own)
    }
}

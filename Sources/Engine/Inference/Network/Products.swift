import Core
import Kernels

/// Rows in the forms that matrices take them in: quantized to bytes or to words, or as they are.
final class Operands {
    private let quantized: [PackedFormat.Operand: Activations] = [.bytes: Activations(operand: .bytes), .shiftedBytes: Activations(operand: .shiftedBytes), .words: Activations(operand: .words)]
    let floats = RowBuffer()

    /// The rows in a quantized form; nil for floats.
    func callAsFunction(_ operand: PackedFormat.Operand) -> Activations? { quantized[operand] }

    /// Makes room for `tokens` rows of `columns` values in the form of `operand`.
    func resize(_ operand: PackedFormat.Operand, tokens: Int, columns: Int) throws {
        if let activations = self(operand) { try activations.resize(tokens: tokens, columns: columns) } else { try floats.resize(count: tokens, width: columns) }
    }

    /// Sets some columns of some rows; both ends lie at whole blocks, unless the form is floats.
    ///
    /// - Parameter values: the first of these columns in the first of these rows; the next row is `stride` further.
    func set(_ operand: PackedFormat.Operand, rows: Range<Int>, columns: Range<Int>, from values: UnsafePointer<Float>, stride: Int) {
        let blocks = columns.lowerBound / Activations.blockCount..<columns.upperBound / Activations.blockCount
        if let activations = self(operand) { return unsafe activations.set(rows, blocks: blocks, from: values, stride: stride) }
        for row in rows { unsafe (floats.row(row) + columns.lowerBound).update(from: values + (row - rows.lowerBound) * stride, count: columns.count) }
    }

    func release() {
        for activations in quantized.values { activations.release() }
        floats.release()
    }
}

/// The groups of one of several matrices that a thread computes at once.
struct ProductPiece {
    var matrix: Int
    var groups: Range<Int>

    /// Cuts matrices into pieces for `width` threads: large ones first, then ever smaller ones, so that the threads end together.
    ///
    /// - Parameter most: groups of a piece.
    static func pieces(groups: [Int], width: Int, most: Int = .max) -> [ProductPiece] {
        var left = groups.reduce(0, +)
        var pieces: [ProductPiece] = []
        for (matrix, count) in groups.enumerated() {
            var start = 0
            while start < count {
                // Pairs of groups share the loads of the activations.
                let size = width == 1 ? most : min(most, max(2, left / (width * 4) / 2 * 2))
                let end = min(count, start + min(size, count))
                pieces.append(ProductPiece(matrix: matrix, groups: start..<end))
                left -= end - start
                start = end
            }
        }
        return pieces
    }
}

extension ForwardPass {
    /// outputs[i] = x * linears[i]^T + bias, all from one quantization of x.
    func project(_ x: RowBuffer, _ linears: [(linear: Linear, out: RowBuffer)]) throws {
        try quantize(x, for: linears.map(\.linear))
        for (linear, out) in linears { try out.resize(count: count, width: linear.outputs) }
        // One job over the row groups of all matrices: a job costs microseconds, and the small ones would leave threads idle.
        share(linears.map(\.linear)) { _, index, groups, tokens in
            let (linear, out) = linears[index]
            unsafe multiply(linear.matrix, operands, x, groups: groups, tokens: tokens, into: out.row(tokens.lowerBound) + groups.lowerBound * 16, stride: out.stride)
        }
        for (linear, out) in linears {
            adapt(linear, x, out)
            addBias(linear, to: out)
        }
    }

    /// Adds what adapters add to a product, to the rows of the sequences that have one.
    private func adapt(_ linear: Linear, _ x: RowBuffer, _ out: RowBuffer) {
        guard !adapters.isEmpty, !linear.name.isEmpty else { return }
        let layers = adapters.map { $0?.layers[linear.name] }
        guard layers.contains(where: { $0 != nil }) else { return }
        eachRows { [batch] rows in for row in rows { if let layer = layers[batch[row].sequence] { unsafe layer.apply(x.row(row), to: out.row(row)) } } }
    }

    /// The same as ``feedForward(_:_:into:)``, with what lies between the products in memory, where adapters add to it and read it. Results of rows without an adapter are the same to the bit.
    private func adaptedFeedForward(_ x: RowBuffer, _ layer: FeedForward, into out: RowBuffer) throws {
        var (gate, up) = (layer.gate?.linear, layer.up)
        // The activation adds the biases.
        gate?.bias = nil
        up.bias = nil
        let (left, right) = gated
        try project(x, (gate.map { [($0, left)] } ?? []) + [(up, right)])
        eachRows { rows in
            let first = rows.lowerBound
            unsafe layer.activate(gate == nil ? right.row(first) : left.row(first), right.row(first), stride: right.stride, count: rows.count, columns: 0..<right.width)
        }
        try project(gate == nil ? right : left, [(layer.down, out)])
    }

    /// out = down(activation(gate x) * up x), or down(gelu(up x)) without a gate, each with its bias.
    ///
    /// What lies between the products is wider than the rows, so it is never stored: whoever has computed some columns of it for all tokens quantizes them for the second product while they are in the
    /// cache.
    func feedForward(_ x: RowBuffer, _ layer: FeedForward, into out: RowBuffer) throws {
        guard adapters.isEmpty else { return try adaptedFeedForward(x, layer, into: out) }
        let (gate, up, down) = (layer.gate?.linear, layer.up, layer.down)
        let operand = down.matrix.format.operand
        try quantize(x, for: [gate, up].compactMap { $0 })
        try inner.resize(operand, tokens: count, columns: up.outputs)
        try out.resize(count: count, width: down.outputs)
        // Columns of many tokens at a time that fit the second-level cache; of a single token as many as keep the memory busy.
        let chunk = 64 * Activations.tileCount
        let most = count > Activations.tileCount ? 4 : 64
        let widest = min(most, up.matrix.groups) * 16
        for buffer in scratch { try buffer.resize(count: min(chunk, count), width: 2 * widest) }
        share([up], most: most) { worker, _, groups, all in
            let buffer = scratch[worker]
            let first = groups.lowerBound * 16
            let width = min(groups.upperBound * 16, up.outputs) - first
            for start in stride(from: all.lowerBound, to: all.upperBound, by: chunk) {
                let tokens = start..<min(all.upperBound, start + chunk)
                let (left, right) = unsafe (buffer.row(0), buffer.row(0) + widest)
                unsafe multiply(up.matrix, operands, x, groups: groups, tokens: tokens, into: right, stride: buffer.stride)
                if let gate { unsafe multiply(gate.matrix, operands, x, groups: groups, tokens: tokens, into: left, stride: buffer.stride) }
                unsafe layer.activate(left, right, stride: buffer.stride, count: tokens.count, columns: first..<first + width)
                unsafe inner.set(operand, rows: tokens, columns: first..<first + width, from: gate == nil ? right : left, stride: buffer.stride)
            }
        }
        share([down]) { _, _, groups, tokens in
            unsafe multiply(down.matrix, inner, inner.floats, groups: groups, tokens: tokens, into: out.row(tokens.lowerBound) + groups.lowerBound * 16, stride: out.stride)
        }
        addBias(down, to: out)
    }

    /// Calls `body` with pieces of the linears' outputs, several at once.
    private func share(_ linears: [Linear], most: Int = .max, _ body: (_ worker: Int, _ linear: Int, _ groups: Range<Int>, _ tokens: Range<Int>) -> Void) {
        let pieces = ProductPiece.pieces(groups: linears.map(\.matrix.groups), width: pool.width, most: most)
        pool.share(shares.map { _ in pieces.count }) { worker, owner, item in body(worker, pieces[item].matrix, pieces[item].groups, shares[owner]) }
    }

    private func addBias(_ linear: Linear, to out: RowBuffer) {
        guard let bias = linear.bias else { return }
        eachRows { rows in for row in rows { unsafe VectorMath.add(out.row(row), bias, out.width) } }
    }

    /// Brings rows into the forms that `linears` take, with all that is noted for them.
    private func quantize(_ x: RowBuffer, for linears: [Linear]) throws {
        for operand in Set(linears.map(\.matrix.format.operand)) where operand != .floats {
            try operands.resize(operand, tokens: count, columns: x.width)
            eachRows { [operands] rows in unsafe operands.set(operand, rows: rows, columns: 0..<x.width, from: x.row(rows.lowerBound), stride: x.stride) }
        }
        settle()
    }

    /// - Parameter dense: the rows themselves, for matrices of floats.
    private func multiply(
        _ matrix: PackedMatrix, _ operands: Operands, _ dense: RowBuffer, groups: Range<Int>, tokens: Range<Int>, into out: UnsafeMutablePointer<Float>, stride: Int
    ) {
        guard let activations = operands(matrix.format.operand) else {
            return unsafe matrix.multiply(dense: dense.row(tokens.lowerBound), xStride: dense.stride, tokens: tokens.count, groups: groups, into: out, outStride: stride)
        }
        unsafe matrix.multiply(activations, groups: groups, tokens: tokens, into: out, outStride: stride)
    }
}

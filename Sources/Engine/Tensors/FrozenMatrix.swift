import Core
import Kernels

/// Weights that do not learn, [outputs, inputs]: those of a language model under an adapter. Gradients flow through a product with them, and none is computed for them.
///
/// A quantized matrix is held twice, as the forward product reads it and transposed for the way back, each in the form that the processor multiplies fastest: two copies of a byte a weight are half of one
/// in floats, and products of bytes are four times as fast. What goes in is then rounded, activations on the way forward as the served model rounds them, and gradients on the way back (blocks of 32 with a
/// scale each, after Wortsman et al. 2023). Floats are held once, and their products round nothing; those that bf16 holds are held in it, and some rows at a time become floats.
public struct FrozenMatrix: Sendable {
    private enum Form: Sendable {
        case floats(Tensor)
        case compact(CompactTensor)
        /// The matrix, and its transpose.
        case packed(PackedMatrix, PackedMatrix)
    }

    public let outputs: Int
    public let inputs: Int
    private let form: Form

    /// Weights as they are.
    ///
    /// - Parameter values: [outputs, inputs], row by row.
    /// - Throws: `tensors.shape`, `kernels.memory`.
    public init(_ values: [Float], outputs: Int, inputs: Int, in workspace: Workspace) throws {
        (self.outputs, self.inputs) = (outputs, inputs)
        form = .floats(try Tensor(values, shape: [outputs, inputs], in: workspace))
    }

    /// Weights in bf16, [outputs, inputs].
    ///
    /// - Throws: `tensors.shape` if it is no matrix.
    public init(_ weights: CompactTensor) throws {
        guard weights.shape.count == 2 else { throw Fault.shape("\(weights.shape) is no matrix") }
        (outputs, inputs) = (weights.shape[0], weights.shape[1])
        form = .compact(weights)
    }

    /// Packed weights, and the transpose of the same weights.
    ///
    /// - Throws: `tensors.shape` if one is not the other's transpose by its sizes.
    public init(_ matrix: PackedMatrix, transposed: PackedMatrix) throws {
        guard matrix.rows == transposed.columns, matrix.columns == transposed.rows else {
            throw Fault.shape("a matrix of \(matrix.rows) x \(matrix.columns) has no transpose of \(transposed.rows) x \(transposed.columns)")
        }
        (outputs, inputs) = (matrix.rows, matrix.columns)
        form = .packed(matrix, transposed)
    }

    /// Bytes that the weights take.
    public var byteCount: Int {
        switch form {
        case .floats(let weights): weights.count * 4
        case .compact(let weights): weights.byteCount
        case .packed(let matrix, let transposed): matrix.byteCount + transposed.byteCount
        }
    }

    /// x W^T for x of [rows, inputs], with no way back.
    func forward(_ x: Tensor) throws -> Tensor {
        switch form {
        case .floats(let weights): try x.detached().multiplied(byTransposed: weights)
        case .compact(let weights): try x.product(weights)
        case .packed(let matrix, _): try x.product(matrix)
        }
    }

    /// g W for g of [rows, outputs], with no way back.
    func backward(_ gradient: Tensor) throws -> Tensor {
        switch form {
        case .floats(let weights): try gradient.detached().multiplied(by: weights)
        case .compact(let weights): try gradient.backProduct(weights)
        case .packed(_, let transposed): try gradient.product(transposed)
        }
    }
}

extension Tensor {
    /// The linear layer x W^T + b + h B^T, of which W and b do not learn: the result has the shape of x with `outputs` at its end.
    ///
    /// - Parameters:
    ///   - bias: [outputs].
    ///   - hidden, rows: h of [..., rank] and B of [outputs, rank]: what an adapter adds (Hu et al. 2022); it is summed where it is computed.
    /// - Throws: `tensors.shape`, `kernels.memory`.
    public func multiplied(by matrix: FrozenMatrix, bias: Tensor? = nil, adding adapter: (hidden: Tensor, rows: Tensor)? = nil) throws -> Tensor {
        guard shape.last == matrix.inputs, bias == nil || bias?.shape == [matrix.outputs] else { throw Fault.shape("\(shape) does not fit a layer of \(matrix.inputs) inputs") }
        let m = count / matrix.inputs
        let out = try matrix.forward(self)
        if let bias { out.eachRow { row, width in unsafe VectorMath.add(out.storage.floats + row * width, bias.storage.floats, width) } }
        let result = shape.dropLast() + [matrix.outputs]
        guard let (hidden, rows) = adapter else {
            return Self.result(out.storage, shape: Array(result), of: [self]) { [shape] gradient in [Tensor(try matrix.backward(gradient).storage, shape: shape)] }
        }
        guard let rank = hidden.shape.last, rows.shape == [matrix.outputs, rank], hidden.count == m * rank else { throw Fault.shape("\(hidden.shape) and \(rows.shape) are no adapter of a layer") }
        // The product's storage is not yet seen by anybody else.
        unsafe try MatrixProduct.multiply(
            .init(hidden.storage.floats, rowStride: rank), MatrixProduct.Operand(rows.storage.floats, rowStride: rank).transposed, m: m, n: matrix.outputs, k: rank, into: out.storage.floats,
            outStride: matrix.outputs, isAdded: true, pool: workspace.pool, scratch: workspace.scratch)
        let (h, b, wants) = (hidden.detached(), rows.detached(), wantsGradient)
        return Self.result(out.storage, shape: Array(result), of: [self, hidden, rows]) { [shape] gradient in
            [
                wants ? Tensor(try matrix.backward(gradient).storage, shape: shape) : nil, try gradient.multiplied(by: b),
                // (h^T g)^T: the few rows on the left, because a product with few columns fills whole panels all the same.
                try h.reshaped([m, rank]).outer(gradient.reshaped([m, matrix.outputs])).permuted([1, 0]),
            ]
        }
    }

    /// self^T other, for matrices of as many rows, with no way back.
    private func outer(_ other: Tensor) throws -> Tensor {
        let out = try workspace.take(shape[1] * other.shape[1])
        unsafe try MatrixProduct.multiply(
            MatrixProduct.Operand(storage.floats, rowStride: shape[1]).transposed, .init(other.storage.floats, rowStride: other.shape[1]), m: shape[1], n: other.shape[1], k: shape[0], into: out.floats,
            outStride: other.shape[1], pool: workspace.pool, scratch: workspace.scratch)
        return Tensor(out, shape: [shape[1], other.shape[1]])
    }

    /// Rows of a matrix in bf16 that are floats at once.
    private static let expandedRows = 4096

    /// self W^T, with no way back.
    fileprivate func product(_ weights: CompactTensor) throws -> Tensor {
        let (m, n, k) = (count / weights.width, weights.shape[0], weights.width)
        let out = try workspace.take(m * n)
        for start in stride(from: 0, to: n, by: Self.expandedRows) {
            let part = try weights.expanded(rows: start..<min(n, start + Self.expandedRows))
            unsafe try MatrixProduct.multiply(
                .init(storage.floats, rowStride: k), MatrixProduct.Operand(part.storage.floats, rowStride: k).transposed, m: m, n: part.shape[0], k: k, into: out.floats + start, outStride: n,
                pool: workspace.pool, scratch: workspace.scratch)
        }
        return Tensor(out, shape: [m, n])
    }

    /// self W, with no way back.
    fileprivate func backProduct(_ weights: CompactTensor) throws -> Tensor {
        let (m, n, k) = (count / max(1, weights.shape[0]), weights.width, weights.shape[0])
        let out = try workspace.take(m * n)
        for start in stride(from: 0, to: k, by: Self.expandedRows) {
            let part = try weights.expanded(rows: start..<min(k, start + Self.expandedRows))
            unsafe try MatrixProduct.multiply(
                .init(storage.floats + start, rowStride: k), .init(part.storage.floats, rowStride: n), m: m, n: n, k: part.shape[0], into: out.floats, outStride: n, isAdded: start > 0,
                pool: workspace.pool, scratch: workspace.scratch)
        }
        return Tensor(out, shape: [m, n])
    }

    /// Rows of tokens that a thread takes at once: they stay in its second-level cache while it goes over a matrix.
    private static let ownRows = 40 * Activations.tileCount

    /// self W^T with a packed W, with no way back. The result does not depend on the number of threads: every element is one sum, whoever computes it.
    fileprivate func product(_ matrix: PackedMatrix) throws -> Tensor {
        let (m, n, k) = (count / matrix.columns, matrix.rows, matrix.columns)
        // Outputs come in groups of sixteen.
        let stride = matrix.groups * 16
        let padded = try workspace.take(m * stride)
        guard m > 0 else { return Tensor(padded, shape: [0, n]) }
        let pool = workspace.pool
        try workspace.withActivations(matrix.format.operand) { activations in
            try activations?.resize(tokens: m, columns: k)
            pool.split(m, grain: Activations.tileCount) { rows in
                unsafe activations?.set(rows, from: storage.floats + rows.lowerBound * k, stride: k)
            }
            let chunks = (m + Self.ownRows - 1) / Self.ownRows
            // Enough pieces for every thread, with pairs of groups together, which share the loads of the activations.
            let piece = max(2, min(32, matrix.groups / max(1, pool.width * 4 / chunks) / 2 * 2))
            let pieces = (matrix.groups + piece - 1) / piece
            pool.share([chunks * pieces]) { _, _, item in
                let (chunk, first) = (item / pieces, item % pieces * piece)
                let (tokens, groups) = (chunk * Self.ownRows..<min(m, chunk * Self.ownRows + Self.ownRows), first..<min(matrix.groups, first + piece))
                let target = unsafe padded.floats + tokens.lowerBound * stride + first * 16
                if let activations {
                    unsafe matrix.multiply(activations, groups: groups, tokens: tokens, into: target, outStride: stride)
                } else {
                    unsafe matrix.multiply(dense: storage.floats + tokens.lowerBound * k, xStride: k, tokens: tokens.count, groups: groups, into: target, outStride: stride)
                }
            }
        }
        guard stride != n else { return Tensor(padded, shape: [m, n]) }
        let out = try workspace.take(m * n)
        pool.split(m, grain: 64) { rows in for row in rows { unsafe (out.floats + row * n).update(from: padded.floats + row * stride, count: n) } }
        return Tensor(out, shape: [m, n])
    }
}

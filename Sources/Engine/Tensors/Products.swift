import Core
import Kernels

extension Tensor {
    /// Matrix product of the last two dimensions: [..., m, k] x [..., k, n] = [..., m, n]. Dimensions before must be equal, or all missing in `other`, which then is the same matrix for all.
    ///
    /// - Throws: `tensors.shape`, `kernels.memory`.
    public func multiplied(by other: Tensor) throws -> Tensor {
        try product(other, transposingOther: false)
    }

    /// The same with `other` transposed: [..., m, k] x [..., n, k] = [..., m, n]. A linear layer's weights are kept as [outputs, inputs].
    public func multiplied(byTransposed other: Tensor) throws -> Tensor {
        try product(other, transposingOther: true)
    }

    private func product(_ other: Tensor, transposingOther: Bool) throws -> Tensor {
        let (a, b) = (detached(), other.detached())
        let plan = try ProductPlan(shape, other.shape, transposingOther: transposingOther)
        let out = try plan.multiply(a, false, b, transposingOther)
        return Self.result(out.storage, shape: out.shape, of: [self, other]) { [wantsA = wantsGradient, wantsB = other.wantsGradient] gradient in
            // d a = g b^T and d b = a^T g; for b as it lies: d b^T = g^T a.
            let back = try wantsA ? ProductPlan(gradient.shape, b.shape, transposingOther: !transposingOther).multiply(gradient, false, b, !transposingOther) : nil
            guard wantsB else { return [back, nil] }
            let (left, right) = transposingOther ? (gradient, a) : (a, gradient)
            return [back, try ProductPlan.outer(left, right, into: b.shape)]
        }
    }
}

/// The sizes of a product of stacked matrices.
private struct ProductPlan {
    let stacks: Int
    let m: Int, k: Int, n: Int
    let isShared: Bool
    let shape: [Int]

    init(_ a: [Int], _ b: [Int], transposingOther: Bool) throws {
        guard a.count >= 2, b.count >= 2 else { throw Fault.shape("matrices have two dimensions; \(a) and \(b) were given") }
        let (inner, outer) = transposingOther ? (b[b.count - 1], b[b.count - 2]) : (b[b.count - 2], b[b.count - 1])
        guard a[a.count - 1] == inner, b.count == 2 || Array(a.dropLast(2)) == Array(b.dropLast(2)) else {
            throw Fault.shape("matrices of the shapes \(a) and \(b)\(transposingOther ? " transposed" : "") do not fit each other")
        }
        isShared = b.count == 2
        // A shared right factor makes one tall matrix of the left ones.
        stacks = isShared ? 1 : a.dropLast(2).reduce(1, *)
        m = isShared ? a.dropLast().reduce(1, *) : a[a.count - 2]
        (k, n) = (inner, outer)
        shape = a.dropLast() + [outer]
    }

    func multiply(_ a: Tensor, _ transposesA: Bool, _ b: Tensor, _ transposesB: Bool) throws -> Tensor {
        let workspace = a.workspace
        let out = try workspace.take(shape.reduce(1, *))
        for stack in 0..<stacks {
            let left = unsafe MatrixProduct.Operand(a.storage.floats + stack * m * k, rowStride: k)
            let right = unsafe MatrixProduct.Operand(b.storage.floats + stack * k * n, rowStride: transposesB ? k : n)
            unsafe try MatrixProduct.multiply(
                left, transposesB ? right.transposed : right, m: m, n: n, k: k, into: out.floats + stack * m * n, outStride: n, pool: workspace.pool, scratch: workspace.scratch)
        }
        return Tensor(out, shape: shape)
    }

    /// left^T * right for each stack, or summed over all stacks if `shape` has none: [..., r, p] and [..., r, q] give [p, q].
    static func outer(_ left: Tensor, _ right: Tensor, into shape: [Int]) throws -> Tensor {
        let workspace = left.workspace
        let out = try workspace.take(shape.reduce(1, *))
        let (p, q) = (left.shape[left.rank - 1], right.shape[right.rank - 1])
        let stacks = shape.count == 2 ? 1 : shape.dropLast(2).reduce(1, *)
        let rows = p * stacks == 0 ? 0 : left.count / (p * stacks)
        for stack in 0..<stacks {
            unsafe try MatrixProduct.multiply(
                MatrixProduct.Operand(left.storage.floats + stack * rows * p, rowStride: p).transposed, MatrixProduct.Operand(right.storage.floats + stack * rows * q, rowStride: q),
                m: p, n: q, k: rows, into: out.floats + stack * p * q, outStride: q, pool: workspace.pool, scratch: workspace.scratch)
        }
        return Tensor(out, shape: shape)
    }
}

import Core
import Foundation

extension Tensor {
    /// Attention of several heads (Vaswani et al. 2017): softmax(q k^T / sqrt(width) + mask) v.
    ///
    /// - Parameters:
    ///   - self: queries, [batch, heads, tokens, width].
    ///   - keys, values: [batch, heads, others, width].
    ///   - mask: what is added to the scores before softmax, 0 or a large negative number, of a shape that fits [batch, heads, tokens, others].
    /// - Returns: [batch, heads, tokens, width].
    public func attention(to keys: Tensor, values: Tensor, mask: Tensor? = nil) throws -> Tensor {
        guard rank == 4, let width = shape.last else { throw Fault.shape("queries have four dimensions, not the shape \(shape)") }
        var scores = try multiplied(byTransposed: keys) * (1 / Float(max(1, width)).squareRoot())
        if let mask { scores = try scores + mask }
        return try scores.softmax().multiplied(by: values)
    }

    /// [batch, tokens, heads * width] as [batch, heads, tokens, width].
    public func splitHeads(_ heads: Int) throws -> Tensor {
        guard rank == 3, heads > 0, shape[2] % heads == 0 else { throw Fault.shape("\(shape) has no \(heads) heads") }
        return try reshaped([shape[0], shape[1], heads, shape[2] / heads]).permuted([0, 2, 1, 3])
    }

    /// The reverse of ``splitHeads(_:)``.
    public func joinedHeads() throws -> Tensor {
        guard rank == 4 else { throw Fault.shape("\(shape) holds no heads") }
        return try permuted([0, 2, 1, 3]).reshaped([shape[0], shape[2], shape[1] * shape[3]])
    }

    /// The mask under which a token sees itself and those before it, [tokens, tokens].
    public static func causalMask(_ tokens: Int, in workspace: Workspace) throws -> Tensor {
        try Tensor((0..<tokens * tokens).map { $0 % tokens > $0 / tokens ? -1e9 : 0 }, shape: [tokens, tokens], in: workspace)
    }

    /// Rotary positions (Su et al. 2021) over the halves of the last dimension of [batch, heads, tokens, width]: pair i of token t turns by t * base^(-2i / width).
    public func rotated(base: Float = 10_000, from first: Int = 0) throws -> Tensor {
        guard rank == 4, shape[3] % 2 == 0 else { throw Fault.shape("\(shape) cannot be rotated") }
        let (tokens, half) = (shape[2], shape[3] / 2)
        let angles = (0..<tokens * half).map { index in Double(first + index / half) * pow(Double(base), -2 * Double(index % half) / Double(2 * half)) }
        let cosines = try Tensor(angles.map { Float($0.cosine) }, shape: [tokens, half], in: workspace)
        let sines = try Tensor(angles.map { Float(($0 - .pi / 2).cosine) }, shape: [tokens, half], in: workspace)
        let (a, b) = (try sliced(0..<half, of: 3), try sliced(half..<2 * half, of: 3))
        return try Self.joined([a * cosines - b * sines, a * sines + b * cosines], along: 3)
    }
}

import Core
import Kernels

/// Where the tokens of a batch stand, as rotary positions see it: cosines and sines of every token's angles, [tokens, pairs].
public struct RotaryAngles: Sendable {
    public let pairs: Int
    /// Whether neighbors form a pair, instead of the halves of a head.
    public let isInterleaved: Bool
    let cosines: [Float]
    let sines: [Float]

    /// - Parameters:
    ///   - cosines, sines: of each position of a context, `pairs` a position.
    ///   - positions: where each token of the batch stands in its sequence.
    /// - Throws: `tensors.shape` for a position that the tables do not have.
    public init(cosines: [Float], sines: [Float], pairs: Int, isInterleaved: Bool, positions: [Int]) throws {
        guard pairs > 0, cosines.count == sines.count, positions.allSatisfy({ $0 >= 0 && ($0 + 1) * pairs <= cosines.count }) else {
            throw Fault.shape("tables of \(cosines.count / max(1, pairs)) positions do not hold those of the batch")
        }
        (self.pairs, self.isInterleaved) = (pairs, isInterleaved)
        self.cosines = positions.flatMap { cosines[$0 * pairs..<($0 + 1) * pairs] }
        self.sines = positions.flatMap { sines[$0 * pairs..<($0 + 1) * pairs] }
    }

    private init(backwards other: RotaryAngles) {
        (pairs, isInterleaved, cosines, sines) = (other.pairs, other.isInterleaved, other.cosines, other.sines.map { -$0 })
    }

    /// The way back: the same angles the other way.
    var reversed: RotaryAngles { RotaryAngles(backwards: self) }
}

extension Tensor {
    /// Rotates each head of [tokens, heads * headWidth] by its token's angles (Su et al. 2021). Values of a head beyond the pairs stay as they are.
    public func rotated(by angles: RotaryAngles, headWidth: Int) throws -> Tensor {
        guard rank == 2, headWidth >= 2 * angles.pairs, shape[1] % headWidth == 0, shape[0] * angles.pairs == angles.cosines.count else { throw Fault.shape("\(shape) cannot be rotated in heads of \(headWidth)") }
        let out = try workspace.take(count)
        eachRow { row, width in
            let to = unsafe out.floats + row * width
            unsafe to.update(from: storage.floats + row * width, count: width)
            unsafe angles.cosines.withUnsafeBufferPointer { cosines in
                unsafe angles.sines.withUnsafeBufferPointer { sines in
                    guard let cosines = cosines.baseAddress, let sines = sines.baseAddress else { return }
                    for head in 0..<width / headWidth {
                        unsafe VectorMath.rope(
                            to + head * headWidth, cosines: cosines + row * angles.pairs, sines: sines + row * angles.pairs, pairs: angles.pairs, isInterleaved: angles.isInterleaved)
                    }
                }
            }
        }
        return Self.result(out, shape: shape, of: [self]) { [try $0.rotated(by: angles.reversed, headWidth: headWidth)] }
    }

    /// The gate of a feed-forward layer (Shazeer 2020): silu(self) * other. Of what lies between nothing is kept.
    public func siluGated(_ other: Tensor) throws -> Tensor {
        guard shape == other.shape else { throw Fault.shape("a gate of \(shape) does not fit \(other.shape)") }
        let (gate, up) = (detached(), other.detached())
        let out = try workspace.take(count)
        workspace.pool.split(count, grain: Self.grain) { range in
            let to = unsafe out.floats + range.lowerBound
            unsafe to.update(from: gate.storage.floats + range.lowerBound, count: range.count)
            unsafe VectorMath.siluMultiply(to, up.storage.floats + range.lowerBound, range.count)
        }
        return Self.result(out, shape: shape, of: [self, other]) { gradient in
            let (forGate, forUp) = (try gate.workspace.take(gate.count), try gate.workspace.take(gate.count))
            gate.workspace.pool.split(gate.count, grain: Self.grain) { range in
                let start = range.lowerBound
                let (g, x, y) = unsafe (gradient.storage.floats + start, gate.storage.floats + start, up.storage.floats + start)
                let (a, b) = unsafe (forGate.floats + start, forUp.floats + start)
                unsafe BinaryFunction.multiply.apply(g, y, into: a, count: range.count)
                unsafe BinaryFunction.siluSlope.apply(x, a, into: a, count: range.count)
                unsafe b.update(from: x, count: range.count)
                unsafe VectorMath.siluMultiply(b, g, range.count)
            }
            return [Tensor(forGate, shape: gate.shape), Tensor(forUp, shape: gate.shape)]
        }
    }

    /// Root-mean-square norm over each run of `weight.count` values, with a weight that does not learn: x / sqrt(mean(x^2) + epsilon) * weight. Keeps one number a run.
    public func rmsNorm(frozen weight: [Float], epsilon: Float) throws -> Tensor {
        let width = weight.count
        guard width > 0, let last = shape.last, last % width == 0 else { throw Fault.shape("a norm of \(width) does not fit \(shape)") }
        let x = detached()
        let out = try workspace.take(count)
        let inverses = try workspace.take(count / width)
        let runs = try x.reshaped([count / width, width])
        runs.eachRow { row, width in
            let from = unsafe x.storage.floats + row * width
            unsafe inverses.floats[row] = unsafe 1 / (VectorMath.dot(from, from, width) / Float(width) + epsilon).squareRoot()
            unsafe VectorMath.rmsNorm(from, weight: weight, into: out.floats + row * width, width, epsilon: epsilon)
        }
        return Self.result(out, shape: shape, of: [self]) { gradient in
            let back = try x.workspace.take(x.count)
            // d x = (h - x mean(h x) / s^2) / s, with h = g w.
            runs.eachRow { row, width in
                let (from, to, inverse) = unsafe (x.storage.floats + row * width, back.floats + row * width, inverses.floats[row])
                unsafe BinaryFunction.multiply.apply(gradient.storage.floats + row * width, weight, into: to, count: width)
                let slope = unsafe -VectorMath.dot(to, from, width) / Float(width) * inverse * inverse
                unsafe VectorMath.add(to, from, times: slope, width)
                unsafe VectorMath.scale(to, inverse, width)
            }
            return [Tensor(back, shape: x.shape)]
        }
    }
}

import Core
import Foundation
import Kernels

extension Tensor {
    /// Calls `body` with each row of the last dimension, several at once.
    func eachRow(_ body: (_ row: Int, _ width: Int) -> Void) {
        let width = shape.last ?? 1
        guard count > 0 else { return }
        workspace.pool.split(count / width, grain: max(1, Self.grain / width / 4)) { rows in for row in rows { body(row, width) } }
    }

    /// Softmax over the last dimension.
    public func softmax() throws -> Tensor {
        let out = try workspace.take(count)
        eachRow { row, width in
            let to = unsafe out.floats + row * width
            unsafe to.update(from: storage.floats + row * width, count: width)
            unsafe VectorMath.softmax(to, width)
        }
        let result = Tensor(out, shape: shape)
        // d x = p (g - p . g)
        return Self.result(out, shape: shape, of: [self]) { gradient in
            let back = try result.workspace.take(result.count)
            result.eachRow { row, width in
                let (p, g, to) = unsafe (result.storage.floats + row * width, gradient.storage.floats + row * width, back.floats + row * width)
                let inner = unsafe VectorMath.dot(p, g, width)
                unsafe withUnsafePointer(to: inner) { inner in unsafe BinaryFunction.subtract.apply(g, inner, steps: (1, 0), into: to, count: width) }
                unsafe BinaryFunction.multiply.apply(to, p, into: to, count: width)
            }
            return [Tensor(back, shape: result.shape)]
        }
    }

    /// The logarithm of softmax over the last dimension, without the loss of small probabilities.
    public func logSoftmax() throws -> Tensor {
        let out = try workspace.take(count)
        eachRow { row, width in
            let (from, to) = unsafe (storage.floats + row * width, out.floats + row * width)
            let most = unsafe UnsafeBufferPointer(start: from, count: width).max() ?? 0
            unsafe withUnsafePointer(to: most) { most in unsafe BinaryFunction.subtract.apply(from, most, steps: (1, 0), into: to, count: width) }
            var sum = 0.0
            for index in 0..<width { unsafe sum += Double(Foundation.exp(to[index])) }
            unsafe withUnsafePointer(to: Float(Foundation.log(sum))) { sum in unsafe BinaryFunction.subtract.apply(to, sum, steps: (1, 0), into: to, count: width) }
        }
        let result = Tensor(out, shape: shape)
        // d x = g - softmax(x) sum(g)
        return Self.result(out, shape: shape, of: [self]) { gradient in
            let probabilities = try result.exponential()
            return [try Self.combined(.subtract, gradient, Self.combined(.multiply, probabilities, gradient.sum(over: -1)))]
        }
    }

    /// Root-mean-square norm over the last dimension (Zhang and Sennrich 2019): x / sqrt(mean(x^2) + epsilon) * weight.
    public func rmsNorm(_ weight: Tensor, epsilon: Float = 1e-6) throws -> Tensor {
        try normalized(weight, bias: nil, epsilon: epsilon)
    }

    /// Layer norm over the last dimension (Ba et al. 2016): (x - mean) / sqrt(variance + epsilon) * weight + bias.
    public func layerNorm(_ weight: Tensor, _ bias: Tensor, epsilon: Float = 1e-5) throws -> Tensor { try normalized(weight, bias: bias, epsilon: epsilon) }

    private func normalized(_ weight: Tensor, bias: Tensor?, epsilon: Float) throws -> Tensor {
        guard let width = shape.last, width > 0, weight.shape == [width], bias == nil || bias?.shape == [width] else {
            throw Fault.shape("a norm over \(shape) has a weight of the last size, not of \(weight.shape)")
        }
        let rows = count / width
        let centers = bias != nil
        let normed = try workspace.take(count)
        let inverses = try workspace.take(rows)
        let ones = [Float](repeating: 1, count: width), zeros = [Float](repeating: 0, count: width)
        eachRow { row, width in
            let (from, to) = unsafe (storage.floats + row * width, normed.floats + row * width)
            // The spread before the norm is what the way back divides by.
            var (sum, squares) = (0.0, 0.0)
            for index in 0..<width { unsafe sum += Double(from[index]) }
            let mean = centers ? sum / Double(width) : 0
            for index in 0..<width {
                let difference = unsafe Double(from[index]) - mean
                squares += difference * difference
            }
            unsafe inverses.floats[row] = Float(1 / (squares / Double(width) + Double(epsilon)).squareRoot())
            if centers {
                unsafe VectorMath.layerNorm(from, weight: ones, bias: zeros, into: to, width, epsilon: epsilon)
            } else {
                unsafe VectorMath.rmsNorm(from, weight: ones, into: to, width, epsilon: epsilon)
            }
        }
        let shape = shape
        let plain = Tensor(normed, shape: shape)
        var result = try Self.combined(.multiply, plain, weight)
        if let bias { result = try Self.combined(.add, result, bias) }
        let operands = [self, weight] + (bias.map { [$0] } ?? [])
        let (weightValues, wantsSelf) = (weight.detached(), wantsGradient)
        return Self.result(result.storage, shape: shape, of: operands) { gradient in
            let scaled = try Self.combined(.multiply, gradient, weightValues)
            let back = try plain.workspace.take(plain.count)
            // d x = (h - mean(h) - n mean(h n)) / s, without the first mean if nothing was centered.
            if wantsSelf {
                plain.eachRow { row, width in
                    let (n, h, to) = unsafe (plain.storage.floats + row * width, scaled.storage.floats + row * width, back.floats + row * width)
                    let slope = unsafe -VectorMath.dot(h, n, width) / Float(width)
                    var mean: Float = 0
                    if centers {
                        for index in 0..<width { unsafe mean += h[index] }
                        mean /= Float(width)
                    }
                    unsafe withUnsafePointer(to: mean) { mean in unsafe BinaryFunction.subtract.apply(h, mean, steps: (1, 0), into: to, count: width) }
                    unsafe VectorMath.add(to, n, times: slope, width)
                    unsafe VectorMath.scale(to, inverses.floats[row], width)
                }
            }
            let forWeight = try Self.combined(.multiply, gradient, plain).summed(to: weightValues.shape)
            return [wantsSelf ? Tensor(back, shape: shape) : nil, forWeight] + (centers ? [try gradient.summed(to: weightValues.shape)] : [])
        }
    }
}

import Core
import Kernels

extension Tensor {
    /// Elements that one thread takes at a time: enough to be worth the fork.
    static let grain = 16_384

    // MARK: - One operand

    /// Applies a function to every element, with no way back.
    static func mapped(_ function: UnaryFunction, _ x: Tensor) throws -> Storage {
        let out = try x.workspace.take(x.count)
        x.workspace.pool.split(x.count, grain: grain) { range in
            unsafe function.apply(x.storage.floats + range.lowerBound, into: out.floats + range.lowerBound, count: range.count)
        }
        return out
    }

    /// - Parameter slope: from the result, or from the operand, to the gradient.
    private func applying(_ function: UnaryFunction, slope: BinaryFunction, ofResult: Bool) throws -> Tensor {
        let result = Tensor(try Self.mapped(function, self), shape: shape)
        let known = ofResult ? result : detached()
        return Self.result(result.storage, shape: shape, of: [self]) { gradient in [try Self.combined(slope, known, gradient)] }
    }

    /// e^x
    public func exponential() throws -> Tensor {
        let result = Tensor(try Self.mapped(.exponential, self), shape: shape)
        return Self.result(result.storage, shape: shape, of: [self]) { [try Self.combined(.multiply, result, $0)] }
    }

    /// ln x; -infinity for 0, NaN below.
    public func logarithm() throws -> Tensor {
        let x = detached()
        return Self.result(try Self.mapped(.logarithm, self), shape: shape, of: [self]) { [try Self.combined(.divide, $0, x)] }
    }

    /// The square root; NaN below zero.
    public func squareRoot() throws -> Tensor { try applying(.squareRoot, slope: .squareRootSlope, ofResult: true) }
    /// The hyperbolic tangent.
    public func tanh() throws -> Tensor { try applying(.tanh, slope: .tanhSlope, ofResult: true) }
    /// 1 / (1 + e^-x)
    public func sigmoid() throws -> Tensor { try applying(.sigmoid, slope: .sigmoidSlope, ofResult: true) }
    /// max(x, 0), with the slope 0 at 0.
    public func relu() throws -> Tensor { try applying(.relu, slope: .reluSlope, ofResult: false) }
    /// x Phi(x), the exact one (Hendrycks and Gimpel 2016).
    public func gelu() throws -> Tensor { try applying(.gelu, slope: .geluSlope, ofResult: false) }
    /// x sigmoid(x)
    public func silu() throws -> Tensor { try applying(.silu, slope: .siluSlope, ofResult: false) }
    /// x * x
    public func squared() throws -> Tensor { try self * self }

    public static prefix func - (x: Tensor) throws -> Tensor {
        result(try mapped(.negative, x), shape: x.shape, of: [x]) { [Tensor(try mapped(.negative, $0), shape: $0.shape)] }
    }

    // MARK: - Two operands

    /// Sizes of two shapes that fit each other, aligned at their last dimension: equal, or 1 in one of them.
    static func broadcastShape(_ a: [Int], _ b: [Int]) throws -> [Int] {
        let rank = max(a.count, b.count)
        let (left, right) = ([Int](repeating: 1, count: rank - a.count) + a, [Int](repeating: 1, count: rank - b.count) + b)
        return try zip(left, right).map { x, y in
            guard x == y || x == 1 || y == 1 else { throw Fault.shape("the shapes \(a) and \(b) do not fit each other") }
            return x == 1 ? y : x
        }
    }

    /// Combines two tensors element by element, with no way back.
    static func combined(_ function: BinaryFunction, _ a: Tensor, _ b: Tensor) throws -> Tensor {
        let shape = try broadcastShape(a.shape, b.shape)
        let out = try a.workspace.take(shape.reduce(1, *))
        let plan = BroadcastPlan(shape: shape, operands: [a.shape, b.shape])
        let rows = plan.inner == 0 ? 0 : out.count / plan.inner
        let (aStep, bStep) = (plan.innerSteps[0], plan.innerSteps[1])
        if rows == 1 {
            a.workspace.pool.split(plan.inner, grain: grain) { range in
                let start = range.lowerBound
                unsafe function.apply(
                    a.storage.floats + start * aStep, b.storage.floats + start * bStep, steps: (aStep, bStep), into: out.floats + start, count: range.count)
            }
        } else {
            a.workspace.pool.split(rows, grain: max(1, grain / max(1, plan.inner))) { range in
                for row in range {
                    unsafe function.apply(
                        a.storage.floats + plan.offset(row, of: 0), b.storage.floats + plan.offset(row, of: 1), steps: (aStep, bStep), into: out.floats + row * plan.inner,
                        count: plan.inner)
                }
            }
        }
        return Tensor(out, shape: shape)
    }

    /// a + b, with shapes that fit each other as in NumPy.
    public static func + (a: Tensor, b: Tensor) throws -> Tensor {
        let sum = try combined(.add, a, b)
        return result(sum.storage, shape: sum.shape, of: [a, b]) { gradient in
            [a.wantsGradient ? try gradient.summed(to: a.shape) : nil, b.wantsGradient ? try gradient.summed(to: b.shape) : nil]
        }
    }

    /// a - b
    public static func - (a: Tensor, b: Tensor) throws -> Tensor {
        let difference = try combined(.subtract, a, b)
        return result(difference.storage, shape: difference.shape, of: [a, b]) { gradient in
            [
                a.wantsGradient ? try gradient.summed(to: a.shape) : nil,
                b.wantsGradient ? Tensor(try mapped(.negative, try gradient.summed(to: b.shape)), shape: b.shape) : nil,
            ]
        }
    }

    /// a * b, element by element
    public static func * (a: Tensor, b: Tensor) throws -> Tensor {
        let product = try combined(.multiply, a, b)
        return result(product.storage, shape: product.shape, of: [a, b]) { gradient in
            [
                a.wantsGradient ? try combined(.multiply, gradient, b).summed(to: a.shape) : nil,
                b.wantsGradient ? try combined(.multiply, gradient, a).summed(to: b.shape) : nil,
            ]
        }
    }

    /// a / b, element by element
    public static func / (a: Tensor, b: Tensor) throws -> Tensor {
        let quotient = try combined(.divide, a, b)
        return result(quotient.storage, shape: quotient.shape, of: [a, b]) { gradient in
            let share = try combined(.divide, gradient, b)
            let back = b.wantsGradient ? try combined(.multiply, share, quotient).summed(to: b.shape) : nil
            return [a.wantsGradient ? try share.summed(to: a.shape) : nil, try back.map { Tensor(try mapped(.negative, $0), shape: b.shape) }]
        }
    }

    /// x + number
    public static func + (x: Tensor, number: Float) throws -> Tensor { try x + Tensor([number], shape: [], in: x.workspace) }
    /// x * number
    public static func * (x: Tensor, number: Float) throws -> Tensor { try x * Tensor([number], shape: [], in: x.workspace) }
}

/// How operands of different shapes are walked together: rows of `inner` elements of the result, each of which lies in one piece, or is one number, in every operand.
struct BroadcastPlan {
    let inner: Int
    /// 1, or 0 for an operand that is one number along a row.
    let innerSteps: [Int]
    private let outer: [Int]
    /// Elements that an operand advances along each outer dimension.
    private let steps: [[Int]]

    init(shape: [Int], operands: [[Int]]) {
        let padded = operands.map { [Int](repeating: 1, count: shape.count - $0.count) + $0 }
        // Dimensions join the row from the last on, as long as each operand goes on in the same way.
        var first = shape.count
        var kinds: [Int?] = operands.map { _ in nil }
        var inner = 1
        while first > 0 {
            let size = shape[first - 1]
            let next = zip(kinds, padded).map { kind, operand -> Int? in size == 1 ? kind : operand[first - 1] == 1 ? 0 : 1 }
            guard zip(kinds, next).allSatisfy({ $0 == nil || $0 == $1 }) else { break }
            kinds = next
            inner *= size
            first -= 1
        }
        self.inner = inner
        innerSteps = kinds.map { $0 ?? 1 }
        outer = Array(shape[..<first])
        steps = padded.map { operand in
            var steps = [Int](repeating: 0, count: first)
            var step = operand[first...].reduce(1, *)
            for dimension in (0..<first).reversed() {
                steps[dimension] = operand[dimension] == 1 ? 0 : step
                step *= operand[dimension]
            }
            return steps
        }
    }

    /// Where row number `row` begins in an operand.
    func offset(_ row: Int, of operand: Int) -> Int {
        var (rest, offset) = (row, 0)
        for dimension in outer.indices.reversed() {
            offset += rest % outer[dimension] * steps[operand][dimension]
            rest /= outer[dimension]
        }
        return offset
    }
}

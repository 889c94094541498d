import CKernels

/// A function of one number.
public enum UnaryFunction: Int, Sendable, CaseIterable {
    case exponential, logarithm, squareRoot, tanh, sigmoid, relu, gelu, silu, negative, reciprocal

    /// out[i] = self(x[i]). `out` may be `x`. Errors are relative: below 3e-7 for the exponential and 2e-7 for the logarithm; gelu is the exact one, by erf, to 1.5e-7.
    public func apply(_ x: UnsafePointer<Float>, into out: UnsafeMutablePointer<Float>, count: Int) {
        unsafe ck_apply_unary(ck_unary(UInt32(rawValue)), x, out, max(0, count))
    }
}

/// A function of two numbers; the slopes take a value and the gradient of the result, and give the gradient of the operand.
public enum BinaryFunction: Int, Sendable, CaseIterable {
    case add, subtract, multiply, divide, maximum
    /// Of the function's result.
    case tanhSlope, sigmoidSlope
    /// Of the function's operand.
    case reluSlope, geluSlope, siluSlope
    /// Of the function's result.
    case squareRootSlope

    /// out[i] = self(a[i], b[i]). `out` may be an operand whose step is 1.
    ///
    /// - Parameter steps: 1, or 0 for an operand that is one number.
    public func apply(_ a: UnsafePointer<Float>, _ b: UnsafePointer<Float>, steps: (Int, Int) = (1, 1), into out: UnsafeMutablePointer<Float>, count: Int) {
        precondition((0...1).contains(steps.0) && (0...1).contains(steps.1), "a step is 0 or 1")
        unsafe ck_apply_binary(ck_binary(UInt32(rawValue)), a, Int32(steps.0), b, Int32(steps.1), out, max(0, count))
    }
}

/// A step of Adam with weight decay apart from the gradient (Loshchilov and Hutter 2019): the numbers that are the same for all elements.
public struct AdamStep: Sendable {
    /// What gradients are multiplied by, and what means keep of themselves.
    public var scale: Float, beta1: Float, beta2: Float, epsilon: Float
    /// The rate over what the first mean has seen, one over the root of what the second has seen, and what a weight keeps.
    public var rate: Float, correction: Float, kept: Float

    public init(scale: Float, beta1: Float, beta2: Float, epsilon: Float, rate: Float, correction: Float, kept: Float) {
        (self.scale, self.beta1, self.beta2, self.epsilon, self.rate, self.correction, self.kept) = (scale, beta1, beta2, epsilon, rate, correction, kept)
    }

    /// New weights and means of `count` elements, from the weights, their gradients and the means of gradients and of their squares.
    public func apply(
        weights w: UnsafePointer<Float>, gradients g: UnsafePointer<Float>, means m: UnsafePointer<Float>, squares s: UnsafePointer<Float>, into next: UnsafeMutablePointer<Float>,
        means nextM: UnsafeMutablePointer<Float>, squares nextS: UnsafeMutablePointer<Float>, count: Int
    ) {
        let raw = ck_adam(scale: scale, beta1: beta1, beta2: beta2, epsilon: epsilon, rate: rate, correction: correction, kept: kept)
        unsafe withUnsafePointer(to: raw) { unsafe ck_adam_step($0, w, g, m, s, next, nextM, nextS, max(0, count)) }
    }
}

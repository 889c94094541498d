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

import CKernels

/// Elementwise functions over rows of floats. `n` counts elements; all pointers must have room for them. Results are equal within rounding on every instruction set.
public enum VectorMath {
    /// The inner product.
    public static func dot(_ a: UnsafePointer<Float>, _ b: UnsafePointer<Float>, _ n: Int) -> Float { unsafe ck_dot(a, b, Int32(n)) }
    /// x += y
    public static func add(_ x: UnsafeMutablePointer<Float>, _ y: UnsafePointer<Float>, _ n: Int) { unsafe ck_add(x, y, Int32(n)) }
    /// x *= factor
    public static func scale(_ x: UnsafeMutablePointer<Float>, _ factor: Float, _ n: Int) { unsafe ck_scale(x, factor, Int32(n)) }
    /// x += factor * y
    public static func add(_ x: UnsafeMutablePointer<Float>, _ y: UnsafePointer<Float>, times factor: Float, _ n: Int) { unsafe ck_multiply_add(x, y, factor, Int32(n)) }
    /// Root-mean-square norm (Zhang and Sennrich 2019): x / sqrt(mean(x^2) + epsilon) * weight. `out` may be `x`.
    public static func rmsNorm(_ x: UnsafePointer<Float>, weight: UnsafePointer<Float>, into out: UnsafeMutablePointer<Float>, _ n: Int, epsilon: Float) {
        unsafe ck_rms_norm(x, weight, out, Int32(n), epsilon)
    }
    /// Layer norm (Ba et al. 2016). `out` may be `x`.
    public static func layerNorm(
        _ x: UnsafePointer<Float>, weight: UnsafePointer<Float>, bias: UnsafePointer<Float>, into out: UnsafeMutablePointer<Float>, _ n: Int, epsilon: Float
    ) { unsafe ck_layer_norm(x, weight, bias, out, Int32(n), epsilon) }
    /// x = exp(x) / sum(exp(x)), by the largest first, so that nothing overflows.
    public static func softmax(_ x: UnsafeMutablePointer<Float>, _ n: Int) { unsafe ck_softmax(x, Int32(n)) }
    /// gate = silu(gate) * up
    public static func siluMultiply(_ gate: UnsafeMutablePointer<Float>, _ up: UnsafePointer<Float>, _ n: Int) { unsafe ck_silu_multiply(gate, up, Int32(n)) }
    /// gate = gelu(gate) * up, gelu by its tanh approximation (Hendrycks and Gimpel 2016)
    public static func geluMultiply(_ gate: UnsafeMutablePointer<Float>, _ up: UnsafePointer<Float>, _ n: Int) { unsafe ck_gelu_multiply(gate, up, Int32(n)) }
    /// x = gelu(x), gelu by erf
    public static func gelu(_ x: UnsafeMutablePointer<Float>, _ n: Int) { unsafe ck_gelu_erf(x, Int32(n)) }
    /// Rotary position (Su et al. 2021) over `pairs` pairs of one head: halves (x[i], x[i + pairs]), or neighbors (x[2i], x[2i + 1]) when interleaved.
    public static func rope(_ head: UnsafeMutablePointer<Float>, cosines: UnsafePointer<Float>, sines: UnsafePointer<Float>, pairs: Int, isInterleaved: Bool) {
        unsafe ck_rope(head, cosines, sines, Int32(pairs), isInterleaved ? 1 : 0)
    }
    /// Halves to floats.
    public static func widen(_ halves: UnsafePointer<UInt16>, into out: UnsafeMutablePointer<Float>, _ n: Int) { unsafe ck_from_half(halves, out, Int32(n)) }
    /// Floats to halves, to nearest.
    public static func narrow(_ x: UnsafePointer<Float>, into out: UnsafeMutablePointer<UInt16>, _ n: Int) { unsafe ck_to_half(x, out, Int32(n)) }

    /// Bytes a second that the pool's threads read together from memory larger than the caches: the limit of decoding.
    ///
    /// - Throws: `kernels.memory`.
    public static func readBandwidth(pool: ThreadPool, byteCount: Int = 512 << 20, clock: ContinuousClock = ContinuousClock()) throws -> Double {
        let memory = try AlignedMemory(byteCount: byteCount)
        // Pages that were never written are all one page of zeros, and that one stays in the cache.
        unsafe memory.pointer.initializeMemory(as: UInt8.self, repeating: 1, count: byteCount)
        let share = byteCount / pool.width / 4096 * 4096
        return rate(of: Double(share * pool.width), clock) { pool.run { worker in unsafe _ = ck_read_all(memory.pointer.advanced(by: worker * share), share) } }
    }

    /// Multiplications and additions of bytes a second that the pool's threads do together on registers: the limit of quantized products.
    public static func byteProductRate(pool: ThreadPool, clock: ContinuousClock = ContinuousClock()) -> Double {
        let rounds = 5_000_000
        return rate(of: Double(2 * 12 * 64 * rounds * pool.width), clock) { pool.run { _ in _ = ck_dot_peak(Int32(rounds)) } }
    }

    /// The best of five.
    private static func rate(of amount: Double, _ clock: ContinuousClock, _ body: () -> Void) -> Double {
        (0..<5).map { _ in
            let time = clock.measure(body).components
            return amount / (Double(time.attoseconds) / 1e18 + Double(time.seconds))
        }.max() ?? 0
    }
}

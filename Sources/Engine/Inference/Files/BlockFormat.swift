import Core

/// The block formats of ggml: floats from bytes, and bytes from floats.
///
/// A block is a run of neighbors in a row that share scales. Decoding follows the arithmetic of ggml's reference functions operation by operation, so results are equal
/// bit for bit; foreign bytes may hold NaN or infinite scales, which give NaN or infinite values and never trap.
public enum BlockFormat {
    /// The types that ``quantize(_:to:)`` writes.
    public static let writable: Set<TensorType> = [.f32, .f16, .bf16, .q8_0, .q4_0, .q5_0, .q4_K, .q5_K, .q6_K]

    /// The first `count` values of `bytes`.
    ///
    /// When `bytes` holds fewer whole blocks, the result holds only their values; a negative `count` gives none.
    public static func dequantize(_ bytes: [UInt8], type: TensorType, count: Int) -> [Float] {
        unsafe bytes.withUnsafeBytes { unsafe dequantize($0, type: type, count: count) }
    }

    /// The first `count` values of `bytes`, which need no alignment.
    ///
    /// When `bytes` holds fewer whole blocks, the result holds only their values; a negative `count` gives none.
    public static func dequantize(_ bytes: UnsafeRawBufferPointer, type: TensorType, count: Int) -> [Float] {
        let wanted = max(count, 0)
        let blocks = min(wanted / type.blockCount + (wanted % type.blockCount == 0 ? 0 : 1), bytes.count / type.blockByteCount)
        guard blocks > 0, let start = bytes.baseAddress else { return [] }
        let source = unsafe start.assumingMemoryBound(to: UInt8.self)
        let capacity = blocks * type.blockCount
        var values = unsafe [Float](unsafeUninitializedCapacity: capacity) { buffer, initialized in
            guard let out = buffer.baseAddress else { return }
            unsafe decode(source, type: type, blocks: blocks, into: out)
            initialized = capacity
        }
        if values.count > wanted { values.removeLast(values.count - wanted) }
        return values
    }

    private static func decode(_ source: UnsafePointer<UInt8>, type: TensorType, blocks: Int, into out: UnsafeMutablePointer<Float>) {
        switch type {
        case .f32: unsafe decodeWords32(source, blocks, out)
        case .f16: unsafe decodeHalves(source, blocks, out)
        case .bf16: unsafe decodeBrains(source, blocks, out)
        case .q4_0: for block in 0..<blocks { unsafe decodeQ4_0(source + block &* 18, out + block &* 32) }
        case .q4_1: for block in 0..<blocks { unsafe decodeQ4_1(source + block &* 20, out + block &* 32) }
        case .q5_0: for block in 0..<blocks { unsafe decodeQ5_0(source + block &* 22, out + block &* 32) }
        case .q5_1: for block in 0..<blocks { unsafe decodeQ5_1(source + block &* 24, out + block &* 32) }
        case .q8_0: for block in 0..<blocks { unsafe decodeQ8_0(source + block &* 34, out + block &* 32) }
        case .iq4_nl: unsafe decodeTable(source, blocks, out, type: type)
        case .mxfp4: unsafe decodeTable(source, blocks, out, type: type)
        case .q2_K: for block in 0..<blocks { unsafe decodeQ2_K(source + block &* 84, out + block &* 256) }
        case .q3_K: for block in 0..<blocks { unsafe decodeQ3_K(source + block &* 110, out + block &* 256) }
        case .q4_K: for block in 0..<blocks { unsafe decodeQ4_K(source + block &* 144, out + block &* 256) }
        case .q5_K: for block in 0..<blocks { unsafe decodeQ5_K(source + block &* 176, out + block &* 256) }
        case .q6_K: for block in 0..<blocks { unsafe decodeQ6_K(source + block &* 210, out + block &* 256) }
        }
    }

    /// A little-endian 16-bit word at any address.
    @inline(__always) static func word(_ bytes: UnsafePointer<UInt8>) -> UInt16 {
        unsafe UInt16(littleEndian: UnsafeRawPointer(bytes).loadUnaligned(as: UInt16.self))
    }

    /// A half-precision float at any address.
    @inline(__always) static func half(_ bytes: UnsafePointer<UInt8>) -> Float { unsafe HalfFloat.float(word(bytes)) }

    @inline(__always) static func storeHalf(_ value: Float, _ bytes: UnsafeMutablePointer<UInt8>) {
        unsafe UnsafeMutableRawPointer(bytes).storeBytes(of: HalfFloat.half(value).littleEndian, as: UInt16.self)
    }

    private static func decodeWords32(_ source: UnsafePointer<UInt8>, _ count: Int, _ out: UnsafeMutablePointer<Float>) {
        let raw = unsafe UnsafeRawPointer(source)
        for index in 0..<count {
            unsafe out[index] = unsafe Float(bitPattern: UInt32(littleEndian: raw.loadUnaligned(fromByteOffset: index &* 4, as: UInt32.self)))
        }
    }

    private static func decodeHalves(_ source: UnsafePointer<UInt8>, _ count: Int, _ out: UnsafeMutablePointer<Float>) {
        for index in 0..<count { unsafe out[index] = unsafe half(source + index &* 2) }
    }

    private static func decodeBrains(_ source: UnsafePointer<UInt8>, _ count: Int, _ out: UnsafeMutablePointer<Float>) {
        for index in 0..<count { unsafe out[index] = unsafe HalfFloat.float(brain: word(source + index &* 2)) }
    }
}

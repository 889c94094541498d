import Core

/// Floats to blocks. Q8_0, Q4_0 and Q5_0 round as ggml's reference functions do, byte for byte; the k-quants search (``AffineSearch``, ``SymmetricSearch``).
extension BlockFormat {
    /// The largest magnitude that block formats take: beyond it a half-precision scale could overflow. Weights are a millionth of it.
    public static let magnitudeMax: Float = 262_144

    /// `values` in the format `type`.
    ///
    /// - Throws: `inference.model-unsupported` for a type that is not in ``writable``; `inference.model-damaged` when the values are no whole number of blocks or,
    ///   for block types, one of them is not finite or beyond ``magnitudeMax``. Floats of 16 bits take any value: too large ones become infinite.
    public static func quantize(_ values: [Float], to type: TensorType) throws -> [UInt8] {
        guard writable.contains(type) else {
            throw Fault(.modelUnsupported, "tensors of type \(type.name) cannot be written", remedy: "choose one of \(writable.map(\.name).sorted().joined(separator: ", "))")
        }
        guard let byteCount = type.byteCount(of: values.count) else {
            throw Fault(.modelDamaged, "\(values.count) values are no whole number of \(type.name) blocks of \(type.blockCount)", remedy: "choose F16 for this tensor")
        }
        if type.blockCount > 1, let index = values.firstIndex(where: { !($0.magnitude <= magnitudeMax) }) {
            throw Fault(.modelDamaged, "value \(index) is not finite or too large for \(type.name)", remedy: "get the model file again, or choose F32")
        }
        return unsafe values.withUnsafeBufferPointer { values in
            unsafe [UInt8](unsafeUninitializedCapacity: byteCount) { buffer, initialized in
                guard let source = values.baseAddress, let out = buffer.baseAddress else { return }
                unsafe encode(source, type: type, blocks: values.count / type.blockCount, into: out)
                initialized = byteCount
            }
        }
    }

    private static func encode(_ source: UnsafePointer<Float>, type: TensorType, blocks: Int, into out: UnsafeMutablePointer<UInt8>) {
        let raw = UnsafeMutableRawPointer(out)
        switch type {
        case .f32:
            for index in 0..<blocks { unsafe raw.storeBytes(of: source[index].bitPattern.littleEndian, toByteOffset: index &* 4, as: UInt32.self) }
        case .f16:
            for index in 0..<blocks { unsafe raw.storeBytes(of: HalfFloat.half(source[index]).littleEndian, toByteOffset: index &* 2, as: UInt16.self) }
        case .bf16:
            for index in 0..<blocks { unsafe raw.storeBytes(of: HalfFloat.brain(source[index]).littleEndian, toByteOffset: index &* 2, as: UInt16.self) }
        case .q8_0: for block in 0..<blocks { unsafe encodeQ8_0(source + block &* 32, out + block &* 34) }
        case .q4_0: for block in 0..<blocks { unsafe encodeQ4_0(source + block &* 32, out + block &* 18) }
        case .q5_0: for block in 0..<blocks { unsafe encodeQ5_0(source + block &* 32, out + block &* 22) }
        case .q4_K:
            var search = AffineSearch(levelMax: 15, firstStep: -1, stepCount: 21)
            for block in 0..<blocks { unsafe encodeQ4_K(source + block &* 256, out + block &* 144, &search) }
        case .q5_K:
            var search = AffineSearch(levelMax: 31, firstStep: -0.5, stepCount: 16)
            for block in 0..<blocks { unsafe encodeQ5_K(source + block &* 256, out + block &* 176, &search) }
        case .q6_K:
            var search = SymmetricSearch()
            for block in 0..<blocks { unsafe encodeQ6_K(source + block &* 256, out + block &* 210, &search) }
        case .q4_1, .q5_1, .q2_K, .q3_K, .iq4_nl, .mxfp4: unsafe out.initialize(repeating: 0, count: blocks &* type.blockByteCount)
        }
    }

    /// To the nearest whole number, ties to even, for magnitudes below 2^22: the addition drops the fraction.
    @inline(__always) static func nearest(_ value: Float) -> Float { (value + 12_582_912) - 12_582_912 }

    /// The whole number in `range` nearest to `value`. NaN, which overflowing foreign values could give, becomes the lower bound.
    @inline(__always) static func level(_ value: Float, _ low: Float, _ high: Float) -> Int32 {
        // The comparison is false for NaN. The whole number stands in the low bits of the sum, so nothing is converted that could trap.
        let bounded = value > low ? (value < high ? value : high) : low
        return Int32(bitPattern: (bounded + 12_582_912).bitPattern & 0x7F_FFFF) &- 0x40_0000
    }

    private static func encodeQ8_0(_ values: UnsafePointer<Float>, _ block: UnsafeMutablePointer<UInt8>) {
        var largest: Float = 0
        for index in 0..<32 { unsafe largest = max(largest, values[index].magnitude) }
        let scale = largest / 127
        let inverse = scale == 0 ? 0 : 1 / scale
        unsafe storeHalf(scale, block)
        for index in 0..<32 {
            let value = unsafe values[index] * inverse
            // Ties away from zero, as roundf does: `nearest` sends them to the even neighbor.
            let bounded = value > -127 ? (value < 127 ? value : 127) : -127
            let even = nearest(bounded)
            let rest = bounded - even
            let level = bounded > 0 && rest == 0.5 ? even + 1 : bounded < 0 && rest == -0.5 ? even - 1 : even
            // The low byte of the sum is the level in two's complement.
            unsafe block[index &+ 2] = UInt8(truncatingIfNeeded: (level + 12_582_912).bitPattern)
        }
    }

    /// The value of largest magnitude, the first of equals, with its sign.
    @inline(__always) private static func extreme(_ values: UnsafePointer<Float>) -> Float {
        var extreme: Float = 0
        for index in 0..<32 {
            let value = unsafe values[index]
            if value.magnitude > extreme.magnitude { extreme = value }
        }
        return extreme
    }

    /// `value` plus an offset that makes it positive, cut to a whole number of at most `high`.
    @inline(__always) private static func cut(_ value: Float, _ high: Float) -> UInt8 {
        UInt8(truncatingIfNeeded: Int32(value > 0 ? (value < high ? value : high) : 0))
    }

    private static func encodeQ4_0(_ values: UnsafePointer<Float>, _ block: UnsafeMutablePointer<UInt8>) {
        let scale = unsafe extreme(values) / -8
        let inverse = scale == 0 ? 0 : 1 / scale
        unsafe storeHalf(scale, block)
        for index in 0..<16 {
            let low = unsafe cut(values[index] * inverse + 8.5, 15)
            let high = unsafe cut(values[index &+ 16] * inverse + 8.5, 15)
            unsafe block[index &+ 2] = low | high << 4
        }
    }

    private static func encodeQ5_0(_ values: UnsafePointer<Float>, _ block: UnsafeMutablePointer<UInt8>) {
        let scale = unsafe extreme(values) / -16
        let inverse = scale == 0 ? 0 : 1 / scale
        unsafe storeHalf(scale, block)
        var fifths: UInt32 = 0
        for index in 0..<16 {
            let low = unsafe cut(values[index] * inverse + 16.5, 31)
            let high = unsafe cut(values[index &+ 16] * inverse + 16.5, 31)
            unsafe block[index &+ 6] = low & 15 | high << 4
            let shift = UInt32(truncatingIfNeeded: index)
            fifths |= UInt32(low >> 4) &<< shift | UInt32(high >> 4) &<< (shift &+ 16)
        }
        unsafe UnsafeMutableRawPointer(block).storeBytes(of: fifths.littleEndian, toByteOffset: 2, as: UInt32.self)
    }
}

/// Decoding of the blocks of 32: a scale, sometimes a minimum, and 4, 5 or 8 bits a value. Low nibbles are values 0…15, high nibbles 16…31.
extension BlockFormat {
    static func decodeQ4_0(_ block: UnsafePointer<UInt8>, _ out: UnsafeMutablePointer<Float>) {
        let scale = unsafe half(block)
        let nibbles = unsafe block + 2
        for index in 0..<16 {
            let pair = unsafe nibbles[index]
            unsafe out[index] = Float(Int32(pair & 15) &- 8) * scale
            unsafe out[index &+ 16] = Float(Int32(pair >> 4) &- 8) * scale
        }
    }

    static func decodeQ4_1(_ block: UnsafePointer<UInt8>, _ out: UnsafeMutablePointer<Float>) {
        let scale = unsafe half(block)
        let minimum = unsafe half(block + 2)
        let nibbles = unsafe block + 4
        for index in 0..<16 {
            let pair = unsafe nibbles[index]
            unsafe out[index] = Float(Int32(pair & 15)) * scale + minimum
            unsafe out[index &+ 16] = Float(Int32(pair >> 4)) * scale + minimum
        }
    }

    /// The fifth bits of 32 values; bit i belongs to value i.
    @inline(__always) private static func fifthBits(_ bytes: UnsafePointer<UInt8>) -> UInt32 {
        unsafe UInt32(littleEndian: UnsafeRawPointer(bytes).loadUnaligned(as: UInt32.self))
    }

    static func decodeQ5_0(_ block: UnsafePointer<UInt8>, _ out: UnsafeMutablePointer<Float>) {
        let scale = unsafe half(block)
        let high = unsafe fifthBits(block + 2)
        let nibbles = unsafe block + 6
        for index in 0..<16 {
            let pair = unsafe UInt32(nibbles[index])
            let shift = UInt32(truncatingIfNeeded: index)
            unsafe out[index] = Float(Int32(truncatingIfNeeded: pair & 15 | (high &>> shift & 1) << 4) &- 16) * scale
            unsafe out[index &+ 16] = Float(Int32(truncatingIfNeeded: pair >> 4 | (high &>> (shift &+ 16) & 1) << 4) &- 16) * scale
        }
    }

    static func decodeQ5_1(_ block: UnsafePointer<UInt8>, _ out: UnsafeMutablePointer<Float>) {
        let scale = unsafe half(block)
        let minimum = unsafe half(block + 2)
        let high = unsafe fifthBits(block + 4)
        let nibbles = unsafe block + 8
        for index in 0..<16 {
            let pair = unsafe UInt32(nibbles[index])
            let shift = UInt32(truncatingIfNeeded: index)
            unsafe out[index] = Float(Int32(truncatingIfNeeded: pair & 15 | (high &>> shift & 1) << 4)) * scale + minimum
            unsafe out[index &+ 16] = Float(Int32(truncatingIfNeeded: pair >> 4 | (high &>> (shift &+ 16) & 1) << 4)) * scale + minimum
        }
    }

    static func decodeQ8_0(_ block: UnsafePointer<UInt8>, _ out: UnsafeMutablePointer<Float>) {
        let scale = unsafe half(block)
        for index in 0..<32 { unsafe out[index] = unsafe Float(Int32(Int8(bitPattern: block[index &+ 2]))) * scale }
    }

    /// IQ4_NL and MXFP4: a nibble is an index of a table of 16 values.
    static func decodeTable(_ source: UnsafePointer<UInt8>, _ blocks: Int, _ out: UnsafeMutablePointer<Float>, type: TensorType) {
        let isMicroscaled = type == .mxfp4
        // The tables are ggml's: levels denser around zero (IQ4_NL), and E2M1 floats doubled so that they are whole (OCP Microscaling 1.0; the scale is halved instead).
        let table: [Float] =
            isMicroscaled
            ? [0, 1, 2, 3, 4, 6, 8, 12, 0, -1, -2, -3, -4, -6, -8, -12]
            : [-127, -104, -83, -65, -49, -35, -22, -10, 1, 13, 25, 38, 53, 69, 89, 113]
        let scaleByteCount = isMicroscaled ? 1 : 2
        let stride = type.blockByteCount
        unsafe table.withUnsafeBufferPointer { table in
            for block in 0..<blocks {
                let bytes = unsafe source + block &* stride
                let values = unsafe out + block &* 32
                let scale = unsafe isMicroscaled ? halfPower(bytes[0]) : half(bytes)
                for index in 0..<16 {
                    let pair = unsafe Int(bytes[scaleByteCount &+ index])
                    unsafe values[index] = unsafe table[pair & 15] * scale
                    unsafe values[index &+ 16] = unsafe table[pair >> 4] * scale
                }
            }
        }
    }

    /// Half of an E8M0 scale: 2^(exponent - 128). Like ggml, 255 is not treated as NaN.
    @inline(__always) private static func halfPower(_ exponent: UInt8) -> Float {
        Float(bitPattern: exponent < 2 ? 0x0020_0000 << UInt32(exponent) : (UInt32(exponent) &- 1) << 23)
    }
}

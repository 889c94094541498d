/// Decoding of the blocks of 256 (k-quants): half-precision scales over small integer scales, one for every 16 or 32 values.
extension BlockFormat {
    static func decodeQ2_K(_ block: UnsafePointer<UInt8>, _ out: UnsafeMutablePointer<Float>) {
        let scale = unsafe half(block + 80)
        let minimum = unsafe half(block + 82)
        for group in 0..<16 {
            // 128 values share 32 bytes; a group of 16 takes one bit pair of half of them.
            let bytes = unsafe block + (16 &+ (group &>> 3) &* 32 &+ (group & 1) &* 16)
            let shift = UInt8(truncatingIfNeeded: (group & 7) &>> 1 &* 2)
            let scales = unsafe block[group]
            let step = scale * Float(scales & 15)
            let base = minimum * Float(scales >> 4)
            let values = unsafe out + group &* 16
            for index in 0..<16 { unsafe values[index] = unsafe step * Float(Int32(bytes[index] &>> shift & 3)) - base }
        }
    }

    static func decodeQ3_K(_ block: UnsafePointer<UInt8>, _ out: UnsafeMutablePointer<Float>) {
        let scale = unsafe half(block + 108)
        for group in 0..<16 {
            // Sixteen 6-bit scales in 12 bytes: eight bytes of low nibbles, then four of bit pairs.
            let low = unsafe block[96 &+ (group & 7)] &>> UInt8(truncatingIfNeeded: group &>> 3 &* 4) & 15
            let high = unsafe block[104 &+ (group & 3)] &>> UInt8(truncatingIfNeeded: group &>> 2 &* 2) & 3
            let step = scale * Float(Int32(low | high << 4) &- 32)
            let bytes = unsafe block + (32 &+ (group &>> 3) &* 32 &+ (group & 1) &* 16)
            let masks = unsafe block + (group & 1) &* 16
            let shift = UInt8(truncatingIfNeeded: (group & 7) &>> 1 &* 2)
            let bit = UInt8(truncatingIfNeeded: group &>> 1)
            let values = unsafe out + group &* 16
            for index in 0..<16 {
                // A clear third bit means minus four.
                let offset = unsafe Int32(masks[index] &>> bit & 1) &* 4 &- 4
                unsafe values[index] = unsafe step * Float(Int32(bytes[index] &>> shift & 3) &+ offset)
            }
        }
    }

    /// Scale and minimum `index` (0…7) of the twelve bytes in which Q4_K and Q5_K keep eight pairs of 6 bits.
    @inline(__always) static func scalePair(_ packed: UnsafePointer<UInt8>, _ index: Int) -> (scale: UInt8, minimum: UInt8) {
        if index < 4 { return unsafe (packed[index] & 63, packed[index &+ 4] & 63) }
        let low = unsafe packed[index &+ 4]
        return unsafe (low & 15 | (packed[index &- 4] >> 6) << 4, low >> 4 | (packed[index] >> 6) << 4)
    }

    static func decodeQ4_K(_ block: UnsafePointer<UInt8>, _ out: UnsafeMutablePointer<Float>) {
        let scale = unsafe half(block)
        let minimum = unsafe half(block + 2)
        for group in 0..<8 {
            let pair = unsafe scalePair(block + 4, group)
            let step = scale * Float(pair.scale)
            let base = minimum * Float(pair.minimum)
            let bytes = unsafe block + (16 &+ (group &>> 1) &* 32)
            let shift = UInt8(truncatingIfNeeded: (group & 1) &* 4)
            let values = unsafe out + group &* 32
            for index in 0..<32 { unsafe values[index] = unsafe step * Float(Int32(bytes[index] &>> shift & 15)) - base }
        }
    }

    static func decodeQ5_K(_ block: UnsafePointer<UInt8>, _ out: UnsafeMutablePointer<Float>) {
        let scale = unsafe half(block)
        let minimum = unsafe half(block + 2)
        let fifths = unsafe block + 16
        for group in 0..<8 {
            let pair = unsafe scalePair(block + 4, group)
            let step = scale * Float(pair.scale)
            let base = minimum * Float(pair.minimum)
            let bytes = unsafe block + (48 &+ (group &>> 1) &* 32)
            let shift = UInt8(truncatingIfNeeded: (group & 1) &* 4)
            let bit = UInt8(truncatingIfNeeded: group)
            let values = unsafe out + group &* 32
            for index in 0..<32 {
                let level = unsafe bytes[index] &>> shift & 15 | (fifths[index] &>> bit & 1) << 4
                unsafe values[index] = step * Float(Int32(level)) - base
            }
        }
    }

    static func decodeQ6_K(_ block: UnsafePointer<UInt8>, _ out: UnsafeMutablePointer<Float>) {
        let scale = unsafe half(block + 208)
        for group in 0..<16 {
            // 128 values share 64 bytes of nibbles and 32 bytes of bit pairs.
            let part = group &>> 3
            let lane = (group & 7) &>> 1
            let start = (group & 1) &* 16
            let nibbles = unsafe block + (part &* 64 &+ (lane & 1) &* 32 &+ start)
            let pairs = unsafe block + (128 &+ part &* 32 &+ start)
            let nibbleShift = UInt8(truncatingIfNeeded: lane &>> 1 &* 4)
            let pairShift = UInt8(truncatingIfNeeded: lane &* 2)
            let step = unsafe scale * Float(Int32(Int8(bitPattern: block[192 &+ group])))
            let values = unsafe out + group &* 16
            for index in 0..<16 {
                let level = unsafe nibbles[index] &>> nibbleShift & 15 | (pairs[index] &>> pairShift & 3) << 4
                unsafe values[index] = step * Float(Int32(level) &- 32)
            }
        }
    }
}

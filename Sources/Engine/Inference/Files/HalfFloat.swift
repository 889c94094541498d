/// The 16-bit floats of model files, converted by integer arithmetic: `Float16` does not exist on every platform, and without hardware support its conversion is a
/// function call a value.
enum HalfFloat {
    /// IEEE 754 binary16 to binary32; exact.
    @inline(__always) static func float(_ half: UInt16) -> Float {
        let bits = UInt32(half)
        // Shifted into place the exponent is 112 too small; the product repairs it, for subnormal numbers too.
        let scaled = Float(bitPattern: (bits & 0x7FFF) << 13) * Float(bitPattern: 0x7780_0000)
        let special: UInt32 = (bits & 0x7C00) == 0x7C00 ? 0x7F80_0000 : 0
        return Float(bitPattern: scaled.bitPattern | special | (bits & 0x8000) << 16)
    }

    /// binary32 to binary16, to nearest, ties to even; too large values become infinite, NaN stays NaN.
    @inline(__always) static func half(_ value: Float) -> UInt16 {
        let sign = UInt16(truncatingIfNeeded: value.bitPattern >> 16) & 0x8000
        let size = value.bitPattern & 0x7FFF_FFFF
        if size >= 0x477F_F000 { return sign | (size > 0x7F80_0000 ? 0x7E00 : 0x7C00) }
        // Below 2^-14 the spacing is 2^-24, which is that of the floats from 0.5: the addition rounds.
        if size < 0x3880_0000 { return sign | UInt16(truncatingIfNeeded: (Float(bitPattern: size) + 0.5).bitPattern &- 0x3F00_0000) }
        let rounded = size &+ 0xFFF &+ (size >> 13 & 1) &- 0x3800_0000
        return sign | UInt16(truncatingIfNeeded: rounded >> 13)
    }

    /// bfloat16 to binary32; exact.
    @inline(__always) static func float(brain: UInt16) -> Float { Float(bitPattern: UInt32(brain) << 16) }

    /// binary32 to bfloat16, to nearest, ties to even; NaN stays NaN.
    @inline(__always) static func brain(_ value: Float) -> UInt16 {
        let bits = value.bitPattern
        if bits & 0x7FFF_FFFF > 0x7F80_0000 { return UInt16(truncatingIfNeeded: bits >> 16) | 0x40 }
        return UInt16(truncatingIfNeeded: (bits &+ 0x7FFF &+ (bits >> 16 & 1)) >> 16)
    }
}

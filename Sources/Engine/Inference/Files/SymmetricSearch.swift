/// The search behind Q6_K: for each of the sixteen groups of 16 values in a block, the scale s for which s·level comes closest, levels −32…31.
///
/// Nineteen scales around the plain one are tried; a value weighs its square. Candidates, weights and order are those of ggml's reference (`make_qx_quants`), so the
/// bytes are equal too. The sixteen groups run side by side in the lanes of vectors.
struct SymmetricSearch {
    typealias Lanes = SIMD16<Float>

    private var values = [Lanes](repeating: .zero, count: 16)
    /// The scales found, with signs.
    private(set) var scales = Lanes.zero
    /// With which the levels of the winners were taken.
    private var inverses = Lanes.zero

    /// Searches the 256 values of a block.
    mutating func run(_ source: UnsafePointer<Float>) {
        var extreme = Lanes.zero
        var size = Lanes.zero
        for index in 0..<16 {
            var value = Lanes.zero
            for group in 0..<16 { unsafe value[group] = source[group &* 16 &+ index] }
            values[index] = value
            let magnitude = value.replacing(with: Lanes.zero - value, where: value .< 0)
            let isLarger = magnitude .> size
            extreme = extreme.replacing(with: value, where: isLarger)
            size = size.replacing(with: magnitude, where: isLarger)
        }
        // Below this a group counts as zero; the bound is ggml's.
        let isZero = size .< 1e-15
        inverses = (Lanes(repeating: -32) / extreme).replacing(with: 0, where: isZero)
        var (products, squares) = sums(inverses)
        scales = (products / squares).replacing(with: 0, where: squares .== 0)
        var best = scales * products
        for step in -9...9 where step != 0 {
            let inverse = (Lanes(repeating: -(32 + 0.1 * Float(step))) / extreme).replacing(with: 0, where: isZero)
            (products, squares) = sums(inverse)
            let isBetter = (squares .> 0) .& (products * products .> best * squares)
            guard any(isBetter) else { continue }
            let scale = products / squares
            scales = scales.replacing(with: scale, where: isBetter)
            best = best.replacing(with: scale * products, where: isBetter)
            inverses = inverses.replacing(with: inverse, where: isBetter)
        }
    }

    /// The level (0…63) that the search gave to a value of a group; needed only for groups whose stored scale is zero.
    func level(group: Int, index: Int) -> Int32 {
        // A group that counts as zero stays at the level 0, as ggml leaves it.
        inverses[group] == 0 ? 0 : BlockFormat.level(inverses[group] * values[index][group], -32, 31) &+ 32
    }

    private func sums(_ inverse: Lanes) -> (products: Lanes, squares: Lanes) {
        var products = Lanes.zero
        var squares = Lanes.zero
        for index in 0..<16 {
            let value = values[index]
            // Rounds as `BlockFormat.nearest` does.
            let shift = Lanes(repeating: 12_582_912)
            var level: Lanes = (inverse * value + shift) - shift
            level = level.replacing(with: -32, where: level .< -32)
            level = level.replacing(with: 31, where: level .> 31)
            let weight: Lanes = value * value
            products += weight * value * level
            squares += weight * level * level
        }
        return (products, squares)
    }
}

extension BlockFormat {
    static func encodeQ6_K(_ values: UnsafePointer<Float>, _ block: UnsafeMutablePointer<UInt8>, _ search: inout SymmetricSearch) {
        unsafe block.initialize(repeating: 0, count: 210)
        unsafe search.run(values)
        var extreme: Float = 0
        for group in 0..<16 where search.scales[group].magnitude > extreme.magnitude { extreme = search.scales[group] }
        guard extreme.magnitude >= 1e-15 else { return }
        let inverse = -128 / extreme
        unsafe storeHalf(1 / inverse, block + 208)
        let scale = unsafe half(block + 208)
        for group in 0..<16 {
            let stored = level(inverse * search.scales[group], -128, 127)
            unsafe block[192 &+ group] = UInt8(bitPattern: Int8(truncatingIfNeeded: stored))
            let step = scale * Float(stored)
            let part = group &>> 3
            let lane = (group & 7) &>> 1
            let start = (group & 1) &* 16
            let nibbles = unsafe block + (part &* 64 &+ (lane & 1) &* 32 &+ start)
            let pairs = unsafe block + (128 &+ part &* 32 &+ start)
            for index in 0..<16 {
                let found = unsafe step == 0 ? search.level(group: group, index: index) : level(values[group &* 16 &+ index] / step, -32, 31) &+ 32
                let level = UInt8(truncatingIfNeeded: found)
                unsafe nibbles[index] |= (level & 15) &<< UInt8(truncatingIfNeeded: lane &>> 1 &* 4)
                unsafe pairs[index] |= (level >> 4) &<< UInt8(truncatingIfNeeded: lane &* 2)
            }
        }
    }
}

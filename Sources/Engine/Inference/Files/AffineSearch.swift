/// The search behind Q4_K and Q5_K: for each of the eight groups of 32 values in a block, the scale s and minimum m for which s·level − m comes closest.
///
/// Candidates for the scale are tried around the plain one (range over levels); for each the best s and m follow by weighted least squares, a value weighing its magnitude plus
/// the group's root mean square. Candidates, weights and order are those of ggml's reference (`make_qkx2_quants`), so the bytes are equal too. The eight groups run
/// side by side in the lanes of vectors: each lane does the arithmetic of one group in its order.
struct AffineSearch {
    typealias Lanes = SIMD8<Float>

    let levelMax: Float
    let firstStep: Float
    let stepCount: Int
    private var values = [Lanes](repeating: .zero, count: 32)
    private var weights = [Lanes](repeating: .zero, count: 32)
    /// The scales found; never negative.
    private(set) var scales = Lanes.zero
    /// What is subtracted from each value; never negative.
    private(set) var minimums = Lanes.zero
    /// With which the levels of the winners were taken.
    private var inverses = Lanes.zero
    private var bases = Lanes.zero

    init(levelMax: Float, firstStep: Float, stepCount: Int) {
        self.levelMax = levelMax
        self.firstStep = firstStep
        self.stepCount = stepCount
    }

    /// Searches the 256 values of a block.
    mutating func run(_ source: UnsafePointer<Float>) {
        unsafe load(source)
        var low = values[0]
        var high = values[0]
        var weightSum = weights[0]
        var valueSum = weightSum * low
        for index in 1..<32 {
            let value = values[index]
            low = low.replacing(with: value, where: value .< low)
            high = high.replacing(with: value, where: value .> high)
            weightSum += weights[index]
            valueSum += weights[index] * value
        }
        low = low.replacing(with: 0, where: low .> 0)
        let isFlat = high .== low
        inverses = Lanes(repeating: levelMax) / (high - low)
        inverses = inverses.replacing(with: 0, where: isFlat)
        scales = (Lanes(repeating: 1) / inverses).replacing(with: 0, where: isFlat)
        bases = low
        var bestError = error(inverse: inverses, base: low, scale: scales, low: low)
        for step in 0..<stepCount {
            // Flat lanes divide by zero here; their NaN never compares as better.
            let inverse = Lanes(repeating: firstStep + 0.1 * Float(step) + levelMax) / (high - low)
            let sums = sums(inverse: inverse, base: low)
            let determinant: Lanes = weightSum * sums.squares - sums.levels * sums.levels
            var scale: Lanes = (weightSum * sums.products - valueSum * sums.levels) / determinant
            var base: Lanes = (sums.squares * valueSum - sums.levels * sums.products) / determinant
            let isAbove = base .> 0
            base = base.replacing(with: 0, where: isAbove)
            scale = scale.replacing(with: sums.products / sums.squares, where: isAbove)
            let candidateError = error(inverse: inverse, base: low, scale: scale, low: base)
            let isBetter = (determinant .> 0) .& (candidateError .< bestError)
            guard any(isBetter) else { continue }
            bestError = bestError.replacing(with: candidateError, where: isBetter)
            scales = scales.replacing(with: scale, where: isBetter)
            inverses = inverses.replacing(with: inverse, where: isBetter)
            bases = bases.replacing(with: low, where: isBetter)
            low = low.replacing(with: base, where: isBetter)
        }
        minimums = Lanes.zero - low
    }

    /// The level that the search gave to a value of a group; needed only for groups whose stored scale is zero.
    func level(group: Int, index: Int) -> Int32 {
        BlockFormat.level(inverses[group] * (values[index][group] - bases[group]), 0, levelMax)
    }

    private mutating func load(_ source: UnsafePointer<Float>) {
        var squares = Lanes.zero
        for index in 0..<32 {
            var value = Lanes.zero
            for group in 0..<8 { unsafe value[group] = source[group &* 32 &+ index] }
            values[index] = value
            squares += value * value
        }
        let spread: Lanes = (squares / Lanes(repeating: 32)).squareRoot()
        for index in 0..<32 {
            let value = values[index]
            weights[index] = spread + value.replacing(with: Lanes.zero - value, where: value .< 0)
        }
    }

    @inline(__always) private func levels(_ inverse: Lanes, _ base: Lanes, _ index: Int) -> Lanes {
        // Rounds as `BlockFormat.nearest` does.
        let shift = Lanes(repeating: 12_582_912)
        let level: Lanes = (inverse * (values[index] - base) + shift) - shift
        let bounded = level.replacing(with: 0, where: level .< 0)
        return bounded.replacing(with: Lanes(repeating: levelMax), where: bounded .> levelMax)
    }

    private func sums(inverse: Lanes, base: Lanes) -> (levels: Lanes, squares: Lanes, products: Lanes) {
        var levelSum = Lanes.zero
        var squareSum = Lanes.zero
        var productSum = Lanes.zero
        for index in 0..<32 {
            let level = levels(inverse, base, index)
            let weighted = weights[index] * level
            levelSum += weighted
            squareSum += weighted * level
            productSum += weighted * values[index]
        }
        return (levelSum, squareSum, productSum)
    }

    private func error(inverse: Lanes, base: Lanes, scale: Lanes, low: Lanes) -> Lanes {
        var sum = Lanes.zero
        for index in 0..<32 {
            let difference: Lanes = scale * levels(inverse, base, index) + low - values[index]
            sum += weights[index] * (difference * difference)
        }
        return sum
    }
}

extension BlockFormat {
    /// Writes scales, minimums and their two factors. The levels come after it: they depend on what the scales are once rounded.
    private static func storeScales(_ search: AffineSearch, _ block: UnsafeMutablePointer<UInt8>) {
        let scaleMax = max(search.scales.max(), 0)
        let minimumMax = max(search.minimums.max(), 0)
        let scaleInverse = scaleMax > 0 ? 63 / scaleMax : 0
        let minimumInverse = minimumMax > 0 ? 63 / minimumMax : 0
        unsafe storeHalf(scaleMax / 63, block)
        unsafe storeHalf(minimumMax / 63, block + 2)
        let packed = unsafe block + 4
        unsafe packed.initialize(repeating: 0, count: 12)
        for group in 0..<8 {
            let scale = UInt8(truncatingIfNeeded: level(scaleInverse * search.scales[group], 0, 63))
            let minimum = UInt8(truncatingIfNeeded: level(minimumInverse * search.minimums[group], 0, 63))
            if group < 4 {
                unsafe packed[group] = scale
                unsafe packed[group &+ 4] = minimum
            } else {
                unsafe packed[group &+ 4] = scale & 15 | (minimum & 15) << 4
                unsafe packed[group &- 4] |= (scale >> 4) << 6
                unsafe packed[group] |= (minimum >> 4) << 6
            }
        }
    }

    /// Writes scales, then gives `body` the level of each value under the scales as stored.
    @inline(__always)
    private static func storeLevels(
        _ values: UnsafePointer<Float>, _ block: UnsafeMutablePointer<UInt8>, _ search: inout AffineSearch, _ body: (_ group: Int, _ index: Int, _ level: UInt8) -> Void
    ) {
        unsafe search.run(values)
        unsafe storeScales(search, block)
        let scale = unsafe half(block)
        let minimum = unsafe half(block + 2)
        for group in 0..<8 {
            let pair = unsafe scalePair(block + 4, group)
            let step = scale * Float(pair.scale)
            let base = minimum * Float(pair.minimum)
            for index in 0..<32 {
                let found = unsafe step == 0 ? search.level(group: group, index: index) : level((values[group &* 32 &+ index] + base) / step, 0, search.levelMax)
                body(group, index, UInt8(truncatingIfNeeded: found))
            }
        }
    }

    static func encodeQ4_K(_ values: UnsafePointer<Float>, _ block: UnsafeMutablePointer<UInt8>, _ search: inout AffineSearch) {
        let nibbles = unsafe block + 16
        unsafe storeLevels(values, block, &search) { group, index, level in
            let place = (group &>> 1) &* 32 &+ index
            unsafe nibbles[place] = unsafe group & 1 == 0 ? level : nibbles[place] | level << 4
        }
    }

    static func encodeQ5_K(_ values: UnsafePointer<Float>, _ block: UnsafeMutablePointer<UInt8>, _ search: inout AffineSearch) {
        let fifths = unsafe block + 16
        let nibbles = unsafe block + 48
        unsafe fifths.initialize(repeating: 0, count: 32)
        unsafe storeLevels(values, block, &search) { group, index, level in
            let place = (group &>> 1) &* 32 &+ index
            unsafe nibbles[place] = unsafe group & 1 == 0 ? level & 15 : nibbles[place] | (level & 15) << 4
            unsafe fifths[index] |= (level >> 4) &<< UInt8(truncatingIfNeeded: group)
        }
    }
}

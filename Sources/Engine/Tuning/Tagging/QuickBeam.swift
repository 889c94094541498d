/// Best scores of the paths that end in each tag, in whole weights: which tags a place leaves possible, for some nanoseconds a token.
///
/// Sums over all paths cost twenty times as much, so they run where this leaves more than outside possible. A tag is possible when the best path to it is not further below the best of all than a bound.
struct QuickBeam: Sendable {
    /// Sixteen tags: 0…7, and 8…15.
    struct Scores: Sendable {
        var low: SIMD8<Int16>, high: SIMD8<Int16>
    }

    /// Far below everything, and far from an overflow when two are added.
    static let least: Int16 = -8_000

    /// Scores of tag j (a lane) after tag i (a row), and of a first tag.
    private let transitions: [Scores]
    private let starts: Scores

    init(_ field: QuickField, scale: Float) {
        func whole(_ vector: QuickField.Vector) -> Scores {
            var scores = Scores(low: SIMD8(), high: SIMD8())
            for lane in 0..<8 {
                scores.low[lane] = Int16(max(Float(Self.least), min(8_000, vector[lane] / scale)))
                scores.high[lane] = Int16(max(Float(Self.least), min(8_000, vector[lane + 8] / scale)))
            }
            return scores
        }
        transitions = field.transitions.map(whole)
        starts = whole(field.starts)
    }

    /// Scores of the first place of a text, or of one behind a token that is outside.
    func first(_ own: Scores, isFirst: Bool) -> Scores {
        let before = isFirst ? starts : transitions[0]
        return leveled(Scores(low: before.low &+ own.low, high: before.high &+ own.high))
    }

    /// Scores of the next place.
    func next(_ before: Scores, _ own: Scores) -> Scores {
        var best = Scores(low: SIMD8(repeating: 2 * Self.least), high: SIMD8(repeating: 2 * Self.least))
        for tag in 0..<16 {
            let base = SIMD8<Int16>(repeating: tag < 8 ? before.low[tag] : before.high[tag - 8])
            best.low = Self.greater(best.low, transitions[tag].low &+ base)
            best.high = Self.greater(best.high, transitions[tag].high &+ base)
        }
        return leveled(Scores(low: best.low &+ own.low, high: best.high &+ own.high))
    }

    /// The same with the greatest at 0 and none below ``least``.
    private func leveled(_ scores: Scores) -> Scores {
        let both = Self.greater(scores.low, scores.high)
        let four = both.lowHalf.replacing(with: both.highHalf, where: both.highHalf .> both.lowHalf)
        let two = four.lowHalf.replacing(with: four.highHalf, where: four.highHalf .> four.lowHalf)
        let greatest = SIMD8<Int16>(repeating: max(two[0], two[1])), least = SIMD8<Int16>(repeating: Self.least)
        return Scores(low: Self.greater(scores.low &- greatest, least), high: Self.greater(scores.high &- greatest, least))
    }

    @inline(__always)
    private static func greater(_ a: SIMD8<Int16>, _ b: SIMD8<Int16>) -> SIMD8<Int16> { a.replacing(with: b, where: b .> a) }
}

import Foundation

/// A conditional random field over at most 16 tags (Lafferty et al. 2001), the scores of a place in one vector: sums over all paths, and the best path.
///
/// Sums run in linear space, scaled at each place (Rabiner 1989): 16 products of vectors a place, no logarithm.
struct QuickField: Sendable {
    typealias Vector = SIMD16<Float>

    /// Score of tag j (a lane) after tag i (a row), of a first tag, and of a last one; what cannot be is ``forbidden``.
    var transitions: [Vector]
    var starts: Vector, ends: Vector

    static let forbidden: Float = -10_000

    /// Zero where the rules of tags allow it.
    init(_ tags: QuickTags) {
        let lanes = QuickTags.lanes
        func vector(_ value: (Int) -> Bool) -> Vector {
            var vector = Vector(repeating: Self.forbidden)
            for lane in 0..<tags.count where value(lane) { vector[lane] = 0 }
            return vector
        }
        transitions = (0..<lanes).map { tag in vector { tag < tags.count && tags.canFollow(tag, $0) } }
        starts = vector(tags.canBegin)
        ends = vector(tags.canEnd)
    }

    /// What sums and paths are computed with, made once for weights that no longer change.
    struct Factors: Sendable {
        /// Exponentials of transitions: of tag j after i, and of tag i before j.
        var forward: [Vector], backward: [Vector]
        var starts: Vector, ends: Vector
    }

    var factors: Factors {
        let forward = transitions.map(Self.exponentials)
        let backward = (0..<QuickTags.lanes).map { column in
            var vector = Vector()
            for row in 0..<QuickTags.lanes { vector[row] = forward[row][column] }
            return vector
        }
        return Factors(forward: forward, backward: backward, starts: Self.exponentials(starts), ends: Self.exponentials(ends))
    }

    static func exponentials(_ vector: Vector) -> Vector {
        var result = Vector()
        for lane in 0..<QuickTags.lanes { result[lane] = exp(vector[lane]) }
        return result
    }
}

/// Room for the sums of a text; what it holds is overwritten by the next.
struct QuickLattice: Sendable {
    typealias Vector = QuickField.Vector

    /// Tags that are not zero at all places, in order, outside first.
    var active: [Int] = Array(0..<QuickTags.lanes)
    /// Exponentials of scores of each place, the greatest of a place about 1.
    var scores: [Vector] = []
    /// What is before a place, itself with it; and what is behind it.
    private var before: [Vector] = [], behind: [Vector] = []
    private var from: [SIMD16<Int32>] = []
    /// Of each place the probability of each tag, after ``sum(_:)``.
    private(set) var marginals: [Vector] = []
    /// The best path, after ``walk(_:)``.
    private(set) var path: [UInt8] = []
    /// Logarithm of the sum over all paths, without the greatest scores that were taken out of ``scores``.
    private(set) var logSum: Float = 0

    /// Sums over all paths.
    ///
    /// - Parameter logs: whether ``logSum`` is wanted.
    mutating func sum(_ factors: QuickField.Factors, logs: Bool = false) {
        let count = scores.count
        before.removeAll(keepingCapacity: true)
        marginals.removeAll(keepingCapacity: true)
        behind.removeAll(keepingCapacity: true)
        logSum = 0
        guard count > 0 else { return }
        for place in 0..<count {
            var vector = factors.starts
            if place > 0 {
                let last = before[place - 1]
                vector = Vector()
                for tag in active { vector += factors.forward[tag] * last[tag] }
            }
            vector *= scores[place]
            let total = max(vector.sum(), .leastNormalMagnitude)
            if logs { logSum += log(total) }
            before.append(vector / total)
        }
        if logs { logSum += log(max((before[count - 1] * factors.ends).sum(), .leastNormalMagnitude)) }
        var vector = factors.ends
        for place in (0..<count).reversed() {
            let product = before[place] * vector
            marginals.append(product / max(product.sum(), .leastNormalMagnitude))
            behind.append(vector)
            guard place > 0 else { break }
            let after = vector * scores[place]
            vector = Vector()
            for tag in active { vector += factors.backward[tag] * after[tag] }
            vector /= max(vector.sum(), .leastNormalMagnitude)
        }
        marginals.reverse()
        behind.reverse()
    }

    /// The expected number of times that tag j follows tag i between two places, after ``sum(_:)``; rows are tags i.
    func pairs(_ place: Int, _ factors: QuickField.Factors, _ add: (Int, Vector) -> Void) {
        let after = scores[place + 1] * behind[place + 1], last = before[place]
        var total: Float = 0
        for tag in 0..<QuickTags.lanes where last[tag] > 0 { total += last[tag] * (factors.forward[tag] * after).sum() }
        let scale = 1 / max(total, .leastNormalMagnitude)
        for tag in 0..<QuickTags.lanes where last[tag] > 0 { add(tag, factors.forward[tag] * after * (last[tag] * scale)) }
    }

    /// The best path (Viterbi 1967); of equal ones that with the lower tags.
    mutating func walk(_ factors: QuickField.Factors) {
        let count = scores.count
        path.removeAll(keepingCapacity: true)
        from.removeAll(keepingCapacity: true)
        guard count > 0 else { return }
        var best = factors.starts * scores[0]
        from.append(SIMD16<Int32>())
        for place in 1..<max(1, count) {
            best /= max(best.max(), .leastNormalMagnitude)
            var next = factors.forward[0] * best[0], origin = SIMD16<Int32>()
            for tag in active where tag > 0 {
                let other = factors.forward[tag] * best[tag], isBetter = other .> next
                next.replace(with: other, where: isBetter)
                origin.replace(with: SIMD16<Int32>(repeating: Int32(tag)), where: isBetter)
            }
            best = next * scores[place]
            from.append(origin)
        }
        best *= factors.ends
        var tag = 0
        for lane in 1..<QuickTags.lanes where best[lane] > best[tag] { tag = lane }
        for place in (0..<count).reversed() {
            path.append(UInt8(tag))
            tag = Int(from[place][tag])
        }
        path.reverse()
    }

    /// Makes room for the next text.
    mutating func removeAll() { scores.removeAll(keepingCapacity: true) }
}

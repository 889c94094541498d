import CKernels
import Core

/// The tables of a linear-chain field over tags, laid out for the processor: sums over all paths, and the best path, of a sequence's scores. Nothing is allocated while it is used; any number of threads may use it at once.
public final class TagChain: Sendable {
    /// Tags, at most ``tagsMax``.
    public let tags: Int
    /// Tags rounded up to whole vectors.
    public let stride: Int
    private let memory: AlignedMemory
    /// More tags than 65,535 have no place in a path.
    public static let tagsMax = 65_535

    /// - Parameters:
    ///   - transitions: of tag j after tag i, [tags, tags] row by row. Scores of -10,000 and less forbid.
    ///   - starts, ends: of the first and of the last tag, [tags].
    /// - Throws: `kernels.shape` when sizes do not fit, `kernels.memory`.
    public init(transitions: [Float], starts: [Float], ends: [Float]) throws {
        tags = starts.count
        stride = (tags + 15) / 16 * 16
        guard tags > 0, tags <= Self.tagsMax, transitions.count == tags * tags, ends.count == tags else {
            throw Fault(.kernelShape, "\(transitions.count) transitions do not fit \(starts.count) tags", remedy: "give a number for each pair of tags")
        }
        memory = try AlignedMemory.floats(3 * tags * stride + 4 * stride)
        let base = unsafe memory.floats, far: Float = -1e9
        let (edges, turned, scores, rows) = unsafe (base, base + tags * stride, base + 2 * tags * stride, base + 3 * tags * stride)
        unsafe (scores).update(repeating: far, count: tags * stride)
        unsafe (rows + 2 * stride).update(repeating: far, count: 2 * stride)
        for i in 0..<tags { for j in 0..<tags { unsafe scores[i * stride + j] = transitions[i * tags + j] } }
        for i in 0..<tags { unsafe (rows[2 * stride + i], rows[3 * stride + i]) = (starts[i], ends[i]) }
        // Memory is zero beyond the tags.
        for i in 0..<tags { unsafe UnaryFunction.exponential.apply(scores + i * stride, into: edges + i * stride, count: tags) }
        for row in 0..<2 { unsafe UnaryFunction.exponential.apply(rows + (2 + row) * stride, into: rows + row * stride, count: tags) }
        // What floats do not hold is zero, not the smallest of them.
        for i in 0..<tags {
            for j in 0..<tags where unsafe scores[i * stride + j] < -87 { unsafe edges[i * stride + j] = 0 }
            if starts[i] < -87 { unsafe rows[i] = 0 }
            if ends[i] < -87 { unsafe rows[stride + i] = 0 }
        }
        for i in 0..<tags { for j in 0..<tags { unsafe turned[j * stride + i] = edges[i * stride + j] } }
    }

    /// Floats of working memory for a sequence.
    public func roomCount(places: Int) -> Int { 2 * places * stride + 2 * stride + places + 16 }

    /// e^transition of tag j after tag i.
    public func edge(_ i: Int, _ j: Int) -> Float { unsafe memory.floats[i * stride + j] }

    private var raw: ck_chain {
        let base = unsafe memory.floats
        let rows = unsafe base + 3 * tags * stride
        return unsafe ck_chain(
            tags: Int32(tags), stride: Int32(stride), edges: base, turned: base + tags * stride, starts: rows, ends: rows + stride, transitions: base + 2 * tags * stride, first: rows + 2 * stride,
            last: rows + 3 * stride)
    }

    /// The logarithm of the sum over all paths; no finite number when a sum left the range of floats.
    ///
    /// - Parameters:
    ///   - scores: [places, tags]; at least one place.
    ///   - marginals: becomes how probable each tag is at each place, [places, tags].
    ///   - pairs: to it the expected times are added that tag j follows tag i, divided by ``edge(_:_:)``, [tags, stride].
    ///   - room: ``roomCount(places:)`` floats that nobody else uses.
    public func sums(_ scores: UnsafePointer<Float>, places: Int, marginals: UnsafeMutablePointer<Float>, pairs: UnsafeMutablePointer<Float>, room: UnsafeMutablePointer<Float>) -> Double {
        precondition(places > 0 && places < 1 << 28, "a sequence has a place")
        return unsafe withUnsafePointer(to: raw) { unsafe ck_chain_sums($0, scores, Int32(places), marginals, pairs, room) }
    }

    /// The most probable tags; of equal ones those that come first.
    ///
    /// - Parameters:
    ///   - scores: [places, tags]; at least one place.
    ///   - path: becomes the tags, [places].
    ///   - room: ``roomCount(places:)`` floats that nobody else uses.
    public func best(_ scores: UnsafePointer<Float>, places: Int, into path: UnsafeMutablePointer<Int32>, room: UnsafeMutablePointer<Float>) {
        precondition(places > 0 && places < 1 << 28, "a sequence has a place")
        unsafe withUnsafePointer(to: raw) { unsafe ck_chain_best($0, scores, Int32(places), path, room) }
    }
}

import Core
import Kernels

/// A linear-chain conditional random field (Lafferty et al. 2001): scores of tags at places, and of one tag after another.
///
/// Scores are padded, [sequences, places, tags], or sequences lie one after another, [places of all, tags]. A score of -10,000 and less forbids a tag or a transition.
public enum ChainField {
    /// The mean over all sequences of -ln p(tags).
    ///
    /// Sums run in linear space, scaled at every place (Rabiner 1989); a sequence whose sums leave the range of floats is computed in logarithms. Results do not depend on the number of threads.
    ///
    /// - Parameters:
    ///   - scores: of each tag at each place; in padded ones, what lies beyond a sequence's length does not count.
    ///   - transitions: of tag j after tag i, [tags, tags].
    ///   - starts, ends: of the first and of the last tag, [tags].
    ///   - tags: of each sequence, as many as its length, which is 1 to `places`.
    /// - Throws: `tensors.shape`, `kernels.memory`.
    public static func loss(_ scores: Tensor, transitions: Tensor, starts: Tensor, ends: Tensor, tags: [[Int32]]) throws -> Tensor {
        let layout = try Layout(scores, lengths: tags.map(\.count), transitions, starts, ends)
        for sequence in tags where sequence.isEmpty || !sequence.allSatisfy({ (0..<Int32(layout.count)).contains($0) }) {
            throw Fault.shape("a sequence has at least one tag, and tags from 0 to \(layout.count - 1)")
        }
        // The gradient is what the field expects less what is there (both from the same walk), so it is computed at once.
        let walk = try ChainWalk(scores, layout, tags: tags, transitions, starts, ends)
        let gradients = [walk.forScores, walk.forTransitions, walk.forStarts, walk.forEnds]
        let value = try Tensor([Float(walk.loss)], shape: [], in: scores.workspace)
        return Tensor.result(value.storage, shape: [], of: [scores, transitions, starts, ends]) { gradient in
            try gradients.map { try Tensor.combined(.multiply, $0, gradient) }
        }
    }

    /// The most probable tags of each sequence (Viterbi 1967).
    ///
    /// - Throws: `tensors.shape`, `kernels.memory`.
    public static func best(_ scores: Tensor, transitions: Tensor, starts: Tensor, ends: Tensor, lengths: [Int]) throws -> [[Int32]] {
        let layout = try Layout(scores, lengths: lengths, transitions, starts, ends)
        let chain = try TagChain(transitions: transitions.values, starts: starts.values, ends: ends.values)
        let workspace = scores.workspace
        let rooms = try (0..<workspace.pool.width).map { _ in try workspace.take(chain.roomCount(places: lengths.max() ?? 0)) }
        // Paths stand where rows stand; a tag takes the place of a float.
        let paths = try workspace.take(max(1, layout.rows))
        workspace.pool.share([lengths.count]) { worker, _, index in
            guard lengths[index] > 0 else { return }
            let first = layout.starts[index]
            unsafe (paths.floats + first).withMemoryRebound(to: Int32.self, capacity: lengths[index]) { path in
                unsafe chain.best(scores.storage.floats + first * layout.count, places: lengths[index], into: path, room: rooms[worker].floats)
            }
        }
        return lengths.indices.map { index in
            unsafe (paths.floats + layout.starts[index]).withMemoryRebound(to: Int32.self, capacity: max(1, lengths[index])) { unsafe Array(UnsafeBufferPointer(start: $0, count: lengths[index])) }
        }
    }
}

/// Where the rows of each sequence stand.
struct ChainLayout: Sendable {
    let starts: [Int]
    let lengths: [Int]
    /// Rows of all scores, and tags.
    let rows: Int, count: Int

    init(_ scores: Tensor, lengths: [Int], _ transitions: Tensor, _ starts: Tensor, _ ends: Tensor) throws {
        func wrong() -> Fault { Fault.shape("scores of the shape \(scores.shape) and transitions of \(transitions.shape) do not fit \(lengths.count) sequences") }
        guard scores.rank == 2 || scores.rank == 3, let count = scores.shape.last, count > 0, transitions.shape == [count, count], starts.shape == [count], ends.shape == [count] else { throw wrong() }
        rows = scores.count / count
        if scores.rank == 3 {
            guard scores.shape[0] == lengths.count, lengths.allSatisfy({ (0...scores.shape[1]).contains($0) }) else { throw wrong() }
            self.starts = lengths.indices.map { $0 * scores.shape[1] }
        } else {
            guard lengths.allSatisfy({ $0 >= 0 }), lengths.reduce(0, +) == rows else { throw wrong() }
            var next = 0
            self.starts = lengths.map { length in
                defer { next += length }
                return next
            }
        }
        (self.lengths, self.count) = (lengths, count)
    }
}

extension ChainField {
    typealias Layout = ChainLayout
}

import Core
import Foundation
import Kernels

/// A linear-chain conditional random field (Lafferty et al. 2001): scores of tags at places, and of one tag after another.
public enum ChainField {
    /// The mean over all sequences of -ln p(tags), by the forward algorithm.
    ///
    /// - Parameters:
    ///   - scores: of each tag at each place, [sequences, places, tags]; what lies beyond a sequence's length does not count.
    ///   - transitions: of tag j after tag i, [tags, tags].
    ///   - starts, ends: of the first and of the last tag, [tags].
    ///   - tags: of each sequence, as many as its length, which is 1 to `places`.
    public static func loss(_ scores: Tensor, transitions: Tensor, starts: Tensor, ends: Tensor, tags: [[Int32]]) throws -> Tensor {
        guard scores.rank == 3, scores.shape[0] == tags.count, transitions.shape == [scores.shape[2], scores.shape[2]], starts.shape == [scores.shape[2]], ends.shape == starts.shape else {
            throw Fault.shape("scores of the shape \(scores.shape) and transitions of \(transitions.shape) do not fit \(tags.count) sequences")
        }
        let (places, count) = (scores.shape[1], scores.shape[2])
        for sequence in tags where sequence.isEmpty || sequence.count > places || !sequence.allSatisfy({ (0..<Int32(count)).contains($0) }) {
            throw Fault.shape("a sequence has 1 to \(places) tags from 0 to \(count - 1)")
        }
        let chains = Chains(scores: scores.values, transitions: transitions.values, starts: starts.values, ends: ends.values, places: places, count: count)
        // The gradient is what the field expects less what is there (both from the same walk), so it is computed at once.
        let walks = tags.indices.map { chains.walk($0, tags[$0]) }
        let share = 1 / Double(max(1, tags.count))
        let workspace = scores.workspace
        let value = try Tensor([Float(walks.reduce(0) { $0 + $1.loss } * share)], shape: [], in: workspace)
        func total(_ part: (Chains.Walk) -> [Double], _ shape: [Int]) throws -> Tensor {
            var sum = [Double](repeating: 0, count: shape.reduce(1, *))
            for walk in walks { for (index, value) in part(walk).enumerated() { sum[index] += value } }
            return try Tensor(sum.map { Float($0 * share) }, shape: shape, in: workspace)
        }
        var forScores = [Float](repeating: 0, count: scores.count)
        for (sequence, walk) in walks.enumerated() {
            for (index, value) in walk.scores.enumerated() { forScores[sequence * places * count + index] = Float(value * share) }
        }
        let gradients = [
            try Tensor(forScores, shape: scores.shape, in: workspace), try total(\.transitions, transitions.shape), try total(\.starts, starts.shape), try total(\.ends, ends.shape),
        ]
        return Tensor.result(value.storage, shape: [], of: [scores, transitions, starts, ends]) { gradient in
            try gradients.map { try Tensor.combined(.multiply, $0, gradient) }
        }
    }

    /// The most probable tags of each sequence (Viterbi 1967).
    public static func best(_ scores: Tensor, transitions: Tensor, starts: Tensor, ends: Tensor, lengths: [Int]) throws -> [[Int32]] {
        guard scores.rank == 3, scores.shape[0] == lengths.count, lengths.allSatisfy({ (0...scores.shape[1]).contains($0) }), transitions.shape == [scores.shape[2], scores.shape[2]] else {
            throw Fault.shape("scores of the shape \(scores.shape) do not fit \(lengths.count) sequences")
        }
        let chains = Chains(scores: scores.values, transitions: transitions.values, starts: starts.values, ends: ends.values, places: scores.shape[1], count: scores.shape[2])
        return lengths.indices.map { chains.best($0, length: lengths[$0]) }
    }
}

/// Values of a field for several sequences, in double precision where sums are long.
private struct Chains {
    let scores: [Float], transitions: [Float], starts: [Float], ends: [Float]
    let places: Int, count: Int

    struct Walk {
        var loss: Double
        var scores: [Double], transitions: [Double], starts: [Double], ends: [Double]
    }

    private func score(_ sequence: Int, _ place: Int, _ tag: Int) -> Double { Double(scores[(sequence * places + place) * count + tag]) }

    private static func logSum(_ values: [Double]) -> Double {
        let most = values.max() ?? 0
        return most + log(values.reduce(0) { $0 + exp($1 - most) })
    }

    /// Loss and gradients of one sequence: forward and backward sums (Rabiner 1989), in logarithms.
    func walk(_ sequence: Int, _ tags: [Int32]) -> Walk {
        let length = tags.count
        var forward = [[Double]](repeating: [], count: length), backward = forward
        forward[0] = (0..<count).map { Double(starts[$0]) + score(sequence, 0, $0) }
        for place in 1..<max(1, length) where place < length {
            forward[place] = (0..<count).map { tag in
                Self.logSum((0..<count).map { forward[place - 1][$0] + Double(transitions[$0 * count + tag]) }) + score(sequence, place, tag)
            }
        }
        backward[length - 1] = (0..<count).map { Double(ends[$0]) }
        for place in (0..<length - 1).reversed() {
            backward[place] = (0..<count).map { tag in
                Self.logSum((0..<count).map { Double(transitions[tag * count + $0]) + score(sequence, place + 1, $0) + backward[place + 1][$0] })
            }
        }
        let all = Self.logSum((0..<count).map { forward[length - 1][$0] + Double(ends[$0]) })
        var walk = Walk(
            loss: all, scores: [Double](repeating: 0, count: length * count), transitions: [Double](repeating: 0, count: count * count), starts: [Double](repeating: 0, count: count),
            ends: [Double](repeating: 0, count: count))
        for place in 0..<length {
            let own = Int(tags[place])
            for tag in 0..<count { walk.scores[place * count + tag] = exp(forward[place][tag] + backward[place][tag] - all) }
            walk.scores[place * count + own] -= 1
            walk.loss -= score(sequence, place, own)
            guard place > 0 else { continue }
            for before in 0..<count { for tag in 0..<count {
                let path = forward[place - 1][before] + Double(transitions[before * count + tag]) + score(sequence, place, tag) + backward[place][tag]
                walk.transitions[before * count + tag] += exp(path - all)
            } }
            walk.transitions[Int(tags[place - 1]) * count + own] -= 1
            walk.loss -= Double(transitions[Int(tags[place - 1]) * count + own])
        }
        // The first and the last tag are scored where the scores are: the same differences.
        walk.starts = Array(walk.scores.prefix(count))
        walk.ends = Array(walk.scores.suffix(count))
        walk.loss -= Double(starts[Int(tags[0])]) + Double(ends[Int(tags[length - 1])])
        return walk
    }

    func best(_ sequence: Int, length: Int) -> [Int32] {
        guard length > 0 else { return [] }
        var value = (0..<count).map { Double(starts[$0]) + score(sequence, 0, $0) }
        var from: [[Int]] = []
        for place in 1..<max(1, length) where place < length {
            var chosen = [Int](repeating: 0, count: count)
            let next = (0..<count).map { tag -> Double in
                for before in 1..<max(1, count) where before < count {
                    if value[before] + Double(transitions[before * count + tag]) > value[chosen[tag]] + Double(transitions[chosen[tag] * count + tag]) { chosen[tag] = before }
                }
                return value[chosen[tag]] + Double(transitions[chosen[tag] * count + tag]) + score(sequence, place, tag)
            }
            from.append(chosen)
            value = next
        }
        var tag = (0..<count).max { value[$0] + Double(ends[$0]) < value[$1] + Double(ends[$1]) } ?? 0
        var path = [tag]
        for chosen in from.reversed() {
            tag = chosen[tag]
            path.append(tag)
        }
        return path.reversed().map { Int32($0) }
    }
}

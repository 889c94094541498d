import Core
import Foundation
import Kernels

/// The loss of a chain field over some sequences, and its gradients.
struct ChainWalk {
    private(set) var loss: Double
    let forScores: Tensor, forTransitions: Tensor, forStarts: Tensor, forEnds: Tensor
    /// Groups of sequences that are summed by themselves, however many threads there are.
    private static let groupsMax = 8

    /// What a group adds up.
    private struct Sums {
        var loss = 0.0
        /// Expected transitions over e^score, padded rows.
        var pairs: [Float]
        /// What was there, negative, and all of sequences in logarithms.
        var transitions: [Double], starts: [Double], ends: [Double]

        init(tags: Int, stride: Int) {
            pairs = [Float](repeating: 0, count: tags * stride)
            (transitions, starts, ends) = ([Double](repeating: 0, count: tags * tags), [Double](repeating: 0, count: tags), [Double](repeating: 0, count: tags))
        }
    }

    init(_ scores: Tensor, _ layout: ChainLayout, tags: [[Int32]], _ transitions: Tensor, _ starts: Tensor, _ ends: Tensor) throws {
        let workspace = scores.workspace, count = layout.count
        let chain = try TagChain(transitions: transitions.values, starts: starts.values, ends: ends.values)
        let plain = LogChain(transitions: transitions.values, starts: starts.values, ends: ends.values)
        let (edges, first, last) = (plain.transitions, plain.starts, plain.ends)
        let share = 1 / Double(max(1, tags.count))
        let marginals = try Tensor(repeating: 0, shape: scores.shape, in: workspace)
        let rooms = try (0..<workspace.pool.width).map { _ in try workspace.take(chain.roomCount(places: layout.lengths.max() ?? 0)) }
        let groups = max(1, min(Self.groupsMax, tags.count))
        var sums = [Sums](repeating: Sums(tags: count, stride: chain.stride), count: groups)
        unsafe sums.withUnsafeMutableBufferPointer { sums in
            let sums = unsafe sums
            workspace.pool.share([groups]) { worker, _, group in
                for index in group * tags.count / groups..<(group + 1) * tags.count / groups {
                    let (own, row) = (tags[index], layout.starts[index])
                    let (values, to) = unsafe (scores.storage.floats + row * count, marginals.storage.floats + row * count)
                    let before = unsafe sums[group].pairs
                    var all = unsafe sums[group].pairs.withUnsafeMutableBufferPointer { pairs in
                        guard let pairs = pairs.baseAddress else { return Double.nan }
                        return unsafe chain.sums(values, places: own.count, marginals: to, pairs: pairs, room: rooms[worker].floats)
                    }
                    if !all.isFinite {
                        unsafe sums[group].pairs = before
                        let walk = unsafe plain.walk(Array(UnsafeBufferPointer(start: values, count: own.count * count)))
                        all = walk.sum
                        for (index, value) in walk.marginals.enumerated() { unsafe to[index] = Float(value) }
                        for (index, value) in walk.transitions.enumerated() { unsafe sums[group].transitions[index] += value }
                    }
                    unsafe sums[group].loss += all - Double(first[Int(own[0])]) - Double(last[Int(own[own.count - 1])])
                    for tag in 0..<count {
                        unsafe sums[group].starts[tag] += Double(to[tag])
                        unsafe sums[group].ends[tag] += Double(to[(own.count - 1) * count + tag])
                    }
                    unsafe sums[group].starts[Int(own[0])] -= 1
                    unsafe sums[group].ends[Int(own[own.count - 1])] -= 1
                    for place in own.indices {
                        let tag = Int(own[place])
                        unsafe sums[group].loss -= Double(values[place * count + tag])
                        unsafe to[place * count + tag] -= 1
                        guard place > 0 else { continue }
                        let edge = Int(own[place - 1]) * count + tag
                        unsafe sums[group].loss -= Double(edges[edge])
                        unsafe sums[group].transitions[edge] -= 1
                    }
                    unsafe VectorMath.scale(to, Float(share), own.count * count)
                }
            }
        }
        loss = sums.reduce(0) { $0 + $1.loss } * share
        func total(_ part: (Sums) -> [Double]) throws -> Tensor {
            var all = [Double](repeating: 0, count: part(sums[0]).count)
            for group in sums { for (index, value) in part(group).enumerated() { all[index] += value } }
            return try Tensor(all.map { Float($0 * share) }, shape: all.count == count ? [count] : [count, count], in: workspace)
        }
        forScores = marginals
        forTransitions = try total { group in
            (0..<count * count).map { group.transitions[$0] + Double(group.pairs[$0 / count * chain.stride + $0 % count]) * Double(chain.edge($0 / count, $0 % count)) }
        }
        (forStarts, forEnds) = (try total(\.starts), try total(\.ends))
    }
}

/// The same sums in logarithms and double precision, for sequences whose scores differ by more than floats hold.
struct LogChain: Sendable {
    let transitions: [Float], starts: [Float], ends: [Float]
    private var count: Int { starts.count }

    init(transitions: [Float], starts: [Float], ends: [Float]) { (self.transitions, self.starts, self.ends) = (transitions, starts, ends) }

    private static func logSum(_ values: [Double]) -> Double {
        let most = values.max() ?? 0
        return most + log(values.reduce(0) { $0 + exp($1 - most) })
    }

    /// The logarithm of the sum over all paths of scores [places, tags]; how probable each tag is at each place, and the expected times that one follows another, [tags, tags].
    func walk(_ scores: [Float]) -> (sum: Double, marginals: [Double], transitions: [Double]) {
        let tags = 0..<count, places = scores.count / count
        func score(_ place: Int, _ tag: Int) -> Double { Double(scores[place * count + tag]) }
        func edge(_ before: Int, _ tag: Int) -> Double { Double(transitions[before * count + tag]) }
        var forward = [[Double]](repeating: [], count: places), backward = forward
        forward[0] = tags.map { Double(starts[$0]) + score(0, $0) }
        for place in 1..<max(1, places) where place < places {
            forward[place] = tags.map { tag in Self.logSum(tags.map { forward[place - 1][$0] + edge($0, tag) }) + score(place, tag) }
        }
        backward[places - 1] = tags.map { Double(ends[$0]) }
        for place in (0..<places - 1).reversed() {
            backward[place] = tags.map { tag in Self.logSum(tags.map { edge(tag, $0) + score(place + 1, $0) + backward[place + 1][$0] }) }
        }
        let all = Self.logSum(tags.map { forward[places - 1][$0] + Double(ends[$0]) })
        var marginals: [Double] = [], expected = [Double](repeating: 0, count: count * count)
        for place in 0..<places {
            for tag in tags { marginals.append(exp(forward[place][tag] + backward[place][tag] - all)) }
            guard place > 0 else { continue }
            for before in tags { for tag in tags {
                expected[before * count + tag] += exp(forward[place - 1][before] + edge(before, tag) + score(place, tag) + backward[place][tag] - all)
            } }
        }
        return (all, marginals, expected)
    }
}

import Core
import Foundation
import Kernels
import Testing

@testable import Tensors

/// Sums in linear space against those in logarithms, and paths against all paths.
@Suite(.serialized) struct ChainTests {
    private static let sets = InstructionSet.allCases.filter { set in
        defer { InstructionSet.best.use() }
        return set.use() == set
    }

    private func chain(_ tags: Int, spread: Float, forbidden: Bool, using random: inout SeededRandom) -> (transitions: [Float], starts: [Float], ends: [Float]) {
        func values(_ count: Int) -> [Float] { (0..<count).map { _ in Float.random(in: -spread...spread, using: &random) } }
        var transitions = values(tags * tags)
        // Each tag keeps two that may follow.
        if forbidden { for i in 0..<tags { for j in 0..<tags where j != i && j != (i + 1) % tags { transitions[i * tags + j] = -10_000 } } }
        return (transitions, values(tags), values(tags))
    }

    /// Numbers of tags below, at and above whole vectors; one place and many.
    @Test(arguments: sets, [(1, 5), (3, 1), (16, 7), (41, 40), (65, 3)])
    func sumsEqualLogarithms(set: InstructionSet, sizes: (Int, Int)) throws {
        #expect(set.use() == set)
        defer { InstructionSet.best.use() }
        let (tags, places) = sizes
        var random = SeededRandom(seed: UInt64(tags * 100 + places))
        for forbidden in [false, true] {
            let tables = chain(tags, spread: 2, forbidden: forbidden, using: &random)
            let scores = (0..<places * tags).map { _ in Float.random(in: -6...6, using: &random) }
            let fast = try TagChain(transitions: tables.transitions, starts: tables.starts, ends: tables.ends)
            let exact = LogChain(transitions: tables.transitions, starts: tables.starts, ends: tables.ends)
            var marginals = [Float](repeating: 0, count: scores.count), others = marginals, pairs = [Float](repeating: 0, count: tags * fast.stride)
            var expected = [Double](repeating: 0, count: tags * tags), room = [Float](repeating: .nan, count: fast.roomCount(places: places))
            let sum = unsafe fast.sums(scores, places: places, marginals: &marginals, pairs: &pairs, room: &room)
            let truth = unsafe exact.walk(scores, places: places, marginals: &others, transitions: &expected)
            #expect(abs(sum - truth) <= 1e-5 * max(1, abs(truth)))
            #expect(zip(marginals, others).allSatisfy { abs($0 - $1) <= 2e-5 })
            for i in 0..<tags { for j in 0..<tags { #expect(abs(Double(pairs[i * fast.stride + j] * fast.edge(i, j)) - expected[i * tags + j]) <= 2e-4) } }
        }
    }

    /// Every path is scored, on every instruction set.
    @Test(arguments: sets) func theBestPathIsTheBestOfAll(set: InstructionSet) throws {
        #expect(set.use() == set)
        defer { InstructionSet.best.use() }
        var random = SeededRandom(seed: 5)
        for (tags, places) in [(2, 9), (5, 4), (18, 2), (7, 1)] {
            let tables = chain(tags, spread: 2, forbidden: false, using: &random)
            let scores = (0..<places * tags).map { _ in Float.random(in: -3...3, using: &random) }
            let fast = try TagChain(transitions: tables.transitions, starts: tables.starts, ends: tables.ends)
            var path = [Int32](repeating: -1, count: places), room = [Float](repeating: 0, count: fast.roomCount(places: places))
            unsafe fast.best(scores, places: places, into: &path, room: &room)
            func value(_ path: [Int]) -> Float {
                let inner = path.indices.dropFirst().reduce(Float(0)) { $0 + tables.transitions[path[$1 - 1] * tags + path[$1]] }
                return tables.starts[path[0]] + inner + path.enumerated().reduce(0) { $0 + scores[$1.offset * tags + $1.element] } + tables.ends[path[places - 1]]
            }
            let all = (0..<Int(pow(Double(tags), Double(places)))).map { number in
                var rest = number
                return value((0..<places).map { _ in
                    defer { rest /= tags }
                    return rest % tags
                })
            }
            #expect(abs(value(path.map(Int.init)) - (all.max() ?? 0)) <= 1e-4)
        }
    }

    /// Scores farther apart than floats hold: the loss and its gradients are those in logarithms.
    @Test func extremeScoresAreComputedInLogarithms() throws {
        let workspace = Workspace(pool: try ThreadPool(width: 2))
        let scores = try Tensor([0, -300, 0, -300, -300, 0], shape: [3, 2], in: workspace).parameter()
        // Only 1 after 0 and 0 after 1 are possible, where the scores want otherwise.
        let edges = try Tensor([-10_000, 0, 0, -10_000], shape: [2, 2], in: workspace).parameter(), zeros = try Tensor(repeating: 0, shape: [2], in: workspace)
        let loss = try ChainField.loss(scores, transitions: edges, starts: zeros, ends: zeros, tags: [[0, 1, 0]])
        // Paths 010 and 101 score -600 and -300.
        #expect(abs((loss.item ?? .nan) - 300) < 1e-2)
        let gradients = try loss.gradients(of: [scores, edges])
        #expect(zip(gradients[0].values, [-1, 1, 1, -1, -1, 1] as [Float]).allSatisfy { abs($0 - $1) < 1e-5 })
        #expect(zip(gradients[1].values, [0, 0, 0, 0] as [Float]).allSatisfy { abs($0 - $1) < 1e-5 })
    }

    /// Padded or one after another, alone or with others: a sequence's loss is its own.
    @Test func padsDoNotCount() throws {
        let workspace = Workspace(pool: try ThreadPool(width: 1))
        var random = SeededRandom(seed: 9)
        let tags: [[Int32]] = [[0, 2, 1], [1]]
        let padded = try Tensor(normal: 1, shape: [2, 3, 3], in: workspace, using: &random)
        let edges = try Tensor(normal: 1, shape: [3, 3], in: workspace, using: &random), starts = try Tensor(normal: 1, shape: [3], in: workspace, using: &random)
        let flat = try Tensor(Array(padded.values.prefix(12)), shape: [4, 3], in: workspace)
        let a = try ChainField.loss(padded, transitions: edges, starts: starts, ends: starts, tags: tags).item
        let b = try ChainField.loss(flat, transitions: edges, starts: starts, ends: starts, tags: tags).item
        #expect(a == b)
        #expect(try ChainField.best(padded, transitions: edges, starts: starts, ends: starts, lengths: [3, 1]) == ChainField.best(flat, transitions: edges, starts: starts, ends: starts, lengths: [3, 1]))
        #expect { try ChainField.loss(flat, transitions: edges, starts: starts, ends: starts, tags: [[0, 2, 1]]) } throws: { ($0 as? Fault)?.code == .tensorShape }
        #expect { try ChainField.loss(flat, transitions: edges, starts: starts, ends: starts, tags: [[0, 2, 1], [3]]) } throws: { ($0 as? Fault)?.code == .tensorShape }
    }
}

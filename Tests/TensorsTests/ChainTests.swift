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
        let workspace = Workspace(pool: try ThreadPool(width: 1))
        for forbidden in [false, true] {
            let tables = chain(tags, spread: 2, forbidden: forbidden, using: &random)
            let values = (0..<places * tags).map { _ in Float.random(in: -6...6, using: &random) }
            let exact = LogChain(transitions: tables.transitions, starts: tables.starts, ends: tables.ends).walk(values)
            // Any path of what may follow; its own score and counts are taken from what is expected.
            let path = (0..<places).map { Int32($0 % tags) }
            let own = path.indices.reduce(Double(tables.starts[0]) + Double(tables.ends[Int(path[places - 1])])) { sum, place in
                let edge = place > 0 ? tables.transitions[Int(path[place - 1]) * tags + Int(path[place])] : 0
                return sum + Double(values[place * tags + Int(path[place])]) + Double(edge)
            }
            let scores = try Tensor(values, shape: [places, tags], in: workspace).parameter(), edges = try Tensor(tables.transitions, shape: [tags, tags], in: workspace).parameter()
            let starts = try Tensor(tables.starts, shape: [tags], in: workspace), ends = try Tensor(tables.ends, shape: [tags], in: workspace)
            let loss = try ChainField.loss(scores, transitions: edges, starts: starts, ends: ends, tags: [path])
            #expect(abs(Double(loss.item ?? .nan) - (exact.sum - own)) <= 1e-5 * max(1, abs(exact.sum - own)))
            let gradients = try loss.gradients(of: [scores, edges])
            for (index, value) in gradients[0].values.enumerated() { #expect(abs(Double(value) + (path[index / tags] == index % tags ? 1 : 0) - exact.marginals[index]) <= 2e-5) }
            for (index, value) in gradients[1].values.enumerated() {
                let there = path.indices.dropFirst().count { Int(path[$0 - 1]) * tags + Int(path[$0]) == index }
                #expect(abs(Double(value) + Double(there) - exact.transitions[index]) <= 2e-4)
            }
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
            let workspace = Workspace(pool: try ThreadPool(width: 1))
            let path = try ChainField.best(
                Tensor(scores, shape: [places, tags], in: workspace), transitions: Tensor(tables.transitions, shape: [tags, tags], in: workspace), starts: Tensor(tables.starts, shape: [tags], in: workspace),
                ends: Tensor(tables.ends, shape: [tags], in: workspace), lengths: [places])[0]
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

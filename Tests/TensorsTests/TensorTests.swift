import Core
import Kernels
import Foundation
import Testing

@testable import Tensors

@Suite struct TensorTests {
    private func workspace(bytes: Int = 1 << 28) throws -> Workspace { Workspace(pool: try ThreadPool(width: 2), byteCountMax: bytes) }

    private func isShapeFault(_ body: () throws -> Tensor) -> Bool {
        do { _ = try body() } catch { return (error as? Fault)?.code == .tensorShape }
        return false
    }

    @Test func shapesThatDoNotFitAreRefused() throws {
        let room = try workspace()
        let x = try Tensor(repeating: 1, shape: [2, 3], in: room), image = try Tensor(repeating: 1, shape: [1, 1, 3, 3], in: room)
        #expect(isShapeFault { try Tensor([1, 2, 3], shape: [2, 2], in: room) })
        #expect(isShapeFault { try Tensor(repeating: 0, shape: [-1], in: room) })
        #expect(isShapeFault { try Tensor(repeating: 0, shape: [1 << 40, 1 << 40], in: room) })
        #expect(isShapeFault { try x + Tensor(repeating: 1, shape: [2, 4], in: room) })
        #expect(isShapeFault { try x.multiplied(by: x) })
        #expect(isShapeFault { try x.reshaped([4, -1]) })
        #expect(isShapeFault { try x.permuted([0, 0]) })
        #expect(isShapeFault { try x.sliced(1..<4, of: 1) })
        #expect(isShapeFault { try x.sum(over: 2) })
        #expect(isShapeFault { try x.rows([2]) })
        #expect(isShapeFault { try x.picked([0, 3]) })
        #expect(isShapeFault { try x.crossEntropy([0, -1]) })
        #expect(isShapeFault { try x.rmsNorm(x) })
        #expect(isShapeFault { try image.convolved(Tensor(repeating: 1, shape: [1, 5, 5, 1], in: room)) })
        #expect(isShapeFault { try Tensor.joined([x, image], along: 0) })
        #expect(isShapeFault { try ChainField.loss(Tensor(repeating: 0, shape: [1, 2, 3], in: room), transitions: Tensor(repeating: 0, shape: [3, 3], in: room), starts: Tensor(repeating: 0, shape: [3], in: room), ends: Tensor(repeating: 0, shape: [3], in: room), tags: [[0, 3]]) })
    }

    /// A matrix product against sums of doubles, at sizes around those of tiles and blocks.
    @Test(arguments: [(1, 1, 1), (6, 32, 256), (7, 33, 257), (49, 5, 600), (100, 70, 3), (13, 64, 0)])
    func productsEqualSumsOfDoubles(m: Int, n: Int, k: Int) throws {
        let room = try workspace()
        var random = SeededRandom(seed: UInt64(m * n + k))
        let a = try Tensor(normal: 1, shape: [m, k], in: room, using: &random), b = try Tensor(normal: 1, shape: [k, n], in: room, using: &random)
        let (left, right) = (a.values, b.values)
        let plain = try a.multiplied(by: b).values, transposed = try a.multiplied(byTransposed: b.transposed()).values
        for row in 0..<m { for column in 0..<n {
            let exact = (0..<k).reduce(0.0) { $0 + Double(left[row * k + $1]) * Double(right[$1 * n + column]) }
            #expect(abs(Double(plain[row * n + column]) - exact) <= 1e-5 * Double(max(1, k)).squareRoot())
        } }
        #expect(plain == transposed)
    }

    /// The arithmetic of broadcasting against indices written out.
    @Test(arguments: [([2, 3, 4], [3, 1]), ([4], [2, 1, 4]), ([1, 1], [3, 2]), ([], [2, 2]), ([2, 1, 2, 1], [3, 1, 5])])
    func broadcastingRepeats(a: [Int], b: [Int]) throws {
        let room = try workspace()
        var random = SeededRandom(seed: 8)
        let x = try Tensor(normal: 1, shape: a, in: room, using: &random), y = try Tensor(normal: 1, shape: b, in: room, using: &random)
        let sum = try x - y
        func at(_ tensor: Tensor, _ index: [Int]) -> Float {
            var place = 0
            for (size, own) in zip(tensor.shape, index.suffix(tensor.rank)) { place = place * size + (size == 1 ? 0 : own) }
            return tensor.values[place]
        }
        for place in 0..<sum.count {
            var (rest, index) = (place, [Int](repeating: 0, count: sum.rank))
            for dimension in sum.shape.indices.reversed() { (rest, index[dimension]) = (rest / sum.shape[dimension], rest % sum.shape[dimension]) }
            #expect(sum.values[place] == at(x, index) - at(y, index))
        }
    }

    @Test func memoryIsGivenOutAgainAndBounded() throws {
        let room = try workspace(bytes: 1 << 20)
        for _ in 0..<100 { _ = try Tensor(repeating: 1, shape: [100_000], in: room) }
        #expect(room.highestByteCount < 1 << 19)
        #expect { try Tensor(repeating: 1, shape: [300_000], in: room) } throws: { ($0 as? Fault)?.code == .kernelMemory }
        // A refusal takes nothing.
        #expect(throws: Never.self) { try Tensor(repeating: 1, shape: [200_000], in: room) }
    }

    /// The best path and the sum over all paths, by trying them all.
    @Test func chainFieldsEqualAllPaths() throws {
        let room = try workspace()
        var random = SeededRandom(seed: 21)
        let scores = try Tensor(normal: 1, shape: [1, 4, 3], in: room, using: &random), transitions = try Tensor(normal: 1, shape: [3, 3], in: room, using: &random)
        let starts = try Tensor(normal: 1, shape: [3], in: room, using: &random), ends = try Tensor(normal: 1, shape: [3], in: room, using: &random)
        func score(_ path: [Int]) -> Double {
            var sum = Double(starts.values[path[0]]) + Double(ends.values[path[3]])
            for (place, tag) in path.enumerated() { sum += Double(scores.values[place * 3 + tag]) }
            for (before, tag) in zip(path, path.dropFirst()) { sum += Double(transitions.values[before * 3 + tag]) }
            return sum
        }
        let paths = (0..<81).map { [$0 / 27, $0 / 9 % 3, $0 / 3 % 3, $0 % 3] }
        let best = paths.max { score($0) < score($1) } ?? []
        #expect(try ChainField.best(scores, transitions: transitions, starts: starts, ends: ends, lengths: [4]) == [best.map { Int32($0) }])
        let loss = try ChainField.loss(scores, transitions: transitions, starts: starts, ends: ends, tags: [[2, 0, 1, 1]]).item ?? .nan
        let all = paths.reduce(0.0) { $0 + Foundation.exp(score($1)) }
        #expect(abs(Foundation.exp(-Double(loss)) - Foundation.exp(score([2, 0, 1, 1])) / all) < 1e-6)
    }

    @Test func schedulesRiseAndFall() {
        let schedule = RateSchedule(highest: 1, warmup: 4, total: 14, floor: 0.1)
        #expect((0..<4).map(schedule.rate) == [0.25, 0.5, 0.75, 1])
        #expect(schedule.rate(at: 4) == 1 && abs(schedule.rate(at: 9) - 0.55) < 1e-6 && abs(schedule.rate(at: 14) - 0.1) < 1e-6 && schedule.rate(at: 99) == schedule.rate(at: 14))
        #expect(RateSchedule(highest: 2).rate(at: 1000) == 2)
    }

    @Test func gradientsThatAreNoNumbersChangeNothing() throws {
        let room = try workspace()
        let w = try Tensor([1, 2], shape: [2], in: room).parameter()
        var optimizer = Optimizer()
        #expect { try optimizer.update([w], [Tensor([.nan, 0], shape: [2], in: room)], rate: 0.1) } throws: { ($0 as? Fault)?.code == .tensorNotFinite }
        #expect(optimizer.step == 0)
    }

    /// A line through points is found.
    @Test(arguments: [Optimizer.Method.momentum(0.9), .adamW(beta1: 0.9, beta2: 0.999, epsilon: 1e-8)])
    func optimizersFindALine(method: Optimizer.Method) throws {
        let room = try workspace()
        var random = SeededRandom(seed: 1)
        let x = try Tensor(normal: 1, shape: [64, 2], in: room, using: &random)
        let target = try x.multiplied(by: Tensor([3, -2], shape: [2, 1], in: room)) + 0.5
        var parameters = [try Tensor(repeating: 0, shape: [2, 1], in: room).parameter(), try Tensor(repeating: 0, shape: [1], in: room).parameter()]
        var optimizer = Optimizer(method, gradientNormMax: 5)
        for _ in 0..<300 {
            let loss = try (x.multiplied(by: parameters[0]) + parameters[1]).squaredLoss(target)
            parameters = try optimizer.update(parameters, loss.gradients(of: parameters), rate: 0.05).parameters
        }
        for (found, expected) in zip(parameters[0].values + parameters[1].values, [3, -2, 0.5] as [Float]) { #expect(abs(found - expected) < 0.01) }
    }
}

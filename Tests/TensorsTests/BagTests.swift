import Core
import Kernels
import Testing

@testable import Tensors

/// Embedding bags beside the product that they are: a matrix of counts times the table.
@Suite struct BagTests {
    static let bags: [[Int32]] = [[4, 0, 4, 2], [], [1], [3, 3, 3, 0, 1, 2, 4, 0]]
    static let scales: [Float] = [0.5, 1, -2, 0.25]

    private func counts(in room: Workspace) throws -> Tensor {
        let rows = Self.bags.enumerated().map { place, bag in (0..<5).map { entry in Float(bag.count { $0 == entry }) * Self.scales[place] } }
        return try Tensor(rows.flatMap { $0 }, shape: [4, 5], in: room)
    }

    @Test(arguments: [1, 3])
    func bagsAreAProductWithCounts(width: Int) throws {
        let room = Workspace(pool: try ThreadPool(width: width))
        var random = SeededRandom(seed: 9)
        let table = try Tensor(uniform: 1, shape: [5, 7], in: room, using: &random).parameter(), weights = try Tensor(uniform: 1, shape: [4, 7], in: room, using: &random)
        let (bagged, product) = (try table.bagged(Self.bags, scales: Self.scales), try counts(in: room).multiplied(by: table))
        #expect(bagged.shape == [4, 7] && zip(bagged.values, product.values).allSatisfy { abs($0 - $1) <= 1e-6 })
        let slopes = try [bagged, product].map { try ($0 * weights).sum().gradients(of: [table])[0].values }
        #expect(zip(slopes[0], slopes[1]).allSatisfy { abs($0 - $1) <= 1e-6 } && slopes[0].contains { abs($0) > 0.1 })
    }

    @Test func bagsThatDoNotFitAreRefused() throws {
        let table = try Tensor(repeating: 1, shape: [5, 2], in: Workspace(pool: try ThreadPool(width: 1)))
        for (bags, scales) in [([[5]], [1]), ([[-1]], [1]), ([[0]], [])] as [([[Int32]], [Float])] {
            #expect { try table.bagged(bags, scales: scales) } throws: { ($0 as? Fault)?.code == .tensorShape }
        }
    }

    /// Windows as far apart as they are wide are the rows of a table.
    @Test(arguments: [1, 3])
    func windowsSideBySideAreRows(width: Int) throws {
        let room = Workspace(pool: try ThreadPool(width: width))
        var random = SeededRandom(seed: 9)
        let memory = try Tensor(uniform: 1, shape: [35], in: room, using: &random)
        let factors = zip(Self.bags, Self.scales).flatMap { bag, scale in bag.map { _ in scale } }
        let windows = try memory.baggedWindows(Self.bags, weights: Tensor(factors, shape: [factors.count], in: room), width: 7, step: 7)
        #expect(try windows.values == memory.reshaped([5, 7]).bagged(Self.bags, scales: Self.scales).values)
    }

    /// Three windows of four that begin two apart lie in eight numbers.
    @Test func windowsThatDoNotFitAreRefused() throws {
        let room = Workspace(pool: try ThreadPool(width: 1))
        let memory = try Tensor((0..<8).map { Float($0) }, shape: [8], in: room), one = try Tensor([1], shape: [1], in: room)
        #expect(try memory.baggedWindows([[2]], weights: one, width: 4, step: 2).values == [4, 5, 6, 7])
        for (bags, width, step) in [([[3]], 4, 2), ([[-1]], 4, 2), ([[0, 1]], 4, 2), ([[0]], 9, 2), ([[0]], 4, 0)] as [([[Int32]], Int, Int)] {
            #expect { try memory.baggedWindows(bags, weights: one, width: width, step: step) } throws: { ($0 as? Fault)?.code == .tensorShape }
        }
    }
}

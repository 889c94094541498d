import Kernels
import Synchronization
import Testing

@testable import Inference

@Suite struct ForwardPassTests {
    /// A pass that failed in the middle (no memory) leaves notes; the next batch must neither run them nor trap over them.
    @Test func whatAFailedPassNotedIsDropped() throws {
        let pass = ForwardPass(pool: try ThreadPool(width: 2))
        let seen = Mutex<[Int]>([])
        pass.begin([BatchToken(token: 1, position: 0, sequence: 0, wantsScores: false)], pageTables: [[0]])
        pass.eachRows { _ in seen.withLock { $0.append(-1) } }
        pass.begin((0..<30).map { BatchToken(token: 1, position: $0, sequence: 0, wantsScores: false) }, pageTables: [[0]])
        pass.eachRows { rows in seen.withLock { $0 += rows } }
        pass.settle()
        #expect(seen.withLock { $0.sorted() } == Array(0..<30))
    }

    /// Pieces of a product cover every group once, and begin at pairs.
    @Test(arguments: [[1], [2, 3], [56, 8, 8], [304], [9497]], [1, 2, 7])
    func piecesCoverAllGroups(groups: [Int], width: Int) {
        for most in [4, 64, Int.max] {
            let pieces = ProductPiece.pieces(groups: groups, width: width, most: most)
            for (matrix, count) in groups.enumerated() {
                #expect(pieces.filter { $0.matrix == matrix }.flatMap(\.groups) == Array(0..<count))
            }
            #expect(pieces.allSatisfy { $0.groups.count <= most && $0.groups.lowerBound % 2 == 0 })
        }
    }
}

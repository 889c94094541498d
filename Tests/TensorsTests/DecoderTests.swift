import Core
import Kernels
import Testing

@testable import Tensors

/// What language models are trained with, against the plain operators.
@Suite struct DecoderTests {
    private let workspace: Workspace
    private var random = SeededRandom(seed: 21)

    init() throws { workspace = Workspace(pool: try ThreadPool(width: 2)) }

    private mutating func tensor(_ shape: [Int], _ bound: Float = 1) throws -> Tensor { try Tensor(uniform: bound, shape: shape, in: workspace, using: &random).parameter() }

    private func expectEqual(_ a: Tensor, _ b: Tensor, within bound: Float = 1e-5, _ what: String = "") {
        let (x, y) = (a.values, b.values)
        let scale = max(1e-3, y.map(abs).max() ?? 0)
        #expect(a.count == b.count && zip(x, y).allSatisfy { abs($0 - $1) <= bound * scale }, "\(what): \(zip(x, y).map { abs($0 - $1) }.max() ?? 0) of \(scale)")
    }

    /// Sequences in one batch are what they are alone, results and gradients: the plain operator over each, with keys repeated for the heads that share them. Longer than a block of queries.
    @Test mutating func segmentsAttendAsIfAlone() throws {
        let (heads, keyHeads, width) = (4, 2, 6)
        let lengths = [130, 1, 37]
        let total = lengths.reduce(0, +)
        let (q, k, v) = (try tensor([total, heads * width]), try tensor([total, keyHeads * width]), try tensor([total, keyHeads * width]))
        let weights = try tensor([total, heads * width]).detached()
        var segments: [Range<Int>] = []
        for length in lengths { segments.append((segments.last?.upperBound ?? 0)..<(segments.last?.upperBound ?? 0) + length) }
        let layout = AttentionLayout(segments: segments, heads: heads, keyHeads: keyHeads, headWidth: width, scale: 1 / Float(width).squareRoot())
        let fused = try q.attention(to: k, values: v, layout)
        let plain = try Tensor.joined(
            segments.map { segment in
                func part(_ x: Tensor, _ count: Int) throws -> Tensor { try x.sliced(segment, of: 0).reshaped([1, segment.count, count * width]).splitHeads(count) }
                func repeated(_ x: Tensor) throws -> Tensor {
                    let own = try part(x, keyHeads)
                    return try Tensor.joined((0..<heads).map { try own.sliced($0 * keyHeads / heads..<$0 * keyHeads / heads + 1, of: 1) }, along: 1)
                }
                let mask = try Tensor.causalMask(segment.count, in: workspace)
                return try part(q, heads).attention(to: repeated(k), values: repeated(v), mask: mask).joinedHeads().reshaped([segment.count, heads * width])
            }, along: 0)
        expectEqual(fused, plain, "result")
        let (mine, others) = (try (fused * weights).sum().gradients(of: [q, k, v]), try (plain * weights).sum().gradients(of: [q, k, v]))
        for index in 0..<3 { expectEqual(mine[index], others[index], within: 2e-5, "gradient \(index)") }
    }

    /// More rows than are scored at once.
    @Test mutating func labelScoresAreThoseOfAllClasses() throws {
        let (rows, width, classes) = (211, 8, 37)
        let x = try tensor([rows, width])
        let values = try tensor([classes, width]).values
        let head = try FrozenMatrix(values, outputs: classes, inputs: width, in: workspace)
        let labels = (0..<rows).map { $0 % 3 == 0 ? Tensor.ignoredLabel : Int32($0 * 5 % classes) }
        let scores = try x.labelScores(labels, head: head)
        let all = try x.multiplied(byTransposed: Tensor(values, shape: [classes, width], in: workspace))
        let loss = try all.crossEntropy(labels)
        let count = Float(labels.count { $0 != Tensor.ignoredLabel })
        let mine = try scores.logProbabilities.sum() * (-1 / count)
        expectEqual(mine, loss)
        expectEqual(try mine.gradients(of: [x])[0], try loss.gradients(of: [x])[0], within: 2e-5)
        let plain = all.values
        for row in labels.indices {
            let best = (0..<classes).max { plain[row * classes + $0] < plain[row * classes + $1] }.map { Int32($0) }
            #expect(scores.best[row] == (labels[row] == Tensor.ignoredLabel ? Tensor.ignoredLabel : best))
        }
        #expect { try x.labelScores(labels.map { _ in 37 }, head: head) } throws: { ($0 as? Fault)?.code == .tensorShape }
    }

    /// Products of bytes are near those of floats, forward and back, and the same on any number of threads.
    @Test mutating func packedWeightsRoundALittle() throws {
        let (m, inputs, outputs) = (75, 64, 192)
        let values = try tensor([outputs, inputs], 0.2).values
        let turned = try Tensor(values, shape: [outputs, inputs], in: workspace).permuted([1, 0]).values
        let x = try tensor([m, inputs])
        let plain = try FrozenMatrix(values, outputs: outputs, inputs: inputs, in: workspace)
        let weights = try tensor([m, outputs]).detached()
        func run(_ matrix: FrozenMatrix) throws -> (Tensor, Tensor) {
            let y = try x.multiplied(by: matrix)
            return (y, try (y * weights).sum().gradients(of: [x])[0])
        }
        for (format, bound) in [(PackedFormat.q8, Float(0.02)), (.q16, 1e-3)] {
            let pool = workspace.pool
            let packed = try FrozenMatrix(
                PackedMatrix.pack(floats: values, rows: outputs, columns: inputs, format: format, pool: pool), transposed: PackedMatrix.pack(floats: turned, rows: inputs, columns: outputs, format: format, pool: pool))
            let (exact, rounded) = (try run(plain), try run(packed))
            expectEqual(rounded.0, exact.0, within: bound, "\(format) forward")
            expectEqual(rounded.1, exact.1, within: bound, "\(format) back")
            let alone = Workspace(pool: try ThreadPool(width: 1))
            #expect(try Tensor(x.values, shape: [m, inputs], in: alone).multiplied(by: packed).values == rounded.0.values)
        }
    }

    /// Weights that bf16 holds exactly give what floats give, in half of the memory; also where a matrix is expanded in several parts.
    @Test(arguments: [(7, 5), (5000, 3)]) mutating func compactWeightsLoseNothing(outputs: Int, inputs: Int) throws {
        let compact = try CompactTensor(tensor([outputs, inputs], 0.2).values, shape: [outputs, inputs], in: workspace)
        let values = try compact.expanded().values
        let x = try tensor([4, inputs]), weights = try tensor([4, outputs]).detached()
        let (matrix, plain) = (try FrozenMatrix(compact), try FrozenMatrix(values, outputs: outputs, inputs: inputs, in: workspace))
        #expect(matrix.byteCount * 2 == plain.byteCount)
        let (product, expected) = (try x.multiplied(by: matrix), try x.multiplied(by: plain))
        #expect(product.values == expected.values)
        let (back, expectedBack) = (try (product * weights).sum().gradients(of: [x])[0], try (expected * weights).sum().gradients(of: [x])[0])
        expectEqual(back, expectedBack, within: 1e-5, "back")
    }

    /// Every half comes back as it is, and what lies between two goes to the nearer one, or to the even one.
    @Test func bfloatsAreRoundedToTheNearest() throws {
        for bits in UInt16.min...UInt16.max {
            let value = Float(bitPattern: UInt32(bits) << 16)
            let rounded = CompactTensor.rounded(value)
            #expect(value.isNaN ? Float(bitPattern: UInt32(rounded) << 16).isNaN : rounded == bits)
        }
        for (bits, expected) in [(0x3f80_7fff, 0x3f80), (0x3f80_8000, 0x3f80), (0x3f81_8000, 0x3f82), (0x3f80_8001, 0x3f81), (0x7f7f_ffff, 0x7f80), (0x7f80_0001, 0x7fc0)] as [(UInt32, UInt16)] {
            #expect(CompactTensor.rounded(Float(bitPattern: bits)) == expected)
        }
        #expect { try CompactTensor([1], shape: [2], in: workspace) } throws: { ($0 as? Fault)?.code == .tensorShape }
        #expect { try CompactTensor([1], shape: [1], in: workspace).expanded(rows: 0..<2) } throws: { ($0 as? Fault)?.code == .tensorShape }
    }

    /// What is computed again gives the same gradients to the bit, and keeps less.
    @Test mutating func recomputationKeepsLess() throws {
        let x = try tensor([64, 64]), w = try tensor([64, 64])
        @Sendable func deep(_ x: Tensor, _ w: Tensor) throws -> Tensor {
            var y = x
            for _ in 0..<10 { y = try y.multiplied(by: w).tanh() }
            return y
        }
        let before = workspace.usedByteCount
        let plain = try deep(x, w)
        let kept = workspace.usedByteCount - before
        let again = try Tensor.recomputed([x, w]) { try deep($0[0], $0[1]) }
        #expect(workspace.usedByteCount - before - kept < kept / 4)
        #expect(again.values == plain.values)
        #expect(try again.sum().gradients(of: [x, w]).map(\.values) == plain.sum().gradients(of: [x, w]).map(\.values))
    }
}

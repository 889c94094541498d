import Core
import Foundation
import Kernels
import Synchronization
import Testing

@Suite(.serialized) struct VectorMathTests {
    private func each(_ body: (InstructionSet) throws -> Void) rethrows {
        for set in ProductTests.sets {
            set.use()
            try body(set)
        }
        InstructionSet.best.use()
    }

    private func random(_ count: Int, _ seed: UInt64, _ range: ClosedRange<Float> = -4...4) -> [Float] {
        var random = SeededRandom(seed: seed)
        return (0..<count).map { _ in Float.random(in: range, using: &random) }
    }

    private func expectClose(_ actual: [Float], _ exact: [Double], _ tolerance: Double, _ what: String) {
        #expect(actual.count == exact.count)
        for (index, (a, b)) in zip(actual, exact).enumerated() { #expect(abs(Double(a) - b) <= tolerance * max(1, abs(b)), "\(what) at \(index)") }
    }

    static let counts = [1, 15, 16, 17, 31, 64, 100, 172]

    @Test(arguments: counts)
    func normsMatchTheirDefinitions(n: Int) {
        let x = random(n, 1), w = random(n, 2), b = random(n, 3)
        let mean = x.reduce(0.0) { $0 + Double($1) } / Double(n)
        let square = x.reduce(0.0) { $0 + Double($1) * Double($1) } / Double(n)
        let variance = x.reduce(0.0) { $0 + (Double($1) - mean) * (Double($1) - mean) } / Double(n)
        each { set in
            var out = [Float](repeating: 0, count: n)
            unsafe VectorMath.rmsNorm(x, weight: w, into: &out, n, epsilon: 1e-5)
            expectClose(out, zip(x, w).map { Double($0) / (square + 1e-5).squareRoot() * Double($1) }, 1e-5, "rms \(set)")
            unsafe VectorMath.layerNorm(x, weight: w, bias: b, into: &out, n, epsilon: 1e-5)
            expectClose(out, (0..<n).map { (Double(x[$0]) - mean) / (variance + 1e-5).squareRoot() * Double(w[$0]) + Double(b[$0]) }, 2e-5, "layer \(set)")
        }
    }

    @Test(arguments: counts)
    func softmaxSumsToOneAndMatches(n: Int) {
        let x = random(n, 4, -30...30)
        let most = Double(x.max() ?? 0)
        let exps = x.map { exp(Double($0) - most) }
        let total = exps.reduce(0, +)
        each { set in
            var out = x
            unsafe VectorMath.softmax(&out, n)
            expectClose(out, exps.map { $0 / total }, 1e-6, "softmax \(set)")
        }
    }

    @Test(arguments: counts)
    func activationsMatchTheirDefinitions(n: Int) {
        let gate = random(n, 5, -12...12), up = random(n, 6)
        let silu = gate.map { Double($0) / (1 + exp(-Double($0))) }
        let tanhed = gate.map { x in 0.5 * Double(x) * (1 + tanh(0.7978845608028654 * (Double(x) + 0.044715 * pow(Double(x), 3)))) }
        let erfed = gate.map { 0.5 * Double($0) * (1 + erf(Double($0) / 2.0.squareRoot())) }
        each { set in
            var out = gate
            unsafe VectorMath.siluMultiply(&out, up, n)
            expectClose(out, zip(silu, up).map { $0 * Double($1) }, 1e-5, "silu \(set)")
            out = gate
            unsafe VectorMath.geluMultiply(&out, up, n)
            expectClose(out, zip(tanhed, up).map { $0 * Double($1) }, 1e-5, "gelu tanh \(set)")
            out = gate
            unsafe VectorMath.gelu(&out, n)
            expectClose(out, erfed, 2e-6, "gelu \(set)")
        }
    }

    @Test(arguments: counts)
    func sumsAndRotationsMatch(n: Int) {
        let a = random(n, 7), b = random(n, 8)
        let angles = random(n, 9)
        let head = random(2 * n, 10)
        each { set in
            let dot = unsafe VectorMath.dot(a, b, n)
            let exact = zip(a, b).reduce(0.0) { $0 + Double($1.0) * Double($1.1) }
            #expect(abs(Double(dot) - exact) < 1e-4)
            let cosines = angles.map { Float(cos(Double($0))) }, sines = angles.map { Float(sin(Double($0))) }
            for isInterleaved in [false, true] {
                var out = head
                unsafe VectorMath.rope(&out, cosines: cosines, sines: sines, pairs: n, isInterleaved: isInterleaved)
                for pair in 0..<n {
                    let (i, j) = isInterleaved ? (2 * pair, 2 * pair + 1) : (pair, pair + n)
                    #expect(abs(out[i] - (head[i] * cosines[pair] - head[j] * sines[pair])) < 1e-5, "rope \(set)")
                    #expect(abs(out[j] - (head[i] * sines[pair] + head[j] * cosines[pair])) < 1e-5, "rope \(set)")
                }
            }
            var sum = a
            unsafe VectorMath.add(&sum, b, times: 0.5, n)
            unsafe VectorMath.add(&sum, b, n)
            unsafe VectorMath.scale(&sum, 2, n)
            expectClose(sum, zip(a, b).map { 2 * (Double($0) + 1.5 * Double($1)) }, 1e-5, "sums \(set)")
            var halves = [UInt16](repeating: 0, count: n)
            var wide = [Float](repeating: 0, count: n)
            unsafe VectorMath.narrow(a, into: &halves, n)
            unsafe VectorMath.widen(halves, into: &wide, n)
            #expect(halves == a.map { Float16($0).bitPattern })
            #expect(wide == a.map { Float(Float16($0)) })
        }
    }
}

@Suite(.serialized) struct AttentionTests {
    /// Attention over pages in any order equals softmax(q k / sqrt d) v, for windows and for groups of queries.
    @Test(arguments: [8, 16, 40, 64, 96, 128], KeyValueLayer.Format.allCases)
    func attentionEqualsItsDefinition(width: Int, format: KeyValueLayer.Format) throws {
        var random = SeededRandom(seed: 21)
        let (heads, tokens, pages) = (2, 150, 5)
        let layer = try KeyValueLayer(heads: heads, headWidth: width, pages: pages, format: format)
        let table: [Int32] = [3, 0, 4]
        var keys = (0..<tokens).map { _ in (0..<heads * width).map { _ in Float(Float16(Float.random(in: -1...1, using: &random))) } }
        var values = (0..<tokens).map { _ in (0..<heads * width).map { _ in Float(Float16(Float.random(in: -1...1, using: &random))) } }
        for token in 0..<tokens { unsafe layer.store(key: keys[token], value: values[token], page: Int(table[token / 64]), slot: token % 64) }
        if format == .q8 {
            // What is left of them: Q8 rounds, and attention over the rounded is exact.
            keys = keys.map { Self.rounded($0, head: width, block: 32) }
            values = values.map { Self.rounded($0, head: width, block: width) }
        }
        let ranges = [0..<1, 0..<17, 0..<64, 0..<65, 30..<100, 149..<150]
        let queries = ranges.map { _ in (0..<width).map { _ in Float.random(in: -2...2, using: &random) } }
        for set in ProductTests.sets {
            set.use()
            for head in 0..<heads {
                for count in [1, 3, 6] {
                    var out = [Float](repeating: .nan, count: 6 * width)
                    var scratch = [Float](repeating: 0, count: KeyValueLayer.scratchCount(keys: tokens))
                    unsafe out.withUnsafeMutableBufferPointer { target in
                        guard let target = target.baseAddress else { return }
                        var flat = queries.flatMap { $0 }
                        unsafe flat.withUnsafeMutableBufferPointer { q in
                            guard let q = q.baseAddress else { return }
                            let list = unsafe (0..<count).map { unsafe KeyValueLayer.query(q + $0 * width, into: target + $0 * width, keys: ranges[$0]) }
                            unsafe layer.attend(list, count: count, head: head, pageTable: table, scale: 0.25, scratch: &scratch)
                        }
                    }
                    for index in 0..<count {
                        let scores = ranges[index].map { key in exp(0.25 * (0..<width).reduce(0.0) { $0 + Double(queries[index][$1]) * Double(keys[key][head * width + $1]) }) }
                        let total = scores.reduce(0, +)
                        for element in 0..<width {
                            let exact = zip(ranges[index], scores).reduce(0.0) { $0 + $1.1 / total * Double(values[$1.0][head * width + element]) }
                            #expect(abs(Double(out[index * width + element]) - exact) < 1e-5, "\(set) head \(head) query \(index) element \(element)")
                        }
                    }
                }
            }
        }
        InstructionSet.best.use()
    }

    /// Q8 by its definition: in each block of each head, the largest magnitude becomes 127.
    private static func rounded(_ row: [Float], head: Int, block: Int) -> [Float] {
        var out = row
        for start in stride(from: 0, to: row.count, by: head) {
            for first in stride(from: start, to: start + head, by: block) {
                let range = first..<min(first + block, start + head)
                let most = row[range].map(abs).max() ?? 0
                for index in range { out[index] = most > 0 ? (row[index] * (127 / most)).rounded(.toNearestOrEven) * (most / 127) : 0 }
            }
        }
        return out
    }

    /// Trained keys have elements far larger than the others; zero rows and tiny ones are kept too. Tolerance: 0.02 where values reach 1. Seed 22.
    @Test func bytesComeCloseToHalvesAlsoBesideLargeElements() throws {
        var random = SeededRandom(seed: 22)
        let (width, tokens) = (128, 100)
        let layers = try KeyValueLayer.Format.allCases.map { try KeyValueLayer(heads: 1, headWidth: width, pages: 2, format: $0) }
        for token in 0..<tokens {
            var key = (0..<width).map { _ in Float.random(in: -1...1, using: &random) }
            key[5] *= 20
            var value = (0..<width).map { _ in Float.random(in: -1...1, using: &random) }
            if token == 3 { (key, value) = ([Float](repeating: 0, count: width), [Float](repeating: 1e-38, count: width)) }
            for layer in layers { unsafe layer.store(key: key, value: value, page: token / 64, slot: token % 64) }
        }
        var query = (0..<width).map { _ in Float.random(in: -1...1, using: &random) }
        query[5] /= 20
        for set in ProductTests.sets {
            set.use()
            let outs = layers.map { layer in
                var out = [Float](repeating: .nan, count: width)
                var scratch = [Float](repeating: 0, count: KeyValueLayer.scratchCount(keys: tokens))
                unsafe out.withUnsafeMutableBufferPointer { target in
                    guard let target = target.baseAddress else { return }
                    unsafe layer.attend([KeyValueLayer.query(query, into: target, keys: 0..<tokens)], count: 1, head: 0, pageTable: [0, 1], scale: 0.3, scratch: &scratch)
                }
                return out
            }
            for (half, byte) in zip(outs[0], outs[1]) { #expect(abs(half - byte) < 0.02, "\(set)") }
            #expect(outs[0] != outs[1])
        }
        InstructionSet.best.use()
    }

    @Test func bytesTakeAboutHalf() throws {
        for width in [64, 128] {
            let layers = try KeyValueLayer.Format.allCases.map { try KeyValueLayer(heads: 2, headWidth: width, pages: 4, format: $0) }
            #expect(layers[0].byteCount == 4 * 2 * width * 64 * 4)
            #expect(Double(layers[1].byteCount) < 0.55 * Double(layers[0].byteCount))
        }
    }
}

@Suite struct ThreadPoolTests {
    @Test(arguments: [1, 2, 5], [[0], [1], [7], [3, 0], [100, 1], [40, 40]])
    func everyItemOfEveryOwnerIsDoneOnce(width: Int, counts: [Int]) throws {
        guard counts.count <= width else { return }
        let pool = try ThreadPool(width: width)
        let done = Mutex<[[Int]]>(counts.map { _ in [] })
        for _ in 0..<20 { pool.share(counts) { worker, owner, item in done.withLock { $0[owner].append(worker < width ? item : -1) } } }
        for (owner, count) in counts.enumerated() { #expect(done.withLock { $0[owner].sorted() } == (0..<count).flatMap { [Int](repeating: $0, count: 20) }) }
    }

    @Test(arguments: [1, 2, 5])
    func everyPieceIsDoneOnce(width: Int) throws {
        let pool = try ThreadPool(width: width)
        for count in [0, 1, 7, 1000] {
            let seen = Mutex([Int](repeating: 0, count: count))
            pool.split(count, grain: 3) { range in seen.withLock { seen in for index in range { seen[index] += 1 } } }
            #expect(seen.withLock { $0.allSatisfy { $0 == 1 } })
        }
    }

    @Test func jobsFollowOneAnotherThousandsOfTimes() throws {
        let pool = try ThreadPool(width: 2)
        let total = Atomic(0)
        for _ in 0..<5_000 { pool.run { _ in total.add(1, ordering: .relaxed) } }
        #expect(total.load(ordering: .relaxed) == 10_000)
    }

    @Test func callersFromManyThreadsTakeTurns() async throws {
        let pool = try ThreadPool(width: 2)
        final class Total: Sendable { let count = Mutex(0) }
        let total = Total()
        await withTaskGroup(of: Void.self) { group in
            for _ in 0..<4 { group.addTask { for _ in 0..<200 { pool.run { _ in total.count.withLock { $0 += 1 } } } } }
        }
        #expect(total.count.withLock { $0 } == 1_600)
    }
}

import Core
import Kernels

/// Windows over sequences that lie one after another in one batch of rows: what lies outside a sequence is zero, also where another sequence lies.
private struct SegmentWindows: Sendable {
    let segments: [Range<Int>]
    /// Groups of neighboring segments that are computed together, so that products have enough rows.
    let groups: [Range<Int>]
    let taps: Int, channels: Int, dilation: Int
    private static let rowsWanted = 192

    init(_ segments: [Range<Int>], taps: Int, channels: Int, dilation: Int) {
        (self.segments, self.taps, self.channels, self.dilation) = (segments, taps, channels, dilation)
        var groups: [Range<Int>] = []
        var first = 0
        for index in segments.indices where segments[index].upperBound - segments[first].lowerBound >= Self.rowsWanted || index == segments.count - 1 {
            groups.append(first..<index + 1)
            first = index + 1
        }
        self.groups = groups
    }

    var width: Int { taps * channels }
    func rows(_ group: Int) -> Range<Int> { segments[groups[group].lowerBound].lowerBound..<segments[groups[group].upperBound - 1].upperBound }
    var rowsMax: Int { groups.indices.map { rows($0).count }.max() ?? 0 }

    /// Calls `body` with each piece of a window that lies within its sequence: rows `to` of the group's windows at tap `tap` are rows `from` of the batch.
    private func eachPiece(_ group: Int, _ body: (_ tap: Int, _ to: Range<Int>, _ from: Range<Int>) -> Void) {
        let base = rows(group).lowerBound
        for segment in segments[groups[group]] { for tap in 0..<taps {
            let shift = (tap - taps / 2) * dilation
            let first = max(segment.lowerBound, segment.lowerBound - shift), end = min(segment.upperBound, segment.upperBound - shift)
            guard first < end else { continue }
            body(tap, first - base..<end - base, first + shift..<end + shift)
        } }
    }

    func gather(_ group: Int, _ x: UnsafePointer<Float>, into windows: UnsafeMutablePointer<Float>) {
        unsafe windows.update(repeating: 0, count: rows(group).count * width)
        eachPiece(group) { tap, to, from in
            for (row, source) in zip(to, from) { unsafe (windows + row * width + tap * channels).update(from: x + source * channels, count: channels) }
        }
    }

    /// Adds windows to the batch: the transpose of ``gather(_:_:into:)``. Rows of other groups are not touched.
    func scatter(_ group: Int, _ windows: UnsafePointer<Float>, into x: UnsafeMutablePointer<Float>) {
        eachPiece(group) { tap, to, from in
            for (row, target) in zip(to, from) { unsafe VectorMath.add(x + target * channels, windows + row * width + tap * channels, channels) }
        }
    }
}

extension Tensor {
    /// Convolution of sequences that lie one after another, [rows, channels], with filters [outputs, taps, channels]: [rows, outputs]. An odd number of taps stands around each row, `dilation` rows apart
    /// (Yu and Koltun 2016); a sequence ends in zeros, so that each is what it is alone and nothing is padded.
    ///
    /// - Parameters:
    ///   - bias: what is added to each output, [outputs].
    ///   - segments: the rows of each sequence, none empty; together, in order, all rows.
    /// - Throws: `tensors.shape`, `kernels.memory`.
    public func convolvedSegments(_ filters: Tensor, bias: Tensor, segments: [Range<Int>], dilation: Int = 1) throws -> Tensor {
        guard rank == 2, filters.rank == 3, filters.shape[1] % 2 == 1, filters.shape[2] == shape[1], bias.shape == [filters.shape[0]], dilation > 0 else {
            throw Fault.shape("filters of the shape \(filters.shape) do not fit rows of the shape \(shape)")
        }
        guard zip([0] + segments.map(\.upperBound), segments).allSatisfy({ $0 == $1.lowerBound && !$1.isEmpty }), (segments.last?.upperBound ?? 0) == shape[0] else {
            throw Fault.shape("segments do not follow each other over \(shape[0]) rows")
        }
        let windows = SegmentWindows(segments, taps: filters.shape[1], channels: shape[1], dilation: dilation)
        let (outputs, width, shape) = (filters.shape[0], windows.width, shape)
        let (x, weights) = (detached(), filters.detached())
        let out = try workspace.take(shape[0] * outputs)
        let room = windows.rowsMax * width
        let scratch = try (0..<workspace.pool.width).map { _ in try workspace.take(MatrixProduct.scratchCount + room) }
        let packed = try workspace.take(MatrixProduct.packedCount(k: width, n: outputs))
        unsafe MatrixProduct.pack(MatrixProduct.Operand(filters.storage.floats, rowStride: width).transposed, k: width, n: outputs, into: packed.floats)
        workspace.pool.share([windows.groups.count]) { worker, _, group in
            let matrix = unsafe scratch[worker].floats + MatrixProduct.scratchCount, rows = windows.rows(group)
            unsafe windows.gather(group, x.storage.floats, into: matrix)
            let own = unsafe out.floats + rows.lowerBound * outputs
            unsafe MatrixProduct.multiply(
                MatrixProduct.Operand(matrix, rowStride: width), rows: 0..<rows.count, packed: packed.floats, k: width, n: outputs, into: own, outStride: outputs, scratch: scratch[worker].floats)
            for row in 0..<rows.count { unsafe VectorMath.add(own + row * outputs, bias.storage.floats, outputs) }
        }
        let (wantsX, wantsFilters, wantsBias) = (wantsGradient, filters.wantsGradient, bias.wantsGradient)
        return Self.result(out, shape: [shape[0], outputs], of: [self, filters, bias]) { gradient in
            [
                wantsX ? try Self.segmentGradient(gradient, windows, shape, weights) : nil, wantsFilters ? try Self.segmentFilterGradient(gradient, windows, x, weights.shape) : nil,
                wantsBias ? try gradient.summed(to: [outputs]) : nil,
            ]
        }
    }

    private static func segmentGradient(_ gradient: Tensor, _ windows: SegmentWindows, _ shape: [Int], _ filters: Tensor) throws -> Tensor {
        let workspace = gradient.workspace, (outputs, width) = (filters.shape[0], windows.width)
        let back = try Tensor(repeating: 0, shape: shape, in: workspace)
        let scratch = try (0..<workspace.pool.width).map { _ in try workspace.take(MatrixProduct.scratchCount + windows.rowsMax * width) }
        let packed = try workspace.take(MatrixProduct.packedCount(k: outputs, n: width))
        unsafe MatrixProduct.pack(MatrixProduct.Operand(filters.storage.floats, rowStride: width), k: outputs, n: width, into: packed.floats)
        workspace.pool.share([windows.groups.count]) { worker, _, group in
            let matrix = unsafe scratch[worker].floats + MatrixProduct.scratchCount, rows = windows.rows(group)
            unsafe MatrixProduct.multiply(
                MatrixProduct.Operand(gradient.storage.floats + rows.lowerBound * outputs, rowStride: outputs), rows: 0..<rows.count, packed: packed.floats, k: outputs, n: width, into: matrix,
                outStride: width, scratch: scratch[worker].floats)
            unsafe windows.scatter(group, matrix, into: back.storage.floats)
        }
        return back
    }

    /// Sums over parts of the batch that do not depend on the number of threads.
    private static func segmentFilterGradient(_ gradient: Tensor, _ windows: SegmentWindows, _ x: Tensor, _ shape: [Int]) throws -> Tensor {
        let workspace = gradient.workspace, (outputs, width) = (shape[0], windows.width)
        let parts = min(4, max(1, windows.groups.count)), groups = windows.groups.count
        let sums = try Tensor(repeating: 0, shape: [parts, outputs * width], in: workspace)
        let packedCount = MatrixProduct.packedCount(k: windows.rowsMax, n: width)
        let scratch = try (0..<workspace.pool.width).map { _ in try workspace.take(MatrixProduct.scratchCount + windows.rowsMax * width + packedCount) }
        workspace.pool.share([parts]) { worker, _, part in
            let matrix = unsafe scratch[worker].floats + MatrixProduct.scratchCount
            let packed = unsafe matrix + windows.rowsMax * width
            for group in part * groups / parts..<(part + 1) * groups / parts {
                let rows = windows.rows(group)
                unsafe windows.gather(group, x.storage.floats, into: matrix)
                unsafe MatrixProduct.pack(MatrixProduct.Operand(matrix, rowStride: width), k: rows.count, n: width, into: packed)
                unsafe MatrixProduct.multiply(
                    MatrixProduct.Operand(gradient.storage.floats + rows.lowerBound * outputs, rowStride: outputs).transposed, rows: 0..<outputs, packed: packed, k: rows.count, n: width,
                    into: sums.storage.floats + part * outputs * width, outStride: width, isAdded: true, scratch: scratch[worker].floats)
            }
        }
        return Tensor(try sums.summed(to: [1, outputs * width]).storage, shape: shape)
    }

    /// The gated linear unit (Dauphin et al. 2017) over the last dimension, [..., 2 n]: the first half times the sigmoid of the second, [..., n].
    ///
    /// - Throws: `tensors.shape` when the last dimension is odd, `kernels.memory`.
    public func gated() throws -> Tensor {
        guard let both = shape.last, both > 0, both % 2 == 0 else { throw Fault.shape("\(shape) has no two halves") }
        let half = both / 2, rows = count / both, target = Array(shape.dropLast()) + [half]
        let out = try workspace.take(rows * half), gates = try workspace.take(rows * half)
        let grain = max(1, Self.grain / both)
        workspace.pool.split(rows, grain: grain) { range in
            for row in range {
                let (x, gate) = unsafe (storage.floats + row * both, gates.floats + row * half)
                unsafe UnaryFunction.sigmoid.apply(x + half, into: gate, count: half)
                unsafe BinaryFunction.multiply.apply(x, gate, into: out.floats + row * half, count: half)
            }
        }
        let (x, result, shape) = (detached(), Tensor(out, shape: target), shape)
        return Self.result(out, shape: target, of: [self]) { gradient in
            let back = try x.workspace.take(x.count)
            // d a = g s; d b = g a s (1 - s), where a s is the result.
            x.workspace.pool.split(rows, grain: grain) { range in
                for row in range {
                    let (g, gate, y, to) = unsafe (gradient.storage.floats + row * half, gates.floats + row * half, result.storage.floats + row * half, back.floats + row * both)
                    unsafe BinaryFunction.multiply.apply(g, gate, into: to, count: half)
                    for index in 0..<half { unsafe to[half + index] = g[index] * y[index] * (1 - gate[index]) }
                }
            }
            return [Tensor(back, shape: shape)]
        }
    }
}

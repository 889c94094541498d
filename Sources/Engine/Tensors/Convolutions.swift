import Core
import Kernels

/// How a window moves over an image: sizes are rows, then columns.
public struct Window: Sendable, Hashable {
    public var rows: Int
    public var columns: Int
    public var stride: Int
    /// Zeros around the image.
    public var padding: Int

    public init(_ rows: Int, _ columns: Int, stride: Int = 1, padding: Int = 0) { (self.rows, self.columns, self.stride, self.padding) = (rows, columns, stride, padding) }

    /// The size of the result for an image of some rows and columns.
    func outputs(rows high: Int, columns wide: Int) throws -> (rows: Int, columns: Int) {
        let (height, width) = (high + 2 * padding - rows, wide + 2 * padding - columns)
        guard stride > 0, padding >= 0, rows > 0, columns > 0, height >= 0, width >= 0 else {
            throw Fault.shape("a window of \(rows) x \(columns) with stride \(stride) does not fit an image of \(high) x \(wide)")
        }
        return (height / stride + 1, width / stride + 1)
    }
}

/// The patches of an image that a window sees, one row each: [places, window rows * window columns * channels]. With channels last, a row of a window is one piece of the image.
private struct Patches: Sendable {
    let window: Window
    let rows: Int, columns: Int, channels: Int
    let high: Int, wide: Int

    init(_ shape: [Int], _ window: Window) throws {
        guard shape.count == 4 else { throw Fault.shape("images have the shape [count, rows, columns, channels], not \(shape)") }
        (rows, columns, channels, self.window) = (shape[1], shape[2], shape[3], window)
        (high, wide) = try window.outputs(rows: shape[1], columns: shape[2])
    }

    var places: Int { high * wide }
    var width: Int { window.rows * window.columns * channels }
    var imageCount: Int { rows * columns * channels }

    /// Rows of the result in parts whose patches, and as much again, stay in the second-level cache: what a product reads or leaves is used before it is gone.
    var parts: [Range<Int>] {
        let count = max(1, min(high, Self.partCount / max(1, wide * width)))
        return stride(from: 0, to: high, by: count).map { $0..<min($0 + count, high) }
    }
    /// Floats of a part's patches at most (a row of the result at least).
    private static let partCount = 48 << 10
    /// Floats of the largest part's patches.
    var partFloats: Int { (parts.first?.count ?? 0) * wide * width }

    /// Calls `body` with the pieces of patches of some rows that lie within the image: (place in the part's patches, place in the image, floats).
    private func eachPiece(_ part: Range<Int>, _ body: (_ patch: Int, _ image: Int, _ count: Int) -> Void) {
        for y in part { for x in 0..<wide { for r in 0..<window.rows {
            let row = y * window.stride + r - window.padding
            let column = x * window.stride - window.padding
            let (first, end) = (max(0, column), min(columns, column + window.columns))
            guard row >= 0, row < rows, first < end else { continue }
            let patch = ((y - part.lowerBound) * wide + x) * width + (r * window.columns + first - column) * channels
            body(patch, (row * columns + first) * channels, (end - first) * channels)
        } } }
    }

    func gather(_ part: Range<Int>, of image: UnsafePointer<Float>, into patches: UnsafeMutablePointer<Float>) {
        if window.padding > 0 { unsafe patches.update(repeating: 0, count: width * wide * part.count) }
        eachPiece(part) { patch, from, count in unsafe (patches + patch).update(from: image + from, count: count) }
    }

    /// Adds patches to an image: the transpose of ``gather(_:of:into:)``.
    func scatter(_ part: Range<Int>, _ patches: UnsafePointer<Float>, into image: UnsafeMutablePointer<Float>) {
        eachPiece(part) { patch, to, count in unsafe VectorMath.add(image + to, patches + patch, count) }
    }
}

extension Tensor {
    /// Convolution of images [count, rows, columns, channels] with filters [outputs, window rows, window columns, channels] (cross-correlation, as everywhere): [count, rows', columns', outputs].
    ///
    /// Threads share the images. Filters' gradients are summed over groups of images that do not depend on the number of threads.
    ///
    /// - Parameters:
    ///   - bias: what is added to each output, [outputs].
    ///   - isRectified: whether what is below zero becomes zero. Bias and rectifier are applied to an image while it is in the cache.
    public func convolved(_ filters: Tensor, bias: Tensor? = nil, isRectified: Bool = false, stride: Int = 1, padding: Int = 0) throws -> Tensor {
        guard bias == nil || bias?.shape == [filters.shape[0]] else { throw Fault.shape("a bias has one number for each of the filters \(filters.shape)") }
        guard filters.rank == 4, rank == 4, filters.shape[3] == shape[3] else { throw Fault.shape("filters of the shape \(filters.shape) do not fit images of the shape \(shape)") }
        let patches = try Patches(shape, Window(filters.shape[1], filters.shape[2], stride: stride, padding: padding))
        let (images, outputs) = (shape[0], filters.shape[0])
        let (places, width, size) = (patches.places, patches.width, patches.imageCount)
        let (image, weights) = (detached(), filters.detached())
        let workspace = workspace
        let out = try workspace.take(images * outputs * places)
        let scratch = try (0..<workspace.pool.width).map { _ in try workspace.take(MatrixProduct.scratchCount + patches.partFloats) }
        let packed = try workspace.take(MatrixProduct.packedCount(k: width, n: outputs))
        unsafe MatrixProduct.pack(MatrixProduct.Operand(filters.storage.floats, rowStride: width).transposed, k: width, n: outputs, into: packed.floats)
        workspace.pool.share([images]) { worker, _, index in
            let matrix = unsafe scratch[worker].floats + MatrixProduct.scratchCount
            for part in patches.parts {
                let (own, count) = unsafe (out.floats + (index * places + part.lowerBound * patches.wide) * outputs, part.count * patches.wide)
                unsafe patches.gather(part, of: image.storage.floats + index * size, into: matrix)
                unsafe MatrixProduct.multiply(
                    MatrixProduct.Operand(matrix, rowStride: width), rows: 0..<count, packed: packed.floats, k: width, n: outputs, into: own, outStride: outputs, scratch: scratch[worker].floats)
                if let bias { for place in 0..<count { unsafe VectorMath.add(own + place * outputs, bias.storage.floats, outputs) } }
                if isRectified { unsafe UnaryFunction.relu.apply(own, into: own, count: count * outputs) }
            }
        }
        let result = Tensor(out, shape: [images, patches.high, patches.wide, outputs])
        let (wantsImage, wantsFilters, wantsBias) = (wantsGradient, filters.wantsGradient, bias?.wantsGradient == true)
        return Self.result(out, shape: result.shape, of: [self, filters] + (bias.map { [$0] } ?? [])) { incoming in
            // The result is above zero where the operand was.
            let gradient = isRectified ? try Self.combined(.reluSlope, result, incoming) : incoming
            return [
                wantsImage ? try Self.imageGradient(gradient, patches, image.shape, weights) : nil,
                wantsFilters ? try Self.filterGradient(gradient, patches, image, weights.shape) : nil,
                wantsBias ? try gradient.summed(to: [outputs]) : nil,
            ]
        }
    }

    private static func imageGradient(_ gradient: Tensor, _ patches: Patches, _ shape: [Int], _ filters: Tensor) throws -> Tensor {
        let workspace = gradient.workspace
        let (outputs, places, width) = (filters.shape[0], patches.places, patches.width)
        let back = try Tensor(workspace.take(shape.reduce(1, *)), shape: shape)
        let scratch = try (0..<workspace.pool.width).map { _ in try workspace.take(MatrixProduct.scratchCount + patches.partFloats) }
        let packed = try workspace.take(MatrixProduct.packedCount(k: outputs, n: width))
        unsafe MatrixProduct.pack(MatrixProduct.Operand(filters.storage.floats, rowStride: width), k: outputs, n: width, into: packed.floats)
        workspace.pool.share([shape[0]]) { worker, _, index in
            let matrix = unsafe scratch[worker].floats + MatrixProduct.scratchCount
            unsafe (back.storage.floats + index * patches.imageCount).update(repeating: 0, count: patches.imageCount)
            for part in patches.parts {
                unsafe MatrixProduct.multiply(
                    MatrixProduct.Operand(gradient.storage.floats + (index * places + part.lowerBound * patches.wide) * outputs, rowStride: outputs), rows: 0..<part.count * patches.wide,
                    packed: packed.floats, k: outputs, n: width, into: matrix, outStride: width, scratch: scratch[worker].floats)
                unsafe patches.scatter(part, matrix, into: back.storage.floats + index * patches.imageCount)
            }
        }
        return back
    }

    private static func filterGradient(_ gradient: Tensor, _ patches: Patches, _ image: Tensor, _ shape: [Int]) throws -> Tensor {
        let workspace = gradient.workspace
        let (images, outputs, places, width) = (image.shape[0], shape[0], patches.places, patches.width)
        let groups = min(16, max(1, images))
        let sums = try Tensor(repeating: 0, shape: [groups, outputs * width], in: workspace)
        let packedCount = MatrixProduct.packedCount(k: patches.partFloats / max(1, width), n: width)
        let scratch = try (0..<workspace.pool.width).map { _ in try workspace.take(MatrixProduct.scratchCount + patches.partFloats + packedCount) }
        workspace.pool.share([groups]) { worker, _, group in
            let matrix = unsafe scratch[worker].floats + MatrixProduct.scratchCount
            let packed = unsafe matrix + patches.partFloats
            for index in group * images / groups..<(group + 1) * images / groups { for part in patches.parts {
                let count = part.count * patches.wide
                unsafe patches.gather(part, of: image.storage.floats + index * patches.imageCount, into: matrix)
                unsafe MatrixProduct.pack(MatrixProduct.Operand(matrix, rowStride: width), k: count, n: width, into: packed)
                unsafe MatrixProduct.multiply(
                    MatrixProduct.Operand(gradient.storage.floats + (index * places + part.lowerBound * patches.wide) * outputs, rowStride: outputs).transposed, rows: 0..<outputs,
                    packed: packed, k: count, n: width, into: sums.storage.floats + group * outputs * width, outStride: width, isAdded: true, scratch: scratch[worker].floats)
            } }
        }
        return Tensor(try sums.summed(to: [1, outputs * width]).storage, shape: shape)
    }

    /// Convolution of sequences [count, tokens, channels] with filters [outputs, width, channels]: [count, tokens', outputs].
    ///
    /// - Parameter padding: zeros before and after each sequence.
    public func convolvedSequences(_ filters: Tensor, padding: Int = 0) throws -> Tensor {
        guard rank == 3, filters.rank == 3 else { throw Fault.shape("filters of the shape \(filters.shape) do not fit sequences of the shape \(shape)") }
        // An image of one row would get rows of zeros, too: zeros are joined to the ends instead.
        var sequence = self
        if padding > 0 {
            let zeros = try Tensor(repeating: 0, shape: [shape[0], padding, shape[2]], in: workspace)
            sequence = try Self.joined([zeros, self, zeros], along: 1)
        }
        let result = try sequence.reshaped([shape[0], 1, -1, shape[2]]).convolved(try filters.reshaped([filters.shape[0], 1, filters.shape[1], filters.shape[2]]))
        return try result.reshaped([shape[0], -1, filters.shape[0]])
    }
}

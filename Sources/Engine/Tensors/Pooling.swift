import Core
import Kernels

extension Tensor {
    /// The largest value of each window of images [count, rows, columns, channels], without padding; the first of equal ones gets the gradient.
    public func pooledMaximum(_ window: Window) throws -> Tensor {
        guard rank == 4, window.padding == 0 else { throw Fault.shape("a pooled image has four dimensions and no padding; \(shape) was given") }
        let (high, wide) = try window.outputs(rows: shape[1], columns: shape[2])
        let (images, size, columns, channels) = (shape[0], shape[1] * shape[2] * shape[3], shape[2], shape[3])
        let out = try workspace.take(images * high * wide * channels)
        /// Where a window's elements begin, in the order in which they are compared.
        @Sendable func corners(_ image: Int, _ y: Int, _ x: Int, _ body: (_ place: Int) -> Void) {
            for r in 0..<window.rows { for c in 0..<window.columns {
                body(image * size + ((y * window.stride + r) * columns + x * window.stride + c) * channels)
            } }
        }
        workspace.pool.split(images, grain: 1) { range in
            for image in range { for y in 0..<high { for x in 0..<wide {
                let to = unsafe out.floats + ((image * high + y) * wide + x) * channels
                var isFirst = true
                corners(image, y, x) { place in
                    let from = unsafe storage.floats + place
                    if isFirst { unsafe to.update(from: from, count: channels) } else { unsafe BinaryFunction.maximum.apply(to, from, into: to, count: channels) }
                    isFirst = false
                }
            } } }
        }
        let (values, result) = (detached(), Tensor(out, shape: [images, high, wide, channels]))
        return Self.result(out, shape: result.shape, of: [self]) { gradient in
            let back = try Tensor(repeating: 0, shape: values.shape, in: values.workspace)
            values.workspace.pool.split(images, grain: 1) { range in
                var isTaken = [Bool](repeating: false, count: channels)
                for image in range { for y in 0..<high { for x in 0..<wide {
                    let place = ((image * high + y) * wide + x) * channels
                    let (most, share) = unsafe (result.storage.floats + place, gradient.storage.floats + place)
                    for channel in 0..<channels { isTaken[channel] = false }
                    corners(image, y, x) { place in
                        let (from, to) = unsafe (values.storage.floats + place, back.storage.floats + place)
                        for channel in 0..<channels where unsafe !isTaken[channel] && from[channel] == most[channel] {
                            unsafe to[channel] += share[channel]
                            isTaken[channel] = true
                        }
                    }
                } } }
            }
            return [back]
        }
    }

    /// The mean over all rows and columns of images: [count, rows, columns, channels] to [count, channels].
    public func pooledMean() throws -> Tensor {
        guard rank == 4 else { throw Fault.shape("a pooled image has four dimensions; \(shape) was given") }
        return try reshaped([shape[0], shape[1] * shape[2], shape[3]]).mean(over: 1).reshaped([shape[0], shape[3]])
    }
}

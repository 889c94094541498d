import Core
import Kernels

extension Tensor {
    /// The largest value of each window of images [count, rows, columns, channels], without padding; the first of equal ones gets the gradient.
    public func pooledMaximum(_ window: Window) throws -> Tensor {
        guard rank == 4, window.padding == 0 else { throw Fault.shape("a pooled image has four dimensions and no padding; \(shape) was given") }
        let (high, wide) = try window.outputs(rows: shape[1], columns: shape[2])
        let (images, size, columns, channels) = (shape[0], shape[1] * shape[2] * shape[3], shape[2], shape[3])
        let out = try workspace.take(images * high * wide * channels)
        // Where the elements of a window begin, from its first, in the order in which they are compared.
        let corners = (0..<window.rows).flatMap { r in (0..<window.columns).map { c in (r * columns + c) * channels } }
        @Sendable func first(_ image: Int, _ y: Int, _ x: Int) -> Int { image * size + (y * columns + x) * window.stride * channels }
        workspace.pool.split(images, grain: 1) { range in
            for image in range { for y in 0..<high { for x in 0..<wide {
                let (to, from) = unsafe (out.floats + ((image * high + y) * wide + x) * channels, storage.floats + first(image, y, x))
                unsafe to.update(from: from, count: channels)
                for corner in corners.dropFirst() {
                    let other = unsafe from + corner
                    for channel in 0..<channels { unsafe to[channel] = unsafe other[channel] > to[channel] ? other[channel] : to[channel] }
                }
            } } }
        }
        let (values, result) = (detached(), Tensor(out, shape: [images, high, wide, channels]))
        return Self.result(out, shape: result.shape, of: [self]) { gradient in
            let back = try Tensor(values.workspace.take(images * size), shape: values.shape)
            let rooms = try (0..<values.workspace.pool.width).map { _ in try values.workspace.take(channels) }
            values.workspace.pool.share([images]) { worker, _, image in
                let left = unsafe rooms[worker].floats
                unsafe (back.storage.floats + image * size).update(repeating: 0, count: size)
                for y in 0..<high { for x in 0..<wide {
                    let place = ((image * high + y) * wide + x) * channels
                    let (most, start) = unsafe (result.storage.floats + place, first(image, y, x))
                    unsafe left.update(from: gradient.storage.floats + place, count: channels)
                    for corner in corners {
                        let (from, to) = unsafe (values.storage.floats + start + corner, back.storage.floats + start + corner)
                        unsafe Self.give(left, to: to, where: from, equals: most, channels)
                    }
                } }
            }
            return [back]
        }
    }

    /// Adds what is left of each channel's gradient to `to` where `from` is the largest value; it is not left for the next element then.
    private static func give(_ left: UnsafeMutablePointer<Float>, to: UnsafeMutablePointer<Float>, where from: UnsafePointer<Float>, equals most: UnsafePointer<Float>, _ count: Int) {
        typealias Some = SIMD8<Float>
        var channel = 0
        while channel + Some.scalarCount <= count {
            let (rest, target) = unsafe (UnsafeMutableRawPointer(left + channel), UnsafeMutableRawPointer(to + channel))
            let isMost = unsafe UnsafeRawPointer(from + channel).loadUnaligned(as: Some.self) .== UnsafeRawPointer(most + channel).loadUnaligned(as: Some.self)
            let share = unsafe rest.loadUnaligned(as: Some.self)
            unsafe target.storeBytes(of: target.loadUnaligned(as: Some.self) + Some.zero.replacing(with: share, where: isMost), as: Some.self)
            unsafe rest.storeBytes(of: share.replacing(with: 0, where: isMost), as: Some.self)
            channel += Some.scalarCount
        }
        for channel in channel..<count where unsafe from[channel] == most[channel] {
            unsafe to[channel] += left[channel]
            unsafe left[channel] = 0
        }
    }

    /// The mean over all rows and columns of images: [count, rows, columns, channels] to [count, channels].
    public func pooledMean() throws -> Tensor {
        guard rank == 4 else { throw Fault.shape("a pooled image has four dimensions; \(shape) was given") }
        return try reshaped([shape[0], shape[1] * shape[2], shape[3]]).mean(over: 1).reshaped([shape[0], shape[3]])
    }
}

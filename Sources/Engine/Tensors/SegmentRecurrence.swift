import Core
import Kernels

/// A gated linear recurrence over sequences that lie one after another, as its ways forward and back walk them.
///
/// ```
/// f = sigmoid(b)   h = f h' + (1 - f) a   y = h sigmoid(c)
/// ```
/// for u = (a, b, c), where h' is the state of the row before in the first half of the channels and of the row behind in the second.
private struct SegmentRecurrence: Sendable {
    let segments: [Range<Int>]
    let width: Int
    /// Channels that are walked at once; a chunk belongs to one direction.
    private static let chunk = 32
    private var chunksPerHalf: Int { (width / 2 + Self.chunk - 1) / Self.chunk }

    /// Calls `body` with each segment and chunk of channels, several at once, and its rows in the order of the walk: (first, step, channels).
    func each(_ pool: ThreadPool, _ body: (_ rows: Range<Int>, _ first: Int, _ step: Int, _ channels: Range<Int>) -> Void) {
        let half = width / 2, chunks = chunksPerHalf
        pool.share([segments.count]) { _, _, index in
            let rows = segments[index]
            for chunk in 0..<2 * chunks {
                let isBack = chunk >= chunks, start = chunk % chunks * Self.chunk
                let channels = start + (isBack ? half : 0)..<min(half, start + Self.chunk) + (isBack ? half : 0)
                body(rows, isBack ? rows.upperBound - 1 : rows.lowerBound, isBack ? -1 : 1, channels)
            }
        }
    }
}

extension Tensor {
    /// A simple recurrent unit (Lei et al. 2018; Bradbury et al. 2017), both ways: for rows u = (a, b, c), [rows, 3 width], the states h = f h' + (1 - f) a with the gate f = sigmoid(b), times sigmoid(c). The first half of the
    /// channels reads from the left, the second from the right. All products with weights stand before it, so that what is left to do in turn is a few operations an element.
    ///
    /// - Parameter segments: the rows of each sequence, none empty; together, in order, all rows. States begin with zeros.
    /// - Returns: [rows, width].
    /// - Throws: `tensors.shape`, `kernels.memory`.
    public func recurredSegments(_ segments: [Range<Int>]) throws -> Tensor {
        guard rank == 2, shape[1] % 6 == 0, shape[1] > 0 else { throw Fault.shape("rows of \(shape) are no three parts for both directions") }
        guard zip([0] + segments.map(\.upperBound), segments).allSatisfy({ $0 == $1.lowerBound && !$1.isEmpty }), (segments.last?.upperBound ?? 0) == shape[0] else {
            throw Fault.shape("segments do not follow each other over \(shape[0]) rows")
        }
        let (rows, width, shape) = (shape[0], shape[1] / 3, shape)
        let walk = SegmentRecurrence(segments: segments, width: width)
        let u = detached()
        // Both gates side by side, and the states: what the way back needs.
        let gates = try workspace.take(rows * 2 * width), states = try workspace.take(rows * width), out = try workspace.take(rows * width)
        workspace.pool.split(rows, grain: max(1, Self.grain / width)) { range in
            for row in range { unsafe UnaryFunction.sigmoid.apply(storage.floats + row * 3 * width + width, into: gates.floats + row * 2 * width, count: 2 * width) }
        }
        walk.each(workspace.pool) { rows, first, step, channels in
            var row = first
            for place in 0..<rows.count {
                let (a, f, h) = unsafe (u.storage.floats + row * 3 * width, gates.floats + row * 2 * width, states.floats + row * width)
                let (s, y) = unsafe (f + width, out.floats + row * width)
                let before = unsafe h - step * width
                if place == 0 {
                    for channel in channels { unsafe h[channel] = a[channel] - f[channel] * a[channel] }
                } else {
                    for channel in channels { unsafe h[channel] = a[channel] + f[channel] * (before[channel] - a[channel]) }
                }
                for channel in channels { unsafe y[channel] = h[channel] * s[channel] }
                row += step
            }
        }
        return Self.result(out, shape: [rows, width], of: [self]) { gradient in
            let workspace = gradient.workspace
            let back = try workspace.take(u.count)
            walk.each(workspace.pool) { rows, first, step, channels in
                unsafe withUnsafeTemporaryAllocation(of: Float.self, capacity: channels.count) { carried in
                    guard let carried = carried.baseAddress else { return }
                    unsafe carried.update(repeating: 0, count: channels.count)
                    var row = first + (rows.count - 1) * step
                    for place in (0..<rows.count).reversed() {
                        let (a, f, h) = unsafe (u.storage.floats + row * 3 * width, gates.floats + row * 2 * width, states.floats + row * width)
                        let (s, g, to) = unsafe (f + width, gradient.storage.floats + row * width, back.floats + row * 3 * width)
                        let before = unsafe h - step * width
                        let base = channels.lowerBound
                        for channel in channels {
                            let slope = unsafe g[channel] * s[channel] + carried[channel - base]
                            let last: Float = place == 0 ? 0 : unsafe before[channel]
                            unsafe to[channel] = slope - slope * f[channel]
                            unsafe to[width + channel] = slope * (last - a[channel]) * f[channel] * (1 - f[channel])
                            unsafe to[2 * width + channel] = g[channel] * h[channel] * s[channel] * (1 - s[channel])
                            unsafe carried[channel - base] = slope * f[channel]
                        }
                        row -= step
                    }
                }
            }
            return [Tensor(back, shape: shape)]
        }
    }
}

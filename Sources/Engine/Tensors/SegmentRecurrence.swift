import Core
import Kernels

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
        let walk = SimpleRecurrence(width: width, aStride: 3 * width, gateStride: 2 * width)
        let u = detached()
        // Both gates side by side, and the states: what the way back needs.
        let gates = try workspace.take(rows * 2 * width), states = try workspace.take(rows * width), out = try workspace.take(rows * width)
        workspace.pool.share([segments.count]) { _, _, index in
            let segment = segments[index]
            for row in segment { unsafe UnaryFunction.sigmoid.apply(u.storage.floats + row * 3 * width + width, into: gates.floats + row * 2 * width, count: 2 * width) }
            let first = segment.lowerBound
            unsafe walk.forward(
                u.storage.floats + first * 3 * width, gates: gates.floats + first * 2 * width, rows: segment.count, states: states.floats + first * width, into: out.floats + first * width)
        }
        return Self.result(out, shape: [rows, width], of: [self]) { gradient in
            let back = try gradient.workspace.take(u.count)
            gradient.workspace.pool.share([segments.count]) { _, _, index in
                let first = segments[index].lowerBound
                unsafe walk.backward(
                    u.storage.floats + first * 3 * width, gates: gates.floats + first * 2 * width, rows: segments[index].count, states: states.floats + first * width,
                    gradient: gradient.storage.floats + first * width, into: back.floats + first * 3 * width)
            }
            return [Tensor(back, shape: shape)]
        }
    }
}

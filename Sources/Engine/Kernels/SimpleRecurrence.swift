import CKernels

/// The turn of a simple recurrent unit (Lei et al. 2018) over one sequence, both ways: h = f h' + (1 - f) a, y = h s, where h' is the row before in the first half of the channels and the row behind in the second.
public struct SimpleRecurrence: Sendable {
    /// Channels; even.
    public let width: Int
    /// Floats from a row of a to the next, and from one of both gates (f, then s) to the next.
    private let aStride: Int, gateStride: Int

    /// Rows of `aStride` floats that begin with a; gates lie f and s side by side in rows of `gateStride` floats.
    public init(width: Int, aStride: Int, gateStride: Int) {
        precondition(width > 0 && width % 2 == 0 && aStride >= width && gateStride >= 2 * width, "a recurrence has two halves")
        (self.width, self.aStride, self.gateStride) = (width, aStride, gateStride)
    }

    private func raw(
        _ isBack: Bool, _ a: UnsafePointer<Float>, _ gates: UnsafePointer<Float>, _ states: UnsafeMutablePointer<Float>?, _ y: UnsafeMutablePointer<Float>?, rows: Int, isAdded: Bool
    ) -> ck_recurrence {
        let (first, channel, sign) = isBack ? (rows - 1, width / 2, -1) : (0, 0, 1)
        let f = unsafe gates + first * gateStride + channel
        return unsafe ck_recurrence(
            a: a + first * aStride + channel, f: f, s: f + width, h: states.map { unsafe $0 + first * width + channel }, y: y.map { unsafe $0 + first * width + channel }, a_step: sign * aStride,
            gate_step: sign * gateStride, h_step: sign * width, y_step: sign * width, part: width, rows: Int32(rows), channels: Int32(width / 2), is_added: isAdded ? 1 : 0)
    }

    /// The results of `rows` rows, [rows, width].
    ///
    /// - Parameters:
    ///   - states: becomes the states, [rows, width]; nil when nobody needs them.
    ///   - isAdded: whether results are added to what is in `y`.
    public func forward(_ a: UnsafePointer<Float>, gates: UnsafePointer<Float>, rows: Int, states: UnsafeMutablePointer<Float>?, into y: UnsafeMutablePointer<Float>, isAdded: Bool = false) {
        for isBack in [false, true] { unsafe withUnsafePointer(to: raw(isBack, a, gates, states, y, rows: rows, isAdded: isAdded)) { unsafe ck_recur($0) } }
    }

    /// Gradients of a and of the operands of both gates' sigmoids, side by side in rows of `aStride` floats, from the gradient of the results.
    public func backward(
        _ a: UnsafePointer<Float>, gates: UnsafePointer<Float>, rows: Int, states: UnsafeMutablePointer<Float>, gradient: UnsafePointer<Float>, into back: UnsafeMutablePointer<Float>
    ) {
        precondition(aStride >= 3 * width, "rows have room for three gradients")
        for isBack in [false, true] {
            let (first, channel) = isBack ? (rows - 1, width / 2) : (0, 0)
            unsafe withUnsafePointer(to: raw(isBack, a, gates, states, nil, rows: rows, isAdded: false)) {
                unsafe ck_recur_back($0, gradient + first * width + channel, back + first * aStride + channel)
            }
        }
    }
}

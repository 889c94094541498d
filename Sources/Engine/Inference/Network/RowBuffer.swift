import Core
import Kernels

/// Rows of floats in one piece of memory: the activations of a batch, one row a token. Grows to the largest batch it has seen.
///
/// A row is `stride` floats long and begins at a multiple of 64 bytes; `width` of them are values, the rest is room for empty rows of packed matrices.
@safe
final class RowBuffer {
    private(set) var width = 0
    private(set) var stride = 0
    private(set) var count = 0
    private var memory: AlignedMemory?

    /// Makes room for `count` rows of `width` values. What was in it is lost.
    func resize(count: Int, width: Int) throws {
        self.width = width
        self.count = count
        stride = (width + 15) / 16 * 16
        let byteCount = max(1, count * stride) * 4 + 64
        if (memory?.byteCount ?? 0) < byteCount { memory = try AlignedMemory.working(byteCount: byteCount) }
    }

    /// Gives the memory back, until the next resize.
    func release() { (memory, count) = (nil, 0) }

    /// The first value of a row.
    func row(_ index: Int) -> UnsafeMutablePointer<Float> {
        precondition(index >= 0 && index < count, "no such row")
        return unsafe (memory ?? Self.missing).floats + index * stride
    }

    /// A buffer is always resized before its rows are used.
    private static var missing: AlignedMemory { preconditionFailure("a row buffer was used before it was resized") }

    /// A copy of a row's values.
    func values(_ index: Int) -> [Float] { unsafe Array(UnsafeBufferPointer(start: row(index), count: width)) }
}

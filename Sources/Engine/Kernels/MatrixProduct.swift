import CKernels
import Core
import Synchronization

/// Products of float matrices, for training. For weights that stay as they are ``PackedMatrix`` is faster.
public enum MatrixProduct {
    /// A matrix in memory that somebody else owns. Transposing exchanges the strides.
    public struct Operand {
        let values: UInt
        let rowStride: Int
        let columnStride: Int

        /// - Parameters:
        ///   - values: the value of row 0 and column 0; must stay valid for the call.
        ///   - rowStride: floats from a row to the next, positive.
        ///   - columnStride: floats from a column to the next, positive.
        public init(_ values: UnsafePointer<Float>, rowStride: Int, columnStride: Int = 1) {
            self.values = UInt(bitPattern: values)
            self.rowStride = rowStride
            self.columnStride = columnStride
        }

        /// Rows as columns.
        public var transposed: Operand { Operand(values: values, rowStride: columnStride, columnStride: rowStride) }

        private init(values: UInt, rowStride: Int, columnStride: Int) { (self.values, self.rowStride, self.columnStride) = (values, rowStride, columnStride) }

        fileprivate var raw: ck_matrix {
            unsafe ck_matrix(values: UnsafePointer(bitPattern: values), row_stride: rowStride, column_stride: columnStride)
        }
    }

    /// The memory that products work in. Grows to the largest it has seen, but for one panel of columns at least never beyond ``byteCountMax``.
    public final class Scratch: Sendable {
        /// Bytes of packed columns; wider products are computed some columns at a time.
        public static let byteCountMax = 32 << 20
        private let memory: Mutex<AlignedMemory?> = Mutex(nil)

        public init() {}

        func memory(floats: Int) throws -> AlignedMemory {
            try memory.withLock { memory in
                if let memory, memory.byteCount >= floats * 4 { return memory }
                let grown = try AlignedMemory.working(byteCount: floats * 4)
                memory = grown
                return grown
            }
        }
    }

    /// Floats that the packed form of a k x n factor takes.
    public static func packedCount(k: Int, n: Int) -> Int { (n + Int(CK_GEMM_COLUMNS) - 1) / Int(CK_GEMM_COLUMNS) * Int(CK_GEMM_COLUMNS) * k }

    /// Floats of scratch memory that one thread needs in ``multiply(_:rows:packed:k:n:into:outStride:isAdded:scratch:)``.
    public static let scratchCount = Int(CK_GEMM_SCRATCH)

    /// Packs a right factor of k x n, on this thread.
    public static func pack(_ b: Operand, k: Int, n: Int, into packed: UnsafeMutablePointer<Float>) {
        unsafe withUnsafePointer(to: b.raw) { b in
            unsafe ck_gemm_pack(b, Int32(k), Int32(n), 0, Int32((n + Int(CK_GEMM_COLUMNS) - 1) / Int(CK_GEMM_COLUMNS)), packed)
        }
    }

    /// Rows of out = a * b, or out += a * b, with b packed, on this thread.
    ///
    /// - Parameter scratch: ``scratchCount`` floats that no other thread uses.
    public static func multiply(
        _ a: Operand, rows: Range<Int>, packed: UnsafePointer<Float>, k: Int, n: Int, into out: UnsafeMutablePointer<Float>, outStride: Int, isAdded: Bool = false,
        scratch: UnsafeMutablePointer<Float>
    ) {
        unsafe withUnsafePointer(to: a.raw) { a in
            for start in stride(from: rows.lowerBound, to: rows.upperBound, by: Int(CK_GEMM_ROWS)) {
                unsafe ck_gemm(
                    a, Int32(start), Int32(min(rows.upperBound, start + Int(CK_GEMM_ROWS))), Int32(k), packed, Int32(n), out, outStride, isAdded ? 1 : 0, scratch)
            }
        }
    }

    /// out = a * b, or out += a * b; a is m x k, b is k x n. The result does not depend on the number of threads. One product at a time may use a scratch memory.
    ///
    /// - Parameter outStride: floats from a row of `out` to the next, at least n.
    /// - Throws: `kernels.memory`.
    public static func multiply(
        _ a: Operand, _ b: Operand, m: Int, n: Int, k: Int, into out: UnsafeMutablePointer<Float>, outStride: Int, isAdded: Bool = false, pool: ThreadPool, scratch: Scratch
    ) throws {
        precondition(m >= 0 && n >= 0 && k >= 0 && outStride >= n && max(m, n, k) < 1 << 31, "shapes of a product do not fit")
        guard m > 0, n > 0 else { return }
        let columns = Int(CK_GEMM_COLUMNS)
        // As many panels at a time as fit the scratch memory.
        let panelsMax = max(1, Scratch.byteCountMax / (4 * columns * max(1, k)))
        let panels = (n + columns - 1) / columns
        let own = Int(CK_GEMM_SCRATCH)
        let memory = try scratch.memory(floats: min(panels, panelsMax) * columns * k + own * pool.width)
        let packed = unsafe memory.floats + own * pool.width
        // Rows of a piece: all that a call takes, or fewer so that every thread has some.
        let rows = min(Int(CK_GEMM_ROWS), max(6, (m / (pool.width * 2) + 5) / 6 * 6))
        for first in stride(from: 0, to: panels, by: panelsMax) {
            let count = min(panelsMax, panels - first)
            let width = min(n - first * columns, count * columns)
            var (left, right) = unsafe (a.raw, b.raw)
            unsafe right.values += first * columns * b.columnStride
            unsafe withUnsafePointer(to: &right) { right in
                pool.split(count, grain: max(1, count / (pool.width * 4))) { range in
                    unsafe ck_gemm_pack(right, Int32(k), Int32(width), Int32(range.lowerBound), Int32(range.upperBound), packed)
                }
            }
            unsafe withUnsafePointer(to: &left) { left in
                pool.share([(m + rows - 1) / rows]) { worker, _, item in
                    unsafe ck_gemm(
                        left, Int32(item * rows), Int32(min(m, item * rows + rows)), Int32(k), packed, Int32(width), out + first * columns, outStride, isAdded ? 1 : 0,
                        memory.floats + worker * own)
                }
            }
        }
    }
}

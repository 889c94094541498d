import Core
import Kernels
import Synchronization

/// The threads that tensors are computed with, and the memory that they lie in. Memory of tensors that are gone is given out again, so that a training step asks the system for nothing.
public final class Workspace: Sendable {
    public let pool: ThreadPool
    let scratch = MatrixProduct.Scratch()
    /// Bytes of all living tensors, and of the kept memory, at most.
    public let byteCountMax: Int

    private struct Shelf {
        var free: [Int: [AlignedMemory]] = [:]
        var freeByteCount = 0
        var usedByteCount = 0
        var highest = 0
    }
    private let shelf = Mutex(Shelf())
    /// Rows as quantized matrices take them. One product at a time uses them.
    private let quantized = Mutex<[PackedFormat.Operand: Activations]>([:])

    /// - Parameter byteCountMax: what tensors may take together; default 8 GiB.
    public init(pool: ThreadPool, byteCountMax: Int = 8 << 30) {
        self.pool = pool
        self.byteCountMax = byteCountMax
    }

    /// Bytes that living tensors take.
    public var usedByteCount: Int { shelf.withLock(\.usedByteCount) }
    /// The most bytes that tensors took together so far.
    public var highestByteCount: Int { shelf.withLock(\.highest) }

    /// Memory for `count` floats, with whatever is in it.
    ///
    /// - Throws: `kernels.memory` when the system or the workspace's bound has no room.
    func take(_ count: Int) throws -> Storage {
        let size = Self.size(count)
        let found: AlignedMemory? = try shelf.withLock { shelf in
            guard shelf.usedByteCount + size <= byteCountMax else {
                throw Fault(.kernelMemory, "tensors would take more than \(byteCountMax >> 20) MiB", remedy: "use smaller batches, shorter texts, or give the run more memory")
            }
            shelf.usedByteCount += size
            shelf.highest = max(shelf.highest, shelf.usedByteCount)
            guard let memory = shelf.free[size]?.popLast() else {
                // Sizes that were used once and never again must not pile up.
                if shelf.usedByteCount + shelf.freeByteCount > byteCountMax { (shelf.free, shelf.freeByteCount) = ([:], 0) }
                return nil
            }
            shelf.freeByteCount -= size
            return memory
        }
        do {
            return Storage(count: count, memory: try found ?? AlignedMemory.working(byteCount: size), workspace: self)
        } catch {
            shelf.withLock { $0.usedByteCount -= size }
            throw error
        }
    }

    /// Calls `body` with room for rows in the form of `operand`; nil for floats, which are read where they lie.
    func withActivations(_ operand: PackedFormat.Operand, _ body: (Activations?) throws -> Void) throws {
        guard operand != .floats else { return try body(nil) }
        try quantized.withLock { quantized in
            let activations = quantized[operand] ?? Activations(operand: operand)
            quantized[operand] = activations
            try body(activations)
        }
    }

    fileprivate func giveBack(_ memory: AlignedMemory, count: Int) {
        let size = Self.size(count)
        shelf.withLock { shelf in
            shelf.usedByteCount -= size
            shelf.freeByteCount += size
            shelf.free[size, default: []].append(memory)
        }
    }

    /// Few different sizes, so that memory fits again: steps of an eighth of the power of two below.
    private static func size(_ count: Int) -> Int {
        let bytes = max(64, count * 4)
        let step = max(64, 1 << (Int.bitWidth - bytes.leadingZeroBitCount - 4))
        return (bytes + step - 1) / step * step
    }
}

/// The floats of one or of several tensors that differ in shape only.
@safe
final class Storage: Sendable {
    let count: Int
    let workspace: Workspace
    private let memory: AlignedMemory

    init(count: Int, memory: AlignedMemory, workspace: Workspace) { (self.count, self.memory, self.workspace) = (count, memory, workspace) }

    deinit { workspace.giveBack(memory, count: count) }

    /// Valid as long as the storage is. Written by the operation that makes it only.
    var floats: UnsafeMutablePointer<Float> { unsafe memory.floats }
}

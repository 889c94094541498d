import Core
import Kernels

/// An array held in bf16, the upper half of a float: eight bits of precision, the range of a float, half of its memory. For what is kept and not computed with: weights of a frozen model whose file has no more than that.
/// Arithmetic stays in floats; ``expanded(rows:)`` gives some rows as a ``Tensor``.
public struct CompactTensor: Sendable {
    public let shape: [Int]
    /// Two values in a float's place.
    private let storage: Storage

    /// Rounds to the nearest, ties to even. What is no number stays none, and a magnitude above bf16's largest becomes infinite.
    ///
    /// - Throws: `tensors.shape` when values and shape differ in number, `kernels.memory`.
    public init(_ values: [Float], shape: [Int], in workspace: Workspace) throws {
        guard shape.allSatisfy({ $0 >= 0 }), !shape.isEmpty, shape.reduce(1, *) == values.count else { throw Fault.shape("\(values.count) values are no tensor of the shape \(shape)") }
        self.shape = shape
        storage = try workspace.take((values.count + 1) / 2)
        let halves = unsafe UnsafeMutableRawPointer(storage.floats).assumingMemoryBound(to: UInt16.self)
        for (index, value) in values.enumerated() { unsafe halves[index] = Self.rounded(value) }
    }

    /// Elements.
    public var count: Int { shape.reduce(1, *) }
    /// Bytes that the values take.
    public var byteCount: Int { count * 2 }
    /// Values of one entry of the first dimension.
    var width: Int { shape.dropFirst().reduce(1, *) }

    /// Entries of the first dimension as floats, [rows, …]; all of them by default.
    ///
    /// - Throws: `tensors.shape` for rows that it has not, `kernels.memory`.
    public func expanded(rows: Range<Int>? = nil) throws -> Tensor {
        let rows = rows ?? 0..<shape[0]
        guard rows.lowerBound >= 0, rows.upperBound <= shape[0] else { throw Fault.shape("rows \(rows) are not among \(shape[0])") }
        let (first, count) = (rows.lowerBound * width, rows.count * width)
        let out = try storage.workspace.take(count)
        storage.workspace.pool.split(count, grain: 1 << 14) { range in
            let halves = unsafe UnsafeMutableRawPointer(storage.floats).assumingMemoryBound(to: UInt16.self) + first
            for place in range { unsafe out.floats[place] = unsafe Float(bitPattern: UInt32(halves[place]) << 16) }
        }
        return Tensor(out, shape: [rows.count] + shape.dropFirst())
    }

    static func rounded(_ value: Float) -> UInt16 {
        let bits = value.bitPattern
        // Adding half of the last place would carry what is no number into another one.
        guard !value.isNaN else { return UInt16(bits >> 16) | 0x40 }
        return UInt16((bits &+ 0x7fff &+ (bits >> 16 & 1)) >> 16)
    }
}

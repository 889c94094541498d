import CKernels
import Core

/// How a packed matrix holds its weights; see `ckernels.h` for the layouts.
public enum PackedFormat: Int, Sendable, CaseIterable {
    case q8, q4, q5, q4K, q6K, q16, f32, f16, bf16

    /// What a product takes.
    public enum Operand: Sendable {
        /// Activations of int8, each block of them with its own scale.
        case bytes
        /// The same, but scales are powers of two, which costs half a bit on average and saves a multiplication a block; weights have 4 to 6 bits.
        case shiftedBytes
        /// Activations of int16.
        case words
        /// Floats as they are.
        case floats
    }

    /// What products with this format take.
    public var operand: Operand {
        switch self {
        case .q8: .bytes
        case .q4, .q5, .q4K, .q6K: .shiftedBytes
        case .q16: .words
        case .f32, .f16, .bf16: .floats
        }
    }

    /// A row's columns must be a multiple of this.
    public var columnMultiple: Int { Int(ck_pack_columns(raw)) }

    /// Bytes of a row in the file's own layout, for a whole number of blocks; 0 for Q16, which no file has.
    public func sourceByteCount(columns: Int) -> Int {
        switch self {
        case .q8: columns / 32 * 34
        case .q4: columns / 32 * 18
        case .q5: columns / 32 * 22
        case .q4K: columns / 256 * 144
        case .q6K: columns / 256 * 210
        case .q16: 0
        case .f32: columns * 4
        case .f16, .bf16: columns * 2
        }
    }

    var raw: ck_format { ck_format(UInt32(rawValue)) }
}

/// A matrix of `rows` x `columns` weights, packed for the processor's kernels.
public final class PackedMatrix: Sendable {
    public let format: PackedFormat
    public let rows: Int
    public let columns: Int
    /// Bytes of one group of 16 rows.
    public let groupByteCount: Int
    private let memory: AlignedMemory

    /// Groups of 16 rows; the last may be partly empty.
    public var groups: Int { (rows + 15) / 16 }
    /// Bytes that a product with one token reads.
    public var byteCount: Int { groups * groupByteCount }

    private init(format: PackedFormat, rows: Int, columns: Int) throws {
        guard rows > 0, columns > 0, columns % format.columnMultiple == 0, rows < 1 << 28, columns < 1 << 24 else {
            throw Fault(.kernelShape, "a \(rows) x \(columns) matrix cannot be packed as \(format)", remedy: "use a format whose blocks divide \(columns)")
        }
        self.format = format
        self.rows = rows
        self.columns = columns
        groupByteCount = columns / format.columnMultiple * Int(ck_pack_bytes(format.raw))
        memory = try AlignedMemory(byteCount: (rows + 15) / 16 * groupByteCount)
    }

    /// Packs rows that lie one after another in the file's layout.
    ///
    /// - Parameter source: at least `rows` rows of ``PackedFormat/sourceByteCount(columns:)`` bytes; several pieces are stacked (query, key and value become one matrix).
    public static func pack(_ sources: [(pointer: UnsafeRawPointer, rows: Int)], columns: Int, format: PackedFormat, pool: ThreadPool) throws -> PackedMatrix {
        let matrix = try PackedMatrix(format: format, rows: unsafe sources.reduce(0) { unsafe $0 + $1.rows }, columns: columns)
        let stride = format.sourceByteCount(columns: columns)
        // Pieces must begin at a group, or a group would mix two sources: gather those few rows first.
        let base = unsafe matrix.memory.pointer.assumingMemoryBound(to: UInt8.self)
        pool.split(matrix.groups, grain: 8) { range in
            var gathered = [UInt8](repeating: 0, count: 16 * stride)
            for group in range {
                let first = group * 16
                let count = min(16, matrix.rows - first)
                var filled = 0
                var start = 0
                for unsafe source in unsafe sources {
                    let low = max(first + filled, start), high = unsafe min(first + count, start + source.rows)
                    if low < high, low == first, high - low == count {
                        // The usual case: the whole group lies in one source.
                        unsafe ck_pack_group(
                            format.raw, source.pointer.advanced(by: (low - start) * stride).assumingMemoryBound(to: UInt8.self), stride, Int32(count), Int32(columns),
                            base + group * matrix.groupByteCount)
                        filled = -1
                        break
                    }
                    if low < high {
                        unsafe gathered.withUnsafeMutableBytes { target in
                            unsafe target.baseAddress?.advanced(by: (low - first) * stride)
                                .copyMemory(from: source.pointer.advanced(by: (low - start) * stride), byteCount: (high - low) * stride)
                        }
                        filled += high - low
                    }
                    unsafe start += source.rows
                }
                if filled >= 0 {
                    unsafe gathered.withUnsafeBufferPointer { bytes in
                        if let pointer = bytes.baseAddress {
                            unsafe ck_pack_group(format.raw, pointer, stride, Int32(count), Int32(columns), base + group * matrix.groupByteCount)
                        }
                    }
                }
            }
        }
        return matrix
    }

    /// Quantizes rows of F32, F16 or BF16 that lie one after another, and packs them.
    ///
    /// - Parameters:
    ///   - source: `rows` rows of ``PackedFormat/sourceByteCount(columns:)`` bytes of `type`.
    ///   - format: Q8 (a weight is off by at most 1/254 of its block's largest) or Q16 (by at most 2^-15).
    public static func quantize(_ source: UnsafeRawPointer, of type: PackedFormat, rows: Int, columns: Int, to format: PackedFormat, pool: ThreadPool) throws -> PackedMatrix {
        precondition(type.operand == .floats && (format == .q8 || format == .q16), "dense rows are quantized to Q8 or Q16")
        let matrix = try PackedMatrix(format: format, rows: rows, columns: columns)
        let stride = type.sourceByteCount(columns: columns)
        let (base, bytes) = unsafe (matrix.memory.pointer.assumingMemoryBound(to: UInt8.self), source.assumingMemoryBound(to: UInt8.self))
        pool.split(matrix.groups, grain: 8) { range in
            for group in range {
                unsafe ck_quantize_group(
                    format.raw, type.raw, bytes + group * 16 * stride, stride, Int32(min(16, rows - group * 16)), Int32(columns), base + group * matrix.groupByteCount)
            }
        }
        return matrix
    }

    /// Packs floats: to F32 as they are, to Q8 and Q16 rounded.
    public static func pack(floats: [Float], rows: Int, columns: Int, format: PackedFormat, pool: ThreadPool) throws -> PackedMatrix {
        guard floats.count == rows * columns else { throw Fault(.kernelShape, "\(floats.count) values are no \(rows) x \(columns) matrix", remedy: "check the tensor's shape") }
        return try unsafe floats.withUnsafeBytes { bytes in
            guard let start = bytes.baseAddress else { throw Fault(.kernelShape, "an empty matrix", remedy: "check the tensor's shape") }
            if format == .f32 { return try unsafe pack([(pointer: start, rows: rows)], columns: columns, format: .f32, pool: pool) }
            return try unsafe quantize(start, of: .f32, rows: rows, columns: columns, to: format, pool: pool)
        }
    }

    /// out[token][row] = this * activations for row groups `groups` and the tokens `tokens`, both counted in `out` from the first of them; for quantized formats.
    ///
    /// Different groups and tokens may be computed by different threads at once.
    ///
    /// - Parameters:
    ///   - tokens: begins and ends at multiples of ``Activations/tileCount`` or at the last token; nil for all.
    ///   - outStride: at least 16 for each group: outputs of empty rows are written too.
    public func multiply(_ activations: Activations, groups range: Range<Int>, tokens: Range<Int>? = nil, into out: UnsafeMutablePointer<Float>, outStride: Int) {
        let tokens = tokens ?? 0..<activations.tokens
        precondition(
            format.operand == activations.operand && activations.columns == columns && outStride >= range.count * 16 && range.upperBound <= groups
                && tokens.lowerBound % Activations.tileCount == 0 && (tokens.upperBound % Activations.tileCount == 0 || tokens.upperBound == activations.tokens)
                && tokens.upperBound <= activations.tokens, "shapes of a product do not fit")
        unsafe withUnsafePointer(to: activations.raw) { raw in
            unsafe ck_multiply(
                format.raw, memory.pointer.assumingMemoryBound(to: UInt8.self), groupByteCount, Int32(range.lowerBound), Int32(range.upperBound), Int32(tokens.lowerBound),
                Int32(tokens.upperBound), raw, out, outStride)
        }
    }

    /// The same for dense formats, over rows of float activations `xStride` apart.
    public func multiply(
        dense x: UnsafePointer<Float>, xStride: Int, tokens: Int, groups range: Range<Int>, into out: UnsafeMutablePointer<Float>, outStride: Int
    ) {
        precondition(format.operand == .floats && xStride >= columns && outStride >= range.count * 16 && range.upperBound <= groups, "shapes of a product do not fit")
        unsafe ck_multiply_dense(
            format.raw, memory.pointer.assumingMemoryBound(to: UInt8.self), groupByteCount, Int32(range.lowerBound), Int32(range.upperBound), x, xStride, Int32(tokens),
            Int32(columns), out, outStride)
    }
}

/// Activations of several tokens, quantized to int8 or int16 by blocks of 32 (see `ckernels.h`). The buffer grows to the largest batch it has seen.
@safe
public final class Activations {
    public private(set) var tokens = 0
    public private(set) var columns = 0
    /// Bytes or words.
    public let operand: PackedFormat.Operand
    private var memory: AlignedMemory?
    private var layout = unsafe ck_activations()

    /// - Parameter operand: what the matrices take that these will meet, ``PackedFormat/Operand/bytes`` or ``PackedFormat/Operand/words``.
    public init(operand: PackedFormat.Operand = .bytes) {
        precondition(operand != .floats, "floats are not quantized")
        self.operand = operand
    }

    var raw: ck_activations { unsafe layout }

    /// Makes room for `tokens` rows of `columns` values.
    /// - Throws: `kernels.shape` when columns are not a multiple of 32, `kernels.memory`.
    public func resize(tokens: Int, columns: Int) throws {
        guard tokens > 0, columns > 0, columns % 32 == 0 else {
            throw Fault(.kernelShape, "\(columns) columns are not a multiple of 32", remedy: "use a dense format for this matrix")
        }
        let blocks = columns / 32
        let count = tokens * blocks
        let blockByteCount = Int(ck_activation_bytes(operand == .words ? CK_Q16 : operand == .bytes ? CK_Q8 : CK_Q4))
        let byteCount = count * (blockByteCount + 4 + 12 + 4) + 192
        if (memory?.byteCount ?? 0) < byteCount { memory = try AlignedMemory.working(byteCount: byteCount) }
        guard let base = unsafe memory?.pointer else { return }
        self.tokens = tokens
        self.columns = columns
        unsafe layout = unsafe ck_activations(
            tokens: Int32(tokens), blocks: Int32(blocks), quads: base.assumingMemoryBound(to: Int32.self),
            scales: base.advanced(by: count * blockByteCount).assumingMemoryBound(to: Float.self),
            sums: base.advanced(by: count * (blockByteCount + 4)).assumingMemoryBound(to: Int32.self),
            offsets: base.advanced(by: count * (blockByteCount + 16)).assumingMemoryBound(to: Float.self))
    }

    /// Gives the memory back, until the next resize.
    public func release() { (memory, tokens) = (nil, 0) }

    /// Tokens that a product takes together; pieces of a batch begin at its multiples.
    public static let tileCount = Int(CK_TILE)
    /// Columns that are quantized together.
    public static let blockCount = 32

    /// Quantizes rows of tokens, or those of their blocks that are named. Different tokens and blocks may be set by different threads at once.
    ///
    /// - Parameters:
    ///   - blocks: blocks of ``blockCount`` columns; nil for all.
    ///   - values: the first value of the first of these blocks of the first of these tokens; the next token is `stride` further.
    public func set(_ range: Range<Int>, blocks: Range<Int>? = nil, from values: UnsafePointer<Float>, stride: Int) {
        let blocks = blocks ?? 0..<columns / Self.blockCount
        precondition(range.lowerBound >= 0 && range.upperBound <= tokens && blocks.lowerBound >= 0 && blocks.upperBound <= columns / Self.blockCount, "no such token")
        let (first, count) = (Int32(blocks.lowerBound), Int32(blocks.count))
        unsafe withUnsafePointer(to: layout) { layout in
            for token in range {
                let row = unsafe values + (token - range.lowerBound) * stride
                switch operand {
                case .words: unsafe ck_quantize_token_wide(row, Int32(token), first, count, layout)
                case .shiftedBytes: unsafe ck_quantize_token_shifted(row, Int32(token), first, count, layout)
                case .bytes, .floats: unsafe ck_quantize_token(row, Int32(token), first, count, layout)
                }
            }
        }
    }

    /// Quantizes one token's row.
    public func set(_ token: Int, from values: UnsafePointer<Float>) { unsafe set(token..<token + 1, from: values, stride: columns) }
}

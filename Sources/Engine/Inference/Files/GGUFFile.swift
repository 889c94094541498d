import Core

/// A model file in GGUF, versions 2 and 3, little-endian: metadata, a table of tensors, and their bytes, mapped and read where they stand.
///
/// The layout is ggml's `docs/gguf.md`. Stricter than it where a file could otherwise mean two things: keys and names are unique, tensors do not overlap, and each stands
/// whole in the file.
///
/// ```swift
/// let file = try GGUFFile(path: "model.gguf")
/// let context = file.metadata["llama.context_length"]?.int
/// let norm = try file.floats(of: "output_norm.weight")
/// ```
public final class GGUFFile: Sendable {
    /// More pairs or tensors than any model has; what one of them costs in memory is many times its smallest size in the file.
    private static let pairCountMax = 65_536
    private static let tensorCountMax = 262_144

    /// What the file says of the model, by key.
    public let metadata: [String: MetadataValue]
    /// The tensors by name.
    public let tensors: [String: TensorInfo]
    /// The names of the tensors in the order of the file's table.
    public let tensorOrder: [String]
    /// The mapped file; it lives as long as any pointer into it is used.
    public let file: MappedFile
    /// The keys in the order of the file.
    let metadataOrder: [String]
    /// Where type and value of each key stand: a copy keeps the width of integers, which ``MetadataValue`` does not.
    let metadataRanges: [String: Range<Int>]

    /// Reads header, metadata and the table of tensors; no tensor is read.
    ///
    /// - Throws: `core.file` when the file cannot be mapped; `inference.model-damaged` naming the field and its byte offset; `inference.model-unsupported` for a version
    ///   other than 2 and 3, for big-endian files and for a tensor type that is not in ``TensorType``.
    public init(path: String) throws {
        file = try MappedFile(path: path)
        var reader = GGUFReader(file: file)
        let magic = try reader.integer("magic", as: UInt32.self)
        guard magic == 0x4655_4747 else { throw reader.damaged("magic", at: 0, "is not GGUF") }
        let version = try reader.integer("version", as: UInt32.self)
        guard version == 2 || version == 3 else {
            let isSwapped = version.byteSwapped <= 3 && version != 0
            throw Fault(
                .modelUnsupported, "\(path): version at byte 4 is \(isSwapped ? "\(version.byteSwapped), big-endian" : "\(version)"); 2 and 3 are read, little-endian",
                remedy: "convert the model again with a current tool")
        }
        let tensorCount = try Self.count(&reader, "tensor count", byteCountMin: 33, most: Self.tensorCountMax)
        let pairCount = try Self.count(&reader, "metadata count", byteCountMin: 14, most: Self.pairCountMax)
        var pairs = Pairs()
        try pairs.read(&reader, count: pairCount)
        (metadata, metadataOrder, metadataRanges) = (pairs.values, pairs.order, pairs.ranges)
        var table = GGUFTable()
        try table.read(&reader, count: tensorCount, alignment: try Self.alignment(pairs, reader))
        (tensors, tensorOrder) = (table.tensors, table.order)
    }

    /// The same tensors and no metadata: what a loaded model keeps. A vocabulary's lists take tens of megabytes, which nobody reads again.
    func withoutMetadata() -> GGUFFile { GGUFFile(tensorsOf: self) }

    private init(tensorsOf other: GGUFFile) {
        (metadata, metadataOrder, metadataRanges) = ([:], [], [:])
        (tensors, tensorOrder, file) = (other.tensors, other.tensorOrder, other.file)
    }

    private static func count(_ reader: inout GGUFReader, _ field: String, byteCountMin: Int, most: Int) throws -> Int {
        let offset = reader.position
        let count = try reader.count(field, byteCountMin: byteCountMin)
        guard count <= most else { throw reader.damaged(field, at: offset, "says \(count); \(most) is the limit") }
        return count
    }

    private static func alignment(_ pairs: Pairs, _ reader: GGUFReader) throws -> Int {
        guard let value = pairs.values["general.alignment"] else { return 32 }
        guard let alignment = value.int, alignment > 0, alignment <= 1 << 20, alignment & (alignment - 1) == 0 else {
            throw reader.damaged("general.alignment", at: pairs.ranges["general.alignment"]?.lowerBound ?? 0, "is no power of two up to 1048576")
        }
        return alignment
    }

    private struct Pairs {
        var values: [String: MetadataValue] = [:]
        var order: [String] = []
        var ranges: [String: Range<Int>] = [:]

        mutating func read(_ reader: inout GGUFReader, count: Int) throws {
            values.reserveCapacity(count)
            for index in 0..<count {
                let offset = reader.position
                let key = try reader.name("key \(index)")
                let start = reader.position
                let field = "metadata \(GGUFReader.quoted(key))"
                let value = try reader.value(of: try reader.type(field), field)
                guard values.updateValue(value, forKey: key) == nil else { throw reader.damaged("key \(index)", at: offset, "repeats \(GGUFReader.quoted(key))") }
                order.append(key)
                ranges[key] = start..<reader.position
            }
        }
    }
}

// MARK: - Values

extension GGUFFile {
    /// All values of a tensor, the first dimension fastest.
    ///
    /// - Throws: `inference.model-damaged` when the file has no tensor of this name.
    public func floats(of name: String) throws -> [Float] {
        guard let tensor = tensors[name] else {
            throw Fault(.modelDamaged, "\(file.path): there is no tensor \(GGUFReader.quoted(name))", remedy: "get a file that was converted for this architecture")
        }
        return try floats(of: tensor, rows: 0..<tensor.rowCount)
    }

    /// The values of some rows of a tensor; a row is a run of `shape[0]` values, the other dimensions are counted through.
    ///
    /// - Throws: `inference.model-damaged` when the tensor has fewer rows or, coming from another file, does not stand in this one.
    public func floats(of tensor: TensorInfo, rows: Range<Int>) throws -> [Float] {
        guard rows.lowerBound >= 0, rows.upperBound <= tensor.rowCount else {
            throw Fault(
                .modelDamaged, "\(file.path): rows \(rows) of tensor \(GGUFReader.quoted(tensor.name)) are wanted, which has \(tensor.rowCount)",
                remedy: "get a file that was converted for this architecture")
        }
        let rowByteCount = tensor.byteCount / tensor.rowCount
        let count = rows.count * rowByteCount
        guard let start = unsafe file.pointer(at: tensor.offset + rows.lowerBound * rowByteCount, count: count) else {
            throw Fault(.modelDamaged, "\(file.path): tensor \(GGUFReader.quoted(tensor.name)) at byte \(tensor.offset) ends outside the file", remedy: "get the model file again")
        }
        return unsafe BlockFormat.dequantize(UnsafeRawBufferPointer(start: start, count: count), type: tensor.type, count: rows.count * (tensor.shape.first ?? 0))
    }
}

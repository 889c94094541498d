import Core

/// Writes model files: GGUF version 3, little-endian, alignment 32. Keys and tensors stand in the order in which they were given.
///
/// ```swift
/// var writer = GGUFWriter()
/// writer.set("general.architecture", "llama")
/// writer.add(name: "output_norm.weight", shape: [2048], type: .f32, bytes: try BlockFormat.quantize(weights, to: .f32))
/// try writer.write(to: "model.gguf")
/// ```
public struct GGUFWriter {
    /// Takes the next bytes of a tensor; throws when they cannot be written or are too many.
    public typealias Sink = ([UInt8]) throws -> Void

    static let alignment = 32

    private struct Tensor {
        var name: String
        var shape: [Int]
        var type: TensorType
        var chunks: (Sink) throws -> Void
    }

    private var keys: [String] = []
    /// Type and value of each key, as they stand in the file.
    private var pairs: [String: Result<[UInt8], Fault>] = [:]
    private var tensors: [Tensor] = []

    /// A file without keys and tensors.
    public init() {}

    /// Sets a key; a key that is set already keeps its place.
    ///
    /// Integers take 32 bits where they fit, else 64; floats take 32 bits, as readers expect, unless they would become infinite. A value that GGUF cannot hold
    /// (an array of different kinds, more than four levels) makes ``write(to:)`` throw.
    public mutating func set(_ key: String, _ value: MetadataValue) {
        setEncoded(key, Result { () throws(Fault) in try MetadataEncoder.encode(value, key: key) })
    }

    /// Sets a key to a type and value copied from another file.
    mutating func set(_ key: String, encoded bytes: [UInt8]) { setEncoded(key, .success(bytes)) }

    private mutating func setEncoded(_ key: String, _ bytes: Result<[UInt8], Fault>) {
        if pairs.updateValue(bytes, forKey: key) == nil { keys.append(key) }
    }

    /// Adds a tensor that is in memory.
    ///
    /// - Parameters:
    ///   - shape: 1 to 4 positive dimensions, the one of neighbors first, a multiple of the type's block.
    ///   - bytes: exactly what `type` needs for the shape; ``write(to:)`` throws otherwise.
    public mutating func add(name: String, shape: [Int], type: TensorType, bytes: [UInt8]) {
        add(name: name, shape: shape, type: type) { sink in try sink(bytes) }
    }

    /// Adds a tensor that is made while it is written: `chunks` is called once by each ``write(to:)`` and gives its bytes piece by piece, so that a file may be larger than memory.
    public mutating func add(name: String, shape: [Int], type: TensorType, chunks: @escaping (_ sink: Sink) throws -> Void) {
        tensors.append(Tensor(name: name, shape: shape, type: type, chunks: chunks))
    }

    /// Writes the file beside `path` and moves it there when it is whole; a file that is there is replaced.
    ///
    /// - Throws: `inference.model-damaged` for a key, shape or number of bytes that GGUF cannot hold; `core.file` and `core.disk-full`; whatever a closure throws.
    public func write(to path: String) throws {
        let byteCounts = try tensors.map(Self.byteCount)
        let names = Set(tensors.map(\.name))
        guard names.count == tensors.count else { throw Self.unfit("two tensors have the same name") }
        let file = try AsideFile(path: path)
        try file.write(try header(byteCounts))
        try file.pad(to: Self.alignment)
        for (tensor, byteCount) in zip(tensors, byteCounts) {
            let start = file.byteCount
            try tensor.chunks { bytes in
                guard bytes.count <= byteCount - (file.byteCount - start) else { throw Self.unfit("tensor \(tensor.name) gives more than its \(byteCount) bytes") }
                try file.write(bytes)
            }
            guard file.byteCount - start == byteCount else {
                throw Self.unfit("tensor \(tensor.name) gives \(file.byteCount - start) bytes; its shape \(tensor.shape) in \(tensor.type.name) takes \(byteCount)")
            }
            try file.pad(to: Self.alignment)
        }
        try file.commit()
    }

    private func header(_ byteCounts: [Int]) throws -> [UInt8] {
        var out: [UInt8] = Array("GGUF".utf8)
        out.append(little: UInt32(3))
        out.append(little: UInt64(tensors.count))
        out.append(little: UInt64(keys.count))
        for key in keys {
            guard (1...GGUFReader.nameByteCountMax).contains(key.utf8.count) else { throw Self.unfit("a key has \(key.utf8.count) bytes") }
            guard key != "general.alignment" else { throw Self.unfit("general.alignment is set; files are written with \(Self.alignment), the default") }
            out.append(text: Array(key.utf8))
            out += try pairs[key]?.get() ?? []
        }
        var offset = 0
        for (tensor, byteCount) in zip(tensors, byteCounts) {
            out.append(text: Array(tensor.name.utf8))
            out.append(little: UInt32(tensor.shape.count))
            for extent in tensor.shape { out.append(little: UInt64(extent)) }
            out.append(little: tensor.type.rawValue)
            out.append(little: UInt64(offset))
            offset += (byteCount + Self.alignment - 1) / Self.alignment * Self.alignment
        }
        return out
    }

    private static func byteCount(_ tensor: Tensor) throws -> Int {
        guard (1...GGUFReader.nameByteCountMax).contains(tensor.name.utf8.count) else { throw unfit("the name of a tensor has \(tensor.name.utf8.count) bytes") }
        var count = 1
        for extent in tensor.shape {
            let (product, isOverflow) = count.multipliedReportingOverflow(by: extent)
            guard extent > 0, !isOverflow else { throw unfit("tensor \(tensor.name) has the shape \(tensor.shape)") }
            count = product
        }
        // Four terabytes: no tensor is that large, and sums of offsets cannot overflow.
        guard (1...4).contains(tensor.shape.count), tensor.shape[0] % tensor.type.blockCount == 0, let bytes = tensor.type.byteCount(of: count), bytes <= 1 << 42 else {
            throw unfit("tensor \(tensor.name) has the shape \(tensor.shape), which \(tensor.type.name) does not fit")
        }
        return bytes
    }

    static func unfit(_ what: String) -> Fault { Fault(.modelDamaged, "a model file cannot be written: \(what)", remedy: "correct the metadata or tensor that is named") }
}

extension [UInt8] {
    /// Appends an integer, lowest byte first.
    mutating func append(little value: some FixedWidthInteger) {
        var rest = value
        for _ in 0..<value.bitWidth / 8 {
            append(UInt8(truncatingIfNeeded: rest))
            rest = rest >> 8
        }
    }

    /// Appends a string as GGUF holds it: its byte count in 64 bits, then its bytes.
    mutating func append(text: [UInt8]) {
        append(little: UInt64(text.count))
        append(contentsOf: text)
    }
}

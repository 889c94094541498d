import Core

/// A file in the safetensors format: the length of a JSON header, the header, then the bytes of all tensors without gaps.
///
/// Shapes are in the order of the frameworks that write them: the last dimension is the one whose elements are neighbors, the reverse of ``TensorInfo``.
public final class SafetensorsFile: Sendable {
    /// How elements are stored; the names are those of the header.
    public enum ElementType: String, Sendable, CaseIterable {
        case f64 = "F64"
        case f32 = "F32"
        case f16 = "F16"
        case bf16 = "BF16"
        case i64 = "I64"
        case i32 = "I32"
        case i8 = "I8"
        case u8 = "U8"
        case bool = "BOOL"

        /// The bytes of an element.
        public var byteCount: Int {
            switch self {
            case .f64, .i64: 8
            case .f32, .i32: 4
            case .f16, .bf16: 2
            case .i8, .u8, .bool: 1
            }
        }
    }

    /// Where a tensor stands in its file, and what it is.
    public struct Tensor: Sendable, Hashable {
        /// The name in the file; unique.
        public let name: String
        /// How its values are stored.
        public let type: ElementType
        /// Any number of dimensions, the last of which is that of neighbors; a dimension may be 0, and a scalar has none.
        public let shape: [Int]
        /// Where its bytes begin, from the start of the file.
        public let offset: Int
        /// The bytes it takes; all of them are in the file.
        public let byteCount: Int

        /// The product of the shape.
        public var elementCount: Int { byteCount / type.byteCount }
    }

    /// The format's own bound for the header.
    private static let headerByteCountMax = 100_000_000
    /// More dimensions than any framework has.
    private static let rankMax = 32

    /// The tensors by name.
    public let tensors: [String: Tensor]
    /// What the header says under `__metadata__`.
    public let metadata: [String: String]
    /// The mapped file; it lives as long as any pointer into it is used.
    public let file: MappedFile

    /// Reads the header; no tensor is read.
    ///
    /// - Throws: `core.file` when the file cannot be mapped; `inference.model-damaged` naming the field and where it stands; `inference.model-unsupported` for an element type
    ///   that is not in ``ElementType``.
    public init(path: String) throws {
        file = try MappedFile(path: path)
        guard let length = file.integer(at: 0, as: UInt64.self) else { throw Self.damaged(path, "the header's length at byte 0 is cut off by the end of the file") }
        guard length <= UInt64(min(Self.headerByteCountMax, file.byteCount - 8)), let bytes = file.bytes(at: 8, count: Int(length)) else {
            throw Self.damaged(path, "the header's length at byte 0 is \(length); \(min(Self.headerByteCountMax, file.byteCount - 8)) is possible")
        }
        let header = try Self.header(bytes, path: path)
        var metadata: [String: String] = [:]
        var tensors: [String: Tensor] = [:]
        for (name, value) in header {
            if name == "__metadata__" {
                metadata = value.object?.compactMapValues(\.string) ?? [:]
            } else {
                tensors[name] = try Self.tensor(name, value, base: 8 + Int(length), file: file)
            }
        }
        try Self.checkOrder(tensors.values, base: 8 + Int(length), file: file)
        (self.metadata, self.tensors) = (metadata, tensors)
    }

    static func damaged(_ path: String, _ what: String, cause: (any Error)? = nil) -> Fault {
        Fault(.modelDamaged, "\(path): \(what)", remedy: "get the model file again", cause: cause)
    }

    private static func header(_ bytes: [UInt8], path: String) throws -> [String: JSONValue] {
        guard let text = String(validating: bytes, as: UTF8.self) else { throw damaged(path, "the header from byte 8 is not UTF-8") }
        do {
            guard let header = try JSONValue(parsing: text, depthMax: 8).object else { throw damaged(path, "the header from byte 8 is no JSON object") }
            return header
        } catch let fault as Fault where fault.code == .json {
            throw damaged(path, "the header from byte 8 is not JSON: \(fault.message)", cause: fault)
        }
    }

    private static func tensor(_ name: String, _ value: JSONValue, base: Int, file: MappedFile) throws -> Tensor {
        let field = "tensor \(GGUFReader.quoted(name)) in the header from byte 8"
        guard let typeName = value["dtype"]?.string else { throw damaged(file.path, "\(field) has no dtype") }
        guard let type = ElementType(rawValue: typeName) else {
            throw Fault(
                .modelUnsupported, "\(file.path): \(field) has the dtype \(GGUFReader.quoted(typeName)), which is not read",
                remedy: "get the model in one of \(ElementType.allCases.map(\.rawValue).joined(separator: ", "))")
        }
        guard let extents = value["shape"]?.array, extents.count <= rankMax else { throw damaged(file.path, "\(field) has no shape of at most \(rankMax) dimensions") }
        var byteCount = type.byteCount
        let shape = try extents.map { extent in
            guard let count = extent.int, count >= 0, case let (product, isOverflow) = byteCount.multipliedReportingOverflow(by: count), !isOverflow else {
                throw damaged(file.path, "the shape of \(field) is negative, too large or no list of whole numbers")
            }
            byteCount = product
            return count
        }
        guard let offsets = value["data_offsets"]?.array, offsets.count == 2, let start = offsets[0].int, let end = offsets[1].int, start >= 0, end >= start,
            end <= file.byteCount - base
        else { throw damaged(file.path, "the data_offsets of \(field) are missing or outside the file") }
        guard end - start == byteCount else { throw damaged(file.path, "the data_offsets of \(field) span \(end - start) bytes; its shape takes \(byteCount)") }
        return Tensor(name: name, type: type, shape: shape, offset: base + start, byteCount: byteCount)
    }

    /// The format allows neither gaps nor overlaps. This also finds most repeated names, of which JSON keeps the last.
    private static func checkOrder(_ tensors: some Collection<Tensor>, base: Int, file: MappedFile) throws {
        var end = base
        for tensor in tensors.sorted(by: { ($0.offset, $0.byteCount) < ($1.offset, $1.byteCount) }) {
            guard tensor.offset == end else {
                throw damaged(file.path, "tensor \(GGUFReader.quoted(tensor.name)) begins at byte \(tensor.offset); the one before it ends at byte \(end)")
            }
            end += tensor.byteCount
        }
        guard end == file.byteCount else { throw damaged(file.path, "the last tensor ends at byte \(end) of \(file.byteCount)") }
    }
}

// MARK: - Values

extension SafetensorsFile {
    /// All values of a tensor, rounded to `Float` where the type is wider; BOOL gives 0 and 1.
    ///
    /// - Throws: `inference.model-damaged` when the file has no tensor of this name.
    public func floats(of name: String) throws -> [Float] {
        guard let tensor = tensors[name] else { throw Self.damaged(file.path, "there is no tensor \(GGUFReader.quoted(name))") }
        guard tensor.byteCount > 0 else { return [] }
        guard let start = unsafe file.pointer(at: tensor.offset, count: tensor.byteCount) else {
            throw Self.damaged(file.path, "tensor \(GGUFReader.quoted(name)) at byte \(tensor.offset) ends outside the file")
        }
        let bytes = unsafe UnsafeRawBufferPointer(start: start, count: tensor.byteCount)
        switch tensor.type {
        case .f32: return unsafe BlockFormat.dequantize(bytes, type: .f32, count: tensor.elementCount)
        case .f16: return unsafe BlockFormat.dequantize(bytes, type: .f16, count: tensor.elementCount)
        case .bf16: return unsafe BlockFormat.dequantize(bytes, type: .bf16, count: tensor.elementCount)
        case .f64: return unsafe GGUFReader.words(bytes, UInt64.self).map { Float(Double(bitPattern: $0)) }
        case .i64: return unsafe GGUFReader.words(bytes, Int64.self).map { Float($0) }
        case .i32: return unsafe GGUFReader.words(bytes, Int32.self).map { Float($0) }
        case .i8: return unsafe bytes.map { Float(Int8(bitPattern: $0)) }
        case .u8: return unsafe bytes.map { Float($0) }
        case .bool: return unsafe bytes.map { $0 == 0 ? 0 : 1 }
        }
    }
}

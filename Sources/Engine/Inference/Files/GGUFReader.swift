import Core

/// Reads the fields of a GGUF header one after another. Every read is checked against the end of the file, every count against the bytes that are left,
/// before anything is allocated.
struct GGUFReader {
    /// Arrays inside one another; llama.cpp writes one level.
    static let depthMax = 4
    /// The specification's bound for keys; names of tensors are kept to it as well.
    static let nameByteCountMax = 65_535

    let file: MappedFile
    private(set) var position = 0

    init(file: MappedFile) { self.file = file }

    private var left: Int { file.byteCount - position }

    func damaged(_ field: String, at offset: Int, _ what: String) -> Fault {
        Fault(.modelDamaged, "\(file.path): \(field) at byte \(offset) \(what)", remedy: "get the model file again")
    }

    /// A foreign name for a message: shortened, control characters escaped.
    static func quoted(_ name: String) -> String { String(name.unicodeScalars.prefix(80)).debugDescription }

    mutating func integer<Value: FixedWidthInteger>(_ field: @autoclosure () -> String, as type: Value.Type = Value.self) throws -> Value {
        guard let value = file.integer(at: position, as: type) else { throw damaged(field(), at: position, "is cut off by the end of the file") }
        position += MemoryLayout<Value>.size
        return value
    }

    /// A count of things that take at least `byteCountMin` bytes each.
    mutating func count(_ field: @autoclosure () -> String, byteCountMin: Int) throws -> Int {
        let offset = position
        let value = try integer(field(), as: UInt64.self)
        guard value <= UInt64(left / byteCountMin) else { throw damaged(field(), at: offset, "says \(value), more than the \(left) bytes after it can hold") }
        return Int(value)
    }

    mutating func bytes(_ field: @autoclosure () -> String) throws -> [UInt8] {
        let count = try count(field(), byteCountMin: 1)
        guard let bytes = file.bytes(at: position, count: count) else { throw damaged(field(), at: position, "is cut off by the end of the file") }
        position += count
        return bytes
    }

    /// A key or the name of a tensor.
    mutating func name(_ field: @autoclosure () -> String) throws -> String {
        let offset = position
        let bytes = try bytes(field())
        guard !bytes.isEmpty, bytes.count <= Self.nameByteCountMax, let name = String(validating: bytes, as: UTF8.self) else {
            throw damaged(field(), at: offset, "is empty, longer than \(Self.nameByteCountMax) bytes or not UTF-8")
        }
        return name
    }

    mutating func type(_ field: @autoclosure () -> String) throws -> MetadataType {
        let offset = position
        let number = try integer(field(), as: UInt32.self)
        guard let type = MetadataType(rawValue: number) else { throw damaged(field(), at: offset, "has the unknown value type \(number)") }
        return type
    }

    mutating func value(of type: MetadataType, _ field: String, depth: Int = 0) throws -> MetadataValue {
        switch type {
        case .uint8: return .uint(UInt64(try integer(field, as: UInt8.self)))
        case .uint16: return .uint(UInt64(try integer(field, as: UInt16.self)))
        case .uint32: return .uint(UInt64(try integer(field, as: UInt32.self)))
        case .uint64: return .uint(try integer(field))
        case .int8: return .int(Int64(try integer(field, as: Int8.self)))
        case .int16: return .int(Int64(try integer(field, as: Int16.self)))
        case .int32: return .int(Int64(try integer(field, as: Int32.self)))
        case .int64: return .int(try integer(field))
        case .float32: return .float(Double(Float(bitPattern: try integer(field))))
        case .float64: return .float(Double(bitPattern: try integer(field)))
        case .bool: return .bool(try truth(field))
        case .string: return .string(try bytes(field))
        case .array: return try array(field, depth: depth + 1)
        }
    }

    private mutating func truth(_ field: String) throws -> Bool {
        let offset = position
        let byte = try integer(field, as: UInt8.self)
        guard byte <= 1 else { throw damaged(field, at: offset, "is \(byte), neither true nor false") }
        return byte == 1
    }

    private mutating func array(_ field: String, depth: Int) throws -> MetadataValue {
        guard depth <= Self.depthMax else { throw damaged(field, at: position, "holds arrays in more than \(Self.depthMax) levels") }
        let type = try type(field)
        let offset = position
        let count = try count(field, byteCountMin: type.byteCountMin)
        // Cannot fail for the fixed-size types: their bytes were counted above.
        guard let start = unsafe file.pointer(at: position, count: count * type.byteCountMin) else { throw damaged(field, at: offset, "is cut off by the end of the file") }
        switch type {
        case .string: return .strings(try strings(field, count: count))
        case .array:
            var values: [MetadataValue] = []
            values.reserveCapacity(count)
            for _ in 0..<count { values.append(try array(field, depth: depth + 1)) }
            return .array(values)
        case .bool:
            guard let bytes = file.bytes(at: position, count: count), bytes.allSatisfy({ $0 <= 1 }) else {
                throw damaged(field, at: offset, "holds bytes that are neither true nor false")
            }
            position += count
            return .bools(bytes.map { $0 == 1 })
        default:
            position += count * type.byteCountMin
            return unsafe Self.numbers(UnsafeRawBufferPointer(start: start, count: count * type.byteCountMin), type: type)
        }
    }

    /// The strings of an array. A vocabulary has hundreds of thousands, so this reads through a pointer.
    private mutating func strings(_ field: String, count: Int) throws -> [[UInt8]] {
        guard let start = unsafe file.pointer(at: 0, count: file.byteCount) else { return [] }
        let end = file.byteCount
        var strings: [[UInt8]] = []
        strings.reserveCapacity(count)
        for _ in 0..<count {
            guard end - position >= 8 else { throw damaged(field, at: position, "is cut off by the end of the file") }
            let byteCount = unsafe UInt64(littleEndian: start.loadUnaligned(fromByteOffset: position, as: UInt64.self))
            guard byteCount <= UInt64(end - position - 8) else {
                throw damaged(field, at: position, "has a string of \(byteCount) bytes, more than the \(end - position - 8) bytes after it")
            }
            unsafe strings.append([UInt8](UnsafeRawBufferPointer(start: start + position + 8, count: Int(byteCount))))
            position += 8 + Int(byteCount)
        }
        return strings
    }

    private static func numbers(_ bytes: UnsafeRawBufferPointer, type: MetadataType) -> MetadataValue {
        switch type {
        case .uint8: return unsafe .ints(bytes.map { Int64($0) })
        case .int8: return unsafe .ints(bytes.map { Int64(Int8(bitPattern: $0)) })
        case .uint16: return unsafe .ints(words(bytes, UInt16.self).map { Int64($0) })
        case .int16: return unsafe .ints(words(bytes, Int16.self).map { Int64($0) })
        case .uint32: return unsafe .ints(words(bytes, UInt32.self).map { Int64($0) })
        case .int32: return unsafe .ints(words(bytes, Int32.self).map { Int64($0) })
        case .int64: return unsafe .ints(words(bytes, Int64.self))
        case .uint64:
            let values = unsafe words(bytes, UInt64.self)
            return values.allSatisfy { $0 <= UInt64(Int64.max) } ? .ints(values.map { Int64($0) }) : .array(values.map { .uint($0) })
        case .float32: return unsafe .floats(words(bytes, UInt32.self).map { Float(bitPattern: $0) })
        case .float64: return unsafe .doubles(words(bytes, UInt64.self).map { Double(bitPattern: $0) })
        case .bool, .string, .array: return .array([])
        }
    }

    static func words<Value: FixedWidthInteger>(_ bytes: UnsafeRawBufferPointer, _ type: Value.Type) -> [Value] {
        let size = MemoryLayout<Value>.size
        return (0..<bytes.count / size).map { unsafe Value(littleEndian: bytes.loadUnaligned(fromByteOffset: $0 &* size, as: type)) }
    }
}

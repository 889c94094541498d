import Core

/// Metadata values as they stand in a GGUF file: the number of the type, then the value.
enum MetadataEncoder {
    static func encode(_ value: MetadataValue, key: String) throws(Fault) -> [UInt8] {
        var out: [UInt8] = []
        let type = try type(of: value, key: key)
        out.append(little: type.rawValue)
        try append(value, as: type, to: &out, key: key, depth: 0)
        return out
    }

    private static func type(of value: MetadataValue, key: String) throws(Fault) -> MetadataType {
        switch value {
        case .uint(let number): return number <= UInt64(UInt32.max) ? .uint32 : .uint64
        case .int(let number): return Int32(exactly: number) == nil ? .int64 : .int32
        case .float(let number): return number.isFinite && !Float(number).isFinite ? .float64 : .float32
        case .bool: return .bool
        case .string: return .string
        case .strings, .ints, .floats, .doubles, .bools, .array: return .array
        }
    }

    private static func append(_ value: MetadataValue, as type: MetadataType, to out: inout [UInt8], key: String, depth: Int) throws(Fault) {
        switch value {
        case .uint(let number): type == .uint64 ? out.append(little: number) : out.append(little: UInt32(truncatingIfNeeded: number))
        case .int(let number): type == .int64 ? out.append(little: number) : out.append(little: Int32(truncatingIfNeeded: number))
        case .float(let number): type == .float64 ? out.append(little: number.bitPattern) : out.append(little: Float(number).bitPattern)
        case .bool(let isTrue): out.append(isTrue ? 1 : 0)
        case .string(let bytes): out.append(text: bytes)
        case .strings(let values):
            head(.string, values.count, &out)
            for bytes in values { out.append(text: bytes) }
        case .ints(let values):
            let isNarrow = values.allSatisfy { Int32(exactly: $0) != nil }
            head(isNarrow ? .int32 : .int64, values.count, &out)
            for number in values { isNarrow ? out.append(little: Int32(truncatingIfNeeded: number)) : out.append(little: number) }
        case .floats(let values):
            head(.float32, values.count, &out)
            for number in values { out.append(little: number.bitPattern) }
        case .doubles(let values):
            head(.float64, values.count, &out)
            for number in values { out.append(little: number.bitPattern) }
        case .bools(let values):
            head(.bool, values.count, &out)
            out += values.map { $0 ? 1 : 0 }
        case .array(let values): try append(values, to: &out, key: key, depth: depth + 1)
        }
    }

    private static func append(_ values: [MetadataValue], to out: inout [UInt8], key: String, depth: Int) throws(Fault) {
        // The elements of compact cases are a level of their own only when they are arrays, so the limit leaves one level for them.
        guard depth < GGUFReader.depthMax else { throw GGUFWriter.unfit("\(key) has arrays in more than \(GGUFReader.depthMax) levels") }
        var element: MetadataType?
        for value in values {
            let type = try type(of: value, key: key)
            switch (element, type) {
            case (nil, _): element = type
            case (.uint32, .uint64), (.int32, .int64), (.float32, .float64): element = type
            case (.uint64, .uint32), (.int64, .int32), (.float64, .float32): break
            default: guard element == type else { throw GGUFWriter.unfit("\(key) is an array of values of different kinds") }
            }
        }
        let type = element ?? .uint32
        head(type, values.count, &out)
        for value in values { try append(value, as: type, to: &out, key: key, depth: depth) }
    }

    private static func head(_ type: MetadataType, _ count: Int, _ out: inout [UInt8]) {
        out.append(little: type.rawValue)
        out.append(little: UInt64(count))
    }
}

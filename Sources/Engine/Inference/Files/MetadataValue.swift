/// A value of a model file's metadata. Long arrays, of which vocabularies have several, have compact cases; two values are equal when case and content are.
public enum MetadataValue: Sendable, Hashable {
    /// An unsigned integer of 8 to 64 bits.
    case uint(UInt64)
    /// A signed integer of 8 to 64 bits.
    case int(Int64)
    /// A float of 32 or 64 bits.
    case float(Double)
    /// A truth value.
    case bool(Bool)
    /// Bytes, by the specification UTF-8; kept as they are.
    case string([UInt8])
    /// Strings as bytes: tokens need not be UTF-8.
    case strings([[UInt8]])
    /// Integers of any width and sign that fit.
    case ints([Int64])
    /// Floats of 32 bits.
    case floats([Float])
    /// Floats of 64 bits.
    case doubles([Double])
    /// Truth values.
    case bools([Bool])
    /// Arrays of arrays, and unsigned integers of which one does not fit an `Int64`. All elements are of one kind.
    case array([MetadataValue])
}

extension MetadataValue {
    /// Text; bytes that are not UTF-8 are replaced by U+FFFD. Nil for any other kind.
    public var string: String? { if case .string(let bytes) = self { String(decoding: bytes, as: UTF8.self) } else { nil } }
    /// A whole number; nil for any other kind and for one that does not fit.
    public var int: Int? {
        switch self {
        case .uint(let value): Int(exactly: value)
        case .int(let value): Int(exactly: value)
        default: nil
        }
    }
    /// A number, whole or not; nil for any other kind.
    public var double: Double? {
        switch self {
        case .float(let value): value
        case .uint(let value): Double(value)
        case .int(let value): Double(value)
        default: nil
        }
    }
    /// A truth value; nil for any other kind.
    public var bool: Bool? { if case .bool(let value) = self { value } else { nil } }
    /// The strings of an array of strings, as bytes; nil for any other kind, `[]` for any empty array.
    public var strings: [[UInt8]]? { if case .strings(let values) = self { values } else { isEmptyArray ? [] : nil } }
    /// The numbers of an array of integers; nil for any other kind, `[]` for any empty array.
    public var ints: [Int64]? { if case .ints(let values) = self { values } else { isEmptyArray ? [] : nil } }
    /// The numbers of an array of floats or integers, rounded to `Float`; nil for any other kind, `[]` for any empty array.
    public var floats: [Float]? {
        switch self {
        case .floats(let values): values
        case .doubles(let values): values.map { Float($0) }
        case .ints(let values): values.map { Float($0) }
        default: isEmptyArray ? [] : nil
        }
    }
    /// The truth values of an array of them; nil for any other kind, `[]` for any empty array.
    public var bools: [Bool]? { if case .bools(let values) = self { values } else { isEmptyArray ? [] : nil } }

    /// The number of elements; nil for what is no array.
    public var count: Int? {
        switch self {
        case .strings(let values): values.count
        case .ints(let values): values.count
        case .floats(let values): values.count
        case .doubles(let values): values.count
        case .bools(let values): values.count
        case .array(let values): values.count
        case .uint, .int, .float, .bool, .string: nil
        }
    }

    private var isEmptyArray: Bool { count == 0 }

    /// The UTF-8 bytes of `text`.
    public static func text(_ text: String) -> MetadataValue { .string(Array(text.utf8)) }
}

extension MetadataValue: ExpressibleByStringLiteral, ExpressibleByIntegerLiteral, ExpressibleByFloatLiteral, ExpressibleByBooleanLiteral {
    /// The UTF-8 bytes of the literal.
    public init(stringLiteral value: String) { self = .text(value) }
    /// Unsigned unless negative, like most numbers of model files.
    public init(integerLiteral value: Int64) { self = value < 0 ? .int(value) : .uint(UInt64(value)) }
    /// A float.
    public init(floatLiteral value: Double) { self = .float(value) }
    /// A truth value.
    public init(booleanLiteral value: Bool) { self = .bool(value) }
}

/// The numbers that GGUF gives to the types of metadata values.
enum MetadataType: UInt32 {
    case uint8 = 0
    case int8 = 1
    case uint16 = 2
    case int16 = 3
    case uint32 = 4
    case int32 = 5
    case float32 = 6
    case bool = 7
    case string = 8
    case array = 9
    case uint64 = 10
    case int64 = 11
    case float64 = 12

    /// The bytes that a value of this type takes at least.
    var byteCountMin: Int {
        switch self {
        case .uint8, .int8, .bool: 1
        case .uint16, .int16: 2
        case .uint32, .int32, .float32: 4
        case .string, .uint64, .int64, .float64: 8
        case .array: 12
        }
    }
}

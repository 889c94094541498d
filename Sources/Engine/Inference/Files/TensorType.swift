/// How the values of a tensor are stored, under the numbers that ggml gives them in files (`enum ggml_type` in ggml.h).
///
/// All of them can be read; see ``BlockFormat/writable`` for those that can be written.
public enum TensorType: UInt32, Sendable, CaseIterable {
    /// IEEE 754 binary32.
    case f32 = 0
    /// IEEE 754 binary16.
    case f16 = 1
    /// 32 values of 4 bits and a scale.
    case q4_0 = 2
    /// 32 values of 4 bits, a scale and a minimum.
    case q4_1 = 3
    /// 32 values of 5 bits and a scale.
    case q5_0 = 6
    /// 32 values of 5 bits, a scale and a minimum.
    case q5_1 = 7
    /// 32 values of 8 bits and a scale.
    case q8_0 = 8
    /// 256 values of 2 bits; a scale and a minimum of 4 bits for 16.
    case q2_K = 10
    /// 256 values of 3 bits; a scale of 6 bits for 16.
    case q3_K = 11
    /// 256 values of 4 bits; a scale and a minimum of 6 bits for 32.
    case q4_K = 12
    /// 256 values of 5 bits; a scale and a minimum of 6 bits for 32.
    case q5_K = 13
    /// 256 values of 6 bits; a scale of 8 bits for 16.
    case q6_K = 14
    /// 32 values of 4 bits that index a table, and a scale.
    case iq4_nl = 20
    /// bfloat16: the upper half of a binary32.
    case bf16 = 30
    /// 32 floats of 4 bits and a power of two (OCP Microscaling).
    case mxfp4 = 39

    /// The elements of a block: 1, 32 or 256. A row is a whole number of blocks.
    public var blockCount: Int {
        switch self {
        case .f32, .f16, .bf16: 1
        case .q4_0, .q4_1, .q5_0, .q5_1, .q8_0, .iq4_nl, .mxfp4: 32
        case .q2_K, .q3_K, .q4_K, .q5_K, .q6_K: 256
        }
    }

    /// The bytes of a block, its scales included.
    public var blockByteCount: Int {
        switch self {
        case .f32: 4
        case .f16, .bf16: 2
        case .q4_0, .iq4_nl: 18
        case .q4_1: 20
        case .q5_0: 22
        case .q5_1: 24
        case .q8_0: 34
        case .mxfp4: 17
        case .q2_K: 84
        case .q3_K: 110
        case .q4_K: 144
        case .q5_K: 176
        case .q6_K: 210
        }
    }

    /// The name that ggml prints: "F16", "Q4_K", "IQ4_NL".
    public var name: String {
        switch self {
        case .f32: "F32"
        case .f16: "F16"
        case .bf16: "BF16"
        case .q4_0: "Q4_0"
        case .q4_1: "Q4_1"
        case .q5_0: "Q5_0"
        case .q5_1: "Q5_1"
        case .q8_0: "Q8_0"
        case .q2_K: "Q2_K"
        case .q3_K: "Q3_K"
        case .q4_K: "Q4_K"
        case .q5_K: "Q5_K"
        case .q6_K: "Q6_K"
        case .iq4_nl: "IQ4_NL"
        case .mxfp4: "MXFP4"
        }
    }

    /// The bytes that `elementCount` elements take; nil for a negative count, one that is no multiple of the block, or an overflow.
    public func byteCount(of elementCount: Int) -> Int? {
        guard elementCount >= 0, elementCount % blockCount == 0 else { return nil }
        let (bytes, isOverflow) = (elementCount / blockCount).multipliedReportingOverflow(by: blockByteCount)
        return isOverflow ? nil : bytes
    }

    /// What a type number of ggml is called that is not read here; for messages.
    static func unreadName(_ number: UInt32) -> String {
        let names: [UInt32: String] = [
            9: "Q8_1", 15: "Q8_K", 16: "IQ2_XXS", 17: "IQ2_XS", 18: "IQ3_XXS", 19: "IQ1_S", 21: "IQ3_S", 22: "IQ2_S", 23: "IQ4_XS", 24: "I8", 25: "I16",
            26: "I32", 27: "I64", 28: "F64", 29: "IQ1_M", 34: "TQ1_0", 35: "TQ2_0", 40: "NVFP4", 41: "Q1_0", 42: "Q2_0",
        ]
        return names[number].map { "\($0) (\(number))" } ?? "\(number)"
    }
}

/// Where a tensor stands in its file, and what it is.
public struct TensorInfo: Sendable, Hashable {
    /// The name in the file, e.g. `blk.0.attn_q.weight`; unique in the file.
    public let name: String
    /// How its values are stored.
    public let type: TensorType
    /// 1 to 4 dimensions in ggml's order: the first is the one whose elements are neighbors. All are positive.
    public let shape: [Int]
    /// Where its bytes begin, from the start of the file.
    public let offset: Int
    /// The bytes it takes; all of them are in the file.
    public let byteCount: Int

    /// The product of the shape.
    public var elementCount: Int { shape.reduce(1, *) }
    /// The product of the dimensions after the first.
    public var rowCount: Int { shape.dropFirst().reduce(1, *) }
}

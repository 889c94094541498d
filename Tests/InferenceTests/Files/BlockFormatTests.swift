import Core
import Foundation
import Inference
import Support
import Testing

/// `block-formats.json`: random blocks and what ggml's reference functions make of them, and 4,096 values (N(0,1), then a block of wide range and one of zeros
/// and constants) in every format that ggml's reference encoders wrote. Recorded from ggml as of llama-cpp-python's source package; the `gguf` package gives the same values.
private struct Recorded {
    struct Decoded {
        var type: TensorType
        var bytes: [UInt8]
        var floats: [Float]
    }
    struct Encoded {
        var type: TensorType
        var bytes: [UInt8]
        var error: Double
    }

    var decoded: [Decoded]
    var encoded: [Encoded]
    var normal: [Float]

    init() throws {
        let json = try JSONValue(parsing: String(decoding: try Data(contentsOf: URL(fileURLWithPath: Repository.path("Tests/Fixtures/block-formats.json"))), as: UTF8.self))
        decoded = try (json["decode"]?.array ?? []).map { Decoded(type: try Self.type($0), bytes: try Self.bytes($0["bytes"]), floats: try Self.floats($0["floats"])) }
        encoded = try (json["encode"]?.array ?? []).map { record in
            let error = try #require(record["rms"]?.double)
            return Encoded(type: try Self.type(record), bytes: try Self.bytes(record["bytes"]), error: error)
        }
        normal = try Self.floats(json["normal"])
    }

    private static func type(_ value: JSONValue) throws -> TensorType { try #require(TensorType.allCases.first { $0.name == value["type"]?.string }) }
    private static func bytes(_ value: JSONValue?) throws -> [UInt8] {
        let text = try #require(value?.string)
        return [UInt8](try #require(Data(base64Encoded: text)))
    }
    private static func floats(_ value: JSONValue?) throws -> [Float] {
        let reader = ByteReader(try bytes(value))
        return try stride(from: 0, to: reader.bytes.count, by: 4).map { offset in
            let word = try #require(reader.uint32(at: offset))
            return Float(bitPattern: word)
        }
    }
}

@Suite struct BlockFormatTests {
    @Test func everyTypeDecodesToTheBitsOfGGML() throws {
        let recorded = try Recorded()
        #expect(Set(recorded.decoded.map(\.type)) == Set(TensorType.allCases))
        for record in recorded.decoded {
            let floats = BlockFormat.dequantize(record.bytes, type: record.type, count: record.floats.count)
            #expect(floats.map(\.bitPattern) == record.floats.map(\.bitPattern), "\(record.type.name)")
        }
    }

    @Test func everyWritableTypeEncodesToTheBytesOfGGML() throws {
        let recorded = try Recorded()
        #expect(Set(recorded.encoded.map(\.type)) == BlockFormat.writable.subtracting([.f32]))
        for record in recorded.encoded {
            let bytes = try BlockFormat.quantize(recorded.normal, to: record.type)
            #expect(bytes == record.bytes, "\(record.type.name): \(zip(bytes, record.bytes).filter { $0 != $1 }.count) of \(bytes.count) bytes differ")
            let values = BlockFormat.dequantize(bytes, type: record.type, count: recorded.normal.count)
            // The last two blocks are not N(0,1).
            let count = 14 * 256
            let squares = zip(values, recorded.normal).prefix(count).reduce(0.0) { $0 + Double($1.0 - $1.1) * Double($1.0 - $1.1) }
            #expect((squares / Double(count)).squareRoot() <= record.error * (1 + 1e-9), "\(record.type.name)")
        }
    }

    @Test func sizesAreThoseOfGGML() {
        let sizes: [TensorType: (Int, Int)] = [
            .f32: (1, 4), .f16: (1, 2), .bf16: (1, 2), .q4_0: (32, 18), .q4_1: (32, 20), .q5_0: (32, 22), .q5_1: (32, 24), .q8_0: (32, 34), .iq4_nl: (32, 18),
            .mxfp4: (32, 17), .q2_K: (256, 84), .q3_K: (256, 110), .q4_K: (256, 144), .q5_K: (256, 176), .q6_K: (256, 210),
        ]
        for type in TensorType.allCases {
            #expect(sizes[type]?.0 == type.blockCount)
            #expect(sizes[type]?.1 == type.blockByteCount)
            #expect(type.byteCount(of: type.blockCount * 3) == type.blockByteCount * 3)
            #expect(type.byteCount(of: 0) == 0)
            #expect(type.byteCount(of: -type.blockCount) == nil)
            if type.blockCount > 1 { #expect(type.byteCount(of: type.blockCount + 1) == nil) }
        }
        #expect(TensorType.f32.byteCount(of: Int.max) == nil)
        #expect(TensorType.q8_0.byteCount(of: Int.max / 32 * 32) == nil)
    }

    @Test func anyBytesDecodeWithoutATrap() {
        var random = SeededRandom(seed: 5)
        for type in TensorType.allCases {
            let blocks = type.blockCount == 1 ? 4096 : 64
            let bytes = (0..<blocks * type.blockByteCount).map { _ in UInt8.random(in: 0...255, using: &random) }
            #expect(BlockFormat.dequantize(bytes, type: type, count: blocks * type.blockCount).count == blocks * type.blockCount)
            let infinite = [UInt8](repeating: 0xFF, count: type.blockByteCount * 2)
            let values = BlockFormat.dequantize(infinite, type: type, count: type.blockCount * 2)
            #expect(values.count == type.blockCount * 2)
            // All ones is a NaN scale everywhere but in MXFP4, whose scales are powers.
            if type != .mxfp4 { #expect(values.allSatisfy { $0.isNaN }, "\(type.name)") }
        }
    }

    @Test func tooFewBytesGiveTheBlocksThatAreThere() {
        let bytes = [UInt8](repeating: 1, count: 34 * 2 + 5)
        #expect(BlockFormat.dequantize(bytes, type: .q8_0, count: 96).count == 64)
        #expect(BlockFormat.dequantize(bytes, type: .q8_0, count: Int.max).count == 64)
        #expect(BlockFormat.dequantize(bytes, type: .q8_0, count: 40).count == 40)
        #expect(BlockFormat.dequantize(bytes, type: .q8_0, count: -1).isEmpty)
        #expect(BlockFormat.dequantize([], type: .f32, count: 1).isEmpty)
    }

    @Test func valuesThatAFormatCannotHoldAreRefused() {
        for type in BlockFormat.writable where type.blockCount > 1 {
            for bad in [Float.nan, .infinity, -.infinity, 300_000] {
                var values = [Float](repeating: 1, count: 256)
                values[17] = bad
                #expect(throws: Fault.self, "\(type.name) \(bad)") { try BlockFormat.quantize(values, to: type) }
            }
            #expect(throws: Fault.self) { try BlockFormat.quantize([1, 2, 3], to: type) }
        }
        for type in Set(TensorType.allCases).subtracting(BlockFormat.writable) {
            #expect(throws: Fault.self) { try BlockFormat.quantize([Float](repeating: 1, count: 256), to: type) }
        }
    }

    @Test func extremeWeightsEncodeWithoutATrap() throws {
        var random = SeededRandom(seed: 9)
        let sizes: [Float] = [0, .leastNonzeroMagnitude, Float(bitPattern: 0x1_0000), 1e-37, 1e-30, 1e-20, 1e-15, 1e-8, 1, 1e4, 262_144]
        for type in BlockFormat.writable {
            for _ in 0..<40 {
                let values = (0..<256).map { _ in (sizes.randomElement(using: &random) ?? 0) * (Bool.random(using: &random) ? 1 : -1) }
                let bytes = try BlockFormat.quantize(values, to: type)
                #expect(bytes.count == type.byteCount(of: 256))
                _ = BlockFormat.dequantize(bytes, type: type, count: 256)
            }
            for size in sizes {
                let flat = try BlockFormat.quantize([Float](repeating: size, count: 256), to: type)
                let values = BlockFormat.dequantize(flat, type: type, count: 256)
                if type != .f16, size >= 1 { #expect(values.allSatisfy { abs($0 - size) <= size * 0.07 }, "\(type.name) \(size)") }
            }
        }
    }

    @Test func halvesSurviveTheWayThroughFloats() throws {
        let halves = (0...UInt16.max).filter { $0 & 0x7C00 != 0x7C00 || $0 & 0x3FF == 0 }
        let bytes = halves.flatMap { [UInt8($0 & 0xFF), UInt8($0 >> 8)] }
        let floats = BlockFormat.dequantize(bytes, type: .f16, count: halves.count)
        #expect(try BlockFormat.quantize(floats, to: .f16) == bytes)
        #if !(os(macOS) && arch(x86_64))
            #expect(floats == halves.map { Float(Float16(bitPattern: $0)) })
            var random = SeededRandom(seed: 1)
            let samples = (0..<50_000).map { _ in Float(bitPattern: UInt32.random(in: 0...UInt32.max, using: &random) & 0xCFFF_FFFF | 0x3000_0000) }.filter { !$0.isNaN }
            #expect(try BlockFormat.quantize(samples, to: .f16) == samples.flatMap { [UInt8(Float16($0).bitPattern & 0xFF), UInt8(Float16($0).bitPattern >> 8)] })
        #endif
        #expect(BlockFormat.dequantize(try BlockFormat.quantize([.nan, .infinity, 70_000], to: .f16), type: .f16, count: 3).description == "[nan, inf, inf]")
    }
}

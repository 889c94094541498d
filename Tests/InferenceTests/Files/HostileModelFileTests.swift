import Core
import Foundation
import Inference
import Support
import Testing

/// Builds GGUF headers that lie.
private struct Forged {
    var bytes: [UInt8] = Array("GGUF".utf8)

    init(version: UInt32 = 3, tensors: UInt64 = 0, pairs: UInt64 = 0) {
        put(version)
        put(tensors)
        put(pairs)
    }

    mutating func put(_ value: some FixedWidthInteger) { for shift in stride(from: 0, to: value.bitWidth, by: 8) { bytes.append(UInt8(truncatingIfNeeded: value >> shift)) } }
    mutating func put(_ text: String) {
        put(UInt64(text.utf8.count))
        bytes += Array(text.utf8)
    }
    mutating func pair(_ key: String, _ type: UInt32) {
        put(key)
        put(type)
    }
    mutating func tensor(_ name: String = "t", shape: [UInt64] = [8], type: UInt32 = 0, offset: UInt64 = 0) {
        put(name)
        put(UInt32(shape.count))
        for extent in shape { put(extent) }
        put(type)
        put(offset)
    }
    mutating func pad(_ count: Int) { bytes += [UInt8](repeating: 0, count: (32 - bytes.count % 32) % 32 + count) }
}

@Suite struct HostileModelFileTests {
    private func fault(_ bytes: [UInt8], in folder: TemporaryDirectory) -> Fault? {
        do {
            _ = try GGUFFile(path: try folder.write(bytes, to: "hostile.gguf"))
            return nil
        } catch { return error as? Fault ?? Fault(.defect, "an error that is no fault") }
    }

    @Test func forgedHeadersAreRefusedWithFieldAndOffset() throws {
        let folder = try TemporaryDirectory()
        func check(_ field: String, code: Fault.Code = .modelDamaged, _ forged: Forged, location: SourceLocation = #_sourceLocation) {
            let fault = fault(forged.bytes, in: folder)
            #expect(fault?.code == code, "\(field)", sourceLocation: location)
            #expect(fault?.message.contains(field) == true && fault?.message.contains("at byte") == true, "\(fault?.message ?? "no fault")", sourceLocation: location)
        }
        func forged(tensors: UInt64 = 0, pairs: UInt64 = 0, _ body: (inout Forged) -> Void) -> Forged {
            var forged = Forged(tensors: tensors, pairs: pairs)
            body(&forged)
            return forged
        }
        check("version", code: .modelUnsupported, Forged(version: 1))
        check("big-endian", code: .modelUnsupported, Forged(version: 3 << 24))
        check("magic", forged { $0.bytes[0] = 0x58 })
        for count: UInt64 in [1, 1 << 20, 1 << 60, .max] {
            check("tensor count", Forged(tensors: count))
            check("metadata count", Forged(pairs: count))
        }
        check("metadata count", forged(pairs: 70_000) { $0.pad(1 << 21) })
        for count: UInt64 in [100, 1 << 40, .max] {
            check("key 0", forged(pairs: 1) { $0.put(count); $0.pad(32) })
            check("metadata \"s\"", forged(pairs: 1) { $0.pair("s", 8); $0.put(count); $0.pad(32) })
            for type: UInt32 in 0...12 { check("metadata \"a\"", forged(pairs: 1) { $0.pair("a", 9); $0.put(type); $0.put(count); $0.pad(32) }) }
        }
        check("unknown value type 13", forged(pairs: 1) { $0.pair("k", 13); $0.pad(32) })
        check("neither true nor false", forged(pairs: 1) { $0.pair("k", 7); $0.put(UInt8(2)); $0.pad(32) })
        check("key 0", forged(pairs: 1) { $0.pair("", 0); $0.pad(32) })
        check("repeats", forged(pairs: 2) { for _ in 0..<2 { $0.pair("k", 0); $0.put(UInt8(1)) }; $0.pad(32) })
        check("levels", forged(pairs: 1) { $0.pair("deep", 9); for _ in 0..<60 { $0.put(UInt32(9)); $0.put(UInt64(1)) }; $0.pad(32) })
        for alignment: UInt32 in [0, 3, 48, 1 << 31] { check("general.alignment", forged(pairs: 1) { $0.pair("general.alignment", 4); $0.put(alignment); $0.pad(32) }) }
        check("rank", forged(tensors: 1) { $0.tensor(shape: []); $0.pad(64) })
        check("rank", forged(tensors: 1) { $0.tensor(shape: [1, 1, 1, 1, 1]); $0.pad(64) })
        for extent: UInt64 in [0, 1 << 63, .max] { check("dimension 0", forged(tensors: 1) { $0.tensor(shape: [extent]); $0.pad(64) }) }
        check("dimension 1", forged(tensors: 1) { $0.tensor(shape: [1 << 32, 1 << 32]); $0.pad(64) })
        check("shape", forged(tensors: 1) { $0.tensor(shape: [1 << 62]); $0.pad(64) })
        check("shape", forged(tensors: 1) { $0.tensor(shape: [8], type: 8); $0.pad(64) })
        check("IQ2_XXS (16)", code: .modelUnsupported, forged(tensors: 1) { $0.tensor(type: 16); $0.pad(64) })
        check("is 4711", code: .modelUnsupported, forged(tensors: 1) { $0.tensor(type: 4711); $0.pad(64) })
        for offset: UInt64 in [8, 1 << 40, 1 << 62, 1 << 63, .max] { check("offset", forged(tensors: 1) { $0.tensor(offset: offset); $0.pad(64) }) }
        check("offset", forged(tensors: 1) { $0.tensor(shape: [1 << 20]); $0.pad(64) })
        check("inside another", forged(tensors: 2) { $0.tensor("a", shape: [16]); $0.tensor("b", offset: 32); $0.pad(128) })
        check("repeats", forged(tensors: 2) { $0.tensor("a"); $0.tensor("a", offset: 32); $0.pad(128) })
        #expect(fault(forged(tensors: 2) { $0.tensor("a"); $0.tensor("b", offset: 32); $0.pad(64) }.bytes, in: folder) == nil)
    }

    @Test func aFileCutAtAnyByteIsRefused() throws {
        let folder = try TemporaryDirectory()
        let whole = MappedFileBytes.read(Repository.path("Tests/Fixtures/small.gguf"))
        let file = try GGUFFile(path: Repository.path("Tests/Fixtures/small.gguf"))
        let end = file.tensors.values.map { $0.offset + $0.byteCount }.max() ?? 0
        for count in 0..<end {
            let fault = fault(Array(whole.prefix(count)), in: folder)
            #expect(fault?.code == (count == 0 ? .file : .modelDamaged), "\(count)")
            if count > 0 { #expect(fault?.message.contains("at byte") == true, "\(count): \(fault?.message ?? "")") }
        }
        #expect(fault(Array(whole.prefix(end)), in: folder) == nil)
    }

    @Test func twoThousandMutationsGiveAFaultOrAFileThatReads() throws {
        let folder = try TemporaryDirectory()
        let whole = MappedFileBytes.read(Repository.path("Tests/Fixtures/small.gguf"))
        try #require(!whole.isEmpty)
        var random = SeededRandom(seed: 77)
        var survivors = 0
        for round in 0..<2_000 {
            var bytes = whole
            for _ in 0..<Int.random(in: 1...4, using: &random) {
                let place = Int.random(in: 0..<bytes.count, using: &random)
                switch Int.random(in: 0..<4, using: &random) {
                case 0: bytes[place] = UInt8.random(in: 0...255, using: &random)
                case 1: bytes[place] ^= 1 << UInt8.random(in: 0..<8, using: &random)
                case 2: for index in place..<min(place + 8, bytes.count) { bytes[index] = 0xFF }
                default: bytes.removeSubrange(place..<min(place + Int.random(in: 1...16, using: &random), bytes.count))
                }
            }
            do {
                let file = try GGUFFile(path: try folder.write(bytes, to: "mutated.gguf"))
                for (name, tensor) in file.tensors { #expect(try file.floats(of: name).count == tensor.elementCount) }
                survivors += 1
            } catch let fault as Fault {
                #expect(fault.code == .modelDamaged || fault.code == .modelUnsupported, "\(round): \(fault)")
                #expect(fault.message.contains("at byte"), "\(round): \(fault)")
            }
        }
        // Mutations inside weights and texts are harmless; all failing would mean that nothing was tried.
        #expect((100..<1_900).contains(survivors), "\(survivors)")
    }
}

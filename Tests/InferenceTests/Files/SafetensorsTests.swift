import Core
import Foundation
import Inference
import Support
import Testing

@Suite struct SafetensorsTests {
    private func file(_ header: String, _ data: [UInt8], length: UInt64? = nil) -> [UInt8] {
        let text = Array(header.utf8)
        let count = length ?? UInt64(text.count)
        return (0..<8).map { UInt8(truncatingIfNeeded: count >> ($0 * 8)) } + text + data
    }

    private let sample = """
        {"__metadata__":{"format":"pt"},"d":{"dtype":"F64","shape":[1],"data_offsets":[0,8]},"f":{"dtype":"F32","shape":[2],"data_offsets":[8,16]},\
        "h":{"dtype":"F16","shape":[1,2],"data_offsets":[16,20]},"b":{"dtype":"BF16","shape":[2],"data_offsets":[20,24]},"l":{"dtype":"I64","shape":[],"data_offsets":[24,32]},\
        "i":{"dtype":"I32","shape":[1],"data_offsets":[32,36]},"c":{"dtype":"I8","shape":[1],"data_offsets":[36,37]},"u":{"dtype":"U8","shape":[1],"data_offsets":[37,38]},\
        "t":{"dtype":"BOOL","shape":[2],"data_offsets":[38,40]},"e":{"dtype":"F32","shape":[0,3],"data_offsets":[40,40]}}
        """
    private let sampleData: [UInt8] =
        [0, 0, 0, 0, 0, 0, 0xF8, 0x3F] + [0, 0, 0x80, 0x3F, 0, 0, 0, 0xC0] + [0, 0x3C, 0, 0xC0] + [0x80, 0x3F, 0, 0xC0] + [0xFE, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF]
        + [7, 0, 0, 0] + [0xFF] + [0xFF] + [1, 0]

    @Test func everyElementTypeIsRead() throws {
        let folder = try TemporaryDirectory()
        let file = try SafetensorsFile(path: try folder.write(file(sample, sampleData), to: "m.safetensors"))
        #expect(file.metadata == ["format": "pt"])
        let expected: [String: [Float]] = ["d": [1.5], "f": [1, -2], "h": [1, -2], "b": [1, -2], "l": [-2], "i": [7], "c": [-1], "u": [255], "t": [1, 0], "e": []]
        #expect(Set(file.tensors.keys) == Set(expected.keys))
        #expect(Set(file.tensors.values.map(\.type)) == Set(SafetensorsFile.ElementType.allCases))
        for (name, values) in expected { #expect(try file.floats(of: name) == values, "\(name)") }
        #expect(file.tensors["h"]?.shape == [1, 2])
        #expect(file.tensors["l"]?.elementCount == 1)
        #expect(throws: Fault.self) { try file.floats(of: "missing") }
    }

    @Test func hostileHeadersAreRefused() throws {
        let folder = try TemporaryDirectory()
        func tensor(_ dtype: String, _ shape: String, _ offsets: String) -> String {
            "{\"t\":{\"dtype\":\"\(dtype)\",\"shape\":\(shape),\"data_offsets\":\(offsets)}}"
        }
        let data = [UInt8](repeating: 0, count: 8)
        let hostile: [([UInt8], Fault.Code)] = [
            ([1, 2, 3], .modelDamaged), (file("{}", [], length: .max), .modelDamaged), (file("{}", [], length: 3), .modelDamaged), (file("[]", []), .modelDamaged),
            (file("{", []), .modelDamaged), (file(String(repeating: "[", count: 5000), []), .modelDamaged), (file("{\"t\":1}", []), .modelDamaged), (file("{}", data), .modelDamaged),
            (file(tensor("F8_E4M3", "[8]", "[0,8]"), data), .modelUnsupported), (file(tensor("F32", "[3]", "[0,8]"), data), .modelDamaged),
            (file(tensor("F32", "[2]", "[0,16]"), data), .modelDamaged), (file(tensor("F32", "[2]", "[-8,0]"), data), .modelDamaged),
            (file(tensor("F32", "[1]", "[4,8]"), data), .modelDamaged), (file(tensor("F32", "[1]", "[0,4]"), data), .modelDamaged),
            (file(tensor("F32", "[4611686018427387904,4611686018427387904]", "[0,8]"), data), .modelDamaged), (file(tensor("F32", "[-1,-2]", "[0,8]"), data), .modelDamaged),
            (file(tensor("F32", "[1.5]", "[0,8]"), data), .modelDamaged), (file(tensor("F32", "[2]", "[8,0]"), data), .modelDamaged),
            (file(tensor("F32", "[2]", "[0]"), data), .modelDamaged), (file(tensor("F32", "2", "[0,8]"), data), .modelDamaged),
            (file("{\"a\":{\"dtype\":\"U8\",\"shape\":[8],\"data_offsets\":[0,8]},\"b\":{\"dtype\":\"U8\",\"shape\":[4],\"data_offsets\":[4,8]}}", data), .modelDamaged),
        ]
        for (index, (bytes, code)) in hostile.enumerated() {
            let path = try folder.write(bytes, to: "hostile.safetensors")
            #expect("\(index)") { try SafetensorsFile(path: path) } throws: { ($0 as? Fault)?.code == code }
        }
    }

    @Test func cutAndMutatedFilesGiveAFaultOrAFileThatReads() throws {
        let folder = try TemporaryDirectory()
        let whole = file(sample, sampleData)
        for count in 0..<whole.count {
            let path = try folder.write(Array(whole.prefix(count)), to: "cut.safetensors")
            #expect(throws: Fault.self, "\(count)") { try SafetensorsFile(path: path) }
        }
        var random = SeededRandom(seed: 4)
        for _ in 0..<2_000 {
            var bytes = whole
            for _ in 0..<Int.random(in: 1...3, using: &random) { bytes[Int.random(in: 0..<bytes.count, using: &random)] = UInt8.random(in: 0...255, using: &random) }
            do {
                let file = try SafetensorsFile(path: try folder.write(bytes, to: "mutated.safetensors"))
                for (name, tensor) in file.tensors { #expect(try file.floats(of: name).count == tensor.elementCount) }
            } catch let fault as Fault { #expect(fault.code == .modelDamaged || fault.code == .modelUnsupported, "\(fault)") }
        }
    }

    @Test func aShardedModelIsReadThroughItsIndex() throws {
        let folder = try TemporaryDirectory()
        func shard(_ name: String, _ byte: UInt8) -> [UInt8] { file("{\"\(name)\":{\"dtype\":\"U8\",\"shape\":[1],\"data_offsets\":[0,1]}}", [byte]) }
        try folder.write(shard("a", 1), to: "model-1.safetensors")
        try folder.write(shard("b", 2), to: "model-2.safetensors")
        func index(_ map: String) throws -> SafetensorsFolder {
            try folder.write(Array("{\"metadata\":{},\"weight_map\":\(map)}".utf8), to: "model.safetensors.index.json")
            return try SafetensorsFolder(path: folder.path)
        }
        let model = try index("{\"a\":\"model-1.safetensors\",\"b\":\"model-2.safetensors\"}")
        #expect(Set(model.tensors.keys) == ["a", "b"])
        #expect(try model.floats(of: "a") + model.floats(of: "b") == [1, 2])
        #expect(throws: Fault.self) { try model.floats(of: "c") }
        for bad in [
            "{\"a\":\"model-2.safetensors\"}",
            "{\"a\":\"../model-1.safetensors\"}", "{\"a\":\"/etc/passwd\"}", "{\"a\":\"model-3.safetensors\"}", "{\"a\":1}", "[]", "{\"a\":\".safetensors\"}",
        ] { #expect(throws: Fault.self, "\(bad)") { try index(bad) } }
        let single = try TemporaryDirectory()
        try single.write(shard("a", 9), to: "model.safetensors")
        #expect(try SafetensorsFolder(path: single.path).floats(of: "a") == [9])
        #expect(throws: Fault.self) { try SafetensorsFolder(path: single.path + "/none") }
    }

    private static let trained = (ProcessInfo.processInfo.environment["BANYAN_DATA"] ?? Repository.path("../shared/data")) + "/models/mnist_cnn.safetensors"

    @Test(.enabled(if: FileManager.default.fileExists(atPath: trained), "the shared data are absent")) func aTrainedModelReads() throws {
        let file = try SafetensorsFile(path: Self.trained)
        #expect(!file.tensors.isEmpty)
        for (name, tensor) in file.tensors {
            let values = try file.floats(of: name)
            #expect(values.count == tensor.elementCount)
            #expect(values.allSatisfy { $0.isFinite })
        }
    }
}

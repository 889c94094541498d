import Core
import Foundation
import Inference
import Kernels
import Support
import Tensors
import Testing

@testable import Tuning

@Suite struct AudioTests {
    // MARK: - Files

    private func little(_ value: Int, _ count: Int) -> [UInt8] { (0..<count).map { UInt8(truncatingIfNeeded: value >> (8 * $0)) } }

    private func wave(_ data: [UInt8], bits: Int, channels: Int = 1, tag: Int = 1, rate: Int = 8_000, before: [UInt8] = [], extra: [UInt8] = []) -> [UInt8] {
        let format = little(tag, 2) + little(channels, 2) + little(rate, 4) + little(rate * channels * bits / 8, 4) + little(channels * bits / 8, 2) + little(bits, 2) + extra
        let body = Array("WAVE".utf8) + before + Array("fmt ".utf8) + little(format.count, 4) + format + Array("data".utf8) + little(data.count, 4) + data
        return Array("RIFF".utf8) + little(body.count, 4) + body
    }

    /// The same sound in every form: -1, 0, 0.5 of the full range.
    @Test func formsOfSoundAreRead() throws {
        let floats = [-1, 0, 0.5] as [Float]
        let bytes = floats.flatMap { little(Int($0.bitPattern), 4) }
        let extensible = little(22, 2) + little(32, 2) + little(4, 4) + little(3, 2) + [UInt8](repeating: 0, count: 14)
        let forms = [
            wave([0, 128, 192], bits: 8), wave(little(-32_768, 2) + little(0, 2) + little(16_384, 2), bits: 16), wave(little(-8_388_608, 3) + little(0, 3) + little(4_194_304, 3), bits: 24),
            wave(little(-2_147_483_648, 4) + little(0, 4) + little(1_073_741_824, 4), bits: 32), wave(bytes, bits: 32, tag: 3), wave(bytes, bits: 32, tag: 0xFFFE, extra: extensible),
            wave([0, 128, 192], bits: 8, before: Array("LIST".utf8) + little(3, 4) + [1, 2, 3, 0]),
        ]
        for (index, form) in forms.enumerated() { #expect(try WaveFile(form, name: "x") == WaveFile(rate: 8_000, samples: floats), "form \(index)") }
        #expect(try WaveFile(wave([0, 128, 192, 64], bits: 8, channels: 2), name: "x").samples == [-0.5, 0])
        #expect(try WaveFile(wave(little(Int(Float.nan.bitPattern), 4), bits: 32, tag: 3), name: "x").samples == [0])
    }

    @Test func damagedSoundIsRefused() throws {
        let good = wave([0, 128, 192, 7], bits: 8)
        for length in 0..<good.count { #expect { try WaveFile(Array(good.prefix(length)), name: "x") } throws: { ($0 as? Fault)?.code == .trainingData } }
        let others = [
            wave([1], bits: 8, tag: 2), wave([1, 2], bits: 12), wave([1, 2], bits: 16, tag: 3), wave([1], bits: 8, rate: 10), wave([], bits: 8, channels: 0), wave([1], bits: 8, channels: 60),
            Array("RIFX".utf8) + good.dropFirst(4), Array("RIFF".utf8) + little(4, 4) + Array("WAVEdata".utf8) + little(1, 4) + [1],
        ]
        for (index, other) in others.enumerated() { #expect(throws: Fault.self, "form \(index)") { try WaveFile(other, name: "x") } }
        var random = SeededRandom(seed: 3)
        for _ in 0..<2_000 {
            var bytes = good
            for _ in 0..<3 { bytes[Int.random(in: 0..<bytes.count, using: &random)] = UInt8.random(in: 0...255, using: &random) }
            // A result or a fault, no trap.
            _ = try? WaveFile(bytes, name: "x")
        }
    }

    private func entry(_ name: String, _ bytes: [UInt8], kind: UInt8 = 0x30) -> [UInt8] {
        var header = [UInt8](repeating: 0, count: 512)
        func put(_ text: String, _ place: Int) { for (offset, byte) in text.utf8.enumerated() { header[place + offset] = byte } }
        put(name, 0)
        put(String(bytes.count, radix: 8), 124)
        put("ustar", 257)
        header[156] = kind
        let sum = header.reduce(8 * 32) { $0 + Int($1) }
        put(String(sum, radix: 8), 148)
        return header + bytes + [UInt8](repeating: 0, count: (512 - bytes.count % 512) % 512)
    }

    @Test func archivesAreRead() throws {
        let archive = entry("d/a.wav", [1, 2]) + entry("d", [], kind: 0x35) + entry("b.txt", [3]) + entry("c.wav", [UInt8](repeating: 9, count: 600)) + [UInt8](repeating: 0, count: 1_024)
        let files = try PackedFile.entries(archive, name: "x") { $0.hasSuffix(".wav") }
        #expect(files == [.init(name: "d/a.wav", bytes: [1, 2]), .init(name: "c.wav", bytes: [UInt8](repeating: 9, count: 600))])
        for damaged in [[UInt8](), [UInt8](repeating: 7, count: 600), Array(archive.prefix(2_500)), Array(archive[1...])] {
            #expect { try PackedFile.entries(damaged, name: "x") { _ in true } } throws: { ($0 as? Fault)?.code == .trainingData }
        }
    }

    @Test func labelsStandInNamesFoldersOrTables() throws {
        let folder = try TemporaryDirectory()
        let manager = FileManager.default
        for (name, value) in [("one/7_anna_1.wav", 10), ("two/8-b.wav", 20), ("two/7_x.WAV", 30)] {
            try manager.createDirectory(atPath: folder.file("set/" + name.prefix(3)), withIntermediateDirectories: true)
            try Data(wave([UInt8(value)], bits: 8)).write(to: URL(fileURLWithPath: folder.file("set/" + name)))
        }
        #expect(try AudioSet(path: folder.file("set")).sounds.map(\.label) == ["7", "7", "8"])
        #expect(try AudioSet(path: folder.file("set"), labels: .folder).labels == ["one", "two"])
        try Data("file,label\n7_anna_1.wav,a\ntwo/8-b.wav,b\n7_x.WAV,a\n".utf8).write(to: URL(fileURLWithPath: folder.file("labels.csv")))
        let set = try AudioSet(path: folder.file("set"), labels: .table(folder.file("labels.csv")))
        #expect(set.sounds.map(\.label) == ["a", "a", "b"] && set.rate == 8_000)
        let (training, heldOut) = set.split(heldOut: 0.34, seed: 1)
        #expect(training.count == 2 && heldOut.count == 1 && AudioSet.repeated(training, heldOut) == 0 && AudioSet.repeated(set.sounds, heldOut) == 1)
        try Data("file,label\n7_anna_1.wav,a\n".utf8).write(to: URL(fileURLWithPath: folder.file("labels.csv")))
        #expect { try AudioSet(path: folder.file("set"), labels: .table(folder.file("labels.csv"))) } throws: { ($0 as? Fault)?.code == .trainingData }
        try Data(wave([1], bits: 8, rate: 16_000)).write(to: URL(fileURLWithPath: folder.file("set/two/9_z.wav")))
        #expect { try AudioSet(path: folder.file("set")) } throws: { ($0 as? Fault)?.message.contains("9_z.wav") == true }
    }

    // MARK: - Frequencies

    /// Against the sum that the transform is.
    @Test(arguments: [2, 8, 64])
    func transformsEqualTheirDefinition(count: Int) {
        var random = SeededRandom(seed: 5)
        let values = (0..<count - 1).map { _ in Double.random(in: -1...1, using: &random) }
        let found = FourierTransform(count: count).power(values)
        #expect(found.count == count / 2 + 1)
        for frequency in found.indices {
            let angles = values.indices.map { 2 * Double.pi * Double(frequency * $0) / Double(count) }
            let real = zip(values, angles).reduce(0) { $0 + $1.0 * cos($1.1) }, imaginary = zip(values, angles).reduce(0) { $0 + $1.0 * sin($1.1) }
            #expect(abs(found[frequency] - real * real - imaginary * imaginary) < 1e-9)
        }
    }

    /// The same log-mel frames that NumPy computes (`Benchmarks/tuning/make-audio-fixtures`), by an implementation of its own.
    @Test func framesEqualTheReference() throws {
        let json = try JSONValue(parsing: TextDecoder.decode(try FileTree.read(Repository.path("Tests/Fixtures/tensors/log-mel.json"))).text)
        func floats(_ json: JSONValue?) -> [Float] { (json?.array ?? []).compactMap { $0.double.map { Float($0) } } }
        for example in try #require(json["cases"]?.array) {
            let mel = LogMel(rate: try #require(example["rate"]?.int), window: example["window"]?.int, hop: example["hop"]?.int, bands: try #require(example["bands"]?.int))
            let (found, expected) = (mel(floats(example["samples"])), floats(example["frames"]))
            #expect(found.count == expected.count && !expected.isEmpty)
            #expect(zip(found, expected).allSatisfy { abs($0 - $1) <= 1e-4 }, "\(zip(found, expected).map { abs($0 - $1) }.max() ?? 0)")
        }
    }

    @Test func framesAreCounted() {
        let mel = LogMel(rate: 8_000)
        #expect(mel.window == 200 && mel.hop == 80 && mel.frameCount(samples: 0) == 0 && mel.frameCount(samples: 5) == 1 && mel.frameCount(samples: 200) == 1 && mel.frameCount(samples: 280) == 2)
        #expect(mel([Float](repeating: 0, count: 300)) == [Float](repeating: Float(log(1e-10)), count: 80))
    }

    // MARK: - The network

    /// A low or a high tone, of some length.
    private func tone(_ index: Int) -> WaveFile {
        let frequency = Float(index % 2 == 0 ? 400 + 20 * (index % 7) : 2_400 + 40 * (index % 5))
        return WaveFile(rate: 8_000, samples: (0..<1_200 + 60 * (index % 9)).map { Foundation.sin(2 * .pi * frequency * Float($0) / 8_000) * (index % 3 == 0 ? 0.1 : 0.8) })
    }

    @Test func tonesAreLearnedAndKept() throws {
        let (folder, room) = (try TemporaryDirectory(), Workspace(pool: try ThreadPool(width: 1)))
        let network = try AudioClassifier(.init(rate: 8_000, frames: 16, labels: ["high", "low"]), in: room, seed: 1)
        let examples = try (0..<24).map { try network.example(tone($0), label: $0 % 2 == 0 ? "low" : "high") }
        var plan = TrainingPlan()
        (plan.epochs, plan.batchCount, plan.rate) = (4, 8, 3e-3)
        var trainer = try Trainer(network, training: Array(examples.prefix(16)), heldOut: Array(examples.suffix(8)), plan: plan)
        while true { if case .finished = try trainer.next() { break } }
        var learned = trainer.network
        let best = try #require(trainer.best)
        #expect(best.accuracy == 1)
        learned.parameters = best.parameters
        #expect(try learned.confusion(examples).macroF1 == 1)
        try Checkpoint.write(learned.parameterNames, learned.parameters, about: learned.about, to: folder.file("model"))
        let read = try AudioClassifier(file: SafetensorsFile(path: folder.file("model")), in: room)
        let (first, second) = (try read.classify(tone(2)), try learned.classify(tone(2)))
        #expect(first.label == "low" && first == second)
        #expect { try read.classify(WaveFile(rate: 16_000, samples: [0])) } throws: { ($0 as? Fault)?.code == .trainingData }
        #expect { try TextClassifier(file: SafetensorsFile(path: folder.file("model")), in: room) } throws: { ($0 as? Fault)?.code == .checkpoint }
    }
}

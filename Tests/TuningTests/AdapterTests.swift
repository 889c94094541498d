import Core
import Foundation
import Inference
import Kernels
import Support
import Tensors
import Testing

@testable import Tuning

@Suite struct AdapterTests {
    private static let families = ["llama", "qwen2", "qwen3"]

    private func file(_ family: String) throws -> GGUFFile { try GGUFFile(path: Repository.path("Tests/Fixtures/models/\(family).gguf")) }

    private func decoder(_ family: String, _ change: (inout AdapterSettings) -> Void = { _ in }, isExact: Bool = true, seed: UInt64 = 3) throws -> AdaptedDecoder {
        var settings = AdapterSettings()
        (settings.rank, settings.alpha, settings.context) = (4, 8, 64)
        change(&settings)
        let workspace = Workspace(pool: try ThreadPool(width: 2))
        let base = try FrozenDecoder(file: file(family), workspace: workspace, context: settings.context, measured: settings.hasMagnitudes ? settings.targets : [], isExact: isExact)
        return try AdaptedDecoder(base, settings, seed: seed)
    }

    /// Examples of random tokens with an answer at their end.
    private func examples(_ count: Int, vocabulary: Int, seed: UInt64) -> [TokenExample] {
        var random = SeededRandom(seed: seed)
        return (0..<count).map { index in
            let length = 7 + index * 5 % 19
            return TokenExample(tokens: (0..<length).map { _ in Int32.random(in: 0..<Int32(vocabulary), using: &random) }, isAnswer: (0..<length).map { $0 >= length / 2 })
        }
    }

    /// Moves all parameters, so that the adapter does something.
    private func moved(_ decoder: AdaptedDecoder, by bound: Float = 0.1) throws -> AdaptedDecoder {
        var (copy, random) = (decoder, SeededRandom(seed: 8))
        copy.parameters = try copy.parameters.map { try ($0.detached() + Tensor(uniform: bound, shape: $0.shape, in: $0.workspace, using: &random)).parameter() }
        return copy
    }

    /// The network that is trained is the network that is served: log-probabilities of every label agree with the serving engine's scores.
    @Test(arguments: families)
    func trainedNetworkIsTheServedOne(family: String) throws {
        let decoder = try decoder(family)
        let examples = examples(3, vocabulary: decoder.base.sizes.vocabulary, seed: 5)
        let sequence = PackedSequence(examples)
        let scores = try decoder.scores(of: sequence)
        let model = try DecoderModel(file: file(family), pool: try ThreadPool(width: 1))
        let expected = try examples.flatMap { example in try expectedLogs(example, try model.allScores(of: example.tokens)) }
        let values = scores.logProbabilities.values
        #expect(zip(values, expected).allSatisfy { abs($0 - $1) < 2e-2 }, "\(zip(values, expected).map { abs($0 - $1) }.max() ?? 0)")
    }

    /// ln p of each label, 0 where none counts.
    private func expectedLogs(_ example: TokenExample, _ scores: [[Float]]) throws -> [Float] {
        example.tokens.indices.map { index in
            guard index + 1 < example.tokens.count, example.isAnswer[index + 1] else { return 0 }
            let row = scores[index].map(Double.init)
            let most = row.max() ?? 0
            return Float(row[Int(example.tokens[index + 1])] - most - log(row.reduce(0) { $0 + exp($1 - most) }))
        }
    }

    /// Gradients of the whole network by central differences, in a few places of every parameter of the first block, with every option.
    @Test(arguments: [(false, false), (true, false), (false, true)])
    func gradientsOfTheNetworkEqualDifferences(magnitudes: Bool, recomputed: Bool) throws {
        let decoder = try moved(decoder("qwen2", { ($0.hasMagnitudes, $0.savesMemory, $0.isRankStabilized) = (magnitudes, recomputed, true) }))
        let batch = examples(2, vocabulary: decoder.base.sizes.vocabulary, seed: 9).map { [$0] }
        var random = SeededRandom(seed: 1)
        let gradients = try decoder.loss(of: batch, using: &random).gradients(of: decoder.parameters)
        let count = decoder.parameters.count / decoder.base.sizes.layers
        for index in 0..<count {
            // Lengths of rows count as constants on the way back (Liu et al. 2024, 4.3), so that differences with respect to A and B are others.
            if magnitudes, !decoder.parameterNames[index].hasSuffix("magnitude") { continue }
            let element = decoder.parameters[index].count / 2
            func loss(_ step: Float) throws -> Double {
                var copy = decoder
                var values = copy.parameters[index].values
                values[element] += step
                copy.parameters[index] = try Tensor(values, shape: copy.parameters[index].shape, in: decoder.base.workspace)
                return Double(try copy.evaluate(batch).loss)
            }
            // Two steps, so that the third derivative drops out (Richardson 1911).
            let difference = (8 * (try loss(0.02) - loss(-0.02)) - (try loss(0.04) - loss(-0.04))) / 0.24
            let exact = Double(gradients[index].values[element])
            #expect(abs(difference - exact) <= 3e-3 * max(0.1, abs(exact)), "\(decoder.parameterNames[index]): \(exact), by difference \(difference)")
        }
    }

    /// A new adapter changes nothing, with magnitudes or without.
    @Test(arguments: [false, true])
    func newAdapterChangesNothing(magnitudes: Bool) throws {
        let decoder = try decoder("llama", { $0.hasMagnitudes = magnitudes })
        let sequence = PackedSequence(examples(2, vocabulary: decoder.base.sizes.vocabulary, seed: 4))
        let (with, without) = (try decoder.scores(of: sequence).logProbabilities.values, try decoder.scores(of: sequence, isAdapted: false).logProbabilities.values)
        #expect(zip(with, without).allSatisfy { abs($0 - $1) < 1e-5 })
    }

    /// Written, read and served beside its model, an adapter gives the scores that training saw; and merged into the model the same again.
    @Test(arguments: families, [false, true])
    func servedAndMergedAreTheTrainedOne(family: String, magnitudes: Bool) throws {
        let decoder = try moved(decoder(family, { $0.hasMagnitudes = magnitudes }))
        let example = examples(1, vocabulary: decoder.base.sizes.vocabulary, seed: 6)[0]
        let expected = try decoder.scores(of: PackedSequence([example])).logProbabilities.values
        let directory = try TemporaryDirectory()
        try decoder.adapter(notes: ["seed": "3"]).write(to: directory.file("a.gguf"))
        let adapter = try Adapter(path: directory.file("a.gguf"))
        #expect(adapter.notes == ["seed": "3"] && adapter.layers.count == 7 * decoder.base.sizes.layers)
        let source = try file(family)
        let model = try DecoderModel(file: source, pool: try ThreadPool(width: 2))
        let served = try expectedLogs(example, try model.allScores(of: example.tokens, adapter: try LoadedAdapter(adapter, for: source, identity: 1)))
        #expect(zip(served, expected).allSatisfy { abs($0 - $1) < 3e-2 }, "\(zip(served, expected).map { abs($0 - $1) }.max() ?? 0)")
        let plain = try expectedLogs(example, try model.allScores(of: example.tokens))
        #expect(zip(plain, expected).contains { abs($0 - $1) > 0.1 })
        try ModelMerger.merge(adapter, into: source, to: directory.file("merged.gguf"))
        let merged = try DecoderModel(file: try GGUFFile(path: directory.file("merged.gguf")), pool: try ThreadPool(width: 1))
        let alone = try expectedLogs(example, try merged.allScores(of: example.tokens))
        #expect(zip(alone, expected).allSatisfy { abs($0 - $1) < 3e-2 }, "\(zip(alone, expected).map { abs($0 - $1) }.max() ?? 0)")
    }

    /// Packed or not, the same examples give the same loss.
    @Test func packingChangesNothing() throws {
        let decoder = try decoder("qwen3")
        let all = examples(9, vocabulary: decoder.base.sizes.vocabulary, seed: 31)
        let rows = try SequencePacking.pack(all, length: 40).rows
        #expect(rows.count < all.count)
        let (alone, packed) = (try decoder.evaluate(all.map { [$0] }).loss, try decoder.evaluate(rows).loss)
        #expect(abs(alone - packed) < 1e-5)
        #expect(decoder.weight(of: rows) == decoder.weight(of: all.map { [$0] }))
    }

    @Test func adaptersOfOtherModelsAreRefused() throws {
        let adapter = try decoder("llama").adapter()
        #expect { try adapter.check(fits: try file("qwen2")) } throws: { ($0 as? Fault)?.code == .modelUnsupported }
        #expect { try Adapter(path: Repository.path("Tests/Fixtures/models/llama.gguf")) } throws: { ($0 as? Fault)?.code == .modelUnsupported }
    }

    private func train(_ decoder: AdaptedDecoder, steps: Int, accumulation: Int = 1) throws -> (Trainer<AdaptedDecoder>, [Float]) {
        var plan = TrainingPlan()
        (plan.epochs, plan.batchCount, plan.rate, plan.accumulationCount, plan.warmupShare) = (steps, 4, 0.02, accumulation, 0)
        let all = examples(6, vocabulary: decoder.base.sizes.vocabulary, seed: 12)
        var trainer = try Trainer(decoder, training: all.prefix(4).map { [$0] }, heldOut: all.suffix(2).map { [$0] }, plan: plan)
        var losses: [Float] = []
        while true {
            switch try trainer.next() {
            case .finished: return (trainer, losses)
            case .trained(_, let loss, _): losses.append(loss)
            case .evaluated: break
            }
        }
    }

    /// An adapter learns its examples by heart, over floats and over quantized weights, with dropout and without.
    @Test(arguments: [true, false])
    func adapterLearns(isExact: Bool) throws {
        let (_, losses) = try train(decoder("qwen2", { $0.dropout = isExact ? 0.05 : 0 }, isExact: isExact), steps: 40)
        #expect(losses[0] > 2 && (losses.last ?? .nan) < losses[0] / 2, "\(losses)")
    }

    /// A batch in parts is the same step but for rounding, although its parts have different numbers of answer tokens.
    @Test func partsOfABatchAddUp() throws {
        let (_, whole) = try train(decoder("llama"), steps: 6)
        let (_, parts) = try train(decoder("llama"), steps: 6, accumulation: 3)
        #expect(zip(whole, parts).allSatisfy { abs($0 - $1) < 1e-3 }, "\(whole) \(parts)")
    }

    /// The preferred answers become more probable than the others, compared with the model as it was; the first loss is ln 2.
    @Test func preferencesAreLearned() throws {
        let decoder = try decoder("llama")
        let all = examples(8, vocabulary: decoder.base.sizes.vocabulary, seed: 14)
        let pairs = stride(from: 0, to: 8, by: 2).map { PreferenceExample(chosen: all[$0], rejected: all[$0 + 1]) }
        var plan = TrainingPlan()
        (plan.epochs, plan.batchCount, plan.rate, plan.warmupShare) = (15, 4, 0.01, 0)
        var trainer = try Trainer(try PreferenceTuning(decoder), training: pairs, heldOut: pairs, plan: plan)
        var losses: [Float] = []
        loop: while true {
            switch try trainer.next() {
            case .finished: break loop
            case .trained(_, let loss, _): losses.append(loss)
            case .evaluated: break
            }
        }
        #expect(abs(losses[0] - Float(log(2.0))) < 1e-4 && (losses.last ?? .nan) < 0.4, "\(losses)")
        #expect(try trainer.network.evaluate(pairs).correct == 4)
    }

    /// What is said to be needed is needed, and not much more.
    @Test(arguments: [(false, true), (true, true), (false, false)])
    func memoryIsKnownBefore(recomputed: Bool, isExact: Bool) throws {
        let decoder = try decoder("qwen2", { ($0.savesMemory, $0.context) = (recomputed, 128) }, isExact: isExact)
        var random = SeededRandom(seed: 2)
        let batch = (0..<4).map { _ in [TokenExample(tokens: (0..<100).map { _ in Int32.random(in: 0..<Int32(decoder.base.sizes.vocabulary), using: &random) }, isAnswer: .init(repeating: true, count: 100))] }
        let memory = try AdapterMemory(file: file("qwen2"), settings: decoder.settings, tokens: 400, isExact: isExact)
        _ = try decoder.loss(of: batch, using: &random).gradients(of: decoder.parameters)
        let used = decoder.base.workspace.highestByteCount + (isExact ? 0 : decoder.base.weightByteCount)
        #expect(memory.total >= used && memory.total < 3 * used, "\(memory) \(used)")
        #expect { try memory.check(fits: memory.total - 1) } throws: { ($0 as? Fault)?.code == .tuningMemory }
        try memory.check(fits: memory.total)
    }

    /// A file of bf16 trains exactly as the same weights in floats do, and its matrices take half.
    @Test func bf16BasesLoseNothing() throws {
        let (source, folder) = (try file("llama"), try TemporaryDirectory())
        var loss: [[Float]] = [], memory: [Int] = []
        for type in [TensorType.f32, .bf16] {
            var writer = GGUFWriter()
            for (key, value) in source.metadata where key != "general.alignment" { writer.set(key, value) }
            for name in source.tensorOrder {
                guard let tensor = source.tensors[name] else { continue }
                let halves = try source.floats(of: name).map { $0.bitPattern >> 16 }
                let isMatrix = tensor.shape.count > 1 && type == .bf16
                let bytes = halves.flatMap { bits in (isMatrix ? 2..<4 : 0..<4).map { UInt8(truncatingIfNeeded: (bits << 16) >> UInt32($0 * 8)) } }
                writer.add(name: name, shape: tensor.shape, type: isMatrix ? .bf16 : .f32, bytes: bytes)
            }
            try writer.write(to: folder.file("\(type).gguf"))
            let base = try GGUFFile(path: folder.file("\(type).gguf"))
            var settings = AdapterSettings()
            (settings.rank, settings.context) = (4, 64)
            let decoder = try moved(AdaptedDecoder(FrozenDecoder(file: base, workspace: Workspace(pool: try ThreadPool(width: 1)), context: 64, isExact: true), settings, seed: 3))
            let sequence = PackedSequence(examples(2, vocabulary: decoder.base.sizes.vocabulary, seed: 5))
            loss.append(try decoder.scores(of: sequence).logProbabilities.values)
            memory.append(try AdapterMemory(file: base, settings: settings, tokens: 64, isExact: true).weights)
        }
        #expect(loss[0] == loss[1] && memory[1] * 2 == memory[0])
    }
}

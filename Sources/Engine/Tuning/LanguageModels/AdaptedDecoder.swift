import Core
import Foundation
import Inference
import Tensors

/// A language model and the adapter that learns on it (LoRA, Hu et al. 2022): y = W x + b + scale B A x for the layers that have one. Learns to write the answers of examples; what comes before them is read.
public struct AdaptedDecoder: TrainableNetwork {
    /// The parameters of one layer's adapter, as places among the parameters of its block.
    struct Slot: Sendable {
        let layer: DecoderParts.Layer
        let kind: LinearKind
        let first: Int
    }

    public let base: FrozenDecoder
    public let settings: AdapterSettings
    public var parameters: [Tensor]
    public let parameterNames: [String]
    /// The slots of each block, by kind, and where the block's parameters begin and end.
    private let slots: [[LinearKind: Slot]]
    private let ranges: [Range<Int>]

    /// An adapter that changes nothing yet: A is drawn evenly from +-1 / sqrt(inputs), B is zero, magnitudes are those of W.
    ///
    /// - Throws: `tuning.settings`, `kernels.memory`.
    public init(_ base: FrozenDecoder, _ settings: AdapterSettings, seed: UInt64) throws {
        try settings.check()
        (self.base, self.settings) = (base, settings)
        var random = SeededRandom(seed: seed)
        var parameters: [Tensor] = [], names: [String] = [], slots: [[LinearKind: Slot]] = [], ranges: [Range<Int>] = []
        for block in base.blocks {
            let start = parameters.count
            var own: [LinearKind: Slot] = [:]
            for kind in LinearKind.allCases where settings.targets.contains(kind) {
                let layer = try block.layer(kind)
                own[kind] = Slot(layer: layer.info, kind: kind, first: parameters.count - start)
                parameters.append(try Tensor(uniform: 1 / Float(layer.info.inputs).squareRoot(), shape: [settings.rank, layer.info.inputs], in: base.workspace, using: &random).parameter())
                parameters.append(try Tensor(repeating: 0, shape: [layer.info.outputs, settings.rank], in: base.workspace).parameter())
                names += [layer.info.name + ".lora_a", layer.info.name + ".lora_b"]
                guard settings.hasMagnitudes, let squares = layer.squares else { continue }
                parameters.append(try squares.squareRoot().detached().parameter())
                names.append(layer.info.name + ".lora_magnitude")
            }
            slots.append(own)
            ranges.append(start..<parameters.count)
        }
        (self.parameters, parameterNames, self.slots, self.ranges) = (parameters, names, slots, ranges)
    }

    /// Goes on from an adapter that was trained before.
    ///
    /// - Throws: `inference.model-unsupported` when it has other layers or ranks than the settings say.
    public mutating func begin(from adapter: Adapter) throws {
        for (block, own) in slots.enumerated() {
            for slot in own.values {
                let first = ranges[block].lowerBound + slot.first
                guard let layer = adapter.layers[slot.layer.name], layer.rank == settings.rank, layer.inputs == slot.layer.inputs, layer.outputs == slot.layer.outputs,
                    (layer.magnitudes != nil) == settings.hasMagnitudes
                else { throw Fault(.modelUnsupported, "the adapter has no \(slot.layer.name) of rank \(settings.rank) as the settings say", remedy: "give the settings that it was trained with") }
                // Scales may differ; what is added must not.
                let ratio = adapter.scale(of: layer) / settings.scale
                parameters[first] = try Tensor(layer.down, shape: parameters[first].shape, in: base.workspace).parameter()
                parameters[first + 1] = try (Tensor(layer.up, shape: parameters[first + 1].shape, in: base.workspace) * ratio).detached().parameter()
                if let magnitudes = layer.magnitudes { parameters[first + 2] = try Tensor(magnitudes, shape: parameters[first + 2].shape, in: base.workspace).parameter() }
            }
        }
    }

    /// The adapter as it is, or with other parameters of the same run.
    public func adapter(_ values: [Tensor]? = nil, notes: [String: String] = [:]) throws -> Adapter {
        let values = values ?? parameters
        var layers: [String: Adapter.Layer] = [:]
        for (block, own) in slots.enumerated() {
            for slot in own.values {
                let first = ranges[block].lowerBound + slot.first
                layers[slot.layer.name] = try Adapter.Layer(
                    rank: settings.rank, inputs: slot.layer.inputs, outputs: slot.layer.outputs, down: values[first].values, up: values[first + 1].values,
                    magnitudes: settings.hasMagnitudes ? values[first + 2].values : nil)
            }
        }
        // Readers divide by the rank, whatever the training did.
        return Adapter(architecture: base.architecture, layers: layers, alpha: settings.scale * Float(settings.rank), notes: notes)
    }

    // MARK: - Forward

    /// How probable the labels of a batch are.
    ///
    /// - Parameters:
    ///   - isAdapted: whether the adapter takes part; without it this is the model as it was.
    ///   - dropoutSeed: nil for no dropout.
    func scores(of sequence: PackedSequence, isAdapted: Bool = true, dropoutSeed: UInt64? = nil) throws -> LabelScores {
        let places = try base.places(of: sequence)
        var x = try base.embedded(sequence)
        for (index, block) in base.blocks.enumerated() {
            let seed = dropoutSeed.map { $0 &+ UInt64(index) &* 0x9E37_79B9_7F4A_7C15 }
            let own = isAdapted ? Array(parameters[ranges[index]]) : []
            let slots = isAdapted ? slots[index] : [:]
            if settings.savesMemory, isAdapted {
                x = try Tensor.recomputed([x] + own) { inputs in try run(block, inputs[0], Array(inputs.dropFirst()), slots, places, seed) }
            } else {
                x = try run(block, x, own, slots, places, seed)
            }
        }
        return try base.scores(of: x, labels: sequence.labels)
    }

    private func run(_ block: FrozenDecoder.Block, _ x: Tensor, _ own: [Tensor], _ slots: [LinearKind: Slot], _ places: FrozenDecoder.Places, _ seed: UInt64?) throws -> Tensor {
        try base.run(block, x, places) { kind, input in
            let layer = try block.layer(kind)
            guard let slot = slots[kind] else { return try input.multiplied(by: layer.matrix, bias: layer.bias) }
            var kept = input
            if let seed, settings.dropout > 0 {
                var random = SeededRandom(seed: seed &+ UInt64(slot.first) &* 0xBF58_476D_1CE4_E5B9)
                kept = try input.dropout(settings.dropout, using: &random)
            }
            let (a, b) = (own[slot.first], own[slot.first + 1])
            let hidden = try kept.multiplied(byTransposed: a) * settings.scale
            guard settings.hasMagnitudes, let squares = layer.squares else { return try input.multiplied(by: layer.matrix, bias: layer.bias, adding: (hidden, b)) }
            let factors = try own[slot.first + 2] * inverseLengths(layer, squares, a.detached(), b.detached())
            let scaled = try input.multiplied(by: layer.matrix, adding: (hidden, b)) * factors
            return try layer.bias.map { try scaled + $0 } ?? scaled
        }
    }

    /// 1 / |W + scale B A| row by row, [outputs], which gradients do not flow through (Liu et al. 2024, 4.3): |w|^2 + 2 scale b . (A w) + scale^2 b (A A^T) b.
    private func inverseLengths(_ layer: FrozenDecoder.Layer, _ squares: Tensor, _ a: Tensor, _ b: Tensor) throws -> Tensor {
        let crossed = try b * a.multiplied(by: layer.matrix).permuted([1, 0])
        let own = try b * b.multiplied(by: a.multiplied(byTransposed: a))
        let sum = try (crossed * (2 * settings.scale) + own * (settings.scale * settings.scale)).sum(over: -1)
        let lengths = try (squares + sum.reshaped([layer.info.outputs])).squareRoot()
        return try Tensor(repeating: 1, shape: lengths.shape, in: base.workspace) / lengths
    }

    // MARK: - Learning

    /// A row: one example, or several that are packed.
    public typealias Example = [TokenExample]

    /// Tokens that are learned.
    public func weight(of batch: [Example]) -> Double { Double(batch.joined().reduce(0) { $0 + $1.answerCount }) }

    /// The mean of -ln p over the tokens of all answers.
    public func loss(of batch: [Example], using random: inout SeededRandom) throws -> Tensor {
        let seed = random.next()
        let scores = try scores(of: PackedSequence(batch.flatMap { $0 }), dropoutSeed: settings.dropout > 0 ? seed : nil)
        return try scores.logProbabilities.sum() * (-1 / Float(max(1, weight(of: batch))))
    }

    /// The mean loss, and the rows whose every answer token is the most probable one.
    public func evaluate(_ batch: [Example]) throws -> (loss: Float, correct: Int) {
        var plain = self
        plain.parameters = parameters.map { $0.detached() }
        let sequence = PackedSequence(batch.flatMap { $0 })
        let scores = try plain.scores(of: sequence)
        let total = scores.logProbabilities.values.reduce(0.0) { $0 + Double($1) }
        var start = 0
        let correct = batch.count { row in
            let places = start..<start + row.reduce(0) { $0 + $1.tokens.count }
            start = places.upperBound
            return places.allSatisfy { sequence.labels[$0] == Tensor.ignoredLabel || scores.best[$0] == sequence.labels[$0] }
        }
        return (Float(-total / max(1, weight(of: batch))), correct)
    }

    /// 1 / perplexity: the mean probability of an answer's token.
    public func score(loss: Double, correct: Int, count: Int) -> Double { loss.isFinite ? exp(-loss) : 0 }
    /// Few, because each is hundreds of tokens.
    public var evaluationBatchCount: Int { 4 }
}

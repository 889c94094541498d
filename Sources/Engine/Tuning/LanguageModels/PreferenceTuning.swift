import Core
import Inference
import Tensors

/// Learns from pairs of answers of which people prefer one, without a reward model (DPO, Rafailov et al. 2023): the adapter is to make the preferred answer more probable than the other, compared with the model as it was.
///
/// The model as it was is the same one without its adapter: no second copy.
public struct PreferenceTuning: TrainableNetwork {
    public var decoder: AdaptedDecoder
    /// How far the model may go from what it was: small values let it go far.
    public let beta: Float

    /// - Throws: `tuning.settings` for a beta that is not positive.
    public init(_ decoder: AdaptedDecoder, beta: Float = 0.1) throws {
        guard beta > 0, beta.isFinite else { throw Fault(.tuningSettings, "a beta of \(beta) is not positive", remedy: "choose another value; 0.1 is usual") }
        (self.decoder, self.beta) = (decoder, beta)
    }

    public var parameterNames: [String] { decoder.parameterNames }
    public var parameters: [Tensor] {
        get { decoder.parameters }
        set { decoder.parameters = newValue }
    }

    /// Two sequences for each pair: the preferred answer, then the other.
    private func sequence(_ batch: [PreferenceExample]) -> PackedSequence { PackedSequence(batch.flatMap { [$0.chosen, $0.rejected] }) }

    /// How much more probable the model makes the preferred answer than the other, over what it did before, for each pair: [pairs].
    private func margins(_ batch: [PreferenceExample], dropoutSeed: UInt64?) throws -> Tensor {
        let sequence = sequence(batch)
        var plain = decoder
        plain.parameters = decoder.parameters.map { $0.detached() }
        let before = try plain.scores(of: sequence, isAdapted: false).logProbabilities
        let gains = try decoder.scores(of: sequence, dropoutSeed: dropoutSeed).logProbabilities - before
        // A row a pair: 1 for the tokens of the preferred answer, -1 for those of the other.
        var signs = [Float](repeating: 0, count: batch.count * sequence.count)
        for (index, segment) in sequence.segments.enumerated() { signs[Int(segment) / 2 * sequence.count + index] = segment % 2 == 0 ? 1 : -1 }
        let weights = try Tensor(signs, shape: [batch.count, sequence.count], in: gains.workspace)
        return try weights.multiplied(by: gains.reshaped([sequence.count, 1])).reshaped([batch.count])
    }

    /// -ln sigmoid(beta margin) = softplus(-beta margin)
    private func loss(_ margins: Tensor) throws -> Tensor {
        let scaled = try margins * beta
        let zeros = try Tensor(repeating: 0, shape: scaled.shape, in: scaled.workspace)
        // Two classes with the scores beta margin and 0: their cross-entropy is the same number and does not overflow.
        let pairs = try Tensor.joined([scaled.reshaped([scaled.count, 1]), zeros.reshaped([scaled.count, 1])], along: 1)
        return try pairs.crossEntropy([Int32](repeating: 0, count: scaled.count))
    }

    /// The mean loss of pairs; ln 2 while nothing is learned.
    public func loss(of batch: [PreferenceExample], using random: inout SeededRandom) throws -> Tensor {
        let seed = random.next()
        return try loss(margins(batch, dropoutSeed: decoder.settings.dropout > 0 ? seed : nil))
    }

    /// The mean loss, and the pairs whose preferred answer has gained over the other.
    public func evaluate(_ batch: [PreferenceExample]) throws -> (loss: Float, correct: Int) {
        var plain = self
        plain.parameters = parameters.map { $0.detached() }
        let margins = try plain.margins(batch, dropoutSeed: nil)
        return (try loss(margins).item ?? .nan, margins.values.count { $0 > 0 })
    }

    public var evaluationBatchCount: Int { 2 }
}

import Core
import Inference
import Kernels

/// What a run on a language model takes, known from its file and its settings before anything is loaded.
public struct AdapterMemory: Sendable, Hashable {
    /// The weights as they are held: quantized ones twice.
    public let weights: Int
    /// The adapter, its gradients, what the optimizer remembers, and the best one so far.
    public let adapter: Int
    /// What a step keeps for its way back, and works with.
    public let step: Int

    public var total: Int { weights + adapter + step }

    /// - Parameters:
    ///   - tokens: of the largest part of a batch that is computed at once.
    ///   - isExact: whether all matrices are floats.
    /// - Throws: what ``DecoderParts`` throws for the file.
    public init(file: GGUFFile, settings: AdapterSettings, tokens: Int, isExact: Bool, isPreference: Bool = false) throws {
        let parts = try DecoderParts(file: file, pool: try ThreadPool(width: 1), context: settings.context, isExact: isExact)
        let sizes = parts.sizes
        var (weights, values) = (parts.byteCount(of: parts.head), 0)
        for block in 0..<sizes.layers {
            for kind in LinearKind.allCases {
                let layer = parts.layer(block, kind)
                weights += parts.byteCount(of: layer)
                if settings.targets.contains(kind) { values += settings.rank * (layer.inputs + layer.outputs) + (settings.hasMagnitudes ? layer.outputs : 0) }
            }
        }
        self.weights = weights
        // Values, gradients and their sum, two moments before and after a step, and the best.
        adapter = values * 4 * 8
        let (d, q, k, ff) = (sizes.width, sizes.heads * sizes.headWidth, sizes.keyHeads * sizes.headWidth, sizes.feedForward)
        // Floats of a token that one block keeps: the stream twice, its norms, queries, keys and values, what attention gives, the gate and what passes it.
        let kept = 6 * d + 3 * q + 4 * k + 3 * ff + 8 * settings.rank
        // What one block works with on the way back at once.
        let working = 4 * d + 3 * q + 4 * k + 6 * ff
        let blocks = settings.savesMemory ? sizes.layers * d + kept : sizes.layers * kept
        // Scores of some rows of the vocabulary, twice on the way back, and their gradients of all rows.
        let head = 2 * 96 * sizes.vocabulary + tokens * 3 * d
        step = 4 * ((isPreference ? 2 : 1) * tokens * (blocks + working) + head)
    }

    /// - Throws: `tuning.memory` saying what is needed, when that is more than there is.
    public func check(fits limit: Int) throws {
        guard total > limit else { return }
        throw Fault(
            .tuningMemory, "the run needs about \(total >> 20) MiB (weights \(weights >> 20), adapter \(adapter >> 20), a step \(step >> 20)); it may take \(limit >> 20)",
            remedy: "give it more memory, or fewer examples at once (more parts of a batch), shorter sequences, a lower rank, or recomputation")
    }
}

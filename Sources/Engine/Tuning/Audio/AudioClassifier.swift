import Core
import Inference
import Tensors

/// A small convolutional network over log-mel images of sound: three 3 x 3 convolutions, each followed by the maximum of 2 x 2, the mean over time, and a linear layer.
///
/// ```
/// [n, frames, bands, 1] -> 16 -> /2 -> 32 -> /2 -> 64 -> /2 -> mean over frames -> [n, bands / 8 * 64] -> [n, labels]
/// ```
/// Each sound is brought to mean 0 and deviation 1, so that neither loudness nor the microphone's gain matters. While training, sounds are moved in time and lose some frames and bands (Park et al. 2019).
public struct AudioClassifier: TrainableNetwork {
    /// What a network of this kind is built from.
    public struct Shape: Sendable, Hashable {
        /// Samples of a second.
        public var rate: Int
        /// Frames that are looked at: a longer sound is cut, a shorter one gets silence.
        public var frames: Int
        public var labels: [String]
        /// Bands of frequencies, a multiple of 8.
        public static let bands = 40
        static let framesPossible = 16...1_024

        /// - Parameter frames: made a multiple of 8 from 16 to 1024.
        public init(rate: Int, frames: Int, labels: [String]) {
            self.rate = rate
            self.frames = min(Self.framesPossible.upperBound, max(Self.framesPossible.lowerBound, (frames + 7) / 8 * 8))
            self.labels = labels
        }
    }

    /// A sound as the network sees it.
    public struct Example: Sendable, Hashable {
        /// Frames of bands, with the mean 0 and the deviation 1.
        public var mel: [Float]
        public var label: Int32
    }

    public let shape: Shape
    public var parameters: [Tensor]
    public let parameterNames = Self.layers.flatMap { [$0 + ".weight", $0 + ".bias"] }
    private static let layers = ["conv1", "conv2", "conv3", "linear"]
    private let workspace: Workspace
    private let mel: LogMel
    private static let dropout: Float = 0.3
    /// Frames and bands that a sound loses at most, as a share of all.
    private static let maskShare = 0.15

    /// - Throws: `tensors.shape`, `kernels.memory`.
    public init(_ shape: Shape, in workspace: Workspace, seed: UInt64) throws {
        (self.shape, self.workspace, mel) = (shape, workspace, LogMel(rate: shape.rate, bands: Shape.bands))
        var random = SeededRandom(seed: seed)
        let sizes = [[16, 3, 3, 1], [32, 3, 3, 16], [64, 3, 3, 32], [shape.labels.count, Shape.bands / 8 * 64]]
        // Weights as wide as keeps the size of what passes through rectifiers (He et al. 2015).
        parameters = try sizes.flatMap { size in
            let deviation = (2 / Float(size.dropFirst().reduce(1, *))).squareRoot()
            return [try Tensor(normal: deviation, shape: size, in: workspace, using: &random).parameter(), try Tensor(repeating: 0, shape: [size[0]], in: workspace).parameter()]
        }
    }

    /// A sound as an example.
    ///
    /// - Throws: `tuning.data` for a rate or a label that the network does not know.
    public func example(_ sound: WaveFile, label: String) throws -> Example {
        guard sound.rate == shape.rate, let place = shape.labels.firstIndex(of: label) else {
            throw Fault(.trainingData, "a sound of \(sound.rate) samples a second, or its label, does not fit the network of \(shape.rate)", remedy: "give sounds of one rate with labels of the training set")
        }
        return Example(mel: normalized(sound), label: Int32(place))
    }

    /// The log-mel image with the mean 0 and the deviation 1.
    private func normalized(_ sound: WaveFile) -> [Float] {
        let values = mel(sound.samples)
        let mean = values.reduce(0, +) / Float(max(1, values.count))
        let deviation = (values.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / Float(max(1, values.count))).squareRoot()
        return values.map { ($0 - mean) / (deviation + 1e-4) }
    }

    /// How an image is changed: moved by some frames, without some frames and bands.
    private struct Change {
        var offset: Int
        var frames: Range<Int> = 0..<0
        var bands: Range<Int> = 0..<0
    }

    private func tensor(_ batch: [[Float]], _ change: (_ frames: Int) -> Change) throws -> Tensor {
        let (bands, size) = (Shape.bands, shape.frames * Shape.bands)
        var values = [Float](repeating: 0, count: batch.count * size)
        for (index, mel) in batch.enumerated() {
            let count = mel.count / bands
            let change = change(count)
            for frame in max(0, change.offset)..<max(max(0, change.offset), min(shape.frames, change.offset + count)) where !change.frames.contains(frame) {
                let from = (frame - change.offset) * bands, to = index * size + frame * bands
                for band in 0..<bands where !change.bands.contains(band) { values[to + band] = mel[from + band] }
            }
        }
        return try Tensor(values, shape: [batch.count, shape.frames, bands, 1], in: workspace)
    }

    private func scores(_ images: Tensor, _ p: [Tensor], dropping: (Tensor) throws -> Tensor) throws -> Tensor {
        var x = images
        for layer in 0..<3 { x = try x.convolved(p[2 * layer], bias: p[2 * layer + 1], isRectified: true, padding: 1).pooledMaximum(Window(2, 2, stride: 2)) }
        let width = x.shape[2] * x.shape[3]
        let mean = try x.reshaped([x.shape[0], x.shape[1], width]).mean(over: 1).reshaped([x.shape[0], width])
        return try dropping(mean).multiplied(byTransposed: p[6]) + p[7]
    }

    private static func masked(_ count: Int, using random: inout SeededRandom) -> Range<Int> {
        let size = Int.random(in: 0...Int(Double(count) * maskShare), using: &random)
        let start = Int.random(in: 0...count - size, using: &random)
        return start..<start + size
    }

    /// The mean cross-entropy of sounds that are moved and lose parts.
    public func loss(of batch: [Example], using random: inout SeededRandom) throws -> Tensor {
        var own = random
        let images = try tensor(batch.map(\.mel)) { count in
            let room = shape.frames - count
            return Change(
                offset: Int.random(in: min(0, room)...max(0, room), using: &own), frames: Self.masked(shape.frames, using: &own), bands: Self.masked(Shape.bands, using: &own))
        }
        return try scores(images, parameters) { try $0.dropout(Self.dropout, using: &own) }.crossEntropy(batch.map(\.label))
    }

    private func centered(_ mels: [[Float]]) throws -> Tensor {
        try scores(tensor(mels) { Change(offset: (shape.frames - $0) / 2) }, parameters.map { $0.detached() }) { $0 }
    }

    /// The mean cross-entropy of a batch as it is, and how many labels are right.
    public func evaluate(_ batch: [Example]) throws -> (loss: Float, correct: Int) {
        let found = try centered(batch.map(\.mel))
        return (try found.crossEntropy(batch.map(\.label)).item ?? .nan, zip(TextClassifier.best(found), batch).count { $0 == Int($1.label) })
    }

    /// The label of a sound and its probability.
    ///
    /// - Throws: `tuning.data` for a sound of another rate.
    public func classify(_ sound: WaveFile) throws -> (label: String, probability: Float) {
        let scores = try centered([example(sound, label: shape.labels[0]).mel]).softmax()
        let best = TextClassifier.best(scores)[0]
        return (shape.labels[best], scores.values[best])
    }

    /// How the network answers examples.
    public func confusion(_ examples: [Example]) throws -> ConfusionMatrix {
        var matrix = ConfusionMatrix(labels: shape.labels)
        for start in stride(from: 0, to: examples.count, by: 128) {
            let part = examples[start..<min(examples.count, start + 128)]
            for (example, found) in zip(part, TextClassifier.best(try centered(part.map(\.mel)))) { matrix.add(truth: Int(example.label), found: found) }
        }
        return matrix
    }

    // MARK: - Files

    /// The name of this kind of network in a model's file.
    public static let kind = "audio-classifier"

    /// What a model's file says of the network, by which it is read back.
    public var about: [String: String] {
        let json: JSONValue = ["rate": .int(shape.rate), "frames": .int(shape.frames), "labels": .array(shape.labels.map { .string($0) })]
        return ["banyan.model": Self.kind, "banyan.shape": json.text]
    }

    /// A model from its file.
    ///
    /// - Throws: `core.file`, `inference.model-damaged`; `tuning.checkpoint` when it is no audio classifier.
    public init(file: SafetensorsFile, in workspace: Workspace) throws {
        guard file.metadata["banyan.model"] == Self.kind, let json = file.metadata["banyan.shape"].flatMap({ try? JSONValue(parsing: $0) }), let rate = json["rate"]?.int, WaveFile.ratePossible.contains(rate),
            let frames = json["frames"]?.int, Shape.framesPossible.contains(frames), let labels = json["labels"]?.array?.compactMap(\.string), !labels.isEmpty
        else { throw Fault(.checkpoint, "\(file.file.path) is no audio classifier", remedy: "give a model that `banyan tune audio` wrote") }
        try self.init(Shape(rate: rate, frames: frames, labels: labels), in: workspace, seed: 0)
        parameters = try Checkpoint.parameters(parameterNames, like: parameters, from: file).map { $0.parameter() }
    }
}

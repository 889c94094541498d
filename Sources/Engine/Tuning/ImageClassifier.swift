import Core
import Foundation
import Tensors

/// A small convolutional network for gray images (LeCun et al. 1998, with rectifiers): two pairs of 3 x 3 convolutions, each pair followed by the maximum of 2 x 2, then two linear layers.
///
/// ```
/// [n, r, c, 1] -> 32 -> 32 -> /2 -> 64 -> 64 -> /2 -> [n, flat] -> 128 -> [n, classes]
/// ```
public struct ImageClassifier: TrainableNetwork {
    /// What a network of this kind is built from.
    public struct Shape: Sendable, Hashable {
        public var rows: Int
        public var columns: Int
        public var classes: Int

        public init(rows: Int, columns: Int, classes: Int) { (self.rows, self.columns, self.classes) = (rows, columns, classes) }

        /// Sizes after both pairs of convolutions.
        var flat: Int { Self.halved(Self.halved(rows)) * Self.halved(Self.halved(columns)) * 64 }
        private static func halved(_ size: Int) -> Int { (size - 4) / 2 }
    }

    public let shape: Shape
    public var parameters: [Tensor]
    public let parameterNames: [String]
    private let workspace: Workspace
    /// Pixels by which an image is moved at most while training.
    private static let shift = 2
    private static let dropout: Float = 0.3

    /// - Throws: `tensors.shape`, `kernels.memory`.
    public init(_ shape: Shape, in workspace: Workspace, seed: UInt64) throws {
        self.shape = shape
        self.workspace = workspace
        let layers: [(name: String, outputs: Int, window: [Int])] = [
            ("conv1", 32, [3, 3, 1]), ("conv2", 32, [3, 3, 32]), ("conv3", 64, [3, 3, 32]), ("conv4", 64, [3, 3, 64]), ("linear1", 128, [shape.flat]), ("linear2", shape.classes, [128]),
        ]
        var random = SeededRandom(seed: seed)
        // Weights as wide as keeps the size of what passes through rectifiers (He et al. 2015).
        parameters = try layers.flatMap { layer in
            let deviation = (2 / Float(layer.window.reduce(1, *))).squareRoot()
            return [
                try Tensor(normal: deviation, shape: [layer.outputs] + layer.window, in: workspace, using: &random).parameter(),
                try Tensor(repeating: 0, shape: [layer.outputs], in: workspace).parameter(),
            ]
        }
        parameterNames = layers.flatMap { [$0.name + ".weight", $0.name + ".bias"] }
    }

    /// Scores of all classes, [n, classes].
    public func scores(of images: Tensor) throws -> Tensor { try scores(of: images, dropping: { $0 }) }

    private func scores(of images: Tensor, dropping: (Tensor) throws -> Tensor) throws -> Tensor {
        let p = parameters
        func convolved(_ x: Tensor, _ layer: Int) throws -> Tensor { try x.convolved(p[2 * layer], bias: p[2 * layer + 1], isRectified: true) }
        let half = Window(2, 2, stride: 2)
        let first = try convolved(convolved(images, 0), 1).pooledMaximum(half)
        let second = try convolved(convolved(first, 2), 3).pooledMaximum(half)
        let hidden = try (dropping(second.reshaped([images.shape[0], shape.flat])).multiplied(byTransposed: p[8]) + p[9]).relu()
        return try hidden.multiplied(byTransposed: p[10]) + p[11]
    }

    /// Pixels as numbers from 0 to 1, each image moved by some rows and columns.
    private func tensor(_ images: [LabeledImage], moved: (Int) -> (rows: Int, columns: Int)) throws -> Tensor {
        let size = shape.rows * shape.columns
        var values = [Float](repeating: 0, count: images.count * size)
        for (index, image) in images.enumerated() {
            guard image.pixels.count == size, (0..<Int32(shape.classes)).contains(image.label) else {
                throw Fault(.trainingData, "an image of \(image.pixels.count) pixels with the label \(image.label) does not fit the network", remedy: "give images and labels of one set")
            }
            let (down, right) = moved(index)
            for row in max(0, -down)..<min(shape.rows, shape.rows - down) { for column in max(0, -right)..<min(shape.columns, shape.columns - right) {
                values[index * size + (row + down) * shape.columns + column + right] = Float(image.pixels[row * shape.columns + column]) / 255
            } }
        }
        return try Tensor(values, shape: [images.count, shape.rows, shape.columns, 1], in: workspace)
    }

    /// The mean cross-entropy of images that are moved a little, with dropout.
    public func loss(of batch: [LabeledImage], using random: inout SeededRandom) throws -> Tensor {
        let shifts = batch.map { _ in (Int.random(in: -Self.shift...Self.shift, using: &random), Int.random(in: -Self.shift...Self.shift, using: &random)) }
        let images = try tensor(batch) { shifts[$0] }
        var own = random
        let result = try scores(of: images) { try $0.dropout(Self.dropout, using: &own) }
        return try result.crossEntropy(batch.map(\.label))
    }

    /// The mean cross-entropy of images as they are, and how many are classified rightly.
    public func evaluate(_ batch: [LabeledImage]) throws -> (loss: Float, correct: Int) {
        let (labels, found) = (batch.map(\.label), try detached.scores(of: tensor(batch) { _ in (0, 0) }))
        return (try found.crossEntropy(labels).item ?? .nan, zip(Self.best(found), labels).count { $0 == $1 })
    }

    /// The most probable class of each image.
    public func classify(_ images: [[UInt8]]) throws -> [Int32] {
        Self.best(try detached.scores(of: tensor(images.map { LabeledImage(pixels: $0, label: 0) }) { _ in (0, 0) }))
    }

    private static func best(_ scores: Tensor) -> [Int32] {
        let (values, width) = (scores.values, scores.shape[1])
        return (0..<scores.shape[0]).map { row in Int32((0..<width).max { values[row * width + $0] < values[row * width + $1] } ?? 0) }
    }

    /// The same network without ways back.
    private var detached: ImageClassifier {
        var copy = self
        copy.parameters = parameters.map { $0.detached() }
        return copy
    }
}

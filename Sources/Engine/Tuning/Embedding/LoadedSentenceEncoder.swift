import Core
import Foundation
import Inference
import Kernels
import Tensors

/// A sentence encoder to use: reads its file once, and gives texts vectors of length 1, whose inner product says how near two texts are.
///
/// ```swift
/// let encoder = try LoadedSentenceEncoder(path: "Demos/embedding/embedding.safetensors")
/// let vector = try encoder.vector(of: "居住证怎么办理")
/// ```
public struct LoadedSentenceEncoder: Sendable {
    private let network: SentenceEncoder
    /// What pieces weigh, by their numbers.
    private let weights: [Float]
    /// The window that is each piece's vector, by its number.
    private let windows: [Int32]

    /// - Parameter pool: what computes; one thread if nil.
    /// - Throws: `core.file`, `inference.model-damaged`; `tuning.checkpoint` when it is no sentence encoder.
    public init(path: String, pool: ThreadPool? = nil) throws {
        try self.init(SentenceEncoder(file: SafetensorsFile(path: path), in: Workspace(pool: pool ?? ThreadPool(width: 1))))
    }

    /// A network to use, such as one that was just trained.
    public init(_ network: SentenceEncoder) throws {
        var network = network
        network.parameters = network.parameters.map { $0.detached() }
        self.network = network
        weights = network.parameters[0].values.map { $0 * SentenceEncoder.weightScale }
        let count = network.shape.windowCount
        windows = (0..<Int32(PieceIndex.count)).map { PieceIndex.window($0, of: count) }
    }

    /// Numbers of a vector.
    public var width: Int { network.shape.width }

    /// The vector of a text, of length 1; zeros for a text without pieces.
    ///
    /// Text beyond 4,096 scalars has no say, and the longer a text, the less of it a vector can hold: cut long texts into passages of some hundred characters.
    public func vector(of text: String) throws -> [Float] { try vectors(of: [text])[0] }

    /// The same for several texts, which is faster.
    public func vectors(of texts: [String]) throws -> [[Float]] { try vectors(ofPieces: texts.map { PieceIndex.numbers(of: $0) }) }

    /// Vectors of texts that were taken apart before by ``PieceIndex/numbers(of:)``.
    ///
    /// - Throws: `tuning.data` for a number that no piece has.
    public func vectors(ofPieces texts: [[Int32]]) throws -> [[Float]] {
        guard texts.allSatisfy({ $0.allSatisfy((0..<Int32(PieceIndex.count)).contains) }) else {
            throw Fault(.trainingData, "a piece's number is not 0 to \(PieceIndex.count - 1)", remedy: "take numbers that the encoder gave")
        }
        return try stride(from: 0, to: texts.count, by: SentenceEncoder.partCount).flatMap { start in try part(texts[start..<min(texts.count, start + SentenceEncoder.partCount)]) }
    }

    private func part(_ texts: ArraySlice<[Int32]>) throws -> [[Float]] {
        var bags: [[Int32]] = []
        var factors: [Float] = []
        for text in texts {
            let bag = PieceBag(numbers: text)
            var kept: [Int32] = []
            for (number, factor) in zip(bag.numbers, bag.factors) {
                let weight = weights[Int(number)] * factor
                // Many pieces say nothing: their windows are not read.
                guard weight != 0 else { continue }
                kept.append(windows[Int(number)])
                factors.append(weight)
            }
            bags.append(kept)
        }
        let (workspace, width) = (network.workspace, width)
        let sums = try network.parameters[1].baggedWindows(bags, weights: Tensor(factors, shape: [factors.count], in: workspace), width: width, step: SentenceEncoder.Shape.step)
        let values = try network.refined(sums).values
        return texts.indices.map { place in
            let row = place - texts.startIndex
            // The hidden layer answers to its bias even where there is nothing to read.
            return bags[row].isEmpty ? [Float](repeating: 0, count: width) : Array(values[row * width..<(row + 1) * width])
        }
    }
}

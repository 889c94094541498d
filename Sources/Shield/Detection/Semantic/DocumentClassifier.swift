import Core
import Foundation

extension Fault.Code {
    /// Weights of a classifier of documents are damaged or of another version.
    public static let documentWeights = Fault.Code("detection.document-weights", .input)
}

/// Says what a document is as a whole: a network of two layers over hashed features, learned by Benchmarks/detection/train-documents.
///
/// ```swift
/// let classifier = try DocumentClassifier(weights: bytes)
/// let best = classifier.classes(of: text, findings: try detector.detect(text).findings)[0]
/// ```
/// Of a text the first 64 KiB and eight pieces of the rest are read, so the time has a bound whatever the length.
public struct DocumentClassifier: Sendable {
    private static let hiddenCount = 24
    private static let magic: [UInt8] = Array("BYDC".utf8) + [1, 0, 0, 0]
    private static let classes = DocumentClass.allCases
    static let byteCount = magic.count + DocumentFeatures.count * hiddenCount + 4 * (2 * hiddenCount + classes.count * (hiddenCount + 1)) + 4

    /// First layer, a row of eight-bit weights a feature.
    private let rows: [Int8]
    private let scales: [Float]
    private let hiddenBias: [Float]
    private let outputs: [Float]
    private let outputBias: [Float]

    /// - Parameter weights: the file `document-classes.bin`: a mark, scales, the first layer, its bias, the second layer, its bias, and a checksum (FNV-1a, 32
    ///   bits).
    /// - Throws: `detection.document-weights` when a byte is missing, too many or damaged.
    public init(weights: [UInt8]) throws {
        guard weights.count == Self.byteCount, weights.starts(with: Self.magic) else {
            throw Fault(.documentWeights, "the weights of document classes have another length or version", remedy: "take document-classes.bin of this version")
        }
        let end = weights.count - 4
        var sum: UInt32 = 2_166_136_261
        for byte in weights[..<end] { sum = (sum ^ UInt32(byte)) &* 16_777_619 }
        guard sum == Self.word(weights, at: end) else {
            throw Fault(.documentWeights, "the weights of document classes are damaged", remedy: "copy document-classes.bin again")
        }
        var place = Self.magic.count
        func floats(_ count: Int) -> [Float] {
            defer { place += 4 * count }
            return (0..<count).map { Float(bitPattern: Self.word(weights, at: place + 4 * $0)) }
        }
        scales = floats(Self.hiddenCount)
        rows = weights[place..<place + DocumentFeatures.count * Self.hiddenCount].map { Int8(bitPattern: $0) }
        place += rows.count
        hiddenBias = floats(Self.hiddenCount)
        outputs = floats(Self.classes.count * Self.hiddenCount)
        outputBias = floats(Self.classes.count)
        guard (scales + hiddenBias + outputs + outputBias).allSatisfy(\.isFinite) else {
            throw Fault(.documentWeights, "the weights of document classes hold numbers that are none", remedy: "copy document-classes.bin again")
        }
    }

    /// All classes, the likeliest first; the probabilities sum to 1.
    ///
    /// - Parameters:
    ///   - text: UTF-8; other bytes do no harm. An empty text is `other`.
    ///   - findings: what the detector found in it; empty when it did not run.
    public func classes(of text: [UInt8], findings: [Finding]) -> [(class: DocumentClass, probability: Double)] {
        guard text.contains(where: { $0 > 32 }) else { return [(.other, 1)] + Self.classes.dropLast().map { ($0, 0) } }
        var hidden = [Float](repeating: 0, count: Self.hiddenCount)
        for (feature, value) in DocumentFeatures(text, findings: findings).values {
            let row = feature * Self.hiddenCount
            for unit in 0..<Self.hiddenCount { hidden[unit] += value * Float(rows[row + unit]) }
        }
        for unit in 0..<Self.hiddenCount { hidden[unit] = tanh(hidden[unit] * scales[unit] + hiddenBias[unit]) }
        let scores = Self.classes.indices.map { number in
            (0..<Self.hiddenCount).reduce(Double(outputBias[number])) { $0 + Double(outputs[number * Self.hiddenCount + $1]) * Double(hidden[$1]) }
        }
        let highest = scores.max() ?? 0
        let powers = scores.map { exp($0 - highest) }
        let total = powers.reduce(0, +)
        return zip(Self.classes, powers).map { (class: $0, probability: $1 / total) }.sorted { $0.probability > $1.probability }
    }

    private static func word(_ bytes: [UInt8], at place: Int) -> UInt32 { (0..<4).reduce(0) { $0 | UInt32(bytes[place + $1]) << UInt32(8 * $1) } }
}

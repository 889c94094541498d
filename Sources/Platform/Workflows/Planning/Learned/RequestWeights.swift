import Core
import Foundation

/// What was learned of how people ask for steps: for each place of a request, how likely its words ask for each kind.
///
/// A softmax over kinds and "none", linear in ``RequestFeatures``. It stands beside the lexicon, not in its place: rules know what must be so, weights know how people say it. `banyan workflow teach` makes it from
/// requests with the words that ask for each kind; ``RequestLearner`` says how.
/// Rejected: a classifier of whole requests (from the same 1,400 requests it found the kinds with F1 0.5 instead of 0.88: kinds come in too many mixtures), and a recurrent tagger (as good, and a hundred times slower to teach).
public struct RequestWeights: Sendable {
    /// A stretch of a request that asks for a kind, in units.
    struct Sense: Sendable, Hashable {
        let kind: String
        let range: Range<Int>
        /// The highest of its places.
        let probability: Float
    }

    /// The most kinds; the last column is "none".
    static let width = 32
    private static let mark = Array("banyan requests 1\n".utf8)
    /// More is no file of ours.
    public static let byteCountMax = 16 << 20

    public let kinds: [String]
    /// In rising order; one row each.
    private let features: [UInt32]
    private let scales: [Float]
    private let rows: [SIMD32<Int8>]

    init(kinds: [String], weights: [UInt32: SIMD32<Float>]) {
        self.kinds = kinds
        features = weights.keys.sorted()
        let kept = features.map { weights[$0] ?? .zero }
        scales = kept.map { row in max(row.max(), -row.min(), .leastNormalMagnitude) / 127 }
        rows = zip(kept, scales).map { SIMD32<Int8>(truncatingIfNeeded: SIMD32<Int32>(($0 / $1).rounded(.toNearestOrEven))) }
    }

    /// How likely each unit asks for each kind; the columns are those of `kinds`, then "none".
    func probabilities(_ units: [RequestUnit]) -> [SIMD32<Float>] {
        let known = RequestFeatures(units)
        return units.indices.map { place in
            var sums = SIMD32<Float>.zero
            for feature in known.at(place) { if let row = row(of: feature) { sums += SIMD32<Float>(rows[row]) * scales[row] } }
            return Self.softmax(sums, count: kinds.count + 1)
        }
    }

    /// The stretches that ask for a kind with at least this probability somewhere, in their order.
    func senses(_ units: [RequestUnit], least: Float) -> [Sense] {
        let all = probabilities(units)
        var found: [Sense] = []
        for (column, kind) in kinds.enumerated() {
            var start: Int?
            for place in 0...units.count {
                if place < units.count, all[place][column] >= least { start = start ?? place; continue }
                if let first = start { found.append(Sense(kind: kind, range: first..<place, probability: all[first..<place].map { $0[column] }.max() ?? 0)) }
                start = nil
            }
        }
        return found.sorted { ($0.range.lowerBound, $0.kind) < ($1.range.lowerBound, $1.kind) }
    }

    static func softmax(_ sums: SIMD32<Float>, count: Int) -> SIMD32<Float> {
        var most = sums[0], total: Float = 0, shares = SIMD32<Float>.zero
        for column in 1..<count { most = max(most, sums[column]) }
        for column in 0..<count {
            shares[column] = exp(sums[column] - most)
            total += shares[column]
        }
        return shares / total
    }

    private func row(of feature: UInt32) -> Int? {
        var low = 0, high = features.count
        while low < high {
            let middle = (low + high) / 2
            if features[middle] < feature { low = middle + 1 } else { high = middle }
        }
        return low < features.count && features[low] == feature ? low : nil
    }
}

/// The file: a line that says what it is, the kinds in a line each, an empty line, the number of rows; then hashes, scales and rows, little-endian.
extension RequestWeights {
    /// The file's bytes.
    public var bytes: [UInt8] {
        var bytes = Self.mark + kinds.flatMap { Array($0.utf8) + [0x0A] } + [0x0A]
        func append(_ value: UInt32) { for shift in stride(from: 0, to: 32, by: 8) { bytes.append(UInt8(truncatingIfNeeded: value >> UInt32(shift))) } }
        append(UInt32(features.count))
        for feature in features { append(feature) }
        for scale in scales { append(scale.bitPattern) }
        for row in rows { for column in 0..<Self.width { bytes.append(UInt8(bitPattern: row[column])) } }
        return bytes
    }

    /// - Throws: `workflows.plan` when these are no weights, or damaged.
    public init(bytes: [UInt8]) throws {
        func damaged(_ what: String) -> Fault { Fault(.workflowPlan, "these are no weights of requests: \(what)", remedy: "make them anew with banyan workflow teach") }
        guard bytes.count <= Self.byteCountMax, bytes.starts(with: Self.mark) else { throw damaged("the head") }
        var place = Self.mark.count, kinds: [String] = []
        while true {
            guard let end = bytes[place...].prefix(65).firstIndex(of: 0x0A) else { throw damaged("a kind") }
            let line = bytes[place..<end]
            place = end + 1
            if line.isEmpty { break }
            guard kinds.count < Self.width - 1, line.allSatisfy({ $0 > 0x20 && $0 < 0x7F }) else { throw damaged("a kind") }
            kinds.append(String(decoding: line, as: UTF8.self))
        }
        func word() throws -> UInt32 {
            guard place + 4 <= bytes.count else { throw damaged("the end") }
            defer { place += 4 }
            return (0..<4).reduce(0) { $0 | UInt32(bytes[place + $1]) << UInt32(8 * $1) }
        }
        let count = Int(try word())
        guard !kinds.isEmpty, Set(kinds).count == kinds.count, count <= bytes.count, bytes.count - place == count * (8 + Self.width) else { throw damaged("the size") }
        let features = try (0..<count).map { _ in try word() }, scales = try (0..<count).map { _ in Float(bitPattern: try word()) }
        guard zip(features, features.dropFirst()).allSatisfy(<), scales.allSatisfy({ $0.isFinite && $0 > 0 && $0 < 1e6 }) else { throw damaged("an order or a scale") }
        rows = (0..<count).map { row in
            var values = SIMD32<Int8>.zero
            for column in 0..<Self.width { values[column] = Int8(bitPattern: bytes[place + row * Self.width + column]) }
            return values
        }
        (self.kinds, self.features, self.scales) = (kinds, features, scales)
    }
}

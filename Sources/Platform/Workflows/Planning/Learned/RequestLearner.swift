import Core
import Foundation

/// A request with the kinds that it asks for and the words that do.
public struct RequestExample: Sendable, Hashable {
    public let request: String
    /// Words of the request by kind; none for a kind that is only implied.
    public let kinds: [String: String]

    public init(request: String, kinds: [String: String]) { (self.request, self.kinds) = (request, kinds) }

    /// Reads a line of `{"request": "…", "nodes": {"protect": "脱敏", "data-import": ""}}`.
    /// - Throws: `workflows.plan` naming what is wrong; never the request.
    public init(json: JSONValue) throws {
        guard case .string(let request)? = json["request"], case .object(let nodes)? = json["nodes"] else {
            throw Fault(.workflowPlan, "an example has no request or no nodes", remedy: "write {\"request\": \"…\", \"nodes\": {\"kind\": \"its words\"}}")
        }
        var kinds: [String: String] = [:]
        for (kind, words) in nodes {
            guard case .string(let words) = words, words.isEmpty || request.contains(words) else { throw Fault(.workflowPlan, "the words for \(kind) are not in their request", remedy: "copy them from it, or leave them empty") }
            kinds[kind] = words
        }
        self.init(request: request, kinds: kinds)
    }
}

/// Learns ``RequestWeights`` from examples.
///
/// Each unit of a request is an example of the kind whose words it belongs to, or of none. Multinomial logistic regression by stochastic gradients with steps after Adagrad (Duchi, Hazan and Singer 2011); a share of a unit's
/// features is left out at random each time, so that no single word decides. Then the features that matter most are kept, in bytes. The same examples and seed give the same weights.
public struct RequestLearner: Sendable {
    /// Times that all examples are seen.
    public var epochs = 8
    /// The size of steps.
    public var rate: Float = 0.15
    /// The share of features that are left out.
    public var dropout = 0.3
    /// Features that are kept.
    public var featureCountMax = 60_000
    public var seed: UInt64 = 1
    /// Examples beyond this are refused.
    public static let exampleCountMax = 100_000

    public init() {}

    /// - Parameter progress: gets the number of the epoch and the mean loss.
    /// - Throws: `workflows.plan`; `CancellationError`.
    public func learn(_ examples: [RequestExample], progress: (Int, Double) -> Void = { _, _ in }) throws -> RequestWeights {
        let kinds = Set(examples.flatMap { $0.kinds.filter { !$0.value.isEmpty }.keys }).sorted()
        guard !kinds.isEmpty, kinds.count < RequestWeights.width, examples.count <= Self.exampleCountMax else {
            throw Fault(.workflowPlan, "there are \(examples.count) examples of \(kinds.count) kinds", remedy: "give 1 to \(Self.exampleCountMax) examples of 1 to \(RequestWeights.width - 1) kinds, with their words")
        }
        let columns = Dictionary(uniqueKeysWithValues: kinds.enumerated().map { ($1, $0) })
        var places: [(features: Range<Int>, column: Int)] = [], features: [UInt32] = [], counts: [UInt32: Int32] = [:]
        for example in examples {
            let units = SlotReader.units(of: example.request), columnOf = Self.columns(of: example, units, columns), known = RequestFeatures(units)
            for place in units.indices {
                let found = known.at(place)
                for feature in found { counts[feature, default: 0] += 1 }
                places.append((features.count..<features.count + found.count, columnOf[place] ?? kinds.count))
                features += found
            }
        }
        // What was seen once teaches nothing that will be seen again.
        let kept = counts.filter { $0.value > 1 }.keys.sorted()
        let numbers = Dictionary(uniqueKeysWithValues: kept.enumerated().map { ($1, Int32($0)) })
        let rows = features.map { numbers[$0] ?? -1 }
        let weights = try descend(places, rows, rowCount: kept.count, columnCount: kinds.count + 1, progress)
        let most = kept.indices.sorted { (weights[$0].magnitude, kept[$1]) > (weights[$1].magnitude, kept[$0]) }.prefix(featureCountMax)
        return RequestWeights(kinds: kinds, weights: Dictionary(uniqueKeysWithValues: most.map { (kept[$0], weights[$0]) }))
    }

    private func descend(_ places: [(features: Range<Int>, column: Int)], _ rows: [Int32], rowCount: Int, columnCount: Int, _ progress: (Int, Double) -> Void) throws -> [SIMD32<Float>] {
        var weights = [SIMD32<Float>](repeating: .zero, count: rowCount), squares = [SIMD32<Float>](repeating: .init(repeating: 1e-6), count: rowCount)
        var random = SeededRandom(seed: seed), order = Array(places.indices), loss = 0.0
        let limit = UInt64(dropout * Double(UInt64.max >> 11))
        for epoch in 1...max(1, epochs) {
            try Task.checkCancellation()
            order.shuffle(using: &random)
            loss = 0
            for index in order {
                let place = places[index]
                let seen = rows[place.features].filter { $0 >= 0 && random.next() >> 11 >= limit }
                var sums = SIMD32<Float>.zero
                for row in seen { sums += weights[Int(row)] }
                var slope = RequestWeights.softmax(sums, count: columnCount)
                loss -= log(max(Double(slope[place.column]), 1e-9))
                slope[place.column] -= 1
                let square = slope * slope
                for row in seen {
                    squares[Int(row)] += square
                    weights[Int(row)] -= rate * slope / squares[Int(row)].squareRoot()
                }
            }
            progress(epoch, loss / Double(max(1, places.count)))
        }
        return weights
    }

    /// The column of each unit that belongs to the words of a kind; where words overlap, the shorter ones count.
    private static func columns(of example: RequestExample, _ units: [RequestUnit], _ columns: [String: Int]) -> [Int: Int] {
        var found: [Int: Int] = [:]
        for (kind, words) in example.kinds.filter({ !$0.value.isEmpty }).sorted(by: { ($0.value.count, $0.key) < ($1.value.count, $1.key) }) {
            var wanted = SlotReader.units(of: words)[...]
            while wanted.first?.isStop ?? false { wanted.removeFirst() }
            while wanted.last?.isStop ?? false { wanted.removeLast() }
            guard let column = columns[kind], !wanted.isEmpty, wanted.count <= units.count else { continue }
            let starts = (0...units.count - wanted.count).filter { units[$0..<$0 + wanted.count].elementsEqual(wanted) }
            guard let start = starts.first(where: { start in (start..<start + wanted.count).allSatisfy { found[$0] == nil } }) ?? starts.first else { continue }
            for place in start..<start + wanted.count where found[place] == nil { found[place] = column }
        }
        return found
    }
}

extension RequestWeights {
    /// How many of the kinds whose words are said were found.
    public struct Score: Sendable, Hashable {
        public var right = 0
        public var wrong = 0
        public var missed = 0
        public var precision: Double { right == 0 ? 0 : Double(right) / Double(right + wrong) }
        public var recall: Double { right == 0 ? 0 : Double(right) / Double(right + missed) }
        public var f1: Double { right == 0 ? 0 : 2 * Double(right) / Double(2 * right + wrong + missed) }

        public init() {}
    }

    /// Measures on examples that were not learned from.
    public func score(_ examples: [RequestExample]) -> Score {
        examples.reduce(into: Score()) { score, example in
            let found = Set(senses(SlotReader.units(of: example.request), least: 0.5).map(\.kind)), said = Set(example.kinds.filter { !$0.value.isEmpty }.keys)
            score.right += found.intersection(said).count
            score.wrong += found.subtracting(said).count
            score.missed += said.subtracting(found).count
        }
    }
}

extension SIMD32<Float> {
    /// The greatest of its magnitudes.
    fileprivate var magnitude: Float { Swift.max(self.max(), -self.min()) }
}

import Core

/// Which labels were taken for which.
public struct ConfusionMatrix: Sendable, Hashable {
    public let labels: [String]
    /// `counts[true][found]`
    public private(set) var counts: [[Int]]

    public init(labels: [String]) {
        self.labels = labels
        counts = labels.map { _ in labels.map { _ in 0 } }
    }

    /// Counts one answer; places that are no label are left out.
    public mutating func add(truth: Int, found: Int) {
        guard counts.indices.contains(truth), counts.indices.contains(found) else { return }
        counts[truth][found] += 1
    }

    /// All answers.
    public var total: Int { counts.reduce(0) { $0 + $1.reduce(0, +) } }

    /// The share of right answers; 0 without answers.
    public var accuracy: Double { total == 0 ? 0 : Double(labels.indices.reduce(0) { $0 + counts[$1][$1] }) / Double(total) }

    /// The harmonic mean of a label's precision and recall; nil if it neither occurs nor was found.
    public func f1(_ label: Int) -> Double? {
        let occurs = counts[label].reduce(0, +), found = counts.reduce(0) { $0 + $1[label] }
        return occurs + found == 0 ? nil : 2 * Double(counts[label][label]) / Double(occurs + found)
    }

    /// The mean of the labels' F1: rare labels count as much as frequent ones.
    public var macroF1: Double {
        let known = labels.indices.compactMap(f1)
        return known.isEmpty ? 0 : known.reduce(0, +) / Double(known.count)
    }

    /// The pairs that were confused most often, at most `countMax`, most frequent first.
    public func confusions(_ countMax: Int) -> [(truth: Int, found: Int, count: Int)] {
        let pairs = labels.indices.flatMap { truth in labels.indices.map { (truth: truth, found: $0, count: counts[truth][$0]) } }
        return Array(pairs.filter { $0.truth != $0.found && $0.count > 0 }.sorted { ($0.count, -$0.truth, -$0.found) > ($1.count, -$1.truth, -$1.found) }.prefix(countMax))
    }

    /// Labels, figures and counts.
    public var json: JSONValue {
        [
            "labels": .array(labels.map { .string($0) }), "counts": .array(counts.map { .array($0.map { .int($0) }) }), "accuracy": .double(accuracy), "macro_f1": .double(macroF1),
            "f1": .array(labels.indices.map { label in f1(label).map { .double($0) } ?? .null }),
        ]
    }
}

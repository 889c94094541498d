import Core

/// Which files of a tree are read.
public enum Sampling: Sendable, Hashable {
    /// Each file with this probability, 0…1.
    case share(Double)
    /// So many files, all choices equally likely.
    case count(Int)
}

/// What a sample says about the files that were not read.
public struct SampleReport: Sendable, Hashable, Codable {
    /// Files of the tree.
    public var population: Int
    public var sampled: Int
    /// Sampled files with findings.
    public var hits: Int
    public var confidence: Double
    /// The upper bound of the share of files with findings (Clopper-Pearson, one-sided).
    public var shareMax: Double
    /// At most this share of all files has findings and was not read.
    public var missedFileShareMax: Double
    /// At most this share of all files with findings was not read. For findings too, if files that were not read hold as many each as those that were.
    public var missedFindingShareMax: Double
    /// ``shareMax`` for each type.
    public var shareMaxByType: [String: Double]

    init(population: Int, sampled: Int, hits: Int, hitsByType: [String: Int], confidence: Double) {
        (self.population, self.sampled, self.hits, self.confidence) = (population, sampled, hits, confidence)
        let unread = Double(population - sampled)
        shareMax = BinomialBound.upper(hits: hits, trials: sampled, confidence: confidence)
        missedFileShareMax = population == 0 ? 0 : shareMax * unread / Double(population)
        let missed = shareMax * unread
        missedFindingShareMax = missed == 0 ? 0 : missed / (Double(hits) + missed)
        shareMaxByType = hitsByType.mapValues { BinomialBound.upper(hits: $0, trials: sampled, confidence: confidence) }
    }
}

/// Chooses units while a tree is walked.
struct Sampler {
    private let sampling: Sampling
    private var random: SeededRandom
    private(set) var population = 0
    /// Of ``Sampling/count(_:)``: the units chosen so far (Vitter 1985, algorithm R) with their place in the walk.
    private var reservoir: [(place: Int, unit: ScanUnit)] = []

    init(_ sampling: Sampling, seed: UInt64) { (self.sampling, random) = (sampling, SeededRandom(seed: seed)) }

    /// The unit when it is read at once; nil when it is not, or may be later.
    mutating func take(_ unit: ScanUnit) -> ScanUnit? {
        population += 1
        switch sampling {
        case .share(let share): return Double.random(in: 0..<1, using: &random) < share ? unit : nil
        case .count(let count):
            if reservoir.count < count {
                reservoir.append((population, unit))
            } else {
                let place = Int.random(in: 0..<population, using: &random)
                if place < count { reservoir[place] = (population, unit) }
            }
            return nil
        }
    }

    /// Units that were kept to the end, in the order of the walk.
    var kept: [ScanUnit] { reservoir.sorted { $0.place < $1.place }.map(\.unit) }
}

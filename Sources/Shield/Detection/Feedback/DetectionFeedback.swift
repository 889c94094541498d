import Core

extension Fault.Code {
    /// A file of feedback is damaged, or what is added to it is out of bounds.
    public static let feedback = Fault.Code("detection.feedback", .input)
}

/// What people have said of findings, by type, and what follows from it: from which confidence on candidates of a type are kept, and which words near them count.
///
/// It holds counts and words that a person named, no text of any finding.
///
/// **Threshold.** A recognizer's confidence is taken as a prior guess of how often it is right: Beta(8c, 8 − 8c) at confidence c. With C confirmed and R rejected the estimate of its
/// precision is the posterior mean (8c + C) / (8 + C + R) (Gelman et al., Bayesian Data Analysis, 3rd ed., 2.4). Verdicts come in 20 bands of confidence; a confirmation counts in full
/// in its band and above, a rejection in its band and below, and half as much with each band beyond, so that the estimate rises with c. The threshold is where it reaches 0.5,
/// which is 0.5 before anybody has said anything. It moves by 0.05 a verdict at most, and stays within 0.3…0.95.
///
/// **Words.** A word with C confirmed and R rejected beside it has the precision (1 + C) / (2 + C + R) (Laplace's rule of succession); it adds 0.6 · (precision − 0.5), between −0.3 and 0.3.
///
/// ```swift
/// var feedback = DetectionFeedback()
/// try feedback.add(.rejected, of: finding)
/// feedback.effect(on: past).nowDropped   // before it is used
/// let detector = try Detector(recognizers: Recognizers.all, feedback: feedback)
/// feedback.undo()
/// ```
public struct DetectionFeedback: Sendable, Hashable {
    /// What a person says of a finding.
    public enum Verdict: String, Sendable, Codable, CaseIterable { case confirmed, rejected }

    public static let typeCountMax = 4_096
    /// Words of a type.
    public static let wordCountMax = 32
    /// Changes that can be undone.
    public static let historyCountMax = 64
    /// Verdicts of one kind in a band or beside a word; more say nothing new.
    static let verdictCountMax = 1_000_000
    static let bandCount = 20
    /// Steps and bounds of a shift, in thousandths, so that undoing is exact.
    static let stepMax = 50
    static let shifts = -200...450
    /// How many verdicts a recognizer's own confidence is worth.
    private static let priorCount = 8.0

    /// Verdicts of one kind or the other.
    struct Counts: Sendable, Hashable {
        var confirmed = 0
        var rejected = 0

        mutating func add(_ verdict: Verdict) {
            switch verdict {
            case .confirmed: confirmed = min(confirmed + 1, DetectionFeedback.verdictCountMax)
            case .rejected: rejected = min(rejected + 1, DetectionFeedback.verdictCountMax)
            }
        }
    }

    /// What is known of a type.
    struct Record: Sendable, Hashable {
        var bands = [Counts](repeating: Counts(), count: DetectionFeedback.bandCount)
        /// The threshold less 0.5, in thousandths.
        var shift = 0
        var words: [String: Counts] = [:]
    }

    /// A type as it was before a change; nil when it was not known.
    struct Change: Sendable, Hashable {
        var type: String
        var before: Record?
    }

    var records: [String: Record] = [:]
    /// The oldest first.
    var history: [Change] = []

    /// Nothing said yet: changes nothing.
    public init() {}

    /// Types about which something was said, by id.
    public var types: [SensitiveType] { records.keys.sorted().map { SensitiveType(id: $0) } }

    /// Changes that ``undo()`` can still take back.
    public var undoCount: Int { history.count }

    /// Candidates of a type are kept from this confidence on.
    public func threshold(of type: SensitiveType) -> Double { 0.5 + Double(records[type.id]?.shift ?? 0) / 1_000 }

    /// What was said of a type.
    public func verdicts(of type: SensitiveType) -> (confirmed: Int, rejected: Int) {
        (records[type.id]?.bands ?? []).reduce((0, 0)) { ($0.0 + $1.confirmed, $0.1 + $1.rejected) }
    }

    /// What the words near a candidate of a type add to its confidence, each −0.3…0.3.
    public func words(of type: SensitiveType) -> [String: Double] { (records[type.id]?.words ?? [:]).mapValues(Self.weight) }

    /// Takes a verdict on a finding.
    /// - Parameter words: Words that stand near it and speak for or against it, as the person says; ASCII in any case.
    /// - Throws: as ``add(_:type:confidence:words:)``.
    public mutating func add(_ verdict: Verdict, of finding: Finding, words: [String] = []) throws {
        try add(verdict, type: finding.type, confidence: Self.unadjusted(finding), words: words)
    }

    /// Takes a verdict on a candidate of a type with a confidence before feedback.
    /// - Throws: `detection.feedback` for a confidence outside 0…1, words that are none (2 to 32 bytes, no digits), and more types or words than may be kept. Nothing has changed then.
    public mutating func add(_ verdict: Verdict, type: SensitiveType, confidence: Double, words: [String] = []) throws {
        guard (0...1).contains(confidence) else { throw Fault(.feedback, "a confidence must be 0 to 1", remedy: "give the one that the finding has") }
        guard Self.isName(type.id) else { throw Fault(.feedback, "this is no identifier of a type", remedy: "give one such as mobile") }
        let before = records[type.id]
        guard before != nil || records.count < Self.typeCountMax else { throw Fault(.feedback, "there is feedback on \(Self.typeCountMax) types, the limit", remedy: "begin a new file") }
        var record = before ?? Record()
        for word in Set(words.map(Self.lowered)) {
            guard Self.isWord(word) else { throw Fault(.feedback, "a word has 2 to 32 bytes and no digits", remedy: "give words that stand near the value, never the value") }
            guard record.words[word] != nil || record.words.count < Self.wordCountMax else { throw Fault(.feedback, "\(type.id) has \(Self.wordCountMax) words, the limit", remedy: "leave the word out") }
            record.words[word, default: Counts()].add(verdict)
        }
        record.bands[Self.band(confidence)].add(verdict)
        record.shift = Self.shift(after: record)
        history.append(Change(type: type.id, before: before))
        if history.count > Self.historyCountMax { history.removeFirst() }
        records[type.id] = record
    }

    /// Takes the last verdict back; false when there is none to take back.
    @discardableResult
    public mutating func undo() -> Bool {
        guard let change = history.popLast() else { return false }
        records[change.type] = change.before
        return true
    }
}

// MARK: - Estimates

extension DetectionFeedback {
    static func band(_ confidence: Double) -> Int { min(bandCount - 1, Int(confidence * Double(bandCount) + 1e-9)) }

    /// The shift that follows from a record's verdicts, a step at most away from the one it has.
    static func shift(after record: Record) -> Int {
        let target = Int(((threshold(record.bands) - 0.5) * 1_000).rounded())
        let step = min(max(target, record.shift - stepMax), record.shift + stepMax)
        return min(max(step, shifts.lowerBound), shifts.upperBound)
    }

    /// The least confidence at which the estimated precision is 0.5 or more; 1 when there is none.
    static func threshold(_ bands: [Counts]) -> Double {
        for band in bands.indices {
            var (confirmed, rejected) = (0.0, 0.0)
            for (other, counts) in bands.enumerated() {
                let far = 1 / Double(1 << abs(other - band))
                confirmed += Double(counts.confirmed) * (other <= band ? 1 : far)
                rejected += Double(counts.rejected) * (other >= band ? 1 : far)
            }
            // (8c + C) / (8 + C + R) = 0.5, solved for c.
            let passes = max(0.5 + (rejected - confirmed) / (2 * priorCount), Double(band) / Double(bandCount))
            if passes < Double(band + 1) / Double(bandCount) { return passes }
        }
        return 1
    }

    static func weight(_ counts: Counts) -> Double {
        0.6 * (Double(1 + counts.confirmed) / Double(2 + counts.confirmed + counts.rejected) - 0.5)
    }

    static func lowered(_ word: String) -> String { String(decoding: word.utf8.map { (65...90).contains($0) ? $0 | 32 : $0 }, as: UTF8.self) }

    /// No digits: a value is not kept by mistake as a word.
    static func isWord(_ word: String) -> Bool {
        (2...32).contains(word.utf8.count) && word.unicodeScalars.allSatisfy { !$0.properties.isWhitespace && $0.properties.numericType == nil && $0.value >= 32 }
    }

    static func isName(_ id: String) -> Bool { (1...64).contains(id.utf8.count) && id.utf8.allSatisfy { $0 > 32 && $0 < 127 } }
}

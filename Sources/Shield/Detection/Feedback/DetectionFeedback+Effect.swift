import Core
import Kernels

/// What feedback adds to the confidence of a type's candidates.
struct FeedbackEffect: Sendable {
    /// Bounds of what words add together.
    static let wordGainMax = 0.3
    static let reasonStart = "feedback: confidence "

    /// What is added to each candidate, in thousandths.
    let gain: Int
    /// Words by their bytes, with what they add.
    let words: [(bytes: [UInt8], gain: Double)]

    /// Nil when nothing follows from what was said of the type.
    init?(_ feedback: DetectionFeedback, _ type: SensitiveType) {
        guard let record = feedback.records[type.id] else { return nil }
        gain = -record.shift
        words = record.words.sorted { $0.key < $1.key }.map { (Array($0.key.utf8), DetectionFeedback.weight($0.value)) }
        if gain == 0, words.isEmpty { return nil }
    }

    /// Thousandths that are added to a candidate at `range`, for its words and its type.
    func gain(in text: [UInt8], _ range: Range<Int>) -> Int {
        guard !words.isEmpty else { return gain }
        let around = text[max(0, range.lowerBound - Context.before)..<range.lowerBound].map(Self.lowered)
        let after = text[range.upperBound..<min(text.count, range.upperBound + Context.after)].map(Self.lowered)
        return gain + Self.thousandths(words.filter { Self.holds(around, $0.bytes) || Self.holds(after, $0.bytes) }.map(\.gain))
    }

    /// The same for a candidate of which the words near it are known.
    func gain(near words: [String]) -> Int {
        let near = Set(words.map { Array(DetectionFeedback.lowered($0).utf8) })
        return gain + Self.thousandths(self.words.filter { near.contains($0.bytes) }.map(\.gain))
    }

    private static func thousandths(_ gains: [Double]) -> Int { Int((min(max(gains.reduce(0, +), -wordGainMax), wordGainMax) * 1_000).rounded()) }

    private static func lowered(_ byte: UInt8) -> UInt8 { (65...90).contains(byte) ? byte | 32 : byte }

    /// Whether a word stands in a text; one of ASCII letters at word borders.
    private static func holds(_ text: [UInt8], _ word: [UInt8]) -> Bool {
        guard text.count >= word.count else { return false }
        for start in 0...text.count - word.count where text[start] == word[0] && text[start..<start + word.count].elementsEqual(word) {
            let end = start + word.count
            let isApart = (start == 0 || !Borders.isWord(word[0]) || !Borders.isWord(text[start - 1])) && (end == text.count || !Borders.isWord(word[word.count - 1]) || !Borders.isWord(text[end]))
            if isApart { return true }
        }
        return false
    }

    /// A confidence with a gain added, and why it changed.
    static func apply(_ gain: Int, to confidence: Double) -> (confidence: Double, reason: String?) {
        guard gain != 0 else { return (confidence, nil) }
        // A candidate that was not certain does not become so, and what was taken away can be added again.
        let added = gain > 0 ? max(0, min(gain, Int((0.99 - confidence) * 1_000))) : gain
        guard added != 0 else { return (confidence, nil) }
        let size = String(abs(added))
        let digits = String(repeating: "0", count: max(0, 3 - size.utf8.count)) + size
        return (confidence + Double(added) / 1_000, "\(reasonStart)\(added > 0 ? "raised" : "lowered") by 0.\(digits)")
    }
}

extension DetectionFeedback {
    /// The score that a finding had before feedback.
    static func unadjusted(_ finding: Finding) -> Double {
        guard let reason = finding.reasons.first(where: { $0.hasPrefix(FeedbackEffect.reasonStart) }), let size = Double(reason.split(separator: " ").last ?? ""), size < 1 else { return finding.score }
        return min(1, max(0, finding.score + (reason.contains("lowered") ? size : -size)))
    }

    /// What this feedback makes of findings of the past, whether or not another was used then, so that it can be seen before it is used.
    ///
    /// Each finding is judged by itself: where one falls away, another that it lay over may come up.
    /// - Parameter words: Words that stood near each finding, in the order of the findings. Without them the thresholds count alone.
    /// - Returns: how many would be kept, and places in `findings` of those that were kept and would not be, and of those that were not and would be.
    public func effect(on findings: [Finding], words: [[String]] = []) -> (kept: Int, nowDropped: [Int], nowKept: [Int]) {
        var (kept, nowDropped, nowKept) = (0, [Int](), [Int]())
        var effects: [String: FeedbackEffect] = [:]
        for type in types { effects[type.id] = FeedbackEffect(self, type) }
        for (index, finding) in findings.enumerated() {
            let gain = effects[finding.type.id]?.gain(near: words.indices.contains(index) ? words[index] : []) ?? 0
            let was = finding.score >= Scanner.confidenceMin - 1e-9
            let isNow = FeedbackEffect.apply(gain, to: Self.unadjusted(finding)).confidence >= Scanner.confidenceMin - 1e-9
            if isNow { kept += 1 }
            if was, !isNow { nowDropped.append(index) }
            if !was, isNow { nowKept.append(index) }
        }
        return (kept, nowDropped, nowKept)
    }
}

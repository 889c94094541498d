import Core

/// Finds sensitive data in a text.
///
/// ```swift
/// let detection = try Detector().detect("电话13800138000")
/// detection.findings.first?.type  // .mobile
/// ```
public struct Detector: Sendable {
    /// The longest text, in Unicode scalars.
    public static let scalarCountMax = 4 << 20
    /// Candidates below this confidence are dropped.
    static let confidenceMin = 0.5
    /// Scalars before a candidate that context words are looked for in.
    static let contextWindow = 14
    /// What a context word adds, and a negative one takes.
    static let contextGain = 0.3

    private let recognizers: [any Recognizer]

    public init(recognizers: [any Recognizer] = Recognizers.all) { self.recognizers = recognizers }

    /// What `text` holds.
    /// - Throws: `detection.text-too-long`; nothing is scanned then, so the caller must not let the text pass.
    public func detect(_ text: String) throws -> Detection {
        let scanned = ScannedText(text)
        guard scanned.count <= Self.scalarCountMax else {
            throw Fault(.textTooLong, "the text has \(scanned.count) characters; the limit is \(Self.scalarCountMax)", remedy: "split it")
        }
        var weighed: [(recognizer: any Recognizer, candidate: Candidate)] = []
        var dropped: [Dropped] = []
        for recognizer in recognizers {
            for candidate in recognizer.candidates(in: scanned) {
                let result = Self.weigh(candidate, of: recognizer, in: scanned)
                if result.confidence >= Self.confidenceMin {
                    weighed.append((recognizer, result))
                } else {
                    dropped.append(Self.drop(result, recognizer, result.reasons.joined(separator: "; ")))
                }
            }
        }
        let (kept, overlapped) = Self.resolve(weighed)
        let findings = kept.map { recognizer, candidate in
            Finding(
                type: recognizer.type, start: candidate.start, end: candidate.end, byteStart: scanned.byteOffsets[candidate.start],
                byteEnd: scanned.byteOffsets[candidate.end], confidence: candidate.confidence, recognizer: recognizer.id, reasons: candidate.reasons)
        }
        dropped += overlapped.map { Self.drop($0.candidate, $0.recognizer, "overlaps a more confident finding") }
        return Detection(findings: findings.sorted { $0.start < $1.start }, dropped: dropped.sorted { ($0.start, $0.type) < ($1.start, $1.type) })
    }

    private static func drop(_ candidate: Candidate, _ recognizer: any Recognizer, _ reason: String) -> Dropped {
        Dropped(type: recognizer.type, start: candidate.start, end: candidate.end, recognizer: recognizer.id, reason: reason)
    }

    /// Adjusts a candidate's confidence by the words before it, in the same sentence.
    private static func weigh(_ candidate: Candidate, of recognizer: any Recognizer, in text: ScannedText) -> Candidate {
        var result = candidate
        var start = max(0, candidate.start - contextWindow)
        for index in stride(from: candidate.start - 1, through: start, by: -1) where "。；;！!？?\n，,".unicodeScalars.contains(text.scalars[index]) {
            start = index + 1
            break
        }
        let before = text.text(start..<candidate.start).lowercased()
        if recognizer.context.contains(where: before.contains) {
            result.confidence = min(1, result.confidence + contextGain)
            result.reasons.append("context word before it")
        } else if recognizer.negativeContext.contains(where: before.contains) {
            result.confidence -= contextGain * 2
            result.reasons.append("named as another number before it")
        }
        return result
    }

    /// Greedy choice of candidates that do not overlap: most confident first, then longest, then by type and place.
    private static func resolve(
        _ weighed: [(recognizer: any Recognizer, candidate: Candidate)]
    ) -> (kept: [(recognizer: any Recognizer, candidate: Candidate)], overlapped: [(recognizer: any Recognizer, candidate: Candidate)]) {
        let ranked = weighed.sorted { left, right in
            let (a, b) = (left.candidate, right.candidate)
            if a.confidence != b.confidence { return a.confidence > b.confidence }
            if a.end - a.start != b.end - b.start { return a.end - a.start > b.end - b.start }
            if left.recognizer.type != right.recognizer.type { return left.recognizer.type < right.recognizer.type }
            return a.start < b.start
        }
        var taken = Set<Int>()
        var kept: [(recognizer: any Recognizer, candidate: Candidate)] = []
        var overlapped: [(recognizer: any Recognizer, candidate: Candidate)] = []
        for entry in ranked {
            let span = entry.candidate.start..<entry.candidate.end
            if span.contains(where: taken.contains) {
                overlapped.append(entry)
            } else {
                taken.formUnion(span)
                kept.append(entry)
            }
        }
        return (kept, overlapped)
    }
}

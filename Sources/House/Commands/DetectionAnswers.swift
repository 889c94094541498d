import Core
import Detection
import Gateway
import Labels
import Protection

/// The detector and the grader behind `/v1/detect`.
struct DetectionAnswers: DetectionService {
    private let detector: Detector
    private let grader: Grader
    let types: Set<String>

    /// With the bundled tagger, where it is there.
    init() throws {
        detector = Detector(taggers: try ScanTagger.bundled())
        grader = Grader(standards: try GradingStandards.builtIn())
        types = Set(SensitiveType.all.map(\.id))
    }

    func detect(_ text: String, types: Set<String>?) throws -> (spans: [DetectedSpan], label: String) {
        let findings = try detector.detect(text).findings.filter { types?.contains($0.type.id) ?? true }
        let spans = findings.map {
            DetectedSpan(
                type: $0.type.id, start: $0.start, end: $0.end, byteStart: $0.byteStart, byteEnd: $0.byteEnd, confidence: $0.confidence, recognizer: $0.recognizer, reasons: $0.reasons)
        }
        return (spans, "\(grader.grade(findings).label)")
    }
}

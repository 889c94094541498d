import Core
import Detection

/// What a file is as a whole.
public struct DocumentReport: Sendable, Hashable, Codable {
    /// The file, as it was given or relative to the folder that was given.
    public var path: String
    public var documentClass: DocumentClass
    /// The classifier's probability.
    public var confidence: Double
}

/// The front of a file's text, from which its class is told. Archives of several files have none: they are no document.
struct DocumentSample {
    static let byteCountMax = 64 << 10
    /// Below it a class would be guessed from a line or two.
    static let byteCountMin = 96
    /// Probabilities below it are not told: they should be surer than the classifier is on texts like those it learned from, of which it calls one in ten otherwise (its card).
    static let confidenceMin = 0.9

    private(set) var text: [UInt8] = []

    var isFull: Bool { text.count >= Self.byteCountMax }

    /// Adds a piece of text on lines of its own.
    mutating func add(_ piece: some Collection<UInt8>) {
        guard !isFull else { return }
        if !text.isEmpty { text.append(0x0A) }
        text.append(contentsOf: piece.prefix(Self.byteCountMax - text.count))
    }

    /// The class of the text, unless it is too short, too uncertain or none of those that ask for treatment.
    func report(_ classifier: DocumentClassifier, _ result: FileResult, path: String) -> DocumentReport? {
        guard text.count >= Self.byteCountMin else { return nil }
        // The classifier counts types; places say nothing to it.
        let findings = result.findings.lazy.filter { ($0.byteStart ?? 0) < Self.byteCountMax }.prefix(10_000).map { finding in
            Finding(type: SensitiveType(id: finding.type), start: 0, end: 0, byteStart: 0, byteEnd: 0, confidence: finding.confidence, recognizer: "", reasons: [])
        }
        guard let best = classifier.classes(of: text, findings: Array(findings)).first, best.class != .other, best.probability >= Self.confidenceMin else { return nil }
        return DocumentReport(path: path, documentClass: best.class, confidence: (best.probability * 1_000).rounded() / 1_000)
    }
}

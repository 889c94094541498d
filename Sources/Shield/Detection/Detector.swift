import Core
import Kernels
import Synchronization

/// Finds sensitive data in a text.
///
/// ```swift
/// let detection = try Detector().detect("电话13800138000")
/// detection.findings.first?.type  // .mobile
/// ```
public final class Detector: Sendable {
    /// The longest text, in bytes; ``StreamScanner`` takes longer ones in parts.
    public static let byteCountMax = 16 << 20
    /// Sessions that are kept for the next text, one a thread that scans.
    private static let sessionCountMax = 64

    let book: RuleBook
    let taggers: EntityTaggers
    private let feedback: DetectionFeedback?
    /// What follows from the feedback, by recognizer; empty without any.
    private let effects: [FeedbackEffect?]
    private let sessions = Mutex<[ScanSession]>([])

    /// - Parameters:
    ///   - recognizers: Those that come with Banyan by default.
    ///   - taggers: Models for names and the like; none by default, so that only patterns count.
    ///   - feedback: What people said of past findings; it raises or lowers the confidence of a type's candidates before those under 0.5 are dropped.
    /// - Throws: `detection.pattern` for a recognizer whose pattern cannot be read.
    public convenience init(recognizers: [any Recognizer], taggers: EntityTaggers = EntityTaggers(), feedback: DetectionFeedback? = nil) throws {
        self.init(book: try RuleBook(recognizers), taggers: taggers, feedback: feedback)
    }

    private init(book: RuleBook, taggers: EntityTaggers, feedback: DetectionFeedback?) {
        self.book = book
        self.taggers = taggers
        self.feedback = feedback
        effects = feedback.map { feedback in book.recognizers.map { FeedbackEffect(feedback, $0.type) } } ?? []
    }

    /// A detector with the recognizers that come with Banyan; their patterns are read once.
    public convenience init(taggers: EntityTaggers = EntityTaggers(), feedback: DetectionFeedback? = nil) {
        self.init(book: Self.builtIn, taggers: taggers, feedback: feedback)
    }

    private static let builtIn: RuleBook = {
        do { return try RuleBook(Recognizers.all) } catch { preconditionFailure("a built-in pattern cannot be read: \(error)") }
    }()

    /// What `text` holds, with what was dropped and why.
    /// - Throws: `detection.text-too-long`; nothing is scanned then, so the caller must not let the text pass. What the tagger throws.
    public func detect(_ text: String) throws -> Detection { try detect(bytes: Array(text.utf8)) }

    /// What a text of UTF-8 holds; bytes that are none count as one scalar each.
    /// - Parameter explains: Whether dropped candidates are wanted; they cost time.
    /// - Throws: as ``detect(_:)``.
    public func detect(bytes: [UInt8], explains: Bool = true) throws -> Detection {
        guard bytes.count <= Self.byteCountMax else {
            throw Fault(.textTooLong, "the text has \(bytes.count) bytes; the limit is \(Self.byteCountMax)", remedy: "split it")
        }
        let (kept, dropped, reading) = try scan(bytes, explains: explains)
        var offsets = ScalarOffsets(bytes)
        let findings = kept.map { span -> Finding in
            let (start, end) = offsets.offsets(span.range)
            return finding(span, start, end, 0)
        }
        guard explains else { return Detection(findings: findings, dropped: [], reading: reading) }
        offsets = ScalarOffsets(bytes)
        let explained = dropped.sorted { ($0.range.lowerBound, $0.type) < ($1.range.lowerBound, $1.type) }.map { span -> Dropped in
            let (start, end) = offsets.offsets(span.range)
            return Dropped(type: span.type, start: start, end: end, recognizer: span.source, reason: span.reasons.joined(separator: "; "))
        }
        return Detection(findings: findings, dropped: explained, reading: reading)
    }

    func finding(_ span: Span, _ start: Int, _ end: Int, _ offset: Int) -> Finding {
        Finding(
            type: span.type, start: start, end: end, byteStart: offset + span.range.lowerBound, byteEnd: offset + span.range.upperBound, confidence: span.probability,
            recognizer: span.source, reasons: span.reasons, score: span.confidence)
    }

    /// A span of bytes with its type.
    struct Span: Sendable {
        var type: SensitiveType
        var source: String
        var range: Range<Int>
        /// Decides what wins where two overlap.
        var confidence: Double
        var probability: Double
        var reasons: [String]
    }

    /// What bytes hold: spans that do not overlap, by place, what was dropped, and what taggers read.
    func scan(_ bytes: [UInt8], explains: Bool) throws -> (kept: [Span], dropped: [Span], reading: EntityReading?) {
        let session = sessions.withLock { $0.popLast() } ?? ScanSession(book)
        // Handed on and never copied: two owners of one session would copy its tables at the next new state.
        var scanner = Scanner(session: consume session, textCount: bytes.count, explains: explains, feedback: effects)
        scanner.scan(ScanView(bytes))
        let (candidates, rejects) = (scanner.kept, scanner.dropped)
        var done: ScanSession? = (consume scanner).session
        sessions.withLock { if $0.count < Self.sessionCountMax, let session = done.take() { $0.append(session) } }
        var spans = candidates.map { weighed -> Span in
            Span(
                type: book.types[weighed.recognizer], source: book.ids[weighed.recognizer], range: weighed.range, confidence: weighed.confidence, probability: weighed.probability, reasons: weighed.reasons)
        }
        var dropped = rejects.map { unkept -> Span in
            Span(type: book.types[unkept.recognizer], source: book.ids[unkept.recognizer], range: unkept.range, confidence: 0, probability: 0, reasons: [unkept.reason])
        }
        var reading: EntityReading?
        if !taggers.isEmpty {
            let found = try EntityLayer(taggers: taggers).entities(in: bytes)
            let (entities, unkept) = weighed(found.spans, bytes)
            reading = found.reading
            spans += entities
            if explains { dropped += unkept }
        }
        let (kept, overlapped) = Self.resolve(spans)
        if explains {
            dropped += overlapped.map { span in
                var span = span
                span.reasons = ["overlaps a more confident finding"]
                return span
            }
        }
        return (kept, dropped, reading)
    }

    /// What a tagger found, with the feedback on its types.
    private func weighed(_ spans: [Span], _ bytes: [UInt8]) -> (kept: [Span], dropped: [Span]) {
        guard let feedback else { return (spans, []) }
        var (kept, dropped): ([Span], [Span]) = ([], [])
        for var span in spans {
            let (confidence, reason) = FeedbackEffect.apply(FeedbackEffect(feedback, span.type)?.gain(in: bytes, span.range) ?? 0, to: span.confidence)
            if let reason {
                span.probability = Fusion.moved(span.probability, by: confidence - span.confidence)
                span.confidence = confidence
                span.reasons.append(reason)
            }
            if reason != nil, confidence < Scanner.confidenceMin - 1e-9 { dropped.append(span) } else { kept.append(span) }
        }
        return (kept, dropped)
    }

    /// Of overlapping spans the more confident, then the longer, then the first by type; the same value found twice counts once.
    private static func resolve(_ spans: [Span]) -> (kept: [Span], overlapped: [Span]) {
        // Sorted by number: spans are large, and most pairs differ in confidence or length.
        let ranked = spans.indices.sorted { left, right in
            let (a, b) = (spans[left], spans[right])
            if a.confidence != b.confidence { return a.confidence > b.confidence }
            if a.range.count != b.range.count { return a.range.count > b.range.count }
            return (a.type, a.range.lowerBound, a.source) < (b.type, b.range.lowerBound, b.source)
        }
        // Kept spans by their starts, so that a new one is compared with its two neighbors only.
        var byStart: [(start: Int, index: Int)] = []
        var overlapped: [Span] = []
        for index in ranked {
            let span = spans[index]
            var (low, high) = (0, byStart.count)
            while low < high {
                let middle = (low + high) / 2
                if byStart[middle].start < span.range.lowerBound { low = middle + 1 } else { high = middle }
            }
            let isNear = { (place: Int) in byStart.indices.contains(place) && spans[byStart[place].index].range.overlaps(span.range) }
            if let other = [low - 1, low].first(where: isNear).map({ spans[byStart[$0].index] }) {
                if other.type != span.type || other.range != span.range { overlapped.append(span) }
                continue
            }
            byStart.insert((span.range.lowerBound, index), at: low)
        }
        return (byStart.map { spans[$0.index] }, overlapped)
    }
}

/// Offsets in scalars of places in bytes, asked in rising order of their starts.
struct ScalarOffsets {
    private let bytes: [UInt8]
    private var place = 0
    private var count: Int

    init(_ bytes: [UInt8], count: Int = 0) {
        self.bytes = bytes
        self.count = count
    }

    mutating func offsets(_ range: Range<Int>) -> (start: Int, end: Int) {
        count += ByteScan.scalarCount(bytes, place..<max(place, range.lowerBound))
        place = max(place, range.lowerBound)
        let start = range.lowerBound >= place ? count : count - ByteScan.scalarCount(bytes, range.lowerBound..<place)
        return (start, start + ByteScan.scalarCount(bytes, range))
    }
}

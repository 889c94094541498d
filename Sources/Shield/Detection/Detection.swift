import Core
import Labels

/// # Detection: sensitive data, with reasons
///
/// One pass over bytes finds anchors (words with digits, labels, prefixes, `@`); the patterns of the ``Recognizer``s run there and nowhere else, all word patterns as one automaton;
/// a check looks at digits, dates and neighbors; the words around weigh it. Where marks of escapes, look-alikes, numerals or encodings stand, the part is read as what it stands for
/// and scanned again (``ScanView``), with every place kept, so that a finding always points to the bytes of the original. An ``EntityTagger`` adds what only meaning tells; in long texts a ``QuickEntityTagger`` reads first.
/// Candidates with a score of at least 0.5 are kept; where two overlap, the higher score wins, then the longer, then the one whose type sorts first. Every keep and every drop carries reasons,
/// and no reason quotes the text.
///
/// Rejected: Swift's Regex (10 MB/s here, backtracking, and a pattern cannot carry a checksum); one automaton over all patterns at every byte (Vectorscan's way: its tables leave the
/// caches with 200 patterns, and most bytes begin nothing); decoding copies of the whole text.
///
/// ## Topics
/// ``Detector``, ``StreamScanner``, ``Finding``, ``Dropped``, ``Recognizer``, ``Recognizers``, ``Rule``, ``SensitiveType``, ``EntityTagger``, ``PatternRecognizer``,
/// ``DictionaryRecognizer``, ``ExactRecognizer``, ``ExactTable``, ``DetectionFeedback``, ``Fusion``
public enum DetectionRoom {}

extension Fault.Code {
    /// A text is longer than the detector's limit.
    public static let textTooLong = Fault.Code("detection.text-too-long", .input)
}

/// What a finding is.
public struct SensitiveType: Hashable, Sendable, Codable, Comparable {
    public let id: String
    public init(id: String) { self.id = id }

    public static let person = SensitiveType(id: "person")
    public static let address = SensitiveType(id: "address")
    public static let organization = SensitiveType(id: "organization")
    public static let mobile = SensitiveType(id: "mobile")
    public static let landline = SensitiveType(id: "landline")
    public static let residentID = SensitiveType(id: "resident-id")
    public static let bankCard = SensitiveType(id: "bank-card")
    public static let creditCode = SensitiveType(id: "credit-code")
    public static let passport = SensitiveType(id: "passport")
    public static let plate = SensitiveType(id: "plate")
    public static let email = SensitiveType(id: "email")
    public static let ipAddress = SensitiveType(id: "ip-address")
    public static let travelPermit = SensitiveType(id: "travel-permit")

    /// The types of this version, by id.
    public static var all: [SensitiveType] { cards.keys.sorted() }

    public static func < (left: SensitiveType, right: SensitiveType) -> Bool { left.id < right.id }

    /// The cards of all types that come with Banyan.
    public static let cards: [SensitiveType: TypeCard] = {
        var cards: [SensitiveType: TypeCard] = [:]
        for card in Recognizers.all.map(\.card) + EntityTypes.cards where cards[card.type] == nil { cards[card.type] = card }
        return cards
    }()

    /// What a finding of this type is about. A type of a person's own is personal.
    public var category: Category {
        switch Self.cards[self]?.group ?? .personal {
        case .personal: .personal
        case .identity, .international: .identity
        case .contact: .contact
        case .finance, .wallet: .finance
        case .vehicle: .vehicle
        case .health: .health
        case .corporate: .corporate
        case .network: .network
        case .location: .location
        case .credential: "credential"
        }
    }

    /// Its name for people, Chinese and English; the id for a type of a person's own.
    public var title: (zh: String, en: String) { Self.cards[self].map { ($0.zh, $0.en) } ?? (id, id) }
}

/// A span that was kept.
public struct Finding: Sendable, Hashable, Codable {
    public let type: SensitiveType
    /// Offsets in Unicode scalars of the text.
    public let start: Int
    public let end: Int
    /// The same span in bytes.
    public let byteStart: Int
    public let byteEnd: Int
    /// 0.5…1: how often a finding with the same evidence is right, on made texts (``Fusion``).
    public let confidence: Double
    /// 0.5…1: what decided that it was kept, and which of overlapping ones; ``DetectionFeedback`` and the columns of tables change it.
    public let score: Double
    public let recognizer: String
    /// Why it was kept. Never quotes the text.
    public let reasons: [String]

    /// - Parameter score: the confidence by default.
    public init(
        type: SensitiveType, start: Int, end: Int, byteStart: Int, byteEnd: Int, confidence: Double, recognizer: String, reasons: [String], score: Double? = nil
    ) {
        self.type = type
        self.start = start
        self.end = end
        self.byteStart = byteStart
        self.byteEnd = byteEnd
        self.confidence = confidence
        self.score = score ?? confidence
        self.recognizer = recognizer
        self.reasons = reasons
    }
}

/// A candidate that was not kept.
public struct Dropped: Sendable, Hashable, Codable {
    public let type: SensitiveType
    public let start: Int
    public let end: Int
    public let recognizer: String
    /// Why it was dropped. Never quotes the text.
    public let reason: String
}

/// What a text holds.
public struct Detection: Sendable, Hashable, Codable {
    /// Sorted by start; no two overlap.
    public let findings: [Finding]
    public let dropped: [Dropped]
    /// What taggers read; nil when there are none.
    public var reading: EntityReading?

    public init(findings: [Finding], dropped: [Dropped], reading: EntityReading? = nil) {
        self.findings = findings
        self.dropped = dropped
        self.reading = reading
    }
}

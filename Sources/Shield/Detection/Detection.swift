import Core
import Labels

/// # Detection: sensitive data, with reasons
///
/// A ``Recognizer`` proposes candidates of one type; the ``Detector`` weighs each by its own confidence, adjusted by words before it, and keeps those of
/// at least 0.5; where two overlap, the more confident wins, then the longer, then the one whose type sorts first. Every keep and every drop carries reasons,
/// and no reason quotes the text.
///
/// Recognizers are hand-written scans over scalars. Rejected: Swift's Regex (about 10 MB/s here, and a pattern cannot carry a checksum). Names and addresses
/// are found by rules for now; the tagger will replace the evidence, not the interface.
///
/// Offsets are Unicode scalars of the original text; scanning happens on a folded copy of the same length (full-width letters and digits become ASCII).
///
/// ## Topics
/// ``Detector``, ``Finding``, ``Dropped``, ``Recognizer``, ``Recognizers``, ``SensitiveType``
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

    /// The types of this version, in a stable order.
    public static let all: [SensitiveType] = [
        person, address, mobile, landline, residentID, bankCard, creditCode, passport, plate, email, ipAddress, travelPermit,
    ]

    public static func < (left: SensitiveType, right: SensitiveType) -> Bool { left.id < right.id }

    /// What a finding of this type is about.
    public var category: Category {
        switch self {
        case .residentID, .passport, .travelPermit: .identity
        case .mobile, .landline, .email: .contact
        case .bankCard: .finance
        case .creditCode: .corporate
        case .plate: .vehicle
        case .ipAddress: .network
        case .address: .location
        default: .personal
        }
    }

    /// Its name for people, Chinese and English.
    public var title: (zh: String, en: String) {
        switch self {
        case .person: ("姓名", "Person")
        case .address: ("地址", "Address")
        case .mobile: ("手机号", "Mobile number")
        case .landline: ("固定电话", "Landline")
        case .residentID: ("身份证号", "Resident ID")
        case .bankCard: ("银行卡号", "Bank card")
        case .creditCode: ("统一社会信用代码", "Social credit code")
        case .passport: ("护照号", "Passport")
        case .plate: ("车牌号", "License plate")
        case .email: ("电子邮箱", "E-mail")
        case .ipAddress: ("IP 地址", "IP address")
        case .travelPermit: ("往来通行证号", "Travel permit")
        default: (id, id)
        }
    }
}

/// A span that was kept.
public struct Finding: Sendable, Hashable, Codable {
    public let type: SensitiveType
    /// Offsets in Unicode scalars of the text.
    public let start: Int
    public let end: Int
    /// The same span in UTF-8 bytes.
    public let byteStart: Int
    public let byteEnd: Int
    /// 0.5…1.
    public let confidence: Double
    public let recognizer: String
    /// Why it was kept. Never quotes the text.
    public let reasons: [String]

    public init(
        type: SensitiveType, start: Int, end: Int, byteStart: Int, byteEnd: Int, confidence: Double, recognizer: String, reasons: [String]
    ) {
        self.type = type
        self.start = start
        self.end = end
        self.byteStart = byteStart
        self.byteEnd = byteEnd
        self.confidence = confidence
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
}

/// A span that a recognizer proposes.
public struct Candidate: Sendable, Hashable {
    public var start: Int
    public var end: Int
    /// 0…1; below 0.5 it is reported as dropped.
    public var confidence: Double
    public var reasons: [String]

    public init(_ start: Int, _ end: Int, confidence: Double, reasons: [String]) {
        self.start = start
        self.end = end
        self.confidence = confidence
        self.reasons = reasons
    }
}

/// Texts that a recognizer must and must not find something in; the contract tests run over them.
public struct RecognizerFixtures: Sendable {
    /// A text and the one substring to find in it.
    public let positive: [(text: String, found: String)]
    public let negative: [String]

    public init(positive: [(text: String, found: String)], negative: [String]) {
        self.positive = positive
        self.negative = negative
    }
}

/// A plug-in that finds one type of sensitive data.
public protocol Recognizer: Sendable {
    /// Stable name.
    var id: String { get }
    /// What it finds.
    var type: SensitiveType { get }
    /// Words that make a candidate after them more likely.
    var context: [String] { get }
    /// Words that make a candidate after them less likely.
    var negativeContext: [String] { get }
    /// Texts that show what it does.
    var fixtures: RecognizerFixtures { get }
    /// Spans that may be of its type, each with a confidence before context. Must be linear in the text and free of side effects.
    func candidates(in text: ScannedText) -> [Candidate]
}

extension Recognizer {
    public var id: String { type.id }
    public var context: [String] { [] }
    public var negativeContext: [String] { Recognizers.numberedThings }
}

/// The recognizers of this version.
public enum Recognizers {
    public static let all: [any Recognizer] = [
        ResidentIDRecognizer(), MobileRecognizer(), LandlineRecognizer(), BankCardRecognizer(), CreditCodeRecognizer(), PassportRecognizer(),
        PlateRecognizer(), EmailRecognizer(), IPAddressRecognizer(), TravelPermitRecognizer(), PersonRecognizer(), AddressRecognizer(),
    ]

    /// What numbers that identify no person are called.
    static let numberedThings = [
        "订单", "快递", "运单", "单号", "工单", "流水号", "编号", "受理号", "发票", "版本", "合同号", "案号", "文号", "order", "tracking", "version", "invoice",
    ]
}

/// A plug-in that finds one type of sensitive data: rules that say where a value may stand and what it looks like, words that make it more or less likely,
/// and texts that show both.
///
/// ```swift
/// struct StaffNumber: Recognizer {
///     let card = TypeCard("staff-number", zh: "工号", en: "Staff number", .corporate)
///     let rules = [Rule.word("[A-Z]{2}[0-9]{6}", 0.4)]
///     let labels = ["工号", "staff no"]
///     let fixtures = RecognizerFixtures(
///         positive: [("工号 AB123456", "AB123456"), ("staff no: XY000001", "XY000001")], negative: ["AB123456", "工号 AB12345"])
/// }
/// ```
public protocol Recognizer: Sendable {
    /// The type it finds, with its names.
    var card: TypeCard { get }
    /// Where values may stand and what they look like.
    var rules: [Rule] { get }
    /// Names of the value, which stand right before it (证件号码：…, phone: …). A ``Rule/Anchor/label`` rule matches after them; they are context words too.
    /// ASCII labels match in any case, at word borders; `_`, `-` and a space in one match any of the three or nothing.
    var labels: [String] { get }
    /// Words near a value that make it more likely, beyond the labels.
    var context: [String] { get }
    /// Words near a value that make it less likely; the nearest word decides.
    var negativeContext: [String] { get }
    /// Texts that show what it does.
    var fixtures: RecognizerFixtures { get }
    /// Looks through whole texts, beside the rules; none by default.
    var finder: (any TextFinder)? { get }
}

extension Recognizer {
    public var id: String { card.type.id }
    public var type: SensitiveType { card.type }
    public var finder: (any TextFinder)? { nil }
    public var labels: [String] { [] }
    public var context: [String] { [] }
    public var negativeContext: [String] { Recognizers.numberedThings }
}

/// What a type is called, and its group.
public struct TypeCard: Sendable {
    public let type: SensitiveType
    public let zh: String
    public let en: String
    public let group: TypeGroup

    public init(_ id: String, zh: String, en: String, _ group: TypeGroup) {
        type = SensitiveType(id: id)
        self.zh = zh
        self.en = en
        self.group = group
    }
}

/// What a type is about.
public enum TypeGroup: String, Sendable, Codable, CaseIterable {
    case personal, identity, contact, finance, vehicle, health, corporate, network, location, credential, wallet, international
}

/// Where a value may stand and what it looks like.
///
/// A pattern is a regular expression (RE2's syntax) over the folded text: full-width forms are ASCII, zero-width characters are gone, runs of Chinese digits are digits.
/// It matches from its anchor on and as far as it can; what it matches must not touch an ASCII letter or digit (``isBounded``).
public struct Rule: Sendable {
    /// Where a pattern is tried.
    public enum Anchor: Sendable {
        /// The pattern begins with an ASCII word that holds a digit ("E12345678", "2024-01-02").
        case word
        /// The pattern begins with one of these texts of four bytes or more, case as written ("ghp_", "京A").
        case literal([String])
        /// The value follows one of the recognizer's labels, with a colon, spaces, quotes, 是, 为, 号码 and the like between them.
        case label
        /// At every `@`; the match is that one byte, and the check looks around it.
        case at
    }

    public let anchor: Anchor
    public let pattern: String
    /// 0…1, before checks and context. From 0.5 a match is kept without a context word; a label or context word adds 0.35, a negative one takes 0.6.
    public let confidence: Double
    /// Why, for `explain`. Never quotes the text.
    public let reason: String
    /// The ASCII character that must stand right before a match of a word; nil for any.
    public let after: Character?
    /// Whether a letter or digit right before or after the match makes it none.
    public let isBounded: Bool
    /// Looks at a match once more: check digits, dates, neighbors. May change span and confidence.
    public let check: (@Sendable (Match) -> Verdict)?

    public init(
        _ anchor: Anchor, _ pattern: String, _ confidence: Double, _ reason: String = "shape", after: Character? = nil, isBounded: Bool = true,
        check: (@Sendable (Match) -> Verdict)? = nil
    ) {
        self.after = after
        self.anchor = anchor
        self.pattern = pattern
        self.confidence = confidence
        self.reason = reason
        self.isBounded = isBounded
        self.check = check
    }

    /// A rule for words that hold a digit.
    public static func word(
        _ pattern: String, _ confidence: Double, _ reason: String = "shape", after: Character? = nil, isBounded: Bool = true,
        check: (@Sendable (Match) -> Verdict)? = nil
    ) -> Rule { Rule(.word, pattern, confidence, reason, after: after, isBounded: isBounded, check: check) }

    /// A rule for texts that begin with one of `literals`.
    public static func literal(
        _ literals: [String], _ pattern: String, _ confidence: Double, _ reason: String = "prefix", isBounded: Bool = true,
        check: (@Sendable (Match) -> Verdict)? = nil
    ) -> Rule { Rule(.literal(literals), pattern, confidence, reason, isBounded: isBounded, check: check) }

    /// A rule for values after the recognizer's labels; the label has been counted, so `confidence` is final but for negative context.
    public static func label(
        _ pattern: String, _ confidence: Double, _ reason: String = "follows its name", isBounded: Bool = true, check: (@Sendable (Match) -> Verdict)? = nil
    ) -> Rule { Rule(.label, pattern, confidence, reason, isBounded: isBounded, check: check) }
}

/// What a check says about a match.
public enum Verdict: Sendable {
    /// Not of the type, and why.
    case drop(String)
    /// Of the type, with this confidence before context.
    case keep(Double, String)
    /// Of the type, but these bytes of the view only (or more of them).
    case span(Range<Int>, Double, String)
}

/// A match of a rule, as its check sees it.
public struct Match: Sendable {
    /// The folded bytes of the whole view.
    public let view: [UInt8]
    /// The match within them.
    public let range: Range<Int>

    public init(view: [UInt8], range: Range<Int>) {
        self.view = view
        self.range = range
    }

    /// The matched bytes.
    public var bytes: ArraySlice<UInt8> { view[range] }

    /// The matched letters and digits, upper case, without separators.
    public var compact: [UInt8] {
        var result: [UInt8] = []
        result.reserveCapacity(range.count)
        for byte in view[range] {
            switch byte {
            case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "A")...UInt8(ascii: "Z"): result.append(byte)
            case UInt8(ascii: "a")...UInt8(ascii: "z"): result.append(byte - 32)
            default: break
            }
        }
        return result
    }

    /// The matched digits as numbers 0…9.
    public var digits: [Int] {
        var result: [Int] = []
        result.reserveCapacity(range.count)
        for place in range where view[place] &- 48 < 10 { result.append(Int(view[place]) - 48) }
        return result
    }

    /// Whether the bytes of `text` stand within the match.
    public func contains(_ text: String) -> Bool {
        let (bytes, count) = (text.utf8, text.utf8.count)
        guard let first = bytes.first, range.count >= count else { return bytes.isEmpty }
        return (range.lowerBound...range.upperBound - count).contains { view[$0] == first && view[$0..<$0 + count].elementsEqual(bytes) }
    }

    /// The matched text.
    public var text: String { String(decoding: view[range], as: UTF8.self) }

    /// The byte `offset` places after the match (0 is the first), if there is one.
    public func byte(after offset: Int) -> UInt8? { view.indices.contains(range.upperBound + offset) ? view[range.upperBound + offset] : nil }

    /// The byte `offset` places before the match (0 is the last one before it), if there is one.
    public func byte(before offset: Int) -> UInt8? { view.indices.contains(range.lowerBound - 1 - offset) ? view[range.lowerBound - 1 - offset] : nil }

    /// Whether `text` stands right after the match.
    public func isFollowed(by text: String) -> Bool { view[range.upperBound...].starts(with: text.utf8) }

    /// Whether `text` ends right before the match.
    public func isPreceded(by text: String) -> Bool {
        let count = text.utf8.count
        return range.lowerBound >= count && view[range.lowerBound - count..<range.lowerBound].elementsEqual(text.utf8)
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

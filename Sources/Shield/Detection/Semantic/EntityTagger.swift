/// A span that a model has found.
public struct TaggedEntity: Sendable, Hashable {
    /// The model's name of the type: person, address, organization, position, medical, or one of its own.
    public let type: String
    /// Offsets in Unicode scalars of the text.
    public let start: Int
    public let end: Int
    /// The model's own probability, 0…1; how often such a span is right is told from it (``Fusion``).
    public let confidence: Double

    public init(type: String, start: Int, end: Int, confidence: Double) {
        self.type = type
        self.start = start
        self.end = end
        self.confidence = confidence
    }
}

/// A model that tags names and the like by meaning. Detection declares it in its own words; who wires the house supplies one.
public protocol EntityTagger: Sendable {
    /// Its name and version, for reports.
    var name: String { get }
    /// The entities of each text; texts are lines or pieces of a few hundred characters.
    func entities(in texts: [String]) throws -> [[TaggedEntity]]
}

/// What a quick tagger found in a piece of a text.
public struct QuickReading: Sendable, Hashable {
    /// A span of bytes of the text, the model's name of its type, and the model's own probability, 0…1.
    public struct Entity: Sendable, Hashable {
        public let type: String
        public let range: Range<Int>
        public let confidence: Double

        public init(type: String, range: Range<Int>, confidence: Double) { (self.type, self.range, self.confidence) = (type, range, confidence) }
    }

    public let entities: [Entity]
    /// How many tags of the piece are expected to be wrong.
    public let doubt: Double

    public init(entities: [Entity], doubt: Double) { (self.entities, self.doubt) = (entities, doubt) }
}

/// A model that tags long texts as fast as rules do and knows where it is not sure.
public protocol QuickEntityTagger: Sendable {
    /// Its name and version, for reports.
    var name: String { get }
    /// A reading of each piece; pieces are lines or parts of them, of a few hundred bytes.
    func read(_ bytes: [UInt8], _ pieces: [Range<Int>]) throws -> [QuickReading]
}

/// How taggers read.
public enum ReadingDepth: String, Sendable, Hashable, CaseIterable {
    /// Short texts by the networks; in longer ones a quick tagger reads everything and the networks what it doubts most.
    case cascade
    /// The networks read everything that the prefilters pass, however long that takes.
    case full
    /// Quick taggers read everything, short texts too.
    case quick
}

/// Pieces of text that taggers read, for reports: what passed no prefilter is in neither.
public struct EntityReading: Sendable, Hashable, Codable {
    public var byNetwork = 0, byQuick = 0

    public init(byNetwork: Int = 0, byQuick: Int = 0) { (self.byNetwork, self.byQuick) = (byNetwork, byQuick) }

    /// Adds what another text had.
    public static func += (sum: inout Self, other: Self) { (sum.byNetwork, sum.byQuick) = (sum.byNetwork + other.byNetwork, sum.byQuick + other.byQuick) }
}

/// The models of the semantic layer: one reads lines with ideographs, the other lines without; each with a quick one beside it for long texts.
public struct EntityTaggers: Sendable {
    public var chinese: (any EntityTagger)?
    public var latin: (any EntityTagger)?
    public var quickChinese: (any QuickEntityTagger)?
    public var quickLatin: (any QuickEntityTagger)?
    /// The default is the cascade. Lines without a quick tagger for them are read as ``ReadingDepth/full`` says.
    public var depth = ReadingDepth.cascade

    public init(chinese: (any EntityTagger)? = nil, latin: (any EntityTagger)? = nil, quickChinese: (any QuickEntityTagger)? = nil, quickLatin: (any QuickEntityTagger)? = nil, depth: ReadingDepth = .cascade) {
        (self.chinese, self.latin, self.quickChinese, self.quickLatin, self.depth) = (chinese, latin, quickChinese, quickLatin, depth)
    }

    var isEmpty: Bool { chinese == nil && latin == nil && quickChinese == nil && quickLatin == nil }
}

/// The types of taggers.
enum EntityTypes {
    static let cards = [
        TypeCard("person", zh: "姓名", en: "Person", .personal), TypeCard("address", zh: "地址", en: "Address", .location),
        TypeCard("organization", zh: "机构名称", en: "Organization", .corporate), TypeCard("position", zh: "职务", en: "Position", .personal),
        TypeCard("medical", zh: "医疗信息", en: "Medical information", .health), TypeCard("location", zh: "地名", en: "Place", .location),
        TypeCard("date", zh: "日期", en: "Date", .personal), TypeCard("age", zh: "年龄", en: "Age", .personal), TypeCard("nationality", zh: "国籍", en: "Nationality", .personal),
    ]

    /// What a tagger's type is here; names of common sets (PER.NAM, NS, ORG) are known.
    static func type(_ name: String) -> SensitiveType {
        let first = name.lowercased().split(separator: ".").first.map(String.init) ?? name.lowercased()
        return switch first {
        case "person", "per", "name", "nr": .person
        case "address", "addr", "street_address": .address
        case "organization", "organisation", "company", "org", "nt", "government": .organization
        case "title", "job", "position", "pro": SensitiveType(id: "position")
        case "loc", "gpe", "location", "ns", "scene": SensitiveType(id: "location")
        default: SensitiveType(id: first)
        }
    }
}

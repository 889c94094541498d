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

/// The models of the semantic layer: one reads lines with ideographs, the other lines without.
public struct EntityTaggers: Sendable {
    public var chinese: (any EntityTagger)?
    public var latin: (any EntityTagger)?

    public init(chinese: (any EntityTagger)? = nil, latin: (any EntityTagger)? = nil) {
        self.chinese = chinese
        self.latin = latin
    }
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

/// A span that a model has found.
public struct TaggedEntity: Sendable, Hashable {
    /// The model's name of the type: person, address, organization, position, medical, or one of its own.
    public let type: String
    /// Offsets in Unicode scalars of the text.
    public let start: Int
    public let end: Int
    /// 0…1, calibrated where the model is.
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
    /// The entities of each text.
    func entities(in texts: [String]) throws -> [[TaggedEntity]]
    /// Whether a line can hold an entity at all: cheap, over bytes, and true when in doubt.
    func isWorthTagging(_ line: ArraySlice<UInt8>) -> Bool
}

/// The types of taggers.
enum EntityTypes {
    static let cards = [
        TypeCard("person", zh: "姓名", en: "Person", .personal), TypeCard("address", zh: "地址", en: "Address", .location),
        TypeCard("organization", zh: "机构名称", en: "Organization", .corporate), TypeCard("position", zh: "职务", en: "Position", .personal),
        TypeCard("medical", zh: "医疗信息", en: "Medical information", .health), TypeCard("location", zh: "地名", en: "Place", .location),
    ]

    /// What a tagger's type is here.
    static func type(_ name: String) -> SensitiveType {
        switch name.lowercased() {
        case "person", "per", "name": .person
        case "address", "addr", "street_address": .address
        case "organization", "organisation", "company", "org", "government": .organization
        case "title", "job": SensitiveType(id: "position")
        case "loc", "gpe": SensitiveType(id: "location")
        default: SensitiveType(id: name)
        }
    }
}

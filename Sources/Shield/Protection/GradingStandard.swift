import Core
import Detection
import Labels
import Yams

/// A grading standard as data: levels, and rules that cite their clauses.
///
/// Standards change and regions differ, so a standard is a file, not code: two versions can be loaded side by side. `confirmed` says whether a rule was
/// compared with the standard's own text; reports show it.
public struct GradingStandard: Sendable, Hashable {
    /// A text in both languages.
    public struct Title: Sendable, Hashable, Codable {
        public let zh: String
        public let en: String
    }

    /// A step of the standard's own scale.
    public struct Level: Sendable, Hashable {
        public let id: String
        public let name: Title
        /// Where it stands on the one scale inside.
        public let grade: Grade
    }

    /// What a rule concludes, and on what ground.
    public struct Verdict: Sendable, Hashable {
        public let level: String
        public let clause: String
        public let isConfirmed: Bool
        public let reason: Title
    }

    /// When at least `minimum` findings are of the types, or (for a combination) each type occurs.
    public struct Rule: Sendable, Hashable {
        public let id: String
        public let types: Set<String>
        /// Groups of types (`group:finance`): they stand for those of their types that no rule of the standard names.
        public let groups: Set<String>
        public let minimum: Int
        public let needsAll: Bool
        public let verdict: Verdict

        func applies(to counts: [String: Int], grouped: [String: Int]) -> Bool {
            if needsAll { return types.allSatisfy { counts[$0, default: 0] > 0 } }
            return types.reduce(0) { $0 + counts[$1, default: 0] } + groups.reduce(0) { $0 + grouped[$1, default: 0] } >= minimum
        }
    }

    public let id: String
    public let title: Title
    public let version: Int
    /// Dates as YYYY-MM-DD.
    public let issued: String
    public let inForce: String
    public let levels: [Level]
    public let rules: [Rule]
    /// The verdict when no rule applies.
    public let otherwise: Verdict

    /// Reads a rule file.
    /// - Throws: `protection.standard` naming the rule at fault.
    public init(yaml: String) throws {
        let reader = StandardReader(file: try Self.node(of: yaml))
        id = try reader.string("id")
        title = try reader.title("title")
        version = try reader.int("version")
        issued = try reader.string("issued")
        inForce = try reader.string("inForce")
        levels = try reader.list("levels").map { level in
            guard let grade = Grade(try level.string("grade")) else { throw level.fault("has an unknown grade") }
            return Level(id: try level.string("id"), name: try level.title("name"), grade: grade)
        }
        otherwise = try reader.child("default").verdict()
        rules = try reader.list("rules").map { try $0.rule(typesKey: "types", needsAll: false) }
            + reader.list("combinations").map { try $0.rule(typesKey: "all", needsAll: true) }
        let known = Set(levels.map(\.id))
        for verdict in rules.map(\.verdict) + [otherwise] where !known.contains(verdict.level) {
            throw Fault(.standardMalformed, "standard \(id): a rule gives the unknown level \(verdict.level)", remedy: "use one of \(known.sorted().joined(separator: ", "))")
        }
    }

    /// The most bytes of a rule file.
    static let byteCountMax = 1 << 20

    private static func node(of yaml: String) throws -> Node {
        guard yaml.utf8.count <= byteCountMax, let node = try? Yams.compose(yaml: yaml) else {
            throw Fault(.standardMalformed, "a rule file is not YAML or has more than \(byteCountMax) bytes", remedy: "check its indentation and quotes")
        }
        return node
    }

    /// The grade of a level of this standard.
    func grade(of level: String) -> Grade { levels.first { $0.id == level }?.grade ?? .core }

    /// The strictest verdict that applies to these counts of findings by type.
    func verdict(for counts: [String: Int]) -> Verdict {
        let named = rules.reduce(into: Set<String>()) { $0.formUnion($1.types) }
        // A type that is not known is somebody's own: what a person looks for by name is counted as personal.
        var grouped: [String: Int] = [:]
        for (type, count) in counts where !named.contains(type) {
            grouped[SensitiveType.cards[SensitiveType(id: type)]?.group.rawValue ?? TypeGroup.personal.rawValue, default: 0] += count
        }
        return rules.filter { $0.applies(to: counts, grouped: grouped) }.map(\.verdict).reduce(otherwise) { grade(of: $1.level) > grade(of: $0.level) ? $1 : $0 }
    }
}

/// Reads fields of a rule file and names the rule in errors.
private struct StandardReader {
    let file: Node
    var place = "the rule file"

    func fault(_ what: String) -> Fault { Fault(.standardMalformed, "\(place) \(what)", remedy: "see docs/rooms/protection.md for the format") }

    func string(_ key: String) throws -> String {
        guard let text = file[key]?.scalar?.string else { throw fault("has no \(key)") }
        return text
    }

    func int(_ key: String) throws -> Int {
        guard let number = file[key]?.int else { throw fault("has no number \(key)") }
        return number
    }

    func child(_ key: String) throws -> StandardReader {
        guard let node = file[key], node.mapping != nil else { throw fault("has no \(key)") }
        return StandardReader(file: node, place: "\(place), \(key)")
    }

    func title(_ key: String) throws -> GradingStandard.Title {
        let child = try child(key)
        return GradingStandard.Title(zh: try child.string("zh"), en: try child.string("en"))
    }

    func list(_ key: String) throws -> [StandardReader] {
        guard let sequence = file[key]?.sequence else { throw fault("has no list \(key)") }
        return sequence.enumerated().map { StandardReader(file: $1, place: "\(key) \($1["id"]?.string ?? "number \($0 + 1)")") }
    }

    func verdict() throws -> GradingStandard.Verdict {
        guard let isConfirmed = file["confirmed"]?.bool else { throw fault("does not say whether it is confirmed") }
        return GradingStandard.Verdict(level: try string("level"), clause: try string("clause"), isConfirmed: isConfirmed, reason: try title("reason"))
    }

    func rule(typesKey: String, needsAll: Bool) throws -> GradingStandard.Rule {
        let names = (file[typesKey]?.sequence ?? []).compactMap(\.string)
        guard !names.isEmpty else { throw fault("names no types") }
        let groups = names.filter { $0.hasPrefix("group:") }.map { String($0.dropFirst(6)) }
        for group in groups where TypeGroup(rawValue: group) == nil { throw fault("names the unknown group \(group)") }
        guard groups.isEmpty || !needsAll else { throw fault("combines groups, and only types can be combined") }
        return GradingStandard.Rule(
            id: try string("id"), types: Set(names.filter { !$0.hasPrefix("group:") }), groups: Set(groups), minimum: needsAll ? 1 : try int("minimum"), needsAll: needsAll, verdict: try verdict())
    }
}

/// The standards that ship inside the binary.
public enum GradingStandards {
    /// GB/T 43697-2024 and the public-data standard of levels L1 to L4.
    public static func builtIn() throws -> [GradingStandard] {
        try [PackageResources.gbt_43697_2024_yaml, PackageResources.public_data_l1_l4_yaml].map {
            try GradingStandard(yaml: String(decoding: $0, as: UTF8.self))
        }
    }
}

extension Fault.Code {
    /// A rule file is malformed.
    public static let standardMalformed = Fault.Code("protection.standard", .input)
    /// A text cannot be protected; it must not go on.
    public static let unprotectable = Fault.Code("protection.unprotectable", .refused)
}

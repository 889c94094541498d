import Core

/// # Labels: what may flow where
///
/// Every value from outside carries a ``Label``: how grave its disclosure would be (``Grade``) and what it is about
/// (``Category``). Labels form a lattice (Denning 1976, "A lattice model of secure information flow"): combining two values gives the
/// *join* of their labels, and a value may enter a place only if the place's ``Clearance`` permits its label.
///
/// The grades are the scale of GB/T 43697-2024: four levels of general data (annex H), then important, then core. A standard
/// with other levels (public data L1-L4, JR/T 0197's 1-5) maps its own onto this scale in its rule file: one scale inside,
/// many names outside.
///
/// Rejected: a grade per category (a vector lattice). It is finer, but no standard in force speaks it and no person could read
/// the refusal it would produce.
///
/// ## Topics
/// ``Grade``, ``Category``, ``Label``, ``Clearance``, ``Labeled``
public enum LabelsRoom {}

/// How grave the disclosure of a value would be, on the scale of GB/T 43697-2024.
public enum Grade: Int, Sendable, Codable, CaseIterable, Comparable, CustomStringConvertible {
    /// General data whose disclosure harms nobody.
    case level1 = 1
    /// General data, slight harm.
    case level2
    /// General data, serious harm to a person or organization.
    case level3
    /// General data, especially serious harm to a person or organization.
    case level4
    /// Important data in the sense of the Data Security Law, article 21.
    case important
    /// Core data of the state.
    case core

    public static func < (left: Grade, right: Grade) -> Bool { left.rawValue < right.rawValue }

    /// `L1` … `L4`, `important`, `core`.
    public var description: String {
        switch self {
        case .level1, .level2, .level3, .level4: "L\(rawValue)"
        case .important: "important"
        case .core: "core"
        }
    }

    /// Reads what ``description`` writes, or a plain number 1…6; nil otherwise.
    public init?(_ text: String) {
        guard let grade = Grade.allCases.first(where: { $0.description.lowercased() == text.lowercased() || String($0.rawValue) == text })
        else { return nil }
        self = grade
    }
}

/// What a value is about, e.g. `personal`, `health`, `finance`. Lower-case words joined by dots.
public struct Category: Hashable, Sendable, Codable, Comparable, CustomStringConvertible, ExpressibleByStringLiteral {
    public let name: String

    public init(_ name: String) { self.name = name }
    public init(stringLiteral value: String) { name = value }
    public init(from decoder: any Decoder) throws { name = try decoder.singleValueContainer().decode(String.self) }
    public func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(name)
    }
    public static func < (left: Category, right: Category) -> Bool { left.name < right.name }
    public var description: String { name }

    public static let personal: Category = "personal"
    public static let contact: Category = "contact"
    public static let identity: Category = "identity"
    public static let finance: Category = "finance"
    public static let health: Category = "health"
    public static let location: Category = "location"
    public static let network: Category = "network"
    public static let corporate: Category = "corporate"
    public static let vehicle: Category = "vehicle"
    public static let publicService: Category = "public-service"
}

/// The label of a value: a point of the lattice grade × set of categories.
public struct Label: Hashable, Sendable, Codable, CustomStringConvertible {
    public var grade: Grade
    public var categories: Set<Category>

    public init(_ grade: Grade, _ categories: Set<Category> = []) {
        self.grade = grade
        self.categories = categories
    }

    /// The least label: ``Grade/level1`` and no category.
    public static let bottom = Label(.level1)

    /// The least label that is at least both: the higher grade, all categories. Associative, commutative, idempotent.
    public func joined(_ other: Label) -> Label { Label(max(grade, other.grade), categories.union(other.categories)) }

    /// Whether this label is at most `other` in the lattice.
    public func isAtMost(_ other: Label) -> Bool { grade <= other.grade && categories.isSubset(of: other.categories) }

    /// `L3{contact,personal}`
    public var description: String {
        categories.isEmpty ? "\(grade)" : "\(grade){\(categories.sorted().map(\.name).joined(separator: ","))}"
    }
}

extension Sequence where Element == Label {
    /// The join of all labels; ``Label/bottom`` of none.
    public func joined() -> Label { reduce(.bottom) { $0.joined($1) } }
}

/// What a step, a tool, a person or an endpoint may receive.
public struct Clearance: Hashable, Sendable, Codable, CustomStringConvertible {
    public var grade: Grade
    /// Categories never permitted here, whatever their grade.
    public var excluded: Set<Category>

    public init(upTo grade: Grade, excluding excluded: Set<Category> = []) {
        self.grade = grade
        self.excluded = excluded
    }

    /// Everything. For places inside the trust boundary only.
    public static let all = Clearance(upTo: .core)

    /// Monotone: whoever may receive a label may receive every label at most it.
    public func permits(_ label: Label) -> Bool { label.grade <= grade && excluded.isDisjoint(with: label.categories) }

    public var description: String {
        excluded.isEmpty ? "up to \(grade)" : "up to \(grade), without \(excluded.sorted().map(\.name).joined(separator: ","))"
    }
}

/// A value with its label.
public struct Labeled<Value> {
    public var value: Value
    public var label: Label

    public init(_ value: Value, _ label: Label) {
        self.value = value
        self.label = label
    }

    /// A value computed from this one keeps its label.
    public func map<Result>(_ transform: (Value) throws -> Result) rethrows -> Labeled<Result> {
        Labeled<Result>(try transform(value), label)
    }
}

extension Labeled: Sendable where Value: Sendable {}
extension Labeled: Equatable where Value: Equatable {}
extension Labeled: Codable where Value: Codable {}

import Core
import Detection
import Labels

/// How findings of one type are masked.
public enum Mask: Sendable, Hashable {
    /// Keeps the first and last characters and stars the rest; a finding too short to hide anything is starred whole.
    case keeping(first: Int, last: Int)
    /// The type's Chinese name in brackets.
    case naming
    /// Stars, one a character.
    case whole
    /// Keeps the local part's first character and the domain.
    case email

    func masked(_ scalars: ArraySlice<Unicode.Scalar>, type: SensitiveType) -> String {
        switch self {
        case .naming: return "［\(type.title.zh)］"
        case .whole: return String(repeating: "*", count: scalars.count)
        case .keeping(let first, let last):
            guard scalars.count > first + last else { return String(repeating: "*", count: scalars.count) }
            return Self.text(scalars.prefix(first)) + String(repeating: "*", count: scalars.count - first - last) + Self.text(scalars.suffix(last))
        case .email:
            guard let at = scalars.firstIndex(where: { $0 == "@" || $0 == "＠" }), at > scalars.startIndex else { return String(repeating: "*", count: scalars.count) }
            return Self.text(scalars.prefix(1)) + "***" + Self.text(scalars[at...])
        }
    }

    private static func text(_ scalars: ArraySlice<Unicode.Scalar>) -> String {
        var view = String.UnicodeScalarView()
        view.append(contentsOf: scalars)
        return String(view)
    }
}

/// How a text is protected: a mask for each type, and what the result counts as.
public struct Policy: Sendable, Hashable {
    /// A type that is not here is masked whole.
    public let masks: [SensitiveType: Mask]
    /// The grade of a protected text. De-identified personal information counts as L2 at least (TC260-PG-20212A; not confirmed against its text).
    public let gradeAfter: Grade

    public init(masks: [SensitiveType: Mask], gradeAfter: Grade) {
        self.masks = masks
        self.gradeAfter = gradeAfter
    }

    /// Names keep the surname, phone numbers three and two digits, cards four; documents and addresses are replaced by the name of their type.
    public static let `default` = Policy(
        masks: [
            .person: .keeping(first: 1, last: 0), .mobile: .keeping(first: 3, last: 2), .landline: .keeping(first: 4, last: 0),
            .bankCard: .keeping(first: 0, last: 4), .residentID: .naming, .passport: .naming, .travelPermit: .naming, .address: .naming,
            .creditCode: .keeping(first: 2, last: 2), .plate: .keeping(first: 2, last: 0), .email: .email, .ipAddress: .naming,
        ], gradeAfter: .level2)
}

/// Masks findings in a text.
public struct Protector: Sendable {
    private let policy: Policy

    public init(policy: Policy = .default) { self.policy = policy }

    /// The text with every finding masked, and its label: at most the policy's grade, never above the label before.
    ///
    /// - Throws: `protection.unprotectable` when a finding lies outside the text or two overlap: then nothing may pass.
    public func protect(_ text: String, findings: [Finding], label: Label) throws -> (text: String, label: Label, replaced: Int) {
        let scalars = Array(text.unicodeScalars)
        var out = ""
        var position = 0
        for finding in findings.sorted(by: { $0.start < $1.start }) {
            guard finding.start >= position, finding.end > finding.start, finding.end <= scalars.count else {
                throw Fault(.unprotectable, "a finding at \(finding.start)-\(finding.end) does not fit the text", remedy: "detect again in the very text to protect")
            }
            out.unicodeScalars.append(contentsOf: scalars[position..<finding.start])
            out += (policy.masks[finding.type] ?? .whole).masked(scalars[finding.start..<finding.end], type: finding.type)
            position = finding.end
        }
        out.unicodeScalars.append(contentsOf: scalars[position...])
        return (out, Label(min(label.grade, policy.gradeAfter), label.categories), findings.count)
    }
}

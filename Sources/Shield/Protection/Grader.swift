import Detection
import Labels

/// What one standard says of a set of findings.
public struct GradingResult: Sendable, Codable, Hashable {
    public let standard: String
    public let level: String
    public let grade: Grade
    public let clause: String
    /// Chinese and English.
    public let reason: String
    /// Whether the rule was compared with the standard's own text.
    public let confirmed: Bool
}

/// Grades findings by every loaded standard.
///
/// Within a standard the strictest rule wins, and between standards the highest grade becomes the label: GB/T 43697-2024 names "the higher is the stricter" (就高从严)
/// as a principle. The categories are those of all findings.
public struct Grader: Sendable {
    public let standards: [GradingStandard]

    public init(standards: [GradingStandard]) { self.standards = standards }

    /// The label of a value that holds `findings`, and each standard's verdict. With no standards loaded the grade is ``Grade/core``: unknown is not harmless.
    public func grade(_ findings: [Finding]) -> (label: Label, results: [GradingResult]) {
        grade(counts: findings.reduce(into: [:]) { $0[$1.type.id, default: 0] += 1 })
    }

    /// The same for findings by type, which is all that standards look at.
    public func grade(counts: [String: Int]) -> (label: Label, results: [GradingResult]) {
        let results = standards.map { standard in
            let verdict = standard.verdict(for: counts)
            return GradingResult(
                standard: standard.id, level: verdict.level, grade: standard.grade(of: verdict.level), clause: verdict.clause,
                reason: "\(verdict.reason.zh) / \(verdict.reason.en)", confirmed: verdict.isConfirmed)
        }
        let grade = results.map(\.grade).max() ?? .core
        return (Label(grade, Set(counts.filter { $0.value > 0 }.keys.map { SensitiveType(id: $0).category })), results)
    }
}

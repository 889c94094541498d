import Core
import Labels
import Store

/// What was last found and graded about one subject (a request, a document). Counts only: the register never holds a matched value.
public struct GradedSubject: Codable, Sendable {
    public var subject: String
    /// The workflow run that graded it, if one did.
    public var run: String?
    public var label: Label
    /// One result a standard.
    public var results: [GradingResult]
    /// Findings by type id.
    public var counts: [String: Int]
    /// Seconds since 1970.
    public var gradedAt: Double

    public init(subject: String, run: String?, label: Label, results: [GradingResult], counts: [String: Int], gradedAt: Double) {
        self.subject = subject
        self.run = run
        self.label = label
        self.results = results
        self.counts = counts
        self.gradedAt = gradedAt
    }
}

/// The live state of grades: one row a subject, replaced when the subject is graded again. The audit log holds the history.
public struct FindingRegister: Sendable {
    private let store: Store
    private let subjects = RecordCollection<GradedSubject>("graded-subjects")
    /// The most subjects that one answer reads.
    private static let readCountMax = 10_000

    public init(store: Store) { self.store = store }

    /// Writes the newest grading of a subject, inside the transaction of the step that graded it.
    public func record(_ subject: GradedSubject, in transaction: Transaction) throws {
        try transaction.put(subject, as: subject.subject, sort: Self.sort(subject.label.grade) + timestampText(subject.gradedAt), in: subjects)
    }

    /// Subjects, the most recently graded first within a grade, high grades first.
    public func subjects(grade: Grade? = nil, limit: Int = 100, offset: Int = 0) async throws -> [GradedSubject] {
        let collection = subjects
        let prefix = grade.map(Self.sort) ?? ""
        return try await store.read {
            try $0.list(collection, sortPrefix: prefix, descending: true, limit: limit, offset: offset).map(\.value)
        }
    }

    /// How many subjects stand at each grade.
    public func countsByGrade() async throws -> [Grade: Int] {
        let collection = subjects
        return try await store.read { transaction in
            var counts: [Grade: Int] = [:]
            for grade in Grade.allCases { counts[grade] = try transaction.count(collection, sortPrefix: Self.sort(grade)) }
            return counts.filter { $0.value > 0 }
        }
    }

    /// How many findings of each type the newest gradings hold, over at most 10,000 subjects.
    public func countsByType() async throws -> [String: Int] {
        try await subjects(limit: Self.readCountMax).reduce(into: [:]) { totals, subject in
            totals.merge(subject.counts) { $0 + $1 }
        }
    }

    private static func sort(_ grade: Grade) -> String { "\(grade.rawValue)|" }
}

import Core

/// What a file of instruction data holds, and what is wrong with it. Never its text.
public struct InstructionReport: Sendable {
    public let path: String
    public internal(set) var format: InstructionFormat?
    /// SHA-256 of the file.
    public internal(set) var hash = ""
    /// Rows that can be used.
    public private(set) var rowCount = 0
    /// Rows that cannot.
    public private(set) var refusedCount = 0
    /// Those among them that are too long.
    public private(set) var tooLongCount = 0
    /// Messages of the assistant that are learned; two a preference.
    public private(set) var answerCount = 0
    /// Rows that say what an earlier row says.
    public private(set) var repeatedCount = 0
    /// The first diagnostics, with `FILE:LINE` as their place.
    public private(set) var diagnostics: [Diagnostic] = []
    /// All distinct rows.
    public private(set) var fingerprints: Set<InstructionRow.Fingerprint> = []
    private let diagnosticCountMax: Int

    init(path: String, format: InstructionFormat?, diagnosticCountMax: Int) { (self.path, self.format, self.diagnosticCountMax) = (path, format, diagnosticCountMax) }

    /// Diagnostics beyond those that are kept.
    public var furtherCount: Int { refusedCount - diagnostics.count }

    /// Distinct rows that another file has too.
    public func sharedCount(with other: InstructionReport) -> Int { fingerprints.intersection(other.fingerprints).count }

    mutating func add(_ row: InstructionRow) {
        rowCount += 1
        if !fingerprints.insert(row.fingerprint).inserted { repeatedCount += 1 }
        switch row {
        case .text: break
        case .conversation(let own): answerCount += own.messages.count { $0.role == .assistant && $0.isLearned }
        case .preference: answerCount += 2
        }
    }

    mutating func refuse(line: Int, _ reason: String, isTooLong: Bool = false) {
        refusedCount += 1
        if isTooLong { tooLongCount += 1 }
        guard diagnostics.count < diagnosticCountMax else { return }
        diagnostics.append(Diagnostic(.error, "tuning.row", reason, place: "\(path):\(line)"))
    }
}

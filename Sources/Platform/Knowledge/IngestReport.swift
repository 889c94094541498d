import Core
import Labels
import Synchronization

/// The record of a document in the knowledge base.
public struct DocumentSummary: Sendable, Hashable, Codable {
    /// Its key: the name of the file, relative to the folder it came from.
    public var document: String
    public var title: String
    /// SHA-256 of the file's bytes.
    public var contentHash: String
    public var byteCount: Int
    public var label: Label
    /// Id of the parser that read it.
    public var parser: String
    /// Version of the reading code; an older one makes an unchanged file be read again.
    public var readerVersion: Int
    public var passageCount: Int
    /// Seconds since 1970.
    public var ingestedAt: Double
    public var diagnostics: [Diagnostic]
}

/// What became of one file.
public enum IngestOutcome: Sendable, Hashable {
    case added(DocumentSummary)
    case replaced(DocumentSummary)
    /// Bytes and label are those of the last time; nothing was written.
    case unchanged(DocumentSummary)

    /// The document's record as it stands now.
    public var summary: DocumentSummary {
        switch self {
        case .added(let summary), .replaced(let summary), .unchanged(let summary): summary
        }
    }
}

/// What became of a folder.
public struct IngestReport: Sendable, Hashable, Codable {
    public var added = 0
    public var replaced = 0
    public var unchanged = 0
    /// Files that could not be read; each has a diagnostic of severity `error`.
    public var failed = 0
    /// Passages of all documents that were added or replaced.
    public var passageCount = 0
    /// In the order of the files' names.
    public var diagnostics: [Diagnostic] = []

    public init() {}

    mutating func add(_ result: Result<IngestOutcome, IngestFailure>) {
        switch result {
        case .success(.added(let summary)):
            added += 1
            count(summary)
        case .success(.replaced(let summary)):
            replaced += 1
            count(summary)
        case .success(.unchanged(let summary)):
            unchanged += 1
            diagnostics += summary.diagnostics
        case .failure(let failure):
            failed += 1
            diagnostics.append(failure.diagnostic)
        }
    }

    private mutating func count(_ summary: DocumentSummary) {
        passageCount += summary.passageCount
        diagnostics += summary.diagnostics
    }
}

/// A file that could not be read, on its way into a report.
struct IngestFailure: Error {
    var diagnostic: Diagnostic
}

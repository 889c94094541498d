/// An error that a person can act on: what happened, to what, and how to remedy it.
///
/// `message` never holds user text, prompts, keys or matched sensitive values; name things by id, path or offset instead.
///
/// ```swift
/// extension Fault.Code { static let shelfFull = Fault.Code("library.shelf-full", .full) }
/// throw Fault(.shelfFull, "shelf 7 holds 200 books, its limit", remedy: "empty it or raise --shelf-limit")
/// ```
public struct Fault: Error, Sendable, CustomStringConvertible {
    /// The family of an error. It decides the exit code of a command and the status of an HTTP answer.
    public enum Kind: String, Sendable, CaseIterable {
        /// The person asked for something malformed (unknown flag value, ill-formed file name).
        case usage
        /// A file or document is damaged, too large or of an unknown kind.
        case input
        /// Something named does not exist.
        case notFound
        /// Another process, version or writer is in the way.
        case conflict
        /// A rule forbids it: a label, a policy, a missing permission.
        case refused
        /// A program or resource that Banyan needs is not installed.
        case missing
        /// The operating system failed a read, a write or a bind.
        case io
        /// A disk, a queue or another bounded thing is full.
        case full
        /// The store was written by a newer Banyan.
        case newer
        /// A time limit passed or a person cancelled.
        case cancelled
        /// A defect of Banyan itself.
        case defect
    }

    /// A stable name such as `store.locked`, with its family. Rooms add theirs as static members.
    public struct Code: Hashable, Sendable {
        public let name: String
        public let kind: Kind

        public init(_ name: String, _ kind: Kind) {
            self.name = name
            self.kind = kind
        }
    }

    /// Where in Banyan's own source the fault was raised.
    public struct Location: Sendable, Hashable {
        public let file: String
        public let line: Int
    }

    public let code: Code
    public let message: String
    public let remedy: String?
    public let cause: (any Error)?
    public let location: Location

    public init(
        _ code: Code, _ message: String, remedy: String? = nil, cause: (any Error)? = nil,
        file: String = #fileID, line: Int = #line
    ) {
        self.code = code
        self.message = message
        self.remedy = remedy
        self.cause = cause
        self.location = Location(file: file, line: line)
    }

    /// One line for a person: message, then the remedy.
    public var description: String {
        remedy.map { "\(message)\n  remedy: \($0)" } ?? message
    }
}

extension Fault.Code {
    /// A branch that cannot be reached was reached.
    public static let defect = Fault.Code("core.defect", .defect)
    /// JSON text is malformed, too deep or too long.
    public static let json = Fault.Code("core.json", .input)
    /// Compressed bytes are damaged or exceed their bound.
    public static let inflate = Fault.Code("core.inflate", .input)
    /// A file could not be read or written.
    public static let file = Fault.Code("core.file", .io)
    /// The disk has no room left.
    public static let diskFull = Fault.Code("core.disk-full", .full)
}

/// A recoverable finding: collected and returned beside a result instead of thrown.
public struct Diagnostic: Sendable, Hashable, Codable {
    /// How much it matters: an error leaves something out, a warning repairs it, a note explains.
    public enum Severity: String, Sendable, Codable, CaseIterable { case note, warning, error }

    public var severity: Severity
    /// Stable name, e.g. `knowledge.archive-ratio`.
    public var code: String
    /// What happened and how to remedy it. No document text.
    public var message: String
    /// The file, step or offset concerned.
    public var place: String?

    public init(_ severity: Severity, _ code: String, _ message: String, place: String? = nil) {
        self.severity = severity
        self.code = code
        self.message = message
        self.place = place
    }
}

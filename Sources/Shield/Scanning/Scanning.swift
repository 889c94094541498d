import Core
import Detection
import Labels

/// # Scanning: sensitive data where it lies
///
/// Detection reads one text; this room brings texts to it and its findings back to a place that a person can open: a byte of a file, a member of an archive in an archive, a column of a
/// table, an attachment of a message, a box of a picture, an object of a git repository. ``FileScanner`` scans one file, ``DirectoryScan`` a tree of them, ``LineFilter`` a stream of JSON
/// lines; ``ScanReport`` holds what they found and ``ReportFormat`` writes it.
///
/// **Tables are read with their columns' names.** A cell is scanned as `name: value`, so what a column is called is the context of each of its values; afterward the shares of values that match
/// raise or lower the findings of the column (``ColumnJudge``).
///
/// **Nothing stops a scan.** A file that cannot be read is a diagnostic. Archives are bounded in depth, growth and total (``ScanLimits``), texts are read in slabs, so that memory does not grow with
/// the file.
///
/// **No matched value leaves** unless a person asked for it (``ScanOptions/reveals``): findings hold places and reasons.
///
/// Documents whose text other rooms can parse come in through ``DocumentTexts``. Rejected: importing Knowledge for it (the arrows of the house point the other way); running `git` for the
/// history of a repository, whose configuration could run programs of a stranger: objects and packs are read here.
///
/// ## Topics
/// ``FileScanner``, ``DirectoryScan``, ``LineFilter``, ``ScanReport``, ``ReportFormat``, ``ColumnJudge``, ``DocumentTexts``
public enum ScanningRoom {}

extension Fault.Code {
    /// A source is damaged.
    public static let sourceDamaged = Fault.Code("scanning.damaged", .input)
    /// A source passes a bound.
    public static let sourceTooLarge = Fault.Code("scanning.too-large", .input)
    /// An option of a scan is malformed.
    public static let scanOption = Fault.Code("scanning.option", .usage)
}

/// Bounds of one file with all that is in it.
public struct ScanLimits: Sendable, Hashable {
    /// Archives in archives.
    public var depthMax = 4
    /// Bytes of a file that must be in memory as a whole (archives, mail, workbooks); texts are read in slabs and have no bound but ``fileByteCountMax``.
    public var wholeByteCountMax = 64 << 20
    /// Bytes that all archives of a file may unpack to.
    public var unpackedByteCountMax = 256 << 20
    /// Bytes read of one file; the rest is left out with a diagnostic.
    public var fileByteCountMax = 1 << 40
    /// Bytes of a text that are in memory at once; at least four times ``PlainText/overlap``.
    var slabByteCount = 1 << 20
    /// Findings kept of one file; more are counted.
    public var findingCountMax = 100_000
    /// Diagnostics kept of one file.
    public var diagnosticCountMax = 100
    /// Rows read of one table of a database.
    public var rowCountMax = 10_000_000

    public init() {}
}

/// What is looked for and what is told.
public struct ScanOptions: Sendable, Hashable {
    /// Identifiers of types, or `group:CATEGORY`; nil for all.
    public var types: Set<String>?
    /// Findings below are left out.
    public var confidenceMin = 0.5
    /// Whether findings hold what was matched. Off unless a person asks.
    public var reveals = false

    public init() {}

    /// Whether a finding is asked for.
    func wants(_ finding: Finding) -> Bool {
        guard finding.confidence >= confidenceMin else { return false }
        guard let types else { return true }
        return types.contains(finding.type.id) || types.contains("group:" + finding.type.category.name)
    }

    /// What tells results of these options from others.
    var fingerprint: String { "\(types?.sorted().joined(separator: ",") ?? "*")|\(confidenceMin)" }
}

/// Where a part of a source stands. Numbers count from 1.
public struct PartLocation: Sendable, Hashable, Codable {
    /// The file, as it was given or relative to the folder that was given.
    public var path: String
    /// Members of archives, attachments of messages, objects of a repository; outermost first.
    public var members: [String]?
    public var page: Int?
    /// A table of a database or sheet of a workbook.
    public var table: String?
    public var column: String?
    public var row: Int?
    public var line: Int?
    /// Pixels of a picture: left, top, width, height.
    public var box: [Int]?

    public init(path: String) { self.path = path }

    /// The place inside `member` of this one.
    func member(_ name: String) -> PartLocation {
        var copy = self
        copy.members = (members ?? []) + [String(name.prefix(1024))]
        return copy
    }

    /// The path with its members, as people read it.
    public var name: String { ([path] + (members ?? [])).joined(separator: "!") }

    /// `file.zip!a.csv column phone row 3`.
    public var text: String {
        var text = name
        if let page { text += " p\(page)" }
        if let table { text += " [\(table)]" }
        if let column { text += " {\(column)}" }
        if let row { text += " r\(row)" }
        if let line { text += ":\(line)" }
        if let box { text += " @\(box.map(String.init).joined(separator: ","))" }
        return text
    }
}

/// A finding with its place.
public struct SourceFinding: Sendable, Hashable, Codable {
    public var location: PartLocation
    public var type: String
    /// Unicode scalars of the innermost file where that is text; otherwise of the part (a cell, a page, a line of a picture).
    public var start: Int
    public var end: Int
    /// Bytes of the innermost file as it is stored; nil where its format keeps texts in no place of their own (PDF, Word, workbooks, databases, pictures).
    public var byteStart: Int?
    public var byteEnd: Int?
    public var confidence: Double
    /// What decided that it was kept (``Finding/score``).
    public var score: Double
    public var recognizer: String
    public var reasons: [String]
    /// What was matched; nil unless ``ScanOptions/reveals``.
    public var value: String?
}

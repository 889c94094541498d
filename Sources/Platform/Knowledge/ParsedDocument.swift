import Core
import Labels

/// A file as it came in: its name decides the parser, its bytes are foreign and untrusted.
public struct DocumentFile: Sendable {
    /// Path relative to the folder it was read from, with `/`. It is also the document's key in the knowledge base.
    public var name: String
    public var bytes: [UInt8]

    public init(name: String, bytes: [UInt8]) {
        self.name = name
        self.bytes = bytes
    }

    /// Lower-cased text after the last dot of the last path component; empty if there is none.
    public var fileExtension: String {
        let component = name.split(separator: "/").last ?? ""
        guard let dot = component.lastIndex(of: "."), dot != component.startIndex else { return "" }
        return component[component.index(after: dot)...].lowercased()
    }

    /// The last path component without its extension: the title of a document that names no other.
    public var stem: String {
        let component = name.split(separator: "/").last.map(String.init) ?? name
        let suffix = fileExtension
        return suffix.isEmpty ? component : String(component.dropLast(suffix.count + 1))
    }
}

/// A paragraph or table row of a document.
public struct DocumentBlock: Sendable, Hashable {
    /// Running text, or a row of a table.
    public enum Kind: Sendable, Hashable { case paragraph, row }

    public var text: String
    /// Headings above it, outermost first.
    public var headings: [String]
    /// 1-based page, where the format has pages.
    public var page: Int?
    /// A `row` of a table is never joined with its neighbors into one passage.
    public var kind: Kind

    public init(text: String, headings: [String] = [], page: Int? = nil, kind: Kind = .paragraph) {
        self.text = text
        self.headings = headings
        self.page = page
        self.kind = kind
    }
}

/// What a parser makes of a file.
public struct ParsedDocument: Sendable {
    public var title: String
    public var blocks: [DocumentBlock]
    /// What was left out or repaired, without document text.
    public var diagnostics: [Diagnostic]

    public init(title: String, blocks: [DocumentBlock], diagnostics: [Diagnostic] = []) {
        self.title = title
        self.blocks = blocks
        self.diagnostics = diagnostics
    }
}

/// Reads one family of file formats.
public protocol DocumentParser: Sendable {
    /// Stable name, e.g. `html`.
    var id: String { get }
    /// Lower-case, without the dot.
    var fileExtensions: [String] { get }
    /// Reads a file; never traps on foreign bytes.
    /// - Throws: ``Fault`` with a code of kind `input` for a damaged or hostile file, `missing` when an external program is not installed.
    func parse(_ file: DocumentFile) async throws -> ParsedDocument
}

/// The parsers that come with Banyan.
public enum DocumentParsers {
    /// Text, Markdown, HTML, CSV, DOCX; PDF and images through external programs.
    public static func all(tools: ExternalTools) -> [any DocumentParser] {
        [TextParser(), HTMLParser(), CSVParser(), WordParser(), PDFParser(tools: tools), ImageParser(tools: tools)]
    }
}

/// Bounds that keep one foreign document from costing more than its share.
enum Bounds {
    /// Bytes of a file: the largest ordinance with pictures seen is about 20 MiB.
    static let fileByteCountMax = 64 << 20
    /// Blocks of a document; the rest is left out with a diagnostic.
    static let blockCountMax = 50_000
    /// Passages of a document: 20,000 × 400 characters is a 4,000-page book.
    static let passageCountMax = 20_000
    /// Characters of a title or heading.
    static let headingCharacterCountMax = 120
    /// Bytes of a document's name.
    static let nameByteCountMax = 1_024
}

extension Fault.Code {
    /// No parser reads files of this kind.
    public static let unknownFileType = Fault.Code("knowledge.unknown-type", .input)
    /// A document is damaged.
    public static let documentDamaged = Fault.Code("knowledge.damaged", .input)
    /// A document is larger than a bound, or would grow past one when unpacked.
    public static let documentTooLarge = Fault.Code("knowledge.too-large", .input)
    /// An external program is not installed.
    public static let toolMissing = Fault.Code("knowledge.tool-missing", .missing)
    /// An external program failed on a file.
    public static let toolFailed = Fault.Code("knowledge.tool-failed", .input)
    /// An external program passed its time limit.
    public static let toolTimeLimit = Fault.Code("knowledge.tool-time-limit", .cancelled)
    /// A document name is empty, too long or holds a NUL.
    public static let documentName = Fault.Code("knowledge.document-name", .usage)
}

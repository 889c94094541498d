import Core

/// What a file is, by its first bytes, and by its name where bytes do not say.
enum SourceKind: Sendable, Hashable {
    case text(TextEncoding, markByteCount: Int)
    case delimited(TextEncoding, markByteCount: Int, separator: UInt8?)
    case jsonLines(TextEncoding, markByteCount: Int)
    case json(TextEncoding, markByteCount: Int)
    case database, zip, gzip, tar
    case mail, mailFolder
    case html(TextEncoding, markByteCount: Int)
    /// Text that another room reads, by this extension.
    case document(String)
    case binary

    /// Bytes that are looked at.
    static let prefixByteCount = 8 << 10

    init(prefix: [UInt8], name: String, documents: Set<String>) {
        let tail = Self.fileExtension(of: name)
        self = Self.byMagic(prefix, tail, documents) ?? Self.byText(prefix, tail, documents)
    }

    private static func byMagic(_ prefix: [UInt8], _ tail: String, _ documents: Set<String>) -> SourceKind? {
        if prefix.starts(with: "SQLite format 3\0".utf8) { return .database }
        if prefix.starts(with: [0x50, 0x4B, 0x03, 0x04]) || prefix.starts(with: [0x50, 0x4B, 0x05, 0x06]) { return tail == "docx" && documents.contains(tail) ? .document(tail) : .zip }
        if prefix.starts(with: [0x1F, 0x8B, 0x08]) { return .gzip }
        if TarReader.recognizes(prefix) { return .tar }
        if prefix.starts(with: "%PDF-".utf8) { return documents.contains("pdf") ? .document("pdf") : .binary }
        if prefix.starts(with: [0x89, 0x50, 0x4E, 0x47]) { return documents.contains("png") ? .document("png") : .binary }
        if prefix.starts(with: [0xFF, 0xD8, 0xFF]) { return documents.contains("jpg") ? .document("jpg") : .binary }
        return nil
    }

    private static func byText(_ prefix: [UInt8], _ tail: String, _ documents: Set<String>) -> SourceKind {
        // Logs are made longer than they are before they are written, and sparse files end in a hole: zeros behind a text make no binary data of it.
        let last = prefix.lastIndex { $0 != 0 } ?? -1
        let text = prefix.count - last > 16 ? Array(prefix[..<(last + 1)]) : prefix
        guard !text.isEmpty, let (encoding, mark) = TextEncoding.guess(text) else { return .binary }
        switch tail {
        case "csv": return .delimited(encoding, markByteCount: mark, separator: nil)
        case "tsv", "tab": return .delimited(encoding, markByteCount: mark, separator: 0x09)
        case "jsonl", "ndjson": return .jsonLines(encoding, markByteCount: mark)
        case "json", "geojson", "ipynb", "har": return .json(encoding, markByteCount: mark)
        case "html", "htm", "xhtml": return .html(encoding, markByteCount: mark)
        default: break
        }
        if isPage(encoding.utf8(of: Array(text.dropFirst(mark).prefix(256)))) { return .html(encoding, markByteCount: mark) }
        if encoding == .utf8, prefix.starts(with: "From ".utf8), MailFolder.recognizes(prefix[...]) { return .mailFolder }
        if tail == "eml" || (encoding == .utf8 && MailMessage.recognizes(prefix[...])) { return .mail }
        return .text(encoding, markByteCount: mark)
    }

    /// Whether a text begins as pages do.
    private static func isPage(_ text: [UInt8]) -> Bool {
        let front = text.drop { $0 <= 32 }
        return ["<!doctype html", "<html"].contains { mark in front.prefix(mark.utf8.count).elementsEqual(mark.utf8) { ((65...90).contains($0) ? $0 | 32 : $0) == $1 } }
    }

    /// The front of a text as UTF-8; nil where the bytes are no text, or text that other code takes apart.
    func text(of front: [UInt8]) -> [UInt8]? {
        switch self {
        case .text(let encoding, let mark), .delimited(let encoding, let mark, _), .jsonLines(let encoding, let mark), .json(let encoding, let mark):
            encoding.utf8(of: Array(front[min(mark, front.count)..<encoding.boundary(in: front, before: front.count)]))
        default: nil
        }
    }

    /// Lower-cased text behind the last dot of the last component.
    static func fileExtension(of name: String) -> String {
        let last = name.split(separator: "/").last ?? ""
        guard let dot = last.lastIndex(of: "."), dot != last.startIndex else { return "" }
        return last[last.index(after: dot)...].lowercased()
    }
}

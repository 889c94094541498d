import Core

/// A message of Internet mail (RFC 5322) cut into its parts (RFC 2045): headers as text, bodies and attachments decoded.
struct MailMessage {
    /// Parts in parts.
    static let depthMax = 8
    static let partCountMax = 1000

    struct Part {
        /// `headers`, `text/plain`, or the attachment's name.
        var name: String
        /// Decoded; text as UTF-8.
        var bytes: [UInt8]
        var isText: Bool
    }

    private(set) var parts: [Part] = []

    init(_ bytes: [UInt8]) { read(bytes[...], depth: 0, isTop: true) }

    /// Whether bytes begin like a message: two or more header lines, one of them of mail.
    static func recognizes(_ bytes: ArraySlice<UInt8>) -> Bool {
        let known: Set<String> = ["from", "to", "subject", "date", "received", "message-id", "return-path", "mime-version", "delivered-to", "content-type"]
        var (lines, hits) = (0, 0)
        for line in bytes.prefix(8192).split(separator: 0x0A, maxSplits: 40, omittingEmptySubsequences: false) {
            guard let first = line.first, first != 0x0D else { break }
            lines += 1
            if first == 0x20 || first == 0x09 { continue }
            guard let colon = line.firstIndex(of: UInt8(ascii: ":")), colon > line.startIndex else { return false }
            if known.contains(String(decoding: line[..<colon], as: UTF8.self).lowercased()) { hits += 1 }
        }
        return lines >= 2 && hits >= 2
    }

    private mutating func read(_ bytes: ArraySlice<UInt8>, depth: Int, isTop: Bool) {
        guard depth <= Self.depthMax, parts.count < Self.partCountMax else { return }
        let (headers, body) = Self.split(bytes)
        if isTop {
            let text = headers.map { "\($0.name): \(MailCoding.words($0.value))" }.joined(separator: "\n")
            parts.append(Part(name: "headers", bytes: Array(text.utf8), isText: true))
        }
        func header(_ name: String) -> String { headers.first { $0.name.lowercased() == name }?.value ?? "" }
        let type = header("content-type")
        let kind = type.prefix { $0 != ";" }.trimmed.lowercased()
        let name = Self.parameter("filename", header("content-disposition")) ?? Self.parameter("name", type)
        if kind.hasPrefix("multipart/"), let boundary = Self.parameter("boundary", type), !boundary.isEmpty {
            for part in Self.pieces(body, boundary: Array("--\(boundary)".utf8)) { read(part, depth: depth + 1, isTop: false) }
            return
        }
        let decoded = MailCoding.decode(body, header("content-transfer-encoding").trimmed.lowercased())
        if kind == "message/rfc822" { return read(decoded[...], depth: depth + 1, isTop: true) }
        let isText = name == nil && (kind.isEmpty || kind.hasPrefix("text/"))
        let label = name.map { MailCoding.words($0) } ?? (kind.isEmpty ? "text/plain" : kind)
        parts.append(Part(name: label, bytes: isText ? MailCoding.utf8(decoded, charset: Self.parameter("charset", type)) : decoded, isText: isText))
    }

    /// Headers, unfolded, and what follows the blank line.
    private static func split(_ bytes: ArraySlice<UInt8>) -> (headers: [(name: String, value: String)], body: ArraySlice<UInt8>) {
        var headers: [(name: String, value: String)] = []
        var place = bytes.startIndex
        while place < bytes.endIndex {
            let end = bytes[place...].firstIndex(of: 0x0A) ?? bytes.endIndex
            var line = bytes[place..<end]
            if line.last == 0x0D { line = line.dropLast() }
            let next = min(end + 1, bytes.endIndex)
            if line.isEmpty { return (headers, bytes[next...]) }
            let text = String(decoding: MailCoding.utf8(Array(line), charset: nil), as: UTF8.self)
            if line.first == 0x20 || line.first == 0x09 {
                if !headers.isEmpty, headers[headers.count - 1].value.utf8.count < 64 << 10 { headers[headers.count - 1].value += " " + text.trimmed }
            } else if let colon = text.firstIndex(of: ":"), headers.count < 1000 {
                headers.append((String(text[..<colon]), String(text[text.index(after: colon)...]).trimmed))
            } else if headers.isEmpty {
                return ([], bytes)
            }
            place = next
        }
        return (headers, [])
    }

    /// What stands between the lines of a boundary.
    private static func pieces(_ body: ArraySlice<UInt8>, boundary: [UInt8]) -> [ArraySlice<UInt8>] {
        var pieces: [ArraySlice<UInt8>] = []
        var start: Int?
        var place = body.startIndex
        while place < body.endIndex {
            let end = body[place...].firstIndex(of: 0x0A) ?? body.endIndex
            if body[place..<end].starts(with: boundary) {
                if let start { pieces.append(body[start..<max(start, place - 1)]) }
                if body[place..<end].dropFirst(boundary.count).starts(with: "--".utf8) { return pieces }
                start = min(end + 1, body.endIndex)
            }
            place = min(end + 1, body.endIndex)
        }
        if let start, start < body.endIndex { pieces.append(body[start...]) }
        return pieces
    }

    /// `name="value"` behind a header's value; RFC 2231's `name*=charset''value` too.
    private static func parameter(_ name: String, _ header: String) -> String? {
        for piece in header.split(separator: ";").dropFirst() {
            guard let equal = piece.firstIndex(of: "=") else { continue }
            let key = piece[..<equal].trimmed.lowercased()
            let value = piece[piece.index(after: equal)...].trimmed.filter { $0 != "\"" }
            if key == name { return value }
            if key == name + "*" || key == name + "*0*" {
                let parts = value.split(separator: "'", maxSplits: 2, omittingEmptySubsequences: false)
                guard parts.count == 3 else { return value }
                return String(decoding: MailCoding.utf8(MailCoding.percent(Array(parts[2].utf8)), charset: String(parts[0])), as: UTF8.self)
            }
        }
        return nil
    }
}

extension StringProtocol {
    var trimmed: String {
        let blanks: Set<Character> = [" ", "\t", "\r", "\n", "\r\n"]
        return String(drop { blanks.contains($0) }.reversed().drop { blanks.contains($0) }.reversed())
    }
}

/// A file of messages one after another (RFC 4155): each begins with a line `From …`.
enum MailFolder {
    static let messageCountMax = 1_000_000

    static func recognizes(_ bytes: ArraySlice<UInt8>) -> Bool {
        guard bytes.starts(with: "From ".utf8), let line = bytes.firstIndex(of: 0x0A) else { return false }
        return MailMessage.recognizes(bytes[(line + 1)...])
    }

    static func messages(_ bytes: [UInt8]) -> [Range<Int>] {
        var starts: [Int] = []
        let mark = Array("From ".utf8)
        var place = 0
        while place < bytes.count, starts.count < messageCountMax {
            let end = bytes[place...].firstIndex(of: 0x0A) ?? bytes.count
            if bytes[place..<end].starts(with: mark), place == 0 || (place >= 2 && bytes[place - 2] == 0x0A) || (place >= 3 && bytes[place - 3] == 0x0A) { starts.append(min(end + 1, bytes.count)) }
            place = end + 1
        }
        return starts.indices.map { index in
            starts[index]..<(index + 1 < starts.count ? max(starts[index], (bytes[..<(starts[index + 1] - 1)].lastIndex(of: 0x0A) ?? starts[index + 1])) : bytes.count)
        }
    }
}

/// Cuts HTML or XML into tags and text in one pass over the bytes.
///
/// Every byte is visited at most twice, whatever it says: a comment, tag or script that never ends takes the rest of the text with it (as
/// in browsers), instead of being looked for again from the next `<`.
public struct MarkupScanner: Sendable {
    /// A tag or the text between two.
    public enum Token: Equatable, Sendable {
        case text(String)
        /// `attributes` is the text between the name and `>`.
        case open(name: String, attributes: String, isEmpty: Bool)
        case close(name: String)
    }

    /// HTML's names have no case, and its scripts are no markup.
    public enum Dialect: Sendable { case html, xml }

    private let bytes: [UInt8]
    private let dialect: Dialect
    private var position = 0
    private var start = 0
    private var rawTextEnd: [UInt8]?
    /// Whether a comment, tag or script was still open at the end.
    public private(set) var endedInside = false

    public init(_ bytes: [UInt8], dialect: Dialect) {
        self.bytes = bytes
        self.dialect = dialect
    }

    /// The bytes of the last token.
    public var range: Range<Int> { start..<position }

    /// The next tag or text; nil at the end.
    public mutating func next() -> Token? {
        if let end = rawTextEnd {
            rawTextEnd = nil
            skip(past: end, keepingEnd: true)
        }
        while position < bytes.count {
            start = position
            guard bytes[position] == UInt8(ascii: "<"), position + 1 < bytes.count else { return text() }
            switch bytes[position + 1] {
            case UInt8(ascii: "!"):
                if starts(with: "<!--") {
                    skip(past: Array("-->".utf8), keepingEnd: false)
                } else if dialect == .xml, starts(with: "<![CDATA[") {
                    return characterData()
                } else {
                    skip(past: [UInt8(ascii: ">")], keepingEnd: false)
                }
            case UInt8(ascii: "?"): skip(past: [UInt8(ascii: ">")], keepingEnd: false)
            case UInt8(ascii: "/"), 65...90, 97...122, UInt8(ascii: "_"): if let token = tag() { return token }
            default: return text()
            }
        }
        return nil
    }

    /// Text up to the next `<` (a `<` that opens nothing belongs to it).
    private mutating func text() -> Token {
        position += 1
        while position < bytes.count, bytes[position] != UInt8(ascii: "<") { position += 1 }
        return .text(CharacterReference.decode(bytes[start..<position]))
    }

    private mutating func characterData() -> Token {
        let start = position + 9
        skip(past: Array("]]>".utf8), keepingEnd: true)
        let end = max(start, position)
        position = min(bytes.count, position + 3)
        return .text(String(decoding: bytes[min(start, bytes.count)..<min(end, bytes.count)], as: UTF8.self))
    }

    /// A tag; nil (and the end of the text) if it never closes. `>` inside a quoted value does not close it.
    private mutating func tag() -> Token? {
        let closes = bytes[position + 1] == UInt8(ascii: "/")
        let nameStart = position + (closes ? 2 : 1)
        var nameEnd = nameStart
        while nameEnd < bytes.count, !isBlank(bytes[nameEnd]), bytes[nameEnd] != UInt8(ascii: ">"), bytes[nameEnd] != UInt8(ascii: "/") { nameEnd += 1 }
        var end = nameEnd
        var quote: UInt8?
        while end < bytes.count {
            let byte = bytes[end]
            if let open = quote {
                if byte == open { quote = nil }
            } else if byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "'") {
                quote = byte
            } else if byte == UInt8(ascii: ">") {
                break
            }
            end += 1
        }
        guard end < bytes.count else {
            position = bytes.count
            endedInside = true
            return nil
        }
        position = end + 1
        // 64 bytes: no element name is longer.
        let name = String(decoding: bytes[nameStart..<min(nameEnd, nameStart + 64)], as: UTF8.self)
        let key = dialect == .html ? name.lowercased() : name
        if closes { return .close(name: key) }
        if dialect == .html, key == "script" || key == "style" { rawTextEnd = Array("</\(key)".utf8) }
        return .open(name: key, attributes: String(decoding: bytes[nameEnd..<end], as: UTF8.self), isEmpty: bytes[end - 1] == UInt8(ascii: "/"))
    }

    /// Moves behind (or, with `keepingEnd`, to) the next `end`, ASCII letters compared without case; to the end of the text if there is none.
    private mutating func skip(past end: [UInt8], keepingEnd: Bool) {
        while position < bytes.count {
            if bytes[position] == end[0], matches(end) {
                if !keepingEnd { position += end.count }
                return
            }
            position += 1
        }
        endedInside = true
    }

    private func matches(_ pattern: [UInt8]) -> Bool {
        guard position + pattern.count <= bytes.count else { return false }
        return pattern.indices.allSatisfy { index in
            let byte = bytes[position + index]
            return ((65...90).contains(byte) ? byte + 32 : byte) == pattern[index]
        }
    }

    private func starts(with text: String) -> Bool { bytes[position...].starts(with: text.utf8) }
    private func isBlank(_ byte: UInt8) -> Bool { byte == 0x20 || (0x09...0x0D).contains(byte) }

    /// The value of an attribute in the text between a tag's name and its end; nil if it is not there.
    public static func attribute(_ name: String, in attributes: String) -> String? {
        guard let range = attributes.firstRange(of: name + "=") else { return nil }
        let rest = attributes[range.upperBound...]
        guard let quote = rest.first, quote == "\"" || quote == "'" else { return nil }
        return String(rest.dropFirst().prefix { $0 != quote })
    }
}

/// `&amp;`, `&#20013;` and `&#x4E2D;`.
public enum CharacterReference {
    private static let names: [String: String] = [
        "amp": "&", "lt": "<", "gt": ">", "quot": "\"", "apos": "'", "nbsp": " ", "ensp": " ", "emsp": " ", "thinsp": " ", "middot": "·",
        "hellip": "…", "mdash": "—", "ndash": "–", "ldquo": "“", "rdquo": "”", "lsquo": "‘", "rsquo": "’", "laquo": "«", "raquo": "»",
        "times": "×", "divide": "÷", "yen": "¥", "copy": "©", "reg": "®", "deg": "°", "bull": "•", "plusmn": "±", "sect": "§",
    ]

    /// Unknown or malformed references stay as they are.
    public static func decode(_ bytes: ArraySlice<UInt8>) -> String {
        guard bytes.contains(UInt8(ascii: "&")) else { return String(decoding: bytes, as: UTF8.self) }
        var out: [UInt8] = []
        out.reserveCapacity(bytes.count)
        var index = bytes.startIndex
        while index < bytes.endIndex {
            // 12 bytes hold every reference known here, so that `&&&&…` costs no more than its length.
            if bytes[index] == UInt8(ascii: "&"), let end = bytes[index...].prefix(12).firstIndex(of: UInt8(ascii: ";")),
                let text = value(of: String(decoding: bytes[(index + 1)..<end], as: UTF8.self))
            {
                out.append(contentsOf: text.utf8)
                index = end + 1
            } else {
                out.append(bytes[index])
                index += 1
            }
        }
        return String(decoding: out, as: UTF8.self)
    }

    private static func value(of reference: String) -> String? {
        guard reference.hasPrefix("#") else { return names[reference] }
        let digits = reference.dropFirst()
        let isHexadecimal = digits.hasPrefix("x") || digits.hasPrefix("X")
        guard let number = UInt32(isHexadecimal ? digits.dropFirst() : digits, radix: isHexadecimal ? 16 : 10), number != 0,
            let scalar = Unicode.Scalar(number)
        else { return nil }
        return String(Character(scalar))
    }
}

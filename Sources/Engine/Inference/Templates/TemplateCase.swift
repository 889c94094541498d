/// Cases of letters, as Python's texts change them.
extension TemplateText {
    static func upper(_ bytes: Bytes) -> Bytes {
        mapped(bytes, ascii: { $0 &- 97 < 26 ? $0 - 32 : $0 }, other: \.properties.uppercaseMapping)
    }

    static func lower(_ bytes: Bytes) -> Bytes {
        mapped(bytes, ascii: { $0 &- 65 < 26 ? $0 + 32 : $0 }, other: \.properties.lowercaseMapping)
    }

    private static func mapped(_ bytes: Bytes, ascii: (UInt8) -> UInt8, other: (Unicode.Scalar) -> String) -> Bytes {
        var out: Bytes = []
        out.reserveCapacity(bytes.count)
        var index = 0
        while index < bytes.count {
            if bytes[index] < 0x80 {
                out.append(ascii(bytes[index]))
                index += 1
            } else {
                let (scalar, length) = scalar(bytes, at: index)
                out.append(contentsOf: other(scalar).utf8)
                index += length
            }
        }
        return out
    }

    /// The first letter as in a title, the rest small.
    static func capitalized(_ bytes: Bytes) -> Bytes {
        guard !bytes.isEmpty else { return bytes }
        let (first, length) = scalar(bytes, at: 0)
        return Array(first.properties.titlecaseMapping.utf8) + lower(Array(bytes[length...]))
    }

    /// `str.title`: a letter after a letter is small, any other is as in a title.
    static func titled(_ bytes: Bytes) -> Bytes {
        var isAfterLetter = false
        var out: Bytes = []
        for scalar in scalars(bytes) {
            out += (isAfterLetter ? scalar.properties.lowercaseMapping : scalar.properties.titlecaseMapping).utf8
            isAfterLetter = scalar.properties.isCased
        }
        return out
    }

    /// Jinja's `title` filter: words begin after white space, a hyphen or an opening bracket.
    static func titledWords(_ bytes: Bytes) -> Bytes {
        var isStart = true
        var out: Bytes = []
        for scalar in scalars(bytes) {
            out += (isStart ? scalar.properties.uppercaseMapping : scalar.properties.lowercaseMapping).utf8
            isStart = isSpace(scalar) || ["-", "(", "{", "[", "<"].contains(scalar)
        }
        return out
    }

    /// Whether there is a cased letter and all of them are small (or large).
    static func isAll(lower: Bool, _ bytes: Bytes) -> Bool {
        let cased = scalars(bytes).map(\.properties).filter(\.isCased)
        return !cased.isEmpty && cased.allSatisfy { lower ? $0.isLowercase : $0.isUppercase }
    }

    /// Whether all scalars, and at least one, satisfy the claim.
    static func isAll(_ bytes: Bytes, _ claim: (Unicode.Scalar) -> Bool) -> Bool { !bytes.isEmpty && scalars(bytes).allSatisfy(claim) }

    /// The five characters of HTML that have another meaning there.
    static func escaped(_ bytes: Bytes) -> Bytes {
        var out: Bytes = []
        out.reserveCapacity(bytes.count)
        for byte in bytes {
            switch byte {
            case UInt8(ascii: "&"): out.append(contentsOf: "&amp;".utf8)
            case UInt8(ascii: "<"): out.append(contentsOf: "&lt;".utf8)
            case UInt8(ascii: ">"): out.append(contentsOf: "&gt;".utf8)
            case UInt8(ascii: "'"): out.append(contentsOf: "&#39;".utf8)
            case UInt8(ascii: "\""): out.append(contentsOf: "&#34;".utf8)
            default: out.append(byte)
            }
        }
        return out
    }
}

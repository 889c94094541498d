import Core

/// The codings of mail: quoted-printable and base64 (RFC 2045), encoded words (RFC 2047), character sets.
enum MailCoding {
    static func decode(_ bytes: ArraySlice<UInt8>, _ coding: String) -> [UInt8] {
        switch coding {
        case "base64": base64(bytes)
        case "quoted-printable": quotedPrintable(bytes, isWord: false)
        default: Array(bytes)
        }
    }

    /// Characters outside the alphabet are passed over, as RFC 2045 says.
    static func base64(_ bytes: ArraySlice<UInt8>) -> [UInt8] {
        var result: [UInt8] = []
        result.reserveCapacity(bytes.count * 3 / 4)
        var (value, bits): (UInt32, Int) = (0, 0)
        for byte in bytes {
            let digit: UInt8
            switch byte {
            case UInt8(ascii: "A")...UInt8(ascii: "Z"): digit = byte - 65
            case UInt8(ascii: "a")...UInt8(ascii: "z"): digit = byte - 71
            case UInt8(ascii: "0")...UInt8(ascii: "9"): digit = byte + 4
            case UInt8(ascii: "+"), UInt8(ascii: "-"): digit = 62
            case UInt8(ascii: "/"), UInt8(ascii: "_"): digit = 63
            case UInt8(ascii: "="):
                (value, bits) = (0, 0)
                continue
            default: continue
            }
            (value, bits) = (value << 6 | UInt32(digit), bits + 6)
            if bits >= 8 {
                bits -= 8
                result.append(UInt8(truncatingIfNeeded: value >> UInt32(bits)))
            }
        }
        return result
    }

    static func quotedPrintable(_ bytes: ArraySlice<UInt8>, isWord: Bool) -> [UInt8] {
        var result: [UInt8] = []
        result.reserveCapacity(bytes.count)
        var place = bytes.startIndex
        while place < bytes.endIndex {
            let byte = bytes[place]
            if byte == UInt8(ascii: "=") {
                if let high = hex(bytes, place + 1), let low = hex(bytes, place + 2) {
                    result.append(high << 4 | low)
                    place += 3
                    continue
                }
                // A soft line break.
                let end = bytes[place...].firstIndex(of: 0x0A) ?? bytes.endIndex
                if bytes[(place + 1)..<end].allSatisfy({ $0 == 0x20 || $0 == 0x09 || $0 == 0x0D }) {
                    place = min(end + 1, bytes.endIndex)
                    continue
                }
            }
            result.append(isWord && byte == UInt8(ascii: "_") ? 0x20 : byte)
            place += 1
        }
        return result
    }

    static func percent(_ bytes: [UInt8]) -> [UInt8] {
        var result: [UInt8] = []
        var place = 0
        while place < bytes.count {
            if bytes[place] == UInt8(ascii: "%"), let high = hex(bytes[...], place + 1), let low = hex(bytes[...], place + 2) {
                result.append(high << 4 | low)
                place += 3
            } else {
                result.append(bytes[place])
                place += 1
            }
        }
        return result
    }

    private static func hex(_ bytes: ArraySlice<UInt8>, _ place: Int) -> UInt8? {
        guard place < bytes.endIndex else { return nil }
        switch bytes[place] {
        case UInt8(ascii: "0")...UInt8(ascii: "9"): return bytes[place] - 48
        case UInt8(ascii: "A")...UInt8(ascii: "F"): return bytes[place] - 55
        case UInt8(ascii: "a")...UInt8(ascii: "f"): return bytes[place] - 87
        default: return nil
        }
    }

    /// `=?charset?B|Q?text?=` in a header; neighbors are joined.
    static func words(_ header: String) -> String {
        guard header.contains("=?") else { return header }
        var result = "", rest = header[...], isBehindWord = false
        while let start = rest.firstRange(of: "=?") {
            let parts = rest[start.upperBound...].split(separator: "?", maxSplits: 3, omittingEmptySubsequences: false)
            guard parts.count >= 3, let end = rest[parts[2].startIndex...].firstRange(of: "?=") else { break }
            let between = rest[..<start.lowerBound]
            if !(isBehindWord && between.trimmed.isEmpty) { result += between }
            let text = Array(rest[parts[2].startIndex..<end.lowerBound].utf8)
            let bytes = parts[1].lowercased() == "b" ? base64(text[...]) : quotedPrintable(text[...], isWord: true)
            result += String(decoding: utf8(bytes, charset: String(parts[0])), as: UTF8.self)
            rest = rest[end.upperBound...]
            isBehindWord = true
        }
        return result + rest
    }

    /// Bytes in a named character set as UTF-8; without a name, or with one that is not known, by their looks.
    static func utf8(_ bytes: [UInt8], charset: String?) -> [UInt8] {
        let name = charset?.lowercased() ?? ""
        let encoding: TextEncoding? =
            if name.hasPrefix("gb") || name == "cp936" { .gb18030 } else if name == "utf-16le" { .utf16LittleEndian } else if name == "utf-16be" { .utf16BigEndian } else { TextEncoding.guess(bytes)?.encoding }
        return (encoding ?? .utf8).utf8(of: bytes)
    }
}

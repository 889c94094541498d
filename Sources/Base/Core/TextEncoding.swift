/// How the bytes of a text stand for Unicode scalars. Unlike ``TextDecoder``, which decodes whole files, it decodes pieces and leads from a scalar back to its bytes.
public enum TextEncoding: String, Sendable, Codable, CaseIterable {
    case utf8 = "UTF-8", utf16LittleEndian = "UTF-16LE", utf16BigEndian = "UTF-16BE", gb18030 = "GB18030"

    /// The encoding of a file by its first bytes and the length of its byte-order mark; nil when they are no text.
    ///
    /// UTF-16 without a mark is told by being nothing but common characters.
    public static func guess(_ prefix: [UInt8]) -> (encoding: TextEncoding, markByteCount: Int)? {
        if prefix.starts(with: [0xEF, 0xBB, 0xBF]) { return (.utf8, 3) }
        if prefix.starts(with: [0xFF, 0xFE]) { return (.utf16LittleEndian, 2) }
        if prefix.starts(with: [0xFE, 0xFF]) { return (.utf16BigEndian, 2) }
        let sample = prefix.prefix(8192)
        if sample.contains(0) {
            // ASCII in UTF-16 has a zero in each unit, and U+4E00 (一) has one in the other half: what reads as text decides.
            let shares = [TextEncoding.utf16LittleEndian, .utf16BigEndian].map { ($0, share(ofCommonIn: sample, $0)) }
            guard let best = shares.max(by: { $0.1 < $1.1 }), best.1 >= 0.9 else { return nil }
            return (best.0, 0)
        }
        // A piece may end inside a character.
        if (0...3).contains(where: { String(validating: sample.dropLast($0), as: UTF8.self) != nil }) { return (.utf8, 0) }
        let chinese = share(ofCommonIn: sample, .gb18030)
        for encoding in [TextEncoding.utf16LittleEndian, .utf16BigEndian] where sample.count >= 8 {
            let common = share(ofCommonIn: sample, encoding)
            if common >= 0.95, common > chinese { return (encoding, 0) }
        }
        return (chinese >= 0.5 ? .gb18030 : .utf8, 0)
    }

    /// The share of scalars that texts mostly consist of.
    private static func share(ofCommonIn bytes: ArraySlice<UInt8>, _ encoding: TextEncoding) -> Double {
        let body = Array(bytes.dropLast(encoding == .gb18030 ? 0 : bytes.count % 2))
        guard !body.isEmpty else { return 0 }
        var (common, all) = (0, 0)
        for scalar in String(decoding: encoding.utf8(of: body), as: UTF8.self).unicodeScalars {
            all += 1
            switch scalar.value {
            case 0x09, 0x0A, 0x0D, 0x20...0x7E, 0x3000...0x301F, 0x4E00...0x9FFF, 0xFF01...0xFF5E, 0x2010...0x2026, 0xB7: common += 1
            default: break
            }
        }
        return all == 0 ? 0 : Double(common) / Double(all)
    }

    /// The text as UTF-8. Where bytes stand for nothing, U+FFFD stands, one for each of ``width(of:at:)``. Bytes of UTF-8 stay as they are, valid or not.
    public func utf8(of bytes: [UInt8]) -> [UInt8] {
        switch self {
        case .utf8: return bytes
        case .gb18030:
            if let text = TextDecoder.convert(bytes, from: "GB18030") { return Array(text.utf8) }
            return utf8Repaired(bytes)
        case .utf16LittleEndian, .utf16BigEndian: return utf16(bytes)
        }
    }

    private func utf16(_ bytes: [UInt8]) -> [UInt8] {
        var result: [UInt8] = []
        result.reserveCapacity(bytes.count * 3 / 2)
        var index = 0
        while index < bytes.count {
            let count = width(of: bytes, at: index)
            var value: UInt32 = 0xFFFD
            if index + count <= bytes.count, count == 4 {
                value = 0x10000 + (unit(bytes, index) - 0xD800) << 10 + (unit(bytes, index + 2) - 0xDC00)
            } else if index + 1 < bytes.count {
                value = unit(bytes, index)
            }
            result.append(contentsOf: Array(UTF8.encode(Unicode.Scalar(value) ?? "\u{FFFD}") ?? UTF8.encodedReplacementCharacter))
            index += count
        }
        return result
    }

    private func unit(_ bytes: [UInt8], _ index: Int) -> UInt32 {
        let (first, second) = (UInt32(bytes[index]), UInt32(bytes[index + 1]))
        return self == .utf16LittleEndian ? first | second << 8 : first << 8 | second
    }

    /// One damaged place must not cost the text: characters are converted one by one.
    private func utf8Repaired(_ bytes: [UInt8]) -> [UInt8] {
        var result: [UInt8] = []
        var index = 0
        while index < bytes.count {
            if bytes[index] < 0x80 {
                result.append(bytes[index])
                index += 1
                continue
            }
            let count = min(width(of: bytes, at: index), bytes.count - index)
            let text = TextDecoder.convert(Array(bytes[index..<index + count]), from: "GB18030")
            result.append(contentsOf: (text.map { $0.unicodeScalars.count == 1 ? $0 : "\u{FFFD}" } ?? "\u{FFFD}").utf8)
            index += count
        }
        return result
    }

    /// Bytes of the scalar that begins at `index`.
    public func width(of bytes: [UInt8], at index: Int) -> Int {
        let byte = bytes[index]
        switch self {
        case .utf8:
            let count = byte < 0x80 ? 1 : byte < 0xC2 ? 1 : byte < 0xE0 ? 2 : byte < 0xF0 ? 3 : byte < 0xF5 ? 4 : 1
            var end = index + 1
            while end < min(index + count, bytes.count), bytes[end] & 0xC0 == 0x80 { end += 1 }
            return end - index
        case .gb18030:
            guard byte > 0x80, byte < 0xFF, index + 1 < bytes.count else { return 1 }
            switch bytes[index + 1] {
            case 0x30...0x39: return index + 3 < bytes.count && (0x81...0xFE).contains(bytes[index + 2]) && (0x30...0x39).contains(bytes[index + 3]) ? 4 : 1
            case 0x40...0x7E, 0x80...0xFE: return 2
            default: return 1
            }
        case .utf16LittleEndian, .utf16BigEndian:
            guard index + 3 < bytes.count, (0xD800..<0xDC00).contains(unit(bytes, index)), (0xDC00..<0xE000).contains(unit(bytes, index + 2)) else { return 2 }
            return 4
        }
    }

    /// The last place up to `index` where `bytes` can be cut without cutting a character in two. A place behind a line break is sure; without one the cut looks at whole characters from the start.
    public func boundary(in bytes: [UInt8], before index: Int) -> Int {
        switch self {
        case .utf8:
            var place = index
            while place > max(0, index - 3), place < bytes.count, bytes[place] & 0xC0 == 0x80 { place -= 1 }
            return place
        case .utf16LittleEndian, .utf16BigEndian:
            let place = index / 2 * 2
            return place >= 2 && place + 1 < bytes.count && (0xDC00..<0xE000).contains(unit(bytes, place)) ? place - 2 : place
        case .gb18030:
            // Bytes of characters are never 0x0A: from behind a line break on places are known.
            var place = (bytes[..<index].lastIndex(of: 0x0A) ?? -1) + 1
            while place < index {
                let next = place + width(of: bytes, at: place)
                if next > index { break }
                place = next
            }
            return place
        }
    }
}

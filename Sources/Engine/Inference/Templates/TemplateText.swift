/// Texts of templates are UTF-8 bytes: Swift's `String` compares by canonical equivalence and counts clusters, Python's `str` counts scalars.
///
/// Every function takes any bytes and reads no further than they go; what is not UTF-8 counts as U+FFFD, a byte each.
enum TemplateText {
    typealias Bytes = [UInt8]

    /// The scalar whose bytes begin at `index`, which must be inside.
    static func scalar(_ bytes: Bytes, at index: Int) -> (scalar: Unicode.Scalar, length: Int) {
        let first = bytes[index]
        if first < 0x80 { return (Unicode.Scalar(first), 1) }
        let length = first >= 0xF0 ? 4 : first >= 0xE0 ? 3 : 2
        guard first >= 0xC2, first < 0xF5, index + length <= bytes.count else { return ("\u{FFFD}", 1) }
        var value = UInt32(first) & (0x7F >> UInt32(length))
        for offset in 1..<length {
            guard bytes[index + offset] & 0xC0 == 0x80 else { return ("\u{FFFD}", 1) }
            value = value << 6 | UInt32(bytes[index + offset] & 0x3F)
        }
        return Unicode.Scalar(value).map { ($0, length) } ?? ("\u{FFFD}", 1)
    }

    static func append(_ scalar: Unicode.Scalar, to out: inout Bytes) {
        if scalar.isASCII { out.append(UInt8(scalar.value)) } else { out.append(contentsOf: String(scalar).utf8) }
    }

    static func scalars(_ bytes: Bytes) -> [Unicode.Scalar] {
        var out: [Unicode.Scalar] = []
        out.reserveCapacity(bytes.count)
        var index = 0
        while index < bytes.count {
            let (scalar, length) = scalar(bytes, at: index)
            out.append(scalar)
            index += length
        }
        return out
    }

    static func bytes(_ scalars: some Sequence<Unicode.Scalar>) -> Bytes {
        var out: Bytes = []
        for scalar in scalars { append(scalar, to: &out) }
        return out
    }

    static func isASCII(_ bytes: Bytes) -> Bool { bytes.allSatisfy { $0 < 0x80 } }

    /// Scalars, as Python counts.
    static func count(_ bytes: Bytes) -> Int {
        var count = 0
        for byte in bytes where byte & 0xC0 != 0x80 { count &+= 1 }
        return count
    }

    /// What Python's `str.isspace` says.
    static func isSpace(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.value {
        case 9...13, 28...32, 0x85, 0xA0, 0x1680, 0x2000...0x200A, 0x2028, 0x2029, 0x202F, 0x205F, 0x3000: true
        default: false
        }
    }

    // MARK: - Ends

    /// The first index of the range that is not white space.
    static func startOfText(_ bytes: Bytes, _ range: Range<Int>, _ isStripped: (Unicode.Scalar) -> Bool = isSpace) -> Int {
        var index = range.lowerBound
        while index < range.upperBound {
            let (scalar, length) = scalar(bytes, at: index)
            guard isStripped(scalar), index + length <= range.upperBound else { break }
            index += length
        }
        return index
    }

    /// The index after the last one of the range that is not white space.
    static func endOfText(_ bytes: Bytes, _ range: Range<Int>, _ isStripped: (Unicode.Scalar) -> Bool = isSpace) -> Int {
        var end = range.upperBound
        while end > range.lowerBound {
            var start = end - 1
            while start > range.lowerBound, end - start < 4, bytes[start] & 0xC0 == 0x80 { start -= 1 }
            guard isStripped(scalar(bytes, at: start).scalar) else { break }
            end = start
        }
        return end
    }

    /// `strip`, `lstrip`, `rstrip`: white space or the given scalars go.
    static func stripped(_ bytes: Bytes, of characters: Bytes? = nil, left: Bool = true, right: Bool = true) -> Bytes {
        let set = characters.map { Set(scalars($0)) }
        let isStripped: (Unicode.Scalar) -> Bool = { scalar in set?.contains(scalar) ?? isSpace(scalar) }
        let start = left ? startOfText(bytes, 0..<bytes.count, isStripped) : 0
        let end = right ? endOfText(bytes, start..<bytes.count, isStripped) : bytes.count
        return start == 0 && end == bytes.count ? bytes : Array(bytes[start..<end])
    }

    // MARK: - Search

    /// Where `needle` begins at or after `start`. Linear in both: a long needle is searched with a table of its own borders (Knuth, Morris, Pratt 1977).
    static func find(_ needle: Bytes, in bytes: Bytes, from start: Int = 0) -> Int? {
        guard let first = needle.first else { return start <= bytes.count ? start : nil }
        guard bytes.count - start >= needle.count else { return nil }
        if needle.count > 32 { return TemplateNeedle(needle).find(in: bytes, from: start) }
        var index = start
        let last = bytes.count - needle.count
        while index <= last {
            if bytes[index] == first, matches(needle, bytes, at: index) { return index }
            index += 1
        }
        return nil
    }

    static func matches(_ needle: Bytes, _ bytes: Bytes, at start: Int) -> Bool {
        guard start >= 0, bytes.count - start >= needle.count else { return false }
        for offset in needle.indices where bytes[start + offset] != needle[offset] { return false }
        return true
    }

    /// The beginnings of at most `countMax` needles that do not overlap. An empty needle is nowhere.
    static func occurrences(of needle: Bytes, in bytes: Bytes, countMax: Int = .max) -> [Int] {
        var found: [Int] = []
        guard !needle.isEmpty, needle.count <= bytes.count else { return found }
        let long = needle.count > 32 ? TemplateNeedle(needle) : nil
        var start = 0
        while found.count < countMax, let index = long.map({ $0.find(in: bytes, from: start) }) ?? find(needle, in: bytes, from: start) {
            found.append(index)
            start = index + needle.count
        }
        return found
    }

    /// The last needle; nil if there is none.
    static func findLast(_ needle: Bytes, in bytes: Bytes) -> Int? {
        find(needle.reversed(), in: bytes.reversed()).map { bytes.count - $0 - needle.count }
    }

    // MARK: - Pieces

    /// The pieces between `starts`, at each of which `length` bytes are left out.
    static func pieces(_ bytes: Bytes, cutAt starts: [Int], length: Int) -> [Bytes] {
        var out: [Bytes] = []
        var start = 0
        for cut in starts {
            out.append(Array(bytes[start..<cut]))
            start = cut + length
        }
        out.append(Array(bytes[start...]))
        return out
    }

    /// Words between white space, as `str.split()` gives them; the last piece after `cutMax` cuts stays whole, with the white space at its end.
    static func words(_ bytes: Bytes, cutMax: Int) -> [Bytes] {
        var out: [Bytes] = []
        var index = startOfText(bytes, 0..<bytes.count)
        while index < bytes.count {
            if out.count >= cutMax {
                out.append(Array(bytes[index...]))
                break
            }
            let end = startOfText(bytes, index..<bytes.count) { !isSpace($0) }
            out.append(Array(bytes[index..<end]))
            index = startOfText(bytes, end..<bytes.count)
        }
        return out
    }

    /// Lines as `str.splitlines` sees them, without their ends.
    static func lines(_ bytes: Bytes, keepsEnds: Bool = false) -> [Bytes] {
        var out: [Bytes] = []
        var start = 0
        var index = 0
        while index < bytes.count {
            let (scalar, length) = scalar(bytes, at: index)
            var end = index + length
            if isLineEnd(scalar) {
                if scalar == "\r", end < bytes.count, bytes[end] == 10 { end += 1 }
                out.append(Array(bytes[start..<(keepsEnds ? end : index)]))
                start = end
            }
            index = end
        }
        if start < bytes.count { out.append(Array(bytes[start...])) }
        return out
    }

    private static func isLineEnd(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.value {
        case 10...13, 28...30, 0x85, 0x2028, 0x2029: true
        default: false
        }
    }
}

/// A text to search for, with the length of the longest border of each of its beginnings.
struct TemplateNeedle {
    private let needle: [UInt8]
    private let borders: [Int32]

    init(_ needle: [UInt8]) {
        self.needle = needle
        var borders = [Int32](repeating: 0, count: needle.count)
        var length = 0
        for index in needle.indices.dropFirst() {
            while length > 0, needle[index] != needle[length] { length = Int(borders[length - 1]) }
            if needle[index] == needle[length] { length += 1 }
            borders[index] = Int32(clamping: length)
        }
        self.borders = borders
    }

    func find(in bytes: [UInt8], from start: Int) -> Int? {
        var length = 0
        for index in start..<max(start, bytes.count) {
            while length > 0, bytes[index] != needle[length] { length = Int(borders[length - 1]) }
            if bytes[index] == needle[length] { length += 1 }
            if length == needle.count { return index - length + 1 }
        }
        return nil
    }
}

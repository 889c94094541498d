/// Reads JSON in place (RFC 8259): no tree, no copies but of strings that hold escapes.
///
/// Core's parser makes values of all it reads; a filter of a hundred megabytes a second needs two members of each line and may pass over the rest.
struct JSONText {
    /// What is wrong with a text. Never quotes it.
    enum Problem: Error { case malformed(String, at: Int) }

    /// A string: the range of its bytes between the quotation marks.
    struct Piece {
        var range: Range<Int>
        var hasEscapes: Bool
    }

    static let depthMax = 64

    let bytes: [UInt8]
    var index: Int
    let end: Int

    init(_ bytes: [UInt8], _ range: Range<Int>) { (self.bytes, index, end) = (bytes, range.lowerBound, range.upperBound) }

    func problem(_ what: String) -> Problem { .malformed(what, at: index) }

    var current: UInt8? { index < end ? bytes[index] : nil }

    mutating func skipBlanks() {
        while index < end, bytes[index] == 0x20 || bytes[index] == 0x09 || bytes[index] == 0x0A || bytes[index] == 0x0D { index += 1 }
    }

    /// Whether `byte` comes next (behind blanks); it is passed.
    mutating func takes(_ byte: UInt8) -> Bool {
        skipBlanks()
        guard index < end, bytes[index] == byte else { return false }
        index += 1
        return true
    }

    /// A string, from its opening quotation mark on.
    mutating func string() throws(Problem) -> Piece {
        guard takes(UInt8(ascii: "\"")) else { throw problem("a string should begin") }
        let start = index
        var hasEscapes = false
        while index < end {
            let byte = bytes[index]
            if byte == UInt8(ascii: "\"") {
                index += 1
                return Piece(range: start..<index - 1, hasEscapes: hasEscapes)
            }
            if byte == UInt8(ascii: "\\") {
                hasEscapes = true
                index += 1
            } else if byte < 0x20 {
                throw problem("a control character in a string")
            }
            index += 1
        }
        index = end
        throw problem("a string does not end")
    }

    /// Passes one value of any kind and returns its range.
    mutating func skipValue() throws(Problem) -> Range<Int> {
        skipBlanks()
        let start = index
        var depth = 0
        repeat {
            skipBlanks()
            guard let byte = current else { throw problem("the text ends inside a value") }
            switch byte {
            case UInt8(ascii: "\""): _ = try string()
            case UInt8(ascii: "{"), UInt8(ascii: "["):
                depth += 1
                index += 1
                guard depth <= Self.depthMax else { throw problem("more than \(Self.depthMax) levels") }
            case UInt8(ascii: "}"), UInt8(ascii: "]"):
                depth -= 1
                index += 1
                guard depth >= 0 else { throw problem("a bracket closes nothing") }
            case UInt8(ascii: ","), UInt8(ascii: ":"):
                guard depth > 0 else { throw problem("a value should begin") }
                index += 1
            default: try word()
            }
        } while depth > 0
        return start..<index
    }

    /// A number, `true`, `false` or `null`.
    mutating func word() throws(Problem) {
        let start = index
        while index < end {
            switch bytes[index] {
            case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "E"), UInt8(ascii: "+"), UInt8(ascii: "-"), UInt8(ascii: "."): index += 1
            default:
                if index == start { throw problem("an unknown character") }
                return try check(start)
            }
        }
        try check(start)
    }

    private func check(_ start: Int) throws(Problem) {
        let first = bytes[start]
        if first == UInt8(ascii: "-") || (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(first) { return }
        let text = bytes[start..<index]
        guard text.elementsEqual("true".utf8) || text.elementsEqual("false".utf8) || text.elementsEqual("null".utf8) else { throw problem("an unknown word") }
    }

    /// Appends the text of a string.
    func append(_ piece: Piece, to text: inout [UInt8]) throws(Problem) {
        guard piece.hasEscapes else {
            text.append(contentsOf: bytes[piece.range])
            return
        }
        var place = piece.range.lowerBound
        while place < piece.range.upperBound {
            guard bytes[place] == UInt8(ascii: "\\") else {
                var run = place
                while run < piece.range.upperBound, bytes[run] != UInt8(ascii: "\\") { run += 1 }
                text.append(contentsOf: bytes[place..<run])
                place = run
                continue
            }
            guard let escape = Self.escape(in: bytes, at: place, end: piece.range.upperBound) else { throw .malformed("an unknown escape", at: place) }
            if escape.scalar.value < 0x80 { text.append(UInt8(escape.scalar.value)) } else { text.append(contentsOf: Array(UTF8.encode(escape.scalar) ?? UTF8.encodedReplacementCharacter)) }
            place += escape.width
        }
    }

    /// What an escape stands for, and its bytes. A surrogate without its half becomes U+FFFD: Java and JavaScript write such texts.
    private static func escape(in bytes: [UInt8], at place: Int, end: Int) -> (scalar: Unicode.Scalar, width: Int)? {
        guard place + 1 < end else { return nil }
        switch bytes[place + 1] {
        case UInt8(ascii: "\""): return ("\"", 2)
        case UInt8(ascii: "\\"): return ("\\", 2)
        case UInt8(ascii: "/"): return ("/", 2)
        case UInt8(ascii: "b"): return ("\u{8}", 2)
        case UInt8(ascii: "f"): return ("\u{C}", 2)
        case UInt8(ascii: "n"): return ("\n", 2)
        case UInt8(ascii: "r"): return ("\r", 2)
        case UInt8(ascii: "t"): return ("\t", 2)
        case UInt8(ascii: "u"):
            guard let high = unit(bytes, place + 2, end) else { return nil }
            if (0xD800..<0xDC00).contains(high), place + 7 < end, bytes[place + 6] == UInt8(ascii: "\\"), bytes[place + 7] == UInt8(ascii: "u"),
                let low = unit(bytes, place + 8, end), (0xDC00..<0xE000).contains(low), let scalar = Unicode.Scalar(0x10000 + (high - 0xD800) << 10 + (low - 0xDC00))
            {
                return (scalar, 12)
            }
            return (Unicode.Scalar(high) ?? "\u{FFFD}", 6)
        default: return nil
        }
    }

    private static func unit(_ bytes: [UInt8], _ place: Int, _ end: Int) -> UInt32? {
        guard place + 4 <= end else { return nil }
        var value: UInt32 = 0
        for byte in bytes[place..<place + 4] {
            switch byte {
            case UInt8(ascii: "0")...UInt8(ascii: "9"): value = value << 4 | UInt32(byte - 48)
            case UInt8(ascii: "a")...UInt8(ascii: "f"): value = value << 4 | UInt32(byte - 87)
            case UInt8(ascii: "A")...UInt8(ascii: "F"): value = value << 4 | UInt32(byte - 55)
            default: return nil
            }
        }
        return value
    }

    /// The place in `bytes` of byte `count` of a string's text, the string beginning at `first`.
    static func place(of count: Int, from first: Int, in bytes: [UInt8]) -> Int {
        var (place, left) = (first, count)
        while left > 0, place < bytes.count {
            if bytes[place] == UInt8(ascii: "\\"), let escape = escape(in: bytes, at: place, end: bytes.count) {
                left -= UTF8.width(escape.scalar)
                place += escape.width
            } else {
                left -= 1
                place += 1
            }
        }
        return place
    }
}

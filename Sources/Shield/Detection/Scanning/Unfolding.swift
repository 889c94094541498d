import Kernels

/// Reads a part of a view as what it stands for: folds scalars (``Folding``), and decodes `%41`, `&#65;`, `&amp;`, `\u0041`, `\x41`, `\101`.
struct Unfolding {
    private let view: ScanView
    private var bytes: [UInt8] = []
    private var origins: [ScanView.Origin] = []
    private var hasChanged = false
    private var folds = false
    private var escapes = false

    /// The part as it reads; nil when it reads as it stands.
    static func unfold(_ view: ScanView, _ range: Range<Int>) -> ScanView? {
        var unfolding = Unfolding(view: view)
        unfolding.run(range)
        guard unfolding.hasChanged else { return nil }
        let how = unfolding.escapes ? (unfolding.folds ? "escapes and look-alikes read" : "escapes read") : "look-alikes and invisible characters read"
        return ScanView(unfolding.bytes, origins: unfolding.origins, decoding: how, depth: view.depth + 1)
    }

    private init(view: ScanView) { self.view = view }

    private mutating func put(_ byte: UInt8, _ range: Range<Int>) {
        bytes.append(byte)
        origins.append(view.origin(range))
    }

    private mutating func run(_ range: Range<Int>) {
        bytes.reserveCapacity(range.count)
        origins.reserveCapacity(range.count)
        let text = view.bytes
        var numerals: [(place: Int, output: Int, byte: UInt8)] = []
        var place = range.lowerBound
        while place < range.upperBound {
            let byte = text[place]
            if byte < 128 {
                if byte == UInt8(ascii: "%") || byte == UInt8(ascii: "&") || byte == UInt8(ascii: "\\"), let (value, count) = Escapes.read(text, at: place, end: range.upperBound) {
                    for unit in value { put(unit, place..<place + count) }
                    (hasChanged, escapes) = (true, true)
                    place += count
                } else {
                    put(byte, place..<place + 1)
                    place += 1
                }
                continue
            }
            let (scalar, count) = Escapes.scalar(text, at: place)
            let source = place..<min(place + count, range.upperBound)
            place = source.upperBound
            let replacement = scalar < 65_536 ? Folding.replacements[Int(scalar)] : Folding.replacement(supplementary: scalar)
            if scalar < 65_536, Folding.kinds[Int(scalar)] == ByteScan.Fold.numeral.rawValue {
                if let last = numerals.last, bytes.count - last.output > 7 { settle(&numerals) }
                numerals.append((source.lowerBound, bytes.count, replacement))
                for index in source { put(text[index], index..<index + 1) }
                continue
            }
            switch replacement {
            case 0: for index in source { put(text[index], index..<index + 1) }
            case Folding.leftOut: (hasChanged, folds) = (true, true)
            default:
                put(isZero(scalar, replacement, next: place < text.count ? text[place] : 0) ? 48 : replacement, source)
                (hasChanged, folds) = (true, true)
            }
        }
        settle(&numerals)
    }

    /// A look-alike of O beside digits is a zero.
    private func isZero(_ scalar: UInt32, _ replacement: UInt8, next: UInt8) -> Bool {
        (0x370...0x52F).contains(scalar) && (replacement | 32) == UInt8(ascii: "o") && ((bytes.last.map { (48...57).contains($0) } ?? false) || (48...57).contains(next))
    }

    /// Turns a run of numerals into digits when it is long enough; each took three bytes until now.
    private mutating func settle(_ numerals: inout [(place: Int, output: Int, byte: UInt8)]) {
        defer { numerals.removeAll(keepingCapacity: true) }
        guard numerals.count >= Folding.numeralRunMin else { return }
        (hasChanged, folds) = (true, true)
        let first = numerals[0].output
        var tail: [(UInt8, ScanView.Origin)] = []
        var next = 0
        var index = first
        while index < bytes.count {
            if next < numerals.count, numerals[next].output == index {
                tail.append((numerals[next].byte, ScanView.Origin(start: origins[index].start, end: origins[index + 2].end)))
                next += 1
                index += 3
            } else {
                tail.append((bytes[index], origins[index]))
                index += 1
            }
        }
        bytes.removeLast(bytes.count - first)
        origins.removeLast(origins.count - first)
        for (byte, origin) in tail {
            bytes.append(byte)
            origins.append(origin)
        }
    }
}

/// Escapes of URLs, HTML and programming languages.
enum Escapes {
    /// The bytes that an escape at `place` stands for, and its length; nil when none is there.
    static func read(_ text: [UInt8], at place: Int, end: Int) -> ([UInt8], Int)? {
        switch text[place] {
        case UInt8(ascii: "%"):
            guard let value = number(text, place + 1, end, radix: 16, least: 2, most: 2) else { return nil }
            return ([UInt8(value.0)], 3)
        case UInt8(ascii: "&"): return entity(text, place, end)
        default: return backslash(text, place, end)
        }
    }

    private static func entity(_ text: [UInt8], _ place: Int, _ end: Int) -> ([UInt8], Int)? {
        guard place + 2 < end else { return nil }
        if text[place + 1] == UInt8(ascii: "#") {
            let isHex = text[place + 2] | 32 == UInt8(ascii: "x")
            let start = place + (isHex ? 3 : 2)
            guard let (value, count) = number(text, start, end, radix: isHex ? 16 : 10, least: 1, most: 8), let bytes = encoded(value) else { return nil }
            let hasEnd = start + count < end && text[start + count] == UInt8(ascii: ";")
            return (bytes, start + count + (hasEnd ? 1 : 0) - place)
        }
        for (name, byte) in names {
            let count = name.utf8.count
            if place + count < end, text[place + 1..<place + 1 + count].elementsEqual(name.utf8) { return ([byte], count + 1) }
        }
        return nil
    }

    private static let names: [(String, UInt8)] = [
        ("amp;", 38), ("lt;", 60), ("gt;", 62), ("quot;", 34), ("apos;", 39), ("nbsp;", 32), ("commat;", 64), ("period;", 46), ("colon;", 58), ("hyphen;", 45), ("dash;", 45), ("num;", 35),
        ("sol;", 47), ("lowbar;", 95), ("ensp;", 32), ("emsp;", 32), ("equals;", 61), ("plus;", 43),
    ]

    private static func backslash(_ text: [UInt8], _ place: Int, _ end: Int) -> ([UInt8], Int)? {
        guard place + 1 < end else { return nil }
        switch text[place + 1] {
        case UInt8(ascii: "u"):
            if place + 2 < end, text[place + 2] == UInt8(ascii: "{") {
                guard let (value, count) = number(text, place + 3, end, radix: 16, least: 1, most: 6), place + 3 + count < end, text[place + 3 + count] == UInt8(ascii: "}") else { return nil }
                return encoded(value).map { ($0, count + 4) }
            }
            guard let (high, _) = number(text, place + 2, end, radix: 16, least: 4, most: 4) else { return nil }
            if (0xD800...0xDBFF).contains(high), place + 8 <= end, text[place + 6] == UInt8(ascii: "\\"), text[place + 7] == UInt8(ascii: "u"),
                let (low, _) = number(text, place + 8, end, radix: 16, least: 4, most: 4), (0xDC00...0xDFFF).contains(low)
            {
                return encoded(0x10000 + (high - 0xD800) << 10 + (low - 0xDC00)).map { ($0, 12) }
            }
            return encoded(high).map { ($0, 6) }
        case UInt8(ascii: "U"): return number(text, place + 2, end, radix: 16, least: 8, most: 8).flatMap { value in encoded(value.0).map { ($0, 10) } }
        case UInt8(ascii: "x"): return number(text, place + 2, end, radix: 16, least: 2, most: 2).map { ([UInt8($0.0)], 4) }
        case UInt8(ascii: "0")...UInt8(ascii: "3"): return number(text, place + 1, end, radix: 8, least: 3, most: 3).map { ([UInt8($0.0)], 4) }
        default: return nil
        }
    }

    private static func encoded(_ value: UInt32) -> [UInt8]? { Unicode.Scalar(value).flatMap { UTF8.encode($0) }.map { Array($0) } }

    private static func number(_ text: [UInt8], _ start: Int, _ end: Int, radix: UInt32, least: Int, most: Int) -> (UInt32, Int)? {
        var value: UInt32 = 0
        var count = 0
        while count < most, start + count < end, let digit = digit(text[start + count]), digit < radix {
            value = value &* radix &+ digit
            count += 1
        }
        return count >= least ? (value, count) : nil
    }

    static func digit(_ byte: UInt8) -> UInt32? {
        switch byte {
        case 48...57: UInt32(byte) - 48
        case 65...70: UInt32(byte) - 55
        case 97...102: UInt32(byte) - 87
        default: nil
        }
    }

    /// The scalar at `place` and its length; a byte that begins none counts alone as U+FFFD.
    static func scalar(_ text: [UInt8], at place: Int) -> (UInt32, Int) {
        let first = text[place]
        let count = first < 0x80 ? 1 : first < 0xC2 ? 0 : first < 0xE0 ? 2 : first < 0xF0 ? 3 : first < 0xF5 ? 4 : 0
        guard count > 1, place + count <= text.count else { return (count == 1 ? UInt32(first) : 0xFFFD, 1) }
        var value = UInt32(first) & (count == 2 ? 31 : count == 3 ? 15 : 7)
        for index in 1..<count {
            guard text[place + index] & 0xC0 == 0x80 else { return (0xFFFD, 1) }
            value = value << 6 | UInt32(text[place + index] & 63)
        }
        return (value, count)
    }
}

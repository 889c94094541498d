/// Base64 and hexadecimal: decodes runs that turn out to be text.
enum Encodings {
    /// The longest run that is decoded.
    static let countMax = 1 << 20
    static let countMin = 16

    /// Views of what a run holds; none when it is no text.
    static func decode(_ view: ScanView, _ run: Range<Int>) -> [ScanView] {
        var views: [ScanView] = []
        var start = run.lowerBound
        // key=value: an equals sign within is a border; at the end it is padding.
        while start < run.upperBound {
            var end = start
            while end < run.upperBound, view.bytes[end] != UInt8(ascii: "=") { end += 1 }
            let part = start..<end
            while end < run.upperBound, view.bytes[end] == UInt8(ascii: "=") { end += 1 }
            start = end
            guard part.count >= countMin - 2, part.count <= countMax else { continue }
            if let decoded = hexadecimal(view, part) ?? base64(view, part) { views.append(decoded) }
        }
        return views
    }

    private static func hexadecimal(_ view: ScanView, _ part: Range<Int>) -> ScanView? {
        guard part.count >= countMin, part.count % 2 == 0 else { return nil }
        return text(view, part, unit: 2, "hexadecimal decoded") { place, _ in
            guard let high = Escapes.digit(view.bytes[place]), let low = Escapes.digit(view.bytes[place + 1]) else { return nil }
            return (high * 16 + low, 1)
        }
    }

    private static func base64(_ view: ScanView, _ part: Range<Int>) -> ScanView? {
        guard part.count % 4 != 1 else { return nil }
        return text(view, part, unit: 4, "base64 decoded") { place, count in
            var value: UInt32 = 0
            for index in place..<place + count {
                guard let digit = Base64Text.digit(view.bytes[index]) else { return nil }
                value = value << 6 | digit
            }
            switch count {
            case 4: return (value, 3)
            case 3: return (value >> 2, 2)
            default: return (value >> 4, 1)
            }
        }
    }

    /// Decodes unit by unit and gives up at the first byte that no text has. A unit at a place, of so many characters, is decoded into a number of some bytes, each of which comes from two
    /// characters, the next one character further on.
    private static func text(
        _ view: ScanView, _ part: Range<Int>, unit: Int, _ how: String, _ decode: (_ place: Int, _ count: Int) -> (value: UInt32, count: Int)?
    ) -> ScanView? {
        // Most runs are no text, and that shows before anything is kept.
        var bytes: [UInt8] = []
        var origins: [ScanView.Origin] = []
        for keeps in [false, true] {
            var (place, count, rest) = (part.lowerBound, 0, 0)
            while place < part.upperBound {
                let end = min(place + unit, part.upperBound)
                guard let decoded = decode(place, end - place) else { return nil }
                for index in 0..<decoded.count {
                    let byte = UInt8(truncatingIfNeeded: decoded.value >> UInt32(8 * (decoded.count - 1 - index)))
                    guard isText(byte, rest: &rest) else { return nil }
                    count += 1
                    guard keeps else { continue }
                    bytes.append(byte)
                    origins.append(view.origin(place + index..<min(place + index + 2, part.upperBound)))
                }
                place = end
            }
            guard rest == 0, count >= 8 else { return nil }
        }
        return ScanView(bytes, origins: origins, decoding: how, depth: view.depth + 1)
    }

    /// Whether a byte goes on a text of UTF-8 without control characters; `rest` are the bytes that its scalar still needs.
    private static func isText(_ byte: UInt8, rest: inout Int) -> Bool {
        if rest > 0 {
            rest -= 1
            return byte & 0xC0 == 0x80
        }
        switch byte {
        case 9, 10, 13, 32...126: return true
        case 0xC2...0xDF: rest = 1
        case 0xE0...0xEF: rest = 2
        case 0xF0...0xF4: rest = 3
        default: return false
        }
        return true
    }
}

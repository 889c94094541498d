/// Sets of scalars as sorted ranges that lie apart.
enum PatternClass {
    static let last: UInt32 = 0x10FFFF
    static let digits: [ClosedRange<UInt32>] = [48...57]
    static let words: [ClosedRange<UInt32>] = [48...57, 65...90, 95...95, 97...122]
    static let blanks: [ClosedRange<UInt32>] = [9...10, 12...13, 32...32]
    static let posix: [(String, [ClosedRange<UInt32>])] = [
        ("alpha", [65...90, 97...122]), ("digit", digits), ("alnum", [48...57, 65...90, 97...122]), ("upper", [65...90]), ("lower", [97...122]),
        ("space", [9...13, 32...32]), ("blank", [9...9, 32...32]), ("punct", [33...47, 58...64, 91...96, 123...126]), ("xdigit", [48...57, 65...70, 97...102]),
        ("word", words), ("cntrl", [0...31, 127...127]), ("print", [32...126]), ("graph", [33...126]),
    ]
    /// The classes of `\p`. Scripts count their letters in the basic plane, Han also its extensions.
    static let named: [String: [ClosedRange<UInt32>]] = [
        "Han": [0x2E80...0x2FD5, 0x3005...0x3007, 0x3021...0x3029, 0x3400...0x4DBF, 0x4E00...0x9FFF, 0xF900...0xFAD9, 0x20000...0x323AF],
        "Latin": [65...90, 97...122, 0xAA...0xAA, 0xBA...0xBA, 0xC0...0xD6, 0xD8...0xF6, 0xF8...0x2B8, 0x1E00...0x1EFF],
        "Cyrillic": [0x400...0x52F, 0x1C80...0x1C88, 0x2DE0...0x2DFF, 0xA640...0xA69F],
        "Greek": [0x370...0x3FF, 0x1F00...0x1FFF],
        "Hiragana": [0x3041...0x309F], "Katakana": [0x30A0...0x30FF], "Hangul": [0x1100...0x11FF, 0x3131...0x318E, 0xAC00...0xD7A3],
        "N": [48...57, 0xB2...0xB3, 0xB9...0xB9, 0x660...0x669, 0x2460...0x249B, 0xFF10...0xFF19], "Nd": [48...57, 0x660...0x669, 0x6F0...0x6F9, 0x966...0x96F, 0xFF10...0xFF19],
        "L": [65...90, 97...122, 0xAA...0xAA, 0xB5...0xB5, 0xBA...0xBA, 0xC0...0xD6, 0xD8...0xF6, 0xF8...0x2C1, 0x370...0x373, 0x376...0x377, 0x37B...0x37D, 0x386...0x386, 0x388...0x481, 0x48A...0x556, 0x561...0x587, 0x5D0...0x5EA, 0x620...0x64A, 0x904...0x939, 0xE01...0xE30, 0x10A0...0x10FF, 0x1100...0x11FF, 0x1E00...0x1FFC, 0x3041...0x3096, 0x30A1...0x30FA, 0x3105...0x312F, 0x3131...0x318E, 0x3400...0x4DBF, 0x4E00...0x9FFF, 0xAC00...0xD7A3, 0xF900...0xFAD9, 0xFF21...0xFF3A, 0xFF41...0xFF5A, 0x20000...0x323AF],
        "Lu": [65...90, 0xC0...0xD6, 0xD8...0xDE], "Ll": [97...122, 0xDF...0xF6, 0xF8...0xFF], "Z": [32...32, 0xA0...0xA0, 0x2000...0x200A, 0x2028...0x2029, 0x202F...0x202F, 0x3000...0x3000],
    ]

    static func merged(_ ranges: [ClosedRange<UInt32>]) -> [ClosedRange<UInt32>] {
        var result: [ClosedRange<UInt32>] = []
        for range in ranges.sorted(by: { $0.lowerBound < $1.lowerBound }) {
            if let end = result.last?.upperBound, range.lowerBound <= end + 1 {
                result[result.count - 1] = result[result.count - 1].lowerBound...max(end, range.upperBound)
            } else {
                result.append(range)
            }
        }
        return result
    }

    static func complement(_ ranges: [ClosedRange<UInt32>]) -> [ClosedRange<UInt32>] {
        var result: [ClosedRange<UInt32>] = []
        var next: UInt32 = 0
        for range in merged(ranges) {
            if range.lowerBound > next { result.append(next...range.lowerBound - 1) }
            next = range.upperBound + 1
        }
        if next <= last { result.append(next...last) }
        return result
    }

    /// With the other case of ASCII letters, Latin-1, Greek and Cyrillic: where cases lie a fixed distance apart.
    static func bothCases(_ ranges: [ClosedRange<UInt32>]) -> [ClosedRange<UInt32>] {
        let blocks: [(ClosedRange<UInt32>, UInt32)] = [(65...90, 32), (0xC0...0xDE, 32), (0x391...0x3A9, 32), (0x410...0x42F, 32), (0x400...0x40F, 80), (0xFF21...0xFF3A, 32)]
        var all = ranges
        for range in ranges {
            for (upper, distance) in blocks {
                if range.overlaps(upper) {
                    let part = range.clamped(to: upper)
                    all.append(part.lowerBound + distance...part.upperBound + distance)
                }
                let lower = upper.lowerBound + distance...upper.upperBound + distance
                if range.overlaps(lower) {
                    let part = range.clamped(to: lower)
                    all.append(part.lowerBound - distance...part.upperBound - distance)
                }
            }
        }
        return merged(all)
    }
}

/// Escapes and classes.
extension PatternParser {
    mutating func escape() throws -> PatternTree {
        guard let scalar = next else { throw wrong("ends with a backslash") }
        switch scalar {
        case "A", "z", "Z", "b", "B":
            place += 1
            return .assertion(scalar == "A" ? .textStart : scalar == "b" ? .wordBorder : scalar == "B" ? .noWordBorder : .textEnd)
        default:
            let ranges = try escapedRanges()
            return .scalars(flags.ignoresCase ? PatternClass.bothCases(ranges) : ranges)
        }
    }

    /// What an escape stands for, in a class or outside; the backslash is read.
    private mutating func escapedRanges() throws -> [ClosedRange<UInt32>] {
        guard let scalar = next else { throw wrong("ends with a backslash") }
        place += 1
        switch scalar {
        case "d": return PatternClass.digits
        case "D": return PatternClass.complement(PatternClass.digits)
        case "w": return PatternClass.words
        case "W": return PatternClass.complement(PatternClass.words)
        case "s": return PatternClass.blanks
        case "S": return PatternClass.complement(PatternClass.blanks)
        case "n": return [10...10]
        case "t": return [9...9]
        case "r": return [13...13]
        case "f": return [12...12]
        case "v": return [11...11]
        case "x": return [try hexadecimal()]
        case "p", "P":
            let name = try className()
            guard let ranges = PatternClass.named[name] else { throw wrong("names a class \\p that is not read; read are \(PatternClass.named.keys.sorted().joined(separator: ", "))") }
            return scalar == "p" ? ranges : PatternClass.complement(ranges)
        case "0"..."9", "k": throw wrong("has a back reference or an octal number")
        default:
            guard !scalar.isASCIILetter else { throw wrong("has an unknown escape") }
            return single(scalar)
        }
    }

    private mutating func hexadecimal() throws -> ClosedRange<UInt32> {
        let isBraced = take("{")
        var value: UInt32 = 0
        var count = 0
        while let scalar = next, let digit = Character(scalar).hexDigitValue, count < (isBraced ? 6 : 2) {
            value = value * 16 + UInt32(digit)
            place += 1
            count += 1
        }
        guard count > 0, Unicode.Scalar(value) != nil, !isBraced || take("}") else { throw wrong("has an \\x that names no character") }
        return value...value
    }

    private mutating func className() throws -> String {
        guard take("{") else {
            defer { place += 1 }
            return next.map { String($0) } ?? ""
        }
        var name = ""
        while let scalar = next, scalar != "}", name.count < 32 {
            name.unicodeScalars.append(scalar)
            place += 1
        }
        guard take("}") else { throw wrong("has a \\p{ without its }") }
        return name
    }

    mutating func characterClass() throws -> PatternTree {
        let isNegated = take("^")
        var ranges: [ClosedRange<UInt32>] = []
        var isFirst = true
        while let scalar = next, isFirst || scalar != "]" {
            isFirst = false
            if scalar == "[", let named = posixClass() {
                ranges += named
                continue
            }
            let low = try classItem()
            guard next == "-", place + 1 < scalars.count, scalars[place + 1] != "]" else {
                ranges += low
                continue
            }
            place += 1
            let high = try classItem()
            guard low.count == 1, high.count == 1, low[0].count == 1, high[0].count == 1, low[0].lowerBound <= high[0].lowerBound else { throw wrong("has a range that is none") }
            ranges.append(low[0].lowerBound...high[0].lowerBound)
        }
        guard take("]") else { throw wrong("has a [ without its ]") }
        var merged = PatternClass.merged(ranges)
        if flags.ignoresCase { merged = PatternClass.bothCases(merged) }
        return .scalars(isNegated ? PatternClass.complement(merged) : merged)
    }

    private mutating func classItem() throws -> [ClosedRange<UInt32>] {
        guard let scalar = next else { throw wrong("has a [ without its ]") }
        place += 1
        return scalar == "\\" ? try escapedRanges() : single(scalar)
    }

    /// `[:alpha:]` and its like.
    private mutating func posixClass() -> [ClosedRange<UInt32>]? {
        let rest = String(String.UnicodeScalarView(scalars[place...].prefix(12)))
        for (name, ranges) in PatternClass.posix where rest.hasPrefix("[:\(name):]") {
            place += name.count + 4
            return ranges
        }
        return nil
    }
}

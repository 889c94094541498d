import Kernels

/// What stands between a label and its value.
enum Connectors {
    /// Bytes that are skipped at most.
    static let countMax = 40

    /// Signs and words beyond ASCII, three bytes each, as numbers.
    private static let signs = Set("号码是为：（）【】「『“”‘’　＝→《、".unicodeScalars.map(\.value))
    private static let words: [[UInt8]] = ["number", "num", "no.", "no", "is", "code", "value", "id"].map { Array($0.utf8) }

    /// The length of the connector of letters or beyond ASCII at a place; 0 when there is none.
    private static func length(_ text: [UInt8], at index: Int) -> Int {
        let byte = text[index]
        if byte >= 128 {
            guard byte & 0xF0 == 0xE0, index + 2 < text.count else { return 0 }
            let scalar = UInt32(byte & 15) << 12 | UInt32(text[index + 1] & 63) << 6 | UInt32(text[index + 2] & 63)
            if scalar == 0x7F16 /* 编号 */ { return index + 5 < text.count && (text[index + 3], text[index + 4], text[index + 5]) == (0xE5, 0x8F, 0xB7) ? 6 : 0 }
            return signs.contains(scalar) ? 3 : 0
        }
        switch byte | 32 {
        case UInt8(ascii: "n"), UInt8(ascii: "i"), UInt8(ascii: "c"), UInt8(ascii: "v"): break
        default: return 0
        }
        let word = words.first { word in
            guard index + word.count <= text.count else { return false }
            for offset in 0..<word.count where (text[index + offset] < 65 || text[index + offset] > 90 ? text[index + offset] : text[index + offset] | 32) != word[offset] { return false }
            // A word of letters must end here.
            let end = index + word.count
            return !(end < text.count && Borders.isWord(text[end])) || word.last == UInt8(ascii: ".")
        }
        return word?.count ?? 0
    }

    /// The first byte after `place` that is no connector.
    static func skip(_ text: [UInt8], from place: Int) -> Int {
        var index = place
        var lines = 0
        let limit = min(text.count, place + countMax)
        scan: while index < limit {
            switch text[index] {
            case UInt8(ascii: " "), UInt8(ascii: ":"), UInt8(ascii: "="), UInt8(ascii: "\""), UInt8(ascii: "'"), UInt8(ascii: "("), UInt8(ascii: ")"), UInt8(ascii: "["), UInt8(ascii: "]"), UInt8(ascii: "#"),
                UInt8(ascii: "\t"), UInt8(ascii: "|"), UInt8(ascii: ">"), UInt8(ascii: "\\"), UInt8(ascii: "`"), UInt8(ascii: "*"), UInt8(ascii: "_"), UInt8(ascii: ","), UInt8(ascii: "{"), UInt8(ascii: "}"):
                index += 1
            case UInt8(ascii: "-") where index + 1 < limit && (text[index + 1] == UInt8(ascii: ">") || text[index + 1] == UInt8(ascii: " ")): index += 2
            case UInt8(ascii: "\n"), UInt8(ascii: "\r"):
                if text[index] == 10 { lines += 1 }
                guard lines <= 1 else { break scan }
                index += 1
            default:
                let length = length(text, at: index)
                guard length > 0 else { break scan }
                index += length
            }
        }
        return index
    }
}

extension Connectors {
    /// The last opening bracket of a range, half or full width.
    static func bracket(_ text: [UInt8], _ range: Range<Int>) -> Int? {
        for place in range.reversed() {
            switch text[place] {
            case UInt8(ascii: "("), UInt8(ascii: "["), UInt8(ascii: "{"): return place
            case 0x88 where place >= range.lowerBound + 2 && text[place - 1] == 0xBC && text[place - 2] == 0xEF: return place - 2
            default: continue
            }
        }
        return nil
    }
}

/// Where matches begin and end.
enum Borders {
    static func isDigit(_ byte: UInt8) -> Bool { byte &- 48 < 10 }
    static func isWord(_ byte: UInt8) -> Bool { byte &- 48 < 10 || (byte | 32) &- 97 < 26 }

    /// Whether a match is a word of its own: no letter or digit touches it, it is no part of a decimal number or a dotted version, and of no longer code joined by hyphens.
    static func isFree(_ text: [UInt8], _ range: Range<Int>) -> Bool { beginsFree(text, range.lowerBound) && endsFree(text, range.upperBound) }

    /// Whether a match may begin at a place.
    static func beginsFree(_ text: [UInt8], _ start: Int) -> Bool {
        guard start > 0, isWord(text[start]) else { return true }
        let (first, before) = (text[start], text[start - 1])
        if isWord(before) { return false }
        if start > 1, isDigit(first), isDigit(text[start - 2]), before == UInt8(ascii: ".") { return false }
        return !(isDigit(first) && before == UInt8(ascii: "-") && isCode(text, endingAt: start - 1))
    }

    /// Whether a match may end right before a place.
    static func endsFree(_ text: [UInt8], _ end: Int) -> Bool {
        guard end < text.count, isWord(text[end - 1]) else { return true }
        let (last, after) = (text[end - 1], text[end])
        if isWord(after) { return false }
        if end + 1 < text.count, isDigit(last), isDigit(text[end + 1]), after == UInt8(ascii: ".") { return false }
        return !(isDigit(last) && after == UInt8(ascii: "-") && isCode(text, startingAt: end + 1))
    }

    private static func isCode(_ text: [UInt8], endingAt end: Int) -> Bool {
        var index = end - 1
        while index >= 0, end - index <= 24, isWord(text[index]) {
            if isDigit(text[index]) { return true }
            index -= 1
        }
        return false
    }

    private static func isCode(_ text: [UInt8], startingAt start: Int) -> Bool {
        var index = start
        while index < text.count, index - start <= 24, isWord(text[index]) {
            if isDigit(text[index]) { return true }
            index += 1
        }
        return false
    }
}

/// What the words around a match say.
enum Context {
    enum Voice { case raises, lowers, silent }

    /// Bytes before a match in which words count, and after it.
    static let before = 72
    static let after = 24

    /// What the nearest word says, in the same sentence; one that speaks against counts within the same clause only.
    static func nearest(_ text: [UInt8], _ range: Range<Int>, _ places: ScanSession.Places, _ book: RuleBook, _ recognizer: Int) -> Voice {
        let start = range.lowerBound
        // Where sentence and clause begin is read only once a word is near.
        var borders: (sentence: Int, clause: Int)?
        var best: (end: Int, length: Int, voice: Voice) = (-1, 0, .silent)
        let first = Scanner.firstHit(places.hits, from: start)
        var index = first - 1
        while index >= 0, Int(places.hits[index].start) >= start - before {
            defer { index -= 1 }
            let (from, length, id) = (Int(places.hits[index].start), Int(places.hits[index].length), places.hits[index].id)
            guard from + length <= start, !places.isHidden[index], (from + length, length) > (best.end, best.length) else { continue }
            let (raises, lowers) = (book.speaks(id, for: recognizer), book.speaks(id, against: recognizer))
            guard raises || lowers else { continue }
            let known = borders ?? Self.borders(text, before: start)
            borders = known
            if from < known.sentence { break }
            if raises { best = (from + length, length, .raises) } else if from >= known.clause { best = (from + length, length, .lowers) }
        }
        if best.voice != .silent { return best.voice }
        index = first
        while index < places.hits.count, Int(places.hits[index].start) < range.upperBound + after {
            defer { index += 1 }
            let (from, length) = (Int(places.hits[index].start), Int(places.hits[index].length))
            guard from >= range.upperBound, !places.isHidden[index], book.speaks(places.hits[index].id, for: recognizer) else { continue }
            return belongs(text[range.upperBound..<from], then: from + length, text) ? .raises : .silent
        }
        return .silent
    }

    /// Where the sentence and the clause begin that a place is in, at most ``before`` bytes back.
    private static func borders(_ text: [UInt8], before start: Int) -> (sentence: Int, clause: Int) {
        var (sentence, clause) = (max(0, start - before), max(0, start - before))
        var index = start - 1
        while index >= sentence {
            switch text[index] {
            case 10, 13, UInt8(ascii: ";"), UInt8(ascii: "!"), UInt8(ascii: "?"): sentence = index + 1
            case UInt8(ascii: ","): clause = max(clause, index + 1)
            case 0x80...0xBF where index >= 2:
                let (a, b, c) = (text[index - 2], text[index - 1], text[index])
                if (a, b, c) == (0xE3, 0x80, 0x82) || (a == 0xEF && b == 0xBC && (c == 0x81 || c == 0x9F || c == 0x9B)) { sentence = index + 1 }
                if a == 0xEF, b == 0xBC, c == 0x8C { clause = max(clause, index + 1) }
            default: break
            }
            index -= 1
        }
        return (sentence, max(clause, sentence))
    }

    /// Whether a word after a match speaks of it and not of what follows: nothing but brackets and blanks between, and no colon after.
    private static func belongs(_ gap: ArraySlice<UInt8>, then end: Int, _ text: [UInt8]) -> Bool {
        if end < text.count, text[end] == UInt8(ascii: ":") || text[end] == UInt8(ascii: "=") || text[end] == UInt8(ascii: "\"") { return false }
        if end + 2 < text.count, text[end] == 0xEF, text[end + 1] == 0xBC, text[end + 2] == 0x9A { return false }
        return gap.allSatisfy { $0 >= 128 || $0 == 32 || $0 == UInt8(ascii: "(") || $0 == UInt8(ascii: "[") } && !gap.contains(10) && !(gap.count >= 3 && gap.contains(0x8C))
    }
}

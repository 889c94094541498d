/// Whether a piece of text in a Latin, Greek or Cyrillic script may name somebody or something, so that a neural tagger is worth its time.
///
/// The tagger reads a quarter of a megabyte a second, the rest of the engine a hundred; so most bytes must not reach it. What it finds nearly always
/// shows in one of three ways:
///
/// 1. A word with a capital letter that is no everyday word: `Marta lives in Braga`. Everyday words and those of logs and menus are listed; a word that
///    touches `/ _ = @ \ :` or holds a digit or a capital letter behind a small one is part of code, not of a sentence.
/// 2. Two capital words and more without a small letter around them (`JANE DOE, 12 ELM STREET`); a single one is an abbreviation.
/// 3. A cue in small letters: `my name is jane`, `aged 41`, `12 elm street`; or a year, or an age.
///
/// Rejected: any capital letter (nine of ten log lines have one), and a dictionary of names (a name that no list has is what matters most).
///
/// It works on bytes of UTF-8 and allocates nothing. Letters beyond ASCII count as letters, and a word with one is no everyday word.
///
/// ```swift
/// EnglishPrefilter.isWorthTagging(Array("Please call Marta.".utf8)[...])    // true
/// EnglishPrefilter.isWorthTagging(Array("Please call me back.".utf8)[...])  // false
/// ```
package enum EnglishPrefilter {
    /// - Parameter line: a line, or a piece of some lines.
    /// - Complexity: one pass; a look-up for each word of at most ``wordMax`` letters.
    package static func isWorthTagging(_ line: ArraySlice<UInt8>) -> Bool {
        var place = line.startIndex, capitals = 0, smallWords = 0
        let end = line.endIndex
        while place < end {
            guard isLetter(line[place]) else {
                if isDigit(line[place]) {
                    let start = place
                    place = afterDigits(line, place)
                    if isTelling(line, start, place) { return true }
                } else {
                    // Han characters and emoji are skipped whole: what follows their first byte is no letter.
                    place += line[place] >= 0xF0 ? 4 : line[place] >= 0xE0 ? 3 : 1
                }
                continue
            }
            let word = Word(line, from: place)
            let isGlued = place > line.startIndex && gluesToCode(line[place - 1])
            place = word.end
            if word.isCode || isGlued { continue }
            let isListed = word.key.map { everyday.contains($0) } ?? false
            if word.isCapitalized {
                if !isListed { return true }
            } else if word.isAllCapitals {
                if !isListed { capitals += 1 }
            } else {
                smallWords += 1
                if let key = word.key, cues.contains(key) { return true }
                if !word.isASCII && word.beginsBeyondASCII { return true }
            }
        }
        return capitals >= 2 && smallWords == 0
    }

    /// Letters of a word that a list can have: as many as a number of 64 bits holds with five bits each.
    static let wordMax = 12

    /// A run of letters, apostrophes and hyphens between them.
    private struct Word {
        var end: Int
        var isCapitalized = false, isAllCapitals = false, isCode = false, isASCII = true, beginsBeyondASCII = false
        /// Its small letters, five bits each; nil when it is longer than a list's words, or has other letters.
        var key: UInt64?

        init(_ line: ArraySlice<UInt8>, from start: Int) {
            var place = start, packed: UInt64 = 0, letters = 0, small = 0, isMixed = false
            beginsBeyondASCII = line[start] >= 0x80
            while place < line.endIndex {
                let byte = line[place]
                if EnglishPrefilter.isLetter(byte) {
                    if byte >= 0x80 {
                        (isASCII, small, letters) = (false, small + 1, letters + 1)
                        place += byte == 0xE1 ? 3 : 2
                        continue
                    }
                    let isSmall = byte >= 0x61
                    if !isSmall && small > 0 { isMixed = true }
                    if isSmall { small += 1 }
                    letters += 1
                    packed = packed << 5 | UInt64(byte & 0x1F)
                } else if (byte == 0x27 || byte == 0x2D), place + 1 < line.endIndex, EnglishPrefilter.isLetter(line[place + 1]) {
                    // What follows an apostrophe is an ending: the word before it decides. A hyphen begins another capital letter at will.
                    if byte == 0x27 && letters > 1 {
                        place += 1
                        while place < line.endIndex, EnglishPrefilter.isLetter(line[place]) { place += line[place] >= 0x80 ? 2 : 1 }
                        break
                    }
                    small = 0
                } else {
                    break
                }
                place += 1
            }
            place = min(place, line.endIndex)
            end = place
            let first = line[start]
            let isUpper = (0x41...0x5A).contains(first) || (first == 0xC3 && start + 1 < line.endIndex && line[start + 1] < 0x9F)
            isAllCapitals = isUpper && small == 0 && letters > 1
            isCapitalized = isUpper && (small > 0 || letters == 1 && Self.isInitial(line, place))
            let next = place < line.endIndex ? line[place] : 0x20
            isCode = EnglishPrefilter.gluesToCode(next) || EnglishPrefilter.isDigit(next) || (isMixed && isASCII && !Self.isName(line, start))
                || (next == 0x2E && place + 1 < line.endIndex && EnglishPrefilter.isLetter(line[place + 1]) && small > 0)
            key = isASCII && letters <= EnglishPrefilter.wordMax ? packed : nil
        }

        /// Mc and Mac are followed by a capital letter in names.
        private static func isName(_ line: ArraySlice<UInt8>, _ start: Int) -> Bool {
            line[start] == UInt8(ascii: "M") && start + 2 < line.endIndex && (line[start + 1] == UInt8(ascii: "c") || line[start + 1] == UInt8(ascii: "a"))
        }

        private static func isInitial(_ line: ArraySlice<UInt8>, _ end: Int) -> Bool {
            end + 2 < line.endIndex && line[end] == 0x2E && line[end + 1] == 0x20 && (0x41...0x5A).contains(line[end + 2])
        }
    }

    private static func isLetter(_ byte: UInt8) -> Bool {
        // Beyond ASCII the first byte of a letter: Latin, Greek and Cyrillic in two bytes, more Latin (Vietnamese) in three.
        (0x41...0x5A).contains(byte) || (0x61...0x7A).contains(byte) || (0xC3...0xD4).contains(byte) || byte == 0xE1
    }

    private static func isDigit(_ byte: UInt8) -> Bool { (0x30...0x39).contains(byte) }

    private static func gluesToCode(_ byte: UInt8) -> Bool {
        byte == 0x2F || byte == 0x5F || byte == 0x3D || byte == 0x40 || byte == 0x5C || byte == 0x24 || byte == 0x25 || byte == 0x23
    }

    private static func afterDigits(_ line: ArraySlice<UInt8>, _ start: Int) -> Int {
        var place = start
        while place < line.endIndex, isDigit(line[place]) { place += 1 }
        return place
    }

    /// Whether a number stands like a year after a small word (`in 1977`), or like an age before one (`41 years`, `41-year-old`, `41 yo`).
    private static func isTelling(_ line: ArraySlice<UInt8>, _ start: Int, _ end: Int) -> Bool {
        guard end - start <= 4 else { return false }
        if end - start == 4 {
            let isYear = line[start] == 0x31 && line[start + 1] == 0x39 || line[start] == 0x32 && line[start + 1] == 0x30
            let before = start - line.startIndex >= 3 && line[start - 1] == 0x20 && (0x61...0x7A).contains(line[start - 2])
            let after = end == line.endIndex || line[end] == 0x2E || line[end] == 0x20 || line[end] == 0x2C
            return isYear && before && after
        }
        guard end - start <= 3, end + 2 < line.endIndex, line[end] == 0x20 || line[end] == 0x2D, line[end + 1] == 0x79 else { return false }
        return line[end + 2] == 0x65 || line[end + 2] == 0x6F || line[end + 2] == 0x2F || line[end + 2] == 0x72
    }

    // MARK: - Words

    private static func keys(_ words: String) -> Set<UInt64> {
        Set(words.split(whereSeparator: \.isWhitespace).map { $0.utf8.reduce(0) { $0 << 5 | UInt64($1 & 0x1F) } })
    }

    /// Small words near which people, places or ages are written without capital letters.
    private static let cues = keys(
        "name names named called mr mrs dr address street avenue blvd apt suite age aged lives living born turn turned turning years old")

    /// Words that begin sentences, stand in menus or logs, or are titles of things; none is mainly a name.
    private static let everyday = keys(EnglishWords.everyday)
}

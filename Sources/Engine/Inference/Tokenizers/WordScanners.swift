/// GPT-2's words: `'s|'t|'re|'ve|'m|'ll|'d| ?\p{L}+| ?\p{N}+| ?[^\s\p{L}\p{N}]+|\s+(?!\S)|\s+`.
struct ClassicWords: MatchingSplitter {
    func matchEnd(_ text: ScalarText, _ start: Int, _ limit: Int, _ memory: inout SpaceMemory) -> Int {
        let contraction = Scan.contraction(text, start, limit, ignoresCase: false)
        if contraction > start { return contraction }
        let first = text.scalars[start] == 32 && start + 1 < limit ? start + 1 : start
        let bits = text.classes[first]
        if bits & ScalarClass.letter != 0 { return Scan.run(text, first, limit, ScalarClass.letter) }
        if bits & ScalarClass.number != 0 { return Scan.run(text, first, limit, ScalarClass.number) }
        if bits & Scan.spaceLetterNumber == 0 { return Scan.runWithout(text, first, limit, Scan.spaceLetterNumber) }
        memory.note(text, start, limit)
        return Scan.spaces(start, limit, memory)
    }
}

/// The words of cl100k, o200k and their kin: an alternation whose parts are switched on and off. The alternatives are tried in the order of the fields.
struct ModernWords: MatchingSplitter {
    enum Contractions { case never, before, after }
    /// What a punctuation run may take along from behind it.
    enum Tail { case nothing, newlines, newlinesOrSlashes, oneNewlineOrSlash }
    enum Newlines { case none, single, run }

    /// `\p{Han}+` first, and no Han among the letters below.
    var separatesHan = false
    /// `[ASCII punctuation][A-Za-z]+` first.
    var takesASCIIWords = false
    /// `(?i:'s|'t|'re|'ve|'m|'ll|'d)`: a piece of its own, or a part of the word before it.
    var contractions = Contractions.before
    /// The letters of words, which one scalar outside of `barred` may precede.
    var letters = ScalarClass.letter
    var barred = ScalarClass.newline | ScalarClass.letter | ScalarClass.number
    /// Whether a word ends where its lower case does: `[Lu Lt Lm Lo M]*[Ll Lm Lo M]+`, else `[Lu Lt Lm Lo M]+[Ll Lm Lo M]*`.
    var splitsCase = false
    /// Whether words go on over single spaces: `(?:\p{L}\p{M}*(?: \p{L}\p{M}*)*)+`.
    var goesOnOverBlanks = false
    /// `\p{N}{1,digits}`.
    var digits = 3
    /// ` ?[^these]+`, or ` ?[these]+` if `namesPunctuation`.
    var punctuation = Scan.spaceLetterNumber
    var namesPunctuation = false
    var tail = Tail.newlines
    /// `\s*[\r\n]+`, or each of CR and LF alone.
    var newlines = Newlines.run
    /// Whether spaces come in powers of two up to 512 instead of runs.
    var halvesSpaces = false

    func matchEnd(_ text: ScalarText, _ start: Int, _ limit: Int, _ memory: inout SpaceMemory) -> Int {
        let bits = text.classes[start]
        if separatesHan, bits & ScalarClass.han != 0 { return Scan.run(text, start, limit, ScalarClass.han) }
        if takesASCIIWords, let end = asciiWord(text, start, limit) { return end }
        if contractions == .before {
            let end = Scan.contraction(text, start, limit, ignoresCase: true)
            if end > start { return end }
        }
        if let end = word(text, start, limit) { return end }
        if digits > 0, bits & ScalarClass.number != 0 { return Scan.run(text, start, digits < limit - start ? start + digits : limit, ScalarClass.number) }
        if let end = punctuationRun(text, start, limit) { return end }
        if newlines == .single, bits & ScalarClass.newline != 0 { return start + 1 }
        guard bits & ScalarClass.space != 0 else { return start }
        memory.note(text, start, limit)
        if newlines == .run, memory.newlineEnd > start { return memory.newlineEnd }
        return halvesSpaces ? halved(start, limit, memory) : Scan.spaces(start, limit, memory)
    }

    private func asciiWord(_ text: ScalarText, _ start: Int, _ limit: Int) -> Int? {
        let first = text.scalars[start]
        guard first < 127, text.classes[start] & (ScalarClass.punctuation | ScalarClass.symbol) != 0 else { return nil }
        var at = start + 1
        while at < limit, text.scalars[at] < 128, text.classes[at] & ScalarClass.letter != 0 { at += 1 }
        return at > start + 1 ? at : nil
    }

    private func word(_ text: ScalarText, _ start: Int, _ limit: Int) -> Int? {
        let bits = text.classes[start]
        let second = bits & barred == 0 && start + 1 < limit ? start + 1 : nil
        if splitsCase { return casedWord(text, start, second, limit) }
        if goesOnOverBlanks {
            guard let first = [second, start].compactMap({ $0 }).first(where: { text.classes[$0] & letters != 0 }) else { return nil }
            return wordsOverBlanks(text, first, limit)
        }
        if bits & letters != 0 { return Scan.run(text, start, limit, letters) }
        guard let second, text.classes[second] & letters != 0 else { return nil }
        return Scan.run(text, second, limit, letters)
    }

    private func wordsOverBlanks(_ text: ScalarText, _ start: Int, _ limit: Int) -> Int {
        var at = start
        while at < limit {
            if text.classes[at] & letters != 0 {
                at = Scan.run(text, at + 1, limit, ScalarClass.mark)
            } else if text.scalars[at] == 32, at + 1 < limit, text.classes[at + 1] & letters != 0 {
                at += 1
            } else {
                break
            }
        }
        return at
    }

    private func casedWord(_ text: ScalarText, _ start: Int, _ second: Int?, _ limit: Int) -> Int? {
        let end =
            second.flatMap { lowerEnd(text, $0, limit) } ?? lowerEnd(text, start, limit) ?? second.flatMap { upperEnd(text, $0, limit) } ?? upperEnd(text, start, limit)
        return end.map { contractions == .after ? Scan.contraction(text, $0, limit, ignoresCase: true) : $0 }
    }

    /// `U*L+`: the greedy U* gives back as much as L+ needs.
    private func lowerEnd(_ text: ScalarText, _ start: Int, _ limit: Int) -> Int? {
        let upperEnd = caseRun(text, start, limit, without: ScalarClass.lower)
        let end = caseRun(text, upperEnd, limit, without: ScalarClass.upper)
        if end > upperEnd { return end }
        var last = upperEnd
        while last > start, text.classes[last - 1] & ScalarClass.upper != 0 { last -= 1 }
        return last > start ? last : nil
    }

    /// `U+L*`
    private func upperEnd(_ text: ScalarText, _ start: Int, _ limit: Int) -> Int? {
        let upperEnd = caseRun(text, start, limit, without: ScalarClass.lower)
        return upperEnd > start ? caseRun(text, upperEnd, limit, without: ScalarClass.upper) : nil
    }

    /// Letters and marks but those of one case, and but Han if that is separate.
    private func caseRun(_ text: ScalarText, _ start: Int, _ limit: Int, without unwanted: UInt16) -> Int {
        let unwanted = separatesHan ? unwanted | ScalarClass.han : unwanted
        var at = start
        while at < limit, text.classes[at] & (ScalarClass.letter | ScalarClass.mark) != 0, text.classes[at] & unwanted == 0 { at += 1 }
        return at
    }

    private func punctuationRun(_ text: ScalarText, _ start: Int, _ limit: Int) -> Int? {
        let first = text.scalars[start] == 32 && start + 1 < limit ? start + 1 : start
        guard (text.classes[first] & punctuation != 0) == namesPunctuation else { return nil }
        var at = namesPunctuation ? Scan.run(text, first, limit, punctuation) : Scan.runWithout(text, first, limit, punctuation)
        guard tail != .nothing else { return at }
        let tailLimit = tail == .oneNewlineOrSlash ? min(limit, at + 1) : limit
        while at < tailLimit, text.classes[at] & ScalarClass.newline != 0 || (tail != .newlines && text.scalars[at] == 47) { at += 1 }
        return at
    }

    /// `\s{512}(?!\S)|…|\s{4}(?!\S)|\s{1,2}(?!\S)|\s`
    private func halved(_ start: Int, _ limit: Int, _ memory: SpaceMemory) -> Int {
        let count = memory.runEnd - start
        let free = memory.runEnd == limit ? count : count - 1
        return start + ([512, 256, 128, 64, 32, 16, 8, 4, 2].first { $0 <= free } ?? 1)
    }
}

/// Pieces of patterns that several scanners share.
enum Scan {
    static let spaceLetterNumber = ScalarClass.space | ScalarClass.letter | ScalarClass.number

    /// The end of the run of scalars with one of `classes`.
    @inline(__always)
    static func run(_ text: ScalarText, _ start: Int, _ limit: Int, _ classes: UInt16) -> Int {
        var at = start
        while at < limit, text.classes[at] & classes != 0 { at += 1 }
        return at
    }

    /// The end of the run of scalars with none of `classes`.
    @inline(__always)
    static func runWithout(_ text: ScalarText, _ start: Int, _ limit: Int, _ classes: UInt16) -> Int {
        var at = start
        while at < limit, text.classes[at] & classes == 0 { at += 1 }
        return at
    }

    /// `\s+(?!\S)|\s+`: all but the last of a run that something follows.
    @inline(__always)
    static func spaces(_ start: Int, _ limit: Int, _ memory: SpaceMemory) -> Int {
        memory.runEnd < limit && memory.runEnd - start > 1 ? memory.runEnd - 1 : memory.runEnd
    }

    /// The end of 's, 't, 'm, 'd, 're, 've or 'll at `start`; `start` if there is none.
    @inline(__always)
    static func contraction(_ text: ScalarText, _ start: Int, _ limit: Int, ignoresCase: Bool) -> Int {
        guard start + 1 < limit, text.scalars[start] == 39 else { return start }
        let first = letter(text.scalars[start + 1], ignoresCase)
        if first == 115 || first == 116 || first == 109 || first == 100 { return start + 2 }
        guard start + 2 < limit else { return start }
        let second = letter(text.scalars[start + 2], ignoresCase)
        return (second == 101 && (first == 114 || first == 118)) || (first == 108 && second == 108) ? start + 3 : start
    }

    @inline(__always)
    private static func letter(_ scalar: UInt32, _ ignoresCase: Bool) -> UInt32 { ignoresCase && (65...90).contains(scalar) ? scalar + 32 : scalar }
}

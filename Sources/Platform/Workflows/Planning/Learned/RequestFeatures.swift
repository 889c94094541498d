/// What is known of one place of a request: the words about it, each alone, in pairs, threes and fours, by how far off they stand; the words of its clause, wherever they stand; and what the request names at all.
///
/// Names are seen by what they are (a table, a picture, a folder, a number), so that what was learned of one file is known of every other. A feature is a hash of 32 bits: there is no dictionary to carry, and two that fall
/// together cost less than one would lose by keeping fewer.
struct RequestFeatures {
    /// How far words are seen one by one.
    private static let reach = 4
    /// How far words of the clause are seen without their places.
    private static let clauseReach = 15
    private let symbols: [UInt64]
    private let isStop: [Bool]
    private let named: [UInt32]

    init(_ units: [RequestUnit]) {
        let words = units.map(Self.symbol)
        symbols = words.map(Self.hash)
        isStop = units.map(\.isStop)
        named = ["<media>", "<table>", "<folder>", "<address>", "<mail>"].filter(words.contains).map { Self.feature(29, Self.hash($0)) }
    }

    /// The features of a place.
    func at(_ place: Int) -> [UInt32] {
        var found: [UInt32] = [Self.feature(0, 0)]
        found.reserveCapacity(90)
        func symbol(_ offset: Int) -> UInt64 { symbols.indices.contains(place + offset) ? symbols[place + offset] : 7 }
        for offset in -Self.reach...Self.reach { found.append(Self.feature(UInt64(1 + offset + Self.reach), symbol(offset))) }
        for offset in -Self.reach..<Self.reach { found.append(Self.feature(UInt64(10 + offset + Self.reach), symbol(offset), symbol(offset + 1))) }
        for offset in -3...1 { found.append(Self.feature(UInt64(21 + offset), symbol(offset), symbol(offset + 1), symbol(offset + 2))) }
        for offset in -3...0 { found.append(Self.feature(UInt64(26 + offset), symbol(offset), symbol(offset + 1), symbol(offset + 2), symbol(offset + 3))) }
        var start = place, end = place
        while start > 0, !isStop[start - 1], place - start < Self.clauseReach { start -= 1 }
        while end + 1 < symbols.count, !isStop[end + 1], end - place < Self.clauseReach { end += 1 }
        for index in start...end {
            found.append(Self.feature(27, symbols[index]))
            if index < end { found.append(Self.feature(28, symbols[index], symbols[index + 1])) }
        }
        return found + named
    }

    private static func symbol(_ unit: RequestUnit) -> String {
        switch unit {
        case .ideograph(let character): String(character)
        case .word(let word): word.contains(where: \.isNumber) ? "<name>" : stem(word.replacing("-", with: ""))
        case .number(let value): value > 0 && value < 1 ? "<share>" : "<number>"
        case .file(let path): ending(path).map { SlotReader.mediaEndings.contains($0) ? "<media>" : "<table>" } ?? "<folder>"
        case .address: "<address>"
        case .mail: "<mail>"
        case .quote: "<quote>"
        case .stop: "|"
        }
    }

    private static func ending(_ path: String) -> String? {
        guard let last = path.split(whereSeparator: { $0 == "/" || $0 == "\\" }).last, let point = last.lastIndex(of: "."), point != last.startIndex else { return nil }
        return last[last.index(after: point)...].lowercased()
    }

    /// A word without its usual ending. Not that of the lexicon: weights that were learned must stay true when words are added there.
    private static func stem(_ word: String) -> String {
        var stem = Substring(word)
        if let ending = ["ations", "ation", "ings", "ing", "ies", "ied", "ed", "es", "s"].first(where: { word.hasSuffix($0) && word.count - $0.count >= 3 }) { stem = stem.dropLast(ending.count) }
        return String(stem.count > 3 && stem.last == "e" ? stem.dropLast() : stem)
    }

    /// FNV-1a.
    private static func hash(_ text: String) -> UInt64 { text.utf8.reduce(0xCBF2_9CE4_8422_2325) { ($0 ^ UInt64($1)) &* 0x100_0000_01B3 } }

    /// The words in their order under a number that says where they stand, mixed as SplitMix64 does.
    private static func feature(_ slot: UInt64, _ words: UInt64...) -> UInt32 {
        var mixed = slot &* 0x9E37_79B9_7F4A_7C15
        for word in words {
            mixed = (mixed ^ word) &* 0xBF58_476D_1CE4_E5B9
            mixed ^= mixed >> 29
        }
        mixed = (mixed ^ (mixed >> 30)) &* 0x94D0_49BB_1331_11EB
        return UInt32(truncatingIfNeeded: mixed >> 32)
    }
}

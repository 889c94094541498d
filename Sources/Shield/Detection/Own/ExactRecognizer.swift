/// A type of a person's own, by a table of the values themselves: whoever is in it is found, whatever the value looks like, and nobody else.
public struct ExactRecognizer: Recognizer {
    public let card: TypeCard
    public let rules: [Rule] = []
    public let negativeContext: [String] = []
    public let fixtures = RecognizerFixtures(positive: [], negative: [])
    public let finder: (any TextFinder)?

    /// - Parameter name: The type's id and title.
    public init(name: String, table: ExactTable) {
        card = TypeCard(name, zh: name, en: name, .personal)
        finder = ExactFinder(table: table)
    }
}

/// Finds values of a table: at each beginning of a word, and at each ideograph, the longest.
///
/// Linear: a place costs a hash of two characters; where a value may begin so, at most 64 characters (with at most three separators before each) are read once, and the hash of
/// what was read is looked up at the lengths of such values only (61 at most).
struct ExactFinder: TextFinder {
    let table: ExactTable

    func ranges(in text: [UInt8]) -> [Range<Int>] {
        guard table.count > 0 else { return [] }
        var found: [Range<Int>] = []
        var place = 0
        var isInWord = false
        while place < text.count {
            let (scalar, count) = text[place] < 0x80 ? (UInt32(text[place]), 1) : Escapes.scalar(text, at: place)
            guard let first = ExactText.folded(scalar) else {
                isInWord = false
                place += count
                continue
            }
            let isWord = ExactText.isWord(first)
            if !(isWord && isInWord), let end = longest(text, first, place..<place + count) {
                found.append(place..<end)
                isInWord = false
                place = end
                continue
            }
            isInWord = isWord
            place += count
        }
        return found
    }

    /// The end of the longest value that begins with the character `first` at `range`.
    private func longest(_ text: [UInt8], _ first: UInt32, _ range: Range<Int>) -> Int? {
        guard var next = ExactText.unit(text, at: range.upperBound) else { return nil }
        let mask = table.mask(first, next.scalar)
        guard mask != 0 else { return nil }
        var hash = SipHash(table.key)
        hash.add(scalar: first)
        var best: Int?
        var count = 1
        let countMax = 64 - mask.leadingZeroBitCount
        while count < countMax {
            hash.add(scalar: next.scalar)
            count += 1
            let last = next
            let following = ExactText.unit(text, at: last.range.upperBound)
            if mask & 1 << UInt64(count - 1) != 0, !touches(last, following), table.contains(hash.hash) { best = last.range.upperBound }
            guard let following else { break }
            next = following
        }
        return best
    }

    /// Whether a word goes on after its character `last`.
    private func touches(_ last: ExactText.Unit, _ next: ExactText.Unit?) -> Bool {
        guard let next, next.isGlued else { return false }
        return ExactText.isWord(last.scalar) && ExactText.isWord(next.scalar)
    }
}

/// The short tokens of a vocabulary that have no characters but those of one set, by how many they have; and all other short tokens as a tree.
///
/// Where a grammar takes any characters of the set, up to a number, such tokens need no reading: those of at most so many characters fit. A string in JSON is of this kind, also near its greatest length;
/// so is free text in other notations.
struct TokenSlice: Sendable {
    /// Characters that stand for themselves in JSON; letters, blanks and whatever lies beyond ASCII; letters and blanks of ASCII. Each holds the next, so that the first that fits leaves the least to read.
    static let sets: [GrammarCharacters] = {
        let letters = GrammarCharacters([0x20...0x20, 0x41...0x5A, 0x61...0x7A])
        return [JSONRules.plain, letters.union(GrammarCharacters([0x80...GrammarCharacters.last])), letters]
    }()

    let bytes: CharacterBytes
    /// Tokens of at most so many characters, from none on.
    let upTo: [TokenMask]
    /// The short tokens that have other characters, or parts of some.
    let rest: TokenBranches

    /// - Parameter order: the short tokens, ascending by their bytes.
    init(_ set: GrammarCharacters, _ spellings: [[UInt8]], order: [Int]) {
        bytes = CharacterBytes(set)
        var tokens = [[Int]](repeating: [], count: TokenTrie.shortCountMax + 1), others: [Int] = []
        for id in order {
            if let count = bytes.count(spellings[id]) { tokens[count].append(id) } else { others.append(id) }
        }
        var mask = TokenMask(words: Array(repeating: 0, count: (spellings.count + 63) / 64)), masks: [TokenMask] = []
        for list in tokens {
            for id in list { mask.words[id >> 6] |= 1 << UInt64(id & 63) }
            mask.count += list.count
            masks.append(mask)
        }
        (upTo, rest) = (masks, TokenBranches(spellings, order: others))
    }
}

/// The UTF-8 forms of a set of characters as places between bytes; place 0 is before a character.
struct CharacterBytes: Sendable {
    struct Way: Sendable {
        var low: UInt8, high: UInt8
        /// 0 where the character is whole.
        var target: Int
    }

    let places: [[Way]]

    init(_ set: GrammarCharacters) {
        var places: [[Way]] = [[]], ends: [ArraySlice<ClosedRange<UInt8>>: Int] = [[]: 0]
        for sequence in set.byteSequences {
            for index in sequence.indices.dropFirst().reversed() where ends[sequence[index...]] == nil {
                ends[sequence[index...]] = places.count
                places.append([Way(low: sequence[index].lowerBound, high: sequence[index].upperBound, target: ends[sequence[(index + 1)...]] ?? 0)])
            }
            places[0].append(Way(low: sequence[0].lowerBound, high: sequence[0].upperBound, target: ends[sequence[1...]] ?? 0))
        }
        self.places = places
    }

    /// How many characters a text has, if all are of the set and whole.
    func count(_ text: [UInt8]) -> Int? {
        var place = 0, count = 0
        for byte in text {
            guard let way = places[place].first(where: { $0.low <= byte && byte <= $0.high }) else { return nil }
            place = way.target
            if place == 0 { count += 1 }
        }
        return place == 0 ? count : nil
    }
}

extension GrammarAutomaton {
    /// How many characters of a set may follow in any order, up to a bound; after them none of the set may.
    ///
    /// - Returns: `most` where at least so many may follow, and nil where it matters which characters they are.
    /// - Parameter limit: of ``visitCount``; beyond, nil.
    mutating func run(_ state: Int32, of set: CharacterBytes, most: Int, limit: Int) -> Int? {
        var state = state
        for count in 0..<most {
            guard visitCount < limit, let next = after(state, set, 0) else { return nil }
            guard next >= 0 else { return count }
            // Back where it was: so it goes on.
            if next == state { return most }
            state = next
        }
        return most
    }

    /// The state after any character of a set, -1 if none may follow; nil where states differ.
    private mutating func after(_ state: Int32, _ set: CharacterBytes, _ place: Int) -> Int32? {
        var found: Int32?
        for way in set.places[place] {
            var last: Int32 = -2
            for kind in program.classes[Int(way.low)]...program.classes[Int(way.high)] {
                let next = next(state, kind: kind)
                if next == last { continue }
                last = next
                let end: Int32
                if way.target == 0 || next < 0 { end = next } else {
                    guard let whole = after(next, set, way.target) else { return nil }
                    end = whole
                }
                guard found == nil || found == end else { return nil }
                found = end
            }
        }
        return found ?? -1
    }
}

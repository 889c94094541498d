/// The short tokens of a vocabulary that have no characters but those of one set, by how many they have; and all other short tokens as trees.
///
/// Where a grammar takes any characters of the set, up to a number, such tokens need no reading: those of at most so many characters fit. A string in JSON is of this kind, also near its greatest length;
/// so is free text in other notations. Of another token only what comes after its first characters of the set needs reading, and equal remains are read once.
struct TokenSlice: Sendable {
    /// Characters that stand for themselves in JSON; letters, blanks and whatever lies beyond ASCII; letters and blanks of ASCII. Each holds the next, so that the first that fits leaves the least to read.
    static let sets: [GrammarCharacters] = {
        let letters = GrammarCharacters([0x20...0x20, 0x41...0x5A, 0x61...0x7A])
        return [JSONRules.plain, letters.union(GrammarCharacters([0x80...GrammarCharacters.last])), letters]
    }()

    let bytes: CharacterBytes
    /// Tokens of at most so many characters, from none on.
    let upTo: [TokenMask]
    /// The tokens that have other characters, or parts of some, by how many of the set come first: what remains after those.
    let rest: [TokenBranches]

    /// - Parameter order: the short tokens, ascending by their bytes.
    init(_ set: GrammarCharacters, _ spellings: [[UInt8]], order: [Int]) {
        bytes = CharacterBytes(set)
        var tokens = [[Int]](repeating: [], count: TokenTrie.shortCountMax + 1), others = [[(bytes: [UInt8], id: Int)]](repeating: [], count: TokenTrie.shortCountMax + 1)
        for id in order {
            let spelling = spellings[id], (count, end) = bytes.beginning(of: spelling)
            if end == spelling.count { tokens[count].append(id) } else { others[count].append((end == 0 ? spelling : Array(spelling[end...]), id)) }
        }
        var mask = TokenMask(words: Array(repeating: 0, count: (spellings.count + 63) / 64)), masks: [TokenMask] = []
        for list in tokens {
            for id in list { mask.words[id >> 6] |= 1 << UInt64(id & 63) }
            mask.count += list.count
            masks.append(mask)
        }
        (upTo, rest) = (masks, others.enumerated().map { TokenBranches($0 == 0 ? $1 : TokenBranches.ascending($1)) })
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
    /// For each place and byte the next place, -1 for none.
    private let targets: [Int16]

    init(_ set: GrammarCharacters) {
        var places: [[Way]] = [[]], ends: [ArraySlice<ClosedRange<UInt8>>: Int] = [[]: 0]
        for sequence in set.byteSequences {
            for index in sequence.indices.dropFirst().reversed() where ends[sequence[index...]] == nil {
                ends[sequence[index...]] = places.count
                places.append([Way(low: sequence[index].lowerBound, high: sequence[index].upperBound, target: ends[sequence[(index + 1)...]] ?? 0)])
            }
            places[0].append(Way(low: sequence[0].lowerBound, high: sequence[0].upperBound, target: ends[sequence[1...]] ?? 0))
        }
        var targets = [Int16](repeating: -1, count: places.count * 256)
        for (place, ways) in places.enumerated() { for way in ways { for byte in way.low...way.high { targets[place * 256 + Int(byte)] = Int16(way.target) } } }
        (self.places, self.targets) = (places, targets)
    }

    /// How many whole characters of the set a text begins with, and where they end.
    func beginning(of text: [UInt8]) -> (count: Int, end: Int) {
        var place = 0, count = 0, end = 0
        for (index, byte) in text.enumerated() {
            place = Int(targets[place * 256 + Int(byte)])
            guard place >= 0 else { break }
            if place == 0 { (count, end) = (count + 1, index + 1) }
        }
        return (count, end)
    }
}

extension GrammarAutomaton {
    /// The states before and after each character of a set, as long as any of them may follow.
    struct Run {
        var states: [Int32]
        /// Whether it goes on in the last state.
        var isEndless: Bool

        /// The state after so many characters, if they may follow.
        func state(_ count: Int) -> Int32? { count < states.count ? states[count] : isEndless ? states.last : nil }
    }

    /// How far any characters of a set may follow, up to a bound; after them none of the set may.
    ///
    /// - Returns: nil where it matters which characters they are.
    /// - Parameter number: of the set, among those that this automaton is asked for.
    /// - Parameter limit: of ``visitCount``; beyond, nil.
    mutating func run(_ state: Int32, of set: CharacterBytes, number: Int, most: Int, limit: Int) -> Run? {
        var run = Run(states: [state], isEndless: false), state = state
        guard state >= 0 else { return run }
        while run.states.count <= most {
            guard visitCount < limit, let next = afterAny(state, set, number) else { return nil }
            guard next >= 0 else { return run }
            run.isEndless = next == state
            if run.isEndless { return run }
            run.states.append(next)
            state = next
        }
        return run
    }

    private mutating func afterAny(_ state: Int32, _ set: CharacterBytes, _ number: Int) -> Int32? {
        let key = Item(place: Int32(number), stack: state)
        if let known = runs[key] { return known == -2 ? nil : known }
        let found = after(state, set, 0)
        runs[key] = found ?? -2
        return found
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

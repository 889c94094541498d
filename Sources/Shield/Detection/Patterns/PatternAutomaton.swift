import Kernels

/// Runs a ``PatternProgram`` in one step a byte: states are sets of instructions, made when they are met first and kept in a table of bounded size.
///
/// A state knows which patterns matched before the byte that led to it; so assertions about the next byte (`\b`, `$`) need no special case. Linear in the text whatever the pattern:
/// a new state costs the size of the program, and when ``stateCountMax`` are there the table is emptied.
struct PatternAutomaton {
    /// Which matches count: all patterns as far as each reaches, or the one that the leftmost branch finds first (Perl's order, RE2's default).
    enum Preference: Sendable { case longest, first }

    static let stateCountMax = 6_000
    /// Instructions in all states together; a state of a large set can be long.
    static let memberCountMax = 2_000_000

    /// A set of instructions and the patterns that matched before the byte that led to it; both lie in ``pool``, one after the other.
    private struct State {
        let first: Int
        let memberCount: Int
        let matchCount: Int
        let before: Border
        /// Another state of the same hash.
        let other: Int?
        var matched: Range<Int> { first + memberCount..<first + memberCount + matchCount }
    }

    /// What stands before a place.
    private enum Border: UInt8, Hashable { case textEdge, newline, word, other }

    private let program: PatternProgram
    private let preference: Preference
    private var walker: ByteScan.Walker
    private let classes: [UInt8]
    private let representatives: [UInt8]
    private let stride: Int
    // Where a state's row begins in the table is what the table and walks name it by.
    private var states: [State] = []
    private var pool: [Int32] = []
    private var numbers: [UInt64: Int] = [:]
    private var table: [Int32] = []
    private var walk = ByteScan.Walk()
    // Marks of the members of one closure; a mark is valid when it holds the number of the round.
    private var seen: [Int32]
    private var round: Int32 = 0
    // What a step collects, kept for its room.
    private var members: [Int32] = []
    private var matched: [Int32] = []
    private var stack: [Int32] = []
    // Rounds in which patterns were last told, and what many walks have met.
    private var told: [Int32]
    private var tellings: Int32 = 0
    private var stops: [ByteScan.ItemStop] = []
    private var ends: [(pattern: Int32, end: Int)] = []

    init(_ program: PatternProgram, preference: Preference) {
        self.program = program
        self.preference = preference
        (classes, representatives) = Self.byteClasses(program)
        stride = representatives.count + 1
        seen = [Int32](repeating: 0, count: program.instructions.count)
        told = [Int32](repeating: 0, count: program.patternCount)
        let borders = (0...255).map { Self.border($0, program).rawValue }
        walker = ByteScan.Walker(starts: [-1, -1, -1, -1], classes: classes, borders: borders, endClass: stride - 1)
        clear()
    }

    /// Bytes that no instruction tells apart.
    private static func byteClasses(_ program: PatternProgram) -> ([UInt8], [UInt8]) {
        var isBorder = [Bool](repeating: false, count: 257)
        func cut(_ low: UInt8, _ high: UInt8) {
            isBorder[Int(low)] = true
            isBorder[Int(high) + 1] = true
        }
        for case .bytes(let low, let high, _) in program.instructions where low <= high { cut(low, high) }
        if program.hasAssertions {
            for range in PatternClass.words + [10...10] { cut(UInt8(range.lowerBound), UInt8(range.upperBound)) }
        }
        var classes = [UInt8](repeating: 0, count: 256)
        var representatives: [UInt8] = [0]
        for byte in 1..<256 {
            if isBorder[byte] { representatives.append(UInt8(byte)) }
            classes[byte] = UInt8(representatives.count - 1)
        }
        return (classes, representatives)
    }

    private mutating func clear() {
        // The first state is dead.
        states = [State(first: 0, memberCount: 0, matchCount: 0, before: .other, other: nil)]
        pool.removeAll(keepingCapacity: true)
        numbers = [:]
        table = [Int32](repeating: 0, count: stride)
        walker.starts = [-1, -1, -1, -1]
    }

    private func border(_ byte: UInt8) -> Border { Self.border(byte, program) }

    private static func border(_ byte: UInt8, _ program: PatternProgram) -> Border {
        guard program.hasAssertions else { return .other }
        return byte == 10 ? .newline : PatternClass.words.contains { $0.contains(UInt32(byte)) } ? .word : .other
    }

    private mutating func start(before border: Border) -> Int32 {
        let known = walker.starts[Int(border.rawValue)]
        if known >= 0 { return known }
        members = program.starts
        matched = []
        walker.starts[Int(border.rawValue)] = number(before: border)
        return walker.starts[Int(border.rawValue)]
    }

    /// The state of ``members`` and ``matched``, made if it is new.
    private mutating func number(before border: Border) -> Int32 {
        var (count, hash) = (0, UInt64(border.rawValue))
        round += 1
        for index in members.indices where seen[Int(members[index])] != round {
            let member = members[index]
            seen[Int(member)] = round
            members[count] = member
            count += 1
            hash = mixed(hash, member)
        }
        members.removeLast(members.count - count)
        matched.sort()
        for pattern in matched { hash = mixed(hash, ~pattern) }
        if members.isEmpty, matched.isEmpty { return 0 }
        let known = numbers[hash]
        var candidate = known
        while let index = candidate {
            if isCurrent(states[index], border) { return number(ofState: index) }
            candidate = states[index].other
        }
        states.append(State(first: pool.count, memberCount: members.count, matchCount: matched.count, before: border, other: known))
        pool += members
        pool += matched
        numbers[hash] = states.count - 1
        table.append(contentsOf: repeatElement(-1, count: stride))
        return number(ofState: states.count - 1)
    }

    /// The order of members counts only where the first branch is preferred.
    private func mixed(_ hash: UInt64, _ value: Int32) -> UInt64 {
        let mark = (UInt64(bitPattern: Int64(value)) &+ 0x9E37_79B9_7F4A_7C15) &* 0xBF58_476D_1CE4_E5B9
        return preference == .first ? (hash ^ mark) &* 0x94D0_49BB_1331_11EB : hash &+ (mark ^ mark >> 29)
    }

    /// Whether a state is that of ``members``, all marked in this round, and ``matched``.
    private func isCurrent(_ state: State, _ border: Border) -> Bool {
        guard state.before == border, state.memberCount == members.count, state.matchCount == matched.count else { return false }
        for index in 0..<members.count {
            let member = pool[state.first + index]
            guard preference == .first ? member == members[index] : seen[Int(member)] == round else { return false }
        }
        return pool[state.matched].elementsEqual(matched)
    }

    private func number(ofState index: Int) -> Int32 { Int32(index * stride) | (states[index].matchCount == 0 ? 0 : ByteScan.Walk.match) }

    /// The step from `number` with a byte of class `column`; the last column is the end of the text.
    private mutating func step(_ number: Int32, _ column: Int) -> Int32 {
        let from = states[Int(number) / stride]
        let byte = column < representatives.count ? representatives[column] : nil
        let after = byte.map(border) ?? .textEdge
        round += 1
        matched.removeAll(keepingCapacity: true)
        members.removeAll(keepingCapacity: true)
        stack.removeAll(keepingCapacity: true)
        walk: for index in from.first..<from.first + from.memberCount {
            stack.append(pool[index])
            while let place = stack.popLast() {
                guard seen[Int(place)] != round else { continue }
                seen[Int(place)] = round
                switch program.instructions[Int(place)] {
                case .split(let first, let second):
                    stack.append(second)
                    stack.append(first)
                case .assertion(let assertion, let next):
                    if Self.holds(assertion, from.before, after) { stack.append(next) }
                case .bytes(let low, let high, let next):
                    if let byte, low <= byte, byte <= high { members.append(next) }
                case .match(let number):
                    matched.append(number)
                    if preference == .first { break walk }
                }
            }
        }
        let isFull = states.count >= Self.stateCountMax || pool.count > Self.memberCountMax
        if isFull { clear() }
        let result = self.number(before: byte.map(border) ?? .textEdge)
        // An emptied table has no row for the state that the step began in.
        if !isFull { table[Int(number) + column] = result }
        return result
    }

    private static func holds(_ assertion: PatternAssertion, _ before: Border, _ after: Border) -> Bool {
        switch assertion {
        case .textStart: before == .textEdge
        case .textEnd: after == .textEdge
        case .lineStart: before == .textEdge || before == .newline
        case .lineEnd: after == .textEdge || after == .newline
        case .wordBorder: (before == .word) != (after == .word)
        case .noWordBorder: (before == .word) == (after == .word)
        }
    }

    /// The step from a state with the byte at `place`, or the end of the text.
    private mutating func next(_ state: Int32, _ column: Int) -> Int32 {
        let known = table[Int(state) + column]
        return known < 0 ? step(state, column) : known
    }

    /// Walks on from `state` at `walk.place` over known steps and one that was not; returns the state after it, or nil when that is dead. `matches` is told what matched where.
    private mutating func advance(_ state: Int32, in text: [UInt8], limit: Int, matches: (_ patterns: ArraySlice<Int32>, _ end: Int) -> Void) -> Int32? {
        ByteScan.step(table, classes: classes, over: text, limit: limit, from: state, &walk)
        for index in 0..<walk.stopCount {
            let stop = walk.stops[index]
            matches(pool[states[Int(stop.state) / stride].matched], Int(stop.place))
        }
        let place = walk.place
        var next = walk.next
        if next < 0 || next == ByteScan.Walk.end { next = self.next(walk.state, place < text.count ? Int(classes[Int(text[place])]) : stride - 1) }
        if next == 0 { return nil }
        let reached = next & ~ByteScan.Walk.match
        if next != reached { matches(pool[states[Int(reached) / stride].matched], place) }
        walk.place += 1
        return reached
    }

    /// The farthest end of each pattern that matches from `start` on, at most `countMax` bytes far.
    mutating func matches(in text: [UInt8], from start: Int, countMax: Int, into ends: inout [(pattern: Int32, end: Int)]) {
        ends.removeAll(keepingCapacity: true)
        walk.place = start
        var state: Int32? = self.start(before: start == 0 ? .textEdge : border(text[start - 1]))
        let limit = min(text.count, start + countMax)
        while let from = state, walk.place <= limit {
            state = advance(from, in: text, limit: limit) { patterns, end in
                for pattern in patterns {
                    if let index = ends.firstIndex(where: { $0.pattern == pattern }) { ends[index].end = end } else { ends.append((pattern, end)) }
                }
            }
        }
    }

    /// A match of the walk from one of many places.
    struct ItemEnd {
        let item: Int
        let pattern: Int32
        let end: Int
    }

    /// As ``matches(in:from:countMax:into:)`` for many places at once; by places.
    mutating func matches(in text: [UInt8], fromEach places: [UInt32], countMax: Int, into found: inout [ItemEnd]) {
        found.removeAll(keepingCapacity: true)
        var done = 0
        while done < places.count {
            let isKnown = ByteScan.steps(table, walker, over: text, reach: countMax, from: places, done: &done, into: &stops)
            tell(&found)
            guard !isKnown else { continue }
            // What is not known is met step by step, so that one walk may have more states than the table has room for.
            var ends: [(pattern: Int32, end: Int)] = []
            swap(&ends, &self.ends)
            matches(in: text, from: Int(places[done]), countMax: countMax, into: &ends)
            for (pattern, end) in ends { found.append(ItemEnd(item: done, pattern: pattern, end: end)) }
            swap(&ends, &self.ends)
            done += 1
        }
    }

    /// The farthest end of each pattern of ``stops``.
    private mutating func tell(_ found: inout [ItemEnd]) {
        var first = 0
        while first < stops.count {
            var last = first + 1
            while last < stops.count, stops[last].item == stops[first].item { last += 1 }
            // The last stop is the farthest of its patterns.
            tellings += 1
            for index in (first..<last).reversed() {
                for member in states[Int(stops[index].state) / stride].matched where told[Int(pool[member])] != tellings {
                    told[Int(pool[member])] = tellings
                    found.append(ItemEnd(item: Int(stops[index].item), pattern: pool[member], end: Int(stops[index].end)))
                }
            }
            first = last
        }
    }

    /// The end of the match that begins leftmost, for a searching program; of a match that could go on, `countMax` more bytes are read.
    mutating func firstEnd(in text: [UInt8], from start: Int, countMax: Int) -> Int? {
        walk.place = start
        var state: Int32? = self.start(before: start == 0 ? .textEdge : border(text[start - 1]))
        var found: Int?
        while let from = state, walk.place <= min(text.count, (found ?? text.count) + countMax) {
            state = advance(from, in: text, limit: min(text.count, (found ?? walk.place) + countMax)) { _, end in found = end }
        }
        return found
    }

    /// The farthest start of a match of a backwards program that ends at `end`, not before `least`.
    mutating func farthestStart(in text: [UInt8], endingAt end: Int, least: Int) -> Int? {
        var state = start(before: end == text.count ? .textEdge : border(text[end]))
        var found: Int?
        var place = end
        while true {
            let next = self.next(state, place > 0 ? Int(classes[Int(text[place - 1])]) : stride - 1)
            if next == 0 { return found }
            state = next & ~ByteScan.Walk.match
            if state != next { found = place }
            if place <= least { return found }
            place -= 1
        }
    }
}

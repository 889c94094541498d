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

    private struct State: Hashable {
        var members: [Int32]
        var before: Border
        var matched: [Int32]
    }

    /// What stands before a place.
    private enum Border: UInt8, Hashable { case textEdge, newline, word, other }

    private let program: PatternProgram
    private let preference: Preference
    private let classes: [UInt8]
    private let representatives: [UInt8]
    private let stride: Int
    private var states: [State] = []
    private var numbers: [State: Int32] = [:]
    private var table: [Int32] = []
    private var memberCount = 0
    private var starts: [Int32] = [-1, -1, -1, -1]
    // Marks of the members of one closure; a mark is valid when it holds the number of the round.
    private var seen: [Int32]
    private var round: Int32 = 0

    init(_ program: PatternProgram, preference: Preference) {
        self.program = program
        self.preference = preference
        (classes, representatives) = Self.byteClasses(program)
        stride = representatives.count + 1
        seen = [Int32](repeating: 0, count: program.instructions.count)
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
        let dead = State(members: [], before: .other, matched: [])
        states = [dead]
        numbers = [:]
        table = [Int32](repeating: 0, count: stride)
        memberCount = 0
        starts = [-1, -1, -1, -1]
    }

    private func border(_ byte: UInt8) -> Border {
        guard program.hasAssertions else { return .other }
        return byte == 10 ? .newline : PatternClass.words.contains { $0.contains(UInt32(byte)) } ? .word : .other
    }

    private mutating func start(before border: Border) -> Int32 {
        let known = starts[Int(border.rawValue)]
        if known >= 0 { return known }
        let number = number(of: State(members: program.starts, before: border, matched: []))
        starts[Int(border.rawValue)] = number
        return number
    }

    private mutating func number(of state: State) -> Int32 {
        if state.members.isEmpty, state.matched.isEmpty { return 0 }
        if let known = numbers[state] { return known }
        let number = Int32(states.count) | (state.matched.isEmpty ? 0 : ByteScan.Walk.match)
        states.append(state)
        numbers[state] = number
        memberCount += state.members.count + 8
        table.append(contentsOf: repeatElement(-1, count: stride))
        return number
    }

    /// The state after `state` and a byte of class `column`; the last column is the end of the text.
    private mutating func step(_ state: Int32, _ column: Int) -> Int32 {
        let from = states[Self.row(state)]
        let byte = column < representatives.count ? representatives[column] : nil
        let after = byte.map(border) ?? .textEdge
        round += 1
        var matched: [Int32] = []
        var members: [Int32] = []
        var stack: [Int32] = []
        var leaving: [Int32] = []
        walk: for member in from.members {
            stack.append(member)
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
                    if let byte, low <= byte, byte <= high { leaving.append(next) }
                case .match(let number):
                    matched.append(number)
                    if preference == .first { break walk }
                }
            }
        }
        round += 1
        for next in leaving where seen[Int(next)] != round {
            seen[Int(next)] = round
            members.append(next)
        }
        if preference == .longest { members.sort() }
        if states.count >= Self.stateCountMax || memberCount > Self.memberCountMax { clear() }
        let result = number(of: State(members: members, before: byte.map(border) ?? .textEdge, matched: matched))
        // The table may have been emptied meanwhile.
        if Self.row(state) < states.count, states[Self.row(state)] == from { table[Self.row(state) * stride + column] = result }
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

    /// The number of a state, without the mark that patterns matched before it.
    private static func row(_ state: Int32) -> Int { Int(state & ~ByteScan.Walk.match) }

    /// The state after `state` and the byte at `place`, or the end of the text.
    private mutating func next(_ state: Int32, _ column: Int) -> Int32 {
        let known = table[Self.row(state) * stride + column]
        return known < 0 ? step(state, column) : known
    }

    /// The farthest end of each pattern that matches from `start` on, at most `countMax` bytes far.
    mutating func matches(in text: [UInt8], from start: Int, countMax: Int, into ends: inout [(pattern: Int32, end: Int)]) {
        ends.removeAll(keepingCapacity: true)
        var state = self.start(before: start == 0 ? .textEdge : border(text[start - 1]))
        let limit = min(text.count, start + countMax)
        var place = start
        while true {
            let walk = ByteScan.walk(table, stride: stride, classes: classes, text, from: &place, limit: limit, state: Int32(Self.row(state)))
            var next = walk.next
            if next == 0 { return }
            if next < 0 || next == ByteScan.Walk.end {
                let column = place < text.count ? Int(classes[Int(text[place])]) : stride - 1
                next = self.next(walk.state, column)
                if next == 0 { return }
            }
            state = next
            if state & ByteScan.Walk.match != 0 {
                for pattern in states[Self.row(state)].matched {
                    if let index = ends.firstIndex(where: { $0.pattern == pattern }) { ends[index].end = place } else { ends.append((pattern, place)) }
                }
            }
            if place >= limit { return }
            place += 1
        }
    }

    /// The end of the match that begins leftmost, for a searching program; of a match that could go on, `countMax` more bytes are read.
    mutating func firstEnd(in text: [UInt8], from start: Int, countMax: Int) -> Int? {
        var state = self.start(before: start == 0 ? .textEdge : border(text[start - 1]))
        var found: Int?
        var place = start
        while true {
            let walk = ByteScan.walk(table, stride: stride, classes: classes, text, from: &place, limit: found.map { min(text.count, $0 + countMax) } ?? text.count, state: Int32(Self.row(state)))
            var next = walk.next
            if next < 0 || next == ByteScan.Walk.end { next = self.next(walk.state, place < text.count ? Int(classes[Int(text[place])]) : stride - 1) }
            if next == 0 { return found }
            state = next
            if state & ByteScan.Walk.match != 0 { found = place }
            if place >= text.count || place >= (found ?? text.count) + countMax { return found }
            place += 1
        }
    }

    /// The farthest start of a match of a backwards program that ends at `end`, not before `least`.
    mutating func farthestStart(in text: [UInt8], endingAt end: Int, least: Int) -> Int? {
        var state = start(before: end == text.count ? .textEdge : border(text[end]))
        var found: Int?
        var place = end
        while true {
            let next = self.next(state, place > 0 ? Int(classes[Int(text[place - 1])]) : stride - 1)
            if next == 0 { return found }
            state = next
            if state & ByteScan.Walk.match != 0 { found = place }
            if place <= least { return found }
            place -= 1
        }
    }
}

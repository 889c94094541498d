import Kernels

/// The states of a ``PatternAutomaton``, made when they are met first.
///
/// A state knows which patterns matched before the byte that led to it; so assertions about the next byte (`\b`, `$`) need no special case.
struct PatternStates {
    static let stateCountMax = 6_000
    /// Instructions in all states together; a state of a large set can be long.
    static let memberCountMax = 2_000_000

    /// A set of instructions and the patterns that matched before the byte that led to it; both lie in ``pool``, one after the other, and behind them the instructions that those lead to
    /// without a byte: bytes, matches and assertions. Where no order and no assertion counts, bytes lie in ``lows``, ``highs`` and ``nexts`` instead, and matches by number in ``pool``.
    private struct State {
        let first: Int32
        let memberCount: Int32
        let matchCount: Int32
        let closedCount: Int32
        let firstByte: Int32
        let byteCount: Int32
        /// Another state of the same hash; -1 when there is none.
        let other: Int32
        let before: Border
        var matched: Range<Int> { Int(first + memberCount)..<Int(first + memberCount + matchCount) }
        var bytes: Range<Int> { Int(firstByte)..<Int(firstByte + byteCount) }
        var closed: Range<Int> { Int(first + memberCount + matchCount)..<Int(first + memberCount + matchCount + closedCount) }
    }

    /// What stands before a place.
    enum Border: UInt8, Hashable { case textEdge, newline, word, other }

    private let program: PatternProgram
    private let preference: PatternAutomaton.Preference
    private var kinds: WordKinds?
    /// What walks need beside the table; its starts are made by ``start(in:beside:)``.
    private(set) var walker: ByteScan.Walker
    private let classes: [UInt8]
    private let representatives: [UInt8]
    /// Classes of bytes and the end of the text.
    let stride: Int
    // Where a state's row begins in the table is what the table and walks name it by.
    private var states: [State] = []
    private var pool: [Int32] = []
    private let isPlain: Bool
    private var (lows, highs, nexts): ([UInt8], [UInt8], [Int32]) = ([], [], [])
    private var numbers: [UInt64: Int32] = [:]
    /// The step from each state with each class; -1 where it is not known.
    private(set) var table: [Int32] = []
    // Marks of the members of one closure; a mark is valid when it holds the number of the round.
    private var seen: [Int32]
    private var round: Int32 = 0
    // Methods that change nothing are mutating all the same where a step calls them: of a value that is being changed others get a copy, and that takes longer than they do.
    // What a step collects, kept for its room.
    private var members: [Int32] = []
    private var matched: [Int32] = []
    private var stack: [Int32] = []

    init(_ program: PatternProgram, preference: PatternAutomaton.Preference, kinds: WordKinds? = nil) {
        (self.program, self.preference, self.kinds) = (program, preference, kinds)
        isPlain = preference == .longest && !program.hasAssertions
        (classes, representatives) = program.byteClasses
        stride = representatives.count + 1
        seen = [Int32](repeating: 0, count: program.instructions.count)
        let borders = (0...255).map { Self.border($0, program).rawValue }
        walker = ByteScan.Walker(starts: [], classes: classes, borders: borders, endClass: stride - 1)
        clear()
    }

    private mutating func clear() {
        // The first state is dead.
        states = [State(first: 0, memberCount: 0, matchCount: 0, closedCount: 0, firstByte: 0, byteCount: 0, other: -1, before: .other)]
        pool.removeAll(keepingCapacity: true)
        lows.removeAll(keepingCapacity: true)
        highs.removeAll(keepingCapacity: true)
        nexts.removeAll(keepingCapacity: true)
        numbers = [:]
        table = [Int32](repeating: 0, count: stride)
        walker.starts = [Int32](repeating: -1, count: 4 * (kinds == nil ? 1 : WordKinds.count))
    }

    /// What a byte is to the place beside it; nil is the edge of the text.
    private mutating func border(_ byte: UInt8?) -> Border {
        if let byte { Border(rawValue: walker.borders[Int(byte)]) ?? .other } else { .textEdge }
    }

    private static func border(_ byte: UInt8, _ program: PatternProgram) -> Border {
        guard program.hasAssertions else { return .other }
        return byte == 10 ? .newline : PatternClass.words.contains { $0.contains(UInt32(byte)) } ? .word : .other
    }

    /// The state in which walks begin beside a byte of a text, or at its edge.
    mutating func start(in text: [UInt8], beside place: Int, kind: Int = WordKinds.any) -> Int32 {
        let border = border(place >= 0 && place < text.count ? text[place] : nil)
        let index = 4 * kind + Int(border.rawValue)
        let known = walker.starts[index]
        if known >= 0 { return known }
        members = kind == WordKinds.any ? program.starts : kinds?.starts(of: kind) ?? program.starts
        matched = []
        walker.starts[index] = number(before: border)
        return walker.starts[index]
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
            hash = preference.mixed(hash, member)
        }
        members.removeLast(members.count - count)
        matched.sort()
        for pattern in matched { hash = preference.mixed(hash, ~pattern) }
        if members.isEmpty, matched.isEmpty { return 0 }
        let known = numbers[hash] ?? -1
        var candidate = known
        while candidate >= 0 {
            if isCurrent(states[Int(candidate)], border) { return number(ofState: Int(candidate)) }
            candidate = states[Int(candidate)].other
        }
        let (first, firstByte) = (pool.count, lows.count)
        pool += members
        pool += matched
        close()
        let closedCount = pool.count - first - members.count - matched.count
        states.append(
            State(
                first: Int32(first), memberCount: Int32(members.count), matchCount: Int32(matched.count), closedCount: Int32(closedCount), firstByte: Int32(firstByte),
                byteCount: Int32(lows.count - firstByte), other: known, before: border))
        numbers[hash] = Int32(states.count - 1)
        table.append(contentsOf: repeatElement(-1, count: stride))
        return number(ofState: states.count - 1)
    }

    /// Whether a state is that of ``members``, all marked in this round, and ``matched``.
    private mutating func isCurrent(_ state: State, _ border: Border) -> Bool {
        guard state.before == border, Int(state.memberCount) == members.count, Int(state.matchCount) == matched.count else { return false }
        for index in 0..<members.count {
            let member = pool[Int(state.first) + index]
            guard preference == .first ? member == members[index] : seen[Int(member)] == round else { return false }
        }
        return pool[state.matched].elementsEqual(matched)
    }

    private func number(ofState index: Int) -> Int32 { Int32(index * stride) | (states[index].matchCount == 0 ? 0 : ByteScan.Walk.match) }

    /// Appends to the pool what ``members`` lead to without a byte, the preferred first.
    private mutating func close() {
        round += 1
        for member in members {
            stack.append(member)
            while let place = stack.popLast() {
                guard seen[Int(place)] != round else { continue }
                seen[Int(place)] = round
                if case .split(let first, let second) = program.instructions[Int(place)] {
                    stack.append(second)
                    stack.append(first)
                } else if !isPlain {
                    pool.append(place)
                } else if case .bytes(let low, let high, let next) = program.instructions[Int(place)] {
                    guard low <= high else { continue }
                    lows.append(low)
                    highs.append(high)
                    nexts.append(next)
                } else if case .match(let number) = program.instructions[Int(place)] {
                    pool.append(number)
                }
            }
        }
    }

    /// The step from `number` with a byte of class `column`; the last column is the end of the text.
    private mutating func step(_ number: Int32, _ column: Int) -> Int32 {
        let from = states[Int(number) / stride]
        let byte = column < representatives.count ? representatives[column] : nil
        let after = border(byte)
        round += 1
        matched.removeAll(keepingCapacity: true)
        members.removeAll(keepingCapacity: true)
        // Only behind an assertion something is met twice.
        if isPlain {
            matched += pool[from.closed]
            if let byte { ByteScan.select(lows, highs, nexts, from.bytes, byte: byte, into: &members) }
            return settle(number, column, after)
        }
        walk: for index in from.closed {
            let place = pool[index]
            switch program.instructions[Int(place)] {
            case .bytes(let low, let high, let next):
                guard let byte, low <= byte, byte <= high, !program.hasAssertions || seen[Int(place)] != round else { continue }
                members.append(next)
            case .match(let number):
                if !program.hasAssertions || seen[Int(place)] != round { matched.append(number) }
                if preference == .first { break walk }
            case .assertion(let assertion, let next):
                guard seen[Int(place)] != round, assertion.holds(from.before, after) else { continue }
                if pass(next, byte, from.before, after) { break walk }
            case .split: continue
            }
            if program.hasAssertions { seen[Int(place)] = round }
        }
        return settle(number, column, after)
    }

    /// Notes the step to the state of ``members`` and ``matched``.
    private mutating func settle(_ number: Int32, _ column: Int, _ after: Border) -> Int32 {
        let isFull = states.count >= Self.stateCountMax || pool.count + nexts.count > Self.memberCountMax
        if isFull { clear() }
        let result = self.number(before: after)
        // An emptied table has no row for the state that the step began in.
        if !isFull { table[Int(number) + column] = result }
        return result
    }

    /// Goes on behind an assertion that holds; true when a match is met that nothing later can beat.
    private mutating func pass(_ start: Int32, _ byte: UInt8?, _ before: Border, _ after: Border) -> Bool {
        stack.append(start)
        while let place = stack.popLast() {
            guard seen[Int(place)] != round else { continue }
            seen[Int(place)] = round
            switch program.instructions[Int(place)] {
            case .split(let first, let second):
                stack.append(second)
                stack.append(first)
            case .assertion(let assertion, let next):
                if assertion.holds(before, after) { stack.append(next) }
            case .bytes(let low, let high, let next):
                if let byte, low <= byte, byte <= high { members.append(next) }
            case .match(let number):
                matched.append(number)
                if preference == .first {
                    stack.removeAll(keepingCapacity: true)
                    return true
                }
            }
        }
        return false
    }

    /// The step from a state with the byte at `place`, or the end of the text.
    mutating func next(_ state: Int32, _ column: Int) -> Int32 {
        let known = table[Int(state) + column]
        return known < 0 ? step(state, column) : known
    }

    /// The step from a state with the byte at a place of a text, or with its end.
    mutating func next(_ state: Int32, in text: [UInt8], at place: Int) -> Int32 { next(state, place >= 0 && place < text.count ? Int(classes[Int(text[place])]) : stride - 1) }

    /// Where the patterns lie that a state knows of, for ``match(_:)``: a slice of them would be retained for each word of a text.
    @inline(__always) func matchPlaces(_ state: Int32) -> Range<Int> { states[Int(state) / stride].matched }
    @inline(__always) func match(_ place: Int) -> Int32 { pool[place] }

    /// The patterns that a state knows of.
    @inline(__always) func matched(_ state: Int32) -> ArraySlice<Int32> { pool[states[Int(state) / stride].matched] }
}

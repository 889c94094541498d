import Kernels

/// Runs a ``PatternProgram`` in one step a byte: states are sets of instructions, made when they are met first and kept in a table of bounded size.
///
/// Linear in the text whatever the pattern: a new state costs the size of the program, and when ``PatternStates/stateCountMax`` are there the table is emptied.
struct PatternAutomaton {
    /// Which matches count: all patterns as far as each reaches, or the one that the leftmost branch finds first (Perl's order, RE2's default).
    enum Preference: Sendable { case longest, first }

    private var states: PatternStates
    private var walk = ByteScan.Walk()
    // Rounds in which patterns were last told, and what many walks have met.
    private var told: [Int]
    private var tellings = 0
    private var stops: [ByteScan.ItemStop] = []
    private var ends: [(pattern: Int32, end: Int)] = []

    /// - Parameter kinds: What may match words, where places of words are told by kind.
    init(_ program: PatternProgram, preference: Preference, kinds: WordKinds? = nil) {
        states = PatternStates(program, preference: preference, kinds: kinds)
        told = [Int](repeating: 0, count: program.patternCount)
    }

    /// Walks on from `state` at `walk.place` over known steps and one that was not; returns the state after it, or nil when that is dead. `matches` is told what matched where.
    private mutating func advance(_ state: Int32, in text: [UInt8], limit: Int, matches: (_ patterns: ArraySlice<Int32>, _ end: Int) -> Void) -> Int32? {
        ByteScan.step(states.table, classes: states.walker.classes, over: text, limit: limit, from: state, &walk)
        for index in 0..<walk.stopCount {
            let stop = walk.stops[index]
            matches(states.matched(stop.state), Int(stop.place))
        }
        let place = walk.place
        var next = walk.next
        if next < 0 || next == ByteScan.Walk.end { next = states.next(walk.state, in: text, at: place) }
        if next == 0 { return nil }
        let reached = next & ~ByteScan.Walk.match
        if next != reached { matches(states.matched(reached), place) }
        walk.place += 1
        return reached
    }

    /// The farthest end of each pattern that matches from `start` on, at most `countMax` bytes far; where a word of a kind stands there, of those that may match such a word.
    mutating func matches(in text: [UInt8], from start: Int, kind: Int = WordKinds.any, countMax: Int, into ends: inout [(pattern: Int32, end: Int)]) {
        ends.removeAll(keepingCapacity: true)
        walk.place = start
        var state: Int32? = states.start(in: text, beside: start - 1, kind: kind)
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

    /// As ``matches(in:from:kind:countMax:into:)`` for many places at once; by places.
    mutating func matches(in text: [UInt8], fromEach places: [ByteScan.Place], countMax: Int, into found: inout [ItemEnd]) {
        found.removeAll(keepingCapacity: true)
        var done = 0
        while done < places.count {
            let isKnown = ByteScan.steps(states.table, states.walker, over: text, reach: countMax, from: places, done: &done, into: &stops)
            tell(&found)
            guard !isKnown else { continue }
            // What is not known is met step by step, so that one walk may have more states than the table has room for.
            var ends: [(pattern: Int32, end: Int)] = []
            swap(&ends, &self.ends)
            matches(in: text, from: Int(places[done].at), kind: Int(places[done].kind), countMax: countMax, into: &ends)
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
                let stop = stops[index]
                for place in states.matchPlaces(stop.state) {
                    let pattern = states.match(place)
                    if told[Int(pattern)] == tellings { continue }
                    told[Int(pattern)] = tellings
                    found.append(ItemEnd(item: Int(stop.item), pattern: pattern, end: Int(stop.end)))
                }
            }
            first = last
        }
    }

    /// The end of the match that begins leftmost, for a searching program; of a match that could go on, `countMax` more bytes are read.
    mutating func firstEnd(in text: [UInt8], from start: Int, countMax: Int) -> Int? {
        walk.place = start
        var state: Int32? = states.start(in: text, beside: start - 1)
        var found: Int?
        while let from = state, walk.place <= min(text.count, (found ?? text.count) + countMax) {
            state = advance(from, in: text, limit: min(text.count, (found ?? walk.place) + countMax)) { _, end in found = end }
        }
        return found
    }

    /// The farthest start of a match of a backwards program that ends at `end`, not before `least`.
    mutating func farthestStart(in text: [UInt8], endingAt end: Int, least: Int) -> Int? {
        var state = states.start(in: text, beside: end)
        var found: Int?
        var place = end
        while true {
            let next = states.next(state, in: text, at: place - 1)
            if next == 0 { return found }
            state = next & ~ByteScan.Walk.match
            if state != next { found = place }
            if place <= least { return found }
            place -= 1
        }
    }
}

extension PatternAutomaton.Preference {
    /// A hash of a state with one more member. The order of members counts only where the first branch is preferred.
    func mixed(_ hash: UInt64, _ value: Int32) -> UInt64 {
        let mark = (UInt64(bitPattern: Int64(value)) &+ 0x9E37_79B9_7F4A_7C15) &* 0xBF58_476D_1CE4_E5B9
        return self == .first ? (hash ^ mark) &* 0x94D0_49BB_1331_11EB : hash &+ (mark ^ mark >> 29)
    }
}

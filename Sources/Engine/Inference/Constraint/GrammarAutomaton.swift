/// Reads bytes with a program as a set of stacks. A set that was met once is a state with a number, and where each class of bytes leads is looked up from then on.
///
/// A stack is a place and the places to which the calls around it return; equal beginnings of stacks are one list. A call that is the last part of its rule leaves nothing on the stack, so that
/// lists written as rules that call themselves at their end need no depth.
struct GrammarAutomaton: Sendable {
    /// The most stacks at once, and the most calls inside one another. What would need more is not admitted; the texts that are left still belong to the grammar.
    static let itemCountMax = 1_024
    static let depthMax = 512
    /// Up to so many ways out of a state, bytes that open the same ones are looked for together.
    static let groupedMax = 64
    /// What is remembered at most before everything is forgotten and begun anew (between tokens).
    static let storedMax = 1 << 19
    static let rowsMax = 1 << 20

    /// One of the stacks: a place and a list of returns.
    struct Item: Hashable, Sendable {
        var place: Int32
        var stack: Int32
    }

    let program: GrammarProgram
    /// Lists of returns: the newest place and the list below it; number 0 is empty.
    private var stackPlaces: [Int32] = [-1], stackRests: [Int32] = [-1], stackDepths: [Int32] = [0]
    private var knownStacks: [Item: Int32] = [:]
    private var items: [[Item]] = []
    private var endable: [Bool] = []
    private var known: [[Item]: Int32] = [:]
    /// For each state and class of bytes the next state, -1 for none, -2 where nobody has looked yet.
    private var rows: [Int32] = []
    private var storedCount = 0
    private var scratch = GrammarClosure()
    /// Of each class of bytes, how many of some ways it opens.
    private var counts: [Int]
    /// For each set of characters and state that was asked for, the state after any of them: -1 where none may follow, -2 where states differ.
    var runs: [Item: Int32] = [:]
    /// Places that were visited so far: what reading cost, where nobody had looked before.
    private(set) var visitCount = 0
    /// Whether a bound on stacks was met since everything was forgotten last.
    private(set) var hasCut = false
    /// The state before the first byte.
    private(set) var start: Int32 = 0

    init(_ program: GrammarProgram) {
        self.program = program
        counts = Array(repeating: 0, count: program.classCount)
        start = begin()
    }

    private mutating func begin() -> Int32 {
        var closure = GrammarClosure()
        visit(program.starts[0], 0, &closure)
        return intern(closure) ?? -1
    }

    var isFull: Bool { storedCount > Self.storedMax || rows.count > Self.rowsMax || stackPlaces.count > Self.storedMax }

    /// Forgets all states; numbers of before mean nothing after it.
    mutating func forget() { self = GrammarAutomaton(program) }

    /// Whether the text may end in a state.
    func canEnd(_ state: Int32) -> Bool { state >= 0 && endable[Int(state)] }

    /// Whether anything may follow.
    func canGoOn(_ state: Int32) -> Bool { state >= 0 && !items[Int(state)].isEmpty }

    /// The state after one more byte; -1 for none.
    @inline(__always)
    mutating func next(_ state: Int32, _ byte: UInt8) -> Int32 { next(state, kind: program.classes[Int(byte)]) }

    /// The state after one more byte of a class.
    @inline(__always)
    mutating func next(_ state: Int32, kind: UInt8) -> Int32 {
        guard state >= 0 else { return -1 }
        let place = Int(state) * program.classCount + Int(kind)
        let known = rows[place]
        return known == -2 ? look(state, kind, place) : known
    }

    private mutating func look(_ state: Int32, _ kind: UInt8, _ place: Int) -> Int32 {
        let sources = items[Int(state)]
        var ways: [Item] = [], stepCount = 0
        for item in sources {
            let range = program.steps.range(item.place)
            stepCount += range.count
            for index in range where program.steps.all[index].low <= kind && kind <= program.steps.all[index].high { ways.append(Item(place: program.steps.all[index].target, stack: item.stack)) }
        }
        var closure = scratch
        scratch = GrammarClosure()
        closure.clear()
        for way in ways {
            visit(way.place, way.stack, &closure)
            if closure.isOver { break }
        }
        visitCount += closure.seen.count + 1
        let next = intern(closure) ?? -1
        scratch = closure
        rows[place] = next
        // Classes that open the same ways lead to the same state: found together, unless there are many ways.
        if stepCount <= Self.groupedMax { share(next, sources, ways, place - Int(kind)) }
        return next
    }

    /// Notes where all classes of bytes lead that open just these ways, in this order.
    private mutating func share(_ next: Int32, _ sources: [Item], _ ways: [Item], _ first: Int) {
        for kind in counts.indices { counts[kind] = 0 }
        for item in sources {
            for index in program.steps.range(item.place) {
                let step = program.steps.all[index], way = Item(place: step.target, stack: item.stack)
                for kind in Int(step.low)...Int(step.high) {
                    let count = counts[kind]
                    counts[kind] = count >= 0 && count < ways.count && ways[count] == way ? count + 1 : -1
                }
            }
        }
        for kind in counts.indices where counts[kind] == ways.count && rows[first + kind] == -2 { rows[first + kind] = next }
    }

    // MARK: - Sets of stacks

    /// Adds a stack and all that follow from it without a byte.
    private mutating func visit(_ place: Int32, _ stack: Int32, _ closure: inout GrammarClosure) {
        add(place, stack, &closure)
        while let item = closure.work.popLast() {
            if !program.steps.range(item.place).isEmpty { closure.items.append(item) }
            // Places without bytes are many only in hostile grammars.
            guard closure.items.count <= Self.itemCountMax, closure.seen.count <= 16 * Self.itemCountMax else {
                (closure.isOver, hasCut) = (true, true)
                return
            }
            if program.isFinal[Int(item.place)] {
                if item.stack == 0 { closure.canEnd = true } else { add(stackPlaces[Int(item.stack)], stackRests[Int(item.stack)], &closure) }
            }
            for index in program.jumps.range(item.place) { add(program.jumps.all[index], item.stack, &closure) }
            for index in program.calls.range(item.place) {
                let call = program.calls.all[index]
                if call.next < 0 {
                    add(program.starts[Int(call.rule)], item.stack, &closure)
                } else if let stack = push(call.next, on: item.stack) {
                    add(program.starts[Int(call.rule)], stack, &closure)
                }
            }
        }
    }

    private func add(_ place: Int32, _ stack: Int32, _ closure: inout GrammarClosure) {
        let item = Item(place: place, stack: stack)
        if closure.insert(item) { closure.work.append(item) }
    }

    private mutating func push(_ place: Int32, on rest: Int32) -> Int32? {
        let item = Item(place: place, stack: rest)
        if let known = knownStacks[item] { return known }
        guard stackDepths[Int(rest)] < Self.depthMax else {
            hasCut = true
            return nil
        }
        let number = Int32(stackPlaces.count)
        stackPlaces.append(place)
        stackRests.append(rest)
        stackDepths.append(stackDepths[Int(rest)] + 1)
        knownStacks[item] = number
        return number
    }

    private mutating func intern(_ closure: GrammarClosure) -> Int32? {
        guard !closure.isOver, !closure.items.isEmpty || closure.canEnd else { return nil }
        var list = closure.items.sorted { ($0.place, $0.stack) < ($1.place, $1.stack) }
        // Whether the text may end is a part of the state.
        if closure.canEnd { list.append(Item(place: -1, stack: 0)) }
        if let number = known[list] { return number }
        let number = Int32(items.count)
        known[list] = number
        if closure.canEnd { list.removeLast() }
        items.append(list)
        endable.append(closure.canEnd)
        rows.append(contentsOf: repeatElement(-2, count: program.classCount))
        storedCount += list.count + 8
        return number
    }

    // MARK: - States outside

    /// The bytes that must follow: as long as only one can, and the text may not end before it.
    mutating func forced(_ state: Int32, count: Int) -> [UInt8] {
        var state = state, result: [UInt8] = []
        while result.count < count, state >= 0, !endable[Int(state)] {
            var only: (byte: UInt8, state: Int32)?
            for (number, byte) in program.samples.enumerated() {
                let next = next(state, byte)
                guard next >= 0 else { continue }
                guard only == nil, program.isSingle[number] else { return result }
                only = (byte, next)
            }
            guard let only else { return result }
            result.append(only.byte)
            state = only.state
        }
        return result
    }

    /// A state written out: for each stack its length and its places, the newest first; with whether the text may end.
    func written(_ state: Int32) -> (stacks: [Int32], canEnd: Bool) {
        guard state >= 0 else { return ([], false) }
        var result: [Int32] = []
        for item in items[Int(state)] {
            result.append(stackDepths[Int(item.stack)] + 1)
            result.append(item.place)
            var stack = item.stack
            while stack != 0 {
                result.append(stackPlaces[Int(stack)])
                stack = stackRests[Int(stack)]
            }
        }
        return (result, endable[Int(state)])
    }

    /// The number of a state that was written out, perhaps before everything was forgotten.
    /// - Parameter isCommon: whether places are exchanged for those that stand for all that short tokens cannot tell apart.
    mutating func state(of stacks: [Int32], canEnd: Bool, isCommon: Bool = false) -> Int32 {
        var closure = GrammarClosure(canEnd: canEnd)
        var at = 0
        while at < stacks.count {
            let count = Int(stacks[at])
            var places = stacks[(at + 1)...(at + count)]
            if isCommon { places = ArraySlice(places.map { program.common[Int($0)] }) }
            var stack: Int32 = 0
            for place in places.dropFirst().reversed() { stack = push(place, on: stack) ?? 0 }
            let item = Item(place: places[places.startIndex], stack: stack)
            if closure.insert(item) { closure.items.append(item) }
            at += count + 1
        }
        return intern(closure) ?? -1
    }

    /// The state that stands for all that go on alike for as long as a short token is.
    mutating func common(_ state: Int32) -> Int32 {
        guard program.hasCommon, state >= 0 else { return state }
        let written = written(state)
        return self.state(of: written.stacks, canEnd: written.canEnd, isCommon: true)
    }
}

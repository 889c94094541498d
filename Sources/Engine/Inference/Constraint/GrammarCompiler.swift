import Core

/// Rules to a program. What can never end is cut out; rules that begin with themselves are refused.
struct GrammarCompiler {
    private var rules: [GrammarRule]
    private var nodes: [GrammarProgram.Node] = []
    private var starts: [Int32] = []
    /// Rules that repetitions made, by what they repeat.
    private var repeatedRules: [GrammarExpression: Int] = [:]
    /// Places before and between the parts of a repetition whose parts are calls of a rule.
    private struct Chain {
        var rule: Int, least: Int, most: Int?
        var places: [Int32]
    }
    private var chains: [Chain] = []

    static func compile(_ rules: [GrammarRule]) throws -> GrammarProgram {
        var compiler = GrammarCompiler(rules: rules)
        return try compiler.run()
    }

    private init(rules: [GrammarRule]) { self.rules = rules }

    private mutating func run() throws -> GrammarProgram {
        var number = 0
        // Repetitions append rules while the loop runs.
        while number < rules.count {
            let (start, end) = (try add(), try add())
            nodes[Int(end)].isFinal = true
            starts.append(start)
            try emit(rules[number].expression, start, end)
            number += 1
        }
        try cutUnproductive()
        let isEmpty = endable(withSteps: false)
        try refuseLeftRecursion(isEmpty)
        markTails()
        return GrammarProgram(nodes: nodes, starts: starts, common: common(isEmpty))
    }

    private mutating func add() throws -> Int32 {
        guard nodes.count < Grammar.nodeCountMax else { throw Fault.grammar("the grammar is too large: more than \(Grammar.nodeCountMax) places between its parts", remedy: "lower the bounds of repetitions") }
        nodes.append(GrammarProgram.Node())
        return Int32(nodes.count - 1)
    }

    /// Ways from one place to another.
    private mutating func emit(_ expression: GrammarExpression, _ from: Int32, _ to: Int32) throws {
        switch expression {
        case .bytes(let bytes): try emit(bytes.map { $0...$0 }, from, to)
        case .scalars(let set): try emit(set, from, to)
        case .sequence(let parts):
            var place = from
            for (index, part) in parts.enumerated() {
                let next = index == parts.count - 1 ? to : try add()
                try emit(part, place, next)
                place = next
            }
            if parts.isEmpty { nodes[Int(from)].jumps.append(to) }
        case .choice(let choices): for choice in choices { try emit(choice, from, to) }
        case .rule(let rule): nodes[Int(from)].calls.append(.init(rule: Int32(rule), next: to))
        case .repeated(let part, let least, let most): try emitRepeated(part, least, most, from, to)
        }
    }

    private mutating func emit(_ bytes: [ClosedRange<UInt8>], _ from: Int32, _ to: Int32) throws {
        guard !bytes.isEmpty else { return nodes[Int(from)].jumps.append(to) }
        var place = from
        for (index, range) in bytes.enumerated() {
            let next = index == bytes.count - 1 ? to : try add()
            nodes[Int(place)].steps.append(.init(low: range.lowerBound, high: range.upperBound, target: next))
            place = next
        }
    }

    /// Characters: equal ends of their bytes share their places, so that there are fewer states.
    private mutating func emit(_ set: GrammarCharacters, _ from: Int32, _ to: Int32) throws {
        var ends: [ArraySlice<ClosedRange<UInt8>>: Int32] = [[]: to]
        for sequence in set.byteSequences {
            // From the last byte to the second; the first leaves from where all begin.
            for index in sequence.indices.dropFirst().reversed() where ends[sequence[index...]] == nil {
                let place = try add()
                nodes[Int(place)].steps.append(.init(low: sequence[index].lowerBound, high: sequence[index].upperBound, target: ends[sequence[(index + 1)...]] ?? to))
                ends[sequence[index...]] = place
            }
            nodes[Int(from)].steps.append(.init(low: sequence[0].lowerBound, high: sequence[0].upperBound, target: ends[sequence[1...]] ?? to))
        }
    }

    private mutating func emitRepeated(_ part: GrammarExpression, _ least: Int, _ most: Int?, _ from: Int32, _ to: Int32) throws {
        // Written once and called, so that repetitions inside repetitions add up and do not multiply.
        let part = max(least, most ?? 0) > 1 ? try rule(of: part) : part
        var place = from, places = [from]
        func further() throws {
            let next = try add()
            try emit(part, place, next)
            place = next
            places.append(next)
        }
        for _ in 0..<least { try further() }
        defer { if case .rule(let rule) = part, places.count > TokenTrie.shortCountMax { chains.append(Chain(rule: rule, least: least, most: most, places: places)) } }
        if let most {
            for _ in least..<most {
                nodes[Int(place)].jumps.append(to)
                try further()
            }
            nodes[Int(place)].jumps.append(to)
        } else {
            let (head, tail) = (try add(), try add())
            nodes[Int(place)].jumps.append(head)
            try emit(part, head, tail)
            nodes[Int(tail)].jumps.append(head)
            nodes[Int(head)].jumps.append(to)
        }
    }

    private mutating func rule(of part: GrammarExpression) throws -> GrammarExpression {
        if case .rule = part { return part }
        if let known = repeatedRules[part] { return .rule(known) }
        guard rules.count < Grammar.ruleCountMax else { throw Fault.grammar("the grammar has more than \(Grammar.ruleCountMax) rules") }
        repeatedRules[part] = rules.count
        rules.append(GrammarRule(name: "a repeated part", expression: part))
        return .rule(rules.count - 1)
    }

    // MARK: - Analysis

    /// Which places lead to the end of their rule: at all, or without a byte. Linear in the ways, each of which is looked at when one of its ends turns out so.
    private func endable(withSteps: Bool) -> [Bool] {
        var isEndable = nodes.map(\.isFinal)
        var sources = [[Int32]](repeating: [], count: nodes.count), returns = [[GrammarProgram.Call]](repeating: [], count: nodes.count)
        var callers = [[GrammarProgram.Call]](repeating: [], count: starts.count), rulesAt = [Int32](repeating: -1, count: nodes.count)
        for (rule, start) in starts.enumerated() { rulesAt[Int(start)] = Int32(rule) }
        for (place, node) in nodes.enumerated() {
            for target in node.jumps { sources[Int(target)].append(Int32(place)) }
            if withSteps { for step in node.steps { sources[Int(step.target)].append(Int32(place)) } }
            for call in node.calls {
                returns[Int(call.next)].append(.init(rule: call.rule, next: Int32(place)))
                callers[Int(call.rule)].append(.init(rule: call.next, next: Int32(place)))
            }
        }
        var work = nodes.indices.filter { isEndable[$0] }
        func found(_ place: Int32) {
            guard !isEndable[Int(place)] else { return }
            isEndable[Int(place)] = true
            work.append(Int(place))
        }
        while let place = work.popLast() {
            for source in sources[place] { found(source) }
            for way in returns[place] where isEndable[Int(starts[Int(way.rule)])] { found(way.next) }
            if rulesAt[place] >= 0 { for way in callers[Int(rulesAt[place])] where isEndable[Int(way.rule)] { found(way.next) } }
        }
        return isEndable
    }

    /// Removes ways that lead to no end, so that whatever has begun can be ended.
    private mutating func cutUnproductive() throws {
        let isProductive = endable(withSteps: true)
        guard isProductive[Int(starts[0])] else { throw Fault.grammar("no text fits: \(rules[0].name) never ends, or asks for what excludes itself") }
        for place in nodes.indices {
            nodes[place].jumps.removeAll { !isProductive[Int($0)] }
            nodes[place].steps.removeAll { !isProductive[Int($0.target)] }
            nodes[place].calls.removeAll { !isProductive[Int($0.next)] || !isProductive[Int(starts[Int($0.rule)])] }
        }
    }

    /// The rules that can stand at the very beginning of a rule.
    private func begin(_ rule: Int, _ isEmpty: [Bool]) -> [Int] {
        var seen: Set<Int32> = [starts[rule]], work = [starts[rule]], rules: Set<Int> = []
        while let place = work.popLast() {
            let node = nodes[Int(place)]
            rules.formUnion(node.calls.map { Int($0.rule) })
            for next in node.jumps + node.calls.filter({ isEmpty[Int(starts[Int($0.rule)])] }).map(\.next) where seen.insert(next).inserted { work.append(next) }
        }
        return rules.sorted()
    }

    private func refuseLeftRecursion(_ isEmpty: [Bool]) throws {
        let first = starts.indices.map { begin($0, isEmpty) }
        // 0 not seen, 1 on the way, 2 done.
        var marks = [UInt8](repeating: 0, count: starts.count)
        for root in starts.indices where marks[root] == 0 {
            var path = [(rule: root, next: 0)]
            marks[root] = 1
            while let (rule, next) = path.last {
                guard next < first[rule].count else {
                    marks[rule] = 2
                    path.removeLast()
                    continue
                }
                path[path.count - 1].next += 1
                let callee = first[rule][next]
                if marks[callee] == 1 { throw Fault.grammar("the rule \(rules[callee].name.prefix(64)) begins with itself", remedy: "write the repetition behind its first part, or with *") }
                if marks[callee] == 0 {
                    marks[callee] = 1
                    path.append((callee, 0))
                }
            }
        }
    }

    private mutating func markTails() {
        var sources = [[Int32]](repeating: [], count: nodes.count)
        for (place, node) in nodes.enumerated() { for target in node.jumps { sources[Int(target)].append(Int32(place)) } }
        var isTail = nodes.map { $0.steps.isEmpty && $0.calls.isEmpty }
        var work = nodes.indices.filter { !isTail[$0] }
        while let place = work.popLast() {
            for source in sources[place] where isTail[Int(source)] {
                isTail[Int(source)] = false
                work.append(Int(source))
            }
        }
        for place in nodes.indices { nodes[place].isTail = isTail[place] }
    }

    /// Each part has a byte at least, so places with more parts before them than a token has bytes are alike.
    private func common(_ isEmpty: [Bool]) -> [Int32] {
        var common = nodes.indices.map { Int32($0) }
        let margin = TokenTrie.shortCountMax + 1
        for chain in chains where !isEmpty[Int(starts[chain.rule])] {
            // The first place is shared with what stands beside the repetition.
            for index in chain.places.indices.dropFirst() {
                if index < chain.least - margin {
                    common[Int(chain.places[index])] = chain.places[chain.least - margin]
                } else if let most = chain.most, index >= chain.least, index < most - margin {
                    common[Int(chain.places[index])] = chain.places[most - margin]
                }
            }
        }
        return common
    }
}

/// A grammar as places between parts: from a place one goes on by a byte, by a whole rule, or by a jump.
final class GrammarProgram: Sendable {
    struct Step: Sendable {
        var low: UInt8, high: UInt8
        var target: Int32
    }

    struct Call: Sendable {
        var rule: Int32
        var next: Int32
    }

    /// A place while a grammar is compiled.
    struct Node: Sendable {
        var steps: [Step] = []
        var calls: [Call] = []
        var jumps: [Int32] = []
        /// The end of its rule.
        var isFinal = false
        /// Nothing but the end of the rule follows: a call that returns here need not be remembered.
        var isTail = false
    }

    /// What leads away from all places, one place after another.
    struct Ways<Way: Sendable>: Sendable {
        let all: [Way]
        private let ends: [Int32]

        init(_ nodes: [Node], _ ways: (Node) -> [Way]) {
            var all: [Way] = [], ends: [Int32] = [0]
            for node in nodes {
                all += ways(node)
                ends.append(Int32(all.count))
            }
            (self.all, self.ends) = (all, ends)
        }

        /// Where the ways of a place lie among all.
        @inline(__always)
        func range(_ place: Int32) -> Range<Int> { Int(ends[Int(place)])..<Int(ends[Int(place) + 1]) }
    }

    /// From class to class of bytes (see ``classes``).
    let steps: Ways<Step>
    /// What a call returns to is negative where nothing but the end of the rule follows.
    let calls: Ways<Call>
    let jumps: Ways<Int32>
    let isFinal: [Bool]
    /// The first place of each rule.
    let starts: [Int32]
    /// Bytes that no rule tells apart are of one class; classes ascend with their bytes.
    let classes: [UInt8]
    let classCount: Int
    /// One byte of each class.
    let samples: [UInt8]
    /// For each place one that stands for it as long as no more than ``TokenTrie/shortCountMax`` bytes are read: far from the last of many repetitions one more or less makes no difference.
    let common: [Int32]
    let hasCommon: Bool
    /// Whether a class has no other byte.
    let isSingle: [Bool]

    init(nodes: [Node], starts: [Int32], common: [Int32]) {
        (self.starts, self.common) = (starts, common)
        hasCommon = common.enumerated().contains { $0 != $1 }
        var begins = [Bool](repeating: false, count: 257)
        for node in nodes { for step in node.steps { (begins[Int(step.low)], begins[Int(step.high) + 1]) = (true, true) } }
        var classes: [UInt8] = [], samples: [UInt8] = []
        for byte in 0..<256 {
            if byte == 0 || begins[byte] { samples.append(UInt8(byte)) }
            classes.append(UInt8(samples.count - 1))
        }
        (self.classes, self.samples, classCount) = (classes, samples, samples.count)
        isSingle = samples.indices.map { number in classes.count { Int($0) == number } == 1 }
        steps = Ways(nodes) { $0.steps.map { Step(low: classes[Int($0.low)], high: classes[Int($0.high)], target: $0.target) } }
        calls = Ways(nodes) { $0.calls.map { Call(rule: $0.rule, next: nodes[Int($0.next)].isTail ? -1 : $0.next) } }
        jumps = Ways(nodes, \.jumps)
        isFinal = nodes.map(\.isFinal)
    }
}

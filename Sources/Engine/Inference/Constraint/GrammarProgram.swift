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

    struct Node: Sendable {
        var steps: [Step] = []
        var calls: [Call] = []
        var jumps: [Int32] = []
        /// The end of its rule.
        var isFinal = false
        /// Nothing but the end of the rule follows: a call that returns here need not be remembered.
        var isTail = false
    }

    let nodes: [Node]
    /// The first place of each rule.
    let starts: [Int32]
    /// Bytes that no rule tells apart are of one class.
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
        (self.nodes, self.starts, self.common) = (nodes, starts, common)
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
    }
}

/// Patterns as instructions over bytes (Thompson 1968; Cox 2010, "Regular Expression Matching in the Wild"), forwards or backwards.
struct PatternProgram: Sendable {
    /// Instructions of one pattern. Repetitions are written out, so nested ones multiply.
    static let instructionCountMax = 20_000

    enum Instruction: Sendable {
        /// A byte of a range leads on.
        case bytes(UInt8, UInt8, next: Int32)
        /// Both lead on; the first is preferred.
        case split(Int32, Int32)
        case assertion(PatternAssertion, next: Int32)
        /// The pattern of this number matches.
        case match(Int32)
    }

    private(set) var instructions: [Instruction] = []
    private(set) var starts: [Int32] = []
    private(set) var hasAssertions = false
    let patternCount: Int
    private let isBackwards: Bool
    // Byte sequences of ranges met before: repetitions are written out, and classes of other scripts have many.
    private var sequences: [ClosedRange<UInt32>: [[ClosedRange<UInt8>]]] = [:]

    /// - Parameter isSearching: Whether anything may stand before a match (skipped with the lowest preference).
    init(_ patterns: [PatternTree], isBackwards: Bool = false, isSearching: Bool = false) {
        self.isBackwards = isBackwards
        patternCount = patterns.count
        for (number, tree) in patterns.enumerated() {
            let end = add(.match(Int32(number)))
            starts.append(compile(tree, next: end))
        }
        if isSearching { starts.append(searchLoop(starts[0])) }
        if isSearching { starts.removeFirst() }
        sequences = [:]
    }

    private mutating func add(_ instruction: Instruction) -> Int32 {
        instructions.append(instruction)
        return Int32(instructions.count - 1)
    }

    private mutating func searchLoop(_ start: Int32) -> Int32 {
        let split = add(.split(start, 0))
        let any = add(.bytes(0, 255, next: split))
        instructions[Int(split)] = .split(start, any)
        return split
    }

    /// Adds the instructions of a tree that go on with `next`; returns the first.
    private mutating func compile(_ tree: PatternTree, next: Int32) -> Int32 {
        switch tree {
        case .empty: return next
        case .scalars(let ranges): return compile(ranges, next: next)
        case .sequence(let items):
            return (isBackwards ? items : items.reversed()).reduce(next) { compile($1, next: $0) }
        case .choice(let items):
            var rest = compile(items[items.count - 1], next: next)
            for item in items.dropLast().reversed() {
                let first = compile(item, next: next)
                rest = add(.split(first, rest))
            }
            return rest
        case .assertion(let assertion):
            hasAssertions = true
            return add(.assertion(isBackwards ? Self.mirrored(assertion) : assertion, next: next))
        case .times(let item, let low, let high, let greedy):
            var end = next
            if let high {
                for _ in 0..<max(0, high - low) {
                    let body = compile(item, next: end)
                    end = greedy ? add(.split(body, next)) : add(.split(next, body))
                }
            } else {
                let loop = add(.split(0, 0))
                let body = compile(item, next: loop)
                instructions[Int(loop)] = greedy ? .split(body, next) : .split(next, body)
                end = loop
            }
            for _ in 0..<low { end = compile(item, next: end) }
            return end
        }
    }

    private static func mirrored(_ assertion: PatternAssertion) -> PatternAssertion {
        switch assertion {
        case .textStart: .textEnd
        case .textEnd: .textStart
        case .lineStart: .lineEnd
        case .lineEnd: .lineStart
        case .wordBorder, .noWordBorder: assertion
        }
    }

    /// A scalar of these ranges as its UTF-8 bytes.
    private mutating func compile(_ ranges: [ClosedRange<UInt32>], next: Int32) -> Int32 {
        var branches: [Int32] = []
        for range in ranges {
            if range.upperBound < 0x80 {
                branches.append(add(.bytes(UInt8(range.lowerBound), UInt8(range.upperBound), next: next)))
                continue
            }
            let known = sequences[range] ?? UTF8Ranges.sequences(range)
            sequences[range] = known
            for sequence in known {
                branches.append((isBackwards ? sequence : sequence.reversed()).reduce(next) { add(.bytes($1.lowerBound, $1.upperBound, next: $0)) })
            }
        }
        guard var result = branches.last else { return add(.bytes(1, 0, next: next)) }
        for branch in branches.dropLast().reversed() { result = add(.split(branch, result)) }
        return result
    }
}

extension PatternProgram {
    /// Of each byte its class, bytes that no instruction tells apart, and the first byte of each class.
    var byteClasses: (classes: [UInt8], representatives: [UInt8]) {
        var isBorder = [Bool](repeating: false, count: 257)
        func cut(_ low: UInt8, _ high: UInt8) {
            isBorder[Int(low)] = true
            isBorder[Int(high) + 1] = true
        }
        for case .bytes(let low, let high, _) in instructions where low <= high { cut(low, high) }
        if hasAssertions {
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
}

extension PatternAssertion {
    /// Whether it holds between two borders.
    func holds(_ before: PatternStates.Border, _ after: PatternStates.Border) -> Bool {
        switch self {
        case .textStart: before == .textEdge
        case .textEnd: after == .textEdge
        case .lineStart: before == .textEdge || before == .newline
        case .lineEnd: after == .textEdge || after == .newline
        case .wordBorder: (before == .word) != (after == .word)
        case .noWordBorder: (before == .word) == (after == .word)
        }
    }
}

/// Ranges of scalars as sequences of ranges of UTF-8 bytes.
enum UTF8Ranges {
    static func sequences(_ range: ClosedRange<UInt32>) -> [[ClosedRange<UInt8>]] {
        var result: [[ClosedRange<UInt8>]] = []
        // Scalars of one length, without surrogates.
        for part: ClosedRange<UInt32> in [0...0x7F, 0x80...0x7FF, 0x800...0xD7FF, 0xE000...0xFFFF, 0x10000...0x10FFFF] where part.overlaps(range) {
            split(range.clamped(to: part), into: &result)
        }
        return result
    }

    /// Cuts a range where trailing bytes do not run over their whole range.
    private static func split(_ range: ClosedRange<UInt32>, into result: inout [[ClosedRange<UInt8>]]) {
        for bits: UInt32 in [6, 12, 18] where range.upperBound > 0x7F {
            let mask = (UInt32(1) << bits) - 1
            guard range.lowerBound & ~mask != range.upperBound & ~mask else { continue }
            if range.lowerBound & mask != 0 {
                split(range.lowerBound...range.lowerBound | mask, into: &result)
                return split((range.lowerBound | mask) + 1...range.upperBound, into: &result)
            }
            if range.upperBound & mask != mask {
                split(range.lowerBound...(range.upperBound & ~mask) - 1, into: &result)
                return split(range.upperBound & ~mask...range.upperBound, into: &result)
            }
        }
        result.append(zip(bytes(range.lowerBound), bytes(range.upperBound)).map { $0...$1 })
    }

    private static func bytes(_ value: UInt32) -> [UInt8] { Unicode.Scalar(value).map { Array(UTF8.encode($0) ?? .init()) } ?? [] }
}

import Core

/// A regular expression as it was written: RE2's syntax without what needs backtracking.
///
/// Read are literals, `.`, classes (`[a-z]`, `\d`, `\w`, `\s`, `[[:alpha:]]`, `\p{Han}`), groups (also named; they capture nothing), `|`, `*`, `+`, `?`, `{n,m}` up to 1,000,
/// each also not greedy, `^`, `$`, `\A`, `\z`, `\b`, `\B`, `\x41`, `\x{4E2D}`, `\Q…\E` and the flags `i`, `s`, `m`. Back references and looking around are refused by name.
indirect enum PatternTree: Sendable {
    case empty
    /// One scalar of these ranges, sorted and apart.
    case scalars([ClosedRange<UInt32>])
    case sequence([PatternTree])
    /// Earlier ones are preferred.
    case choice([PatternTree])
    case times(PatternTree, min: Int, max: Int?, greedy: Bool)
    case assertion(PatternAssertion)
}

/// What a place between two bytes must be.
enum PatternAssertion: UInt8, Sendable {
    case textStart, textEnd, lineStart, lineEnd, wordBorder, noWordBorder
}

extension Fault.Code {
    /// A pattern is not one that Banyan reads.
    public static let pattern = Fault.Code("detection.pattern", .input)
}

/// Reads a pattern.
struct PatternParser {
    /// The longest pattern, in scalars.
    static let scalarCountMax = 4_096
    /// The deepest nesting of groups.
    static let depthMax = 64
    /// The highest count of a repetition, as in RE2.
    static let repetitionMax = 1_000

    struct Flags { var ignoresCase = false, dotTakesLines = false, isMultiline = false }

    let scalars: [Unicode.Scalar]
    var place = 0
    var flags = Flags()

    /// Whether brackets and colons also mean their full-width forms, which Chinese text has everywhere.
    private let widens: Bool

    private init(_ text: String, ignoresCase: Bool, widens: Bool) {
        scalars = Array(text.unicodeScalars)
        self.widens = widens
        flags.ignoresCase = ignoresCase
    }

    /// - Throws: `detection.pattern` with the offset of what is wrong.
    static func parse(_ text: String, ignoresCase: Bool = false, widens: Bool = false) throws -> PatternTree {
        var parser = PatternParser(text, ignoresCase: ignoresCase, widens: widens)
        guard parser.scalars.count <= scalarCountMax else { throw parser.wrong("is longer than \(scalarCountMax) characters") }
        let tree = try parser.choice(depth: 0)
        guard parser.place == parser.scalars.count else { throw parser.wrong("has a ) without its (") }
        return tree
    }

    func wrong(_ what: String) -> Fault {
        Fault(.pattern, "the pattern \(what), at character \(place)", remedy: "RE2's syntax is read: no back references, no looking around")
    }

    var next: Unicode.Scalar? { place < scalars.count ? scalars[place] : nil }

    mutating func take(_ scalar: Unicode.Scalar) -> Bool {
        guard next == scalar else { return false }
        place += 1
        return true
    }

    private mutating func choice(depth: Int) throws -> PatternTree {
        guard depth <= Self.depthMax else { throw wrong("nests deeper than \(Self.depthMax) groups") }
        let outer = flags
        defer { flags = outer }
        var branches = [try sequence(depth: depth)]
        while take("|") { branches.append(try sequence(depth: depth)) }
        return branches.count == 1 ? branches[0] : .choice(branches)
    }

    private mutating func sequence(depth: Int) throws -> PatternTree {
        var items: [PatternTree] = []
        while let scalar = next, scalar != "|", scalar != ")" {
            if scalar == "\\", place + 1 < scalars.count, scalars[place + 1] == "Q" {
                place += 2
                while next != nil, !(next == "\\" && place + 1 < scalars.count && scalars[place + 1] == "E") {
                    items.append(literal(scalars[place]))
                    place += 1
                }
                place = min(place + 2, scalars.count)
                continue
            }
            let atom = try atom(depth: depth)
            items.append(try repeated(atom))
        }
        return items.count == 1 ? items[0] : items.isEmpty ? .empty : .sequence(items)
    }

    private mutating func repeated(_ atom: PatternTree) throws -> PatternTree {
        var result = atom
        var count = 0
        while let scalar = next {
            let bounds: (Int, Int?)
            switch scalar {
            case "*": bounds = (0, nil)
            case "+": bounds = (1, nil)
            case "?": bounds = (0, 1)
            case "{":
                guard let read = counts() else { return result }
                guard read.0 <= Self.repetitionMax, (read.1 ?? 0) <= Self.repetitionMax, read.1.map({ $0 >= read.0 }) ?? true else {
                    throw wrong("repeats more than \(Self.repetitionMax) times or backwards")
                }
                bounds = read
                place -= 1
            default: return result
            }
            place += 1
            count += 1
            guard count <= 8 else { throw wrong("repeats repetitions") }
            result = .times(result, min: bounds.0, max: bounds.1, greedy: !take("?"))
            guard Self.size(result) <= PatternProgram.instructionCountMax else { throw wrong("is too large when its repetitions are written out") }
        }
        return result
    }

    /// `{n}`, `{n,}` or `{n,m}`; anything else is text.
    private mutating func counts() -> (Int, Int?)? {
        let start = place
        place += 1
        func number(_ parser: inout PatternParser) -> Int? {
            var value: Int?
            while let scalar = parser.next, scalar.isASCIIDigit, (value ?? 0) < 100_000 {
                value = (value ?? 0) * 10 + Int(scalar.value - 48)
                parser.place += 1
            }
            return value
        }
        if let low = number(&self) {
            var high: Int? = low
            if take(",") { high = number(&self) }
            if take("}") { return (low, high) }
        }
        place = start
        return nil
    }

    /// Instructions that a tree becomes, to stop before they are written.
    static func size(_ tree: PatternTree) -> Int {
        switch tree {
        case .empty: 0
        case .scalars(let ranges): ranges.count == 1 && ranges[0].upperBound < 128 ? 1 : 2 * ranges.count + 2
        case .sequence(let items): items.reduce(0) { min($0 + size($1), 1 << 30) }
        case .choice(let items): items.reduce(items.count) { min($0 + size($1), 1 << 30) }
        case .times(let item, let low, let high, _): min((size(item) + 1) * max(high ?? low + 1, 1), 1 << 30)
        case .assertion: 1
        }
    }

    private mutating func atom(depth: Int) throws -> PatternTree {
        guard let scalar = next else { return .empty }
        place += 1
        switch scalar {
        case "(": return try group(depth: depth)
        case "[": return try characterClass()
        case ".": return .scalars(PatternClass.complement(flags.dotTakesLines ? [] : [10...10]))
        case "^": return .assertion(flags.isMultiline ? .lineStart : .textStart)
        case "$": return .assertion(flags.isMultiline ? .lineEnd : .textEnd)
        case "\\": return try escape()
        case "*", "+", "?":
            place -= 1
            throw wrong("repeats nothing")
        default: return literal(scalar)
        }
    }

    func single(_ scalar: Unicode.Scalar) -> [ClosedRange<UInt32>] {
        let own = scalar.value...scalar.value
        return widens && (scalar == "(" || scalar == ")" || scalar == ":") ? [own, scalar.value + 0xFEE0...scalar.value + 0xFEE0] : [own]
    }

    private func literal(_ scalar: Unicode.Scalar) -> PatternTree {
        let ranges = single(scalar)
        return .scalars(flags.ignoresCase ? PatternClass.bothCases(ranges) : ranges)
    }

    private mutating func group(depth: Int) throws -> PatternTree {
        let outer = flags
        var isFlagsOnly = false
        if take("?") {
            if take("P") || next == "<" {
                guard take("<") else { throw wrong("has a back reference or an unknown group") }
                guard next != "=", next != "!" else { throw wrong("looks behind, which is not read") }
                while let scalar = next, scalar != ">" {
                    guard scalar.isASCIIWord || scalar == "_" else { throw wrong("has a group name that is none") }
                    place += 1
                }
                guard take(">") else { throw wrong("has a group name without its >") }
            } else {
                isFlagsOnly = try readFlags()
            }
        }
        if isFlagsOnly { return .empty }
        let inner = try choice(depth: depth + 1)
        guard take(")") else { throw wrong("has a ( without its )") }
        flags = outer
        return inner
    }

    /// Reads `i-s:` or `i)`; true when the group ends with it.
    private mutating func readFlags() throws -> Bool {
        var value = true
        while let scalar = next {
            place += 1
            switch scalar {
            case "i": flags.ignoresCase = value
            case "s": flags.dotTakesLines = value
            case "m": flags.isMultiline = value
            case "-": value = false
            case ":": return false
            case ")": return true
            case "=", "!", "<", ">": throw wrong("looks around, which is not read")
            default: throw wrong("has an unknown flag")
            }
        }
        throw wrong("has a ( without its )")
    }
}

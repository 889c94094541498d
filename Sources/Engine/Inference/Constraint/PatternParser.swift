import Core

/// A regular expression to what a JSON text under it may be: characters, `.`, classes, `\d \w \s` and their opposites, groups, `|`, `* + ? {m,n}`, and `^` and `$` around the whole.
///
/// Characters are written in their shortest JSON spelling. Looking ahead, references to groups, `\b` and properties of Unicode are refused.
struct PatternParser {
    private let text: [Unicode.Scalar]
    private var at = 0
    private var depth = 0
    private static let scalarCountMax = 4_096

    init(_ text: String) throws {
        self.text = Array(text.unicodeScalars)
        guard self.text.count <= Self.scalarCountMax else { throw Fault.grammar("a pattern has more than \(Self.scalarCountMax) characters") }
    }

    /// - Parameter anything: what stands before and after where the pattern is not anchored.
    mutating func parse(anything: GrammarExpression) throws -> GrammarExpression {
        let isStart = take("^")
        let choices = try alternatives()
        let isEnd = take("$")
        guard at == text.count else { throw fault(current == "^" || current == "$" ? "^ and $ are supported at the ends only" : "an unexpected mark") }
        guard choices.count == 1 || (!isStart && !isEnd) else { throw fault("alternatives beside ^ or $ need a group around them") }
        return .sequence((isStart ? [] : [anything]) + [choices.count == 1 ? choices[0] : .choice(choices)] + (isEnd ? [] : [anything]))
    }

    private func fault(_ what: String) -> Fault { Fault.grammar("pattern, character \(at + 1): \(what)") }
    private var current: Unicode.Scalar? { at < text.count ? text[at] : nil }

    private mutating func take(_ scalar: Unicode.Scalar) -> Bool {
        guard current == scalar else { return false }
        at += 1
        return true
    }

    private mutating func alternatives() throws -> [GrammarExpression] {
        var choices = [try sequence()]
        while take("|") { choices.append(try sequence()) }
        return choices
    }

    private mutating func sequence() throws -> GrammarExpression {
        var parts: [GrammarExpression] = []
        while let scalar = current, !"|)$^".unicodeScalars.contains(scalar) { parts.append(try quantified(try atom(scalar))) }
        return .sequence(parts)
    }

    private mutating func atom(_ scalar: Unicode.Scalar) throws -> GrammarExpression {
        switch scalar {
        case "(":
            at += 1
            depth += 1
            guard depth <= Grammar.nestingMax else { throw fault("more than \(Grammar.nestingMax) groups inside one another") }
            if take("?"), !take(":") { throw fault("groups that look around or have names are not supported") }
            let choices = try alternatives()
            guard take(")") else { throw fault(") expected") }
            depth -= 1
            return choices.count == 1 ? choices[0] : .choice(choices)
        case "[": return JSONRules.spelled(try characterClass())
        case ".":
            at += 1
            return JSONRules.spelled(GrammarCharacters("\n\r\u{2028}\u{2029}").inverted)
        case "*", "+", "?", "{": throw fault("nothing to repeat")
        default: return JSONRules.spelled(try character())
        }
    }

    private mutating func quantified(_ part: GrammarExpression) throws -> GrammarExpression {
        let bounds: (Int, Int?)
        if take("*") { bounds = (0, nil) } else if take("+") { bounds = (1, nil) } else if take("?") { bounds = (0, 1) } else if take("{") {
            let low = try count()
            var high: Int? = low
            if take(",") { high = current == "}" ? nil : try count() }
            guard take("}"), high ?? low >= low else { throw fault("a repetition like {1,3} expected") }
            bounds = (low, high)
        } else {
            return part
        }
        // Whether the shortest or the longest is looked for makes no difference for what fits.
        _ = take("?")
        if let scalar = current, "*+?{".unicodeScalars.contains(scalar) { throw fault("a repetition of a repetition needs a group") }
        return .repeated(part, bounds.0, bounds.1)
    }

    private mutating func count() throws -> Int {
        let start = at
        while let scalar = current, ("0"..."9").contains(scalar) { at += 1 }
        guard let value = Int(String(String.UnicodeScalarView(text[start..<at]))), value <= Grammar.repetitionMax else { throw fault("a number of repetitions up to \(Grammar.repetitionMax) expected") }
        return value
    }

    private mutating func characterClass() throws -> GrammarCharacters {
        at += 1
        let isInverted = take("^")
        var set = GrammarCharacters([])
        while let scalar = current, scalar != "]" {
            let low = try character()
            if current == "-", at + 1 < text.count, text[at + 1] != "]" {
                at += 1
                let high = try character()
                guard let first = low.ranges.first?.lowerBound, let last = high.ranges.first?.upperBound, low.ranges == [first...first], high.ranges == [last...last], first <= last else {
                    throw fault("a range of two characters expected")
                }
                set = set.union(GrammarCharacters([first...last]))
            } else {
                set = set.union(low)
            }
        }
        guard take("]") else { throw fault("a class of characters does not end") }
        return isInverted ? set.inverted : set
    }

    /// One character, or the class that an escape stands for.
    private mutating func character() throws -> GrammarCharacters {
        guard let scalar = current else { throw fault("a character expected") }
        at += 1
        guard scalar == "\\" else { return GrammarCharacters([scalar.value...scalar.value]) }
        guard let escape = current else { throw fault("an escape does not end") }
        at += 1
        let digits = GrammarCharacters([0x30...0x39]), word = GrammarCharacters([0x30...0x39, 0x41...0x5A, 0x5F...0x5F, 0x61...0x7A])
        let space = GrammarCharacters("\t\n\u{B}\u{C}\r \u{A0}\u{1680}\u{2028}\u{2029}\u{202F}\u{205F}\u{3000}\u{FEFF}").union(GrammarCharacters([0x2000...0x200A]))
        switch escape {
        case "d": return digits
        case "D": return digits.inverted
        case "w": return word
        case "W": return word.inverted
        case "s": return space
        case "S": return space.inverted
        case "n": return GrammarCharacters("\n")
        case "r": return GrammarCharacters("\r")
        case "t": return GrammarCharacters("\t")
        case "f": return GrammarCharacters("\u{C}")
        case "v": return GrammarCharacters("\u{B}")
        case "x": return try hexadecimal(2)
        case "u": return try hexadecimal(4)
        case _ where !(escape.properties.isAlphabetic || ("0"..."9").contains(escape)): return GrammarCharacters([escape.value...escape.value])
        default: throw fault("the escape is not supported")
        }
    }

    private mutating func hexadecimal(_ count: Int) throws -> GrammarCharacters {
        let digits = text[at..<min(text.count, at + count)]
        guard digits.count == count, digits.allSatisfy(\.properties.isASCIIHexDigit), let value = UInt32(String(String.UnicodeScalarView(digits)), radix: 16), Unicode.Scalar(value) != nil else {
            throw fault("\(count) hexadecimal digits of a character expected")
        }
        at += count
        return GrammarCharacters([value...value])
    }
}

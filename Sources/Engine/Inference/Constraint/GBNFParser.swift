import Core

/// Reads GBNF. Numbers of rules are given in the order in which names are first met; `root` is number 0.
struct GBNFParser {
    private let text: [Unicode.Scalar]
    private var at = 0
    private var line = 1
    private var depth = 0
    private var numbers: [String: Int] = ["root": 0]
    private var names = ["root"]
    private var bodies: [Int: GrammarExpression] = [:]
    private var firstUses: [Int: Int] = [:]

    /// - Throws: `inference.grammar` for a text over the bound.
    init(_ text: String) throws {
        guard text.utf8.count <= Grammar.byteCountMax else { throw Fault.grammar("the grammar has more than \(Grammar.byteCountMax) bytes") }
        self.text = Array(text.unicodeScalars)
    }

    mutating func parse() throws -> [GrammarRule] {
        skipSpace(newlines: true)
        while at < text.count {
            let start = line
            let name = try word()
            let number = try number(of: name)
            skipSpace(newlines: false)
            guard take("::=") else { throw fault("::= expected after the name of a rule") }
            skipSpace(newlines: true)
            guard bodies[number] == nil else { throw fault("a second rule of the same name", at: start) }
            bodies[number] = try alternatives(isNested: false)
            guard at == text.count || isNewline(text[at]) else { throw fault("a part, | or the end of the line expected") }
            skipSpace(newlines: true)
        }
        guard bodies[0] != nil else { throw fault("there is no rule root", at: 1) }
        return try names.indices.map { number in
            guard let body = bodies[number] else { throw fault("the rule \(names[number].prefix(64)) is used and nowhere written", at: firstUses[number] ?? 1) }
            return GrammarRule(name: names[number], expression: body)
        }
    }

    private func fault(_ what: String, at line: Int? = nil) -> Fault { Fault.grammar("line \(line ?? self.line): \(what)") }

    private mutating func number(of name: String) throws -> Int {
        if let number = numbers[name] { return number }
        guard names.count < Grammar.ruleCountMax else { throw fault("more than \(Grammar.ruleCountMax) rules") }
        numbers[name] = names.count
        names.append(name)
        return names.count - 1
    }

    private func isWord(_ scalar: Unicode.Scalar) -> Bool { scalar.isASCII && (scalar.properties.isAlphabetic || ("0"..."9").contains(scalar) || scalar == "-" || scalar == "_") }
    private func isNewline(_ scalar: Unicode.Scalar) -> Bool { scalar == "\n" || scalar == "\r" }
    private var current: Unicode.Scalar? { at < text.count ? text[at] : nil }

    private mutating func word() throws -> String {
        let start = at
        while let scalar = current, isWord(scalar) { at += 1 }
        guard at > start else { throw fault("the name of a rule expected") }
        return String(String.UnicodeScalarView(text[start..<at]))
    }

    private mutating func take(_ token: String) -> Bool {
        let scalars = Array(token.unicodeScalars)
        guard text[at...].starts(with: scalars) else { return false }
        at += scalars.count
        return true
    }

    private mutating func skipSpace(newlines: Bool) {
        while let scalar = current {
            if scalar == "#" {
                while let scalar = current, !isNewline(scalar) { at += 1 }
            } else if scalar == " " || scalar == "\t" || (newlines && isNewline(scalar)) {
                if scalar == "\n" { line += 1 }
                at += 1
            } else {
                return
            }
        }
    }

    private mutating func alternatives(isNested: Bool) throws -> GrammarExpression {
        var choices = [try sequence(isNested: isNested)]
        while true {
            // A rule goes on in the next line if that begins with a bar.
            let (place, number) = (at, line)
            skipSpace(newlines: true)
            guard take("|") else {
                if !isNested { (at, line) = (place, number) }
                return choices.count == 1 ? choices[0] : .choice(choices)
            }
            skipSpace(newlines: true)
            choices.append(try sequence(isNested: isNested))
        }
    }

    private mutating func sequence(isNested: Bool) throws -> GrammarExpression {
        var parts: [GrammarExpression] = []
        while let scalar = current, let part = try part(scalar) {
            parts.append(try repeated(part))
            skipSpace(newlines: isNested)
        }
        return parts.count == 1 ? parts[0] : .sequence(parts)
    }

    private mutating func part(_ scalar: Unicode.Scalar) throws -> GrammarExpression? {
        switch scalar {
        case "\"": return try literal()
        case "[": return .scalars(try characterClass())
        case ".":
            at += 1
            return .scalars(.all)
        case "(":
            at += 1
            depth += 1
            guard depth <= Grammar.nestingMax else { throw fault("more than \(Grammar.nestingMax) groups inside one another") }
            skipSpace(newlines: true)
            let inner = try alternatives(isNested: true)
            guard take(")") else { throw fault(") expected") }
            depth -= 1
            return inner
        case _ where isWord(scalar):
            let name = try word()
            let number = try number(of: name)
            if firstUses[number] == nil { firstUses[number] = line }
            return .rule(number)
        default: return nil
        }
    }

    private mutating func repeated(_ part: GrammarExpression) throws -> GrammarExpression {
        var part = part, count = 0
        while let bounds = try repetition() {
            count += 1
            guard count <= Grammar.nestingMax else { throw fault("more than \(Grammar.nestingMax) repetitions of one part") }
            part = .repeated(part, bounds.0, bounds.1)
        }
        return part
    }

    private mutating func repetition() throws -> (Int, Int?)? {
        if take("*") { return (0, nil) }
        if take("+") { return (1, nil) }
        if take("?") { return (0, 1) }
        guard take("{") else { return nil }
        skipSpace(newlines: false)
        let low = current == "," ? 0 : try count()
        skipSpace(newlines: false)
        var high: Int? = low
        if take(",") {
            skipSpace(newlines: false)
            high = current == "}" ? nil : try count()
            skipSpace(newlines: false)
        }
        guard take("}") else { throw fault("} expected") }
        guard (high ?? low) >= low else { throw fault("a repetition whose most is less than its least") }
        return (low, high)
    }

    private mutating func count() throws -> Int {
        let start = at
        while let scalar = current, ("0"..."9").contains(scalar) { at += 1 }
        guard let value = Int(String(String.UnicodeScalarView(text[start..<at]))), value <= Grammar.repetitionMax else { throw fault("a number of repetitions from 0 to \(Grammar.repetitionMax) expected") }
        return value
    }

    private mutating func literal() throws -> GrammarExpression {
        at += 1
        var bytes: [UInt8] = []
        while let scalar = current, scalar != "\"", !isNewline(scalar) { bytes += UTF8.encode(try character()).map(Array.init) ?? [] }
        guard take("\"") else { throw fault("a literal does not end") }
        return .bytes(bytes)
    }

    private mutating func characterClass() throws -> GrammarCharacters {
        at += 1
        let isInverted = take("^")
        var ranges: [ClosedRange<UInt32>] = []
        while let scalar = current, scalar != "]", !isNewline(scalar) {
            let low = try character().value
            var high = low
            if current == "-", at + 1 < text.count, text[at + 1] != "]" {
                at += 1
                high = try character().value
            }
            guard low <= high else { throw fault("a range of characters that runs backwards") }
            ranges.append(low...high)
        }
        guard take("]") else { throw fault("a class of characters does not end") }
        let set = GrammarCharacters(ranges)
        return isInverted ? set.inverted : set
    }

    /// One character of a literal or class, escapes read.
    private mutating func character() throws -> Unicode.Scalar {
        guard let scalar = current else { throw fault("a character expected") }
        at += 1
        guard scalar == "\\" else { return scalar }
        guard let escape = current else { throw fault("an escape does not end") }
        at += 1
        switch escape {
        case "n": return "\n"
        case "r": return "\r"
        case "t": return "\t"
        case "\\", "\"", "[", "]", "-", "^", "/": return escape
        case "x": return try hexadecimal(2)
        case "u": return try hexadecimal(4)
        case "U": return try hexadecimal(8)
        default: throw fault("an unknown escape")
        }
    }

    private mutating func hexadecimal(_ count: Int) throws -> Unicode.Scalar {
        let digits = text[at..<min(text.count, at + count)]
        guard digits.count == count, digits.allSatisfy(\.properties.isASCIIHexDigit), let value = UInt32(String(String.UnicodeScalarView(digits)), radix: 16), let scalar = Unicode.Scalar(value) else {
            throw fault("\(count) hexadecimal digits of a character expected")
        }
        at += count
        return scalar
    }
}

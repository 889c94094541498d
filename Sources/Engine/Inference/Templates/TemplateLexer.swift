/// A piece of a template: text as it stands, the begin or end of a tag, or a word inside one.
struct TemplateToken {
    enum Kind: Equatable {
        case data([UInt8]), variableBegin, variableEnd, blockBegin, blockEnd
        case name(String), text([UInt8]), integer(Int), float(Double), symbol(TemplateSymbol), end
    }

    let kind: Kind
    let offset: Int
}

/// What stands between names: operators and brackets.
enum TemplateSymbol: String, CaseIterable, Sendable {
    case power = "**", integerDivide = "//", equal = "==", notEqual = "!=", greaterOrEqual = ">=", lessOrEqual = "<="
    case plus = "+", minus = "-", divide = "/", multiply = "*", modulo = "%", tilde = "~", less = "<", greater = ">", assign = "="
    case openBracket = "[", closeBracket = "]", openParenthesis = "(", closeParenthesis = ")", openBrace = "{", closeBrace = "}"
    case dot = ".", colon = ":", pipe = "|", comma = ",", semicolon = ";"

    static let two: [UInt16: TemplateSymbol] = Dictionary(
        uniqueKeysWithValues: allCases.filter { $0.rawValue.utf8.count == 2 }.map { symbol in
            (symbol.rawValue.utf8.reduce(UInt16(0)) { $0 << 8 | UInt16($1) }, symbol)
        })
    static let one: [UInt8: TemplateSymbol] = Dictionary(
        uniqueKeysWithValues: allCases.filter { $0.rawValue.utf8.count == 1 }.map { symbol in (symbol.rawValue.utf8.reduce(0) { $1 | $0 }, symbol) })

    /// The bracket that closes this one.
    var closing: TemplateSymbol? {
        switch self {
        case .openBracket: .closeBracket
        case .openParenthesis: .closeParenthesis
        case .openBrace: .closeBrace
        default: nil
        }
    }
}

/// Cuts a template into tokens and settles all questions of white space, as Jinja does with `trim_blocks` and `lstrip_blocks`.
struct TemplateLexer {
    let source: [UInt8]
    var position = 0
    var found: [TemplateToken] = []
    /// Whether the last match ended a line, so that blanks before the next tag are an indent.
    private var isLineStart = true

    init(_ source: [UInt8]) { self.source = source }

    /// Line ends as `\n`, one at the end dropped.
    static func normalized(_ bytes: [UInt8]) -> [UInt8] {
        var out = lineEnds(bytes)
        if out.last == 10 { out.removeLast() }
        return out
    }

    /// Line ends as `\n`.
    static func lineEnds(_ bytes: [UInt8]) -> [UInt8] {
        guard bytes.contains(13) else { return bytes }
        var out: [UInt8] = []
        out.reserveCapacity(bytes.count)
        for (index, byte) in bytes.enumerated() {
            if byte == 10, index > 0, bytes[index - 1] == 13 { continue }
            out.append(byte == 13 ? 10 : byte)
        }
        return out
    }

    mutating func tokens() throws -> [TemplateToken] {
        while position < source.count {
            guard let tag = nextTag(from: position) else {
                found.append(.init(kind: .data(Array(source[position...])), offset: position))
                break
            }
            let kind = source[tag + 1]
            let sign = byte(tag + 2)
            emitData(until: tag, sign: sign, isVariable: kind == UInt8(ascii: "{"))
            position = tag + (isSign(sign) ? 3 : 2)
            switch kind {
            case UInt8(ascii: "#"): try skipComment(from: tag)
            case UInt8(ascii: "{"):
                found.append(.init(kind: .variableBegin, offset: tag))
                try scanTag(isVariable: true, from: tag)
            default:
                if try skipRaw(from: tag) { continue }
                found.append(.init(kind: .blockBegin, offset: tag))
                try scanTag(isVariable: false, from: tag)
            }
        }
        found.append(.init(kind: .end, offset: source.count))
        return found
    }

    func byte(_ index: Int) -> UInt8 { index >= 0 && index < source.count ? source[index] : 0 }
    private func isSign(_ byte: UInt8) -> Bool { byte == UInt8(ascii: "-") || byte == UInt8(ascii: "+") }

    private func nextTag(from start: Int) -> Int? {
        var index = start
        while index + 1 < source.count {
            if source[index] == UInt8(ascii: "{"), [UInt8(ascii: "%"), UInt8(ascii: "{"), UInt8(ascii: "#")].contains(source[index + 1]) { return index }
            index += 1
        }
        return nil
    }

    /// The text before a tag, less the white space that the tag takes.
    private mutating func emitData(until tag: Int, sign: UInt8, isVariable: Bool) {
        var end = tag
        if sign == UInt8(ascii: "-") {
            end = TemplateText.endOfText(source, position..<tag)
        } else if sign != UInt8(ascii: "+"), !isVariable {
            let lineStart = source[position..<tag].lastIndex(of: 10).map { $0 + 1 }
            if let start = lineStart ?? (isLineStart ? position : nil), TemplateText.endOfText(source, start..<tag) == start { end = start }
        }
        if end > position { found.append(.init(kind: .data(Array(source[position..<end])), offset: position)) }
    }

    private mutating func skipSpace() { position = TemplateText.startOfText(source, position..<source.count) }

    /// The end of a tag whose second byte is `close`: with `-` all white space after it goes, else one line end after a block or comment.
    /// - Returns: false, and nothing is read, if no end stands here.
    private mutating func endTag(_ close: UInt8, trimsLine: Bool) -> Bool {
        let sign = byte(position)
        let start = isSign(sign) && (trimsLine || sign == UInt8(ascii: "-")) ? position + 1 : position
        guard byte(start) == close, byte(start + 1) == UInt8(ascii: "}") else { return false }
        position = start + 2
        if sign == UInt8(ascii: "-") {
            skipSpace()
        } else if trimsLine, sign != UInt8(ascii: "+"), byte(position) == 10 {
            position += 1
        }
        isLineStart = byte(position - 1) == 10
        return true
    }

    private mutating func skipComment(from tag: Int) throws {
        while position < source.count {
            if endTag(UInt8(ascii: "#"), trimsLine: true) { return }
            position += 1
        }
        throw TemplateProblem("a comment is not closed", at: tag)
    }

    /// `{% raw %}…{% endraw %}`: the text between goes out as it stands.
    private mutating func skipRaw(from tag: Int) throws -> Bool {
        let saved = position
        skipSpace()
        guard word("raw") else {
            position = saved
            return false
        }
        skipSpace()
        let isTrimmed = byte(position) == UInt8(ascii: "-")
        if isTrimmed { position += 1 }
        guard byte(position) == UInt8(ascii: "%"), byte(position + 1) == UInt8(ascii: "}") else {
            position = saved
            return false
        }
        position += 2
        if isTrimmed { skipSpace() }
        isLineStart = byte(position - 1) == 10
        let start = position
        while position < source.count {
            let begin = position
            if byte(begin) == UInt8(ascii: "{"), byte(begin + 1) == UInt8(ascii: "%") {
                let sign = byte(begin + 2)
                position += isSign(sign) ? 3 : 2
                skipSpace()
                if word("endraw") {
                    skipSpace()
                    let end = position
                    position = start
                    emitData(until: begin, sign: sign, isVariable: false)
                    position = end
                    if endTag(UInt8(ascii: "%"), trimsLine: true) { return true }
                }
            }
            position = begin + 1
        }
        throw TemplateProblem("a raw block is not closed", at: tag)
    }

    private mutating func word(_ word: String) -> Bool {
        let bytes = Array(word.utf8)
        guard source.count - position >= bytes.count, Array(source[position..<position + bytes.count]) == bytes else { return false }
        position += bytes.count
        return true
    }

    private mutating func scanTag(isVariable: Bool, from tag: Int) throws {
        var brackets: [TemplateSymbol] = []
        let close = UInt8(ascii: isVariable ? "}" : "%")
        while true {
            if brackets.isEmpty {
                let start = position
                if endTag(close, trimsLine: !isVariable) {
                    found.append(.init(kind: isVariable ? .variableEnd : .blockEnd, offset: start))
                    return
                }
            }
            guard position < source.count else { throw TemplateProblem("a tag is not closed", at: tag) }
            let before = position
            skipSpace()
            if position > before { continue }
            let token = try scanWord()
            found.append(token)
            guard case .symbol(let symbol) = token.kind else { continue }
            if let closing = symbol.closing {
                brackets.append(closing)
            } else if [.closeBracket, .closeParenthesis, .closeBrace].contains(symbol), brackets.popLast() != symbol {
                throw TemplateProblem("unexpected '\(symbol.rawValue)'", at: token.offset)
            }
        }
    }
}

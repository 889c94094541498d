/// Words inside tags: names, numbers, quoted texts and symbols.
extension TemplateLexer {
    mutating func scanWord() throws -> TemplateToken {
        let start = position
        let first = byte(start)
        if first == UInt8(ascii: "'") || first == UInt8(ascii: "\"") { return .init(kind: .text(try scanText()), offset: start) }
        if isDigit(first) { return .init(kind: try scanNumber(), offset: start) }
        if isNamePart(start) {
            while isNamePart(position) { position += TemplateText.scalar(source, at: position).length }
            let name = String(decoding: source[start..<position], as: UTF8.self)
            guard name.unicodeScalars.first?.properties.isXIDStart == true || first == UInt8(ascii: "_") else {
                throw TemplateProblem("a name begins with a character that no name begins with", at: start)
            }
            return .init(kind: .name(name), offset: start)
        }
        if let symbol = TemplateSymbol.two[UInt16(first) << 8 | UInt16(byte(start + 1))] {
            position += 2
            return .init(kind: .symbol(symbol), offset: start)
        }
        guard let symbol = TemplateSymbol.one[first] else { throw TemplateProblem("unexpected character", at: start) }
        position += 1
        return .init(kind: .symbol(symbol), offset: start)
    }

    private func isDigit(_ byte: UInt8) -> Bool { byte &- 48 < 10 }

    private func isNamePart(_ index: Int) -> Bool {
        let first = byte(index)
        if first < 0x80 { return isDigit(first) || (first | 0x20) &- 97 < 26 || first == UInt8(ascii: "_") }
        return TemplateText.scalar(source, at: index).scalar.properties.isXIDContinue
    }

    // MARK: - Numbers

    private mutating func scanNumber() throws -> TemplateToken.Kind {
        let start = position
        if let value = try scanPrefixed() { return .integer(value) }
        var end = digits(from: start) { self.isDigit($0) }
        // After a dot a number is an index: `x.0.1` holds no decimal.
        if byte(start &- 1) != UInt8(ascii: "."), let decimal = endOfDecimal(from: end) {
            position = decimal
            let text = String(decoding: source[start..<decimal].filter { $0 != UInt8(ascii: "_") }, as: UTF8.self)
            guard let value = Double(text) else { throw TemplateProblem("a number is malformed", at: start) }
            return .float(value)
        }
        if source[start] == UInt8(ascii: "0") { end = digits(from: start) { $0 == UInt8(ascii: "0") } }
        position = end
        guard let value = Int(String(decoding: source[start..<end].filter { $0 != UInt8(ascii: "_") }, as: UTF8.self)) else {
            throw TemplateProblem("an integer needs more than 64 bits", at: start)
        }
        return .integer(value)
    }

    /// `0x1F`, `0o17`, `0b11`.
    private mutating func scanPrefixed() throws -> Int? {
        let start = position
        guard source[start] == UInt8(ascii: "0") else { return nil }
        let radix = [UInt8(ascii: "x"): 16, UInt8(ascii: "o"): 8, UInt8(ascii: "b"): 2][byte(start + 1) | 0x20]
        guard let radix else { return nil }
        let end = digits(from: start + 2) { Character(Unicode.Scalar($0)).hexDigitValue.map { $0 < radix } == true }
        guard end > start + 2 else { return nil }
        position = end
        guard let value = Int(String(decoding: source[start + 2..<end].filter { $0 != UInt8(ascii: "_") }, as: UTF8.self), radix: radix) else {
            throw TemplateProblem("an integer needs more than 64 bits", at: start)
        }
        return value
    }

    /// The end of digits, with single underscores between them.
    private func digits(from start: Int, _ isDigit: (UInt8) -> Bool) -> Int {
        var end = start
        while end < source.count {
            if isDigit(source[end]) {
                end += 1
            } else if source[end] == UInt8(ascii: "_"), end > start, end + 1 < source.count, isDigit(source[end + 1]) {
                end += 2
            } else {
                break
            }
        }
        return end
    }

    private func endOfDecimal(from start: Int) -> Int? {
        var end = start
        if byte(end) == UInt8(ascii: "."), isDigit(byte(end + 1)) { end = digits(from: end + 1) { self.isDigit($0) } }
        if byte(end) | 0x20 == UInt8(ascii: "e") {
            let signed = byte(end + 1) == UInt8(ascii: "+") || byte(end + 1) == UInt8(ascii: "-")
            let exponent = end + (signed ? 2 : 1)
            if isDigit(byte(exponent)) { end = digits(from: exponent) { self.isDigit($0) } }
        }
        return end > start ? end : nil
    }

    // MARK: - Quoted texts

    private mutating func scanText() throws -> [UInt8] {
        let start = position
        let quote = source[start]
        var out: [UInt8] = []
        position += 1
        while position < source.count {
            let byte = source[position]
            if byte == quote {
                position += 1
                return out
            }
            position += 1
            if byte == UInt8(ascii: "\\") { try scanEscape(into: &out, start) } else { out.append(byte) }
        }
        throw TemplateProblem("a text is not closed", at: start)
    }

    private static let escapes: [UInt8: UInt8] = [
        UInt8(ascii: "n"): 10, UInt8(ascii: "t"): 9, UInt8(ascii: "r"): 13, UInt8(ascii: "a"): 7, UInt8(ascii: "b"): 8, UInt8(ascii: "f"): 12, UInt8(ascii: "v"): 11,
        UInt8(ascii: "\\"): 92, UInt8(ascii: "'"): 39, UInt8(ascii: "\""): 34,
    ]

    /// The escapes of Python's texts, but for names of characters; an unknown one stays as it stands.
    private mutating func scanEscape(into out: inout [UInt8], _ start: Int) throws {
        guard position < source.count else { throw TemplateProblem("a text is not closed", at: start) }
        let byte = source[position]
        position += 1
        if let value = Self.escapes[byte] { return out.append(value) }
        switch byte {
        case 10: return
        case UInt8(ascii: "x"): try scanCode(digits: 2, radix: 16, into: &out)
        case UInt8(ascii: "u"): try scanCode(digits: 4, radix: 16, into: &out)
        case UInt8(ascii: "U"): try scanCode(digits: 8, radix: 16, into: &out)
        case UInt8(ascii: "N"): throw TemplateProblem("names of characters in texts are not supported", at: position - 2)
        case UInt8(ascii: "0")...UInt8(ascii: "7"):
            position -= 1
            var count = 1
            while count < 3, (UInt8(ascii: "0")...UInt8(ascii: "7")).contains(self.byte(position + count)) { count += 1 }
            try scanCode(digits: count, radix: 8, into: &out)
        default: out += [UInt8(ascii: "\\"), byte]
        }
    }

    private mutating func scanCode(digits: Int, radix: Int, into out: inout [UInt8]) throws {
        let end = position + digits
        guard end <= source.count, source[position..<end].allSatisfy({ Character(Unicode.Scalar($0)).isHexDigit }),
            let code = UInt32(String(decoding: source[position..<end], as: UTF8.self), radix: radix), let scalar = Unicode.Scalar(code)
        else { throw TemplateProblem("an escape in a text is malformed or names no character", at: position - 2) }
        position = end
        TemplateText.append(scalar, to: &out)
    }
}

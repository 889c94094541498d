/// A recursive-descent JSON reader (RFC 8259) over bytes, bounded in depth. Written here because Foundation's reader costs about
/// 250 ns a byte on small objects, and because a journal needs offsets in its errors.
struct JSONParser {
    let bytes: [UInt8]
    let depthMax: Int
    /// See ``JSONValue/init(parsing:depthMax:listing:)``.
    let listed: Set<String>
    private var position = 0
    private var depth = 0

    init(bytes: [UInt8], depthMax: Int, listed: Set<String> = []) {
        self.bytes = bytes
        self.depthMax = depthMax
        self.listed = listed
    }

    mutating func parseDocument() throws -> JSONValue {
        let value = try parseValue()
        skipSpace()
        guard position == bytes.count else { throw fault("text after the value") }
        return value
    }

    private func fault(_ what: String) -> Fault {
        Fault(.json, "JSON: \(what) at byte \(position)", remedy: "check the text with a JSON validator")
    }

    private var current: UInt8? { position < bytes.count ? bytes[position] : nil }

    private mutating func skipSpace() {
        while let byte = current, byte == 0x20 || byte == 0x0A || byte == 0x0D || byte == 0x09 { position += 1 }
    }

    private mutating func parseValue() throws -> JSONValue {
        skipSpace()
        switch current {
        case UInt8(ascii: "{"): return try nested { try $0.parseObject() }
        case UInt8(ascii: "["): return try nested { try $0.parseArray() }
        case UInt8(ascii: "\""): return .string(try parseString())
        case UInt8(ascii: "t"): return try parseWord("true", .bool(true))
        case UInt8(ascii: "f"): return try parseWord("false", .bool(false))
        case UInt8(ascii: "n"): return try parseWord("null", .null)
        case nil: throw fault("the text ends where a value should begin")
        default: return try parseNumber()
        }
    }

    private mutating func nested(_ body: (inout JSONParser) throws -> JSONValue) throws -> JSONValue {
        depth += 1
        guard depth <= depthMax else { throw fault("more than \(depthMax) levels") }
        defer { depth -= 1 }
        position += 1
        return try body(&self)
    }

    private mutating func parseWord(_ word: StaticString, _ value: JSONValue) throws -> JSONValue {
        let expected = Array("\(word)".utf8)
        guard bytes[position...].starts(with: expected) else { throw fault("unknown word") }
        position += expected.count
        return value
    }

    private mutating func parseArray() throws -> JSONValue {
        var values: [JSONValue] = []
        skipSpace()
        if current == UInt8(ascii: "]") {
            position += 1
            return .array(values)
        }
        while true {
            values.append(try parseValue())
            guard try continues(closing: UInt8(ascii: "]")) else { return .array(values) }
        }
    }

    private mutating func parseObject() throws -> JSONValue {
        var members: [String: JSONValue] = [:]
        skipSpace()
        if current == UInt8(ascii: "}") {
            position += 1
            return .object(members)
        }
        while true {
            skipSpace()
            guard current == UInt8(ascii: "\"") else { throw fault("an object key must be a string") }
            let key = try parseString()
            skipSpace()
            guard current == UInt8(ascii: ":") else { throw fault("':' expected") }
            position += 1
            skipSpace()
            let isListed = !listed.isEmpty && current == UInt8(ascii: "{") && listed.contains(key)
            // The last of two equal keys wins, as in JavaScript.
            members[key] = isListed ? try nested { try $0.parseMemberList() } : try parseValue()
            guard try continues(closing: UInt8(ascii: "}")) else { return .object(members) }
        }
    }

    /// The members of an object as key, value, key, value ….
    private mutating func parseMemberList() throws -> JSONValue {
        var values: [JSONValue] = []
        skipSpace()
        if current == UInt8(ascii: "}") {
            position += 1
            return .array(values)
        }
        while true {
            skipSpace()
            guard current == UInt8(ascii: "\"") else { throw fault("an object key must be a string") }
            values.append(.string(try parseString()))
            skipSpace()
            guard current == UInt8(ascii: ":") else { throw fault("':' expected") }
            position += 1
            values.append(try parseValue())
            guard try continues(closing: UInt8(ascii: "}")) else { return .array(values) }
        }
    }

    /// After an element: true at a comma, false at the closing byte.
    private mutating func continues(closing: UInt8) throws -> Bool {
        skipSpace()
        guard let byte = current, byte == closing || byte == UInt8(ascii: ",") else { throw fault("',' or the closing bracket expected") }
        position += 1
        return byte != closing
    }

    private mutating func parseNumber() throws -> JSONValue {
        let start = position
        var isInteger = true
        while let byte = current {
            switch byte {
            case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"): position += 1
            case UInt8(ascii: "+"), UInt8(ascii: "."), UInt8(ascii: "e"), UInt8(ascii: "E"):
                isInteger = false
                position += 1
            default:
                return try number(from: start, isInteger: isInteger)
            }
        }
        return try number(from: start, isInteger: isInteger)
    }

    private func number(from start: Int, isInteger: Bool) throws -> JSONValue {
        // Swift reads forms that JSON does not have: "+1", "01", "1.", ".5".
        guard Self.isNumber(bytes[start..<position]) else { throw fault("not a number") }
        let text = String(decoding: bytes[start..<position], as: UTF8.self)
        if isInteger, let value = Int(text) { return .int(value) }
        guard let value = Double(text), value.isFinite else { throw fault("not a number") }
        return .double(value)
    }

    /// RFC 8259, section 6: minus, an integer without leading zeros, fraction, exponent.
    private static func isNumber(_ text: ArraySlice<UInt8>) -> Bool {
        var rest = text
        func isDigit(_ byte: UInt8) -> Bool { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte) }
        func dropDigits() -> Int {
            let count = rest.prefix(while: isDigit).count
            rest = rest.dropFirst(count)
            return count
        }
        if rest.first == UInt8(ascii: "-") { rest = rest.dropFirst() }
        let startsWithZero = rest.first == UInt8(ascii: "0")
        let integerCount = dropDigits()
        guard integerCount == 1 || (integerCount > 1 && !startsWithZero) else { return false }
        if rest.first == UInt8(ascii: ".") {
            rest = rest.dropFirst()
            guard dropDigits() > 0 else { return false }
        }
        if rest.first == UInt8(ascii: "e") || rest.first == UInt8(ascii: "E") {
            rest = rest.dropFirst()
            if rest.first == UInt8(ascii: "+") || rest.first == UInt8(ascii: "-") { rest = rest.dropFirst() }
            guard dropDigits() > 0 else { return false }
        }
        return rest.isEmpty
    }

    private mutating func parseString() throws -> String {
        position += 1
        var out: [UInt8] = []
        while let byte = current {
            position += 1
            switch byte {
            case UInt8(ascii: "\""):
                guard let string = String(validating: out, as: UTF8.self) else { throw fault("a string is not UTF-8") }
                return string
            case UInt8(ascii: "\\"): try parseEscape(into: &out)
            case 0..<0x20: throw fault("a control character inside a string")
            default: out.append(byte)
            }
        }
        throw fault("a string does not end")
    }

    private mutating func parseEscape(into out: inout [UInt8]) throws {
        guard let byte = current else { throw fault("a string does not end") }
        position += 1
        switch byte {
        case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"): out.append(byte)
        case UInt8(ascii: "b"): out.append(0x08)
        case UInt8(ascii: "f"): out.append(0x0C)
        case UInt8(ascii: "n"): out.append(0x0A)
        case UInt8(ascii: "r"): out.append(0x0D)
        case UInt8(ascii: "t"): out.append(0x09)
        case UInt8(ascii: "u"):
            let scalar = try parseUnicodeEscape()
            out.append(contentsOf: Array(String(Character(scalar)).utf8))
        default: throw fault("unknown escape")
        }
    }

    private mutating func parseUnicodeEscape() throws -> Unicode.Scalar {
        let high = try parseHex4()
        guard (0xD800..<0xDC00).contains(high) else {
            guard let scalar = Unicode.Scalar(high) else { throw fault("a lone surrogate") }
            return scalar
        }
        guard current == UInt8(ascii: "\\"), position + 1 < bytes.count, bytes[position + 1] == UInt8(ascii: "u") else {
            throw fault("a lone surrogate")
        }
        position += 2
        let low = try parseHex4()
        guard (0xDC00..<0xE000).contains(low), let scalar = Unicode.Scalar(0x10000 + (high - 0xD800) << 10 + (low - 0xDC00)) else {
            throw fault("a lone surrogate")
        }
        return scalar
    }

    private mutating func parseHex4() throws -> UInt32 {
        // UInt32 would take a sign.
        guard position + 4 <= bytes.count, bytes[position] != UInt8(ascii: "+"), bytes[position] != UInt8(ascii: "-"),
            let value = UInt32(String(decoding: bytes[position..<position + 4], as: UTF8.self), radix: 16)
        else { throw fault("four hexadecimal digits expected") }
        position += 4
        return value
    }
}

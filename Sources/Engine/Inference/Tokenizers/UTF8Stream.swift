/// Turns bytes that arrive in pieces into text: complete characters come out at once, the first bytes of an incomplete one wait for the rest.
///
/// The concatenation of all that `take` and `finish` give equals `String(decoding:as:)` of all bytes: whatever is no UTF-8 becomes U+FFFD.
///
/// ```swift
/// var stream = UTF8Stream()
/// for token in answer { stream.append(tokenizer.bytes(of: token, showsSpecials: false)); show(stream.take()) }
/// show(stream.finish())
/// ```
public struct UTF8Stream: Sendable {
    private var pending: [UInt8] = []

    public init() {}

    /// Adds the bytes of the next token.
    public mutating func append(_ bytes: some Sequence<UInt8>) { pending.append(contentsOf: bytes) }

    /// All text that is complete; at most three bytes stay behind, the beginning of a character.
    public mutating func take() -> String {
        let complete = pending.count - Self.incompleteSuffix(pending)
        guard complete > 0 else { return "" }
        defer { pending.removeFirst(complete) }
        return String(decoding: pending[..<complete], as: UTF8.self)
    }

    /// The rest; an incomplete character becomes U+FFFD. The stream is empty after it.
    public mutating func finish() -> String {
        defer { pending = [] }
        return String(decoding: pending, as: UTF8.self)
    }

    /// How many bytes at the end, up to three, begin a character that is valid so far (Unicode 16, table 3-7).
    private static func incompleteSuffix(_ bytes: [UInt8]) -> Int {
        for count in 1...3 where count <= bytes.count {
            let lead = bytes[bytes.count - count]
            if lead & 0xC0 == 0x80 { continue }
            let needed = lead >= 0xF0 ? 4 : lead >= 0xE0 ? 3 : 2
            guard (0xC2...0xF4).contains(lead), needed > count else { return 0 }
            return count == 1 || secondBytes(after: lead).contains(bytes[bytes.count - count + 1]) ? count : 0
        }
        return 0
    }

    private static func secondBytes(after lead: UInt8) -> ClosedRange<UInt8> {
        switch lead {
        case 0xE0: 0xA0...0xBF
        case 0xED: 0x80...0x9F
        case 0xF0: 0x90...0xBF
        case 0xF4: 0x80...0x8F
        default: 0x80...0xBF
        }
    }
}

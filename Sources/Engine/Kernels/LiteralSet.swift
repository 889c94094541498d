import CKernels

/// Texts to find together: a filter by the hash of their first four or six bytes, then a comparison. One that begins with a letter is found at the start of words only. Building takes time and memory in the order of their bytes.
public final class LiteralSet: Sendable {
    /// A text to find.
    public struct Literal: Sendable {
        public let bytes: [UInt8]
        /// What a ``ByteScan/Hit`` names it by.
        public let id: UInt32
        /// In any case of ASCII letters.
        public let isFolded: Bool
        /// Where it begins or ends with an ASCII letter, a word or a hump of camel case begins or ends there.
        public let isWord: Bool

        /// - Parameter bytes: At least four, or two when they are ASCII letters and a word.
        public init(_ bytes: [UInt8], id: UInt32, isFolded: Bool, isWord: Bool) {
            self.bytes = bytes
            self.id = id
            self.isFolded = isFolded
            self.isWord = isWord
        }
    }

    private let filter: [UInt64]
    private let heads: [Int32]
    private let entries: [Entry]
    private let bytes: [UInt8]
    private let hasShort: Bool
    private let hasShortOther: Bool

    /// As `ck_literal` lies in memory.
    private struct Entry { var offset, length, flags, id: UInt32, next: Int32 }

    public init(_ literals: [Literal]) {
        let slots = 1 << CK_LITERAL_BITS
        var filter = [UInt64](repeating: 0, count: slots / 64)
        var heads = [Int32](repeating: -1, count: slots)
        var entries: [Entry] = []
        var bytes: [UInt8] = []
        var hasShort = false
        var hasShortOther = false
        for literal in literals {
            let text = literal.isFolded ? literal.bytes.map { (65...90).contains($0) ? $0 | 32 : $0 } : literal.bytes
            precondition(text.count >= 4 || (text.count >= 2 && literal.isWord), "a literal of less than four bytes must be a word")
            hasShort = hasShort || text.count < 4
            hasShortOther = hasShortOther || (text.count < 6 && text[0] >= 128)
            let slot = Int(unsafe text.withUnsafeBufferPointer { unsafe ck_literal_hash($0.baseAddress, UInt32($0.count)) })
            let flags = UInt32((literal.isFolded ? CK_LITERAL_FOLDED : 0) | (literal.isWord ? CK_LITERAL_WORD : 0))
            entries.append(Entry(offset: UInt32(bytes.count), length: UInt32(text.count), flags: flags, id: literal.id, next: heads[slot]))
            heads[slot] = Int32(entries.count - 1)
            filter[slot / 64] |= 1 << UInt64(slot % 64)
            bytes += text
        }
        (self.filter, self.heads, self.entries, self.bytes) = (filter, heads, entries, bytes)
        (self.hasShort, self.hasShortOther) = (hasShort, hasShortOther)
    }

    func withTable<Result>(_ body: (UnsafePointer<ck_literals>) -> Result) -> Result {
        unsafe filter.withUnsafeBufferPointer { filter in
            unsafe heads.withUnsafeBufferPointer { heads in
                unsafe entries.withUnsafeBytes { entries in
                    unsafe bytes.withUnsafeBufferPointer { bytes in
                        var table = unsafe ck_literals(
                            filter: filter.baseAddress, heads: heads.baseAddress, entries: entries.baseAddress?.assumingMemoryBound(to: ck_literal.self), bytes: bytes.baseAddress,
                            has_short: hasShort ? 1 : 0, has_short_other: hasShortOther ? 1 : 0)
                        return unsafe withUnsafePointer(to: &table) { unsafe body($0) }
                    }
                }
            }
        }
    }
}

import CKernels

/// Texts to find together: filters by their first bytes, then a comparison. One that begins with a letter is found at the start of words only. Building takes time and memory in the order of their bytes.
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
    private let slots: [Slot]
    private let entries: [Entry]
    private let bytes: [UInt8]
    private let begins: [UInt8]
    private let starts: [UInt64]
    private let always: [UInt8]
    private let others: [UInt8]

    /// As `ck_literal_slot` lies in memory.
    private struct Slot { var tag: UInt32, first: Int32 }
    /// As `ck_literal` lies in memory.
    private struct Entry { var offset, length, flags, id: UInt32, next: Int32 }

    public init(_ literals: [Literal]) {
        var slotCount = 1 << 12
        while slotCount < 3 * literals.count { slotCount *= 2 }
        var filter = [UInt64](repeating: 0, count: (1 << CK_LITERAL_FILTER_BITS) / 64)
        var starts = [UInt64](repeating: 0, count: (1 << CK_LITERAL_START_BITS) / 64)
        var always = [UInt8](repeating: 0, count: 256)
        var slots = [Slot](repeating: Slot(tag: 0, first: -1), count: slotCount)
        var entries: [Entry] = []
        var bytes: [UInt8] = []
        var begins = [UInt8](repeating: 0, count: 256)
        for literal in literals {
            let text = literal.isFolded ? literal.bytes.map { (65...90).contains($0) ? $0 | 32 : $0 } : literal.bytes
            precondition(text.count >= 4 || (text.count >= 2 && literal.isWord), "a literal of less than four bytes must be a word")
            begins[Int(text[0])] = 1
            if literal.isFolded, (97...122).contains(text[0]) { begins[Int(text[0]) - 32] = 1 }
            let hash = unsafe text.withUnsafeBufferPointer { unsafe ck_literal_hash($0.baseAddress, UInt32($0.count)) }
            let tag = UInt32(truncatingIfNeeded: hash >> 32)
            var slot = Int(hash >> 40) & (slotCount - 1)
            while slots[slot].first >= 0, slots[slot].tag != tag { slot = (slot + 1) & (slotCount - 1) }
            let flags = UInt32((literal.isFolded ? CK_LITERAL_FOLDED : 0) | (literal.isWord ? CK_LITERAL_WORD : 0))
            entries.append(Entry(offset: UInt32(bytes.count), length: UInt32(text.count), flags: flags, id: literal.id, next: slots[slot].first))
            slots[slot] = Slot(tag: tag, first: Int32(entries.count - 1))
            unsafe filter.withUnsafeMutableBufferPointer { filter in
                unsafe starts.withUnsafeMutableBufferPointer { starts in
                    unsafe always.withUnsafeMutableBufferPointer { always in
                        unsafe text.withUnsafeBufferPointer { text in
                            unsafe ck_literal_note(filter.baseAddress, starts.baseAddress, always.baseAddress, text.baseAddress, UInt32(text.count))
                        }
                    }
                }
            }
            bytes += text
        }
        // Nothing begins with a blank or within a scalar.
        for byte in Array(0...32) + Array(0x80...0xBF) { begins[byte] = 0 }
        var others = [UInt8](repeating: 0, count: 16)
        for byte in 33..<128 where begins[byte] == 1 && !(97...122).contains(byte | 32) { others[byte & 15] |= 1 << (UInt8(byte) >> 4) }
        // Comparisons read eight bytes at a time.
        bytes += [UInt8](repeating: 0, count: 8)
        (self.filter, self.slots, self.entries, self.bytes) = (filter, slots, entries, bytes)
        (self.begins, self.starts, self.always, self.others) = (begins, starts, always, others)
    }

    func withTable<Result>(_ body: (UnsafePointer<ck_literals>) -> Result) -> Result {
        unsafe filter.withUnsafeBufferPointer { filter in
            unsafe slots.withUnsafeBytes { slots in
                unsafe entries.withUnsafeBytes { entries in
                    unsafe bytes.withUnsafeBufferPointer { bytes in unsafe withTable(filter, slots, entries, bytes, body) }
                }
            }
        }
    }

    private func withTable<Result>(
        _ filter: UnsafeBufferPointer<UInt64>, _ slots: UnsafeRawBufferPointer, _ entries: UnsafeRawBufferPointer, _ bytes: UnsafeBufferPointer<UInt8>,
        _ body: (UnsafePointer<ck_literals>) -> Result
    ) -> Result {
        unsafe begins.withUnsafeBufferPointer { begins in
            unsafe starts.withUnsafeBufferPointer { starts in
                unsafe always.withUnsafeBufferPointer { always in
                    unsafe others.withUnsafeBufferPointer { others in
                        var table = unsafe ck_literals(
                            filter: filter.baseAddress, slots: slots.baseAddress?.assumingMemoryBound(to: ck_literal_slot.self), slot_mask: UInt32(self.slots.count - 1),
                            entries: entries.baseAddress?.assumingMemoryBound(to: ck_literal.self), bytes: bytes.baseAddress, begins: begins.baseAddress,
                            starts: starts.baseAddress, always: always.baseAddress, others: others.baseAddress)
                        return unsafe withUnsafePointer(to: &table) { unsafe body($0) }
                    }
                }
            }
        }
    }
}

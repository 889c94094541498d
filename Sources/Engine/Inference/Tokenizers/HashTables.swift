/// Hashes that a hostile vocabulary cannot aim at: the seed differs from process to process. It changes no result, only where entries lie.
enum SeededHash {
    static let seed = UInt64(truncatingIfNeeded: Hasher().finalize()) | 1

    @inline(__always)
    static func mixed(_ value: UInt64, _ seed: UInt64) -> UInt64 {
        let product = (value ^ seed).multipliedFullWidth(by: 0x9E37_79B9_7F4A_7C15 ^ (seed << 1))
        return product.high ^ product.low
    }

    @inline(__always)
    static func of(_ bytes: [UInt8], _ range: Range<Int>, _ seed: UInt64) -> UInt64 {
        var hash = seed ^ UInt64(truncatingIfNeeded: range.count)
        var word: UInt64 = 0, filled = 0
        for index in range {
            word = word << 8 | UInt64(bytes[index])
            filled += 1
            if filled == 8 {
                hash = mixed(hash ^ word, seed)
                (word, filled) = (0, 0)
            }
        }
        return mixed(hash ^ word, seed)
    }
}

/// Byte strings numbered in the order in which they were added. Their bytes lie one after another, so that a hundred thousand tokens are two allocations.
struct ByteTable: Sendable {
    private(set) var bytes: [UInt8] = []
    private var ends: [Int32] = []
    private var slots: [Int32]
    private let seed = SeededHash.seed

    init(capacity: Int) {
        slots = Array(repeating: -1, count: Self.slotCount(capacity))
        ends.reserveCapacity(capacity)
    }

    /// A power of two at least twice the entries, so that probing ends soon.
    static func slotCount(_ capacity: Int) -> Int {
        var count = 16
        while count < capacity * 2 { count *= 2 }
        return count
    }

    var count: Int { ends.count }

    /// Where entry `index` lies in `bytes`.
    @inline(__always)
    func range(_ index: Int) -> Range<Int> { (index == 0 ? 0 : Int(ends[index - 1]))..<Int(ends[index]) }

    /// The number of the string in `range` of `text`; nil if it was never added.
    @inline(__always)
    func find(_ text: [UInt8], _ range: Range<Int>) -> Int32? {
        let found = slots[slot(text, range)]
        return found < 0 ? nil : found
    }

    /// Appends an entry that lookups do not find.
    mutating func addHidden(_ entry: [UInt8]) {
        bytes += entry
        ends.append(Int32(bytes.count))
    }

    /// Appends an entry. If an equal one was added before, lookups go on finding that.
    mutating func add(_ entry: [UInt8]) {
        if (count + 1) * 2 > slots.count { grow() }
        let place = slot(entry, 0..<entry.count)
        addHidden(entry)
        if slots[place] < 0 { slots[place] = Int32(count - 1) }
    }

    private mutating func grow() {
        let old = slots.filter { $0 >= 0 }
        slots = Array(repeating: -1, count: slots.count * 2)
        for entry in old { slots[slot(bytes, range(Int(entry)))] = entry }
    }

    private func slot(_ text: [UInt8], _ range: Range<Int>) -> Int {
        let mask = slots.count - 1
        var place = Int(truncatingIfNeeded: SeededHash.of(text, range, seed)) & mask
        while slots[place] >= 0, !isEqual(Int(slots[place]), text, range) { place = (place + 1) & mask }
        return place
    }

    private func isEqual(_ entry: Int, _ text: [UInt8], _ range: Range<Int>) -> Bool {
        let own = self.range(entry)
        guard own.count == range.count else { return false }
        for offset in 0..<own.count where bytes[own.lowerBound + offset] != text[range.lowerBound + offset] { return false }
        return true
    }
}

/// What becomes of two symbols side by side: a rank and the merged symbol, by the pair.
struct PairTable: Sendable {
    /// Keys and values in turn; a key is left × 2³² + right, a value rank × 2³² + merged.
    private var slots: [UInt64]
    private(set) var count = 0
    private let seed = SeededHash.seed

    /// The value of pairs that do not merge; greater than any other.
    static let none = UInt64.max

    init(capacity: Int) { slots = Array(repeating: Self.none, count: ByteTable.slotCount(capacity) * 2) }

    @inline(__always)
    static func key(_ left: Int32, _ right: Int32) -> UInt64 { UInt64(UInt32(bitPattern: left)) << 32 | UInt64(UInt32(bitPattern: right)) }

    @inline(__always)
    func value(_ left: Int32, _ right: Int32) -> UInt64 {
        let key = Self.key(left, right)
        let mask = slots.count - 2
        var place = Int(truncatingIfNeeded: SeededHash.mixed(key, seed)) &* 2 & mask
        while slots[place] != key {
            if slots[place] == Self.none { return Self.none }
            place = (place + 2) & mask
        }
        return slots[place + 1]
    }

    /// Adds a pair; the first value of a pair stays.
    mutating func add(_ left: Int32, _ right: Int32, rank: UInt32, merged: Int32) {
        if (count + 1) * 4 > slots.count { grow() }
        insert(Self.key(left, right), UInt64(rank) << 32 | UInt64(UInt32(bitPattern: merged)))
    }

    private mutating func insert(_ key: UInt64, _ value: UInt64) {
        let mask = slots.count - 2
        var place = Int(truncatingIfNeeded: SeededHash.mixed(key, seed)) &* 2 & mask
        while slots[place] != Self.none {
            if slots[place] == key { return }
            place = (place + 2) & mask
        }
        (slots[place], slots[place + 1]) = (key, value)
        count += 1
    }

    private mutating func grow() {
        let old = slots
        slots = Array(repeating: Self.none, count: old.count * 2)
        count = 0
        for place in stride(from: 0, to: old.count, by: 2) where old[place] != Self.none { insert(old[place], old[place + 1]) }
    }
}

import Core

/// SipHash-2-4 (Aumasson and Bernstein 2012, "SipHash: a fast short-input PRF"), byte by byte: without the 128-bit key nobody can tell a hash from chance, nor test a guess.
struct SipHash {
    private var v0, v1, v2, v3: UInt64
    /// Bytes that do not yet fill a word, the first lowest.
    private var tail: UInt64 = 0
    private var count: UInt64 = 0

    init(_ key: ExactKey) {
        v0 = key.low ^ 0x736F_6D65_7073_6575
        v1 = key.high ^ 0x646F_7261_6E64_6F6D
        v2 = key.low ^ 0x6C79_6765_6E65_7261
        v3 = key.high ^ 0x7465_6462_7974_6573
    }

    mutating func add(_ byte: UInt8) {
        tail |= UInt64(byte) << (8 * (count & 7))
        count &+= 1
        guard count & 7 == 0 else { return }
        compress(tail)
        tail = 0
    }

    mutating func add(_ bytes: some Sequence<UInt8>) { for byte in bytes { add(byte) } }

    /// Adds a scalar as UTF-8 writes it.
    mutating func add(scalar: UInt32) {
        switch scalar {
        case ..<0x80: add(UInt8(scalar))
        case ..<0x800:
            add(UInt8(0xC0 | scalar >> 6))
            add(UInt8(0x80 | scalar & 63))
        case ..<0x10000:
            add(UInt8(0xE0 | scalar >> 12))
            add(UInt8(0x80 | scalar >> 6 & 63))
            add(UInt8(0x80 | scalar & 63))
        default:
            add(UInt8(0xF0 | scalar >> 18 & 7))
            add(UInt8(0x80 | scalar >> 12 & 63))
            add(UInt8(0x80 | scalar >> 6 & 63))
            add(UInt8(0x80 | scalar & 63))
        }
    }

    /// The hash of what was added so far; more may be added.
    var hash: UInt64 {
        var copy = self
        copy.compress(tail | (count & 0xFF) << 56)
        copy.v2 ^= 0xFF
        for _ in 0..<4 { copy.round() }
        return copy.v0 ^ copy.v1 ^ copy.v2 ^ copy.v3
    }

    private mutating func compress(_ word: UInt64) {
        v3 ^= word
        round()
        round()
        v0 ^= word
    }

    private mutating func round() {
        v0 &+= v1
        v1 = (v1 << 13 | v1 >> 51) ^ v0
        v0 = v0 << 32 | v0 >> 32
        v2 &+= v3
        v3 = (v3 << 16 | v3 >> 48) ^ v2
        v0 &+= v3
        v3 = (v3 << 21 | v3 >> 43) ^ v0
        v2 &+= v1
        v1 = (v1 << 17 | v1 >> 47) ^ v2
        v2 = v2 << 32 | v2 >> 32
    }
}

/// The secret of an ``ExactTable``: 16 bytes that are kept apart from its file.
public struct ExactKey: Sendable, Hashable, CustomStringConvertible {
    public static let byteCount = 16

    let low: UInt64
    let high: UInt64

    /// - Throws: `detection.exact-table` unless there are 16 bytes.
    public init(bytes: [UInt8]) throws {
        guard bytes.count == Self.byteCount else {
            throw Fault(.exactTable, "a key has \(Self.byteCount) bytes, not \(bytes.count)", remedy: "give a file of \(Self.byteCount) random bytes")
        }
        low = bytes[..<8].reversed().reduce(0) { $0 << 8 | UInt64($1) }
        high = bytes[8...].reversed().reduce(0) { $0 << 8 | UInt64($1) }
    }

    private init(low: UInt64, high: UInt64) { (self.low, self.high) = (low, high) }

    /// A new one, from the system's generator.
    public static func random() -> ExactKey {
        var generator = SystemRandomNumberGenerator()
        return ExactKey(low: generator.next(), high: generator.next())
    }

    /// Never the key.
    public var description: String { "ExactKey(hidden)" }
}

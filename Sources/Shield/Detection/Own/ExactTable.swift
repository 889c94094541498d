import Core

extension Fault.Code {
    /// A table of exact values, or its key, is damaged or too large.
    public static let exactTable = Fault.Code("detection.exact-table", .input)
}

/// Values that are known, such as the customers of a firm, kept as keyed hashes: a text can be searched for them, and the values cannot be read from the table.
///
/// Without the key nothing can be tested. With both, guesses can be: telephone numbers are few enough to try them all, so the key stays where the values are.
///
/// ```swift
/// let table = try ExactTable(values: ["林晓芸", "AJ-2024-0071"], key: .random())
/// let detector = try Detector(recognizers: Recognizers.all + [ExactRecognizer(name: "customer", table: table)])
/// ```
public struct ExactTable: Sendable {
    /// Characters of a value after ``ExactText`` has read it; others are skipped.
    public static let lengths = 4...64
    public static let valueCountMax = 2_000_000
    /// Beginnings are told apart by so many bits at most.
    static let bucketBitsMax = 16

    let key: ExactKey
    /// Hashes of the values, rising.
    let hashes: [UInt64]
    /// By the keyed hash of a value's first two characters: bit `n - 1` is set when a value of `n` characters begins so.
    let masks: [UInt64]
    /// Values that were too short or too long.
    public let skippedCount: Int

    /// Distinct values.
    public var count: Int { hashes.count }

    /// - Throws: `detection.exact-table` for more than ``valueCountMax`` values.
    public init(values: some Collection<String>, key: ExactKey) throws {
        guard values.count <= Self.valueCountMax else {
            throw Fault(.exactTable, "the table has \(values.count) values; the limit is \(Self.valueCountMax)", remedy: "split it")
        }
        var bits = 8
        while bits < Self.bucketBitsMax, 1 << bits < values.count { bits += 1 }
        var masks = [UInt64](repeating: 0, count: 1 << bits)
        var hashes: [UInt64] = []
        hashes.reserveCapacity(values.count)
        var skippedCount = 0
        for value in values {
            guard let scalars = ExactText.scalars(of: value) else {
                skippedCount += 1
                continue
            }
            var hash = SipHash(key)
            for scalar in scalars { hash.add(scalar: scalar) }
            hashes.append(hash.hash)
            masks[Self.bucket(key, scalars[0], scalars[1], masks.count)] |= 1 << UInt64(scalars.count - 1)
        }
        hashes.sort()
        var last: UInt64?
        hashes.removeAll { hash in
            defer { last = hash }
            return hash == last
        }
        (self.key, self.hashes, self.masks, self.skippedCount) = (key, hashes, masks, skippedCount)
    }

    /// Lengths of values that begin with these two characters, and perhaps others: a bit for each.
    func mask(_ first: UInt32, _ second: UInt32) -> UInt64 { masks[Self.bucket(key, first, second, masks.count)] }

    /// Keyed too, or the file would tell how values begin. 0xFF is in no UTF-8, so that a beginning is never hashed like a value.
    private static func bucket(_ key: ExactKey, _ first: UInt32, _ second: UInt32, _ count: Int) -> Int {
        var hash = SipHash(key)
        hash.add(0xFF)
        hash.add(scalar: first)
        hash.add(scalar: second)
        return Int(truncatingIfNeeded: hash.hash) & (count - 1)
    }

    /// Whether a value has this hash. Of a text of 10^9 places and a table of 10^6 values, one in 20,000 gives a false answer (10^15 in 2^64).
    func contains(_ hash: UInt64) -> Bool {
        var (low, high) = (0, hashes.count)
        while low < high {
            let middle = (low + high) / 2
            if hashes[middle] < hash { low = middle + 1 } else { high = middle }
        }
        return low < hashes.count && hashes[low] == hash
    }
}

// MARK: - File

extension ExactTable {
    private static let magic = Array("BANYANXT".utf8)
    private static let version: UInt32 = 1
    private static let headCount = 24

    /// The table without its key, little-endian: magic, version, bits of a beginning (32 each), values, values skipped (32 each), masks and hashes (64 each), and a keyed hash of all that.
    ///
    /// It tells how many values there are and how long they are, and no more to who lacks the key.
    public var bytes: [UInt8] {
        var bytes = Self.magic
        func put(_ value: UInt64, _ count: Int) { for index in 0..<count { bytes.append(UInt8(truncatingIfNeeded: value >> UInt64(8 * index))) } }
        put(UInt64(Self.version), 4)
        put(UInt64(masks.count.trailingZeroBitCount), 4)
        put(UInt64(hashes.count), 4)
        put(UInt64(skippedCount), 4)
        for word in masks + hashes { put(word, 8) }
        put(Self.tag(bytes[...], key), 8)
        return bytes
    }

    /// Reads ``bytes``.
    /// - Throws: `detection.exact-table` for bytes that are damaged, of another version or of another key; nothing of them is used then.
    public init(bytes: [UInt8], key: ExactKey) throws {
        let reader = ByteReader(bytes)
        guard reader.slice(at: 0, count: 8) == Self.magic, let version = reader.uint32(at: 8), let bits = reader.uint32(at: 12), let count = reader.uint32(at: 16),
            let skipped = reader.uint32(at: 20)
        else { throw Self.fault("no table of exact values") }
        guard version == Self.version else { throw Self.fault("a table of version \(version), not \(Self.version)") }
        guard (8...UInt32(Self.bucketBitsMax)).contains(bits), count <= UInt32(Self.valueCountMax), skipped <= UInt32(Self.valueCountMax) else { throw Self.fault("a table beyond its limits") }
        let (maskCount, hashCount) = (1 << Int(bits), Int(count))
        guard bytes.count == Self.headCount + 8 * (maskCount + hashCount + 1) else { throw Self.fault("a table of another length than it says") }
        func word(_ index: Int) -> UInt64 {
            let place = Self.headCount + 8 * index
            return (0..<8).reversed().reduce(0) { $0 << 8 | UInt64(bytes[place + $1]) }
        }
        guard word(maskCount + hashCount) == Self.tag(bytes.dropLast(8), key) else { throw Self.fault("a damaged table, or one of another key") }
        masks = (0..<maskCount).map(word)
        hashes = (maskCount..<maskCount + hashCount).map(word)
        guard zip(hashes, hashes.dropFirst()).allSatisfy({ $0 < $1 }), masks.allSatisfy({ $0 & 7 == 0 }) else { throw Self.fault("a table out of order") }
        (self.key, skippedCount) = (key, Int(skipped))
    }

    private static func tag(_ bytes: ArraySlice<UInt8>, _ key: ExactKey) -> UInt64 {
        var hash = SipHash(key)
        hash.add(bytes)
        return hash.hash
    }

    private static func fault(_ what: String) -> Fault { Fault(.exactTable, "this is \(what)", remedy: "make it again from the values, or give the key it was made with") }
}

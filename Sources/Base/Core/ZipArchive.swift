/// Reads a ZIP archive in memory under bounds (APPNOTE 6.3.10, with ZIP64, without encryption and several disks).
///
/// Sizes are believed only from the central directory, checked against the bounds before anything is unpacked and enforced while
/// unpacking; archives inside the archive are never opened.
public struct ZipArchive: Sendable {
    /// What an archive may hold. The default is for documents.
    public struct Limits: Sendable, Hashable {
        public var entryCountMax = 10_000
        public var entryByteCountMax = 32 << 20
        public var totalByteCountMax = 64 << 20

        public init(entryCountMax: Int = 10_000, entryByteCountMax: Int = 32 << 20, totalByteCountMax: Int = 64 << 20) {
            self.entryCountMax = entryCountMax
            self.entryByteCountMax = entryByteCountMax
            self.totalByteCountMax = totalByteCountMax
        }
    }
    static let ratioMax = 200

    /// A file in the archive, as the central directory says.
    public struct Entry: Sendable, Hashable {
        public var name: String
        var flags: UInt16
        var method: UInt16
        var checksum: UInt32
        var compressedByteCount: Int
        /// Bytes when unpacked; checked while unpacking.
        public var byteCount: Int
        var headerOffset: Int
    }

    public let entries: [String: Entry]
    private let reader: ByteReader

    /// Reads the central directory.
    /// - Throws: `core.archive-damaged`, `core.archive-too-large`, `core.archive-unsupported`.
    public init(_ bytes: [UInt8], limits: Limits = Limits()) throws {
        reader = ByteReader(bytes)
        let end = try Self.endRecord(in: reader, limits)
        entries = try Self.directory(in: reader, at: end.offset, count: end.count, limit: end.position, limits)
    }

    /// The unpacked bytes of an entry; nil if the archive has none of that name.
    /// - Throws: as ``init(_:)``, and `core.inflate`.
    public func contents(of name: String) throws -> [UInt8]? {
        guard let entry = entries[name] else { return nil }
        guard entry.flags & 1 == 0 else {
            throw Fault(.archiveUnsupported, "an archive entry is encrypted", remedy: "save the document without a password")
        }
        guard entry.byteCount <= max(4096, entry.compressedByteCount * Self.ratioMax) else {
            throw Fault(.archiveTooLarge, "an archive entry grows more than \(Self.ratioMax)-fold", remedy: "unpack it yourself and check what it holds")
        }
        let packed = try packedBytes(of: entry)
        let unpacked: [UInt8]
        switch entry.method {
        case 0: unpacked = packed
        case 8: unpacked = try Inflater.inflate(packed, byteCountMax: entry.byteCount, ratioMax: Self.ratioMax)
        default:
            throw Fault(.archiveUnsupported, "an archive entry is packed with method \(entry.method)", remedy: "save the document again")
        }
        guard unpacked.count == entry.byteCount, Checksum.crc32(unpacked) == entry.checksum else {
            throw damaged("an entry does not match its checksum")
        }
        return unpacked
    }

    private func packedBytes(of entry: Entry) throws -> [UInt8] {
        guard reader.uint32(at: entry.headerOffset) == 0x0403_4B50,
            let nameCount = reader.uint16(at: entry.headerOffset + 26), let extraCount = reader.uint16(at: entry.headerOffset + 28),
            let packed = reader.slice(
                at: entry.headerOffset + 30 + Int(nameCount) + Int(extraCount), count: entry.compressedByteCount)
        else { throw damaged("an entry lies outside the file") }
        return packed
    }

    /// Looks for the end record backward from the end: it is followed only by a comment of at most 65,535 bytes.
    private static func endRecord(in reader: ByteReader, _ limits: Limits) throws -> (position: Int, offset: Int, count: Int) {
        let last = reader.bytes.count - 22
        var position = last
        while position >= 0, position >= last - 0xFFFF {
            if reader.uint32(at: position) == 0x0605_4B50 { break }
            position -= 1
        }
        guard position >= 0, reader.uint32(at: position) == 0x0605_4B50,
            let disk = reader.uint16(at: position + 4), let count = reader.uint16(at: position + 10),
            let offset = reader.uint32(at: position + 16)
        else { throw damaged("it has no end record") }
        guard disk == 0 || disk == 0xFFFF else { throw Fault(.archiveUnsupported, "the archive spans several disks", remedy: "save the document again") }
        var end = (position: position, offset: Int(offset), count: Int(count))
        if disk == 0xFFFF || count == 0xFFFF || offset == 0xFFFF_FFFF, let large = largeEndRecord(in: reader, before: position) { end = large }
        guard end.count <= limits.entryCountMax else {
            throw Fault(.archiveTooLarge, "the archive has \(end.count) entries; the limit is \(limits.entryCountMax)", remedy: "split the document")
        }
        return end
    }

    /// The end record of ZIP64 (4.3.14), which a locator of 20 bytes right before the other one points to (4.3.15); nil where none is: 65,535 entries may be meant.
    private static func largeEndRecord(in reader: ByteReader, before position: Int) -> (position: Int, offset: Int, count: Int)? {
        guard reader.uint32(at: position - 20) == 0x0706_4B50, let place = place(in: reader, at: position - 12), reader.uint32(at: place) == 0x0606_4B50,
            let count = place64(in: reader, at: place + 32), let offset = Self.place(in: reader, at: place + 48)
        else { return nil }
        return (place, offset, count)
    }

    /// A number of 64 bits that an `Int` holds.
    private static func place64(in reader: ByteReader, at offset: Int) -> Int? { reader.uint64(at: offset).flatMap { Int(exactly: $0) } }

    /// The same, of a place within the archive: sums of such places stay far from the bounds of `Int`.
    private static func place(in reader: ByteReader, at offset: Int) -> Int? { place64(in: reader, at: offset).flatMap { $0 <= reader.bytes.count ? $0 : nil } }

    /// What of sizes and offset was too large for 32 bits stands in the extra field 1 (4.5.3), in this order.
    private static func enlarge(_ entry: inout Entry, _ reader: ByteReader, _ extra: Range<Int>) throws {
        var isNeeded = [entry.byteCount, entry.compressedByteCount, entry.headerOffset].map { $0 == 0xFFFF_FFFF }
        var place = extra.lowerBound
        while isNeeded.contains(true), place + 4 <= extra.upperBound, let id = reader.uint16(at: place), let count = reader.uint16(at: place + 2) {
            let end = place + 4 + Int(count)
            defer { place = end }
            guard id == 1, end <= extra.upperBound else { continue }
            var field = place + 4
            for index in isNeeded.indices where isNeeded[index] {
                guard field + 8 <= end, let value = place64(in: reader, at: field) else { throw damaged("a size of 64 bits is missing") }
                switch index {
                case 0: entry.byteCount = value
                case 1: entry.compressedByteCount = value
                default: entry.headerOffset = value
                }
                field += 8
            }
            isNeeded = [false]
        }
        guard !isNeeded.contains(true), entry.compressedByteCount <= reader.bytes.count, entry.headerOffset <= reader.bytes.count else { throw damaged("an entry lies outside the file") }
    }

    private static func directory(in reader: ByteReader, at start: Int, count: Int, limit: Int, _ limits: Limits) throws -> [String: Entry] {
        var entries: [String: Entry] = [:]
        var offset = start
        var total = 0
        var packedTotal = 0
        for _ in 0..<count {
            let (entry, next) = try entry(in: reader, at: offset)
            guard next <= limit else { throw damaged("its directory is cut off") }
            offset = next
            guard entry.byteCount <= limits.entryByteCountMax else {
                throw Fault(.archiveTooLarge, "an archive entry unpacks to more than \(limits.entryByteCountMax >> 20) MiB", remedy: "unpack it yourself and check what it holds")
            }
            total += entry.byteCount
            packedTotal += entry.compressedByteCount
            guard total <= limits.totalByteCountMax else {
                throw Fault(
                    .archiveTooLarge, "the archive unpacks to more than \(limits.totalByteCountMax >> 20) MiB in all",
                    remedy: "unpack it yourself and check what it holds")
            }
            // Entries that share bytes (Fifield 2019, "A better zip bomb") together claim more than the file holds.
            guard packedTotal <= reader.bytes.count else { throw damaged("its entries overlap") }
            guard entries.updateValue(entry, forKey: entry.name) == nil else { throw damaged("two entries have one name") }
        }
        return entries
    }

    private static func entry(in reader: ByteReader, at offset: Int) throws -> (Entry, next: Int) {
        guard reader.uint32(at: offset) == 0x0201_4B50,
            let flags = reader.uint16(at: offset + 8), let method = reader.uint16(at: offset + 10),
            let checksum = reader.uint32(at: offset + 16), let compressed = reader.uint32(at: offset + 20),
            let size = reader.uint32(at: offset + 24), let nameCount = reader.uint16(at: offset + 28),
            let extraCount = reader.uint16(at: offset + 30), let commentCount = reader.uint16(at: offset + 32),
            let header = reader.uint32(at: offset + 42), let name = reader.slice(at: offset + 46, count: Int(nameCount))
        else { throw damaged("its directory is cut off") }
        var entry = Entry(
            name: String(decoding: name, as: UTF8.self), flags: flags, method: method, checksum: checksum,
            compressedByteCount: Int(compressed), byteCount: Int(size), headerOffset: Int(header))
        let extra = offset + 46 + Int(nameCount)
        try enlarge(&entry, reader, extra..<extra + Int(extraCount))
        return (entry, extra + Int(extraCount) + Int(commentCount))
    }
}

extension Fault.Code {
    /// An archive is damaged.
    public static let archiveDamaged = Fault.Code("core.archive-damaged", .input)
    /// An archive would grow past a bound when unpacked.
    public static let archiveTooLarge = Fault.Code("core.archive-too-large", .input)
    /// An archive uses a feature that is not read: encryption, several disks, an unknown method.
    public static let archiveUnsupported = Fault.Code("core.archive-unsupported", .input)
}

private func damaged(_ what: String) -> Fault {
    Fault(.archiveDamaged, "the archive is damaged: \(what)", remedy: "get the file again")
}

/// CRC-32 (ISO 3309), as ZIP uses it.
public enum Checksum {
    private static let table: [UInt32] = (0..<256).map { (index: UInt32) in
        (0..<8).reduce(index) { value, _ in value & 1 == 1 ? 0xEDB8_8320 ^ (value >> 1) : value >> 1 }
    }

    /// The CRC-32 of bytes.
    public static func crc32(_ bytes: [UInt8]) -> UInt32 {
        let table = table
        var value: UInt32 = 0xFFFF_FFFF
        for byte in bytes { value = table[Int((value ^ UInt32(byte)) & 0xFF)] ^ (value >> 8) }
        return ~value
    }
}

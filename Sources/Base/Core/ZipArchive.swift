/// Reads a ZIP archive in memory under bounds (APPNOTE 6.3.10, without ZIP64, encryption and several disks).
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
        guard disk == 0, count != 0xFFFF, offset != 0xFFFF_FFFF else {
            throw Fault(.archiveUnsupported, "the archive is ZIP64 or spans several disks", remedy: "save the document again")
        }
        guard count <= limits.entryCountMax else {
            throw Fault(.archiveTooLarge, "the archive has \(count) entries; the limit is \(limits.entryCountMax)", remedy: "split the document")
        }
        return (position, Int(offset), Int(count))
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
            total += entry.byteCount
            packedTotal += entry.compressedByteCount
            guard entry.byteCount <= limits.entryByteCountMax, total <= limits.totalByteCountMax else {
                throw Fault(
                    .archiveTooLarge, "the archive unpacks to more than \(limits.entryByteCountMax >> 20) MiB an entry or \(limits.totalByteCountMax >> 20) MiB in all",
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
        let entry = Entry(
            name: String(decoding: name, as: UTF8.self), flags: flags, method: method, checksum: checksum,
            compressedByteCount: Int(compressed), byteCount: Int(size), headerOffset: Int(header))
        return (entry, offset + 46 + Int(nameCount) + Int(extraCount) + Int(commentCount))
    }
}

extension Fault.Code {
    /// An archive is damaged.
    public static let archiveDamaged = Fault.Code("core.archive-damaged", .input)
    /// An archive would grow past a bound when unpacked.
    public static let archiveTooLarge = Fault.Code("core.archive-too-large", .input)
    /// An archive uses a feature that is not read: encryption, ZIP64, several disks, an unknown method.
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

/// Builds ZIP archives byte by byte, honest and dishonest ones (APPNOTE 6.3.10, sections 4.3.7, 4.3.12, 4.3.16).
public struct ZipBuilder: Sendable {
    /// What an entry's headers say and what it holds; the two need not agree.
    public struct Entry: Sendable {
        public var name: String
        public var method: UInt16
        public var packed: [UInt8]
        public var byteCount: Int
        public var checksum: UInt32

        /// An entry that is stored as it is.
        public init(stored bytes: [UInt8], name: String) {
            self.init(name: name, method: 0, packed: bytes, byteCount: bytes.count, checksum: Self.crc32(bytes))
        }

        public init(name: String, method: UInt16, packed: [UInt8], byteCount: Int, checksum: UInt32) {
            self.name = name
            self.method = method
            self.packed = packed
            self.byteCount = byteCount
            self.checksum = checksum
        }

        /// CRC-32 (ISO 3309), bit by bit: slow, and so plain that it can be the oracle.
        public static func crc32(_ bytes: [UInt8]) -> UInt32 {
            ~bytes.reduce(UInt32.max) { crc, byte in
                (0..<8).reduce(crc ^ UInt32(byte)) { value, _ in value & 1 == 1 ? (value >> 1) ^ 0xEDB8_8320 : value >> 1 }
            }
        }
    }

    public var entries: [Entry]

    public init(_ entries: [Entry]) { self.entries = entries }

    public var bytes: [UInt8] {
        var out: [UInt8] = []
        var directory: [UInt8] = []
        for entry in entries {
            let offset = out.count
            let common =
                u16(20) + u16(0) + u16(entry.method) + u32(0) + u32(Int(entry.checksum)) + u32(entry.packed.count) + u32(entry.byteCount)
                + u16(UInt16(entry.name.utf8.count)) + u16(0)
            out += u32(0x0403_4B50) + common + Array(entry.name.utf8) + entry.packed
            directory += u32(0x0201_4B50) + u16(20) + common + u16(0) + u16(0) + u16(0) + u32(0) + u32(offset) + Array(entry.name.utf8)
        }
        let start = out.count
        let count = UInt16(entries.count)
        return out + directory + u32(0x0605_4B50) + u16(0) + u16(0) + u16(count) + u16(count) + u32(directory.count) + u32(start) + u16(0)
    }

    /// The same as ZIP64 (APPNOTE 4.3.14 and 4.5.3): sizes and offsets of 64 bits, also where 32 would do.
    public var largeBytes: [UInt8] {
        var out: [UInt8] = [], directory: [UInt8] = []
        let far = u32(0xFFFF_FFFF)
        for entry in entries {
            let offset = out.count
            let front = u16(45) + u16(0) + u16(entry.method) + u32(0) + u32(Int(entry.checksum)) + far + far + u16(UInt16(entry.name.utf8.count))
            let sizes = u64(entry.byteCount) + u64(entry.packed.count)
            out += u32(0x0403_4B50) + front + u16(20) + Array(entry.name.utf8) + u16(1) + u16(16) + sizes + entry.packed
            // A field of another kind before it: times, as Info-ZIP writes them.
            let extra = u16(0x5455) + u16(5) + [1, 0, 0, 0, 0] + u16(1) + u16(24) + sizes + u64(offset)
            directory += u32(0x0201_4B50) + u16(45) + front + u16(UInt16(extra.count)) + u16(0) + u16(0) + u16(0) + u32(0) + far + Array(entry.name.utf8) + extra
        }
        let start = out.count
        out += directory
        let end = out.count
        out += u32(0x0606_4B50) + u64(44) + u16(45) + u16(45) + u32(0) + u32(0) + u64(entries.count) + u64(entries.count) + u64(directory.count) + u64(start)
        out += u32(0x0706_4B50) + u32(0) + u64(end) + u32(1)
        return out + u32(0x0605_4B50) + u16(0xFFFF) + u16(0xFFFF) + u16(0xFFFF) + u16(0xFFFF) + far + far + u16(0)
    }

    private func u64(_ value: Int) -> [UInt8] { (0..<8).map { UInt8((value >> ($0 * 8)) & 0xFF) } }
    private func u16(_ value: UInt16) -> [UInt8] { [UInt8(value & 0xFF), UInt8(value >> 8)] }
    private func u32(_ value: Int) -> [UInt8] { (0..<4).map { UInt8((value >> ($0 * 8)) & 0xFF) } }
}

extension ZipBuilder {
    /// A DOCX of plain paragraphs.
    public static func word(paragraphs: [String]) -> [UInt8] {
        let body = paragraphs.map { "<w:p><w:r><w:t>\($0)</w:t></w:r></w:p>" }.joined()
        let xml = "<?xml version=\"1.0\"?><w:document xmlns:w=\"http://schemas.openxmlformats.org/wordprocessingml/2006/main\"><w:body>\(body)</w:body></w:document>"
        return ZipBuilder([Entry(stored: Array(xml.utf8), name: "word/document.xml")]).bytes
    }
}

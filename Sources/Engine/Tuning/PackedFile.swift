import Core

/// Files packed by gzip (RFC 1952) and archives of tar (POSIX ustar), read within bounds.
enum PackedFile {
    /// The content of a gzip file, or the bytes as they are when they are none.
    ///
    /// - Parameter name: what errors call the bytes.
    /// - Throws: `tuning.data`, `core.inflate`.
    static func unpacked(_ bytes: [UInt8], name: String, byteCountMax: Int) throws -> [UInt8] {
        guard bytes.count > 18, bytes[0] == 0x1F, bytes[1] == 0x8B else { return bytes }
        guard bytes[2] == 8, bytes[3] & 0b1110_0000 == 0 else { throw wrong(name, "is packed in an unknown way") }
        let flags = bytes[3]
        var start = 10
        if flags & 4 != 0 { start += 2 + (Int(bytes[10]) | Int(bytes[11]) << 8) }
        // A name and a comment each end with a zero.
        for flag in [UInt8(8), 16] where flags & flag != 0 {
            while start < bytes.count, bytes[start] != 0 { start += 1 }
            start += 1
        }
        if flags & 2 != 0 { start += 2 }
        guard start < bytes.count - 8 else { throw wrong(name, "is cut off") }
        return try Inflater.inflate(Array(bytes[start..<bytes.count - 8]), byteCountMax: byteCountMax)
    }

    /// A file of an archive.
    struct Entry: Sendable, Hashable {
        let name: String
        let bytes: [UInt8]
    }

    /// More files than a training set in one archive has.
    static let entriesMax = 1_000_000

    /// The regular files of an archive whose names `wants` says yes to, in their order; links, folders and devices are left out.
    ///
    /// - Throws: `tuning.data` naming the offset.
    static func entries(_ archive: [UInt8], name: String, wants: (String) -> Bool) throws -> [Entry] {
        var (place, count) = (0, 0)
        var entries: [Entry] = []
        while place + 512 <= archive.count {
            let header = archive[place..<place + 512]
            // Two blocks of zeros are the end; one is enough for us.
            if header.allSatisfy({ $0 == 0 }) { return entries }
            guard isWhole(header), let size = octal(header, 124, 12) else { throw wrong(name, "has no header of a file at byte \(place)") }
            guard size <= archive.count - place - 512 else { throw wrong(name, "is cut off in the file at byte \(place)") }
            count += 1
            guard count <= entriesMax else { throw wrong(name, "holds more than \(entriesMax) files") }
            let kind = header[header.startIndex + 156], path = path(header)
            if kind == 0 || kind == 0x30, wants(path) { entries.append(Entry(name: path, bytes: Array(archive[place + 512..<place + 512 + size]))) }
            place += 512 + (size + 511) / 512 * 512
        }
        guard count > 0 else { throw wrong(name, "is no archive of tar") }
        guard place == archive.count else { throw wrong(name, "is cut off at byte \(archive.count)") }
        return entries
    }

    private static func wrong(_ name: String, _ what: String) -> Fault { Fault(.trainingData, "\(name) \(what)", remedy: "get the file again, or give a folder") }

    private static func text(_ header: ArraySlice<UInt8>, _ start: Int, _ count: Int) -> String {
        String(decoding: header[header.startIndex + start..<header.startIndex + start + count].prefix { $0 != 0 }, as: UTF8.self)
    }

    private static func path(_ header: ArraySlice<UInt8>) -> String {
        let (name, prefix) = (text(header, 0, 100), text(header, 257, 5) == "ustar" ? text(header, 345, 155) : "")
        return prefix.isEmpty ? name : prefix + "/" + name
    }

    private static func octal(_ header: ArraySlice<UInt8>, _ start: Int, _ count: Int) -> Int? {
        Int(text(header, start, count).filter { $0 != " " }, radix: 8).flatMap { $0 >= 0 ? $0 : nil }
    }

    /// The sum of a header's bytes, with spaces where the sum stands.
    private static func isWhole(_ header: ArraySlice<UInt8>) -> Bool {
        let sum = header.enumerated().reduce(0) { $0 + ((148..<156).contains($1.offset) ? 32 : Int($1.element)) }
        return octal(header, 148, 8) == sum
    }
}

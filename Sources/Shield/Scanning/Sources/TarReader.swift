import Core

/// The files of a tar archive (POSIX.1-2001 ustar and pax, GNU long names), front to back.
struct TarReader {
    private let bytes: [UInt8]
    private var place = 0

    init(_ bytes: [UInt8]) { self.bytes = bytes }

    /// Whether bytes begin like a tar archive: the checksum of the first header fits.
    static func recognizes(_ bytes: [UInt8]) -> Bool { bytes.count >= 512 && bytes[0] != 0 && isHeader(bytes, 0) }

    private static func isHeader(_ bytes: [UInt8], _ place: Int) -> Bool {
        guard place + 512 <= bytes.count, let stored = octal(bytes[place + 148..<place + 156]) else { return false }
        var sum = 0
        for index in 0..<512 { sum += (148..<156).contains(index) ? 32 : Int(bytes[place + index]) }
        return sum == stored
    }

    /// The next regular file; nil at the end.
    /// - Throws: `scanning.damaged` where a header should be and is none, or a file is cut off.
    mutating func next() throws -> (name: String, bytes: ArraySlice<UInt8>)? {
        var longName: String?
        while place + 512 <= bytes.count {
            if bytes[place..<place + 512].allSatisfy({ $0 == 0 }) { return nil }
            guard Self.isHeader(bytes, place), let count = size(at: place) else { throw Fault(.sourceDamaged, "the archive is damaged at byte \(place)", remedy: "get the file again") }
            let kind = bytes[place + 156], header = place
            let start = place + 512
            guard count <= bytes.count - start else { throw Fault(.sourceDamaged, "the archive is cut off", remedy: "get the file again") }
            place = start + (count + 511) / 512 * 512
            let body = bytes[start..<start + count]
            switch kind {
            case UInt8(ascii: "L"): longName = Self.text(body.prefix(4096))
            case UInt8(ascii: "x"): longName = Self.path(ofPax: body.prefix(64 << 10)) ?? longName
            case 0, UInt8(ascii: "0"), UInt8(ascii: "7"): return (longName ?? name(at: header), body)
            default: longName = nil
            }
        }
        return nil
    }

    private func name(at place: Int) -> String {
        let name = Self.text(bytes[place..<place + 100])
        guard bytes[place + 257..<place + 262].elementsEqual("ustar".utf8) else { return name }
        let prefix = Self.text(bytes[place + 345..<place + 500])
        return prefix.isEmpty ? name : prefix + "/" + name
    }

    /// Octal, or base 256 for large files (GNU).
    private func size(at place: Int) -> Int? {
        let field = bytes[place + 124..<place + 136]
        guard let first = field.first, first & 0x80 != 0 else { return Self.octal(field) }
        guard field.dropFirst().dropLast(7).allSatisfy({ $0 == 0 }), first == 0x80 else { return nil }
        return field.suffix(7).reduce(0) { $0 << 8 | Int($1) }
    }

    private static func octal(_ field: ArraySlice<UInt8>) -> Int? {
        let digits = field.drop { $0 == 0x20 }.prefix { $0 != 0 && $0 != 0x20 }
        guard !digits.isEmpty, digits.count <= 12 else { return nil }
        return digits.reduce(Int?.some(0)) { value, byte in (UInt8(ascii: "0")...UInt8(ascii: "7")).contains(byte) ? value.map { $0 << 3 | Int(byte - 48) } : nil }
    }

    private static func text(_ field: ArraySlice<UInt8>) -> String { String(decoding: field.prefix { $0 != 0 }, as: UTF8.self) }

    /// `LENGTH path=NAME\n` among the records of a pax header.
    private static func path(ofPax body: ArraySlice<UInt8>) -> String? {
        var rest = body
        while let space = rest.firstIndex(of: 0x20), let count = Int(String(decoding: rest[..<space], as: UTF8.self)), count > space - rest.startIndex, count <= rest.count {
            let record = rest[(space + 1)..<(rest.startIndex + count)]
            if record.starts(with: "path=".utf8) { return String(decoding: record.dropFirst(5).dropLast(), as: UTF8.self) }
            rest = rest.dropFirst(count)
        }
        return nil
    }
}

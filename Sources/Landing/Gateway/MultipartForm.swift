import Core

/// The parts of a form with files (RFC 7578), bounded.
struct MultipartForm {
    struct File {
        var field: String
        var name: String
        var bytes: [UInt8]
    }

    /// Parts of a form.
    static let partCountMax = 32
    /// Bytes of a part that is no file.
    static let fieldByteCountMax = 64 << 10

    private(set) var fields: [String: String] = [:]
    private(set) var files: [File] = []

    /// - Throws: ``APIError`` for what is no form.
    init(contentType: String?, body: [UInt8]) throws {
        guard let contentType, contentType.lowercased().hasPrefix("multipart/form-data"), let boundary = Self.parameter("boundary", of: contentType), (1...70).contains(boundary.utf8.count) else {
            throw APIError.invalid("send multipart/form-data with a boundary")
        }
        try read(body, boundary: Array("--\(boundary)".utf8))
    }

    private mutating func read(_ body: [UInt8], boundary: [UInt8]) throws {
        let broken = APIError.invalid("the form is malformed")
        let end = Array("\r\n".utf8) + boundary
        guard var start = Self.find(boundary[...], in: body, from: 0).map({ $0 + boundary.count }) else { throw broken }
        while !body.dropFirst(start).starts(with: [0x2D, 0x2D]) {
            guard files.count + fields.count < Self.partCountMax else { throw APIError.invalid("the form has more than \(Self.partCountMax) parts") }
            guard let headerEnd = Self.find(Array("\r\n\r\n".utf8)[...], in: body, from: start), let partEnd = Self.find(end[...], in: body, from: headerEnd + 2) else { throw broken }
            try add(headers: String(decoding: body[start..<headerEnd], as: UTF8.self), bytes: body[min(headerEnd + 4, partEnd)..<partEnd])
            start = partEnd + end.count
        }
    }

    private mutating func add(headers: String, bytes: ArraySlice<UInt8>) throws {
        let lines = headers.split(whereSeparator: \.isNewline).map(String.init)
        guard let disposition = lines.first(where: { $0.lowercased().hasPrefix("content-disposition:") }), let name = Self.parameter("name", of: disposition) else {
            throw APIError.invalid("a part of the form has no name")
        }
        if let file = Self.parameter("filename", of: disposition) {
            files.append(File(field: name, name: file, bytes: Array(bytes)))
        } else {
            guard bytes.count <= Self.fieldByteCountMax else { throw APIError.invalid("\(name.prefix(64)) is too long", parameter: String(name.prefix(64))) }
            fields[name] = String(decoding: bytes, as: UTF8.self)
        }
    }

    /// `; name=value` or `; name="value"` of a header.
    private static func parameter(_ name: String, of header: String) -> String? {
        for piece in pieces(of: header).dropFirst() {
            let trimmed = piece.drop { $0 == " " || $0 == "\t" }
            guard trimmed.lowercased().hasPrefix(name + "=") else { continue }
            let value = trimmed.dropFirst(name.count + 1)
            return value.hasPrefix("\"") ? String(value.dropFirst().prefix { $0 != "\"" }) : String(value.prefix { $0 != " " })
        }
        return nil
    }

    /// What semicolons part, but for those between quotes.
    private static func pieces(of header: String) -> [Substring] {
        var isQuoted = false
        return header.split(omittingEmptySubsequences: false) { character in
            if character == "\"" { isQuoted.toggle() }
            return character == ";" && !isQuoted
        }
    }

    private static func find(_ needle: ArraySlice<UInt8>, in body: [UInt8], from start: Int) -> Int? {
        guard let first = needle.first, start >= 0, body.count >= needle.count else { return nil }
        var index = start
        while index <= body.count - needle.count, let candidate = body[index...(body.count - needle.count)].firstIndex(of: first) {
            if body[candidate..<candidate + needle.count].elementsEqual(needle) { return candidate }
            index = candidate + 1
        }
        return nil
    }
}

import Core
import Foundation

/// Fields and files of a form. Everything is bounded.
struct FormData: Sendable {
    struct File: Sendable, Equatable {
        var field: String
        var name: String
        var mediaType: String
        var bytes: [UInt8]
    }

    /// Bytes of one file.
    static let fileByteCountMax = 10 << 20
    /// Files of one form.
    static let fileCountMax = 5
    /// Bytes of a whole form.
    static let byteCountMax = fileByteCountMax * fileCountMax + (1 << 20)
    /// Bytes of a field that is no file: a table of a task, as JSON.
    static let fieldByteCountMax = 1 << 20
    /// Fields of one form: each option of a choice of several is one.
    static let fieldCountMax = 512

    var fields: [String: String] = [:]
    var files: [File] = []

    /// Reads the body of a request by its content type.
    /// - Throws: `console.form` when it is malformed or exceeds a bound.
    init(contentType: String, body: [UInt8]) throws {
        if contentType.hasPrefix("multipart/form-data") {
            guard let marker = contentType.range(of: "boundary=") else { throw Self.refusal("a boundary is missing") }
            let boundary = contentType[marker.upperBound...].prefix { $0 != ";" }.trimmingCharacters(in: CharacterSet(charactersIn: "\" "))
            guard (1...70).contains(boundary.utf8.count) else { throw Self.refusal("the boundary is malformed") }
            try readParts(of: body, boundary: Array("--\(boundary)".utf8))
        } else {
            fields = Self.urlDecoded(String(decoding: body, as: UTF8.self))
        }
    }

    /// `a=1&b=2`, percent-decoded; the last of two equal names wins.
    static func urlDecoded(_ text: String) -> [String: String] {
        var fields: [String: String] = [:]
        for pair in text.split(separator: "&").prefix(fieldCountMax) {
            let parts = pair.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false).map {
                $0.replacing("+", with: " ").removingPercentEncoding ?? ""
            }
            fields[parts[0]] = parts.count > 1 ? parts[1] : ""
        }
        return fields
    }

    private static func refusal(_ what: String) -> Fault { Fault(.consoleForm, "the form is malformed: \(what)", remedy: "send it again from the page") }

    /// RFC 7578: parts between boundaries, each with headers, an empty line and its bytes.
    private mutating func readParts(of body: [UInt8], boundary: [UInt8]) throws {
        guard var start = Self.find(boundary, in: body, from: 0).map({ $0 + boundary.count }) else { throw Self.refusal("no part") }
        while true {
            if body.dropFirst(start).starts(with: Array("--".utf8)) { return }
            guard let end = Self.find(Array("\r\n".utf8) + boundary, in: body, from: start) else { throw Self.refusal("a part does not end") }
            guard let headerEnd = Self.find(Array("\r\n\r\n".utf8), in: body, from: start), headerEnd + 4 <= end else { throw Self.refusal("a part has no headers") }
            try readPart(headers: String(decoding: body[start..<headerEnd], as: UTF8.self), bytes: Array(body[headerEnd + 4..<end]))
            start = end + 2 + boundary.count
        }
    }

    private mutating func readPart(headers: String, bytes: [UInt8]) throws {
        let lines = headers.split(whereSeparator: \.isNewline).map(String.init)
        guard let disposition = lines.first(where: { $0.lowercased().hasPrefix("content-disposition:") }), let name = Self.parameter("name", of: disposition)
        else { throw Self.refusal("a part has no name") }
        guard let fileName = Self.parameter("filename", of: disposition) else {
            guard bytes.count <= Self.fieldByteCountMax, fields.count < Self.fieldCountMax else { throw Self.refusal("a field is too long") }
            fields[name] = String(decoding: bytes, as: UTF8.self)
            return
        }
        // A browser sends an unfilled file field as an empty file without a name.
        if fileName.isEmpty, bytes.isEmpty { return }
        guard bytes.count <= Self.fileByteCountMax, files.count < Self.fileCountMax else {
            throw Fault(.consoleForm, "at most \(Self.fileCountMax) files of 10 MiB each can be attached", remedy: "attach fewer or smaller files")
        }
        let type = lines.first { $0.lowercased().hasPrefix("content-type:") }.map { $0.dropFirst(13).trimmingCharacters(in: .whitespaces) }
        // Only the last path part, and no control characters: the name is shown and offered for download.
        let plain = fileName.split(whereSeparator: { $0 == "/" || $0 == "\\" }).last.map(String.init) ?? "file"
        let safe = String(plain.unicodeScalars.filter { $0.value >= 0x20 && $0 != "\"" }.prefix(120).map(Character.init))
        files.append(File(field: name, name: safe.isEmpty ? "file" : safe, mediaType: type ?? "application/octet-stream", bytes: bytes))
    }

    private static func parameter(_ name: String, of header: String) -> String? {
        guard let range = header.range(of: "; \(name)=\"") else { return nil }
        return String(header[range.upperBound...].prefix { $0 != "\"" })
    }

    private static func find(_ needle: [UInt8], in body: [UInt8], from start: Int) -> Int? {
        guard start >= 0, body.count >= needle.count, start <= body.count - needle.count else { return nil }
        var index = start
        while index <= body.count - needle.count {
            if body[index] == needle[0], body[index..<index + needle.count].elementsEqual(needle) { return index }
            index += 1
        }
        return nil
    }
}

extension Fault.Code {
    /// A form is malformed or too large.
    public static let consoleForm = Fault.Code("console.form", .input)
    /// A form did not come from a page of this console.
    public static let consoleForgery = Fault.Code("console.forgery", .refused)
    /// The port is taken.
    public static let consolePort = Fault.Code("console.port-in-use", .conflict)
    /// A page that does not exist.
    public static let consolePage = Fault.Code("console.no-page", .notFound)
}

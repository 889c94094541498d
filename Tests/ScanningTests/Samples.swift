import Core
import Detection
import Foundation
import Support

@testable import Scanning

/// Values that the detector knows by shape alone, and files made of them.
enum Samples {
    static let mobile = "13800138000"
    static let identity = "11010519491231002X"
    static let mail = "li.ming@example.com"
    static let values = [mobile, identity, mail]

    static let scanner = FileScanner(detector: Detector())

    static func scan(_ bytes: [UInt8], _ name: String, options: ScanOptions = ScanOptions(), limits: ScanLimits = ScanLimits()) async -> FileResult {
        await FileScanner(detector: Detector(), options: options, limits: limits).scan(bytes, name: name)
    }

    static func scan(_ text: String, _ name: String) async -> FileResult { await scan(Array(text.utf8), name) }

    /// A gzip member with stored blocks (RFC 1951, 3.2.4).
    static func gzip(_ bytes: [UInt8]) -> [UInt8] {
        var out: [UInt8] = [0x1F, 0x8B, 8, 0, 0, 0, 0, 0, 0, 3]
        var place = 0
        repeat {
            let count = min(65_535, bytes.count - place)
            out += [place + count == bytes.count ? 1 : 0, UInt8(count & 255), UInt8(count >> 8), UInt8(~count & 255), UInt8(~count >> 8 & 255)]
            out += bytes[place..<place + count]
            place += count
        } while place < bytes.count
        let check = Checksum.crc32(bytes)
        for value in [check, UInt32(truncatingIfNeeded: bytes.count)] { out += (0..<4).map { UInt8(truncatingIfNeeded: value >> ($0 * 8)) } }
        return out
    }

    /// A ustar archive.
    static func tar(_ files: [(name: String, bytes: [UInt8])]) -> [UInt8] {
        var out: [UInt8] = []
        for file in files {
            var header = [UInt8](repeating: 0, count: 512)
            func put(_ text: String, _ place: Int) { for (index, byte) in text.utf8.enumerated() { header[place + index] = byte } }
            put(file.name, 0)
            put("0000644\0" + "0000000\0" + "0000000\0" + String(file.bytes.count, radix: 8).leftPadded(11) + "\0" + "00000000000\0", 100)
            put("        0", 148)
            put("ustar\u{0}00", 257)
            let sum = header.reduce(0) { $0 + Int($1) }
            put(String(sum, radix: 8).leftPadded(6) + "\0 ", 148)
            out += header + file.bytes + [UInt8](repeating: 0, count: (512 - file.bytes.count % 512) % 512)
        }
        return out + [UInt8](repeating: 0, count: 1024)
    }

    static func zip(_ files: [(name: String, bytes: [UInt8])]) -> [UInt8] { ZipBuilder(files.map { ZipBuilder.Entry(stored: $0.bytes, name: $0.name) }).bytes }

    /// A workbook with one sheet: shared texts, inline texts and numbers.
    static func workbook(_ rows: [[String]]) -> [UInt8] {
        var shared: [String] = []
        let body = rows.enumerated().map { number, row in
            let cells = row.enumerated().map { column, value in
                let place = "\(UnicodeScalar(UInt8(65 + column)))\(number + 1)"
                if value.allSatisfy(\.isNumber) { return "<c r=\"\(place)\"><v>\(value)</v></c>" }
                if column % 2 == 1 { return "<c r=\"\(place)\" t=\"inlineStr\"><is><t>\(value)</t></is></c>" }
                shared.append(value)
                return "<c r=\"\(place)\" t=\"s\"><v>\(shared.count - 1)</v></c>"
            }
            return "<row r=\"\(number + 1)\">\(cells.joined())</row>"
        }
        let strings = shared.map { "<si><t>\($0)</t></si>" }.joined()
        return zip([
            ("xl/workbook.xml", Array("<workbook><sheets><sheet name=\"客户\" sheetId=\"1\" r:id=\"rId1\"/></sheets></workbook>".utf8)),
            ("xl/_rels/workbook.xml.rels", Array("<Relationships><Relationship Id=\"rId1\" Target=\"worksheets/sheet1.xml\"/></Relationships>".utf8)),
            ("xl/sharedStrings.xml", Array("<sst>\(strings)</sst>".utf8)), ("xl/worksheets/sheet1.xml", Array("<worksheet><sheetData>\(body.joined())</sheetData></worksheet>".utf8)),
        ])
    }
}

extension String {
    func leftPadded(_ count: Int) -> String { String(repeating: "0", count: Swift.max(0, count - utf8.count)) + self }
}

extension FileResult {
    /// Types with the bytes they cover, of a file whose bytes are at hand.
    func covered(in bytes: [UInt8]) -> [String] {
        findings.compactMap { finding in finding.byteStart.flatMap { start in finding.byteEnd.map { String(decoding: bytes[start..<$0], as: UTF8.self) } } }
    }

    var types: [String] { findings.map(\.type).sorted() }
}

import Core
import Detection
import Foundation
import GRDB
import Support
import Testing

@testable import Scanning

@Suite struct TableTests {
    /// Found by Benchmarks/fuzz-parsers: the row after one with the greatest number there is.
    @Test(arguments: ["9223372036854775807", "-9223372036854775808", "0"])
    func regression_rowsWithImpossibleNumbers(number: String) async {
        let cell = "<c><v>\(Samples.mobile)</v></c>"
        let sheet = "<worksheet><sheetData><row r=\"\(number)\">\(cell)</row><row>\(cell)</row></sheetData></worksheet>"
        let result = await Samples.scan(Samples.zip([("xl/workbook.xml", Array("<workbook/>".utf8)), ("xl/worksheets/sheet1.xml", Array(sheet.utf8))]), "a.xlsx")
        #expect(result.findings.map(\.location.row) == [1, 2])
    }

    /// Found by Benchmarks/fuzz-parsers: a cell that ends without having begun stood before the first column.
    @Test func regression_cellsThatOnlyEnd() async {
        let sheet = "<worksheet><sheetData><row r=\"1\"></c><v>\(Samples.mobile)</v></c><c r=\"A1\"><v>\(Samples.mobile)</v></c></row></sheetData></worksheet>"
        let book = [("xl/workbook.xml", "<workbook/>"), ("xl/worksheets/sheet1.xml", sheet)]
        let result = await Samples.scan(Samples.zip(book.map { ($0.0, Array($0.1.utf8)) }), "a.xlsx")
        #expect(result.types == ["mobile"] && result.findings.first?.location.column == "1")
    }

    /// The places of values in a file with quotes, doubled quotes and line breaks inside fields.
    @Test func cellsPointIntoTheFile() async {
        let text = "xm,dh,bz\r\n张三,\(Samples.mobile),\"他说\"\"好\"\"，电话 \(Samples.mobile)\n第二行\"\r\n李四,\"13912345678\",\n"
        let bytes = Array(text.utf8)
        let result = await Samples.scan(bytes, "客户.csv")
        let mobiles = result.findings.filter { $0.type == "mobile" }
        #expect(mobiles.map { String(decoding: bytes[($0.byteStart ?? 0)..<($0.byteEnd ?? 0)], as: UTF8.self) } == [Samples.mobile, Samples.mobile, "13912345678"])
        #expect(mobiles.map(\.location.column) == ["dh", "bz", "dh"] && mobiles.map(\.location.row) == [2, 2, 3])
        let scalars = Array(text.unicodeScalars)
        for finding in mobiles { #expect(scalars[finding.start].properties.numericType != nil && finding.end - finding.start == 11) }
    }

    /// Excel writes GB18030 on Chinese systems.
    @Test func aTableInUTF16AndItsColumns() async throws {
        let rows = (0..<30).map { "王\($0),1380013\(8000 + $0),20230\($0 + 10)" }.joined(separator: "\n")
        let units = Array(("姓名,sjh,ddh\n" + rows).utf16)
        let bytes: [UInt8] = [0xFF, 0xFE] + units.flatMap { (unit: UInt16) -> [UInt8] in [UInt8(unit & 255), UInt8(unit >> 8)] }
        let result = await Samples.scan(bytes, "a.csv")
        let mobile = try #require(result.findings.first { $0.type == "mobile" })
        let (start, end) = (try #require(mobile.byteStart), try #require(mobile.byteEnd))
        #expect(String(decoding: TextEncoding.utf16LittleEndian.utf8(of: Array(bytes[start..<end])), as: UTF8.self) == "13800138000")
        let column = try #require(result.columns.first { $0.column == "sjh" })
        #expect(column.type == "mobile" && column.share == 1 && column.confidence > 0.95)
        #expect(column.reasons == ["name", "values"])
    }

    @Test func namesOfColumns() {
        for (name, label) in [("sfzh", "身份证号"), ("SFZH", "身份证号"), ("kh_sjh", "手机号"), ("Customer Phone", "手机号"), ("xm", "姓名"), ("yhkh", "银行卡号"), ("dz", "地址"), ("user.email", "邮箱"), ("联系电话（必填）", "手机号"), ("ddbh", "订单号")] {
            #expect(ColumnNames.kind(of: name)?.label == label, "\(name)")
        }
        for name in ["id", "count", "xmas", "code", "remark", "", "zhou"] { #expect(ColumnNames.kind(of: name) == nil, "\(name)") }
    }

    /// The same value under two names: one is raised, the other lowered.
    @Test func aColumnsNameMovesItsFindings() async throws {
        let result = await Samples.scan("sjh,note\n\(Samples.mobile),x\n", "a.csv")
        let named = try #require(result.findings.first { $0.type == "mobile" })
        let bare = await Samples.scan("c1,c2\n\(Samples.mobile),x\n", "a.csv")
        #expect(named.confidence > (bare.findings.first { $0.type == "mobile" }?.confidence ?? 0))
        #expect(named.reasons.contains("the column is called so"))
    }

    @Test func jsonLinesByPath() async {
        let text = "{\"user\":{\"phone\":\"1380\\u0030138000\",\"n\":1},\"list\":[{\"mail\":\"\(Samples.mail)\"}]}\n{\"user\":{\"phone\":13912345678}}\nnot json \(Samples.mail)\n"
        let bytes = Array(text.utf8)
        let result = await Samples.scan(bytes, "a.jsonl")
        #expect(result.covered(in: bytes) == ["1380\\u0030138000", Samples.mail, "13912345678", Samples.mail])
        #expect(result.findings.map(\.location.column) == ["user.phone", "list.mail", "user.phone", result.findings.last?.location.column])
        #expect(result.findings.map(\.location.row) == [1, 1, 2, 3] && result.diagnostics.map(\.code) == ["scanning.json-line"])
    }

    @Test func aDocumentOfJSON() async {
        let text = "[\n {\"phone\": \"\(Samples.mobile)\"},\n {\"phone\": \"13912345678\"}\n]"
        let result = await Samples.scan(text, "a.json")
        #expect(result.covered(in: Array(text.utf8)) == [Samples.mobile, "13912345678"] && result.findings.map(\.location.row) == [1, 2] && result.findings.map(\.location.line) == [2, 3])
        // What is no JSON is text.
        let broken = await Samples.scan("{\"phone\": \"\(Samples.mobile)\"", "a.json")
        #expect(broken.types == ["mobile"])
    }

    @Test func aWorkbook() async {
        let result = await Samples.scan(Samples.workbook([["姓名", "手机"], ["张三", "1.3800138E10"].map { $0 == "1.3800138E10" ? Samples.mobile : $0 }, ["李四", "13912345678"]]), "a.xlsx")
        let mobiles = result.findings.filter { $0.type == "mobile" }
        #expect(mobiles.map(\.location.table) == ["客户", "客户"] && mobiles.map(\.location.row) == [2, 3] && mobiles.allSatisfy { $0.location.column == "手机" && $0.byteStart == nil && $0.start == 0 && $0.end == 11 })
    }

    @Test func aDatabase() async throws {
        let directory = try TemporaryDirectory()
        let path = directory.file("a.db")
        let queue = try DatabaseQueue(path: path)
        try await queue.write { database in
            try database.execute(sql: "CREATE TABLE kh (id INTEGER PRIMARY KEY, xm TEXT, sjh INTEGER, \"odd \"\"name\" BLOB)")
            for index in 0..<20 { try database.execute(sql: "INSERT INTO kh (xm, sjh, \"odd \"\"name\") VALUES (?, ?, ?)", arguments: ["王\(index)", 13_800_138_000 + index, Data("x\(Samples.mail)".utf8)]) }
            try database.execute(sql: "CREATE VIEW v AS SELECT * FROM kh")
        }
        try queue.close()
        let result = await Samples.scanner.scan(path: path)
        #expect(result.findings.count { $0.type == "mobile" } == 20 && result.findings.count { $0.type == "email" } == 20)
        #expect(result.findings.allSatisfy { $0.location.table == "kh" })
        #expect(result.columns.contains { $0.column == "sjh" && $0.table == "kh" && $0.type == "mobile" && $0.values == 20 })
        // In an archive it is set down for reading, where that is allowed.
        let packed = Samples.zip([("data/a.db", try FileTree.read(path))])
        let inside = await FileScanner(detector: Detector(), scratch: directory.path).scan(packed, name: "a.zip")
        #expect(inside.findings.count == result.findings.count && inside.findings.first?.location.members == ["data/a.db"])
        #expect(try FileManager.default.contentsOfDirectory(atPath: directory.path) == ["a.db"])
        // Damage is a diagnostic.
        let broken = try directory.write(Array("SQLite format 3\0".utf8) + [UInt8](repeating: 0x41, count: 4096), to: "broken.db")
        #expect(await Samples.scanner.scan(path: broken).diagnostics.map(\.code) == ["store.foreign"])
    }

    @Test func aDatabaseHasTheClassOfItsTables() async throws {
        let directory = try TemporaryDirectory(), scanner = try DocumentReportTests.scanner(), rows = DocumentReportTests.payroll
        let queue = try DatabaseQueue(path: directory.file("a.db"))
        try await queue.write { database in
            try database.execute(sql: "CREATE TABLE a_settings (name TEXT, value TEXT)")
            try database.execute(sql: "INSERT INTO a_settings VALUES ('version', '3')")
            try database.execute(sql: "CREATE TABLE pay (\(rows[0].map { "\"\($0)\" TEXT" }.joined(separator: ", ")))")
            for row in rows.dropFirst() { try database.execute(sql: "INSERT INTO pay VALUES (\(row.map { "'\($0)'" }.joined(separator: ", ")))") }
        }
        try queue.close()
        #expect(await scanner.scan(path: directory.file("a.db")).document?.documentClass == .payroll)
    }

    /// Records that cross slabs, and one quotation mark that never closes.
    @Test func longTables() async throws {
        let rows = (0..<4_000).map { "\($0),some filler text here,1390012\(String(10_000 + $0 % 10_000).dropFirst())" }
        let bytes = Array(("n,t,phone\n" + rows.joined(separator: "\n")).utf8)
        var limits = ScanLimits()
        limits.slabByteCount = 64 << 10
        let result = await Samples.scan(bytes, "long.csv", limits: limits)
        #expect(bytes.count > 2 * limits.slabByteCount)
        #expect(result.findings.count { $0.type == "mobile" } == 4_000 && result.findings.last?.location.row == 4_001)
        #expect(result.covered(in: bytes).allSatisfy { $0.hasPrefix("1390012") })
        let open = Array("a,b\n\"\(Samples.mobile),\(String(repeating: "x ", count: 60_000))".utf8)
        let broken = await Samples.scan(open, "open.csv", limits: limits)
        #expect(broken.types.contains("mobile") && broken.diagnostics.map(\.code).contains("scanning.record-too-long"))
    }
}

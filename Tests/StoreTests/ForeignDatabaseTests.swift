import Core
import Foundation
import GRDB
import Support
import Testing

@testable import Store

@Suite struct ForeignDatabaseTests {
    private func database(_ directory: TemporaryDirectory, _ statements: [String]) throws -> String {
        let path = directory.file("foreign.db")
        let queue = try DatabaseQueue(path: path)
        try queue.writeWithoutTransaction { database in for statement in statements { try database.execute(sql: statement) } }
        try queue.close()
        return path
    }

    private func rows(_ database: ForeignDatabase, _ table: ForeignDatabase.Table, limit: Int = 100) throws -> [[String?]] {
        var all: [[String?]] = []
        try database.rows(of: table, limit: limit) { all.append($0.map { $0.map { String(decoding: $0, as: UTF8.self) } }); return true }
        return all
    }

    @Test func valuesOfEveryKind() throws {
        let directory = try TemporaryDirectory()
        let path = try database(directory, [
            "CREATE TABLE \"a \"\"b\" (i, r, t, bl, n)", "INSERT INTO \"a \"\"b\" VALUES (13800138000, 1.38e10, '文', x'616263', NULL), (1, 0.5, '', x'FF00', -1)",
        ])
        let foreign = try ForeignDatabase(path: path)
        let table = try #require(try foreign.tables().first)
        #expect(table.name == "a \"b" && table.columns == ["i", "r", "t", "bl", "n"])
        #expect(try rows(foreign, table) == [["13800138000", "13800000000", "文", "abc", nil], ["1", "0.5", "", nil, "-1"]])
        #expect(try rows(foreign, table, limit: 1).count == 1)
    }

    /// Views, virtual tables and generated columns are a stranger's programs.
    @Test func onlyStoredRowsAreRead() throws {
        let directory = try TemporaryDirectory()
        let path = try database(directory, [
            "CREATE TABLE t (a TEXT, g TEXT GENERATED ALWAYS AS (a || 'x') VIRTUAL)", "INSERT INTO t (a) VALUES ('1')", "CREATE VIEW v AS SELECT load_extension('x')", "CREATE VIRTUAL TABLE f USING fts5(x)",
        ])
        let foreign = try ForeignDatabase(path: path)
        let tables = try foreign.tables()
        #expect(!tables.contains { $0.name == "v" || $0.name == "f" })
        #expect(try rows(foreign, try #require(tables.first { $0.name == "t" })) == [["1"]])
    }

    @Test func nothingIsWritten() throws {
        let directory = try TemporaryDirectory()
        let path = try database(directory, ["CREATE TABLE t (a)", "INSERT INTO t VALUES (1)"])
        let before = try FileTree.read(path)
        let foreign = try ForeignDatabase(path: path)
        _ = try rows(foreign, try #require(try foreign.tables().first))
        #expect(try FileTree.read(path) == before)
    }

    /// Bytes of a database changed at random: rows or a fault, never a trap, and no text in the fault.
    @Test(arguments: 0..<60)
    func damage(seed: UInt64) throws {
        let directory = try TemporaryDirectory()
        let path = try database(directory, ["CREATE TABLE t (a)", "WITH RECURSIVE n(x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM n WHERE x < 500) INSERT INTO t SELECT 'secret' || x FROM n"])
        var bytes = try FileTree.read(path)
        var random = SeededRandom(seed: seed)
        for _ in 0..<8 { bytes[Int.random(in: 0..<bytes.count, using: &random)] = UInt8.random(in: .min ... .max, using: &random) }
        try Data(bytes).write(to: URL(fileURLWithPath: path))
        do {
            let foreign = try ForeignDatabase(path: path)
            for table in try foreign.tables() { _ = try rows(foreign, table) }
        } catch {
            let fault = try #require(error as? Fault)
            #expect(fault.code == .foreignDatabase && !fault.description.contains("secret"))
        }
    }
}

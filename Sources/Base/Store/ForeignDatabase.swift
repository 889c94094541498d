import Core
import GRDB

/// Reads the tables of an SQLite database that somebody else wrote. Nothing in it is trusted and nothing is changed.
///
/// The file is opened read-only; views, virtual tables and triggers are left alone, because their definitions are programs of a stranger, and SQLite is told to trust no schema. Values are read up to a
/// bound each.
public final class ForeignDatabase: Sendable {
    /// A table and its columns.
    public struct Table: Sendable, Hashable {
        public let name: String
        public let columns: [String]
    }

    /// Bytes of a value; the rest is not read.
    public static let valueByteCountMax = 1 << 20
    /// Tables of a database.
    public static let tableCountMax = 10_000

    private let queue: DatabaseQueue

    /// - Throws: `store.foreign` when it is no database or is damaged.
    public init(path: String) throws {
        var configuration = Configuration()
        configuration.readonly = true
        configuration.busyMode = .timeout(2)
        configuration.prepareDatabase { database in
            try database.execute(sql: "PRAGMA trusted_schema = OFF; PRAGMA query_only = ON; PRAGMA cell_size_check = ON; PRAGMA cache_size = -4096; PRAGMA mmap_size = 0")
        }
        do { queue = try DatabaseQueue(path: path, configuration: configuration) } catch { throw Self.fault(error) }
    }

    /// The tables that hold rows of their own, by name.
    /// - Throws: `store.foreign`.
    public func tables() throws -> [Table] {
        do {
            return try queue.read { database in
                let names = try String.fetchAll(
                    database,
                    sql: "SELECT name FROM sqlite_schema WHERE type = 'table' AND rootpage > 0 AND name NOT LIKE 'sqlite\\_%' ESCAPE '\\' ORDER BY name LIMIT \(Self.tableCountMax)")
                return try names.map { name in
                    // Hidden and generated columns are computed by the schema: only stored ones are read.
                    let columns = try Row.fetchAll(database, sql: "SELECT name FROM pragma_table_xinfo(?) WHERE hidden = 0 ORDER BY cid", arguments: [name]).compactMap { $0[0] as String? }
                    return Table(name: name, columns: columns)
                }
            }
        } catch { throw Self.fault(error) }
    }

    /// Calls `body` with the values of each row, as UTF-8 text; nil for no value or bytes that are no text. It returns false to end.
    /// - Throws: `store.foreign`.
    public func rows(of table: Table, limit: Int, _ body: ([[UInt8]?]) -> Bool) throws {
        guard !table.columns.isEmpty else { return }
        let list = table.columns.map { column -> String in
            let name = Self.quoted(column)
            return "CASE WHEN typeof(\(name)) IN ('text', 'blob') THEN substr(\(name), 1, \(Self.valueByteCountMax)) ELSE \(name) END"
        }
        do {
            try queue.read { database in
                let cursor = try Row.fetchCursor(database, sql: "SELECT \(list.joined(separator: ", ")) FROM main.\(Self.quoted(table.name)) LIMIT ?", arguments: [limit])
                while let row = try cursor.next() {
                    let values = (0..<table.columns.count).map { Self.bytes(row[$0] as DatabaseValue) }
                    guard body(values) else { return }
                }
            }
        } catch { throw Self.fault(error) }
    }

    private static func bytes(_ value: DatabaseValue) -> [UInt8]? {
        switch value.storage {
        case .null: nil
        case .int64(let number): Array(String(number).utf8)
        case .double(let number): Array((number.rounded() == number && number.magnitude < 1e15 ? String(Int64(number)) : String(number)).utf8)
        case .string(let text): Array(text.utf8)
        case .blob(let data): String(validating: data, as: UTF8.self).map { Array($0.utf8) }
        }
    }

    private static func quoted(_ name: String) -> String { "\"" + name.replacing("\"", with: "\"\"") + "\"" }

    /// Never quotes a name or a value of the database.
    private static func fault(_ error: any Error) -> any Error {
        guard let database = error as? DatabaseError else { return error }
        return Fault(.foreignDatabase, "the SQLite database cannot be read (code \(database.extendedResultCode.rawValue))", remedy: "copy it with `sqlite3 FILE .backup` and scan the copy")
    }
}

extension Fault.Code {
    /// A database of somebody else is damaged or locked.
    public static let foreignDatabase = Fault.Code("store.foreign", .input)
}

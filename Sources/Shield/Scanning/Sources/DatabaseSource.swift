import Core
import Store

/// The tables of an SQLite database by column.
struct DatabaseSource {
    let scanner: PartScanner
    let location: PartLocation

    /// Bytes of one table in the sample that the file's class is told from, so that a file of many tables shows more than its first.
    private static let sampledByteCount = 8 << 10

    /// - Parameter sample: Gets the first rows of each table, as a file of comma separated values would have them.
    func scan(path: String, sample: inout DocumentSample, into result: inout FileResult) throws {
        let database = try ForeignDatabase(path: path)
        for table in try database.tables() {
            var columns = TableScanner(scanner, location, table: table.name)
            for (index, name) in table.columns.enumerated() { columns.name(index, name) }
            var row = 0
            var front = Array(table.columns.joined(separator: ",").utf8)
            do {
                try database.rows(of: table, limit: scanner.limits.rowCountMax) { values in
                    row += 1
                    if front.count < Self.sampledByteCount {
                        front.append(10)
                        for (index, value) in values.enumerated() where front.count < Self.sampledByteCount {
                            if index > 0 { front.append(UInt8(ascii: ",")) }
                            if let value { front += value.prefix(Self.sampledByteCount) }
                        }
                    }
                    for (index, value) in values.enumerated() { if let value { columns.add(value, TableCell(column: index, row: row)) } }
                    if columns.isFull { columns.flush(nil) }
                    return true
                }
            } catch {
                result.add(error, location.member(table.name), scanner.limits)
            }
            if row == scanner.limits.rowCountMax { result.note(.warning, "scanning.rows-cut", "only the first \(row) rows of a table are scanned", location.member(table.name), scanner.limits) }
            columns.flush(nil)
            columns.finish(into: &result)
            sample.add(front.prefix(Self.sampledByteCount))
        }
    }
}

import Core
import Store

/// The tables of an SQLite database by column.
struct DatabaseSource {
    let scanner: PartScanner
    let location: PartLocation

    func scan(path: String, into result: inout FileResult) throws {
        let database = try ForeignDatabase(path: path)
        for table in try database.tables() {
            var columns = TableScanner(scanner, location, table: table.name)
            for (index, name) in table.columns.enumerated() { columns.name(index, name) }
            var row = 0
            do {
                try database.rows(of: table, limit: scanner.limits.rowCountMax) { values in
                    row += 1
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
        }
    }
}

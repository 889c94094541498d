import Core

/// The cells of a table of comma-separated values (RFC 4180), for an ``ExactTable``.
public enum ExactCells {
    /// The cells of all rows that are not empty. A first row without a digit, above a row with one, is taken for the names of the columns and left out.
    /// - Throws: `detection.exact-table` for more than ``ExactTable/valueCountMax`` cells.
    public static func read(_ text: String) throws -> [String] {
        var cells: [String] = []
        var head: [String]?
        var isFirst = true
        try rows(Array(text.utf8)) { row in
            if isFirst {
                (head, isFirst) = (row, false)
                return
            }
            if let names = head {
                if hasDigit(names) || !hasDigit(row) { cells += names }
                head = nil
            }
            cells += row
            guard cells.count <= ExactTable.valueCountMax else {
                throw Fault(.exactTable, "the table has more than \(ExactTable.valueCountMax) cells", remedy: "leave out columns that identify nobody, or split it")
            }
        }
        return cells + (head ?? [])
    }

    private static func hasDigit(_ row: [String]) -> Bool { row.contains { $0.utf8.contains { $0 &- 48 < 10 } } }

    private static func rows(_ bytes: [UInt8], _ body: ([String]) throws -> Void) rethrows {
        var row: [String] = []
        var cell: [UInt8] = []
        var isQuoted = false
        func endCell() {
            if !cell.isEmpty { row.append(String(decoding: cell, as: UTF8.self)) }
            cell.removeAll(keepingCapacity: true)
        }
        var index = bytes.starts(with: [0xEF, 0xBB, 0xBF]) ? 3 : 0
        while index < bytes.count {
            let byte = bytes[index]
            index += 1
            switch byte {
            case UInt8(ascii: "\"") where isQuoted && index < bytes.count && bytes[index] == UInt8(ascii: "\""):
                cell.append(byte)
                index += 1
            case UInt8(ascii: "\"") where isQuoted: isQuoted = false
            case _ where isQuoted: cell.append(byte)
            case UInt8(ascii: "\"") where cell.isEmpty: isQuoted = true
            case UInt8(ascii: ","): endCell()
            case 10, 13:
                endCell()
                if !row.isEmpty { try body(row) }
                row.removeAll(keepingCapacity: true)
            default: cell.append(byte)
            }
        }
        endCell()
        if !row.isEmpty { try body(row) }
    }
}

import Core
import Foundation

/// A file of instruction data: JSONL, or one JSON array. It is read in pieces, row by row; a row that is wrong is left out and named, and the others are used.
public struct InstructionFile: Sendable {
    /// What a file may be.
    public struct Bounds: Sendable, Hashable {
        public var fileByteCount = 2 << 30
        public var rowByteCount = 4 << 20
        public var rowCount = 4_000_000
        /// Diagnostics that are kept; further ones are counted.
        public var diagnosticCount = 50

        public init() {}
    }

    public let path: String
    /// What the rows are; nil takes the format of the first row that has one.
    public let format: InstructionFormat?
    public let bounds: Bounds
    /// Bytes that are read at once.
    private static let chunkByteCount = 1 << 20

    public init(path: String, format: InstructionFormat? = nil, bounds: Bounds = Bounds()) { (self.path, self.format, self.bounds) = (path, format, bounds) }

    /// Reads the rows one after another.
    ///
    /// - Parameter each: is given every good row with the line where it begins; throws ``RowRefusal`` to have the row counted as wrong.
    /// - Returns: what was found. A file with wrong rows is no error; one without good ones is.
    /// - Throws: `core.file`; `tuning.data` for a file that is too large, has too many rows, or none that can be used.
    @discardableResult
    public func read(_ each: (InstructionRow, _ line: Int) throws -> Void) throws -> InstructionReport {
        guard let handle = FileHandle(forReadingAtPath: path), let size = (try? FileManager.default.attributesOfItem(atPath: path))?[.size] as? Int else {
            throw Fault(.file, "cannot read \(path)", remedy: "check that it is a file and that you may read it")
        }
        defer { try? handle.close() }
        guard size <= bounds.fileByteCount else {
            throw Fault(.trainingData, "\(path) has \(size >> 20) MiB, more than \(bounds.fileByteCount >> 20)", remedy: "train on a part of it")
        }
        var report = InstructionReport(path: path, format: format, diagnosticCountMax: bounds.diagnosticCount)
        var splitter = RowSplitter(rowByteCountMax: bounds.rowByteCount)
        var hash = SHA256()
        func take(_ row: RowSplitter.Row) throws {
            guard report.rowCount + report.refusedCount < bounds.rowCount else {
                throw Fault(.trainingData, "\(path) has more than \(bounds.rowCount) rows", remedy: "train on a part of it")
            }
            do {
                let parsed = try parse(row, &report)
                try each(parsed, row.line)
                report.add(parsed)
            } catch let problem as RowProblem {
                report.refuse(line: row.line, problem.message)
            } catch let refusal as RowRefusal {
                report.refuse(line: row.line, refusal.reason, isTooLong: refusal.isTooLong)
            }
        }
        while let chunk = try handle.read(upToCount: Self.chunkByteCount), !chunk.isEmpty {
            let bytes = [UInt8](chunk)
            hash.update(bytes)
            try splitter.add(bytes, take)
        }
        try splitter.finish(take)
        report.hash = hexText(hash.finalize())
        if splitter.isUnclosed { report.refuse(line: splitter.reachedLine, "the array has no end") }
        if let line = splitter.lineAfterEnd { report.refuse(line: line, "something stands after the array") }
        guard report.rowCount > 0 else {
            let first = report.diagnostics.first.map { ": \($0.place.map { "\($0): " } ?? "")\($0.message)" } ?? ""
            throw Fault(.trainingData, "\(path) has no row that can be used\(first)", remedy: "give JSONL or a JSON array of the forms \(InstructionFormat.allCases.map(\.rawValue).joined(separator: ", "))")
        }
        return report
    }

    /// All good rows.
    ///
    /// - Throws: as ``read(_:)``.
    public func rows() throws -> (rows: [InstructionRow], report: InstructionReport) {
        var rows: [InstructionRow] = []
        let report = try read { row, _ in rows.append(row) }
        return (rows, report)
    }

    private func parse(_ row: RowSplitter.Row, _ report: inout InstructionReport) throws -> InstructionRow {
        guard !row.bytes.isEmpty else { throw RowProblem("the row has more than \(bounds.rowByteCount >> 20) MiB") }
        guard let text = String(validating: row.bytes, as: UTF8.self) else { throw RowProblem("the row is not UTF-8") }
        let json: JSONValue
        do { json = try JSONValue(parsing: text) } catch { throw RowProblem("\((error as? Fault)?.message ?? "no JSON") of the row") }
        guard json.object != nil else { throw RowProblem("the row is no object") }
        if report.format == nil { report.format = InstructionFormat.of(json) }
        guard let expected = report.format else { throw RowProblem("the row has none of the members messages, instruction, conversations, text, chosen and preferred_output") }
        // A row of another format is a mistake more often than not; one that was asked for by name is read as it.
        if format == nil, let own = InstructionFormat.of(json), own != expected { throw RowProblem("the row is of the format \(own.rawValue), the file began with \(expected.rawValue)") }
        return try InstructionParsing.row(json, expected)
    }
}

/// Why somebody who was given a row cannot use it; without its text.
public struct RowRefusal: Error, Sendable {
    public let reason: String
    /// Whether it has more tokens than fit.
    public let isTooLong: Bool

    public init(_ reason: String, isTooLong: Bool = false) { (self.reason, self.isTooLong) = (reason, isTooLong) }
}

import Core

/// The bytes of a file or of a member of one, front to back.
struct SourceBytes {
    private enum Origin {
        case memory([UInt8])
        case file(FileReader, FileStatus)
    }
    private let origin: Origin
    private var place = 0
    private var end: Int
    /// What was left out, for the diagnostics of the file.
    private(set) var notes: [Diagnostic] = []

    init(_ bytes: [UInt8]) { (origin, end) = (.memory(bytes), bytes.count) }

    /// - Throws: `core.file`.
    init(path: String, limits: ScanLimits) throws {
        let reader = try FileReader(path: path)
        let status = try reader.status()
        (origin, end) = (.file(reader, status), min(status.byteCount, limits.fileByteCountMax))
        if end < status.byteCount { notes.append(Diagnostic(.warning, "scanning.too-large", "only the first \(end) bytes are read", place: path)) }
        if status.isSparse { notes.append(Diagnostic(.note, "scanning.sparse", "holes are skipped: \(status.allocatedByteCount) of \(status.byteCount) bytes are on the disk", place: path)) }
    }

    /// Bytes in all, as known at the start. What is appended meanwhile is not read: a log that grows faster than it is read would never end.
    var byteCount: Int { end }

    /// The next bytes, at most `count`, and their place; nil at the end. A piece never spans a hole.
    mutating func next(_ count: Int) throws -> (bytes: [UInt8], place: Int)? {
        guard place < end else { return nil }
        switch origin {
        case .memory(let bytes):
            let start = place
            place = min(end, place + count)
            return (start == 0 && place == end ? bytes : Array(bytes[start..<place]), start)
        case .file(let reader, let status):
            if status.isSparse {
                guard let data = reader.seekData(from: place), data < end else { return nil }
                place = data
            }
            let start = place
            let bytes = try reader.read(exactly: min(count, end - place))
            place += bytes.count
            if bytes.isEmpty {
                notes.append(Diagnostic(.warning, "scanning.shrunk", "the file became shorter while it was read; what was there is scanned"))
                end = place
                return nil
            }
            return (bytes, start)
        }
    }

    /// All of the bytes.
    /// - Throws: `scanning.too-large`.
    mutating func whole(byteCountMax: Int) throws -> [UInt8] {
        guard end <= byteCountMax else {
            throw Fault(.sourceTooLarge, "the file has \(end) bytes; \(byteCountMax) are read of its kind", remedy: "unpack or split it")
        }
        if case .memory(let bytes) = origin, place == 0 { return bytes }
        var bytes: [UInt8] = []
        while let piece = try next(end) { bytes += piece.bytes }
        return bytes
    }

    /// Adds what happened to the file while it was read.
    mutating func checkGrowth() {
        guard case .file(let reader, let status) = origin, let now = try? reader.status(), now.byteCount > status.byteCount else { return }
        notes.append(Diagnostic(.note, "scanning.grown", "the file grew while it was read; its first \(status.byteCount) bytes are scanned"))
    }
}

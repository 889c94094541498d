import Core

/// The files of one step.
struct BatchWork: Sendable {
    let scanner: FileScanner
    let root: String
    let width: Int
    /// Bytes of a file whose content is compared with earlier scans; a larger one is scanned anew.
    static let comparedByteCountMax = 256 << 20

    /// Scans units, `width` at a time.
    /// - Parameter known: the result that an earlier scan keeps under a key.
    func scan(_ units: [ScanUnit], fingerprint: String? = nil, known: @escaping @Sendable (String) async throws -> FileResult?) async throws -> BatchResult {
        let results = try await mapBounded(units, width: width) { unit -> (FileResult, String?, Bool) in
            try Task.checkCancellation()
            let path = root + "/" + unit.path
            guard let fingerprint, let key = Self.key(path, unit, fingerprint) else { return (await scanner.scan(path: path, name: unit.path), nil, false) }
            if let earlier = try await known(key) { return (earlier.moved(to: unit.path), nil, true) }
            return (await scanner.scan(path: path, name: unit.path), key, false)
        }
        return BatchResult(files: results.map(\.0), keys: results.map(\.1), unchanged: results.count { $0.2 })
    }

    /// Content, kind by name, detector and options. Nil for repositories and what cannot be read: they are scanned anew.
    private static func key(_ path: String, _ unit: ScanUnit, _ fingerprint: String) -> String? {
        guard unit.byteCount <= comparedByteCountMax, let reader = try? FileReader(path: path) else { return nil }
        var hash = SHA256()
        hash.update(Array("\(fingerprint)|\(SourceKind.fileExtension(of: unit.path))|".utf8))
        do {
            while true {
                let piece = try reader.read(upTo: 1 << 20)
                if piece.isEmpty { break }
                hash.update(piece)
            }
        } catch { return nil }
        return hash.finalize().map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined()
    }
}

extension FileResult {
    /// The same result of a file at another path.
    func moved(to path: String) -> FileResult {
        var copy = self
        for index in copy.findings.indices { copy.findings[index].location.path = path }
        copy.document?.path = path
        for index in copy.dropped.indices { copy.dropped[index].location.path = path }
        for index in copy.columns.indices { copy.columns[index].source = path + copy.columns[index].source }
        for index in copy.diagnostics.indices { copy.diagnostics[index].place = path + (copy.diagnostics[index].place ?? "") }
        return copy
    }

    /// The result without its path, as it is kept under its content.
    func unmoved(from path: String) -> FileResult {
        var copy = self
        for index in copy.findings.indices { copy.findings[index].location.path = "" }
        copy.document?.path = ""
        for index in copy.dropped.indices { copy.dropped[index].location.path = "" }
        for index in copy.columns.indices { copy.columns[index].source = String(copy.columns[index].source.dropFirst(path.count)) }
        for index in copy.diagnostics.indices { copy.diagnostics[index].place = copy.diagnostics[index].place.map { String($0.dropFirst(path.count)) } }
        return copy
    }
}

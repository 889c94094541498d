import Core
import Foundation

/// One file under way: what was found, how deep it is and how much was unpacked.
struct FileScan {
    let scanner: FileScanner
    let location: PartLocation
    var result = FileResult()
    private var unpacked = 0
    private var sample = DocumentSample()
    /// How deep the text lies that the sample is of: one deeper in a file that is compressed by itself.
    private var sampledDepth = 0

    init(scanner: FileScanner, location: PartLocation) { (self.scanner, self.location) = (scanner, location) }

    private var parts: PartScanner { scanner.parts }
    private var limits: ScanLimits { scanner.parts.limits }

    /// - Parameter path: where the bytes are a file of their own; a database needs one.
    mutating func source(_ bytes: SourceBytes, path: String?) async {
        result.byteCount = bytes.byteCount
        await scan(bytes, location, path: path, depth: 0)
        result.document = scanner.classifier.flatMap { sample.report($0, result, path: location.path) }
    }

    private mutating func scan(_ source: SourceBytes, _ place: PartLocation, path: String?, depth: Int) async {
        var bytes = source
        do {
            var look = source
            let isSampled = scanner.classifier != nil && depth == sampledDepth
            let front = try look.next(min(isSampled ? DocumentSample.byteCountMax : SourceKind.prefixByteCount, max(1, source.byteCount)))?.bytes ?? []
            if front.isEmpty { return }
            let prefix = Array(front.prefix(SourceKind.prefixByteCount))
            // The look moved the file's place: reading starts again from the front.
            if let path { bytes = try SourceBytes(path: path, limits: limits) }
            let kind = SourceKind(prefix: prefix, name: place.members?.last ?? place.path, documents: scanner.documents?.fileExtensions ?? [])
            if isSampled, let text = kind.text(of: front) { sample.add(text) }
            try await scan(&bytes, kind, place, path: path, depth: depth)
        } catch {
            result.add(error, place, limits)
        }
        for note in bytes.notes {
            var note = note
            note.place = place.name
            result.add(note, limits)
        }
    }

    private mutating func scan(_ bytes: inout SourceBytes, _ kind: SourceKind, _ place: PartLocation, path: String?, depth: Int) async throws {
        switch kind {
        case .text(let encoding, let mark):
            var reader = SlabReader(bytes, encoding, skipping: mark, limits: limits, byteCountMax: PlainText.slabByteCount)
            try PlainText(scanner: parts).scan(&reader, place, into: &result)
            add(reader.notes, place)
        case .delimited(let encoding, let mark, let separator):
            var reader = SlabReader(bytes, encoding, skipping: mark, limits: limits)
            var source = DelimitedSource(parts, place, separator: separator)
            try source.scan(&reader, into: &result)
            add(reader.notes, place)
        case .jsonLines(let encoding, let mark):
            var reader = SlabReader(bytes, encoding, skipping: mark, limits: limits)
            var source = JSONSource(parts, place)
            try source.scanLines(&reader, into: &result)
            add(reader.notes, place)
        case .html(let encoding, let mark): try html(&bytes, encoding, mark, place, depth)
        case .json(let encoding, let mark): try json(&bytes, encoding, mark, place)
        case .database: try database(&bytes, place, path: path, depth)
        case .zip: try await zip(try whole(&bytes), place, depth)
        case .gzip: try await gzip(try whole(&bytes), place, depth)
        case .tar: try await tar(try whole(&bytes), place, depth)
        case .mail: await mail(try whole(&bytes), place, depth)
        case .mailFolder:
            let all = try whole(&bytes)
            for (number, range) in MailFolder.messages(all).enumerated() { await mail(Array(all[range]), place.member("message \(number + 1)"), depth) }
        case .document(let tail): try await document(try whole(&bytes), tail, place, depth)
        case .binary: result.note(.note, "scanning.binary", "binary data of an unknown kind is not read", place, limits)
        }
    }

    private mutating func add(_ notes: [Diagnostic], _ place: PartLocation) {
        for note in notes where note.code == "scanning.shrunk" || note.code == "scanning.grown" { result.note(note.severity, note.code, note.message, place, limits) }
    }

    private func whole(_ bytes: inout SourceBytes) throws -> [UInt8] { try bytes.whole(byteCountMax: limits.wholeByteCountMax) }

    private mutating func json(_ bytes: inout SourceBytes, _ encoding: TextEncoding, _ mark: Int, _ place: PartLocation) throws {
        if bytes.byteCount <= limits.wholeByteCountMax {
            let all = Array(try whole(&bytes).dropFirst(mark))
            let slab = TextSlab(original: all, utf8: encoding.utf8(of: all), encoding: encoding, base: TextPosition(byte: mark), isLast: true)
            var source = JSONSource(parts, place)
            if source.scanDocument(slab, into: &result) { return }
            bytes = SourceBytes(all)
            var reader = SlabReader(bytes, encoding, skipping: 0, limits: limits)
            try PlainText(scanner: parts).scan(&reader, place, into: &result)
        } else {
            result.note(.note, "scanning.json-large", "the document is too large to be read by its members; it is read as text", place, limits)
            var reader = SlabReader(bytes, encoding, skipping: mark, limits: limits)
            try PlainText(scanner: parts).scan(&reader, place, into: &result)
        }
    }

    private mutating func html(_ bytes: inout SourceBytes, _ encoding: TextEncoding, _ mark: Int, _ place: PartLocation, _ depth: Int) throws {
        guard bytes.byteCount <= PageSource.byteCountMax else {
            result.note(.note, "scanning.page-large", "the page is too large for its visible text to be read; it is read as it is written", place, limits)
            var reader = SlabReader(bytes, encoding, skipping: mark, limits: limits)
            return try PlainText(scanner: parts).scan(&reader, place, into: &result)
        }
        let all = Array(try whole(&bytes).dropFirst(mark))
        page(TextSlab(original: all, utf8: encoding.utf8(of: all), encoding: encoding, base: TextPosition(byte: mark), isLast: true), place, depth)
    }

    private mutating func page(_ slab: TextSlab, _ place: PartLocation, _ depth: Int) {
        let visible = VisibleText(page: slab.utf8)
        PageSource(scanner: parts, location: place).scan(slab, visible, into: &result)
        if depth == sampledDepth { sample.add(visible.bytes) }
    }

    private mutating func database(_ bytes: inout SourceBytes, _ place: PartLocation, path: String?, _ depth: Int) throws {
        var front = DocumentSample()
        defer { if depth == sampledDepth { sample = front } }
        if let path { return try DatabaseSource(scanner: parts, location: place).scan(path: path, sample: &front, into: &result) }
        guard let scratch = scanner.scratch else { throw Fault(.sourceTooLarge, "a database inside an archive is not read", remedy: "unpack it") }
        let file = "\(scratch)/banyan-\(scanner.ids.token(length: 26)).sqlite"
        let all = try whole(&bytes)
        guard FileManager.default.createFile(atPath: file, contents: Data(all), attributes: [.posixPermissions: 0o600]) else {
            throw Fault(.file, "cannot write a scratch file in \(scratch)", remedy: "check its permissions and free space")
        }
        defer { try? FileManager.default.removeItem(atPath: file) }
        try DatabaseSource(scanner: parts, location: place).scan(path: file, sample: &front, into: &result)
    }

    // MARK: - What holds other files

    /// Scans a file that lies in another, within the bounds of depth and total.
    private mutating func member(_ bytes: [UInt8], _ name: String, in place: PartLocation, _ depth: Int) async {
        let inner = place.member(name)
        guard depth < limits.depthMax else { return result.note(.warning, "scanning.depth", "archives are opened \(limits.depthMax) deep; this one is deeper", inner, limits) }
        unpacked += bytes.count
        guard unpacked <= limits.unpackedByteCountMax else { return result.note(.warning, "scanning.unpacked", "only \(limits.unpackedByteCountMax >> 20) MiB are unpacked of one file", inner, limits) }
        await scan(SourceBytes(bytes), inner, path: nil, depth: depth + 1)
    }

    private mutating func zip(_ bytes: [UInt8], _ place: PartLocation, _ depth: Int) async throws {
        let archive = try ZipArchive(bytes, limits: ZipArchive.Limits(entryCountMax: 60_000, entryByteCountMax: limits.wholeByteCountMax, totalByteCountMax: limits.unpackedByteCountMax))
        if WorkbookSource.recognizes(archive) {
            var rows = DocumentSample()
            defer { if depth == sampledDepth { sample = rows } }
            return try WorkbookSource(scanner: parts, location: place).scan(archive, into: &result) { rows.add($0) }
        }
        if archive.entries["word/document.xml"] != nil, scanner.documents?.fileExtensions.contains("docx") == true { return try await document(bytes, "docx", place, depth) }
        for (name, entry) in archive.entries.sorted(by: { $0.key < $1.key }) where entry.byteCount > 0 {
            do {
                guard let body = try archive.contents(of: name) else { continue }
                await member(body, name, in: place, depth)
            } catch {
                result.add(error, place.member(name), limits)
            }
        }
    }

    private mutating func gzip(_ bytes: [UInt8], _ place: PartLocation, _ depth: Int) async throws {
        var body: [UInt8] = []
        var rest = bytes
        let room = max(0, limits.unpackedByteCountMax - unpacked)
        // Members one after another are one text (RFC 1952, section 2.2).
        repeat {
            let member = try Inflater.member(rest, wrapping: .gzip, byteCountMax: room - body.count)
            body += member.bytes
            rest = Array(rest[member.taken...])
        } while rest.starts(with: [0x1F, 0x8B])
        let name = (place.members?.last ?? place.path).split(separator: "/").last.map(String.init) ?? "content"
        let inner = name.hasSuffix(".gz") ? String(name.dropLast(3)) : name.hasSuffix(".tgz") ? name.dropLast(4) + ".tar" : name
        if depth == sampledDepth { sampledDepth += 1 }
        await member(body, inner, in: place, depth)
    }

    private mutating func tar(_ bytes: [UInt8], _ place: PartLocation, _ depth: Int) async throws {
        var reader = TarReader(bytes)
        while let entry = try reader.next() { if !entry.bytes.isEmpty { await member(Array(entry.bytes), entry.name, in: place, depth) } }
    }

    private mutating func mail(_ bytes: [UInt8], _ place: PartLocation, _ depth: Int) async {
        for (number, part) in MailMessage(bytes).parts.enumerated() {
            let name = part.name == "headers" ? part.name : "\(number) \(part.name)"
            if part.isText {
                let slab = TextSlab(original: part.bytes, utf8: part.bytes, encoding: .utf8, base: TextPosition(), isLast: true)
                if part.name == "text/html", part.bytes.count <= PageSource.byteCountMax {
                    page(slab, place.member(name), depth)
                } else {
                    PlainText(scanner: parts).scan(slab, place.member(name), into: &result)
                    if depth == sampledDepth { sample.add(part.bytes) }
                }
            } else {
                await member(part.bytes, part.name, in: place, depth)
            }
        }
    }

    private mutating func document(_ bytes: [UInt8], _ tail: String, _ place: PartLocation, _ depth: Int) async throws {
        guard let documents = scanner.documents else { return result.note(.warning, "scanning.document", "a document of this kind is not read here", place, limits) }
        let (texts, diagnostics) = try await documents.texts(name: "document.\(tail)", bytes: bytes)
        DocumentSource(scanner: parts).scan(texts, place, into: &result)
        if depth == sampledDepth { for text in texts where !sample.isFull { sample.add(text.text.utf8) } }
        for diagnostic in diagnostics where diagnostic.severity != .note { result.note(diagnostic.severity, diagnostic.code, diagnostic.message, place, limits) }
    }

    /// The history of a repository.
    mutating func repository(_ folder: String) async {
        var git = GitSource(folder)
        var problems: [any Error] = []
        var problemCount = 0
        var entries = 0
        await git.forEach { entry in
            entries += 1
            result.byteCount += entry.bytes.count
            unpacked = 0
            await scan(SourceBytes(entry.bytes), location.member(entry.name), path: nil, depth: 1)
        } problem: { error in
            problemCount += 1
            if problems.count < limits.diagnosticCountMax { problems.append(error) }
        }
        for problem in problems { result.add(problem, location, limits) }
        result.diagnosticsLeftOut += problemCount - problems.count
    }
}

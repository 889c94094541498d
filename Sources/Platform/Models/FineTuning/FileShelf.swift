import Core
import Foundation
import Store

/// Files under ids in the folder `files` of the data directory, with a record each. Not among the blobs: equal bytes share a blob, and deleting a file must not take a document's bytes along.
public struct FileShelf: Sendable {
    /// What files may take.
    public struct Bounds: Sendable {
        public var fileByteCount = 64 << 20
        public var byteCount = 4 << 30
        public var count = 1000

        public init() {}
    }

    let store: Store
    private let clock: any WallClock
    private let ids: IdentifierSource
    private let bounds: Bounds
    private static let records = RecordCollection<StoredFile>("files")

    public init(store: Store, clock: any WallClock, ids: IdentifierSource, bounds: Bounds = Bounds()) { (self.store, self.clock, self.ids, self.bounds) = (store, clock, ids, bounds) }

    private var folder: String { store.directory + "/files" }

    /// Where a file's bytes are.
    public func path(of file: StoredFile) -> String { folder + "/" + file.id }

    /// Keeps a file; it is on disk when this returns.
    ///
    /// - Throws: `models.file-bound` when it or all files together are too many or too large; `core.file`.
    @discardableResult
    public func add(_ bytes: [UInt8], name: String, purpose: StoredFile.Purpose) async throws -> StoredFile {
        guard !bytes.isEmpty else { throw Fault(.fileEmpty, "the file is empty", remedy: "send a file with rows") }
        guard bytes.count <= bounds.fileByteCount else { throw full("the file has \(bytes.count >> 20) MiB; \(bounds.fileByteCount >> 20) are possible", "send a smaller file") }
        let bounds = bounds
        var file = StoredFile(id: ids.next("file"), name: Self.plain(name), purpose: purpose, byteCount: bytes.count, createdAt: clock.now, number: 0)
        try write(bytes, to: path(of: file))
        do {
            let new = file
            file.number = try await store.write { transaction in
                let all = try transaction.list(Self.records, limit: bounds.count).map(\.value)
                guard all.count < bounds.count, all.reduce(bytes.count, { $0 + $1.byteCount }) <= bounds.byteCount else {
                    throw full("\(all.count) files are kept; at most \(bounds.count) with \(bounds.byteCount >> 20) MiB together can be", "delete files that nobody needs")
                }
                var numbered = new
                numbered.number = (all.last?.number ?? 0) + 1
                try transaction.put(numbered, as: numbered.id, sort: FineTuneRecords.sort(numbered.number), in: Self.records)
                return numbered.number
            }
            return file
        } catch {
            try? FileManager.default.removeItem(atPath: path(of: file))
            throw error
        }
    }

    /// All files, newest first.
    public func all() async throws -> [StoredFile] {
        let count = bounds.count
        return try await store.read { try $0.list(Self.records, descending: true, limit: count).map(\.value) }
    }

    /// The file of an id.
    ///
    /// - Throws: `models.file-unknown`.
    public func file(_ id: String) async throws -> StoredFile {
        guard let file = try await store.read({ try $0.get(id, in: Self.records) }) else { throw Fault(.fileUnknown, "there is no file \(id.prefix(64))", remedy: "upload it first") }
        return file
    }

    /// The bytes of a file.
    public func bytes(of file: StoredFile) throws -> [UInt8] { try FileTree.read(path(of: file), byteCountMax: bounds.fileByteCount) }

    /// Deletes a file.
    ///
    /// - Throws: `models.file-unknown`.
    public func remove(_ id: String) async throws {
        let file = try await file(id)
        // The record first: a file without a record is swept, a record without a file would be a lie.
        _ = try await store.write { try $0.remove(id, in: Self.records) }
        try? FileManager.default.removeItem(atPath: path(of: file))
    }

    /// Removes what a crash left between a file and its record. Call before any file is added.
    public func sweep() async throws {
        let known = Set(try await all().map(\.id))
        for name in (try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? [] where !known.contains(name) { try? FileManager.default.removeItem(atPath: folder + "/" + name) }
    }

    private func full(_ what: String, _ remedy: String) -> Fault { Fault(.fileBound, what, remedy: remedy) }

    /// The last part of a name, without control characters: it is shown and offered for download.
    private static func plain(_ name: String) -> String {
        let last = name.split(whereSeparator: { $0 == "/" || $0 == "\\" }).last.map(String.init) ?? ""
        let safe = String(String.UnicodeScalarView(last.unicodeScalars.filter { $0.value >= 0x20 && $0.value != 0x7F && $0 != "\"" }.prefix(200)))
        return safe.isEmpty ? "file" : safe
    }

    private func write(_ bytes: [UInt8], to path: String) throws {
        do {
            try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
            guard FileManager.default.createFile(atPath: path, contents: nil), let handle = FileHandle(forWritingAtPath: path) else {
                throw Fault(.file, "a file cannot be written in \(folder)", remedy: "check permissions and free space")
            }
            defer { try? handle.close() }
            try handle.write(contentsOf: Data(bytes))
            try handle.synchronize()
        } catch {
            try? FileManager.default.removeItem(atPath: path)
            if (error as NSError).code == CocoaError.fileWriteOutOfSpace.rawValue { throw Fault(.diskFull, "the disk is full; the file was not kept", remedy: "free some space and send it again") }
            throw error
        }
    }
}

extension Fault.Code {
    /// No file has that id.
    public static let fileUnknown = Fault.Code("models.file-unknown", .notFound)
    /// Files are too many or too large.
    public static let fileBound = Fault.Code("models.file-bound", .full)
    /// A file without bytes.
    public static let fileEmpty = Fault.Code("models.file-empty", .usage)
}

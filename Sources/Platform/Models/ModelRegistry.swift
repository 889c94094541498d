import Core
import Foundation
import Inference
import Store

/// A model as the registry knows it.
public struct ModelRecord: Sendable, Codable, Hashable {
    /// What a model can do.
    public enum Task: String, Sendable, Codable { case chat, embedding }
    public var name: String
    /// Its file, below the data directory or where it was left.
    public var path: String
    public var byteCount: Int
    public var architecture: String
    public var task: Task
    public var parameterCount: Int
    /// The type that most of its weights have.
    public var type: String
    /// Tokens it was trained for.
    public var context: Int
    public var hasChatTemplate: Bool
    /// Seconds since 1970.
    public var importedAt: Double

    /// Reads a model file's own description.
    /// - Throws: what ``GGUFFile`` throws for a damaged file.
    public init(name: String, path: String, at: Double) throws {
        let file = try GGUFFile(path: path)
        let architecture = file.metadata["general.architecture"]?.string ?? ""
        var counts: [TensorType: Int] = [:]
        for tensor in file.tensors.values { counts[tensor.type, default: 0] += tensor.elementCount }
        self.name = name
        self.path = path
        byteCount = file.file.byteCount
        self.architecture = architecture
        task = EmbeddingModel.accepts(file) ? .embedding : .chat
        parameterCount = counts.values.reduce(0, +)
        type = counts.max { ($0.value, $0.key.rawValue) < ($1.value, $1.key.rawValue) }?.key.name ?? ""
        context = file.metadata["\(architecture).context_length"]?.int ?? 0
        hasChatTemplate = file.metadata["tokenizer.chat_template"]?.string != nil
        importedAt = at
    }
}

/// Model files under names.
public struct ModelRegistry: Sendable {
    private let store: Store
    private let clock: any WallClock
    private let records = RecordCollection<ModelRecord>("models")

    public init(store: Store, clock: any WallClock) {
        self.store = store
        self.clock = clock
    }

    /// Registers a model file. The file is copied into the data directory (as a link where the file system allows), unless `isLeftInPlace`.
    ///
    /// - Parameter name: letters, digits, '-', '_', '.' and ':'; nil takes the file's name without its ending.
    /// - Throws: `models.name`, and what reading the file throws. Nothing is kept then.
    @discardableResult
    public func add(_ path: String, name: String? = nil, isLeftInPlace: Bool = false) async throws -> ModelRecord {
        let stem = ((path as NSString).lastPathComponent as NSString).deletingPathExtension
        let key = name ?? stem
        guard !key.isEmpty, key.utf8.count <= 120, !key.hasPrefix("."), key.unicodeScalars.allSatisfy({ $0.properties.isAlphabetic || $0.properties.numericType != nil || "-_.:".unicodeScalars.contains($0) })
        else { throw Fault(.modelName, "\"\(key)\" cannot name a model", remedy: "use letters, digits, '-', '_', '.' and ':' with --name") }
        if try await find(key) != nil { throw Fault(.modelName, "there is a model \(key) already", remedy: "remove it first, or give another --name") }
        var record = try ModelRecord(name: key, path: (path as NSString).standardizingPath, at: clock.now)
        if !isLeftInPlace { record.path = try keep(path, as: key) }
        let (kept, records) = (record, records)
        try await store.write { try $0.put(kept, as: key, sort: key, in: records) }
        return record
    }

    private func keep(_ path: String, as name: String) throws -> String {
        let folder = store.directory + "/models"
        let target = folder + "/" + name.replacing(":", with: "_") + ".gguf"
        do {
            try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
            // A link costs no space; another file system needs a copy, written aside and renamed so that it is whole or absent.
            if (try? FileManager.default.linkItem(atPath: path, toPath: target)) != nil { return target }
            let aside = target + ".part"
            try? FileManager.default.removeItem(atPath: aside)
            try FileManager.default.copyItem(atPath: path, toPath: aside)
            try FileManager.default.moveItem(atPath: aside, toPath: target)
            return target
        } catch {
            throw Fault(.file, "the model could not be copied to \(folder)", remedy: "check permissions and free space, or give --in-place", cause: error)
        }
    }

    /// All models by name.
    public func all() async throws -> [ModelRecord] {
        let records = records
        return try await store.read { try $0.list(records, limit: 10_000).map(\.value) }
    }

    /// The model of a name, or nil.
    public func find(_ name: String) async throws -> ModelRecord? {
        let records = records
        return try await store.read { try $0.get(name, in: records) }
    }

    /// The model of a name.
    /// - Throws: `models.unknown` naming those there are.
    public func record(_ name: String) async throws -> ModelRecord {
        if let record = try await find(name) { return record }
        let known = try await all().map(\.name)
        throw Fault(
            .modelUnknown, "there is no model \(name)", remedy: known.isEmpty ? "import one with `banyan model import FILE`" : "imported are \(known.joined(separator: ", "))")
    }

    /// Forgets a model, and deletes its file if it lies in the data directory.
    /// - Throws: `models.unknown`.
    public func remove(_ name: String) async throws {
        let record = try await record(name)
        let records = records
        _ = try await store.write { try $0.remove(name, in: records) }
        if record.path.hasPrefix(store.directory + "/models/") { try? FileManager.default.removeItem(atPath: record.path) }
    }
}

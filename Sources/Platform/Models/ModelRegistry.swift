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
        guard file.metadata["general.type"]?.string != "adapter" else {
            throw Fault(.modelTask, "\(path) is an adapter, which answers with a model only", remedy: "import it with --base MODEL")
        }
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
    let store: Store
    let clock: any WallClock
    private let records = RecordCollection<ModelRecord>("models")
    let remotes = RecordCollection<RemoteModel>("remote-models")

    public init(store: Store, clock: any WallClock) {
        self.store = store
        self.clock = clock
    }

    /// Registers a model: a GGUF file, which is copied into the data directory (as a link where the file system allows), or a folder in Hugging Face's layout, which is converted into it.
    ///
    /// - Parameters:
    ///   - name: letters, digits, '-', '_', '.' and ':'; nil takes the file's name without its ending, or the folder's.
    ///   - isLeftInPlace: whether a GGUF file stays where it is.
    ///   - scheme: what the model is quantized to on the way; nil keeps it as it is.
    ///   - width: chunks that are encoded at the same time.
    ///   - progress: told how far converting and quantizing are.
    /// - Throws: `models.name`; `models.in-place` for a folder or a quantized file that is to stay in place; what ``ModelImporter`` and ``ModelQuantizer`` throw, and what reading the
    ///   file throws. Nothing is kept then.
    @discardableResult
    public func add(
        _ path: String, name: String? = nil, isLeftInPlace: Bool = false, scheme: ModelQuantizer.Scheme? = nil, width: Int = 2, progress: ProgressSink? = nil
    ) async throws -> ModelRecord {
        let path = (path as NSString).standardizingPath
        let isFolder = Self.isFolder(path)
        guard !isLeftInPlace || (!isFolder && scheme == nil) else {
            throw Fault(
                .modelInPlace, isFolder ? "\(path) is a folder: it becomes a file, which cannot stay in its place" : "a quantized model is another file, which cannot stay in place",
                remedy: "leave --in-place out; the model is written into the data directory")
        }
        let last = (URL(fileURLWithPath: path).path as NSString).lastPathComponent
        let key = name ?? (isFolder ? last : (last as NSString).deletingPathExtension)
        let target = store.directory + "/models/" + key.replacing(":", with: "_") + ".gguf"
        try await check(key, target: target)
        // What is wrong with a file is found before anything is written.
        if !isFolder { _ = try ModelRecord(name: key, path: path, at: clock.now) }
        if !isLeftInPlace { try keep(path, at: target, as: key, isFolder: isFolder, Making(scheme: scheme, width: width, progress: progress)) }
        do {
            let (record, records) = (try ModelRecord(name: key, path: isLeftInPlace ? path : target, at: clock.now), records)
            try await store.write { try $0.put(record, as: key, sort: key, in: records) }
            return record
        } catch {
            if !isLeftInPlace { try? FileManager.default.removeItem(atPath: target) }
            throw error
        }
    }

    /// How a file is made on the way into the data directory.
    private struct Making {
        var scheme: ModelQuantizer.Scheme?
        var width: Int
        var progress: ProgressSink?
    }

    private func check(_ key: String, target: String) async throws {
        try await checkFree(key)
        // Names that differ in ':' and '_' only would share a file.
        guard try await !all().contains(where: { $0.path == target }) else {
            throw Fault(.modelName, "there is a model \(key) already", remedy: "remove it first, or give another --name")
        }
    }

    /// - Throws: `models.name` for what cannot name a model and for a name that one has, local or remote.
    func checkFree(_ key: String) async throws {
        guard !key.isEmpty, key.utf8.count <= 120, !key.hasPrefix("."), key.unicodeScalars.allSatisfy({ $0.properties.isAlphabetic || $0.properties.numericType != nil || "-_.:".unicodeScalars.contains($0) })
        else { throw Fault(.modelName, "\"\(key)\" cannot name a model", remedy: "use letters, digits, '-', '_', '.' and ':' with --name") }
        var isTaken = try await find(key) != nil
        if !isTaken { isTaken = try await findRemote(key) != nil }
        if !isTaken { isTaken = try await findAdapter(key) != nil }
        if isTaken { throw Fault(.modelName, "there is a model \(key) already", remedy: "remove it first, or give another --name") }
    }

    private static func isFolder(_ path: String) -> Bool { (try? FileManager.default.attributesOfItem(atPath: path)[.type] as? FileAttributeType) == .typeDirectory }

    /// Brings a model into the data directory.
    private func keep(_ path: String, at target: String, as name: String, isFolder: Bool, _ making: Making) throws {
        let folder = store.directory + "/models"
        do { try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true) } catch {
            throw Fault(.file, "the folder \(folder) cannot be made", remedy: "check permissions and free space", cause: error)
        }
        guard isFolder || making.scheme != nil else { return try copy(path, to: target) }
        // A folder that is quantized at once passes through a file of its full size.
        let whole = isFolder && making.scheme != nil ? target + ".whole" : target
        defer { if whole != target { try? FileManager.default.removeItem(atPath: whole) } }
        if isFolder { try ModelImporter.convert(folder: path, to: whole, name: name, progress: making.progress) }
        guard let scheme = making.scheme else { return }
        try ModelQuantizer.quantize(from: try GGUFFile(path: isFolder ? whole : path), to: target, scheme: scheme, progress: making.progress, width: making.width)
    }

    private func copy(_ path: String, to target: String) throws {
        do {
            // A link costs no space; another file system needs a copy, written aside and renamed so that it is whole or absent.
            if (try? FileManager.default.linkItem(atPath: path, toPath: target)) != nil { return }
            let aside = target + ".part"
            try? FileManager.default.removeItem(atPath: aside)
            try FileManager.default.copyItem(atPath: path, toPath: aside)
            try FileManager.default.moveItem(atPath: aside, toPath: target)
        } catch {
            throw Fault(.file, "the model could not be copied to \(target)", remedy: "check permissions and free space, or give --in-place", cause: error)
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
        let known = try await (all().map(\.name) + allRemotes().map(\.name) + allAdapters().map(\.name)).sorted()
        throw Fault(
            .modelUnknown, "there is no model \(name)", remedy: known.isEmpty ? "import one with `banyan model import FILE`" : "imported are \(known.joined(separator: ", "))")
    }

    /// Forgets a model, local or remote, or an adapter, and deletes its file if it lies in the data directory.
    /// - Throws: `models.unknown`; `models.in-use` for a model that has adapters.
    public func remove(_ name: String) async throws {
        if try await removeRemote(name) { return }
        if try await removeAdapter(name) { return }
        let record = try await record(name)
        if let adapter = try await allAdapters().first(where: { $0.base == name }) {
            throw Fault(.modelInUse, "\(adapter.name) belongs to \(name)", remedy: "remove its adapters first")
        }
        let records = records
        _ = try await store.write { try $0.remove(name, in: records) }
        if record.path.hasPrefix(store.directory + "/models/") { try? FileManager.default.removeItem(atPath: record.path) }
    }
}

import Core
import Foundation
import Inference
import Store

/// An adapter as the registry knows it: asked for by its own name, it answers with its model's weights and what it adds to them.
public struct AdapterRecord: Sendable, Codable, Hashable {
    /// `MODEL:ADAPTER`.
    public var name: String
    /// The model that it belongs to.
    public var base: String
    /// Its file, in the data directory.
    public var path: String
    public var byteCount: Int
    /// The largest rank of its layers.
    public var rank: Int
    public var layerCount: Int
    /// Seconds since 1970.
    public var importedAt: Double
}

extension ModelRegistry {
    private static let adapters = RecordCollection<AdapterRecord>("adapters")

    /// All adapters by name.
    public func allAdapters() async throws -> [AdapterRecord] { try await store.read { try $0.list(Self.adapters, limit: 10_000).map(\.value) } }

    /// The adapter of a name, or nil.
    public func findAdapter(_ name: String) async throws -> AdapterRecord? { try await store.read { try $0.get(name, in: Self.adapters) } }

    /// Registers an adapter for a model: its file is copied into the data directory.
    ///
    /// - Parameters:
    ///   - path: a GGUF file of the type "adapter"; see ``Adapter``.
    ///   - name: what follows the model's name and a colon; nil takes the file's name without its ending.
    /// - Throws: `models.unknown` for the model, `models.name`, and what reading and checking the adapter throws. Nothing is kept then.
    @discardableResult
    public func addAdapter(_ path: String, base: String, name: String? = nil) async throws -> AdapterRecord {
        let model = try await record(base)
        let adapter = try Adapter(path: path)
        try adapter.check(fits: try GGUFFile(path: model.path))
        let own = name ?? ((path as NSString).lastPathComponent as NSString).deletingPathExtension
        let key = base + ":" + own
        try await checkFree(key)
        let target = store.directory + "/models/" + key.replacing(":", with: "_") + ".adapter.gguf"
        try FileManager.default.createDirectory(atPath: store.directory + "/models", withIntermediateDirectories: true)
        // A file that no record names was left by a crash; writing replaces it.
        guard try await !allAdapters().contains(where: { $0.path == target }) else { throw Fault(.modelName, "there is an adapter \(key) already", remedy: "remove it first, or give another name") }
        // Written from what was read: whole or absent, and without what else a file may hold.
        try adapter.write(to: target)
        do {
            let record = AdapterRecord(
                name: key, base: base, path: target, byteCount: adapter.byteCount, rank: adapter.layers.values.map(\.rank).max() ?? 0, layerCount: adapter.layers.count, importedAt: clock.now)
            try await store.write { try $0.put(record, as: key, sort: key, in: Self.adapters) }
            return record
        } catch {
            try? FileManager.default.removeItem(atPath: target)
            throw error
        }
    }

    /// Lets an adapter answer under a name, in the place of the one that does: who asks for the name finds the one or the other.
    /// - Parameter name: `MODEL:ADAPTER`.
    /// - Throws: as ``addAdapter(_:base:name:)``.
    public func replaceAdapter(_ path: String, base: String, name: String) async throws {
        let adapter = try Adapter(path: path)
        try adapter.check(fits: try GGUFFile(path: try await record(base).path))
        guard let known = try await findAdapter(name) else {
            do { try await addAdapter(path, base: base, name: String(name.dropFirst(base.count + 1))) } catch {
                // Another process may have been a moment earlier.
                guard try await findAdapter(name) != nil else { throw error }
                try await replaceAdapter(path, base: base, name: name)
            }
            return
        }
        // The registry writes files of its own; what counts is what they add.
        if let old = try? Adapter(path: known.path), old.layers == adapter.layers { return }
        let target = "\(store.directory)/models/\(name.replacing(":", with: "_")).\(SHA256.hex(try FileTree.read(path, byteCountMax: 1 << 30)).prefix(12)).adapter.gguf"
        try adapter.write(to: target)
        let record = AdapterRecord(
            name: name, base: base, path: target, byteCount: adapter.byteCount, rank: adapter.layers.values.map(\.rank).max() ?? 0, layerCount: adapter.layers.count, importedAt: clock.now)
        try await store.write { transaction in
            let old = try transaction.get(name, in: Self.adapters)?.path
            try transaction.put(record, as: name, sort: name, in: Self.adapters)
            if let old, old != target { transaction.afterCommit { try? FileManager.default.removeItem(atPath: old) } }
        }
    }

    /// Forgets an adapter and deletes its file; false when there is none of the name.
    func removeAdapter(_ name: String) async throws -> Bool {
        guard let record = try await findAdapter(name) else { return false }
        _ = try await store.write { try $0.remove(name, in: Self.adapters) }
        try? FileManager.default.removeItem(atPath: record.path)
        return true
    }
}

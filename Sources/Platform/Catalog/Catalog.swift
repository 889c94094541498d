import Core
import Labels
import Store

/// # Catalog: what data there is, where it came from, and how sensitive it is
///
/// An *asset* is a thing that people name (a request, a document); a *version* is its bytes at one time, kept as a blob under their hash, with a label and
/// with the versions it was *derived from*. So for every masked text or trained model the way back to its origins can be walked, and from every original
/// the way forward to all that must go when it goes.
///
/// All writing verbs take a ``Transaction``, so that a workflow step can register what it made in the transaction of its own end.
///
/// Rejected: lineage as free text in a log. It cannot be followed, and destroying data needs exactly that.
public struct Catalog: Sendable {
    private let store: Store
    private let clock: any WallClock
    private let ids: IdentifierSource
    private let sources = RecordCollection<DataSource>("catalog-sources")
    private let assets = RecordCollection<Asset>("catalog-assets")
    private let versions = RecordCollection<AssetVersion>("catalog-versions")
    /// `to|from` by child, and the reverse by parent.
    private let parents = RecordCollection<LineageEdge>("catalog-parents")
    private let children = RecordCollection<LineageEdge>("catalog-children")
    /// The most versions that one walk through the lineage visits.
    static let walkCountMax = 10_000

    public init(store: Store, clock: any WallClock, ids: IdentifierSource) {
        self.store = store
        self.clock = clock
        self.ids = ids
    }

    /// Registers where data comes from. Registering a key again replaces its description.
    public func addSource(_ key: String, title: String) async throws {
        let (source, sources) = (DataSource(key: key, title: title, addedAt: clock.now), sources)
        try await store.write { try $0.put(source, as: key, in: sources) }
    }

    /// All sources by key.
    public func sources() async throws -> [DataSource] {
        let sources = sources
        return try await store.read { try $0.list(sources).map(\.value) }
    }

    /// Keeps `bytes` as a version of an asset; the asset is registered if it is new.
    @discardableResult
    public func addVersion(
        of asset: String, bytes: [UInt8], mediaType: String, label: Label, derivedFrom origins: [String] = [], madeBy maker: String? = nil
    ) async throws -> AssetVersion {
        let blob = try store.blobs.put(bytes)
        return try await store.write { transaction in
            try addVersion(
                of: asset, blob: blob, byteCount: bytes.count, mediaType: mediaType, label: label, derivedFrom: origins, madeBy: maker, in: transaction)
        }
    }

    /// Registers a blob as a version of an asset. The same bytes with the same label are the same version: no new row.
    ///
    /// - Parameters:
    ///   - origins: ids of the versions it was derived from. An unknown one is a fault.
    ///   - maker: the run or step that made it.
    @discardableResult
    public func addVersion(
        of asset: String, blob: String, byteCount: Int, mediaType: String, label: Label, derivedFrom origins: [String] = [], madeBy maker: String? = nil,
        in transaction: Transaction
    ) throws -> AssetVersion {
        let id = Self.versionID(asset: asset, blob: blob)
        if var existing = try transaction.get(id, in: versions), existing.destroyedAt == nil {
            if existing.label != label {
                existing.labelHistory.append(LabelChange(from: existing.label, to: label, at: clock.now))
                existing.label = label
                try transaction.put(existing, as: id, sort: Self.sort(existing), in: versions)
            }
            return existing
        }
        if try transaction.get(asset, in: assets) == nil { try transaction.put(Asset(key: asset, addedAt: clock.now), as: asset, in: assets) }
        let version = AssetVersion(
            id: id, asset: asset, blob: blob, byteCount: byteCount, mediaType: mediaType, label: label, createdAt: clock.now, madeBy: maker)
        try transaction.put(version, as: id, sort: Self.sort(version), in: versions)
        for origin in origins {
            guard try transaction.get(origin, in: versions) != nil else {
                throw Fault(.versionUnknown, "there is no version \(origin) to derive from", remedy: "register the original first")
            }
            let edge = LineageEdge(from: origin, to: id, madeBy: maker)
            try transaction.put(edge, as: "\(id)|\(origin)", sort: id + "|", in: parents)
            try transaction.put(edge, as: "\(origin)|\(id)", sort: origin + "|", in: children)
        }
        return version
    }

    /// The id of the version that these bytes are of that asset.
    public static func versionID(asset: String, blob: String) -> String { "\(asset)@\(blob.prefix(16))" }

    private static func sort(_ version: AssetVersion) -> String { "\(version.asset)|\(timestampText(version.createdAt))" }

    /// The versions of an asset, the oldest first.
    public func versions(of asset: String) async throws -> [AssetVersion] {
        let versions = versions
        return try await store.read { try $0.list(versions, sortPrefix: asset + "|").map(\.value) }
    }

    /// How many assets and versions there are.
    public func counts() async throws -> (assets: Int, versions: Int) {
        let (assets, versions) = (assets, versions)
        return try await store.read { (assets: try $0.count(assets), versions: try $0.count(versions)) }
    }

    /// Everything a version was derived from, directly or not.
    public func origins(of version: String) async throws -> [LineageEdge] { try await walk(from: version, along: parents) { $0.from } }

    /// Everything derived from a version, directly or not: what must go when it goes.
    public func derivatives(of version: String) async throws -> [LineageEdge] { try await walk(from: version, along: children) { $0.to } }

    private func walk(
        from start: String, along edges: RecordCollection<LineageEdge>, _ next: @escaping @Sendable (LineageEdge) -> String
    ) async throws -> [LineageEdge] {
        try await store.read { transaction in
            var found: [LineageEdge] = []
            var seen: Set<String> = [start]
            var waiting = [start]
            while let current = waiting.popLast() {
                for (_, edge) in try transaction.list(edges, sortPrefix: current + "|", limit: Self.walkCountMax) {
                    found.append(edge)
                    guard seen.count < Self.walkCountMax else {
                        throw Fault(.lineageTooLarge, "the lineage of \(start) has more than \(Self.walkCountMax) versions", remedy: "walk it from a later version")
                    }
                    if seen.insert(next(edge)).inserted { waiting.append(next(edge)) }
                }
            }
            return found
        }
    }

    /// Destroys a version's bytes, unless another version holds the same; its row stays as a tombstone with its lineage.
    /// - Throws: `catalog.version-unknown`.
    public func destroy(_ id: String) async throws {
        let (versions, now) = (versions, clock.now)
        let blob: String? = try await store.write { transaction in
            guard var version = try transaction.get(id, in: versions) else {
                throw Fault(.versionUnknown, "there is no version \(id)", remedy: "check the id")
            }
            version.destroyedAt = now
            try transaction.put(version, as: id, sort: Self.sort(version), in: versions)
            let others = try transaction.list(versions, limit: Int.max).filter { $0.value.blob == version.blob && $0.value.destroyedAt == nil }
            return others.isEmpty ? version.blob : nil
        }
        if let blob { try store.blobs.remove(blob) }
    }
}

/// Where data comes from.
public struct DataSource: Sendable, Codable, Hashable {
    public let key: String
    public let title: String
    public let addedAt: Double
}

/// A thing that people name.
public struct Asset: Sendable, Codable, Hashable {
    public let key: String
    public let addedAt: Double
}

/// The bytes of an asset at one time.
public struct AssetVersion: Sendable, Codable, Hashable {
    public let id: String
    public let asset: String
    /// Name of the bytes in the blob store.
    public let blob: String
    public let byteCount: Int
    public let mediaType: String
    public internal(set) var label: Label
    /// Earlier labels, the oldest first.
    public internal(set) var labelHistory: [LabelChange] = []
    public let createdAt: Double
    /// The run that made it, if one did.
    public let madeBy: String?
    /// When its bytes were destroyed, if they were.
    public internal(set) var destroyedAt: Double?

    init(id: String, asset: String, blob: String, byteCount: Int, mediaType: String, label: Label, createdAt: Double, madeBy: String?) {
        self.id = id
        self.asset = asset
        self.blob = blob
        self.byteCount = byteCount
        self.mediaType = mediaType
        self.label = label
        self.createdAt = createdAt
        self.madeBy = madeBy
    }
}

/// A version's label was changed.
public struct LabelChange: Sendable, Codable, Hashable {
    public let from: Label
    public let to: Label
    public let at: Double
}

/// `to` was derived from `from`.
public struct LineageEdge: Sendable, Codable, Hashable {
    public let from: String
    public let to: String
    public let madeBy: String?
}

extension Fault.Code {
    /// No version of that id is registered.
    public static let versionUnknown = Fault.Code("catalog.version-unknown", .notFound)
    /// A lineage has more versions than one walk may visit.
    public static let lineageTooLarge = Fault.Code("catalog.lineage-too-large", .full)
}

import Core
import Store

/// Which version serves under a name, and which did before.
public struct Deployment: Sendable, Codable, Hashable {
    /// A version that served, or serves.
    public struct Entry: Sendable, Codable, Hashable {
        public var version: String
        /// Seconds since 1970.
        public var at: Double
        /// The run that decided it.
        public var run: String
    }
    public var name: String
    /// The oldest first; the last one serves.
    public var entries: [Entry]

    /// The version that serves.
    public var version: String? { entries.last?.version }
    /// The version before, to go back to.
    public var previous: String? { entries.dropLast().last?.version }

    /// The version that served before another last began to; nil when none did, or the other is forgotten.
    func before(_ version: String) -> String? { entries.lastIndex { $0.version == version }.flatMap { $0 > 0 ? entries[$0 - 1].version : nil } }
}

/// Deployments of a store: serving names and the versions behind them.
public struct Deployments: Sendable {
    private let store: Store
    private let collection = RecordCollection<Deployment>("deployments")
    /// Versions that a name remembers.
    static let entryCountMax = 100

    public init(store: Store) { self.store = store }

    /// What serves under a name; nil when nothing ever did.
    public func deployment(_ name: String) async throws -> Deployment? {
        let collection = collection
        return try await store.read { try $0.get(name, in: collection) }
    }

    /// Every deployment, by name; at most 10,000.
    public func all() async throws -> [Deployment] {
        let collection = collection
        return try await store.read { try $0.list(collection, limit: 10_000).map(\.value) }
    }

    /// Makes a version the one that serves.
    /// - Returns: the version that served before.
    @discardableResult
    func deploy(_ version: String, as name: String, at: Double, run: String, in transaction: Transaction) throws -> String? {
        var deployment = try transaction.get(name, in: collection) ?? Deployment(name: name, entries: [])
        guard deployment.version != version else { return deployment.previous }
        deployment.entries.append(.init(version: version, at: at, run: run))
        deployment.entries.removeFirst(max(0, deployment.entries.count - Self.entryCountMax))
        try transaction.put(deployment, as: name, sort: name, in: collection)
        return deployment.previous
    }

    /// Makes the version before serve again, if `expected` still serves.
    /// - Throws: `nodes.deployed-meanwhile` when another version was deployed since.
    func rollBack(_ name: String, from expected: String, in transaction: Transaction) throws {
        guard var deployment = try transaction.get(name, in: collection), deployment.entries.count > 1 else { throw Self.nothingBefore }
        guard deployment.version == expected else { throw Self.changedMeanwhile }
        deployment.entries.removeLast()
        try transaction.put(deployment, as: name, sort: name, in: collection)
    }

    static let nothingBefore = Fault(.nodeUnknown, "there is no earlier version under this name", remedy: "deploy another version instead")

    static let changedMeanwhile = Fault(.deployedMeanwhile, "another version was deployed under this name meanwhile", remedy: "run the step again")
}

extension Fault.Code {
    /// A name was rolled back while another version was deployed under it, or was deployed under again and again.
    public static let deployedMeanwhile = Fault.Code("nodes.deployed-meanwhile", .conflict)
}

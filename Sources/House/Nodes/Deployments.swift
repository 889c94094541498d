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

    /// Makes a version the one that serves, if `expected` still does.
    /// - Throws: `nodes.deployed-meanwhile` when another version was deployed since.
    func deploy(_ version: String, as name: String, after expected: String?, at: Double, run: String, in transaction: Transaction) throws {
        var deployment = try transaction.get(name, in: collection) ?? Deployment(name: name, entries: [])
        try Self.check(deployment.version, expected)
        guard deployment.version != version else { return }
        deployment.entries.append(.init(version: version, at: at, run: run))
        deployment.entries.removeFirst(max(0, deployment.entries.count - Self.entryCountMax))
        try transaction.put(deployment, as: name, sort: name, in: collection)
    }

    /// Makes the version before serve again, if `expected` still serves.
    func rollBack(_ name: String, from expected: String, in transaction: Transaction) throws {
        guard var deployment = try transaction.get(name, in: collection), deployment.entries.count > 1 else { throw Self.nothingBefore }
        try Self.check(deployment.version, expected)
        deployment.entries.removeLast()
        try transaction.put(deployment, as: name, sort: name, in: collection)
    }

    static let nothingBefore = Fault(.nodeUnknown, "there is no earlier version under this name", remedy: "deploy another version instead")

    private static func check(_ version: String?, _ expected: String?) throws {
        guard version == expected else { throw Fault(.deployedMeanwhile, "another version was deployed under this name meanwhile", remedy: "run the step again") }
    }
}

extension Fault.Code {
    /// Two runs deployed under one name at once.
    public static let deployedMeanwhile = Fault.Code("nodes.deployed-meanwhile", .conflict)
}

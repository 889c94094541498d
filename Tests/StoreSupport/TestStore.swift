import Core
import Foundation
import Store
import Support

/// The databases that every contract of Store is held against.
public enum TestedDatabase: String, Sendable, CaseIterable, CustomStringConvertible {
    case sqlite, postgres

    public var description: String { rawValue }

    /// SQLite always; PostgreSQL in a build with it, when a server is named (`scripts/with-postgres` starts one).
    public static var available: [TestedDatabase] { server == nil ? [.sqlite] : [.sqlite, .postgres] }

    /// A connection string.
    public static var server: String? {
        #if Postgres
        ProcessInfo.processInfo.environment["BANYAN_TEST_POSTGRES"]
        #else
        nil
        #endif
    }

    /// Why tests of PostgreSQL are left out.
    public static let absence = "no server: scripts/with-postgres swift test --traits Postgres"
}

/// A store of its own for one test: a folder, or a folder and a schema, that go with it.
public final class TestStore: Sendable {
    public let directory: TemporaryDirectory
    public let store: Store
    public let database: String?
    public let schema: String

    public init(_ tested: TestedDatabase) throws {
        directory = try TemporaryDirectory()
        schema = "test_" + UUID().uuidString.lowercased().prefix(18).replacing("-", with: "_")
        database = tested == .postgres ? TestedDatabase.server : nil
        store = try Store.open(at: directory.path, database: database, schema: schema)
    }

    /// The same data once more: beside the first with PostgreSQL, in its place with SQLite.
    public func again(access: Store.Access = .owner) throws -> Store {
        if database == nil, access == .owner { try store.close() }
        return try Store.open(at: directory.path, access: access, database: database, schema: schema)
    }

    /// Closes it and takes the data away; call it in a `defer`, which also keeps the store until then.
    public func end() {
        try? store.close()
        #if Postgres
        if let database { try? Store.drop(schema: schema, in: database) }
        #endif
    }
}

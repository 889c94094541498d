#if Postgres
import Core
import Foundation

/// Where a server is, and how a store uses it.
struct PostgresSettings: Sendable {
    /// Connections that write, and that read. Two more are for the line of work, in processes that take part in it.
    static let writerCount = 3
    static let readerCount = 2
    /// Seconds for which a lost server is asked for again before callers hear of it.
    static let patienceSeconds = 20.0

    let parameters: String
    let schema: String

    /// - Parameter database: A connection string of libpq.
    init(_ database: String, schema: String) throws {
        guard !schema.isEmpty, schema.utf8.count <= 40, schema.utf8.allSatisfy({ ($0 >= 97 && $0 <= 122) || ($0 >= 48 && $0 <= 57) || $0 == 95 }) else {
            throw Fault(.storeUnreachable, "a schema is 1 to 40 small letters, digits and underscores", remedy: "choose another name")
        }
        guard database.hasPrefix("postgresql://") || database.hasPrefix("postgres://") || database.contains("=") else {
            throw Fault(.storeUnreachable, "that is no connection string of PostgreSQL", remedy: "give one as postgresql://USER@HOST/DATABASE")
        }
        parameters = database
        self.schema = schema
    }

    /// A new connection, ready for use.
    /// - Parameter isWriter: Its transactions are serializable; else they read one snapshot.
    func connect(isWriter: Bool) throws -> PostgresConnection {
        do {
            let connection = try PostgresConnection(parameters)
            // Sequential scans would lock whole tables against one another. A server that loses its clients gives their locks back soon.
            try connection.script("""
                SET client_min_messages = error; SET client_encoding = 'UTF8'; SET search_path = "\(schema)"; SET standard_conforming_strings = on; SET jit = off; SET enable_seqscan = off;
                SET plan_cache_mode = force_generic_plan; SET synchronous_commit = on; SET statement_timeout = '60s'; SET lock_timeout = '30s'; SET idle_in_transaction_session_timeout = '60s';
                SET tcp_keepalives_idle = 10; SET tcp_keepalives_interval = 5; SET tcp_keepalives_count = 3; SET default_transaction_isolation = '\(isWriter ? "serializable" : "repeatable read")'
                """)
            return connection
        } catch { throw fault(of: error) }
    }
}

/// The server's codes as faults with remedies; other errors unchanged. Statements, values, names of hosts and users never appear in the message.
func fault(of error: any Error) -> any Error {
    guard let error = error as? PostgresError else { return error }
    if error.isContention {
        return Fault(.storeContended, "other processes write to the same data all the time (\(error.state))", remedy: "try again; fewer workers may do more")
    }
    switch error.state {
    case "53100": return Fault(.diskFull, "the disk of the database server is full; nothing of this change was kept", remedy: "free some space there and run again: work resumes where it stopped")
    case "53300": return Fault(.storeUnreachable, "the database server has no connection left", remedy: "raise its max_connections, or run fewer workers (each takes up to 7)")
    case "28P01", "28000": return Fault(.storeUnreachable, "the database server refuses this user (\(error.state))", remedy: "check user and password: BANYAN_DATABASE, --database-file or ~/.pgpass")
    case "3D000": return Fault(.storeUnreachable, "the database server has no such database or user", remedy: "create it with `createdb`, or check its name")
    case "42501": return Fault(.storeDatabase, "this user of the database may not do that (42501)", remedy: "grant it CREATE on the database, or its own schema")
    case "25006": return Fault(.storeDatabase, "the database is read-only (25006)", remedy: "open it as owner, and connect to the primary server, not to a standby")
    case "22021": return Fault(.storeText, "a text holds a zero byte, which PostgreSQL does not keep", remedy: "remove it from names and keys")
    case "57014": return Fault(.storeDatabase, "the database took longer than 60 seconds (57014)", remedy: "look at the load of the server")
    case "SSL": return Fault(.storeUnreachable, "the database server speaks no TLS, and nothing goes to it in the clear", remedy: "turn ssl on there; in a network of your own, add sslmode=disable to the connection string")
    case let state where ["22", "23", "54"].contains(String(state.prefix(2))):
        return Fault(.storeText, "the database cannot keep such a value (\(state))", remedy: "shorten names and keys")
    default:
        if error.isLost { return Fault(.storeUnreachable, "the database server does not answer\(error.state.isEmpty ? "" : " (\(error.state))")", remedy: "check that it runs and that the connection string is right") }
        return Fault(.storeDatabase, "the database reported code \(error.state)", remedy: "look into the log of the server")
    }
}

extension Store {
    /// Closes every connection as its loss would; the next use makes new ones.
    package func loseConnections() { (backend as? PostgresBackend)?.loseConnections() }

    /// Destroys a schema and all that is in it.
    package static func drop(schema: String, in database: String) throws {
        let connection = try PostgresSettings(database, schema: schema).connect(isWriter: true)
        defer { connection.close() }
        do { try connection.script("DROP SCHEMA IF EXISTS \"\(schema)\" CASCADE") } catch { throw fault(of: error) }
    }
}

extension Fault.Code {
    /// A text that the database cannot keep.
    static let storeText = Fault.Code("store.text", .input)
}
#endif

#if Postgres
import CPostgres
import Core
import Foundation
import Synchronization

/// The rows of a result, as texts; nil is NULL.
struct PostgresRows: Sendable {
    let values: [[String?]]
    /// Rows that a statement without rows of its own has changed.
    let changed: Int
}

/// What the server, or the connection to it, answered instead of a result. It holds no statement and no value.
struct PostgresError: Error {
    /// Five letters and digits; empty when the connection itself failed.
    let state: String

    /// The connection is of no more use.
    var isLost: Bool { state.isEmpty || state.hasPrefix("08") || state.hasPrefix("57P") }
    /// Another transaction was in the way: the same may succeed now.
    var isContention: Bool { state == "40001" || state == "40P01" || state == "55P03" }
}

/// One connection to a PostgreSQL server: the only file that calls libpq. One caller at a time; others wait.
final class PostgresConnection: Sendable {
    /// Statements that a connection keeps prepared; with more, all are forgotten.
    static let preparedCountMax = 200

    @safe private struct Handle {
        /// libpq's connection; nil once it is closed.
        var pointer: OpaquePointer?
        /// Names of prepared statements by their text.
        var prepared: [String: String] = [:]
    }
    private let handle: Mutex<Handle>
    /// The server's process for this connection.
    let process: Int

    /// - Throws: ``PostgresError``; the server's words may name users and hosts, so they stay here.
    init(_ parameters: String) throws {
        // Defaults: what the string says itself comes after these and counts. A server that is gone is noticed in half a minute, not in hours; nothing goes over a network in the clear unless somebody wants it.
        let bounds = [
            ("connect_timeout", "5"), ("keepalives_idle", "10"), ("keepalives_interval", "5"), ("keepalives_count", "3"), ("tcp_user_timeout", "30000"), ("sslmode", "require"), ("dbname", parameters),
        ]
        let opened = unsafe Self.withTexts(bounds.map(\.0)) { names in unsafe Self.withTexts(bounds.map(\.1)) { values in unsafe PQconnectdbParams(names, values, 1) } }
        guard let pointer = unsafe opened else { throw PostgresError(state: "") }
        guard unsafe PQstatus(pointer) == CONNECTION_OK else {
            let state = unsafe Self.connectionState(pointer)
            unsafe PQfinish(pointer)
            throw PostgresError(state: state)
        }
        // Notices would go to standard error.
        _ = unsafe PQsetNoticeProcessor(pointer, { _, _ in }, nil)
        process = Int(unsafe PQbackendPID(pointer))
        handle = unsafe Mutex(Handle(pointer: pointer))
    }

    /// C texts, ended by nil, for the time of a call.
    private static func withTexts<Result>(_ texts: [String], _ body: (UnsafePointer<UnsafePointer<CChar>?>?) -> Result) -> Result {
        let copies = unsafe texts.map { unsafe strdup($0) }
        defer { for unsafe copy in unsafe copies { unsafe free(copy) } }
        let ends = unsafe copies.map { unsafe UnsafePointer($0) } + [nil]
        return unsafe ends.withUnsafeBufferPointer { unsafe body($0.baseAddress) }
    }

    /// libpq tells no SQLSTATE of a connection that was refused: two kinds are told apart by the server's code in its words, in any language.
    private static func connectionState(_ pointer: OpaquePointer) -> String {
        if unsafe PQconnectionNeedsPassword(pointer) != 0 || PQconnectionUsedPassword(pointer) != 0 { return "28P01" }
        let words = unsafe String(cString: PQerrorMessage(pointer))
        for (part, state) in [("too many clients", "53300"), ("remaining connection slots", "53300"), ("does not exist", "3D000"), ("authentication", "28000"), ("does not support SSL", "SSL")] where words.contains(part) { return state }
        return ""
    }

    /// Runs one statement, prepared once a connection.
    func execute(_ sql: String, _ values: [String?] = []) throws -> PostgresRows {
        try handle.withLock { handle in
            guard let pointer = unsafe handle.pointer else { throw PostgresError(state: "") }
            var name = handle.prepared[sql]
            if name == nil {
                if handle.prepared.count >= Self.preparedCountMax {
                    _ = try unsafe Self.rows(PQexec(pointer, "DEALLOCATE ALL"))
                    handle.prepared = [:]
                }
                let new = "s\(handle.prepared.count)"
                _ = try unsafe Self.rows(PQprepare(pointer, new, sql, 0, nil))
                handle.prepared[sql] = new
                name = new
            }
            return try unsafe Self.rows(Self.run(pointer, name ?? "", values))
        }
    }

    /// Runs statements without parameters, as they are.
    func script(_ sql: String) throws {
        try handle.withLock { handle in
            guard let pointer = unsafe handle.pointer else { throw PostgresError(state: "") }
            _ = try unsafe Self.rows(PQexec(pointer, sql))
        }
    }

    /// Waits for messages of LISTEN, at most so long, and returns what came with them.
    func messages(milliseconds: Int32) throws -> [String] {
        try handle.withLock { handle in
            guard let pointer = unsafe handle.pointer else { throw PostgresError(state: "") }
            var found = try unsafe Self.taken(pointer)
            guard found.isEmpty else { return found }
            var waiting = unsafe pollfd(fd: PQsocket(pointer), events: Int16(POLLIN), revents: 0)
            guard unsafe poll(&waiting, 1, milliseconds) > 0 else { return [] }
            guard unsafe PQconsumeInput(pointer) != 0 else { throw PostgresError(state: "") }
            found = try unsafe Self.taken(pointer)
            return found
        }
    }

    func close() {
        handle.withLock { handle in
            if let pointer = unsafe handle.pointer { unsafe PQfinish(pointer) }
            unsafe handle.pointer = nil
        }
    }

    deinit { close() }

    private static func taken(_ pointer: OpaquePointer) throws -> [String] {
        guard unsafe PQstatus(pointer) == CONNECTION_OK else { throw PostgresError(state: "") }
        var found: [String] = []
        while let message = unsafe PQnotifies(pointer) {
            unsafe found.append(String(cString: message.pointee.extra))
            unsafe PQfreemem(message)
        }
        return found
    }

    /// Values go as text, each ended by a zero byte; a text that holds one itself cannot be sent.
    private static func run(_ pointer: OpaquePointer, _ name: String, _ values: [String?]) throws -> OpaquePointer? {
        var bytes: [CChar] = [], places: [Int?] = []
        for value in values {
            guard let value else {
                places.append(nil)
                continue
            }
            places.append(bytes.count)
            for byte in value.utf8 {
                guard byte != 0 else { throw PostgresError(state: "22021") }
                bytes.append(CChar(bitPattern: byte))
            }
            bytes.append(0)
        }
        return unsafe bytes.withUnsafeBufferPointer { buffer in
            let start = buffer.baseAddress
            let pointers = unsafe places.map { place in unsafe place.flatMap { unsafe start?.advanced(by: $0) } }
            return unsafe pointers.withUnsafeBufferPointer { unsafe PQexecPrepared(pointer, name, Int32(values.count), $0.baseAddress, nil, nil, 0) }
        }
    }

    private static func rows(_ result: OpaquePointer?) throws -> PostgresRows {
        guard let result = unsafe result else { throw PostgresError(state: "") }
        defer { unsafe PQclear(result) }
        switch unsafe PQresultStatus(result) {
        case PGRES_COMMAND_OK, PGRES_EMPTY_QUERY:
            return PostgresRows(values: [], changed: unsafe Int(String(cString: PQcmdTuples(result))) ?? 0)
        case PGRES_TUPLES_OK:
            let (count, width) = unsafe (PQntuples(result), PQnfields(result))
            let values = (0..<count).map { row in
                (0..<width).map { column in unsafe PQgetisnull(result, row, column) != 0 ? nil : String(cString: PQgetvalue(result, row, column)) }
            }
            return PostgresRows(values: values, changed: Int(count))
        default:
            // PG_DIAG_SQLSTATE
            let state = unsafe PQresultErrorField(result, Int32(UInt8(ascii: "C"))).map { unsafe String(cString: $0) }
            throw PostgresError(state: state ?? "")
        }
    }
}
#endif

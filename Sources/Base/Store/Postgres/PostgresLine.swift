#if Postgres
import Core
import Dispatch
import Synchronization

/// The work that processes share, in the table `line`.
///
/// A holder is a number that one connection keeps locked while it lives: the claims of a process that was killed are free at once, those of one that hangs when their lease is over. Nobody waits for a row that another
/// one is claiming (`SKIP LOCKED`).
final class PostgresLine: WorkLine {
    let leaseSeconds = 30.0
    /// The most work that one claim takes.
    static let claimCountMax = 1_000

    private struct Seat {
        let connection: PostgresConnection
        let holder: Int
    }
    private struct State {
        var seat: Seat?
        var listener: PostgresConnection?
        var isClosed = false
    }
    private let settings: PostgresSettings
    private let state = Mutex(State())
    /// Threads may wait for the server here.
    private let claims = DispatchQueue(label: "banyan.line"), news = DispatchQueue(label: "banyan.line.news")

    init(_ settings: PostgresSettings) { self.settings = settings }

    func claim(due now: Double, limit: Int, except others: [String]) async throws -> [String] {
        let count = max(0, min(limit, Self.claimCountMax))
        guard count > 0 else { return [] }
        return try await seated { seat in
            try seat.connection.execute(
                """
                UPDATE line SET holder = $1, until = now() + make_interval(secs => $2) WHERE key IN (
                  SELECT key FROM line WHERE due <= $3 AND \(Self.isFree) AND key NOT IN (SELECT jsonb_array_elements_text($4::jsonb))
                  ORDER BY due, key LIMIT $5 FOR UPDATE SKIP LOCKED
                ) RETURNING due, key
                """,
                [String(seat.holder), String(self.leaseSeconds), String(now), JSONValue.array(others.map { .string($0) }).text, String(count)]
            ).values.map { (due: $0[0].flatMap { Double($0) } ?? 0, key: $0[1] ?? "") }.sorted { ($0.due, $0.key) < ($1.due, $1.key) }.map(\.key)
        }
    }

    func claim(_ key: String) async throws -> Bool {
        try await seated { seat in
            // Work that is not in line gets a place that is never due, for the time of the claim.
            try seat.connection.execute(
                """
                INSERT INTO line (key, due, holder, until) VALUES ($1, 'infinity', $2, now() + make_interval(secs => $3))
                ON CONFLICT (key) DO UPDATE SET holder = excluded.holder, until = excluded.until WHERE line.holder = excluded.holder OR \(Self.isFree)
                """, [key, String(seat.holder), String(self.leaseSeconds)]
            ).changed == 1
        }
    }

    func release(_ key: String) async throws {
        try await seated { seat in
            let values = [key, String(seat.holder)]
            _ = try seat.connection.execute("DELETE FROM line WHERE key = $1 AND holder = $2 AND due = 'infinity'", values)
            _ = try seat.connection.execute("UPDATE line SET holder = NULL, until = NULL WHERE key = $1 AND holder = $2", values)
        }
    }

    func told(seconds: Double) async throws -> [String] {
        let milliseconds = Int32(max(1, min(seconds, 60)) * 1000)
        return try await on(news) { [self] in
            do {
                return try listening().messages(milliseconds: milliseconds)
            } catch {
                state.withLock { state in
                    state.listener?.close()
                    state.listener = nil
                }
                throw fault(of: error)
            }
        }
    }

    /// Closes the seat's connection; the next use makes another, with a number of its own.
    func dropSeat() {
        let open = state.withLock { state in
            defer { state.seat = nil }
            return state.seat?.connection
        }
        open?.close()
    }

    func close() {
        let open = state.withLock { state in
            defer { (state.seat, state.listener, state.isClosed) = (nil, nil, true) }
            return [state.seat?.connection, state.listener]
        }
        // The holder's lock goes with its connection, and its claims with the lock.
        for connection in open { connection?.close() }
    }

    /// A row that nobody holds: never claimed, given back, its lease over, or its holder's connection gone.
    private static let isFree = """
        (line.holder IS NULL OR line.until < now() OR NOT EXISTS (
          SELECT 1 FROM pg_locks WHERE locktype = 'advisory' AND database = (SELECT oid FROM pg_database WHERE datname = current_database())
          AND classid = (hashtext('banyan holder ' || current_schema()) & 2147483647)::oid AND objid = line.holder::oid AND objsubid = 2
        ))
        """

    private func seated<Result: Sendable>(_ body: @escaping @Sendable (Seat) throws -> Result) async throws -> Result {
        try await on(claims) { [self] in
            // A connection that was lost while nobody used it is noticed now: once more, on a new one.
            for attempt in 1...2 {
                do {
                    return try body(try seat())
                } catch let error as PostgresError {
                    if error.isLost {
                        dropSeat()
                        if attempt == 1 { continue }
                    } else if error.isContention, attempt == 1 {
                        continue
                    }
                    throw fault(of: error)
                }
            }
            throw Fault(.defect, "a claim was neither made nor refused")
        }
    }

    /// What is open already; nil when it must be made.
    private func known<Value: Sendable>(_ part: @Sendable (State) -> Value?) throws -> Value? {
        let (known, isClosed) = state.withLock { (part($0), $0.isClosed) }
        guard !isClosed else { throw Fault(.storeDatabase, "the store is closed", remedy: "open it again") }
        return known
    }

    private func seat() throws -> Seat {
        if let known = try known({ $0.seat }) { return known }
        let connection = try settings.connect(isWriter: false)
        try connection.script("SET default_transaction_isolation = 'read committed'")
        let number = try connection.execute("SELECT nextval('holders')").values.first?[0].flatMap { Int($0) }
        guard let number else { throw Fault(.storeDatabase, "the server gave no number to a holder", remedy: "run again") }
        _ = try connection.execute("SELECT pg_advisory_lock(hashtext('banyan holder ' || current_schema()) & 2147483647, $1)", [String(number)])
        let seat = Seat(connection: connection, holder: number)
        state.withLock { $0.seat = seat }
        return seat
    }

    private func listening() throws -> PostgresConnection {
        if let known = try known({ $0.listener }) { return known }
        let connection = try settings.connect(isWriter: false)
        try connection.script("LISTEN banyan_\(settings.schema)")
        state.withLock { $0.listener = connection }
        return connection
    }

    private func on<Result: Sendable>(_ queue: DispatchQueue, _ body: @escaping @Sendable () throws -> Result) async throws -> Result {
        try await withCheckedThrowingContinuation { continuation in queue.async { continuation.resume(with: Swift.Result { try body() }) } }
    }
}
#endif

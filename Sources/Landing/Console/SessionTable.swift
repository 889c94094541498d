import Core
import Labels
import Synchronization

/// A person who may sign in.
public struct ConsoleUser: Sendable, Hashable {
    public let name: String
    /// SHA-256 of the token, 64 hexadecimal digits: the file of users holds no token.
    public let tokenSHA256: String
    public let clearance: Clearance

    public init(name: String, tokenSHA256: String, clearance: Clearance) {
        self.name = name
        self.tokenSHA256 = tokenSHA256
        self.clearance = clearance
    }
}

/// Who is signed in. In memory only: a restart signs everybody out.
final class SessionTable: Sendable {
    struct Session: Sendable, Hashable {
        let id: String
        let user: ConsoleUser
        /// Must come back with every form.
        let formToken: String
        let expiresAt: Double
    }

    /// Sessions at once; the one that expires first makes room.
    static let countMax = 64
    /// Twelve hours: a working day.
    static let lifetimeSeconds = 43_200.0
    /// Failed sign-ins a minute, for all together; more are refused unread.
    static let failureCountMax = 20

    private struct State {
        var sessions: [String: Session] = [:]
        var oneTimeToken: String?
        var users: [ConsoleUser] = []
        var failures: [Double] = []
    }
    private let state: Mutex<State>
    private let ids: IdentifierSource
    private let clock: any WallClock

    init(signIn: ConsoleConfiguration.SignIn, ids: IdentifierSource, clock: any WallClock) {
        var state = State()
        switch signIn {
        case .oneTimeLink(let token): state.oneTimeToken = token
        case .tokens(let users): state.users = users
        }
        self.state = Mutex(state)
        self.ids = ids
        self.clock = clock
    }

    /// A new session for a token; nil when it is unknown, used up, or too many have failed.
    func signIn(token: String) -> Session? {
        let now = clock.now
        let (id, formToken) = (ids.token(length: 52), ids.token(length: 52))
        let hash = SHA256.hex(Array(token.utf8))
        return state.withLock { state in
            state.failures.removeAll { $0 < now - 60 }
            guard state.failures.count < Self.failureCountMax else { return nil }
            var user = state.users.first { $0.tokenSHA256 == hash }
            // Hashes are compared, so the time a comparison takes tells nothing of the token.
            if let once = state.oneTimeToken, SHA256.hex(Array(once.utf8)) == hash {
                state.oneTimeToken = nil
                user = ConsoleUser(name: "operator", tokenSHA256: hash, clearance: Clearance(upTo: .level4))
            }
            guard let user else {
                state.failures.append(now)
                return nil
            }
            let session = Session(id: id, user: user, formToken: formToken, expiresAt: now + Self.lifetimeSeconds)
            state.sessions = state.sessions.filter { $0.value.expiresAt > now }
            if state.sessions.count >= Self.countMax, let oldest = state.sessions.values.min(by: { $0.expiresAt < $1.expiresAt }) {
                state.sessions[oldest.id] = nil
            }
            state.sessions[id] = session
            return session
        }
    }

    func session(_ id: String?) -> Session? {
        let now = clock.now
        return state.withLock { state in id.flatMap { state.sessions[$0] }.flatMap { $0.expiresAt > now ? $0 : nil } }
    }

    func signOut(_ id: String) { state.withLock { $0.sessions[id] = nil } }
}

import Core
import Synchronization

/// Counts who uses what is scarce: the processor for training, memory for a model, a licence. Those who wait are served by priority, then in the order in which they came.
///
/// It is in memory: one process owns a data directory, and after a crash nobody holds anything.
final class ResourceGate: Sendable {
    private struct Waiter {
        let id: Int
        let priority: Int
        let resume: CheckedContinuation<Void, any Error>
    }
    private struct State {
        var used: [String: Int] = [:]
        var waiting: [String: [Waiter]] = [:]
        var cancelled: Set<Int> = []
        var nextID = 0
    }

    private let limits: [String: Int]
    private let state = Mutex(State())

    /// - Parameter limits: How many may use a resource at once; 1 for others.
    init(limits: [String: Int]) { self.limits = limits }

    /// Waits for a place, runs `body` and gives the place back.
    func holding<Result: Sendable>(_ resource: String, priority: Int, _ body: @Sendable () async throws -> Result) async throws -> Result {
        try await enter(resource, priority)
        defer { leave(resource) }
        return try await body()
    }

    /// How many wait for a resource.
    func waiting(_ resource: String) -> Int { state.withLock { $0.waiting[resource]?.count ?? 0 } }

    private func enter(_ resource: String, _ priority: Int) async throws {
        let limit = max(1, limits[resource] ?? 1)
        let id = state.withLock { state -> Int in
            state.nextID += 1
            return state.nextID
        }
        try await withTaskCancellationHandler {
            try await withCheckedThrowingContinuation { (continuation: CheckedContinuation<Void, any Error>) in
                let outcome = state.withLock { state -> Swift.Result<Void, any Error>? in
                    if state.cancelled.remove(id) != nil { return .failure(CancellationError()) }
                    if state.used[resource, default: 0] < limit {
                        state.used[resource, default: 0] += 1
                        return .success(())
                    }
                    var line = state.waiting[resource] ?? []
                    line.insert(Waiter(id: id, priority: priority, resume: continuation), at: line.firstIndex { $0.priority < priority } ?? line.count)
                    state.waiting[resource] = line
                    return nil
                }
                if let outcome { continuation.resume(with: outcome) }
            }
        } onCancel: {
            let waiter = state.withLock { state -> Waiter? in
                guard let line = state.waiting[resource], let place = line.firstIndex(where: { $0.id == id }) else {
                    state.cancelled.insert(id)
                    return nil
                }
                return state.waiting[resource]?.remove(at: place)
            }
            waiter?.resume.resume(throwing: CancellationError())
        }
        state.withLock { _ = $0.cancelled.remove(id) }
    }

    private func leave(_ resource: String) {
        let next = state.withLock { state -> Waiter? in
            guard var line = state.waiting[resource], !line.isEmpty else {
                state.used[resource, default: 1] -= 1
                return nil
            }
            // The place goes on to the next in line.
            let first = line.removeFirst()
            state.waiting[resource] = line
            return first
        }
        next?.resume.resume()
    }
}

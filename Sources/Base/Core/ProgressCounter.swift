import Synchronization

/// Counts finished pieces of a phase from several tasks.
public final class ProgressCounter: Sendable {
    private let done = Mutex(0)
    private let phase: String
    private let total: Int
    private let sink: ProgressSink?

    public init(phase: String, total: Int, sink: ProgressSink?) {
        self.phase = phase
        self.total = total
        self.sink = sink
    }

    /// One more piece is done.
    public func step() {
        let count = done.withLock { done in
            done += 1
            return done
        }
        sink?(JobProgress(phase: phase, done: count, total: total))
    }
}

import CKernels
import Core
import Synchronization

/// A fixed set of threads that work together on one short job after another.
public final class ThreadPool: Sendable {
    /// Threads that work on a job, the caller's among them.
    public let width: Int
    private let pool: UInt
    /// One job at a time; a forward pass holds it for each of its jobs.
    private let gate = Mutex(())

    /// - Parameter width: 1…64.
    /// - Throws: `kernels.memory`.
    public init(width: Int) throws {
        self.width = min(64, max(1, width))
        guard let pool = unsafe ck_pool_create(Int32(self.width)) else {
            throw Fault(.kernelMemory, "the threads of a pool could not be started", remedy: "close other programs")
        }
        self.pool = UInt(bitPattern: pool)
    }

    deinit { unsafe ck_pool_destroy(OpaquePointer(bitPattern: pool)) }

    /// Calls `body` once on each thread, with 0 ..< width, and returns when all have returned. Must not be called from inside a job.
    public func run(_ body: (Int) -> Void) {
        gate.withLock { _ in
            withoutActuallyEscaping(body) { escaping in
                var job = escaping
                unsafe withUnsafeMutablePointer(to: &job) { context in
                    unsafe ck_pool_run(
                        OpaquePointer(bitPattern: pool),
                        { context, worker in unsafe context?.assumingMemoryBound(to: ((Int) -> Void).self).pointee(Int(worker)) }, context)
                }
            }
        }
    }

    /// Calls `body` with every item of every owner, several at once. A thread takes the items of the owner that has its number first, in order, and then those that are left of the others, so that what
    /// an owner's items share stays in one thread's caches.
    ///
    /// - Parameter counts: items of each owner; at most ``width`` owners.
    public func share(_ counts: [Int], _ body: (_ worker: Int, _ owner: Int, _ item: Int) -> Void) {
        precondition(counts.count <= width, "more owners than threads")
        // A job is announced for work that can be shared only.
        if width == 1 || counts.reduce(0, +) <= 1 {
            for owner in counts.indices { for item in 0..<counts[owner] { body(0, owner, item) } }
            return
        }
        // One counter a cache line.
        let spacing = 16
        unsafe withUnsafeTemporaryAllocation(of: Atomic<Int>.self, capacity: counts.count * spacing) { next in
            guard let first = next.baseAddress else { return }
            for owner in counts.indices { unsafe (first + owner * spacing).initialize(to: Atomic(0)) }
            run { worker in
                for turn in counts.indices {
                    let owner = (worker + turn) % counts.count
                    while true {
                        let item = unsafe next[owner * spacing].wrappingAdd(1, ordering: .relaxed).oldValue
                        guard item < counts[owner] else { break }
                        body(worker, owner, item)
                    }
                }
            }
        }
    }

    /// Calls `body` with ranges that together are 0 ..< count, each of at most `grain`, taken by whoever is free.
    public func split(_ count: Int, grain: Int, _ body: (Range<Int>) -> Void) {
        if width == 1 || count <= grain {
            if count > 0 { body(0..<count) }
            return
        }
        let next = Atomic(0)
        run { _ in
            while true {
                let start = next.wrappingAdd(grain, ordering: .relaxed).oldValue
                guard start < count else { return }
                body(start..<min(count, start + grain))
            }
        }
    }
}

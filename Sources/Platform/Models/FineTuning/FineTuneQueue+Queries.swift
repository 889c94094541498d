import Core
import Store

extension FineTuneQueue {
    /// A page of a list, newest first.
    public struct Page<Element: Sendable>: Sendable {
        public var elements: [Element]
        public var hasMore: Bool

        /// - Parameter some: up to one more than `limit`.
        init(_ some: [Element], limit: Int) { (elements, hasMore) = (Array(some.prefix(limit)), some.count > limit) }
    }

    static func unknown(_ id: String) -> Fault { Fault(.fineTuneUnknown, "there is no fine-tuning job \(id.prefix(64))", remedy: "list the jobs there are") }

    /// The job of an id.
    ///
    /// - Throws: `models.fine-tune-unknown`.
    public func job(_ id: String) async throws -> FineTuneJob {
        guard let job = try await store.read({ try $0.get(id, in: FineTuneRecords.jobs) }) else { throw Self.unknown(id) }
        return job
    }

    /// Jobs that wait or run, oldest first.
    public func openJobs() async throws -> [FineTuneJob] {
        try await store.read { try $0.list(FineTuneRecords.jobs, limit: 1_000_000).map(\.value).filter { !$0.status.isFinal } }
    }

    /// Jobs, newest first.
    ///
    /// - Parameters:
    ///   - after: the last job of the page before.
    ///   - metadata: only jobs with all of these.
    public func jobs(after: String? = nil, limit: Int, metadata: [String: String] = [:]) async throws -> Page<FineTuneJob> {
        var newest = Int.max
        if let after { newest = try await job(after).number }
        let last = newest
        let found = try await store.read { transaction in
            try transaction.list(FineTuneRecords.jobs, descending: true, limit: 1_000_000).map(\.value).filter { job in
                job.number < last && metadata.allSatisfy { job.spec.metadata[$0.key] == $0.value }
            }
        }
        return Page(Array(found.prefix(limit + 1)), limit: limit)
    }

    /// A job's log, newest first.
    ///
    /// - Parameter after: the last entry of the page before.
    public func log(of id: String, after: String? = nil, limit: Int) async throws -> Page<FineTuneLogEntry> {
        let job = try await job(id)
        return Page(
            try await store.read { transaction in
                let last = try after.map { after in
                    guard let entry = try transaction.get(after, in: FineTuneRecords.entries) else { throw Fault(.fineTuneUnknown, "there is no event \(after.prefix(64))", remedy: "list from the beginning") }
                    return entry.number
                }
                return try FineTuneRecords.newest(FineTuneRecords.entries, of: id, count: job.eventCount, before: last, limit: limit, transaction)
            }, limit: limit)
    }

    /// A job's checkpoints, newest first.
    ///
    /// - Parameter after: the last one of the page before.
    public func checkpoints(of id: String, after: String? = nil, limit: Int) async throws -> Page<FineTuneCheckpoint> {
        let job = try await job(id)
        return Page(
            try await store.read { transaction in
                let last = try after.map { after in
                    guard let own = try transaction.get(after, in: FineTuneRecords.checkpoints) else { throw Fault(.fineTuneUnknown, "there is no checkpoint \(after.prefix(64))", remedy: "list from the beginning") }
                    return own.number
                }
                return try FineTuneRecords.newest(FineTuneRecords.checkpoints, of: id, count: job.checkpointCount, before: last, limit: limit, transaction)
            }, limit: limit)
    }

    /// Deletes a file that no open job needs.
    ///
    /// - Throws: `models.file-unknown`, `models.file-in-use`.
    public func removeFile(_ id: String) async throws {
        _ = try await files.file(id)
        if let user = try await openJobs().first(where: { $0.spec.trainingFile == id || $0.spec.validationFile == id }) {
            throw Fault(.fileInUse, "the job \(user.id) needs the file \(id)", remedy: "cancel the job first, or wait until it is over")
        }
        try await files.remove(id)
    }
}

extension Fault.Code {
    /// No job has that id.
    public static let fineTuneUnknown = Fault.Code("models.fine-tune-unknown", .notFound)
    /// Too many jobs wait.
    public static let fineTuneFull = Fault.Code("models.fine-tune-full", .full)
    /// A job that is over cannot be cancelled.
    public static let fineTuneOver = Fault.Code("models.fine-tune-over", .usage)
    /// An open job needs a file.
    public static let fileInUse = Fault.Code("models.file-in-use", .usage)
}

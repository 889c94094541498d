import Core
import Store

/// Jobs with their logs and checkpoints in the store.
enum FineTuneRecords {
    static let jobs = RecordCollection<FineTuneJob>("fine-tune-jobs")
    static let entries = RecordCollection<FineTuneLogEntry>("fine-tune-log")
    static let checkpoints = RecordCollection<FineTuneCheckpoint>("fine-tune-checkpoints")

    static func sort(_ number: Int) -> String { String(repeating: "0", count: max(0, 12 - "\(number)".count)) + "\(number)" }
    static func sort(_ job: String, _ number: Int) -> String { "\(job)|\(sort(number))" }

    static func put(_ job: FineTuneJob, _ transaction: Transaction) throws { try transaction.put(job, as: job.id, sort: sort(job.number), in: jobs) }

    /// Adds an entry to a job's log and keeps the job with it.
    static func log(_ job: inout FineTuneJob, _ entry: FineTuneLogEntry, _ transaction: Transaction) throws {
        var entry = entry
        job.eventCount += 1
        entry.number = job.eventCount
        try transaction.put(entry, as: entry.id, sort: sort(job.id, entry.number), in: entries)
        try put(job, transaction)
    }

    static func add(_ job: inout FineTuneJob, _ checkpoint: FineTuneCheckpoint, _ transaction: Transaction) throws {
        var checkpoint = checkpoint
        job.checkpointCount += 1
        checkpoint.number = job.checkpointCount
        try transaction.put(checkpoint, as: checkpoint.id, sort: sort(job.id, checkpoint.number), in: checkpoints)
        try put(job, transaction)
    }

    /// A job with all that belongs to it.
    static func remove(_ job: FineTuneJob, _ transaction: Transaction) throws {
        for (key, _) in try transaction.list(entries, sortPrefix: job.id + "|", limit: job.eventCount + 1) { try transaction.remove(key, in: entries) }
        for (key, _) in try transaction.list(checkpoints, sortPrefix: job.id + "|", limit: job.checkpointCount + 1) { try transaction.remove(key, in: checkpoints) }
        try transaction.remove(job.id, in: jobs)
    }

    /// The newest of a job's entries or checkpoints that are older than a given one; one more than `limit` if there are more.
    ///
    /// - Parameter number: of the given one; nil for the newest.
    static func newest<Value>(_ collection: RecordCollection<Value>, of job: String, count: Int, before number: Int?, limit: Int, _ transaction: Transaction) throws -> [Value] {
        // Numbers have no gaps, so they say how many are newer.
        let newer = number.map { count - $0 + 1 } ?? 0
        return try transaction.list(collection, sortPrefix: job + "|", descending: true, limit: limit + 1, offset: max(0, newer)).map(\.value)
    }
}

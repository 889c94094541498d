import Core
import Labels
import Store

/// Which tasks to list.
public struct TaskFilter: Sendable, Hashable {
    public var status = HumanTask.Status.open
    /// Only those that this person may answer by name.
    public var person: String?
    public var isOverdue = false

    public init(status: HumanTask.Status = .open, person: String? = nil, isOverdue: Bool = false) {
        self.status = status
        self.person = person
        self.isOverdue = isOverdue
    }
}

extension WorkflowEngine {
    private var decisions: RecordCollection<Decision> { RecordCollection("decisions") }
    /// Open tasks that escalate, by when they are due.
    private var dueTasks: RecordCollection<String> { RecordCollection("tasks-due") }

    /// The most tasks that a filtered list looks at.
    static let filteredCountMax = 2_000

    /// Tasks of a filter, the most pressing first: by priority, then by when they are due, then by age. It looks at the oldest 2,000 of the status.
    public func tasks(_ filter: TaskFilter, limit: Int = 200) async throws -> [HumanTask] {
        let now = clock.now
        let found = try await tasks(status: filter.status, limit: Self.filteredCountMax).filter { task in
            (filter.person.map { person in task.people.contains { HumanTask.isSame($0, person) } } ?? true) && (!filter.isOverdue || task.isOverdue(at: now))
        }
        return Array(found.sorted { (-$0.rank, $0.dueAt ?? .infinity, $0.createdAt) < (-$1.rank, $1.dueAt ?? .infinity, $1.createdAt) }.prefix(limit))
    }

    /// Writes a new task.
    func open(_ task: HumanTask, in transaction: Transaction) throws {
        try transaction.put(task, as: task.id, sort: task.sort, in: humanTasks)
        if let due = task.dueAt, !task.escalatesTo.isEmpty { try transaction.put(task.id, as: task.id, sort: timestampText(due), in: dueTasks) }
        try TaskOutbox.write(.opened, of: task, at: task.createdAt, in: transaction)
    }

    /// Takes a person's checked answer into a task that is open, and keeps it as a decision, in the transaction of what follows from it.
    /// - Returns: the task as it is now; it has an `answer` once enough people agree.
    func take(_ answer: TaskAnswer, into task: HumanTask, workflow: String, in transaction: Transaction) throws -> HumanTask {
        // Again: another voice may have come since the answer was checked.
        let answer = try task.checked(answer)
        var next = task
        try next.take(answer)
        let decision = try Decision(answer, on: task, workflow: workflow, isFinal: next.status == .answered)
        try transaction.put(decision, as: "\(task.id)/\(task.voices.count)/\(timestampText(answer.at))", sort: timestampText(answer.at), in: decisions)
        try transaction.put(next, as: next.id, sort: next.sort, in: humanTasks)
        if next.status != .open { try transaction.remove(next.id, in: dueTasks) } else { try TaskOutbox.write(.proposed, of: next, at: answer.at, in: transaction) }
        return next
    }

    /// Holds the files of an answer against the store: they are there, and a recording is one.
    func checkFiles(of answer: TaskAnswer, for task: HumanTask) throws {
        for file in answer.files {
            guard store.blobs.contains(file.blob), file.byteCount <= TaskForm.fileByteCountMax else {
                throw Fault(.taskAnswer, "a file of the answer is not in the store, or has more than \(TaskForm.fileByteCountMax) bytes", remedy: "attach it again; the task stays open")
            }
        }
        for field in task.form.fields where field.kind == .recording {
            guard let file = answer.values[field.id].flatMap(TaskAnswer.Attachment.init(json:)) else { continue }
            guard MediaType.isAudio(MediaType.of(try store.blobs.get(file.blob))) else { throw field.fault("is not a recorded sound") }
        }
    }

    /// Escalates tasks that are overdue: those named for it may answer from now on. `banyan serve` calls it every few seconds.
    /// - Returns: how many were escalated; at most 1,000 a call.
    @discardableResult
    public func escalateOverdue() async throws -> Int {
        let (now, dueTasks) = (clock.now, dueTasks)
        let due = try await store.read { try $0.list(dueTasks, limit: 1_000).map(\.key) }
        guard !due.isEmpty else { return 0 }
        return try await store.write { [self] transaction in
            var count = 0
            for id in due {
                guard var task = try transaction.get(id, in: humanTasks), task.status == .open, task.escalatedAt == nil else {
                    try transaction.remove(id, in: dueTasks)
                    continue
                }
                guard task.isOverdue(at: now) else { break }
                task.escalatedAt = now
                task.priority = max(task.priority, .high)
                try transaction.put(task, as: id, sort: task.sort, in: humanTasks)
                try transaction.remove(id, in: dueTasks)
                try TaskOutbox.write(.escalated, of: task, at: now, in: transaction)
                count += 1
            }
            return count
        }
    }

    /// What people decided, the newest first: those of one page that a clearance permits, and whether the page is the last.
    public func decisions(clearance: Clearance, page: Int, offset: Int) async throws -> (decisions: [Decision], isLast: Bool) {
        let decisions = decisions
        let found = try await store.read { try $0.list(decisions, descending: true, limit: page, offset: offset).map(\.value) }
        return (found.filter { clearance.permits($0.label) }, found.count < page)
    }

    /// The newest decisions.
    /// - Parameter clearance: only what it permits.
    public func decisions(clearance: Clearance = .all, limit: Int = 1_000) async throws -> [Decision] {
        try await decisions(clearance: clearance, page: limit, offset: 0).decisions
    }
}

extension HumanTask {
    fileprivate var rank: Int { TaskPriority.allCases.firstIndex(of: priority) ?? 0 }
}

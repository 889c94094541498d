import Core
import Labels
import Store

/// What starts runs of a workflow by itself.
public struct WorkflowTrigger: Sendable, Codable, Hashable {
    /// By time, by a file that arrives, by a signed request, or by readings that give warning.
    public enum Cause: Sendable, Codable, Hashable {
        /// A ``CronSchedule`` and its offset from UTC in minutes.
        case time(String, offset: Int)
        /// A folder; each file that is new in it, or newer, starts a run, with its name as the input of that name.
        case file(folder: String, input: String)
        /// A request to `/v1/hooks/` and the trigger's name (``WebhookReceiver``).
        case webhook(WebhookTrigger)
        /// A watch over readings; what it fires for is the input of that name, an object.
        case reading(WatchRule, input: String)
    }

    public var id: String
    public var workflow: String
    public var cause: Cause
    /// The definition; runs keep it even when the file it came from changes.
    public var definition: String
    public var input: JSONValue
    public var grade: Grade
    /// When it is looked at next, seconds since 1970.
    public var nextAt: Double
    public var lastRun: String?
    /// Why it could not start a run the last time.
    public var failure: String?

    /// Whether it is looked at by itself, at ``nextAt``; others wait for a request or a reading.
    public var hasTime: Bool {
        switch cause {
        case .time, .file: true
        case .webhook, .reading: false
        }
    }
}

/// A file that lies in a watched folder.
public struct ArrivedFile: Sendable, Hashable {
    public let name: String
    public let byteCount: Int
    /// Seconds since 1970.
    public let modifiedAt: Double

    public init(name: String, byteCount: Int, modifiedAt: Double) {
        self.name = name
        self.byteCount = byteCount
        self.modifiedAt = modifiedAt
    }
}

/// Starts runs by time, by files that arrive and by watches that fire; hooks start theirs themselves.
///
/// The id of a run is made of its trigger and of what set it off (the minute, or the file with its size and time), so a trigger that is looked at twice, by two processes or after a crash, starts one run. Times that
/// were missed while nothing was running start one run, not one each. A clock that jumps back starts nothing twice.
public struct WorkflowScheduler: Sendable {
    /// Triggers of one store.
    public static let countMax = 1_000
    /// Files of one folder that are looked at, and the seconds between two looks.
    public static let fileCountMax = 10_000
    static let watchSeconds = 10.0
    /// The end of the year 9999: when triggers without a time are looked at.
    static let never = 253_402_300_799.0

    let store: Store
    let engine: WorkflowEngine
    private let clock: any WallClock
    private let files: @Sendable (_ folder: String) throws -> [ArrivedFile]
    let triggers = RecordCollection<WorkflowTrigger>("workflow-triggers")

    /// - Parameter files: Lists a folder.
    public init(store: Store, engine: WorkflowEngine, clock: any WallClock, files: @escaping @Sendable (_ folder: String) throws -> [ArrivedFile]) {
        self.store = store
        self.engine = engine
        self.clock = clock
        self.files = files
    }

    /// Keeps a trigger; one of the same id is replaced.
    /// - Throws: as ``WorkflowEngine/start(_:input:runID:)`` would; `workflows.schedule`.
    public func add(id: String, definition: WorkflowDefinition, cause: WorkflowTrigger.Cause, input: [String: JSONValue], grade: Grade) async throws -> WorkflowTrigger {
        guard !id.isEmpty, id.utf8.count <= 100 else { throw Fault(.workflowSchedule, "a trigger needs a name of at most 100 bytes", remedy: "give it one") }
        var (input, now, cause, sample) = (input, clock.now, cause, [String: JSONValue]())
        switch cause {
        case .time(let text, let offset):
            guard let next = try CronSchedule(text, offset: offset).next(after: now) else { throw Fault(.workflowSchedule, "that time never comes", remedy: "check day and month") }
            now = next
        case .file(_, let name):
            guard definition.inputs[name]?.type == .string else { throw Fault(.workflowSchedule, "workflow \(definition.name) has no input \(name) of type string", remedy: "name the input that takes the file's name") }
            input[name] = ""
        case .webhook(let hook):
            guard id.utf8.allSatisfy({ $0 >= 97 && $0 <= 122 || $0 >= 48 && $0 <= 57 || $0 == 45 }) else { throw Fault(.workflowSchedule, "the name of a hook is part of an address", remedy: "use a-z, 0-9 and -") }
            let whole = try hook.completed(for: definition, given: input)
            (cause, now, sample) = (.webhook(whole), Self.never, whole.samples(for: definition))
        case .reading(_, let name):
            guard definition.inputs[name]?.type == .object else { throw Fault(.workflowSchedule, "workflow \(definition.name) has no input \(name) of type object", remedy: "name the input that takes the reading") }
            (now, sample) = (Self.never, [name: [:]])
        }
        // What a hook brings to a run does not start one.
        if case .webhook(let hook) = cause, hook.event != nil {} else { try engine.checkStart(definition, input: Labeled(sample.merging(input) { $1 }, Label(grade))) }
        let trigger = WorkflowTrigger(id: id, workflow: definition.name, cause: cause, definition: definition.yaml, input: .object(input), grade: grade, nextAt: now)
        try await store.write { [self] transaction in
            guard try transaction.get(id, in: triggers) != nil || transaction.count(triggers) < Self.countMax else {
                throw Fault(.workflowSchedule, "there are \(Self.countMax) triggers already", remedy: "remove some")
            }
            try prepare(trigger, in: transaction)
            try transaction.put(trigger, as: id, sort: timestampText(trigger.nextAt), in: triggers)
        }
        return trigger
    }

    /// Every trigger, the next one first.
    public func all() async throws -> [WorkflowTrigger] { try await store.read { [triggers] in try $0.list(triggers, limit: Self.countMax).map(\.value) } }

    /// Forgets a trigger; its runs stay.
    /// - Throws: `workflows.unknown`.
    public func remove(_ id: String) async throws {
        guard try await store.write({ [self] transaction in
            try forget(id, in: transaction)
            return try transaction.remove(id, in: triggers)
        }) else {
            throw Fault(.workflowUnknown, "there is no trigger \(id)", remedy: "see `banyan workflow schedule list`")
        }
    }

    /// Starts what is due; nothing executes until the runs are advanced.
    /// - Returns: The runs that were started, or had been by somebody else.
    public func tick() async throws -> [String] {
        let now = clock.now
        let due = try await store.read { [triggers] in try $0.list(triggers, limit: Self.countMax).map(\.value).filter { $0.nextAt <= now } }
        var started = try await startFired()
        for var trigger in due {
            do {
                let runs = try await start(trigger, now: now)
                started += runs
                (trigger.lastRun, trigger.failure) = (runs.last ?? trigger.lastRun, nil)
            } catch let fault as Fault where fault.code.kind != .full {
                // One that cannot start must not hold up the others; the list says why.
                trigger.failure = fault.message
            }
            trigger.nextAt = try next(of: trigger, after: now)
            let updated = trigger
            try await store.write { [triggers] transaction in
                // It may have been removed or replaced meanwhile.
                guard let known = try transaction.get(updated.id, in: triggers), known.cause == updated.cause, known.definition == updated.definition, known.input == updated.input, known.grade == updated.grade else { return }
                try transaction.put(updated, as: updated.id, sort: timestampText(updated.nextAt), in: triggers)
            }
        }
        return started
    }

    private func next(of trigger: WorkflowTrigger, after now: Double) throws -> Double {
        switch trigger.cause {
        case .time(let text, let offset): try CronSchedule(text, offset: offset).next(after: now) ?? Self.never
        case .file: now + Self.watchSeconds
        case .webhook, .reading: Self.never
        }
    }

    private func start(_ trigger: WorkflowTrigger, now: Double) async throws -> [String] {
        let definition = try WorkflowDefinition(yaml: trigger.definition), input = trigger.input.object ?? [:]
        switch trigger.cause {
        case .time: return [try await engine.start(definition, input: Labeled(input, Label(trigger.grade)), runID: "\(trigger.id)-\(Int(trigger.nextAt))")]
        case .file(let folder, let name):
            var started: [String] = []
            // A file that is still being written has changed within the last seconds.
            for file in try files(folder).prefix(Self.fileCountMax) where file.modifiedAt <= now - 2 {
                let hash = SHA256.hex(Array("\(file.name)\u{0}\(file.byteCount)\u{0}\(file.modifiedAt)".utf8)).prefix(16)
                let id = "\(trigger.id)-\(hash)"
                guard try await !engine.isKnown(id) else { continue }
                started.append(try await engine.start(definition, input: Labeled(input.merging([name: .string(file.name)]) { $1 }, Label(trigger.grade)), runID: id))
            }
            return started
        case .webhook, .reading: return []
        }
    }
}

extension WorkflowEngine {
    /// Whether there is a run of that id.
    public func isKnown(_ runID: String) async throws -> Bool { try await store.read { try $0.lastSequence(of: Self.stream(runID)) > 0 } }

    /// The workflow of a run; nil if there is no such run.
    func workflow(of runID: String) async throws -> String? { try await store.read { [summaries] in try $0.get(runID, in: summaries)?.workflow } }

    /// Runs that ``tend(_:pause:)`` and ``work(atOnce:report:)`` advance at once, if nothing else is said.
    public static let tendedCountMax = 64

    /// Starts what triggers ask for and wakes what sleeps, until cancelled: the heart of a process that serves.
    /// - Parameter pause: Seconds between two looks.
    public func tend(_ scheduler: WorkflowScheduler, pause: Double = 1) async {
        guard store.line == nil else { return await tendShared(scheduler, pause) }
        try? await addMissingTimers()
        await withDiscardingTaskGroup { group in
            while !Task.isCancelled {
                // A look that fails (a full disk) is followed by the next.
                _ = try? await scheduler.tick()
                for run in (try? await dueRuns()) ?? [] { group.addTask { _ = try? await self.advance(run) } }
                try? await Task.sleep(for: .seconds(pause))
            }
            group.cancelAll()
        }
    }

    /// The same beside other processes: runs are claimed before they are advanced.
    private func tendShared(_ scheduler: WorkflowScheduler, _ pause: Double) async {
        await withDiscardingTaskGroup { group in
            group.addTask { await self.work() }
            while !Task.isCancelled {
                _ = try? await scheduler.tick()
                try? await Task.sleep(for: .seconds(pause))
            }
            group.cancelAll()
        }
    }

    /// Runs that want to move and that nobody here is advancing: sleepers whose time has come, and those that were started and not taken up.
    func dueRuns() async throws -> [String] {
        let now = clock.now, room = Self.tendedCountMax - activeCount
        guard room > 0 else { return [] }
        let (byStatus, timers) = (summariesByStatus, timers)
        let candidates = try await store.read { transaction in
            // The oldest first; those that are advanced already take places in the list.
            try transaction.list(timers, limit: Self.tendedCountMax * 2).filter { $0.value <= now }.map(\.key)
                + transaction.list(byStatus, sortPrefix: RunStatus.running.rawValue + "|", limit: Self.tendedCountMax * 2).map(\.key)
        }
        var seen = Set<String>()
        return Array(candidates.filter { seen.insert($0).inserted && !isActive($0) }.prefix(room))
    }
}

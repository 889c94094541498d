import Core
import Labels
import Synchronization

/// The kinds of events in a run's stream.
enum RunEvent {
    static let started = "run-started"
    static let completed = "run-completed"
    static let failed = "run-failed"
    static let cancelled = "run-cancelled"
    static let paused = "run-paused"
    static let resumed = "run-resumed"
    /// A step has failed for good, and what others did is being undone.
    static let failing = "run-failing"
    /// The run goes on under another definition.
    static let changed = "definition-changed"
    /// Something outside has happened.
    static let signaled = "event-arrived"
    static let stepStarted = "step-started"
    static let stepDone = "step-done"
    static let stepFailed = "step-failed"
    /// In journals of before; skipping follows from conditions now.
    static let stepSkipped = "step-skipped"
    static let taskOpened = "task-opened"
    static let timerSet = "timer-set"
    static let eventAwaited = "event-awaited"
    /// A part of a step's work is done; it runs again.
    static let stepTurned = "step-turned"
    /// A person has told a step what it asked for; it runs again.
    static let stepTold = "step-told"
    /// A step that an earlier run had ended.
    static let stepKept = "step-kept"
    static let undoStarted = "undo-started"
    static let undoDone = "undo-done"
    static let undoFailed = "undo-failed"
}

/// Definitions that runs share, read once. A thousand runs of one workflow would parse it a thousand times.
final class DefinitionCache: Sendable {
    /// The most definitions kept; with more, all are forgotten and read anew.
    static let countMax = 64
    private let known = Mutex<[String: (WorkflowDefinition, CompiledDefinition)]>([:])

    func ready(_ yaml: String) throws -> (WorkflowDefinition, CompiledDefinition) {
        if let known = known.withLock({ $0[yaml] }) { return known }
        let definition = try WorkflowDefinition(yaml: yaml)
        let plan = try CompiledDefinition(definition)
        known.withLock { known in
            if known.count >= Self.countMax { known = [:] }
            known[yaml] = (definition, plan)
        }
        return (definition, plan)
    }
}

extension Label {
    /// The label as JSON.
    var json: JSONValue { ["grade": .int(grade.rawValue), "categories": .array(categories.sorted().map { .string($0.name) })] }

    /// Reads what ``json`` writes. Anything malformed reads as the highest grade, so that damage never lowers a label.
    init(json: JSONValue?) {
        let grade = json?["grade"]?.int.flatMap(Grade.init(rawValue:)) ?? .core
        self.init(grade, Set((json?["categories"]?.array ?? []).compactMap(\.string).map { Category($0) }))
    }
}

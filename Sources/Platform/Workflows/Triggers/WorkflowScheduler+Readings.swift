import Core
import Labels
import Store

// Watches over readings: they fire in the transaction of a reading, and the scheduler starts what they ask for.
extension WorkflowScheduler {
    /// Writes what a trigger needs beside itself.
    func prepare(_ trigger: WorkflowTrigger, in transaction: Transaction) throws {
        guard case .reading(let rule, _) = trigger.cause else {
            try transaction.remove(trigger.id, in: Readings.watches)
            return
        }
        // A watch that is set again with the same rule goes on as it stands.
        if let known = try transaction.get(trigger.id, in: Readings.watches), known.rule == rule { return }
        try transaction.put(WatchState(rule), as: trigger.id, sort: Readings.mark(rule.name), in: Readings.watches)
    }

    /// Forgets what a trigger had beside itself.
    func forget(_ id: String, in transaction: Transaction) throws {
        try transaction.remove(id, in: Readings.watches)
        for (key, _) in try transaction.list(Readings.firings, sortPrefix: id + "|", limit: Readings.firingCountMax) { try transaction.remove(key, in: Readings.firings) }
    }

    /// Starts the runs that watches have fired for. The id of a run is made of the watch and the reading, so a firing that is looked at twice starts one run.
    /// - Returns: The runs that were started, or had been by somebody else.
    func startFired() async throws -> [String] {
        let fired = try await store.read { try $0.list(Readings.firings, limit: 200) }
        var started: [String] = []
        for (key, firing) in fired {
            var (run, failure) = (String?.none, String?.none)
            let trigger = try await store.read { [triggers] in try $0.get(firing.trigger, in: triggers) }
            if let trigger, case .reading(_, let input) = trigger.cause {
                do {
                    run = try await start(trigger, firing.reading, as: input)
                } catch let fault as Fault where fault.code.kind != .full && fault.code.kind != .io {
                    // It would be refused the next time, too; the list of triggers says why.
                    failure = fault.message
                }
            }
            let (newRun, newFailure) = (run, failure)
            try await store.write { [triggers] transaction in
                try transaction.remove(key, in: Readings.firings)
                guard var known = try transaction.get(firing.trigger, in: triggers) else { return }
                (known.lastRun, known.failure) = (newRun ?? known.lastRun, newFailure)
                try transaction.put(known, as: known.id, sort: timestampText(known.nextAt), in: triggers)
            }
            if let run { started.append(run) }
        }
        return started
    }

    private func start(_ trigger: WorkflowTrigger, _ reading: Reading, as input: String) async throws -> String {
        let definition = try WorkflowDefinition(yaml: trigger.definition)
        let values = (trigger.input.object ?? [:]).merging([input: reading.json]) { $1 }
        let id = "\(trigger.id)-\(Readings.mark(reading.name).prefix(8))-\(reading.sequence)"
        return try await engine.start(definition, input: Labeled(values, Label(trigger.grade).joined(reading.label)), runID: id)
    }
}

import Core
import Foundation
import Labels
import Store
import Workflows

/// Many runs that several processes carry on together, over PostgreSQL.
struct LabWorkers {
    let options: LabOptions

    private func names() -> [String] { (0..<options.number("runs", 24)).map { "w\($0)" } }

    /// Puts runs in line.
    func fill() async throws -> JSONValue {
        let store = try options.store()
        let engine = try Lab.engine(store, options)
        let definition = try options.workflow()
        for name in names() { _ = try await engine.start(definition, input: LabDefinitions.input(for: definition), runID: name) }
        try store.close()
        return ["runs": .int(names().count)]
    }

    /// Works, and answers what people are asked, until every run has ended. A server that is gone comes again.
    func work() async throws -> JSONValue {
        let store = try await opened()
        let engine = try Lab.engine(store, options)
        let ended = try await withThrowingTaskGroup(of: Int?.self) { group in
            group.addTask {
                await engine.work(atOnce: options.number("at-once", 16))
                return nil
            }
            group.addTask {
                while true {
                    // Another worker may be faster, or the server gone: the next look sees.
                    for task in (try? await engine.tasks()) ?? [] { try? await engine.answer(task.id, LabQuestion.answer(to: task, at: 0)) }
                    if let runs = try? await engine.statistics().runs {
                        guard runs[.failed] == 0, runs[.cancelled] == 0 else { throw Fault(.defect, "a run failed") }
                        if let count = runs[.completed], count == options.number("runs", 24) { return count }
                    }
                    try await Task.sleep(for: .milliseconds(20))
                }
            }
            defer { group.cancelAll() }
            while let result = try await group.next() { if let result { return result } }
            return 0
        }
        try store.close()
        return ["completed": .int(ended)]
    }

    private func opened() async throws -> Store {
        for _ in 0..<200 {
            do { return try options.store() } catch let fault as Fault where fault.code == .storeUnreachable || fault.code == .storeDatabase { try await Task.sleep(for: .milliseconds(100)) }
        }
        return try options.store()
    }

    /// Every run beside the undisturbed one.
    func verify() async throws -> JSONValue {
        let store = try options.store()
        let engine = try Lab.engine(store, options)
        let reference = LabReport(try JSONValue(parsing: try String(contentsOfFile: options["reference"] ?? "", encoding: .utf8)))
        let files = (options["files"] ?? "").split(separator: ",").map(String.init)
        var sums: [String: Int] = [:]
        for name in names() {
            let report = try await LabReport(of: name, in: store, engine: engine, outside: files)
            for (field, value) in report.difference(from: reference).object ?? [:] { sums[field, default: 0] += value.int ?? 0 }
        }
        sums["attempts"] = try await engine.statistics().stepsRun
        sums["attempts_cut_short"] = try await engine.statistics().stepsResumed
        try store.close()
        return .object(sums.mapValues { .int($0) })
    }
}

extension LabOptions {
    /// The store that the options name: a folder, or a schema of a server.
    func store() throws -> Store { try Store.open(at: directory, database: self["database"], schema: self["schema"] ?? "banyan") }

    func workflow() throws -> WorkflowDefinition {
        if let file = self["definition"] { return try WorkflowDefinition(yaml: try String(contentsOfFile: file, encoding: .utf8)) }
        if self["agent"] != nil { return try LabDefinitions.agent(number("agent", 40)) }
        if let steps = self["chain"].flatMap({ Int($0) }) { return try LabDefinitions.chain(steps, kind: "lab-record") }
        return try LabDefinitions.flat(number("flat", 200), plain: self["plain"] == "yes")
    }
}

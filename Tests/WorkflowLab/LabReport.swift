import Core
import Foundation
import Store
import Workflows

/// Everything that a run left behind, for comparison with an undisturbed one.
struct LabReport {
    var status: String
    var outputs: [String: JSONValue]
    var effects: [String: LabEffect]
    /// How often each question was answered.
    var answers: [String: Int]
    /// Values by key, one for each time that the system outside heard of it.
    var lines: [String: [String]]

    init(of runID: String, in store: Store, engine: WorkflowEngine, outside: [String]) async throws {
        let detail = try await engine.detail(runID)
        status = detail.summary.status.rawValue
        outputs = detail.outputs.mapValues { .object($0) }
        // Keys begin with the run's id; reports of other runs have the same behind it.
        func isMine(_ key: String) -> Bool { key.hasPrefix(runID + "/") }
        func name(_ key: String) -> String { "r/" + key.dropFirst(runID.count + 1) }
        effects = try await store.read { Dictionary(try $0.list(LabEffect.all, limit: 1_000_000).map { ($0.key, $0.value) }) { $1 } }
            .filter { isMine($0.key) }.reduce(into: [:]) { $0[name($1.key)] = $1.value }
        answers = Dictionary(try await engine.tasks(status: .answered, limit: 1_000_000).filter { $0.runID == runID }.map { ($0.title, 1) }, uniquingKeysWith: +)
        lines = [:]
        for file in outside {
            for line in ((try? String(contentsOfFile: file, encoding: .utf8)) ?? "").split(separator: "\n") {
                let parts = line.split(separator: "\t", maxSplits: 1).map(String.init)
                if isMine(parts[0]) { lines[name(parts[0]), default: []].append(parts.count > 1 ? parts[1] : "") }
            }
        }
    }

    init(_ json: JSONValue) {
        status = json["status"]?.string ?? ""
        outputs = json["outputs"]?.object ?? [:]
        effects = (json["effects"]?.object ?? [:]).mapValues { LabEffect(count: $0[0]?.int ?? 0, value: $0[1]?.string ?? "") }
        answers = (json["answers"]?.object ?? [:]).mapValues { $0.int ?? 0 }
        lines = (json["lines"]?.object ?? [:]).mapValues { ($0.array ?? []).compactMap(\.string) }
    }

    var json: JSONValue {
        [
            "status": .string(status), "outputs": .object(outputs), "effects": .object(effects.mapValues { [.int($0.count), .string($0.value)] }),
            "answers": .object(answers.mapValues { .int($0) }), "lines": .object(lines.mapValues { .array($0.map { .string($0) }) }),
        ]
    }

    /// What differs from an undisturbed run.
    func difference(from reference: LabReport) -> JSONValue {
        let lost = reference.effects.keys.count { effects[$0] == nil } + reference.lines.keys.count { lines[$0] == nil }
            + reference.answers.keys.count { answers[$0] == nil } + reference.outputs.keys.count { outputs[$0] == nil } + (status == reference.status ? 0 : 1)
        let wrong = effects.count { reference.effects[$0.key]?.value != $0.value.value } + outputs.count { reference.outputs[$0.key] != $0.value }
            + lines.count { line in line.value.contains { reference.lines[line.key]?.first != $0 } } + answers.keys.count { reference.answers[$0] == nil }
        let repeated = effects.values.reduce(0) { $0 + max(0, $1.count - 1) } + answers.reduce(0) { $0 + max(0, $1.value - (reference.answers[$1.key] ?? 0)) }
        return [
            "lost": .int(lost), "wrong": .int(wrong), "repeated": .int(repeated), "outside_repeats": .int(lines.values.reduce(0) { $0 + $1.count - 1 }),
            "effects": .int(effects.count), "lines": .int(lines.count), "answers": .int(answers.count), "status": .string(status),
        ]
    }
}

import Core
import Foundation
import Labels
import Store
import Synchronization
import Workflows

/// What a step computes from its inputs: a wrong value anywhere before shows in every value after.
func digest(_ values: [String: JSONValue]) -> String { String(SHA256.hex(Array(JSONValue.object(values).text.utf8)).prefix(16)) }

/// What one step left in Banyan's own store.
struct LabEffect: Codable, Sendable, Hashable {
    var count: Int
    var value: String
    static let all = RecordCollection<LabEffect>("lab-effects")
}

/// A system outside: a file that lines are appended to, each one write of a key and a value. One process at a time writes it.
final class OutsideFile: Sendable {
    private let handle: Mutex<FileHandle>

    init(_ path: String) throws {
        let manager = FileManager.default
        if !manager.fileExists(atPath: path) { _ = manager.createFile(atPath: path, contents: nil) }
        guard let file = FileHandle(forWritingAtPath: path) else { throw Fault(.file, "\(path) cannot be written", remedy: "give another file") }
        handle = Mutex(file)
    }

    func append(_ key: String, _ value: String) throws {
        try handle.withLock { file in
            try file.seekToEnd()
            try file.write(contentsOf: Data("\(key)\t\(value)\n".utf8))
        }
    }
}

/// A step of the lab: any values in, a digest of them out.
struct LabStep: StepKind {
    /// What a step does beside computing.
    enum Effect: Sendable {
        case none
        /// A record in Banyan's store, counted up in the step's own transaction.
        case record
        /// A line in a file outside, with the idempotency key.
        case line(OutsideFile)
        /// The line, then the record.
        case both(OutsideFile)
        /// Ends the process's work on the run, as a crash in the step would, unless told to go on.
        case stop(@Sendable (String) throws -> Void)
    }

    let id: String
    let effect: Effect
    let signature = StepSignature(
        inputs: ["x": .init(.any, isRequired: false), "y": .init(.any, isRequired: false)], outputs: ["text": .string], clearance: .all, labelRule: .joinsInputs)

    func run(_ input: StepInput, in context: StepContext) async throws -> StepOutcome {
        let (value, key) = (digest(input.values), context.idempotencyKey)
        switch effect {
        case .none: return .done(output: ["text": .string(value)])
        case .stop(let pass):
            try pass(context.runID)
            return .done(output: ["text": .string(value)])
        case .line(let file):
            try file.append(key, value)
            return .done(output: ["text": .string(value)])
        case .both(let file):
            try file.append(key, value)
            return Self.recorded(value, as: key)
        case .record: return Self.recorded(value, as: key)
        }
    }

    private static func recorded(_ value: String, as key: String) -> StepOutcome {
        .done(output: ["text": .string(value)]) { transaction in
            let known = try transaction.get(key, in: LabEffect.all)
            try transaction.put(LabEffect(count: (known?.count ?? 0) + 1, value: value), as: key, in: LabEffect.all)
        }
    }
}

/// Asks a person, who answers by a rule.
struct LabQuestion: StepKind {
    let id = "lab-ask"
    let signature = StepSignature(
        inputs: ["x": .init(.any)], outputs: ["choice": .string, "comment": .string, "by": .string], clearance: .all, labelRule: .joinsInputs)

    func run(_ input: StepInput, in context: StepContext) async throws -> StepOutcome {
        .person(HumanTaskRequest(title: context.stepID, body: .object(input.values), choices: ["yes", "no"], label: input.label))
    }

    /// The person's rule: the same body, the same answer.
    static func answer(to task: HumanTask, at now: Double) -> TaskAnswer {
        let value = digest(["body": task.body])
        let choice = task.choices[Int(value.utf8.first ?? 0) % max(1, task.choices.count)]
        return TaskAnswer(choice: choice, comment: value, by: "lab", at: now, attachments: [])
    }
}

/// Whether a round of a loop is the last: from a number of rounds on.
struct LabJudge: StepKind {
    let id = "lab-judge"
    let signature = StepSignature(
        inputs: ["x": .init(.any), "index": .init(.number), "last": .init(.number)], outputs: ["ok": .boolean], clearance: .all, labelRule: .joinsInputs)

    func run(_ input: StepInput, in context: StepContext) async throws -> StepOutcome {
        .done(output: ["ok": .bool((input.values["index"]?.double ?? 0) >= (input.values["last"]?.double ?? 0))])
    }
}

import Core
import Foundation
import Labels
import Store

/// What a person decided, on what: an example to learn from, with where it came from.
///
/// Written in the transaction that takes the answer in, one for each voice.
public struct Decision: Sendable, Codable, Hashable {
    public var runID: String
    public var workflow: String
    public var stepID: String
    public var taskID: String
    /// SHA-256 of what was shown, as canonical JSON: title, body and form.
    public var shownSHA256: String
    /// The files that were shown or played.
    public var shownBlobs: [String]
    /// What stood in the form before, so that what was corrected can be told.
    public var proposed: [String: JSONValue]
    public var choice: String
    public var comment: String?
    public var values: [String: JSONValue]
    /// Files of the answer.
    public var blobs: [String]
    public var by: String
    public var at: Double
    /// What everything in it is labeled with.
    public var label: Label
    /// Whether it ended the task.
    public var isFinal: Bool

    init(_ answer: TaskAnswer, on task: HumanTask, workflow: String, isFinal: Bool) throws {
        (runID, self.workflow, stepID, taskID) = (task.runID, workflow, task.stepID, task.id)
        let form = try JSONValue(parsing: String(decoding: try JSONEncoder().encode(task.form), as: UTF8.self))
        shownSHA256 = SHA256.hex(Array(JSONValue.object(["title": .string(task.title), "body": task.body, "form": form]).text.utf8))
        shownBlobs = task.form.fields.compactMap(\.media?.blob)
        proposed = task.proposed
        (choice, comment, values, blobs) = (answer.choice, answer.comment, answer.values, answer.files.map(\.blob))
        (by, at, label, self.isFinal) = (answer.by, answer.at, task.label, isFinal)
    }

    /// One line of JSON.
    public var line: String {
        ([
            "run": .string(runID), "workflow": .string(workflow), "step": .string(stepID), "task": .string(taskID),
            "shown": ["sha256": .string(shownSHA256), "blobs": .array(shownBlobs.map { .string($0) })], "proposed": .object(proposed), "choice": .string(choice),
            "comment": comment.map { .string($0) } ?? .null, "values": .object(values), "blobs": .array(blobs.map { .string($0) }), "by": .string(by), "at": .string(timestampText(at)),
            "label": .string(label.description), "final": .bool(isFinal),
        ] as JSONValue).text
    }
}

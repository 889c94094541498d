import Core
import Foundation
import Labels
import Store

/// Asks a person: shows them what it is given, takes a choice and the values of a form.
///
/// ```yaml
/// - id: review
///   kind: human
///   with:
///     title: Correct the boxes
///     choices: [approve, return]
///     form: [{id: boxes, type: image, media: "${scan.page}", labels: [stamp, signature], value: "${find.boxes}"}]
///     assignee: li
///     due: 86400
///     escalate: [wang]
/// ```
/// Media is the name of a blob, what an earlier step or answer gave of a file (`{blob, mediaType, name, bytes}`), or a `data:` URL, whose bytes become a blob.
public struct HumanStep: StepKind {
    public let id = "human"
    public let signature = StepSignature(
        inputs: [
            "title": .init(.string), "body": .init(.any, isRequired: false), "choices": .init(.array, isRequired: false), "form": .init(.array, isRequired: false),
            "assignee": .init(.string, isRequired: false), "candidates": .init(.array, isRequired: false), "due": .init(.number, isRequired: false),
            "escalate": .init(.array, isRequired: false), "approvals": .init(.number, isRequired: false), "priority": .init(.string, isRequired: false),
        ],
        outputs: ["choice": .string, "comment": .string, "by": .string, "people": .array, "values": .object, "attachments": .array], clearance: .all, labelRule: .joinsInputs)
    /// Choices, candidates and people to escalate to, each.
    static let nameCountMax = 50
    /// Two people must be able to agree, and more than five never do.
    static let approvalsMax = 5

    private let blobs: BlobStore

    public init(blobs: BlobStore) { self.blobs = blobs }

    public func run(_ input: StepInput, in context: StepContext) async throws -> StepOutcome {
        func malformed(_ what: String) -> Fault { Fault(.workflowDefinition, "step \(context.stepID): \(what)", remedy: "see `human` in docs/rooms/workflows.md") }
        func names(_ key: String) throws -> [String] {
            let list = input.values[key]?.array ?? []
            let names = list.compactMap(\.string).filter { (1...200).contains($0.utf8.count) }
            guard names.count == list.count, names.count <= Self.nameCountMax, Set(names).count == names.count else { throw malformed("\(key) are at most \(Self.nameCountMax) different texts of 1 to 200 bytes") }
            return names
        }
        guard let title = input.values["title"]?.string, (1...500).contains(title.utf8.count) else { throw malformed("a title of 1 to 500 bytes is needed") }
        let choices = try names("choices")
        var request = HumanTaskRequest(title: title, body: input.values["body"].flatMap { $0 == .null ? nil : $0 } ?? [:], choices: choices.isEmpty ? ["approve", "return"] : choices, label: input.label)
        if let form = input.values["form"], form != .null { request.form = try TaskForm(json: form, media: media) }
        request.assignee = input.values["assignee"]?.string
        (request.candidates, request.escalatesTo) = (try names("candidates"), try names("escalate"))
        if let due = input.values["due"]?.double {
            guard (1...WaitStep.secondsMax).contains(due) else { throw malformed("due must be 1 second to ten years") }
            request.dueSeconds = due
        }
        guard request.escalatesTo.isEmpty || request.dueSeconds != nil else { throw malformed("what is escalated needs a due time") }
        if let approvals = input.values["approvals"]?.double {
            guard let count = Int(exactly: approvals), (1...Self.approvalsMax).contains(count) else { throw malformed("approvals must be 1 to \(Self.approvalsMax)") }
            request.approvals = count
        }
        let people = Set((request.assignee.map { [$0] } ?? []) + request.candidates), needed = request.approvals ?? HumanTask.approvals(of: input.label)
        guard people.isEmpty || people.count >= needed else { throw malformed("\(needed) people must agree, and \(people.count) may answer: name more candidates, or nobody") }
        if let text = input.values["priority"]?.string {
            guard let priority = TaskPriority(rawValue: text) else { throw malformed("priorities are \(TaskPriority.allCases.map(\.rawValue).joined(separator: ", "))") }
            request.priority = priority
        }
        return .person(request)
    }

    /// The file that a value names, with what its bytes say it is.
    private func media(_ value: JSONValue) throws -> (file: TaskAnswer.Attachment, bytes: [UInt8]) {
        if let text = value.string, text.hasPrefix("data:") {
            // A quarter of the bytes is Base64's.
            guard text.utf8.count <= TaskForm.fileByteCountMax / 3 * 4 + 200, let comma = text.firstIndex(of: ","), text[..<comma].hasSuffix(";base64"),
                let bytes = Data(base64Encoded: String(text[text.index(after: comma)...])).map({ [UInt8]($0) })
            else { throw TaskForm.malformed("a data: URL of media is not Base64, or longer than \(TaskForm.fileByteCountMax) bytes") }
            return (try file(bytes, blob: try blobs.put(bytes), name: "media"), bytes)
        }
        guard let blob = value["blob"]?.string ?? value.string, blobs.contains(blob) else { throw TaskForm.malformed("media is no blob of this store") }
        let bytes = try blobs.get(blob)
        return (try file(bytes, blob: blob, name: value["name"]?.string ?? "media"), bytes)
    }

    private func file(_ bytes: [UInt8], blob: String, name: String) throws -> TaskAnswer.Attachment {
        guard bytes.count <= TaskForm.fileByteCountMax else { throw TaskForm.malformed("media has more than \(TaskForm.fileByteCountMax) bytes") }
        return .init(name: String(name.prefix(120)), mediaType: MediaType.of(bytes) ?? "application/octet-stream", blob: blob, byteCount: bytes.count)
    }
}

import Core
import Knowledge
import Labels
import Workflows

/// Indexes a text or the texts of records as a document, under the label that they have. The passages are kept in the transaction of the step's end.
struct KnowledgeIndexNode: StepKind {
    let services: NodeServices
    let id = "knowledge-index"
    let signature = StepSignature(
        inputs: ["document": .init(.string), "text": .init(.string, isRequired: false), "records": .init(.array, isRequired: false)],
        outputs: ["document": .string, "passages": .number], clearance: .all, labelRule: .joinsInputs)
    var beats: Bool { true }

    func run(_ input: StepInput, in context: StepContext) async throws -> StepOutcome {
        let name = try input.text("document", byteCountMax: 1_024)
        let paragraphs: [String] =
            switch try input.textOrRecords() {
            case .text(let text): text.split { $0.isNewline }.map(String.init)
            case .records(let records): records.map(Self.text)
            }
        let document = try services.knowledge.prepare(name, title: name, paragraphs: paragraphs.filter { !$0.allSatisfy(\.isWhitespace) }, label: input.label) { done, count in
            try Task.checkCancellation()
            context.progress(done, of: count, "passages")
        }
        let knowledge = services.knowledge
        return .done(
            output: ["document": .string(name), "passages": .int(document.summary.passageCount)],
            effect: { try knowledge.keep(document, in: $0) })
    }

    /// A record's `text`, or all that it says.
    private static func text(_ record: JSONValue) -> String {
        if let text = record["text"]?.string { return text }
        var parts: [String] = []
        RecordWalk.each(record) { parts.append("\($0)：\($1)") }
        return parts.joined(separator: "；")
    }
}

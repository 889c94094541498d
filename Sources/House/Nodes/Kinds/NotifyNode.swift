import Core
import Labels
import Workflows

/// Writes a notice into the outbox, in the transaction of its own end.
struct NotifyNode: StepKind {
    let settings: NodeSettings
    let id = "notify"
    var signature: StepSignature {
        StepSignature(
            inputs: ["to": .init(.string), "title": .init(.string), "text": .init(.string)], outputs: ["id": .string], clearance: settings.noticeClearance, labelRule: .joinsInputs)
    }

    func run(_ input: StepInput, in context: StepContext) async throws -> StepOutcome {
        let (to, title) = (try input.text("to", byteCountMax: 320), try input.text("title", byteCountMax: 500))
        // Both end in headers of a letter.
        guard (to + title).unicodeScalars.allSatisfy({ $0.properties.generalCategory != .control }) else {
            throw Fault(.nodeInput, "the inputs to and title must be single lines", remedy: "put the rest into text")
        }
        let notice = Notice(id: context.idempotencyKey, to: to, title: title, text: try input.text("text", byteCountMax: 64 << 10), label: input.label, at: context.now)
        return .done(output: ["id": .string(notice.id)], effect: { try Outbox.add(notice, in: $0) })
    }
}

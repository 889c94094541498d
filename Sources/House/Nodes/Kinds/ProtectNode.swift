import Core
import Detection
import Labels
import Protection
import Workflows

/// Masks a text or records: the only kind that lowers a label. It detects itself and adds the findings that it is given (those of a person, of a larger model), so a definition cannot lower a label by giving none.
struct ProtectNode: StepKind {
    let services: NodeServices
    let id = "protect"
    var isRepeatable: Bool { true }
    let signature = StepSignature(
        inputs: ["text": .init(.string, isRequired: false), "records": .init(.array, isRequired: false), "findings": .init(.array, isRequired: false)],
        outputs: ["text": .string, "records": .array, "replaced": .number], clearance: .all, labelRule: .lowers(to: .level2))

    func leavesNothing(with inputs: Set<String>) -> Bool { true }

    func run(_ input: StepInput, in context: StepContext) async throws -> StepOutcome {
        let given = try PlacedFinding.list(input.values["findings"])
        let masked: (text: String, records: [JSONValue], replaced: Int, label: Label)
        switch try input.textOrRecords() {
        case .text(let text):
            guard given.allSatisfy({ $0.place == nil }) else { throw Self.misplaced }
            let (own, label) = try mask(text, try services.detector.detect(text).findings + given.map(\.finding), input.label)
            masked = (own.text, [], own.replaced, label)
        case .records(let records): masked = try mask(records, given, input.label)
        }
        let (audit, counts) = (services.audit, (masked.replaced, masked.records.count))
        let (label, before) = (masked.label, input.label)
        return .done(
            output: ["text": .string(masked.text), "records": .array(masked.records), "replaced": .int(masked.replaced)], label: label,
            effect: { transaction in
                let detail: JSONValue = ["run": .string(context.runID), "replaced": .int(counts.0), "records": .int(counts.1), "from": .string(before.description)]
                try audit.record(AuditEntry(actor: "workflow", action: "protect", subject: context.idempotencyKey, detail: detail, label: label), in: transaction)
            })
    }

    private static let misplaced = Fault(.unprotectable, "findings of records do not fit what is to be protected", remedy: "detect in the very value to protect")

    private func mask(_ text: String, _ findings: [Finding], _ label: Label) throws -> ((text: String, replaced: Int), Label) {
        let masked = try services.protector.protect(text, findings: RecordDetector.merged(findings), label: label)
        return ((masked.text, masked.replaced), masked.label)
    }

    private func mask(_ records: [JSONValue], _ given: [PlacedFinding], _ label: Label) throws -> (text: String, records: [JSONValue], replaced: Int, label: Label) {
        let detector = RecordDetector(detector: services.detector)
        guard try !detector.hasSensitiveNames(records) else {
            throw Fault(.unprotectable, "a name of a field holds sensitive data, and names are not masked", remedy: "turn the names into values first")
        }
        var waiting = Dictionary(grouping: given) { $0.place }
        guard waiting[nil] == nil else { throw Self.misplaced }
        var (replaced, lowered) = (0, try services.protector.protect("", findings: [], label: label).label)
        let masked = try records.enumerated().map { number, record in
            try Task.checkCancellation()
            var masks: [String: [Finding]] = [:]
            let masked = try RecordWalk.map(record) { field, text in
                let findings = try detector.findings(in: text, field: field) + (waiting.removeValue(forKey: .init(record: number, field: field)) ?? []).map(\.finding)
                guard !findings.isEmpty else { return nil }
                masks[field] = RecordDetector.merged(findings)
                let (own, ownLabel) = try mask(text, findings, label)
                replaced += own.replaced
                lowered = lowered.joined(ownLabel)
                return own.text
            }
            return try moved(masked, from: record, masks["text"] ?? [])
        }
        guard waiting.isEmpty else { throw Self.misplaced }
        return ("", masked, replaced, lowered)
    }

    /// The `spans` of a labeled `text` where they are after masking: a mask may be longer or shorter than what it hides, and a span that begins or ends within one takes it whole.
    private func moved(_ masked: JSONValue, from record: JSONValue, _ findings: [Finding]) throws -> JSONValue {
        guard !findings.isEmpty, let text = record["text"]?.string, let spans = record["spans"]?.array else { return masked }
        let scalars = Array(text.unicodeScalars)
        func place(_ place: Int, atEnd: Bool) throws -> Int {
            let hidden = findings.first { $0.start < place && place < $0.end }
            let end = min(scalars.count, max(0, hidden.map { atEnd ? $0.end : $0.start } ?? place))
            var front = String.UnicodeScalarView()
            front.append(contentsOf: scalars[..<end])
            return try services.protector.protect(String(front), findings: findings.filter { $0.end <= end }, label: .bottom).text.unicodeScalars.count
        }
        var moved = masked
        moved["spans"] = .array(try spans.map { span in
            guard let start = span["start"]?.int, let end = span["end"]?.int else { return span }
            var span = span
            span["start"] = .int(try place(start, atEnd: false))
            span["end"] = .int(try place(end, atEnd: true))
            return span
        })
        return moved
    }
}

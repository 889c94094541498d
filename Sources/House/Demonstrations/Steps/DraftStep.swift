import Core
import Knowledge
import Labels
import Workflows

/// Drafts a reply from the retrieved passages, sentence by sentence with citations. Extractive: it says nothing that a document
/// does not say.
struct DraftStep: StepKind {
    let services: HotlineServices
    let id = "draft"
    let signature = StepSignature(
        inputs: ["text": .init(.string), "hits": .init(.array), "department": .init(.string)],
        outputs: ["reply": .string, "citations": .array], clearance: Clearance(upTo: .level2), labelRule: .joinsInputs)
    /// Sentences quoted in one reply.
    static let sentenceCountMax = 3

    func run(_ input: StepInput, in context: StepContext) async throws -> StepOutcome {
        let sentences = Self.bestSentences(for: input.values["text"]?.string ?? "", in: input.values["hits"]?.array ?? [])
        let department = input.values["department"]?.string ?? ""
        var reply = "您好，您反映的事项已收到，由\(department)负责办理。"
        var sources: [String] = []
        for sentence in sentences {
            if !sources.contains(sentence.document) { sources.append(sentence.document) }
            let number = (sources.firstIndex(of: sentence.document) ?? 0) + 1
            reply += "\(sentence.text)[\(number)]"
        }
        reply += sentences.isEmpty ? "工作人员将尽快与您联系。" : "如有疑问，请拨打12345。"
        return .done(
            output: ["reply": .string(reply), "citations": .array(sources.map { .string($0) })],
            effect: { try EffectCounter().count(context, in: $0) })
    }

    /// The sentences that share most terms with the request, each term weighed by its length; the order of the documents is kept.
    static func bestSentences(for request: String, in hits: [JSONValue]) -> [(text: String, document: String)] {
        let wanted = Set(TextTokenizer.terms(request))
        var scored: [(text: String, document: String, score: Double, order: Int)] = []
        for (rank, hit) in hits.prefix(3).enumerated() {
            guard let text = hit["text"]?.string, let document = hit["document"]?.string else { continue }
            for sentence in text.split(whereSeparator: { "。！？\n".contains($0) }) where (8...160).contains(sentence.count) {
                let terms = Set(TextTokenizer.terms(String(sentence)))
                guard !terms.isEmpty else { continue }
                let overlap = Double(terms.intersection(wanted).count) / Double(terms.count + 8).squareRoot()
                let score = overlap / Double(rank + 1)
                scored.append((sentence.trimmingSpaces + "。", document, score, scored.count))
            }
        }
        return scored.filter { $0.score > 0 }.sorted { $0.score > $1.score }.prefix(sentenceCountMax)
            .sorted { $0.order < $1.order }.map { ($0.text, $0.document) }
    }
}

extension Substring {
    /// The text without white space at both ends.
    fileprivate var trimmingSpaces: String {
        let tail = drop { $0.isWhitespace }
        return String(tail.reversed().drop { $0.isWhitespace }.reversed())
    }
}

import Core
import Knowledge
import Labels
import Workflows

/// Drafts a reply from the retrieved passages, with citations: in a drafter's words where there is one, else sentence by sentence. The extractive reply says nothing that a document
/// does not say, and it is what remains when a drafter fails.
struct DraftStep: StepKind {
    let services: HotlineServices
    let id = "draft"
    let signature = StepSignature(
        inputs: ["text": .init(.string), "hits": .init(.array), "department": .init(.string)],
        outputs: ["reply": .string, "citations": .array, "drafter": .string], clearance: Clearance(upTo: .level2), labelRule: .joinsInputs)
    /// Sentences quoted in one reply.
    static let sentenceCountMax = 3
    /// Documents that a drafter is shown, and the characters of each.
    static let passageCountMax = 3
    static let passageCharacterCountMax = 600
    /// The drafter of replies that are made of sentences of the documents.
    static let extractive = "extractive"

    func run(_ input: StepInput, in context: StepContext) async throws -> StepOutcome {
        let (text, hits) = (input.values["text"]?.string ?? "", input.values["hits"]?.array ?? [])
        let department = input.values["department"]?.string ?? ""
        let drafted = try await written(text, hits, department)
        let reply = drafted?.reply ?? Self.extracted(text, hits, department)
        return .done(
            output: ["reply": .string(reply.text), "citations": .array(reply.sources.map { .string($0) }), "drafter": .string(drafted?.drafter ?? Self.extractive)],
            effect: { try EffectCounter().count(context, in: $0) })
    }

    /// The drafter's reply; nil without a drafter, and when it fails or says nothing.
    private func written(_ text: String, _ hits: [JSONValue], _ department: String) async throws -> (reply: CitedReply, drafter: String)? {
        guard let drafter = services.drafter else { return nil }
        var passages: [DraftRequest.Passage] = []
        var documents: [String] = []
        for hit in hits where documents.count < Self.passageCountMax {
            guard let document = hit["document"]?.string, let text = hit["text"]?.string, !documents.contains(document) else { continue }
            documents.append(document)
            passages.append(.init(number: documents.count, title: hit["title"]?.string ?? "", text: String(text.prefix(Self.passageCharacterCountMax))))
        }
        do {
            let draft = try await drafter.reply(to: DraftRequest(text: text, department: department, passages: passages))
            return CitedReply(draft, documents: documents).map { ($0, drafter.name) }
        } catch is CancellationError {
            // The run is being stopped: it must not go on with another reply than it would have had.
            throw CancellationError()
        } catch {
            return nil
        }
    }

    private static func extracted(_ text: String, _ hits: [JSONValue], _ department: String) -> CitedReply {
        let sentences = bestSentences(for: text, in: hits)
        var reply = "您好，您反映的事项已收到，由\(department)负责办理。"
        var sources: [String] = []
        for sentence in sentences {
            if !sources.contains(sentence.document) { sources.append(sentence.document) }
            let number = (sources.firstIndex(of: sentence.document) ?? 0) + 1
            reply += "\(sentence.text)[\(number)]"
        }
        reply += sentences.isEmpty ? "工作人员将尽快与您联系。" : "如有疑问，请拨打12345。"
        return CitedReply(text: reply, sources: sources)
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

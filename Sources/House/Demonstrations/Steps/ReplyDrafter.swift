import Foundation

/// What a drafter may know of a request: what the draft step is cleared for, and nothing else. The text is masked, and the passages come from public documents.
public struct DraftRequest: Sendable, Equatable {
    /// A passage with the number that cites it.
    public struct Passage: Sendable, Equatable {
        /// 1, 2, …
        public var number: Int
        public var title: String
        public var text: String
    }

    /// The request with every sensitive value masked.
    public var text: String
    /// The department that will handle it.
    public var department: String
    /// The best passages first; one a document.
    public var passages: [Passage]
}

/// Writes a reply in its own words. Whoever starts the demonstration brings one, or none: replies are then made of sentences of the documents.
///
/// The same request must give the same reply, so that a step which was cut short and runs again ends as it would have.
public protocol ReplyDrafter: Sendable {
    /// How the report names it.
    var name: String { get }

    /// A reply that cites passages as `[1]`, `[2]`, …; an empty one when it has nothing to say.
    /// - Throws: whatever keeps it from writing; the step then falls back to sentences of the documents.
    func reply(to request: DraftRequest) async throws -> String
}

/// What a reply says and which documents it cites.
struct CitedReply: Equatable {
    var text: String
    /// `[1]` in the text is the first.
    var sources: [String]

    init(text: String, sources: [String]) { (self.text, self.sources) = (text, sources) }

    /// More is cut off, at a sentence where there is one.
    static let characterCountMax = 1_000

    /// The reply of a drafter, made fit to be sent: thoughts, control characters and numbers that cite nothing are taken out, citations are numbered in the order of their use, and
    /// a reply that cites nothing names what it was given. Nil when nothing is left.
    init?(_ draft: String, documents: [String]) {
        let bare = Self.bounded(Self.withoutThoughts(draft))
        var text = ""
        var sources: [String] = []
        var rest = bare[...]
        while let open = rest.firstIndex(of: "[") {
            text += rest[..<open]
            rest = rest[open...]
            guard let close = rest.firstIndex(of: "]"), let number = Int(rest[rest.index(after: open)..<close]) else {
                text.append(rest.removeFirst())
                continue
            }
            if documents.indices.contains(number - 1) {
                let document = documents[number - 1]
                if !sources.contains(document) { sources.append(document) }
                text += "[\((sources.firstIndex(of: document) ?? 0) + 1)]"
            }
            rest = rest[rest.index(after: close)...]
        }
        text += rest
        guard text.contains(where: { $0.isLetter }) else { return nil }
        if sources.isEmpty, !documents.isEmpty {
            sources = documents
            text += "（参考：" + documents.indices.map { "[\($0 + 1)]" }.joined() + "）"
        }
        (self.text, self.sources) = (text, sources)
    }

    /// Some models think aloud before they answer.
    private static func withoutThoughts(_ draft: String) -> String {
        guard let end = draft.range(of: "</think>", options: .backwards) else { return draft.contains("<think>") ? "" : draft }
        return String(draft[end.upperBound...])
    }

    private static func bounded(_ draft: String) -> String {
        var clean = String(String.UnicodeScalarView(draft.unicodeScalars.filter { $0 == "\n" || $0.properties.generalCategory != .control }))
        clean = clean.trimmingCharacters(in: .whitespacesAndNewlines)
        guard clean.count > characterCountMax else { return clean }
        let cut = clean.prefix(characterCountMax)
        return String(cut.lastIndex { "。！？\n".contains($0) }.map { cut[...$0] } ?? cut)
    }
}

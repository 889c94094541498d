import Detection
import Foundation
import Knowledge
import Labels
import Protection

/// Search with citations.
struct KnowledgePage {
    let services: ConsoleServices
    let frame: Frame
    let query: String

    func html() async throws -> HTML {
        let hits = query.isEmpty ? [] : try await services.knowledge.search(query, clearance: frame.clearance, limit: 8)
        let terms = TextTokenizer.terms(query)
        let list = hits.map { hit -> HTML in
            let page = hit.citation.page.map { frame.say(.page).replacing("%", with: "\($0)") }
            let place = [hit.document, hit.citation.heading, page ?? ""].filter { !$0.isEmpty }.joined(separator: " · ")
            return """
                <div class="hit"><span class="top">\(frame.badge(hit.label))</span><b>\(hit.title)</b>\
                <p>\(Self.marked(String(hit.text.prefix(400)), terms: terms))</p><span class="soft">\(frame.say(.source)): \(place)</span></div>
                """
        }
        let results: HTML = query.isEmpty ? "" : "<div class=\"card\">\(list.isEmpty ? ["<p class=\"note\">\(frame.say(.nothingFound))</p>"] : list)</div>"
        return frame.page(
            frame.say(.knowledge),
            """
            <form class="card row search" method="get" action="/knowledge"><input type="text" name="q" value="\(query)" placeholder="\(frame.say(.searchHint))" aria-label="\(frame.say(.search))" maxlength="500">\
            <button class="main">\(frame.say(.search))</button></form>\(results)
            """)
    }

    /// The text with the query's terms marked.
    static func marked(_ text: String, terms: [String]) -> HTML {
        var isMarked = [Bool](repeating: false, count: text.count)
        let characters = Array(text)
        for term in Set(terms).filter({ $0.count > 1 }).map({ Array($0) }) {
            guard characters.count >= term.count else { continue }
            for start in 0...(characters.count - term.count) where (0..<term.count).allSatisfy({ characters[start + $0].lowercased() == String(term[$0]) }) {
                for offset in 0..<term.count { isMarked[start + offset] = true }
            }
        }
        var out: HTML = ""
        var index = 0
        while index < characters.count {
            var end = index
            while end < characters.count, isMarked[end] == isMarked[index] { end += 1 }
            let piece = String(characters[index..<end])
            out = out + (isMarked[index] ? "<mark>\(piece)</mark>" : "\(piece)")
            index = end
        }
        return out
    }
}

/// What was found in whom, by grade. Counts only.
struct FindingsPage {
    let services: ConsoleServices
    let frame: Frame
    let request: ConsoleRequest

    func html() async throws -> HTML {
        let wanted = request.query["grade"].flatMap { Grade($0) }
        let counts = try await services.register.countsByGrade()
        let subjects = try await services.register.subjects(grade: wanted, limit: 100)
        let tabs = ([nil] + counts.keys.sorted(by: >).map(Optional.some)).map { grade -> HTML in
            "<a href=\"/findings\(grade.map { "?grade=\($0)" } ?? "")\"\(grade == wanted ? " class=\"here\"" as HTML : "")>\(grade?.description ?? frame.say(.all)) \(grade.map { "\(counts[$0] ?? 0)" } ?? "")</a>"
        }
        let rows = subjects.map { subject -> [HTML] in
            let verdicts = subject.results.map { result -> HTML in
                let state = frame.say(result.confirmed ? .confirmed : .unconfirmed)
                return "<div><b>\(result.level)</b> \(reason(result)) <span class=\"soft\">\(result.standard) · \(result.clause) · \(state)</span></div>"
            }
            let kinds = subject.counts.sorted { $0.key < $1.key }.map { "\(name(ofType: $0.key)) × \($0.value)" }.joined(separator: frame.language == .zh ? "，" : ", ")
            let link: HTML = subject.run.map { "<a href=\"/runs/\($0)\">\(subject.subject)</a>" } ?? "\(subject.subject)"
            return [link, frame.badge(subject.label), "\(kinds)", "\(verdicts)"]
        }
        return frame.page(frame.say(.findings), "<div class=\"row tabs\">\(tabs)</div><div class=\"card\">\(frame.table([.subject, .label, .findings, .standard], rows))</div>")
    }
}

extension FindingsPage {
    private func name(ofType id: String) -> String {
        let title = SensitiveType(id: id).title
        return frame.language == .zh ? title.zh : title.en
    }

    /// The half of a bilingual reason ("zh / en") that the reader wants.
    private func reason(_ result: GradingResult) -> String {
        let halves = result.reason.components(separatedBy: " / ")
        return halves.count == 2 ? halves[frame.language == .zh ? 0 : 1] : result.reason
    }
}

/// The newest rows of the audit log, and whether its chain holds.
struct AuditPage {
    let services: ConsoleServices
    let frame: Frame
    let verifies: Bool

    func html() async throws -> HTML {
        var verdict: HTML = ""
        if verifies {
            let result = try await services.audit.verify()
            verdict = result.firstBroken.map { "<span class=\"bad\">\(frame.say(.broken)): \($0)</span>" } ?? "<span class=\"ok\">\(frame.say(.intact)) (\(result.rowCount))</span>"
        }
        let rows = try await services.audit.newest(100).map { record -> [HTML] in
            [
                "\(record.sequence)", "<span class=\"mono\">\(frame.time(record.at))</span>", "\(record.entry.actor)", "\(record.entry.action)", "\(record.entry.subject)",
                record.entry.label.map(frame.badge) ?? "",
            ]
        }
        return frame.page(
            frame.say(.audit),
            """
            <form class="card row" method="get" action="/audit"><input type="hidden" name="verify" value="1"><button class="main">\(frame.say(.verify))</button> \(verdict)</form>\
            <div class="card">\(frame.table([.row, .at, .actor, .action, .subject, .label], rows))</div>
            """)
    }
}

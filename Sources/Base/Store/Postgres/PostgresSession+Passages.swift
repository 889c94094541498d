#if Postgres
import Core

// Full text with what plain PostgreSQL has: tables of terms, and BM25 computed from them in the way of FTS5. The order of what is found is SQLite's, up to rounding in the last digits of equal scores.
extension PostgresSession {
    func add(_ passage: Passage, terms: [String]) throws {
        var counts: [String: Int] = [:]
        for term in terms.flatMap(Self.parts) { counts[term, default: 0] += 1 }
        let length = counts.values.reduce(0, +)
        // A text may hold a zero byte, and JSON writes it with other letters.
        let id = try rows(
            "INSERT INTO passages (document, ordinal, text, detail, grade, length) VALUES ($1, $2, $3, $4, $5, $6) ON CONFLICT DO NOTHING RETURNING id",
            [passage.document, String(passage.ordinal), JSONValue.string(passage.text).text, passage.detail.text, String(passage.grade), String(length)]
        ).values.first?[0]
        guard let id else { throw Fault(.storeDatabase, "the document has a passage \(passage.ordinal) already", remedy: "remove its passages first") }
        let sorted = counts.sorted { $0.key < $1.key }
        _ = try rows(
            "INSERT INTO passage_terms (term, passage, count) SELECT term, $1::bigint, count FROM unnest($2::text[], $3::integer[]) AS given (term, count)",
            [id, Self.array(sorted.map(\.key)), Self.array(sorted.map { String($0.value) })])
        try count(passages: 1, terms: length)
    }

    /// Keeps how many passages and terms there are: a search needs both, and would count them all.
    private func count(passages: Int, terms: Int) throws {
        try add(passages, to: "passages", in: Self.totals)
        try add(terms, to: "terms", in: Self.totals)
    }

    private static let totals = "passage-totals"

    func removePassages(of document: String) throws -> Int {
        let lengths = try rows("DELETE FROM passages WHERE document = $1 RETURNING length", [document]).values.compactMap { $0[0].flatMap { Int($0) } }
        guard !lengths.isEmpty else { return 0 }
        try count(passages: -lengths.count, terms: -lengths.reduce(0, +))
        return lengths.count
    }

    func search(terms: [String], gradeMax: Int, limit: Int) throws -> [(passage: Passage, score: Double)] {
        // Of FTS5: a term that most passages hold counts next to nothing, never less; a term that is asked for twice counts twice.
        let sql = """
            WITH asked AS (SELECT term, place FROM unnest($1::text[]) WITH ORDINALITY AS given (term, place)),
            total AS (
              SELECT coalesce(sum(count) FILTER (WHERE key = 'passages'), 0)::float8 AS passages, coalesce(sum(count) FILTER (WHERE key = 'terms'), 0)::float8 AS terms
              FROM counts WHERE collection = '\(Self.totals)'
            ),
            found AS (SELECT term, count(*)::float8 AS held FROM passage_terms WHERE term = ANY ($1::text[]) GROUP BY term),
            rare AS (SELECT term, ln((passages - held + 0.5::float8) / (held + 0.5::float8)) AS measure FROM found, total),
            scored AS (
              SELECT passage_terms.passage AS id, sum(
                CASE WHEN measure > 0 THEN measure ELSE 1e-6::float8 END
                  * (count * 2.2::float8 / (count + 1.2::float8 * (0.25::float8 + 0.75::float8 * length / (terms / passages)))) ORDER BY place) AS score
              FROM asked JOIN rare USING (term) JOIN passage_terms USING (term) JOIN passages AS kept ON kept.id = passage_terms.passage, total
              WHERE kept.grade <= $2 GROUP BY passage_terms.passage
            )
            SELECT document, ordinal, text, detail, grade, score FROM scored JOIN passages USING (id) ORDER BY score DESC, id LIMIT $3
            """
        return try rows(sql, [Self.array(terms.flatMap(Self.parts)), String(gradeMax), String(limit)]).values.map { row in
            (passage: try Self.passage(row), score: row[5].flatMap { Double($0) } ?? 0)
        }
    }

    func passages(of document: String) throws -> [Passage] {
        try rows("SELECT document, ordinal, text, detail, grade FROM passages WHERE document = $1 ORDER BY ordinal", [document]).values.map(Self.passage)
    }

    func passageCount() throws -> Int { try rows("SELECT coalesce(sum(count), 0) FROM counts WHERE collection = $1 AND key = 'passages'", [Self.totals]).values.first?[0].flatMap { Int($0) } ?? 0 }

    /// A term as the index holds it: in small letters; what is neither letter nor digit parts it.
    private static func parts(_ term: String) -> [String] {
        term.unicodeScalars.split { !Transaction.isTermPart($0) }.map { part in
            var folded = String.UnicodeScalarView()
            for scalar in part {
                let lower = scalar.properties.lowercaseMapping.unicodeScalars
                folded.append(lower.count == 1 ? lower[lower.startIndex] : scalar)
            }
            return String(folded)
        }
    }

    /// An array of letters and digits as PostgreSQL writes one.
    private static func array(_ items: [String]) -> String { "{" + items.map { "\"\($0)\"" }.joined(separator: ",") + "}" }

    private static func passage(_ row: [String?]) throws -> Passage {
        guard let document = row[0], let ordinal = row[1].flatMap({ Int($0) }), let text = try JSONValue(parsing: row[2] ?? "").string, let grade = row[4].flatMap({ Int($0) }) else {
            throw Fault(.storeDatabase, "a passage is damaged", remedy: "restore a backup of the database")
        }
        return Passage(document: document, ordinal: ordinal, text: text, detail: try JSONValue(parsing: row[3] ?? "null"), grade: grade)
    }
}
#endif

import Core
import GRDB

/// A piece of a document in the full-text index.
public struct Passage: Sendable, Hashable {
    /// Key of the document it was cut from.
    public let document: String
    /// 0, 1, 2 … in the order of the document.
    public let ordinal: Int
    public let text: String
    /// The caller's own facts about it (heading, page, label), kept as they are.
    public let detail: JSONValue
    /// Rank of its grade; a search sees only passages up to its `gradeMax`.
    public let grade: Int

    public init(document: String, ordinal: Int, text: String, detail: JSONValue, grade: Int) {
        self.document = document
        self.ordinal = ordinal
        self.text = text
        self.detail = detail
        self.grade = grade
    }
}

extension Transaction {
    /// Adds a passage under `terms`, the words that searches will find it by.
    ///
    /// - Parameter terms: letters and digits only (any script); others separate terms. Repeated terms count as often as they occur.
    public func add(_ passage: Passage, terms: [String]) throws {
        try database.execute(
            sql: "INSERT INTO passages (document, ordinal, text, detail, grade) VALUES (?, ?, ?, ?, ?)",
            arguments: [passage.document, passage.ordinal, passage.text, passage.detail.text, passage.grade])
        try database.execute(
            sql: "INSERT INTO passage_terms (rowid, terms) VALUES (?, ?)",
            arguments: [database.lastInsertedRowID, terms.joined(separator: " ")])
    }

    /// Removes every passage of a document, from the index too; returns how many there were.
    @discardableResult
    public func removePassages(of document: String) throws -> Int {
        try database.execute(
            sql: "DELETE FROM passage_terms WHERE rowid IN (SELECT id FROM passages WHERE document = ?)", arguments: [document])
        try database.execute(sql: "DELETE FROM passages WHERE document = ?", arguments: [document])
        return database.changesCount
    }

    /// Passages that hold any of `terms`, best first by BM25 (k1 1.2, b 0.75; higher is better).
    ///
    /// - Parameter terms: at most 256 are used.
    public func search(terms: [String], gradeMax: Int, limit: Int) throws -> [(passage: Passage, score: Double)] {
        // Quoted, so that no term is read as an operator of FTS5. A term of anything but letters and digits cannot be in the index.
        let searchable = terms.prefix(256).filter { !$0.isEmpty && $0.unicodeScalars.allSatisfy(Self.isTermPart) }
        guard !searchable.isEmpty else { return [] }
        let query = searchable.map { "\"\($0)\"" }.joined(separator: " OR ")
        return try Row.fetchAll(
            database,
            sql: """
                SELECT passages.*, -bm25(passage_terms) AS score FROM passage_terms JOIN passages ON passages.id = passage_terms.rowid
                WHERE passage_terms MATCH ? AND grade <= ? ORDER BY score DESC, passages.id LIMIT ?
                """,
            arguments: [query, gradeMax, limit]
        ).map { (passage: try passage($0), score: $0["score"]) }
    }

    /// What the index's tokenizer (unicode61) takes for a part of a term: categories L, N and Co.
    private static func isTermPart(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.properties.generalCategory {
        case .uppercaseLetter, .lowercaseLetter, .titlecaseLetter, .modifierLetter, .otherLetter, .decimalNumber, .letterNumber, .otherNumber, .privateUse: true
        default: false
        }
    }

    /// The passages of one document in order.
    public func passages(of document: String) throws -> [Passage] {
        try Row.fetchAll(database, sql: "SELECT * FROM passages WHERE document = ? ORDER BY ordinal", arguments: [document]).map(passage)
    }

    /// How many passages the index holds.
    public func passageCount() throws -> Int { try Int.fetchOne(database, sql: "SELECT count(*) FROM passages") ?? 0 }

    private func passage(_ row: Row) throws -> Passage {
        Passage(
            document: row["document"], ordinal: row["ordinal"], text: row["text"],
            detail: try JSONValue(parsing: row["detail"]), grade: row["grade"])
    }
}

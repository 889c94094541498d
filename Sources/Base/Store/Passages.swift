import Core

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
    public func add(_ passage: Passage, terms: [String]) throws { try session.add(passage, terms: terms) }

    /// Removes every passage of a document, from the index too; returns how many there were.
    @discardableResult
    public func removePassages(of document: String) throws -> Int { try session.removePassages(of: document) }

    /// Passages that hold any of `terms`, best first by BM25 (k1 1.2, b 0.75; higher is better).
    ///
    /// - Parameter terms: at most 256 are used.
    public func search(terms: [String], gradeMax: Int, limit: Int) throws -> [(passage: Passage, score: Double)] {
        // A term of anything but letters and digits cannot be in the index.
        let searchable = terms.prefix(256).filter { !$0.isEmpty && $0.unicodeScalars.allSatisfy(Self.isTermPart) }
        return searchable.isEmpty ? [] : try session.search(terms: searchable, gradeMax: gradeMax, limit: limit)
    }

    /// What the index takes for a part of a term: categories L, N and Co.
    static func isTermPart(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.properties.generalCategory {
        case .uppercaseLetter, .lowercaseLetter, .titlecaseLetter, .modifierLetter, .otherLetter, .decimalNumber, .letterNumber, .otherNumber, .privateUse: true
        default: false
        }
    }

    /// The passages of one document in order.
    public func passages(of document: String) throws -> [Passage] { try session.passages(of: document) }

    /// How many passages the index holds.
    public func passageCount() throws -> Int { try session.passageCount() }
}

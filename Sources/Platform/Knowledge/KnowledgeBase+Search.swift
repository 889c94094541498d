import Core
import Foundation
import Labels
import Store

/// Where a passage stands, for a person who wants to check it.
public struct Citation: Sendable, Hashable, Codable {
    public var document: String
    public var title: String
    /// Headings above the passage joined by ` › `; empty if there are none.
    public var heading: String
    public var page: Int?
    /// Number of the passage in its document, from 0.
    public var ordinal: Int

    public init(document: String, title: String, heading: String, page: Int?, ordinal: Int) {
        self.document = document
        self.title = title
        self.heading = heading
        self.page = page
        self.ordinal = ordinal
    }
}

/// A passage that answers a search.
public struct SearchHit: Sendable, Hashable, Codable {
    public var document: String
    public var title: String
    public var text: String
    /// Higher is better; comparable within one search only.
    public var score: Double
    public var citation: Citation
    public var label: Label

    public init(document: String, title: String, text: String, score: Double, citation: Citation, label: Label) {
        self.document = document
        self.title = title
        self.text = text
        self.score = score
        self.citation = citation
        self.label = label
    }
}

extension KnowledgeBase {
    /// Passages that answer `query`, best first, at most two of one document, all of them permitted by `clearance`.
    ///
    /// An empty query, or one of nothing but punctuation, finds nothing. Only the first 2,000 characters of a query count.
    public func search(_ query: String, clearance: Clearance, limit: Int = 5) async throws -> [SearchHit] {
        let terms = Array(TextTokenizer.queryTerms(String(query.prefix(2_000))).prefix(256))
        guard limit > 0, !terms.isEmpty else { return [] }
        let wanted = min(limit, 100)
        var permitted: [Candidate] = []
        // Categories cannot be compared inside the index, so a search whose first page is mostly forbidden asks for a longer one.
        for pageSize in [200, 2_000, 20_000] {
            let found = try await store.read { transaction in
                try transaction.search(terms: terms, gradeMax: clearance.grade.rawValue, limit: pageSize)
                    .map { (passage: $0.passage, score: $0.score) }
            }
            permitted = found.compactMap { Candidate($0.passage, score: $0.score, clearance: clearance) }
            if found.count < pageSize || permitted.count >= 40 * wanted || permitted.count >= 150 { break }
        }
        return Ranking(terms: terms, candidates: permitted).best(wanted)
    }
}

/// A passage found by the index that the asker may see.
struct Candidate: Sendable {
    let passage: Passage
    let detail: PassageDetail
    let score: Double

    init?(_ passage: Passage, score: Double, clearance: Clearance) {
        guard let detail = PassageDetail(passage.detail), clearance.permits(detail.label) else { return nil }
        self.passage = passage
        self.detail = detail
        self.score = score
    }
}

/// The second ranking: how much of the question a passage, its document and its title cover, each term weighted by its rarity.
///
/// BM25 alone lets a passage that repeats one common pair outrank one that holds all of the question once.
struct Ranking {
    /// Shares of the parts in a score.
    private enum Share {
        static let passageCoverage = 1.0
        static let documentCoverage = 0.6
        static let title = 0.5
        static let bm25 = 0.8
    }

    private let terms: [String]
    private let candidates: [Candidate]

    init(terms: [String], candidates: [Candidate]) {
        self.terms = terms
        // 500 cover far more documents than any answer shows and keep the second ranking under some milliseconds.
        self.candidates = Array(candidates.prefix(500))
    }

    func best(_ count: Int) -> [SearchHit] {
        guard let top = candidates.first?.score else { return [] }
        let held = candidates.map { self.held($0) }
        let weights = self.weights(held)
        var byDocument: [String: Set<Int>] = [:]
        for (candidate, held) in zip(candidates, held) { byDocument[candidate.passage.document, default: []].formUnion(held) }
        let scored = candidates.indices.map { index in
            let candidate = candidates[index]
            let title = indices(in: Set(TextTokenizer.terms(candidate.detail.title)))
            let score =
                Share.passageCoverage * sum(held[index], weights)
                + Share.documentCoverage * sum(byDocument[candidate.passage.document] ?? [], weights)
                + Share.title * sum(title, weights) + Share.bm25 * candidate.score / max(top, 1e-9)
            return (index: index, score: score)
        }
        return select(scored.sorted { ($1.score, $0.index) < ($0.score, $1.index) }, count)
    }

    /// Which of the query's terms a passage holds, its title and headings counted.
    private func held(_ candidate: Candidate) -> Set<Int> {
        indices(in: Set(TextTokenizer.terms(([candidate.detail.title] + candidate.detail.headings + [candidate.passage.text]).joined(separator: "\n"))))
    }

    private func indices(in present: Set<String>) -> Set<Int> { Set(terms.indices.filter { present.contains(terms[$0]) }) }

    /// Rarity among the documents found, normalized to a sum of 1. A term that no candidate holds says nothing about their order.
    private func weights(_ held: [Set<Int>]) -> [Double] {
        var documents = [Set<String>](repeating: [], count: terms.count)
        for (candidate, held) in zip(candidates, held) { for term in held { documents[term].insert(candidate.passage.document) } }
        let total = Double(Set(candidates.map(\.passage.document)).count)
        let raw = documents.map { $0.isEmpty ? 0 : Self.rarity(of: Double($0.count), in: total) }
        let sum = raw.reduce(0, +)
        return raw.map { sum > 0 ? $0 / sum : 0 }
    }

    /// ln(1 + (N - n + 0.5) / (n + 0.5)): positive also for a term that every document holds.
    private static func rarity(of count: Double, in total: Double) -> Double {
        let ratio = 1 + (total - count + 0.5) / (count + 0.5)
        return log(ratio)
    }

    private func sum(_ held: Set<Int>, _ weights: [Double]) -> Double { held.sorted().reduce(0) { $0 + weights[$1] } }

    private func select(_ scored: [(index: Int, score: Double)], _ count: Int) -> [SearchHit] {
        var perDocument: [String: Int] = [:]
        var hits: [SearchHit] = []
        for (index, score) in scored where hits.count < count {
            let (passage, detail) = (candidates[index].passage, candidates[index].detail)
            guard perDocument[passage.document, default: 0] < 2 else { continue }
            perDocument[passage.document, default: 0] += 1
            let citation = Citation(
                document: passage.document, title: detail.title, heading: detail.headings.joined(separator: " › "), page: detail.page,
                ordinal: passage.ordinal)
            hits.append(
                SearchHit(
                    document: passage.document, title: detail.title, text: passage.text, score: score, citation: citation, label: detail.label))
        }
        return hits
    }
}

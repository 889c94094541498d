import Core
import Knowledge

/// A department that requests can be routed to.
public struct Department: Sendable, Hashable {
    public let id: String
    public let name: String
    public let duties: String
    public let keywords: [String]

    public init(id: String, name: String, duties: String, keywords: [String]) {
        self.id = id
        self.name = name
        self.duties = duties
        self.keywords = keywords
    }
}

/// Routes a request to a department by comparing it with what each department says of itself and with the documents it owns.
///
/// A profile is the tf-idf vector of a department's duties and keywords plus those of every document whose text names the
/// department as responsible. The score of a department is the cosine of the request and its profile, plus the share of the
/// retrieved documents that it owns. Confidence is the margin between the best two, 0…1.
///
/// Rejected for now: a trained classifier (it arrives with Tuning). This needs no labeled request, so it works for a new
/// organization on its first day.
public struct DepartmentRouter: Sendable {
    /// Weight of the cosine against the retrieved documents' votes. Both carry about the same information; equal weights need no tuning set.
    static let profileWeight = 0.5

    private let departments: [Department]
    private let profiles: [[String: Double]]
    private let rarity: [String: Double]
    private let owners: [String: Int]

    /// - Parameter documents: text of each knowledge document by key.
    public init(departments: [Department], documents: [String: String]) {
        self.departments = departments
        var owners: [String: Int] = [:]
        var texts: [(department: Int?, terms: [String: Double])] = departments.enumerated().map { index, department in
            (index, Self.counts(TextTokenizer.terms(department.name + " " + department.duties + " " + department.keywords.joined(separator: " "))))
        }
        for (key, text) in documents.sorted(by: { $0.key < $1.key }) {
            let owner = Self.owner(of: text, among: departments)
            owners[key] = owner
            texts.append((owner, Self.counts(TextTokenizer.terms(text))))
        }
        self.owners = owners
        let documentCounts = texts.reduce(into: [String: Double]()) { counts, text in
            for term in text.terms.keys { counts[term, default: 0] += 1 }
        }
        let total = Double(texts.count)
        let rarity = documentCounts.mapValues { (total + 1).logarithm - ($0 + 0.5).logarithm }
        self.rarity = rarity
        profiles = departments.indices.map { index in
            var profile: [String: Double] = [:]
            for text in texts where text.department == index {
                for (term, weight) in Self.normalized(Self.weighted(text.terms, by: rarity)) { profile[term, default: 0] += weight }
            }
            return Self.normalized(profile)
        }
    }

    /// The best department for a request, given the documents that were retrieved for it.
    public func route(_ text: String, hits: [(document: String, score: Double)]) -> (department: Department, confidence: Double) {
        let query = Self.normalized(Self.weighted(Self.counts(TextTokenizer.terms(text)), by: rarity))
        let cosines = profiles.map { profile in query.reduce(0) { $0 + $1.value * (profile[$1.key] ?? 0) } }
        var votes = [Double](repeating: 0, count: departments.count)
        for hit in hits {
            if let owner = owners[hit.document] { votes[owner] += max(0, hit.score) }
        }
        let scores = zip(Self.shares(cosines), Self.shares(votes)).map { Self.profileWeight * $0 + (1 - Self.profileWeight) * $1 }
        let ranked = scores.indices.sorted { (scores[$0], $1) > (scores[$1], $0) }
        guard let best = ranked.first else { return (Department(id: "", name: "", duties: "", keywords: []), 0) }
        let second = ranked.count > 1 ? scores[ranked[1]] : 0
        return (departments[best], min(1, max(0, scores[best] - second)))
    }

    /// The department named after 责任部门 ("responsible department") in a document, or the one named most often.
    private static func owner(of text: String, among departments: [Department]) -> Int? {
        let names = departments.map(\.name)
        if let marker = text.firstRange(of: "责任部门") {
            let tail = String(text[marker.upperBound...].prefix(40))
            if let index = names.firstIndex(where: { tail.contains($0) }) { return index }
        }
        let mentions = names.map { text.ranges(of: $0).count }
        guard let most = mentions.max(), most > 0 else { return nil }
        return mentions.firstIndex(of: most)
    }

    private static func counts(_ terms: [String]) -> [String: Double] {
        terms.reduce(into: [:]) { $0[$1, default: 0] += 1 }
    }

    /// Sublinear tf times idf; a term that no profile has carries nothing.
    private static func weighted(_ counts: [String: Double], by rarity: [String: Double]) -> [String: Double] {
        counts.reduce(into: [:]) { result, entry in
            if let rare = rarity[entry.key] { result[entry.key] = (1 + entry.value.logarithm) * rare }
        }
    }

    private static func normalized(_ vector: [String: Double]) -> [String: Double] {
        let length = vector.values.reduce(0) { $0 + $1 * $1 }.squareRoot()
        return length > 0 ? vector.mapValues { $0 / length } : [:]
    }

    private static func shares(_ scores: [Double]) -> [Double] {
        let total = scores.reduce(0, +)
        return total > 0 ? scores.map { $0 / total } : scores
    }
}

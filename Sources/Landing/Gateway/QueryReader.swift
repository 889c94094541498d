import Foundation

/// Reads the members of a request's query, with errors that name the member.
struct QueryReader {
    private var members: [String: String] = [:]
    /// Members of one query.
    private static let countMax = 64

    init(_ query: String?) {
        for pair in (query ?? "").split(separator: "&").prefix(Self.countMax) {
            let parts = pair.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false).map { $0.replacing("+", with: " ").removingPercentEncoding ?? "" }
            members[parts[0]] = parts.count > 1 ? parts[1] : ""
        }
    }

    subscript(name: String) -> String? { members[name].flatMap { $0.isEmpty ? nil : $0 } }

    /// A number within a range, or its default when missing.
    func integer(_ name: String, _ range: ClosedRange<Int>, default value: Int) throws -> Int {
        guard let text = self[name] else { return value }
        guard let number = Int(text), range.contains(number) else { throw APIError.invalid("\(name) must be an integer from \(range.lowerBound) to \(range.upperBound)", parameter: name) }
        return number
    }

    /// Members of the form `name[key]=value`.
    func members(of name: String) -> [String: String] {
        var found: [String: String] = [:]
        for (key, value) in members where key.hasPrefix(name + "[") && key.hasSuffix("]") { found[String(key.dropFirst(name.count + 1).dropLast())] = value }
        return found
    }
}

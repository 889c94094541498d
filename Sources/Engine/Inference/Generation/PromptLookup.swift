/// Guesses how a text goes on from what stands earlier in it (prompt lookup; Saxena 2023, in the scheme of Leviathan et al. 2023).
///
/// Answers that quote, correct or list repeat their prompt for many tokens. The network can check several guesses in one batch, and reading its weights once for all of them is what decoding
/// mostly costs. Rejected: a second, smaller network as the guesser; it needs a file with the same vocabulary and memory of its own.
enum PromptLookup {
    /// Ends of the text that are looked up, the longest first.
    static let endCounts = [3, 2]
    /// The newest tokens that are searched: a bound on what a lookup costs (some tens of microseconds).
    static let windowCount = 16_384

    /// What followed the newest earlier place of the text's end; empty when the end occurs nowhere else.
    ///
    /// A place whose continuation reaches the text's end goes on with the guess itself, so that a loop is guessed at full length.
    /// - Parameters:
    ///   - text: the tokens so far.
    ///   - count: tokens of the guess.
    static func guess(after text: [Int32], count: Int) -> [Int32] {
        guard count > 0 else { return [] }
        for length in endCounts {
            guard var source = continuation(of: length, in: text) else { continue }
            var guess: [Int32] = []
            while guess.count < count {
                guess.append(source < text.count ? text[source] : guess[source - text.count])
                source += 1
            }
            return guess
        }
        return []
    }

    /// Where the text goes on after the newest earlier place of its last `length` tokens.
    private static func continuation(of length: Int, in text: [Int32]) -> Int? {
        guard text.count > length else { return nil }
        let lowest = max(0, text.count - windowCount)
        let end = text.count - length
        return (lowest..<max(lowest, end)).last { start in
            text[start] == text[end] && (1..<length).allSatisfy { text[start + $0] == text[end + $0] }
        }.map { $0 + length }
    }
}

import Core

/// The examples of a file of instruction data, as tokens.
public struct TokenizedFile: Sendable {
    /// Tokens of one file.
    public static let tokenCountMax = 400_000_000

    /// Conversations and pieces of text.
    public private(set) var examples: [TokenExample] = []
    /// Pairs of answers; a file has these or the others.
    public private(set) var preferences: [PreferenceExample] = []
    /// What tells the rows of `examples` or `preferences` apart, one each; pieces of one text share theirs.
    public private(set) var fingerprints: [InstructionRow.Fingerprint] = []
    public private(set) var report: InstructionReport
    public private(set) var tokenCount = 0
    /// Tokens that are learned.
    public private(set) var answerTokenCount = 0
    /// Of the longest example.
    public private(set) var longest = 0

    /// Reads a file.
    ///
    /// - Parameters:
    ///   - lengthMax: tokens of an example; a longer conversation is left out and counted, a longer text is cut into pieces.
    ///   - keepsExamples: false only counts.
    /// - Throws: as ``InstructionFile/read(_:)``; `tuning.data` beyond ``tokenCountMax``.
    public init(_ file: InstructionFile, tokenizer: ConversationTokenizer, lengthMax: Int, keepsExamples: Bool = true) throws {
        var (found, prints): ([TokenExample], [InstructionRow.Fingerprint]) = ([], [])
        var pairs: [PreferenceExample] = []
        var (tokens, answers, longest) = (0, 0, 0)
        func count(_ example: TokenExample) throws {
            tokens += example.tokens.count
            answers += example.answerCount
            longest = max(longest, example.tokens.count)
            guard tokens <= Self.tokenCountMax else { throw Fault(.trainingData, "\(file.path) has more than \(Self.tokenCountMax) tokens", remedy: "train on a part of it") }
        }
        func checked(_ example: TokenExample) throws -> TokenExample {
            guard example.tokens.count <= lengthMax else { throw RowRefusal("the row has \(example.tokens.count) tokens; \(lengthMax) are possible", isTooLong: true) }
            guard example.answerCount > 0 else { throw RowRefusal("no token of the row is learned") }
            return example
        }
        report = try file.read { row, _ in
            var own: [TokenExample] = []
            var pair: PreferenceExample?
            do {
                switch row {
                case .text(let text): own = tokenizer.example(of: text).pieces(of: lengthMax)
                case .conversation(let conversation): own = [try checked(tokenizer.example(of: conversation))]
                case .preference(let prompt, let chosen, let rejected):
                    let both = try tokenizer.example(of: prompt, chosen: chosen, rejected: rejected)
                    pair = PreferenceExample(chosen: try checked(both.chosen), rejected: try checked(both.rejected))
                }
            } catch let fault as Fault {
                throw RowRefusal(fault.message)
            }
            for example in own + (pair.map { [$0.chosen, $0.rejected] } ?? []) { try count(example) }
            guard keepsExamples else { return }
            found += own
            if let pair { pairs.append(pair) }
            prints += repeatElement(row.fingerprint, count: max(own.count, pair == nil ? 0 : 1))
        }
        (examples, preferences, fingerprints, tokenCount, answerTokenCount, self.longest) = (found, pairs, prints, tokens, answers, longest)
    }

    /// Places of examples, or of preferences, to learn from and to measure with; see ``HeldOutSplit``.
    public func split(heldOut share: Double, seed: UInt64) -> (training: [Int], heldOut: [Int]) { HeldOutSplit.split(fingerprints, heldOut: share, seed: seed) }
}

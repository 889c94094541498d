/// What a generation is asked for.
public struct GenerationRequest: Sendable {
    public var prompt: [Int32]
    /// The most tokens of the answer.
    public var tokenCountMax: Int
    public var sampling: SamplingParameters
    /// Tokens that end the answer; they are not part of it.
    public var stopTokens: Set<Int32>
    /// How many of the most probable tokens to report with each token; nil reports no probabilities.
    public var alternatives: Int?
    /// The most tokens that are guessed from earlier ones and checked at once; 0 for none. The answer is the same with any; the default is ``speculationDefault``, more than
    /// ``speculationMax`` counts as that.
    public var speculation = Self.speculationDefault
    /// What the model is to answer with beside its own weights; nil for the model as it is.
    public var adapter: LoadedAdapter?
    /// What the answer must be a text of; nil for any text. Tokens that do not fit are never drawn, and stop tokens only where the text may end.
    public var constraint: TokenConstraint?

    /// Enough for a quotation to gain most of what it can.
    public static let speculationDefault = 8
    /// A guess and the token before it fill one batch of ``Generator/speculationRowsMax`` rows.
    public static let speculationMax = Generator.speculationRowsMax - 1

    public init(prompt: [Int32], tokenCountMax: Int = 256, sampling: SamplingParameters = .init(), stopTokens: Set<Int32> = [], alternatives: Int? = nil) {
        self.prompt = prompt
        self.tokenCountMax = tokenCountMax
        self.sampling = sampling
        self.stopTokens = stopTokens
        self.alternatives = alternatives
    }
}

/// What a generation tells while it runs.
public enum GenerationEvent: Sendable {
    /// Why an answer ended: at a stop token, at its longest, or because nobody reads it.
    public enum FinishReason: String, Sendable { case stop, length, cancelled }

    /// One more token.
    case token(Int32, logProbability: Double, alternatives: [(token: Int32, logProbability: Double)])
    /// The end, with what it cost.
    case finished(FinishReason, GenerationStatistics)
}

/// What a generation cost.
public struct GenerationStatistics: Sendable, Hashable {
    public var promptTokens = 0
    /// Tokens of the prompt whose keys and values were known already.
    public var cachedTokens = 0
    public var answerTokens = 0
    /// Tokens that were guessed, and those of them that became part of the answer.
    public var proposedTokens = 0
    public var acceptedTokens = 0
    /// Seconds from the request to its first token, waiting included.
    public var secondsToFirstToken = 0.0
    public var seconds = 0.0

    public init() {}
}

extension Generator {
    /// An answer under way or waiting.
    struct Slot {
        let id: Int
        let request: GenerationRequest
        let continuation: AsyncThrowingStream<GenerationEvent, any Error>.Continuation
        let arrived: ContinuousClock.Instant
        var sequence: KeyValueCache.Sequence?
        var publishedTokens = 0
        /// Tokens still to compute: the rest of the prompt, then the newest token of the answer.
        var pending: [Int32]
        var sampler: Sampler
        var pace: SpeculationPace
        /// What the batch under way guesses to follow the pending token.
        var guess: [Int32] = []
        /// Tokens of the sequence that are known to be right: the rest are guesses.
        var certainCount = 0
        var statistics = GenerationStatistics()
        /// Where the answer stands in what it must be a text of.
        var place: TokenConstraint.State?
    }
}

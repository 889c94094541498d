import Core

extension Generator.Worker {
    /// Draws a slot's next token; a reason when that was the last.
    /// - Throws: `inference.grammar-stuck` when no token of the vocabulary fits.
    func draw(_ index: Int, _ scores: UnsafeMutableBufferPointer<Float>) throws -> GenerationEvent.FinishReason? {
        let mask = try mask(index)
        // Nothing can follow: the answer ends without a token for it.
        if let mask, mask.count == 0 || (mask.canEnd && slots[index].request.stopTokens.isEmpty) { return .stop }
        let drawn = unsafe slots[index].sampler.draw(from: scores, alternatives: slots[index].request.alternatives, mask: mask, ends: slots[index].request.stopTokens)
        if slots[index].statistics.answerTokens == 0 { slots[index].statistics.secondsToFirstToken = Self.seconds(since: slots[index].arrived) }
        if slots[index].request.stopTokens.contains(drawn.token) { return .stop }
        slots[index].statistics.answerTokens += 1
        slots[index].continuation.yield(.token(drawn.token, logProbability: drawn.logProbability, alternatives: drawn.alternatives))
        if let constraint = slots[index].request.constraint, var place = slots[index].place {
            guard constraint.advance(&place, drawn.token) else { throw Fault(.defect, "a token was drawn that the grammar does not admit") }
            slots[index].place = place
            if constraint.end(place).must { return .stop }
        }
        let isFull = slots[index].certainCount >= model.context - 1
        if slots[index].statistics.answerTokens >= slots[index].request.tokenCountMax || isFull { return .length }
        slots[index].pending = [drawn.token]
        // A right guess is in the batch already: its scores come next, and only the last token's successor is computed in the next batch.
        let place = slots[index].guess.count - ((slots[index].sequence?.count ?? 0) - slots[index].certainCount)
        if place < slots[index].guess.count, slots[index].guess[place] == drawn.token { slots[index].certainCount += 1 }
        return nil
    }

    /// The tokens that a slot's constraint admits now; nil without a constraint.
    private func mask(_ index: Int) throws -> TokenMask? {
        guard let constraint = slots[index].request.constraint, let place = slots[index].place else { return nil }
        let mask = try constraint.mask(place)
        guard mask.count > 0 || mask.canEnd else {
            throw Fault(.grammarStuck, "no token of the vocabulary can follow under the grammar", remedy: "let the grammar take characters that the model's vocabulary can spell")
        }
        return mask
    }
}

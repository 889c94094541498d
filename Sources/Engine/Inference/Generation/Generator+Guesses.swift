extension Generator.Worker {
    /// Guessed tokens that each answer may add to the next batch; 0 while a prompt is read or many answers are under way.
    var guessRoom: Int {
        guard slots.allSatisfy({ $0.sequence != nil && $0.pending.count == 1 }), cache.freePages > slots.count else { return 0 }
        return max(0, Generator.speculationRowsMax / slots.count - 1)
    }

    /// What may follow a slot's pending token, within its pace, the context and the answer's length.
    func guess(_ index: Int, room: Int) -> [Int32] {
        let slot = slots[index]
        guard let sequence = slot.sequence else { return [] }
        let left = min(max(1, slot.request.tokenCountMax) - slot.statistics.answerTokens - 1, model.context - 2 - sequence.count)
        // What must follow under a grammar is guessed as long as there is room: it is right but for how it is cut into tokens.
        if let constraint = slot.request.constraint, let place = slot.place, slot.request.speculation > 0 {
            let forced = constraint.forced(place, count: min(room, left, GenerationRequest.speculationMax))
            if !forced.isEmpty { return forced }
        }
        let count = min(room, slot.pace.length, left)
        return count > 0 ? PromptLookup.guess(after: sequence.tokens + slot.pending, count: count) : []
    }

    /// Drops the wrong part of a slot's guess.
    func settle(_ index: Int, _ sequence: inout KeyValueCache.Sequence) {
        let proposed = slots[index].guess.count
        let accepted = proposed - (sequence.count - slots[index].certainCount)
        slots[index].pace.record(proposed: proposed, accepted: accepted)
        slots[index].statistics.proposedTokens += proposed
        slots[index].statistics.acceptedTokens += accepted
        cache.truncate(&sequence, to: slots[index].certainCount, publishedTokens: slots[index].publishedTokens)
        slots[index].guess = []
    }
}

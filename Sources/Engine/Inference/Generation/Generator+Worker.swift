import Core

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
    }

    /// What the thread owns: the model, its cache and the answers under way.
    final class Worker: @unchecked Sendable {
        let model: DecoderModel
        var cache: KeyValueCache
        var slots: [Slot] = []
        let slotCount: Int

        init(model: DecoderModel, cache: KeyValueCache, slotCount: Int) {
            self.model = model
            self.cache = cache
            self.slotCount = slotCount
        }

        var hasFreeSlot: Bool { slots.count < slotCount }

        func add(_ slot: Slot) { slots.append(slot) }

        func drop(_ ids: Set<Int>) {
            guard !ids.isEmpty else { return }
            for index in slots.indices.reversed() where ids.contains(slots[index].id) { end(index, .cancelled) }
        }

        func endAll() { for index in slots.indices.reversed() { end(index, .cancelled) } }

        private func end(_ index: Int, _ reason: GenerationEvent.FinishReason, failure: (any Error)? = nil) {
            var slot = slots.remove(at: index)
            if let sequence = slot.sequence { cache.end(sequence) }
            slot.statistics.seconds = Self.seconds(since: slot.arrived)
            if let failure {
                slot.continuation.finish(throwing: failure)
            } else {
                slot.continuation.yield(.finished(reason, slot.statistics))
                slot.continuation.finish()
            }
        }

        private static func seconds(since start: ContinuousClock.Instant) -> Double {
            let (seconds, attoseconds) = (ContinuousClock.now - start).components
            return Double(seconds) + Double(attoseconds) / 1e18
        }

        /// Computes one batch and hands out its tokens.
        func step() {
            let isBusy = slots.contains { $0.sequence != nil && $0.pending.count == 1 }
            var budget = isBusy ? Generator.promptPieceBusy : Generator.promptPieceIdle
            var batch: [BatchToken] = []
            var tables: [[Int32]] = []
            var members: [Int] = []
            let room = guessRoom
            for index in slots.indices {
                if slots[index].sequence == nil {
                    let sequence = cache.begin(prompt: slots[index].request.prompt)
                    slots[index].statistics.cachedTokens = sequence.count
                    slots[index].publishedTokens = sequence.count
                    slots[index].pending.removeFirst(sequence.count)
                    slots[index].sequence = sequence
                }
                let isDecoding = slots[index].pending.count == 1
                let count = isDecoding ? 1 : min(budget, slots[index].pending.count)
                guard count > 0 else { continue }
                slots[index].guess = isDecoding ? guess(index, room: room) : []
                let piece = slots[index].pending.prefix(count) + slots[index].guess
                guard var sequence = slots[index].sequence, let start = cache.append(Array(piece), to: &sequence) else { continue }
                slots[index].sequence = sequence
                slots[index].certainCount = start + count
                if !isDecoding { budget -= count }
                let isLast = count == slots[index].pending.count
                for (offset, token) in piece.enumerated() {
                    batch.append(BatchToken(token: token, position: start + offset, sequence: tables.count, wantsScores: isLast && offset >= count - 1))
                }
                tables.append(sequence.pages)
                members.append(index)
                slots[index].pending.removeFirst(count)
            }
            guard !batch.isEmpty else {
                // Nobody could get a page: the youngest gives way to the others.
                if let last = slots.indices.last {
                    end(last, .cancelled, failure: Fault(.generatorBusy, "the memory for keys and values is full", remedy: "load the model with room for more tokens, or send fewer requests"))
                }
                return
            }
            compute(batch, tables, members)
        }

        /// Guessed tokens that each answer may add to the next batch; 0 while a prompt is read or many answers are under way.
        private var guessRoom: Int {
            guard slots.allSatisfy({ $0.sequence != nil && $0.pending.count == 1 }), cache.freePages > slots.count else { return 0 }
            return max(0, Generator.speculationRowsMax / slots.count - 1)
        }

        /// What may follow a slot's pending token, within its pace, the context and the answer's length.
        private func guess(_ index: Int, room: Int) -> [Int32] {
            let slot = slots[index]
            guard let sequence = slot.sequence else { return [] }
            let left = min(max(1, slot.request.tokenCountMax) - slot.statistics.answerTokens - 1, model.context - 2 - sequence.count)
            let count = min(room, slot.pace.length, left)
            return count > 0 ? PromptLookup.guess(after: sequence.tokens + slot.pending, count: count) : []
        }

        private func compute(_ batch: [BatchToken], _ tables: [[Int32]], _ members: [Int]) {
            var ended: [(index: Int, reason: GenerationEvent.FinishReason)] = []
            do {
                try unsafe model.run(batch, pageTables: tables, cache: cache) { row, scores in
                    let index = members[batch[row].sequence]
                    // Scores after a wrong guess belong to a text that is not written.
                    guard batch[row].position == slots[index].certainCount - 1 else { return }
                    if let reason = unsafe draw(index, scores) { ended.append((index, reason)) }
                }
            } catch {
                for index in members.sorted(by: >) { end(index, .cancelled, failure: error) }
                return
            }
            for index in members {
                if var sequence = slots[index].sequence {
                    settle(index, &sequence)
                    cache.publish(&sequence, publishedTokens: &slots[index].publishedTokens)
                    slots[index].sequence = sequence
                }
            }
            for (index, reason) in ended.sorted(by: { $0.index > $1.index }) { end(index, reason) }
        }

        /// Drops the wrong part of a slot's guess.
        private func settle(_ index: Int, _ sequence: inout KeyValueCache.Sequence) {
            let proposed = slots[index].guess.count
            let accepted = proposed - (sequence.count - slots[index].certainCount)
            slots[index].pace.record(proposed: proposed, accepted: accepted)
            slots[index].statistics.proposedTokens += proposed
            slots[index].statistics.acceptedTokens += accepted
            cache.truncate(&sequence, to: slots[index].certainCount, publishedTokens: slots[index].publishedTokens)
            slots[index].guess = []
        }

        /// Draws a slot's next token; a reason when that was the last.
        private func draw(_ index: Int, _ scores: UnsafeMutableBufferPointer<Float>) -> GenerationEvent.FinishReason? {
            let drawn = unsafe slots[index].sampler.draw(from: scores, alternatives: slots[index].request.alternatives)
            if slots[index].statistics.answerTokens == 0 { slots[index].statistics.secondsToFirstToken = Self.seconds(since: slots[index].arrived) }
            if slots[index].request.stopTokens.contains(drawn.token) { return .stop }
            slots[index].statistics.answerTokens += 1
            slots[index].continuation.yield(.token(drawn.token, logProbability: drawn.logProbability, alternatives: drawn.alternatives))
            let isFull = slots[index].certainCount >= model.context - 1
            if slots[index].statistics.answerTokens >= slots[index].request.tokenCountMax || isFull { return .length }
            slots[index].pending = [drawn.token]
            // A right guess is in the batch already: its scores come next, and only the last token's successor is computed in the next batch.
            let place = slots[index].guess.count - ((slots[index].sequence?.count ?? 0) - slots[index].certainCount)
            if place < slots[index].guess.count, slots[index].guess[place] == drawn.token { slots[index].certainCount += 1 }
            return nil
        }
    }
}

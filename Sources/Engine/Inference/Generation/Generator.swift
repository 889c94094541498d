import Core
import Foundation
import Kernels
import Synchronization

/// Runs many generations on one model at once (continuous batching, Yu et al. 2022).
///
/// One thread computes batches: each holds the next token of every running answer and a piece of a waiting prompt, so that a long prompt delays the others by a piece only. A token's result
/// does not depend on who else is in the batch: every row is summed in the same order, and each request draws from its own random numbers. A request whose reader is gone is dropped
/// before the next batch.
public final class Generator: Sendable {
    /// Prompt tokens in one batch while others wait for their next token, and while nobody does.
    static let promptPieceBusy = 128
    static let promptPieceIdle = 512
    /// Rows of a batch with guesses: beyond, a batch costs what it computes and no longer what it reads.
    static let speculationRowsMax = 16
    /// Requests that may wait; more are refused.
    public static let queueCountMax = 256

    private struct Inbox {
        var waiting: [Slot] = []
        var cancelled: Set<Int> = []
        var nextID = 0
        var running = 0
        var isClosed = false
    }

    private let inbox = Mutex(Inbox())
    private let bell = DispatchSemaphore(value: 0)
    private let done = DispatchSemaphore(value: 0)
    public let slotCount: Int
    public let context: Int

    /// - Parameters:
    ///   - slotCount: answers under way at once; the default is 8.
    ///   - keysAndValues: how keys and values are held.
    ///   - cacheTokens: room for keys and values, over all answers; nil for one full context and a half.
    /// - Throws: `kernels.memory`.
    public init(model: sending DecoderModel, slotCount: Int = 8, cacheTokens: Int? = nil, keysAndValues: KeyValueLayer.Format = .f16) throws {
        self.slotCount = max(1, slotCount)
        context = model.context
        let cache = try model.makeCache(tokens: cacheTokens ?? model.context * 3 / 2, format: keysAndValues)
        let worker = Worker(model: model, cache: cache, slotCount: self.slotCount)
        let thread = Thread { [inbox = Weak(self)] in
            while let generator = inbox.value, generator.turn(worker) {}
            worker.endAll()
        }
        thread.name = "banyan.generator"
        thread.stackSize = 8 << 20
        thread.start()
    }

    /// Starts a generation. Its events come as they are computed; ending the iteration cancels it.
    /// - Throws: `inference.context-full` when the prompt leaves no room in the context, `inference.busy` when too many requests wait.
    public func generate(_ request: GenerationRequest) throws -> AsyncThrowingStream<GenerationEvent, any Error> {
        guard !request.prompt.isEmpty, request.prompt.count < context else {
            throw Fault(.contextFull, "the prompt has \(request.prompt.count) tokens; 1 to \(context - 1) fit the context", remedy: "shorten it, or load the model with a larger context")
        }
        let (stream, continuation) = AsyncThrowingStream.makeStream(of: GenerationEvent.self)
        let id: Int? = inbox.withLock { inbox in
            guard !inbox.isClosed, inbox.waiting.count < Self.queueCountMax else { return nil }
            inbox.nextID += 1
            var slot = Slot(
                id: inbox.nextID, request: request, continuation: continuation, arrived: .now, pending: request.prompt, sampler: Sampler(request.sampling),
                pace: SpeculationPace(countMax: min(request.speculation, GenerationRequest.speculationMax)))
            slot.statistics.promptTokens = request.prompt.count
            slot.place = request.constraint?.start
            inbox.waiting.append(slot)
            return inbox.nextID
        }
        guard let id else { throw Fault(.generatorBusy, "\(Self.queueCountMax) requests wait already", remedy: "try again later") }
        continuation.onTermination = { [weak self] _ in self?.cancel(id) }
        bell.signal()
        return stream
    }

    /// Answers under way and waiting.
    public var load: (running: Int, waiting: Int) { inbox.withLock { ($0.running, $0.waiting.count) } }

    /// Ends the thread; running answers end as cancelled.
    public func close() {
        inbox.withLock { $0.isClosed = true }
        bell.signal()
    }

    private func cancel(_ id: Int) {
        inbox.withLock { inbox in
            inbox.waiting.removeAll { $0.id == id }
            inbox.cancelled.insert(id)
        }
        bell.signal()
    }

    /// One batch, or a wait for work. False when closed.
    private func turn(_ worker: Worker) -> Bool {
        let isClosed = inbox.withLock { inbox in
            worker.drop(inbox.cancelled)
            inbox.cancelled.removeAll()
            while worker.hasFreeSlot, !inbox.waiting.isEmpty { worker.add(inbox.waiting.removeFirst()) }
            inbox.running = worker.slots.count
            return inbox.isClosed
        }
        if isClosed { return false }
        if worker.slots.isEmpty {
            // A short wait, so that a generator nobody holds any more is noticed, and one that nobody asks anything takes little.
            if bell.wait(timeout: .now() + .seconds(2)) == .timedOut { worker.rest() }
        } else {
            worker.isRested = false
            worker.step()
        }
        return true
    }

    /// What the thread owns: the model, its cache and the answers under way.
    final class Worker: @unchecked Sendable {
        let model: DecoderModel
        /// Whether nothing was computed since the last rest.
        var isRested = true
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

        func rest() {
            guard !isRested else { return }
            model.rest()
            isRested = true
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

        static func seconds(since start: ContinuousClock.Instant) -> Double {
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
                    let sequence = cache.begin(prompt: slots[index].request.prompt, adapter: slots[index].request.adapter?.identity ?? 0)
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

        private func compute(_ batch: [BatchToken], _ tables: [[Int32]], _ members: [Int]) {
            var ended: [(index: Int, reason: Result<GenerationEvent.FinishReason, any Error>)] = []
            do {
                try unsafe model.run(batch, pageTables: tables, adapters: members.map { slots[$0].request.adapter }, cache: cache) { row, scores in
                    let index = members[batch[row].sequence]
                    // Scores after a wrong guess belong to a text that is not written.
                    guard batch[row].position == slots[index].certainCount - 1 else { return }
                    do {
                        if let reason = try unsafe draw(index, scores) { ended.append((index, .success(reason))) }
                    } catch {
                        ended.append((index, .failure(error)))
                    }
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
            for (index, reason) in ended.sorted(by: { $0.index > $1.index }) {
                switch reason {
                case .success(let reason): end(index, reason)
                case .failure(let error): end(index, .cancelled, failure: error)
                }
            }
        }
    }

    /// Lets the thread see whether anybody still holds the generator.
    private struct Weak: @unchecked Sendable {
        weak var value: Generator?
        init(_ value: Generator) { self.value = value }
    }
}

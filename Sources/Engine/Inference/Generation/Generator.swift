import Core
import Foundation
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
    ///   - cacheTokens: room for keys and values, over all answers; nil for one full context and a half.
    /// - Throws: `kernels.memory`.
    public init(model: sending DecoderModel, slotCount: Int = 8, cacheTokens: Int? = nil) throws {
        self.slotCount = max(1, slotCount)
        context = model.context
        let cache = try model.makeCache(tokens: cacheTokens ?? model.context * 3 / 2)
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
            // A short wait, so that a generator nobody holds any more is noticed.
            _ = bell.wait(timeout: .now() + .milliseconds(500))
        } else {
            worker.step()
        }
        return true
    }

    /// Lets the thread see whether anybody still holds the generator.
    private struct Weak: @unchecked Sendable {
        weak var value: Generator?
        init(_ value: Generator) { self.value = value }
    }
}

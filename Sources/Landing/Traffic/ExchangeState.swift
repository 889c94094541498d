import Core

/// One request and its answer as a state machine: events in, actions out, no socket and no time.
///
/// Reading is by demand: after the head nothing is read until the reader asks, so a fast server waits in its own buffers.
struct ExchangeState {
    /// The head of an answer.
    struct Head: Sendable, Equatable {
        var status: Int
        var headers: [Header]
    }
    /// A line of the head.
    struct Header: Sendable, Equatable {
        var name: String
        var value: String
    }

    enum Event {
        /// Bytes came from the socket, framing included.
        case received(Int)
        /// All that one read brought has been told.
        case readComplete
        case head(Head)
        case body([UInt8])
        case end
        /// The reader wants the next piece.
        case demand
        case timedOut
        /// The other side closed.
        case closed
        /// The parser found more in the head than it takes.
        case oversized
        /// What came is not HTTP, or the socket failed.
        case broken
        /// Nobody wants the rest.
        case abandoned
    }

    enum Action: Equatable {
        case read
        case deliverHead(Head)
        case deliver([UInt8])
        case deliverEnd
        case fail(Fault.Code)
        case close
    }

    private enum Phase: Equatable {
        case awaitingHead
        case body
        case ended
        case over
    }

    private let limits: HTTPLimits
    private var phase = Phase.awaitingHead
    private var byteCount = 0
    private var queued: [UInt8] = []
    /// The reader waits for a piece.
    private(set) var isWanted = false
    /// What the next demand is told.
    private var failure: Fault.Code?

    init(limits: HTTPLimits) { self.limits = limits }

    /// Whether time runs against the other side.
    var isWaiting: Bool { phase == .awaitingHead || (phase == .body && isWanted) }

    mutating func handle(_ event: Event) -> [Action] {
        switch event {
        case .received(let count):
            byteCount += count
            return byteCount > limits.headByteCountMax + limits.bodyByteCountMax ? fail(.transportBound) : []
        case .readComplete:
            // Checked here and not while bytes come: a short head may arrive together with much of its body.
            if phase == .awaitingHead, byteCount > limits.headByteCountMax { return fail(.transportBound) }
            return isWaiting ? [.read] : []
        case .head(let head):
            guard phase == .awaitingHead else { return [] }
            phase = .body
            return [.deliverHead(head)]
        case .body(let bytes): return take(bytes)
        case .end:
            guard phase == .body else { return [] }
            phase = .ended
            return (isWanted ? endDelivered() : []) + [.close]
        case .demand: return demand()
        case .oversized: return fail(.transportBound)
        case .timedOut: return isWaiting ? fail(.transportTimeout) : []
        case .closed, .broken: return phase == .awaitingHead || phase == .body ? fail(.transportBroken) : []
        case .abandoned:
            queued = []
            // Whoever waits is told, or would wait for ever.
            let actions = fail(.transportBroken)
            phase = .over
            return actions.isEmpty ? [.close] : actions
        }
    }

    private mutating func take(_ bytes: [UInt8]) -> [Action] {
        guard phase == .body, !bytes.isEmpty else { return [] }
        guard isWanted else {
            queued += bytes
            return []
        }
        isWanted = false
        return [.deliver(bytes)]
    }

    private mutating func demand() -> [Action] {
        if !queued.isEmpty {
            defer { queued = [] }
            return [.deliver(queued)]
        }
        if let failure { return [.fail(failure)] }
        switch phase {
        case .body:
            isWanted = true
            return [.read]
        case .ended: return endDelivered()
        case .awaitingHead, .over: return [.deliverEnd]
        }
    }

    private mutating func endDelivered() -> [Action] {
        isWanted = false
        phase = .over
        return [.deliverEnd]
    }

    /// Tells who waits, or keeps the failure for the next demand; what came before it is still handed out.
    private mutating func fail(_ code: Fault.Code) -> [Action] {
        guard phase == .awaitingHead || phase == .body, failure == nil else { return [] }
        let tellsNow = isWaiting
        phase = .over
        isWanted = false
        failure = code
        return tellsNow ? [.fail(code), .close] : [.close]
    }
}

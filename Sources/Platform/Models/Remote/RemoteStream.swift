import Core

/// A streamed answer of a remote as a state machine: bytes in, JSON out, and an end only where the remote said so.
struct RemoteStreamState {
    private var parser: EventStreamParser
    /// The remote has said `[DONE]`.
    private(set) var isDone = false

    init(byteCountMax: Int = 4 << 20) { parser = EventStreamParser(byteCountMax: byteCountMax) }

    /// Takes a piece of the body and returns what it completes. What comes after `[DONE]` is passed over.
    /// - Throws: `models.remote` for an event that is no JSON object, or one that tells an error.
    mutating func feed(_ piece: [UInt8]) throws -> [JSONValue] {
        var values: [JSONValue] = []
        for event in try parser.feed(piece) where !isDone {
            if event.elementsEqual("[DONE]".utf8) {
                isDone = true
                continue
            }
            guard let text = String(validating: event, as: UTF8.self), let json = try? JSONValue(parsing: text), json.object != nil else {
                throw Fault(.remote, "the remote sends an event that is no JSON object", remedy: "check that the address is right and ends with /v1")
            }
            guard json["error"] == nil || json["error"] == .null else {
                throw Fault(.remote, "the remote broke the answer off with an error", remedy: "look at that server's log")
            }
            values.append(json)
        }
        return values
    }

    /// - Throws: `models.remote` when the body ends before the remote said that it is done.
    func end() throws {
        guard isDone else { throw Fault(.remote, "the remote's answer ends in the middle", remedy: "ask again, and look at that server's log") }
    }
}

/// The pieces of a streamed answer, pulled one at a time.
public struct RemoteStream: AsyncSequence, Sendable {
    public typealias Element = JSONValue
    public typealias Failure = any Error
    let body: ByteChunks

    /// Reads on where the last reader stopped: an answer can be read once.
    public func makeAsyncIterator() -> Iterator { Iterator(chunks: body.makeAsyncIterator()) }

    /// Pulls the pieces.
    public struct Iterator: AsyncIteratorProtocol, Sendable {
        var chunks: ByteChunks.Iterator
        var state = RemoteStreamState()
        var ready: ArraySlice<JSONValue> = []

        /// The next piece; nil after `[DONE]`.
        /// - Throws: `models.remote`, and what the transport throws.
        public mutating func next() async throws -> JSONValue? {
            while true {
                if let json = ready.popFirst() { return json }
                if state.isDone { return nil }
                guard let piece = try await chunks.next() else {
                    try state.end()
                    return nil
                }
                ready = try state.feed(piece)[...]
            }
        }
    }
}

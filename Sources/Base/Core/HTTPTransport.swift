/// Sends requests to other servers. Core declares it and opens no socket; the real one lives in the room of sockets, and tests give their own.
public protocol HTTPTransport: Sendable {
    /// Sends a request and returns when the head of the answer is there. Nothing is followed: an answer that points elsewhere is an answer.
    ///
    /// Cancelling the task closes the connection.
    /// - Throws: `transport.unreachable`, `transport.timeout`, `transport.bound`, `transport.broken`.
    func send(_ request: OutgoingRequest) async throws -> IncomingAnswer
}

/// A request to another server.
public struct OutgoingRequest: Sendable {
    public var method: String
    public var address: HTTPAddress
    /// Host and length are the transport's to write.
    public var headers: [(name: String, value: String)]
    public var body: [UInt8]
    public var limits: HTTPLimits

    public init(method: String, address: HTTPAddress, headers: [(name: String, value: String)] = [], body: [UInt8] = [], limits: HTTPLimits = .init()) {
        self.method = method
        self.address = address
        self.headers = headers
        self.body = body
        self.limits = limits
    }
}

/// What another server may cost.
public struct HTTPLimits: Sendable, Hashable {
    /// Seconds until a connection stands. The default is 10.
    public var connectSeconds = 10.0
    /// Seconds from the request to the head of the answer: a server that loads a model first needs minutes. The default is 600.
    public var headSeconds = 600.0
    /// Seconds between two pieces of a body. The default is 120.
    public var idleSeconds = 120.0
    /// Bytes of the status line and the headers. The default is 64 KiB.
    public var headByteCountMax = 64 << 10
    /// Bytes of the body as sent, framing included. The default is 64 MiB.
    public var bodyByteCountMax = 64 << 20

    public init() {}
}

/// The answer of another server: its head, and its body as it comes.
public struct IncomingAnswer: Sendable {
    public var status: Int
    public var headers: [(name: String, value: String)]
    public var body: ByteChunks

    public init(status: Int, headers: [(name: String, value: String)] = [], body: ByteChunks) {
        self.status = status
        self.headers = headers
        self.body = body
    }

    /// The first header of a name, whatever its case.
    public func header(_ name: String) -> String? { headers.first { $0.name.lowercased() == name.lowercased() }?.value }
}

/// Pieces of a body, pulled one at a time, so that a slow reader slows the sender down. When nobody holds it any more, its source is cancelled.
public struct ByteChunks: AsyncSequence, Sendable {
    public typealias Element = [UInt8]
    public typealias Failure = any Error

    private final class Source: Sendable {
        let pull: @Sendable () async throws -> [UInt8]?
        let cancel: @Sendable () -> Void

        init(pull: @escaping @Sendable () async throws -> [UInt8]?, cancel: @escaping @Sendable () -> Void) {
            self.pull = pull
            self.cancel = cancel
        }

        deinit { cancel() }
    }
    private let source: Source

    /// - Parameters:
    ///   - pull: the next piece, nil at the end. It is asked again only after it has answered.
    ///   - cancel: ends the source; also called after the end.
    public init(pull: @escaping @Sendable () async throws -> [UInt8]?, cancel: @escaping @Sendable () -> Void = {}) {
        source = Source(pull: pull, cancel: cancel)
    }

    /// Pieces that are there already.
    public init(_ pieces: [[UInt8]]) {
        let queue = PieceQueue(pieces)
        self.init(pull: { queue.next() })
    }

    /// Reads on where the last reader stopped: a body can be read once.
    public func makeAsyncIterator() -> Iterator { Iterator(chunks: self) }

    /// Pulls the pieces.
    public struct Iterator: AsyncIteratorProtocol, Sendable {
        let chunks: ByteChunks
        /// The next piece, nil at the end.
        public mutating func next() async throws -> [UInt8]? { try await chunks.source.pull() }
    }

    /// The whole body.
    /// - Throws: `transport.bound` when it is longer than `byteCountMax`.
    public func collect(byteCountMax: Int) async throws -> [UInt8] {
        var all: [UInt8] = []
        for try await piece in self {
            guard all.count + piece.count <= byteCountMax else {
                throw Fault(.transportBound, "the other server's answer is longer than \(byteCountMax) bytes", remedy: "check that the address is right")
            }
            all += piece
        }
        return all
    }
}

extension Fault.Code {
    /// The other server cannot be reached.
    public static let transportUnreachable = Fault.Code("transport.unreachable", .io)
    /// The other server did not answer in time.
    public static let transportTimeout = Fault.Code("transport.timeout", .cancelled)
    /// The other server sends more than it may.
    public static let transportBound = Fault.Code("transport.bound", .input)
    /// The other server breaks off, or does not speak HTTP.
    public static let transportBroken = Fault.Code("transport.broken", .io)
    /// An address cannot be used.
    public static let transportAddress = Fault.Code("transport.address", .usage)
}

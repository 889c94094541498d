import Core
import NIOCore
import NIOHTTP1
import NIOPosix

/// HTTP/1.1 without TLS, one connection a request.
public struct HTTPClient: HTTPTransport {
    private let group: any EventLoopGroup

    /// On the event loops that the server runs on too.
    public init() { group = MultiThreadedEventLoopGroup.singleton }

    /// What is handed from the event loop to the reader.
    private struct Connection: Sendable {
        let channel: any Channel
        let exchange: NIOLoopBound<ExchangeHandler>

        func close() { channel.eventLoop.execute { exchange.value.abandon() } }
    }

    /// Connects, sends, and returns with the head of the answer; the body is read as the reader asks.
    /// - Throws: `transport.unreachable`, `transport.timeout`, `transport.bound`, `transport.broken`, `CancellationError`.
    public func send(_ request: OutgoingRequest) async throws -> IncomingAnswer {
        let connection = try await connect(to: request.address, limits: request.limits)
        let head = try await Self.cancelling(connection) { connection.channel.eventLoop.flatSubmit { connection.exchange.value.start(request) } }
        let body = ByteChunks(
            pull: { try await Self.cancelling(connection) { connection.channel.eventLoop.flatSubmit { connection.exchange.value.next() } } },
            cancel: { connection.close() })
        return IncomingAnswer(status: head.status, headers: head.headers.map { (name: $0.name, value: $0.value) }, body: body)
    }

    private func connect(to address: HTTPAddress, limits: HTTPLimits) async throws -> Connection {
        let bootstrap = ClientBootstrap(group: group).connectTimeout(.nanoseconds(Int64(limits.connectSeconds * 1e9))).channelOption(.autoRead, value: false)
        do {
            return try await bootstrap.connect(host: address.host, port: address.port) { channel in
                channel.eventLoop.makeCompletedFuture {
                    let exchange = ExchangeHandler(limits: limits, place: "\(address.host):\(address.port)", loop: channel.eventLoop)
                    let pipeline = channel.pipeline.syncOperations
                    try pipeline.addHandler(ByteCounter(exchange))
                    try pipeline.addHTTPClientHandlers()
                    try pipeline.addHandler(exchange)
                    return Connection(channel: channel, exchange: NIOLoopBound(exchange, eventLoop: channel.eventLoop))
                }
            }
        } catch {
            throw Fault(.transportUnreachable, "\(address.host):\(address.port) cannot be reached", remedy: "check that the server there runs, and that its address is right", cause: error)
        }
    }

    /// Waits for a result; cancellation of the task closes the connection.
    private static func cancelling<Value: Sendable>(_ connection: Connection, _ body: @Sendable () -> EventLoopFuture<Value>) async throws -> Value {
        do {
            return try await withTaskCancellationHandler { try await body().get() } onCancel: { connection.close() }
        } catch {
            connection.close()
            if Task.isCancelled { throw CancellationError() }
            throw error
        }
    }
}

import Core
import NIOCore
import NIOHTTP1

/// Carries the events of a connection to the state machine and does what it says. Lives on the connection's event loop.
final class ExchangeHandler: ChannelInboundHandler {
    typealias InboundIn = HTTPClientResponsePart
    typealias OutboundOut = HTTPClientRequestPart

    private var state: ExchangeState
    private let limits: HTTPLimits
    private let place: String
    private var context: ChannelHandlerContext?
    private var headPromise: EventLoopPromise<ExchangeState.Head>?
    private var piecePromise: EventLoopPromise<[UInt8]?>?
    private var deadline: Scheduled<Void>?

    private let loop: any EventLoop

    /// - Parameter place: the other server's host and port, for errors.
    init(limits: HTTPLimits, place: String, loop: any EventLoop) {
        state = ExchangeState(limits: limits)
        self.limits = limits
        self.place = place
        self.loop = loop
    }

    // MARK: - The reader's side

    /// Writes the request; the head of the answer comes in the future.
    func start(_ request: OutgoingRequest) -> EventLoopFuture<ExchangeState.Head> {
        guard let context else { return loop.makeFailedFuture(fault(.transportBroken)) }
        let promise = loop.makePromise(of: ExchangeState.Head.self)
        headPromise = promise
        var head = HTTPRequestHead(version: .http1_1, method: HTTPMethod(rawValue: request.method), uri: request.address.path.isEmpty ? "/" : request.address.path)
        head.headers.add(name: "Host", value: request.address.authority)
        for (name, value) in request.headers { head.headers.add(name: name, value: value) }
        if !request.body.isEmpty || request.method == "POST" { head.headers.add(name: "Content-Length", value: "\(request.body.count)") }
        head.headers.add(name: "Connection", value: "close")
        context.write(wrapOutboundOut(.head(head)), promise: nil)
        if !request.body.isEmpty { context.write(wrapOutboundOut(.body(.byteBuffer(ByteBuffer(bytes: request.body)))), promise: nil) }
        context.writeAndFlush(wrapOutboundOut(.end(nil)), promise: nil)
        limit(to: limits.headSeconds)
        context.read()
        return promise.futureResult
    }

    /// The next piece of the body; nil at its end.
    func next() -> EventLoopFuture<[UInt8]?> {
        let promise = loop.makePromise(of: [UInt8]?.self)
        piecePromise = promise
        perform(.demand)
        if state.isWanted { limit(to: limits.idleSeconds) }
        return promise.futureResult
    }

    // MARK: - The connection's side

    func handlerAdded(context: ChannelHandlerContext) { self.context = context }

    func handlerRemoved(context: ChannelHandlerContext) {
        perform(.closed)
        self.context = nil
        deadline?.cancel()
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        switch unwrapInboundIn(data) {
        case .head(let head):
            perform(.head(.init(status: Int(head.status.code), headers: head.headers.map { .init(name: $0.name, value: $0.value) })))
        case .body(let buffer): perform(.body(Array(buffer.readableBytesView)))
        case .end: perform(.end)
        }
    }

    func channelReadComplete(context: ChannelHandlerContext) { perform(.readComplete) }

    func channelInactive(context: ChannelHandlerContext) {
        perform(.closed)
        context.fireChannelInactive()
    }

    func errorCaught(context: ChannelHandlerContext, error: any Error) {
        perform((error as? HTTPParserError) == .headerOverflow ? .oversized : .broken)
    }

    /// Bytes came from the socket; told by the counter at the head of the pipeline.
    func received(_ count: Int) { perform(.received(count)) }

    /// Nobody wants the rest.
    func abandon() { perform(.abandoned) }

    // MARK: - Actions

    private func perform(_ event: ExchangeState.Event) {
        for action in state.handle(event) {
            switch action {
            case .read: context?.read()
            case .deliverHead(let head):
                deadline?.cancel()
                headPromise?.succeed(head)
                headPromise = nil
            case .deliver(let bytes): answer { $0.succeed(bytes) }
            case .deliverEnd: answer { $0.succeed(nil) }
            case .fail(let code):
                headPromise?.fail(fault(code))
                headPromise = nil
                answer { $0.fail(fault(code)) }
            case .close: context?.close(promise: nil)
            }
        }
    }

    private func answer(_ body: (EventLoopPromise<[UInt8]?>) -> Void) {
        deadline?.cancel()
        guard let promise = piecePromise else { return }
        piecePromise = nil
        body(promise)
    }

    private func limit(to seconds: Double) {
        deadline?.cancel()
        deadline = loop.assumeIsolated().scheduleTask(in: .nanoseconds(Int64(seconds * 1e9))) { self.perform(.timedOut) }
    }

    private func fault(_ code: Fault.Code) -> Fault {
        switch code {
        case .transportTimeout: Fault(code, "\(place) did not answer in time", remedy: "check that the server there is not overloaded, or ask for less")
        case .transportBound: Fault(code, "\(place) sends more than it may", remedy: "check that the address is right")
        default: Fault(code, "\(place) broke off, or does not speak HTTP", remedy: "look at that server's log, and check that the address is right")
        }
    }
}

/// Counts bytes before they are parsed, so that framing counts too.
final class ByteCounter: ChannelInboundHandler {
    typealias InboundIn = ByteBuffer
    private let exchange: ExchangeHandler

    init(_ exchange: ExchangeHandler) { self.exchange = exchange }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        exchange.received(unwrapInboundIn(data).readableBytes)
        context.fireChannelRead(data)
    }
}

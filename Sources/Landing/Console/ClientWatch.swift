import Hummingbird
import NIOCore
import Synchronization

/// Ends work whose client has closed the connection, or its side of it: whoever waits for an answer keeps both sides open, and a closed program looks like a half-closed connection until something is written to it.
///
/// A connection is watched once, however many requests it carries, so that a client that sends many does not leave a callback for each. Hummingbird's own watch
/// (`consumeWithCancellationOnInboundClose`) traps when the body was read before it, and ends connections that could go on.
final class ClientWatch: Sendable {
    private struct State {
        var lastTicket = 0
        var work: [ObjectIdentifier: [Int: @Sendable () -> Void]] = [:]
        /// Connections whose clients have closed their side.
        var hungUp: Set<ObjectIdentifier> = []
    }
    private let state = Mutex(State())

    /// Runs `body` in a task that is cancelled when the client closes the connection.
    func run<Value: Sendable>(for channel: any Channel, _ body: @escaping @Sendable () async -> Value) async -> Value {
        let task = Task { await body() }
        let ticket = begin(channel) { task.cancel() }
        defer { end(channel, ticket) }
        return await withTaskCancellationHandler { await task.value } onCancel: { task.cancel() }
    }

    private func begin(_ channel: any Channel, _ cancel: @escaping @Sendable () -> Void) -> Int {
        let id = ObjectIdentifier(channel)
        let (ticket, isFirst, isLate) = state.withLock { state in
            state.lastTicket += 1
            let isFirst = state.work[id] == nil
            state.work[id, default: [:]][state.lastTicket] = cancel
            return (state.lastTicket, isFirst, state.hungUp.contains(id))
        }
        if isLate { cancel() }
        // Runs at once when the connection is closed already.
        if isFirst { channel.closeFuture.whenComplete { _ in self.closed(id) } }
        return ticket
    }

    private func end(_ channel: any Channel, _ ticket: Int) { state.withLock { _ = $0.work[ObjectIdentifier(channel)]?.removeValue(forKey: ticket) } }

    private func closed(_ id: ObjectIdentifier) {
        let work = state.withLock { state in
            state.hungUp.remove(id)
            return state.work.removeValue(forKey: id) ?? [:]
        }
        for cancel in work.values { cancel() }
    }

    /// The client has closed its side.
    fileprivate func hangUp(_ channel: any Channel) {
        let id = ObjectIdentifier(channel)
        let (work, isNew) = state.withLock { state in (state.work[id] ?? [:], state.hungUp.insert(id).inserted && state.work[id] == nil) }
        // A connection that was never watched must be forgotten, too, when it ends.
        if isNew { channel.closeFuture.whenComplete { _ in self.closed(id) } }
        for cancel in work.values { cancel() }
    }

    /// Tells the watch that a client has closed its side of a connection; one for each connection.
    final class Handler: ChannelInboundHandler, RemovableChannelHandler, Sendable {
        typealias InboundIn = NIOAny

        private let watch: ClientWatch

        init(_ watch: ClientWatch) { self.watch = watch }

        func userInboundEventTriggered(context: ChannelHandlerContext, event: Any) {
            if let event = event as? ChannelEvent, event == .inputClosed { watch.hangUp(context.channel) }
            context.fireUserInboundEventTriggered(event)
        }

        func channelRead(context: ChannelHandlerContext, data: NIOAny) { context.fireChannelRead(data) }
    }
}

/// A request's context with its connection.
struct ConnectedContext: RequestContext {
    var coreContext: CoreRequestContextStorage
    let channel: any Channel

    init(source: ApplicationRequestContextSource) {
        coreContext = .init(source: source)
        channel = source.channel
    }
}

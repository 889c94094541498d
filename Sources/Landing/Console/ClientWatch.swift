import Hummingbird
import NIOCore
import Synchronization

/// Ends work whose client has closed the connection.
///
/// A connection is watched once, however many requests it carries, so that a client that sends many does not leave a callback for each. Hummingbird's own watch
/// (`consumeWithCancellationOnInboundClose`) traps when the body was read before it, and ends connections that could go on.
final class ClientWatch: Sendable {
    private struct State {
        var lastTicket = 0
        var work: [ObjectIdentifier: [Int: @Sendable () -> Void]] = [:]
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
        let (ticket, isFirst) = state.withLock { state in
            state.lastTicket += 1
            let isFirst = state.work[id] == nil
            state.work[id, default: [:]][state.lastTicket] = cancel
            return (state.lastTicket, isFirst)
        }
        // Runs at once when the connection is closed already.
        if isFirst { channel.closeFuture.whenComplete { _ in self.closed(id) } }
        return ticket
    }

    private func end(_ channel: any Channel, _ ticket: Int) { state.withLock { _ = $0.work[ObjectIdentifier(channel)]?.removeValue(forKey: ticket) } }

    private func closed(_ id: ObjectIdentifier) {
        let work = state.withLock { $0.work.removeValue(forKey: id) } ?? [:]
        for cancel in work.values { cancel() }
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

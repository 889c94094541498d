import Core
import NIOCore
import NIOPosix
import Synchronization

/// Answers every connection with fixed bytes as soon as a request has come, then waits, closes or goes on for ever.
final class ScriptedServer: Sendable {
    private let log: Log
    private let channel: any Channel
    let port: Int

    /// What clients have sent.
    var received: String { log.state.withLock { $0.received } }
    /// Pieces that a client has taken.
    var writtenPieces: Int { log.state.withLock { $0.written } }

    /// - Parameters:
    ///   - closes: the connection is closed after `text`.
    ///   - forever: sent again and again after `text`, as fast as the client takes it, at most `pieceCountMax` times.
    init(_ text: String, closes: Bool = false, forever: String? = nil, pieceCountMax: Int = .max) async throws {
        let log = Log()
        channel = try await ServerBootstrap(group: MultiThreadedEventLoopGroup.singleton)
            .childChannelInitializer { channel in
                channel.eventLoop.makeCompletedFuture {
                    try channel.pipeline.syncOperations.addHandler(Answerer(text: text, closes: closes, forever: forever, pieceCountMax: pieceCountMax, log: log))
                }
            }
            .bind(host: "127.0.0.1", port: 0).get()
        port = channel.localAddress?.port ?? 0
        self.log = log
    }

    func stop() async { try? await channel.close() }

    /// Returns when a client has closed its connection.
    func untilClientIsGone() async throws {
        while !log.state.withLock({ $0.isClientGone }) { try await Task.sleep(for: .milliseconds(2)) }
    }

    /// Returns when the client has taken nothing for a while.
    func untilStalled() async throws {
        var (last, quiet) = (-1, 0)
        while quiet < 50 {
            try await Task.sleep(for: .milliseconds(2))
            let now = writtenPieces
            quiet = now == last ? quiet + 1 : 0
            last = now
        }
    }

    private final class Log: Sendable {
        struct State {
            var received = ""
            var written = 0
            var isClientGone = false
        }
        let state = Mutex(State())
    }

    private final class Answerer: ChannelInboundHandler {
        typealias InboundIn = ByteBuffer
        typealias OutboundOut = ByteBuffer
        private let text: String
        private let closes: Bool
        private let forever: String?
        private let pieceCountMax: Int
        private let log: Log
        private var hasAnswered = false

        init(text: String, closes: Bool, forever: String?, pieceCountMax: Int, log: Log) {
            (self.text, self.closes, self.forever, self.pieceCountMax, self.log) = (text, closes, forever, pieceCountMax, log)
        }

        func channelRead(context: ChannelHandlerContext, data: NIOAny) {
            let more = String(buffer: unwrapInboundIn(data))
            let received = log.state.withLock {
                $0.received += more
                return $0.received
            }
            guard !hasAnswered, received.contains("\r\n\r\n"), !received.hasPrefix("POST") || received.hasSuffix("body") else { return }
            hasAnswered = true
            let written = context.writeAndFlush(wrapOutboundOut(ByteBuffer(string: text)))
            if forever != nil {
                goOn(context)
            } else if closes {
                written.assumeIsolated().whenComplete { _ in context.close(promise: nil) }
            }
        }

        private func goOn(_ context: ChannelHandlerContext) {
            guard let forever, log.state.withLock({ $0.written }) < pieceCountMax else {
                context.close(promise: nil)
                return
            }
            context.writeAndFlush(wrapOutboundOut(ByteBuffer(string: forever))).assumeIsolated().whenSuccess {
                self.log.state.withLock { $0.written += 1 }
                // A turn of the loop between two writes: a write that succeeds at once would call deeper and deeper, and others share the loop.
                context.eventLoop.assumeIsolated().execute { self.goOn(context) }
            }
        }

        func channelInactive(context: ChannelHandlerContext) { log.state.withLock { $0.isClientGone = true } }
        func errorCaught(context: ChannelHandlerContext, error: any Error) { context.close(promise: nil) }
    }
}

import NIOCore
import NIOPosix
import Synchronization
import Testing

@testable import Console

/// Work ends with its client, however the client goes.
@Suite struct ClientWatchTests {
    enum Leaving: Sendable, CaseIterable { case bothSides, ownSide, beforeTheWorkBegins }

    @Test(arguments: Leaving.allCases)
    func workEndsWhenItsClientLeaves(how: Leaving) async throws {
        let watch = ClientWatch()
        let accepted = AsyncStream<any Channel>.makeStream()
        let loops = MultiThreadedEventLoopGroup(numberOfThreads: 1)
        // As the server's own connections: a client may close one side.
        let server = try await ServerBootstrap(group: loops).childChannelOption(.allowRemoteHalfClosure, value: true).childChannelInitializer { channel in
            channel.pipeline.addHandler(ClientWatch.Handler(watch)).map { accepted.continuation.yield(channel) }
        }.bind(host: "127.0.0.1", port: 0).get()
        let client = try await ClientBootstrap(group: loops).channelOption(.allowRemoteHalfClosure, value: true).connect(to: try #require(server.localAddress)).get()
        var connections = accepted.stream.makeAsyncIterator()
        let connection = try #require(await connections.next())
        if how == .beforeTheWorkBegins {
            try await client.close(mode: .output).get()
            // Until the other end knows.
            try await Task.sleep(for: .milliseconds(200))
        }
        let begun = AsyncStream<Void>.makeStream()
        async let wasCancelled = watch.run(for: connection) {
            begun.continuation.yield()
            do { try await Task.sleep(for: .seconds(20)) } catch { return true }
            return false
        }
        var beginnings = begun.stream.makeAsyncIterator()
        await beginnings.next()
        switch how {
        case .bothSides: try await client.close().get()
        case .ownSide: try await client.close(mode: .output).get()
        case .beforeTheWorkBegins: break
        }
        #expect(await wasCancelled)
        try? await client.close().get()
        try await server.close().get()
        try await loops.shutdownGracefully()
    }
}

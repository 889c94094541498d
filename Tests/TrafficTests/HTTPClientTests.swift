import Core
import Testing

@testable import Traffic

/// The real client against servers of this process that answer with chosen bytes, however wrong.
@Suite struct HTTPClientTests {
    private func get(_ server: ScriptedServer, _ change: (inout OutgoingRequest) -> Void = { _ in }) async throws -> IncomingAnswer {
        var request = OutgoingRequest(method: "GET", address: try HTTPAddress(parsing: "http://127.0.0.1:\(server.port)/v1"))
        change(&request)
        return try await HTTPClient().send(request)
    }

    private func code(_ body: () async throws -> Void) async -> Fault.Code? {
        do { try await body() } catch { return (error as? Fault)?.code }
        return nil
    }

    @Test func aRequestSaysWhatItWasToldAndTheAnswerComesBack() async throws {
        let server = try await ScriptedServer("HTTP/1.1 201 Created\r\nContent-Length: 5\r\nX-A: b\r\n\r\nhello")
        let answer = try await get(server) {
            $0.method = "POST"
            $0.headers = [("Authorization", "Bearer k")]
            $0.body = Array("body".utf8)
        }
        #expect(answer.status == 201 && answer.header("x-a") == "b")
        #expect(try await answer.body.collect(byteCountMax: 10) == Array("hello".utf8))
        let sent = server.received
        #expect(sent.hasPrefix("POST /v1 HTTP/1.1\r\n") && sent.hasSuffix("\r\n\r\nbody"))
        for line in ["Host: 127.0.0.1:\(server.port)", "Authorization: Bearer k", "Content-Length: 4", "Connection: close"] { #expect(sent.contains("\r\n\(line)\r\n")) }
        await server.stop()
    }

    @Test func chunksAndBodiesUntilTheEndOfTheConnectionAreRead() async throws {
        let chunked = try await ScriptedServer("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n2\r\nde\r\n0\r\n\r\n")
        #expect(try await get(chunked).body.collect(byteCountMax: 10) == Array("abcde".utf8))
        await chunked.stop()
        let open = try await ScriptedServer("HTTP/1.1 200 OK\r\n\r\nto the end", closes: true)
        #expect(try await get(open).body.collect(byteCountMax: 100) == Array("to the end".utf8))
        await open.stop()
    }

    @Test(arguments: [
        "HTTP/1.1 200 OK\r\nContent-Length: 50\r\n\r\nshort", "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nab", "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\nab\r\n",
        "HTTP/1.1 200 OK\r\nContent-Le", "SSH-2.0-OpenSSH\r\n", "",
    ])
    func wrongLengthsAndBrokenAnswersAreFailures(text: String) async throws {
        let server = try await ScriptedServer(text, closes: true)
        #expect(await code { _ = try await get(server).body.collect(byteCountMax: 100) } == .transportBroken)
        await server.stop()
    }

    @Test func headersWithoutEndAreCutOff() async throws {
        let server = try await ScriptedServer("HTTP/1.1 200 OK\r\n", forever: String(repeating: "X-Header: value\r\n", count: 100))
        #expect(await code { _ = try await get(server) { $0.limits.headByteCountMax = 2000 } } == .transportBound)
        try await server.untilClientIsGone()
        await server.stop()
    }

    @Test func aBodyWithoutEndIsCutOff() async throws {
        let server = try await ScriptedServer("HTTP/1.1 200 OK\r\n\r\n", forever: String(repeating: "x", count: 1000))
        #expect(await code { for try await _ in try await get(server, { $0.limits.bodyByteCountMax = 500_000 }).body {} } == .transportBound)
        try await server.untilClientIsGone()
        await server.stop()
    }

    @Test func aServerThatNeverAnswersIsGivenUp() async throws {
        let server = try await ScriptedServer("")
        #expect(await code { _ = try await get(server) { $0.limits.headSeconds = 0.05 } } == .transportTimeout)
        await server.stop()
        let slow = try await ScriptedServer("HTTP/1.1 200 OK\r\n\r\nab")
        #expect(await code { for try await _ in try await get(slow, { $0.limits.idleSeconds = 0.05 }).body {} } == .transportTimeout)
        await slow.stop()
    }

    @Test func anAddressWhereNobodyListensIsSaidToBeUnreachable() async throws {
        let server = try await ScriptedServer("")
        await server.stop()
        #expect(await code { _ = try await get(server) } == .transportUnreachable)
    }

    @Test func cancellingTheReaderClosesTheConnection() async throws {
        let server = try await ScriptedServer("HTTP/1.1 200 OK\r\n\r\nab")
        let (first, signal) = AsyncStream<Void>.makeStream()
        let reader = Task {
            for try await _ in try await get(server).body { signal.yield() }
        }
        for await _ in first { break }
        reader.cancel()
        await #expect(throws: CancellationError.self) { try await reader.value }
        try await server.untilClientIsGone()
        await server.stop()
    }

    @Test func droppingTheAnswerClosesTheConnection() async throws {
        let server = try await ScriptedServer("HTTP/1.1 200 OK\r\n\r\nab")
        _ = try await get(server)
        try await server.untilClientIsGone()
        await server.stop()
    }

    /// A reader that does not ask leaves the rest in the server's hands: what it can send is what sockets hold, not what it wants to.
    @Test func aSlowReaderHoldsTheServerBack() async throws {
        let piece = String(repeating: "x", count: 1 << 20)
        let server = try await ScriptedServer("HTTP/1.1 200 OK\r\n\r\n", forever: piece, pieceCountMax: 64)
        let answer = try await get(server) { $0.limits.bodyByteCountMax = 1 << 30 }
        try await server.untilStalled()
        #expect(server.writtenPieces < 32)
        var count = 0
        for try await bytes in answer.body { count += bytes.count }
        #expect(count == 64 << 20)
        await server.stop()
    }
}

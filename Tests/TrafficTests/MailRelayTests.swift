import Core
import Foundation
import NIOCore
import NIOPosix
import Synchronization
import Testing

@testable import Traffic

@Suite struct MailRelayTests {
    /// A relay that greets and answers each line; what it is sent is kept.
    final class Relay: Sendable {
        private let channel: any Channel
        let port: Int
        private let log: Log
        var received: String { log.text.withLock { $0 } }

        final class Log: Sendable { let text = Mutex("") }

        /// - Parameter answers: by the first word of a line; "greeting" when a client comes, "end" after the dot. What has none here is taken.
        init(_ answers: [String: String] = [:]) async throws {
            let log = Log()
            channel = try await ServerBootstrap(group: MultiThreadedEventLoopGroup.singleton).childChannelInitializer { channel in
                channel.eventLoop.makeCompletedFuture { try channel.pipeline.syncOperations.addHandler(Handler(answers, log)) }
            }.bind(host: "127.0.0.1", port: 0).get()
            port = channel.localAddress?.port ?? 0
            self.log = log
        }

        func stop() async { try? await channel.close() }

        final class Handler: ChannelInboundHandler {
            typealias InboundIn = ByteBuffer
            typealias OutboundOut = ByteBuffer
            let answers: [String: String]
            let log: Log
            var text = ""
            var isData = false

            init(_ answers: [String: String], _ log: Log) { (self.answers, self.log) = (answers, log) }

            func say(_ context: ChannelHandlerContext, _ word: String, _ usual: String) {
                context.writeAndFlush(wrapOutboundOut(ByteBuffer(string: (answers[word] ?? usual) + "\r\n")), promise: nil)
            }

            func channelActive(context: ChannelHandlerContext) { say(context, "greeting", "220-relay\r\n220 ready") }

            func channelRead(context: ChannelHandlerContext, data: NIOAny) {
                text += String(buffer: unwrapInboundIn(data))
                while let end = text.range(of: "\r\n") {
                    let line = String(text[..<end.lowerBound])
                    text = String(text[end.upperBound...])
                    log.text.withLock { $0 += line + "\n" }
                    if isData {
                        guard line == "." else { continue }
                        isData = false
                        say(context, "end", "250 taken")
                    } else {
                        let word = String(line.prefix { $0 != " " })
                        isData = word == "DATA"
                        say(context, word, word == "DATA" ? "354 go on" : word == "EHLO" ? "250-relay\r\n250 8BITMIME" : word == "QUIT" ? "221 bye" : "250 fine")
                    }
                }
            }
        }
    }

    private func mail(_ text: String = "任务 task\n.\n..", to: [String] = ["li@example.org"], subject: String = "一项任务 waits") throws -> MailMessage {
        try MailMessage(from: "banyan@example.org", to: to, subject: subject, text: text, id: "task-1/opened", at: 1_700_000_000)
    }

    private func code(_ body: () async throws -> Void) async -> Fault.Code? {
        do { try await body() } catch { return (error as? Fault)?.code }
        return nil
    }

    @Test func aMailArrivesAsItWasWritten() async throws {
        let relay = try await Relay()
        try await MailRelay(host: "127.0.0.1", port: relay.port, seconds: 600).send(try mail(to: ["li@example.org", "wang@example.org"]))
        let lines = relay.received.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
        #expect(lines.prefix(5) == ["EHLO localhost", "MAIL FROM:<banyan@example.org>", "RCPT TO:<li@example.org>", "RCPT TO:<wang@example.org>", "DATA"])
        #expect(lines.contains("Date: Tue, 14 Nov 2023 22:13:20 +0000") && lines.contains("Content-Transfer-Encoding: base64"))
        let start = try #require(lines.firstIndex(of: "")), end = try #require(lines.firstIndex(of: "."))
        #expect(Data(base64Encoded: lines[start..<end].joined()).map { String(decoding: $0, as: UTF8.self) } == "任务 task\n.\n..")
        await relay.stop()
    }

    /// What would end a line, or a mail, can be in no address; in a subject it is encoded.
    @Test(arguments: ["a@b\r\nRCPT TO:<c@d>", "a@b\nX: y", "a b@c", "<a@b>", "a@b>", "a", "@b", "a@", "a@b@c", "", "榕@b", "a@b\0"])
    func addressesThatCouldSayMoreAreRefused(address: String) {
        #expect(throws: Fault.self) { try mail(to: [address]) }
        #expect(throws: Fault.self) { try MailMessage(from: address, to: ["a@b"], subject: "", text: "", id: "", at: 0) }
    }

    @Test(arguments: 0..<100)
    func noSubjectAndNoTextCanAddALine(seed: UInt64) throws {
        var random = SeededRandom(seed: seed)
        let alphabet: [Character] = ["\r\n", "\n", "\r", ".", "a", "榕", ":", " ", "\u{1F468}\u{200D}\u{1F469}"]
        let text = String((0..<Int.random(in: 0...400, using: &random)).map { _ in alphabet.randomElement(using: &random) ?? "a" })
        let lines = try mail(text, subject: text).lines
        let heads = lines.prefix { !$0.isEmpty }
        #expect(heads.map { $0.prefix { $0 != ":" } } == ["From", "To", "Subject", "Date", "Message-ID", "MIME-Version", "Content-Type", "Content-Transfer-Encoding"])
        #expect(lines.allSatisfy { !$0.hasPrefix(".") } && lines.flatMap { $0.split(separator: "\r\n") }.allSatisfy { $0.utf8.count <= 78 })
        let body = lines.dropFirst(heads.count + 1).joined()
        #expect(Data(base64Encoded: body).map { String(decoding: $0, as: UTF8.self) } == text)
    }

    @Test(arguments: [("greeting", "554 no"), ("EHLO", "500 what"), ("MAIL", "550 no"), ("RCPT", "550 nobody"), ("DATA", "452 full"), ("end", "554 spam")])
    func aRefusalAtEachStepIsAFault(word: String, answer: String) async throws {
        let relay = try await Relay([word: answer])
        #expect(await code { try await MailRelay(host: "127.0.0.1", port: relay.port, seconds: 600).send(try mail()) } == .mail)
        await relay.stop()
    }

    @Test func whatIsNoRelayIsAFault() async throws {
        let other = try await Relay(["greeting": "HTTP/1.1 400 Bad Request"])
        #expect(await code { try await MailRelay(host: "127.0.0.1", port: other.port, seconds: 600).send(try mail()) } == .transportBroken)
        await other.stop()
        let endless = try await Relay(["greeting": String(repeating: "2", count: 5_000)])
        #expect(await code { try await MailRelay(host: "127.0.0.1", port: endless.port, seconds: 600).send(try mail()) } == .transportBroken)
        await endless.stop()
        #expect(await code { try await MailRelay(host: "127.0.0.1", port: endless.port, seconds: 600).send(try mail()) } == .transportUnreachable)
    }

    @Test func aRelayThatSaysNothingTakesNoLongerThanItMay() async throws {
        let silent = try await Relay(["EHLO": "250-still"])
        // It ends at all, and by its own bound: how soon is the machine's business.
        #expect(await code { try await MailRelay(host: "127.0.0.1", port: silent.port, seconds: 0.5).send(try mail()) } == .transportTimeout)
        await silent.stop()
    }

    @Test(arguments: 0..<100)
    func repliesAreReadHoweverTheyAreCut(seed: UInt64) throws {
        var random = SeededRandom(seed: seed), reader = ReplyReader(place: "x"), codes: [Int] = []
        var bytes = Array("220-hello\r\n220 there\r\n250 fine\r\n354 go\n".utf8)
        while !bytes.isEmpty {
            let count = Int.random(in: 1...bytes.count, using: &random)
            reader.add(Array(bytes.prefix(count)))
            bytes.removeFirst(count)
            while let code = try reader.next() { codes.append(code) }
        }
        #expect(codes == [220, 250, 354])
    }
}

import Core
import NIOCore
import NIOPosix

/// Hands mails to a relay over plain SMTP (RFC 5321), one connection a mail: for a relay on this machine or its network that a person configured.
///
/// It speaks no TLS and gives no password; the relay does both.
public struct MailRelay: Sendable {
    private let host: String
    private let port: Int
    private let seconds: Double
    private let group: any EventLoopGroup

    /// Bytes of one line of the relay, and lines of one of its replies.
    static let (lineByteCountMax, lineCountMax) = (2_000, 100)

    /// - Parameter seconds: that a whole mail may take. The default is 30.
    public init(host: String, port: Int = 25, seconds: Double = 30) {
        (self.host, self.port, self.seconds) = (host, port, seconds)
        group = MultiThreadedEventLoopGroup.singleton
    }

    /// Sends a mail; returns when the relay has taken it over.
    /// - Throws: `transport.unreachable`, `transport.timeout`, `transport.broken`, `transport.mail` with the relay's code when it refuses.
    public func send(_ mail: MailMessage) async throws {
        let (place, seconds) = ("\(host):\(port)", seconds)
        try await withThrowingTaskGroup(of: Void.self) { tasks in
            tasks.addTask { try await converse(mail) }
            tasks.addTask {
                try await Task.sleep(for: .seconds(seconds))
                throw Fault(.transportTimeout, "the mail relay \(place) took longer than \(Int(seconds)) seconds", remedy: "check that it runs")
            }
            defer { tasks.cancelAll() }
            try await tasks.next()
        }
    }

    private func converse(_ mail: MailMessage) async throws {
        let channel: NIOAsyncChannel<ByteBuffer, ByteBuffer>
        do {
            channel = try await ClientBootstrap(group: group).connectTimeout(.seconds(10)).connect(host: host, port: port) { channel in
                channel.eventLoop.makeCompletedFuture { try NIOAsyncChannel(wrappingChannelSynchronously: channel) }
            }
        } catch {
            throw Fault(.transportUnreachable, "the mail relay \(host):\(port) cannot be reached", remedy: "check that it runs, and that its address is right", cause: error)
        }
        let place = "\(host):\(port)"
        try await channel.executeThenClose { inbound, outbound in
            var pieces = inbound.makeAsyncIterator()
            var replies = ReplyReader(place: place)
            for step in SMTPDialogue.steps(of: mail) {
                if let line = step.line { try await outbound.write(ByteBuffer(string: line)) }
                var reply = try replies.next()
                while reply == nil {
                    guard let piece = try await pieces.next() else { throw ReplyReader.broken(place, "breaks off") }
                    replies.add(Array(buffer: piece))
                    reply = try replies.next()
                }
                guard let reply, step.accepts.contains(reply) else {
                    throw Fault(.mail, "the mail relay \(place) refused \(step.name) with \(reply ?? 0)", remedy: "check the addresses, and that the relay takes mail from this machine")
                }
            }
        }
    }
}

/// What is said to a relay, and what it must answer.
enum SMTPDialogue {
    struct Step: Sendable {
        let name: String
        /// Nothing for the greeting, which the relay begins with.
        let line: String?
        let accepts: Set<Int>
    }

    static func steps(of mail: MailMessage) -> [Step] {
        // A line that begins with a dot gets another: RFC 5321, 4.5.2.
        let body = mail.lines.map { ($0.hasPrefix(".") ? "." : "") + $0 + "\r\n" }.joined() + ".\r\n"
        return [Step(name: "to greet", line: nil, accepts: [220]), Step(name: "EHLO", line: "EHLO localhost\r\n", accepts: [250]), Step(name: "the sender", line: "MAIL FROM:<\(mail.from)>\r\n", accepts: [250])]
            + mail.to.map { Step(name: "a recipient", line: "RCPT TO:<\($0)>\r\n", accepts: [250, 251]) }
            + [Step(name: "DATA", line: "DATA\r\n", accepts: [354]), Step(name: "the mail", line: body, accepts: [250]), Step(name: "to end", line: "QUIT\r\n", accepts: Set(200...599))]
    }
}

/// Puts the bytes of a relay together to replies.
struct ReplyReader {
    let place: String
    private var bytes: [UInt8] = []
    private var lineCount = 0

    init(place: String) { self.place = place }

    static func broken(_ place: String, _ what: String) -> Fault { Fault(.transportBroken, "the mail relay \(place) \(what)", remedy: "check that it speaks SMTP") }

    mutating func add(_ more: [UInt8]) { bytes += more }

    /// The code of the next whole reply; nil when more bytes are needed.
    mutating func next() throws -> Int? {
        while let end = bytes.firstIndex(of: 10) {
            let line = bytes[..<end]
            bytes.removeFirst(end + 1)
            lineCount += 1
            guard line.count >= 3, line.prefix(3).allSatisfy({ (48...57).contains($0) }), line.count <= MailRelay.lineByteCountMax, lineCount <= MailRelay.lineCountMax else {
                throw Self.broken(place, "answers with no reply")
            }
            // "250-" goes on, "250 " ends.
            if line.dropFirst(3).first == UInt8(ascii: "-") { continue }
            lineCount = 0
            return line.prefix(3).reduce(0) { $0 * 10 + Int($1 - 48) }
        }
        guard bytes.count <= MailRelay.lineByteCountMax else { throw Self.broken(place, "sends a line without end") }
        return nil
    }
}

import Core
import Foundation
import Labels
import Nodes
import Store
import Traffic
import Workflows

/// Brings notices of steps to the webhook that is told of tasks.
struct WebhookCarrier: NoticeCarrier {
    let notifier: WebhookNotifier
    var channel: String { notifier.channel }
    var clearance: Clearance { notifier.clearance }

    func reaches(_ notice: Notice) -> Bool { true }

    func deliver(_ notice: Notice) async throws { try await notifier.post(notice.json, id: notice.id) }
}

/// Brings notices of steps by mail: to their address, or to those who get mails about tasks.
struct MailCarrier: NoticeCarrier {
    let mail: MailNotifier
    var channel: String { mail.channel }
    var clearance: Clearance { mail.clearance }

    func reaches(_ notice: Notice) -> Bool { !recipients(of: notice).isEmpty }

    func deliver(_ notice: Notice) async throws {
        try await mail.relay.send(try MailMessage(from: mail.from, to: recipients(of: notice), subject: notice.title, text: notice.text + "\n", id: notice.id, at: notice.at))
    }

    private func recipients(of notice: Notice) -> [String] { (try? MailMessage.check(notice.to)) != nil ? [notice.to] : Array(mail.others.prefix(MailMessage.recipientCountMax)) }
}

/// Delivery of notices beside a single run.
struct NoticeDelivery {
    fileprivate let tending: Task<Void, any Error>
    fileprivate let last: @Sendable () async -> Void

    /// Delivers what the run wrote last.
    func finish() async {
        tending.cancel()
        _ = await tending.result
        await last()
    }
}

extension NoticeOptions {
    /// Delivers notices from now on; nil when nobody is to be told, and then what channels a server has is left as it is.
    func start(_ engine: WorkflowEngine, in store: Store) async throws -> NoticeDelivery? {
        let notifiers = try notifiers()
        guard !notifiers.isEmpty else { return nil }
        let tasks = TaskOutbox(store: store, clock: SystemWallClock(), notifiers: notifiers), steps = Outbox(store: store), carriers = Self.carriers(notifiers)
        try await tasks.open()
        return NoticeDelivery(tending: Task { try await Self.tend(engine, tasks, steps, carriers) }) {
            _ = try? await tasks.deliver()
            _ = try? await steps.deliver(by: carriers, clock: SystemWallClock())
        }
    }
}

/// A secret in a file that others cannot read; the end of its last line is no part of it.
enum SecretFile {
    static func read(_ path: String) throws -> [UInt8] {
        let secret = Array(try PrivateFile.read(path, byteCountMax: 4 << 10).reversed().drop { $0 == 10 || $0 == 13 }.reversed())
        guard secret.count >= WebhookNotifier.secretByteCountMin else {
            throw Fault(.tokenFile, "the secret in \(path) has fewer than \(WebhookNotifier.secretByteCountMin) bytes", remedy: "write a longer one into it")
        }
        return secret
    }
}

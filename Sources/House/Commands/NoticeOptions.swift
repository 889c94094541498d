import ArgumentParser
import Core
import Foundation
import Labels
import Nodes
import Store
import Traffic
import Workflows

/// Where `banyan serve` tells of tasks that wait. Nothing is told unless one of these is given.
struct NoticeOptions: ParsableArguments {
    @Option(name: .long, help: ArgumentHelp("Tell of tasks that wait or are overdue by signed requests to this address.", valueName: "http://host/path"))
    var webhook: String?
    @Option(name: .long, help: ArgumentHelp("The secret that signs them, in a file of mode 600.", valueName: "file"))
    var webhookSecretFile: String?
    @Option(name: .long, help: ArgumentHelp("Tell of them by mail through this relay.", valueName: "host:port"))
    var mailRelay: String?
    @Option(name: .long, help: ArgumentHelp("The address that mails come from.", valueName: "address"))
    var mailFrom: String?
    @Option(name: .long, help: ArgumentHelp("Who gets mails about tasks whose people are not mail addresses themselves; again for each.", valueName: "address"))
    var mailTo: [String] = []
    @Option(name: .long, help: ArgumentHelp("Titles of tasks up to this grade are told; of others only that they wait.", valueName: "grade"))
    var noticeGrade: String = "L2"

    func notifiers() throws -> [any TaskNotifier] {
        guard let grade = Grade(noticeGrade) else { throw ValidationError("unknown grade '\(noticeGrade)'") }
        var notifiers: [any TaskNotifier] = []
        if let webhook {
            guard let webhookSecretFile else { throw ValidationError("--webhook needs --webhook-secret-file") }
            let secret = try SecretFile.read(webhookSecretFile)
            notifiers.append(
                try WebhookNotifier(address: try HTTPAddress(parsing: webhook), secret: secret, clearance: Clearance(upTo: grade), transport: HTTPClient(), clock: SystemWallClock()))
        }
        if let mailRelay {
            let parts = mailRelay.split(separator: ":").map(String.init)
            guard let host = parts.first, parts.count <= 2, let port = Int(parts.count == 2 ? parts[1] : "25"), (1...65535).contains(port) else { throw ValidationError("--mail-relay must be HOST or HOST:PORT") }
            guard let mailFrom else { throw ValidationError("--mail-relay needs --mail-from") }
            for address in [mailFrom] + mailTo { try MailMessage.check(address) }
            notifiers.append(MailNotifier(relay: MailRelay(host: host, port: port), from: mailFrom, others: mailTo, clearance: Clearance(upTo: grade)))
        }
        return notifiers
    }

    /// What brings the notices of steps to where those of tasks go.
    static func carriers(_ notifiers: [any TaskNotifier]) -> [any NoticeCarrier] {
        notifiers.compactMap { notifier -> (any NoticeCarrier)? in
            switch notifier {
            case let webhook as WebhookNotifier: WebhookCarrier(notifier: webhook)
            case let mail as MailNotifier: MailCarrier(mail: mail)
            default: nil
            }
        }
    }

    /// Escalates what is overdue and delivers what waits, until cancelled. A round that fails is followed by the next.
    static func tend(_ engine: WorkflowEngine, _ outbox: TaskOutbox, _ notices: Outbox, _ carriers: [any NoticeCarrier]) async throws {
        while true {
            _ = try? await engine.escalateOverdue()
            _ = try? await outbox.deliver()
            _ = try? await notices.deliver(by: carriers, clock: SystemWallClock())
            // A few seconds are nothing beside the hours that a task may be due in.
            try await Task.sleep(for: .seconds(5))
        }
    }
}

/// Brings notices to people by mail.
struct MailNotifier: TaskNotifier {
    let channel = "mail"
    let relay: MailRelay
    let from: String
    let others: [String]
    let clearance: Clearance

    func deliver(_ notice: TaskNotice) async throws {
        let named = notice.people.filter { (try? MailMessage.check($0)) != nil }
        let recipients = Array((named.isEmpty ? others : named).prefix(MailMessage.recipientCountMax))
        // Nobody to tell is no failure.
        guard !recipients.isEmpty else { return }
        let what =
            switch notice.event {
            case .opened: ("有一项任务等待处理", "A task waits for you")
            case .proposed: ("有一项任务需要另一人确认", "A task needs another person")
            case .escalated: ("有一项任务已逾期", "A task is overdue")
            }
        let title = clearance.permits(notice.label) ? notice.title : notice.taskID
        let due = notice.dueAt.map { "\n截止 Due: \(timestampText($0))" } ?? ""
        try await relay.send(
            try MailMessage(
                from: from, to: recipients, subject: "[Banyan] \(what.0) \(what.1)",
                text: "\(what.0)。\n\(what.1).\n\n\(title)\n任务 Task: \(notice.taskID)\n运行 Run: \(notice.runID)\n级别 Grade: \(notice.label.grade)\(due)\n", id: notice.id, at: notice.at))
    }
}

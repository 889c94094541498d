import ArgumentParser
import Core
import Labels
import Protection
import Store

/// `banyan audit …`
struct AuditCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "audit", abstract: "The audit log: show it, verify its chain.", subcommands: [AuditVerifyCommand.self, AuditShowCommand.self])
}

/// `banyan audit verify`
struct AuditVerifyCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "verify", abstract: "Check every row's hash; exits 1 when a row was altered, removed or reordered.")

    @OptionGroup var dataOptions: DataOptions
    @OptionGroup var output: OutputOptions

    func run() async throws {
        let audit = AuditLog(store: try dataOptions.shared(), clock: SystemWallClock())
        let result = try await audit.verify()
        if output.json {
            let json: JSONValue = [
                "rows": .int(result.rowCount), "intact": .bool(result.firstBroken == nil), "first_broken": result.firstBroken.map { .int($0) } ?? .null,
                "reason": result.reason.map { .string($0) } ?? .null,
            ]
            Terminal.out(json.prettyText)
        } else if let broken = result.firstBroken {
            Terminal.out(Terminal.say("BROKEN at row \(broken): \(result.reason ?? "")", "审计链在第 \(broken) 行断裂：\(result.reason ?? "")"))
        } else {
            Terminal.out(Terminal.say("intact: \(result.rowCount) rows", "审计链完整：共 \(result.rowCount) 行"))
        }
        if result.firstBroken != nil { throw ExitStatus.found }
    }
}

/// `banyan audit show`
struct AuditShowCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(commandName: "show", abstract: "The newest rows first.")

    @OptionGroup var dataOptions: DataOptions
    @OptionGroup var output: OutputOptions
    @Option(name: .long, help: "At most this many, 1 to 10000.")
    var limit: Int = 20

    func run() async throws {
        guard (1...10_000).contains(limit) else { throw ValidationError("--limit must be 1 to 10000") }
        let records = try await AuditLog(store: try dataOptions.shared(), clock: SystemWallClock()).newest(limit)
        if output.json {
            Terminal.out(try JSONText.of(records))
            return
        }
        let rows = records.map { record in
            ["\(record.sequence)", timestampText(record.at), record.entry.actor, record.entry.action, record.entry.subject, record.entry.label?.description ?? ""]
        }
        Terminal.out(Terminal.table([["row", "time", "actor", "action", "subject", "label"]] + rows))
    }
}

import ArgumentParser
import Core

/// # Commands: where the house meets the terminal
///
/// One file a subcommand; each reads its options, calls one room and prints. This is the only room that prints, reads the environment
/// and chooses exit codes (``ExitStatus``). Every command that reports something takes `--json`.
///
/// Rejected: exit codes by command. A script that handles "another process holds the data" should handle it once.
///
/// ## Topics
/// ``BanyanCommand``, ``ExitStatus``, ``Terminal``
public struct BanyanCommand: AsyncParsableCommand {
    public static let configuration = CommandConfiguration(
        commandName: "banyan",
        abstract: "AI on your own premises, with labels that data cannot shed. 本地可信智能平台",
        discussion: """
            Start with `banyan demo government`, then `banyan serve` to see what it did.
            Data lives in ./banyan-data unless --data says otherwise. Nothing leaves this machine, except to remote models that you add by name.
            """,
        version: "0.1.0",
        subcommands: [
            DemoCommand.self, ServeCommand.self, WorkerCommand.self, ModelCommand.self, ChatCommand.self, TuneCommand.self, WorkflowCommand.self, AgentCommand.self, TaskCommand.self, KnowledgeCommand.self, ScanCommand.self, FeedbackCommand.self,
            AuditCommand.self, TokenCommand.self, DoctorCommand.self, SandboxChildCommand.self,
        ])

    public init() {}

    /// Parses the arguments of the process, runs the command and exits with the status of its outcome.
    public static func start() async {
        do {
            var command = try parseAsRoot()
            if var asynchronous = command as? any AsyncParsableCommand {
                try await asynchronous.run()
            } else {
                try command.run()
            }
        } catch let fault as Fault {
            Terminal.error(fault)
            exit(withError: ExitStatus(fault.code.kind).code)
        } catch {
            exit(withError: error)
        }
    }
}

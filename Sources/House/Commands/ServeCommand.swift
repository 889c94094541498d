import ArgumentParser
import Console
import Core
import Demonstrations
import Foundation
import Gateway
import Labels
import Models
import Nodes
import Store
import Workflows

/// `banyan serve`
struct ServeCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "serve",
        abstract: "Start the platform with its web console.",
        discussion: """
            On a loopback address it prints a one-time sign-in link. On any other address it refuses to start without --token-file, because a link
            printed to a terminal is no protection for a server that others can reach. `banyan token` makes the file's lines.
            """)

    @OptionGroup var nodes: NodeOptions
    @OptionGroup var dataOptions: DataOptions
    @Option(name: .long, help: "The address to listen on.")
    var host: String = "127.0.0.1"
    @Option(name: .long, help: "The port, 0 for any free one.")
    var port: Int = 8080
    @Option(name: .long, help: ArgumentHelp("Users who may sign in, one a line (see `banyan token`).", valueName: "file"))
    var tokenFile: String?

    @OptionGroup var notices: NoticeOptions
    @OptionGroup var telemetry: TelemetryOptions
    @OptionGroup var machine: MachineOptions
    @Option(name: .long, help: ArgumentHelp("Memory that a job of fine-tuning may take, in MiB; 0 refuses such jobs. The default is a quarter of the machine's.", valueName: "mib"))
    var tuningMemory: Int?
    @Option(name: .long, help: ArgumentHelp("Keys that may call the API beside the users of --token-file, in the same form.", valueName: "file"))
    var keyFile: String?

    func validate() throws {
        guard (0...65535).contains(port) else { throw ValidationError("--port must be 0 to 65535") }
        guard (0...1 << 22).contains(tuningMemory ?? 0) else { throw ValidationError("--tuning-memory must be 0 to 4194304") }
    }

    func run() async throws {
        let ids = IdentifierSource()
        let oneTimeToken = ids.token(length: 52)
        let signIn = try signIn(oneTimeToken: oneTimeToken)
        let notifiers = try notices.notifiers()
        let store = try dataOptions.owned()
        let platform = try await DataOptions.platform(in: store, nodes: nodes)
        let services = ConsoleServices(
            store: store, engine: platform.engine, knowledge: platform.services.knowledge, audit: platform.services.audit,
            register: platform.services.register, clock: SystemWallClock(), ids: ids)
        let configuration = ConsoleConfiguration(host: host, port: port, signIn: signIn)
        let host = host
        let hasLink = tokenFile == nil
        // Runs that a crash cut short go on in the background, sleepers are woken, and triggers start others.
        let scheduler = WorkflowTriggers.scheduler(in: store, engine: platform.engine)
        let resuming = Task { await platform.engine.tend(scheduler) }
        defer { resuming.cancel() }
        let outbox = TaskOutbox(store: store, clock: SystemWallClock(), notifiers: notifiers)
        try await outbox.open()
        let (steps, carriers) = (Outbox(store: store), NoticeOptions.carriers(notifiers))
        let tending = Task { try await NoticeOptions.tend(platform.engine, outbox, steps, carriers) }
        defer { tending.cancel() }
        let exporter = try telemetry.exporter(in: store, engine: platform.engine)
        try await exporter?.open()
        let exporting = Task(priority: .utility) { await exporter?.tend() }
        defer { exporting.cancel() }
        let models = try machine.host(in: store)
        let jobs = tuning(of: models, in: store, ids: ids)
        try await jobs?.resume()
        let gateway = Gateway(host: models, keys: try keys(), clock: SystemWallClock(), ids: ids, tuning: jobs, detection: try DetectionAnswers()) {
            try await platform.engine.metricsText() + outbox.metricsText() + (exporter?.metricsText ?? "")
        }
        let hooks = WebhookReceiver(store: store, engine: platform.engine, clock: SystemWallClock()) { try SecretFile.read($0) }
        try await ConsoleServer(services: services, configuration: configuration, gateway: gateway, hooks: hooks).run { port in
            let shown = host.contains(":") ? "[\(host)]" : host
            Terminal.note(Terminal.say("Banyan console on http://\(shown):\(port)/ (Ctrl-C stops it)", "Banyan 控制台：http://\(shown):\(port)/（Ctrl-C 停止）"))
            if hasLink {
                Terminal.note(Terminal.say("Sign in once with: ", "一次性登录链接："))
                Terminal.out("http://\(shown):\(port)/signin?token=\(oneTimeToken)")
                fflush(nil)
            }
        }
        await jobs?.stop()
        exporting.cancel()
        await exporting.value
        await exporter?.flush(seconds: 5)
        try store.close()
    }

    /// Jobs of fine-tuning; nil when they are refused.
    private func tuning(of models: ModelHost, in store: Store, ids: IdentifierSource) -> FineTuneQueue? {
        let byteCount = tuningMemory.map { $0 << 20 } ?? Int(ProcessInfo.processInfo.physicalMemory / 4)
        guard byteCount > 0 else { return nil }
        let tuner = AdapterTuner(registry: models.registry, folder: store.directory + "/tuning", threads: machine.width, byteCountMax: byteCount)
        return FineTuneQueue(files: FileShelf(store: store, clock: SystemWallClock(), ids: ids), tuner: tuner, clock: SystemWallClock(), ids: ids)
    }

    private func signIn(oneTimeToken: String) throws -> ConsoleConfiguration.SignIn {
        if let tokenFile { return .tokens(try ConsoleUserFile.read(tokenFile)) }
        guard Self.isLoopback(host) else {
            throw Fault(
                .serveUnprotected, "\(host) can be reached from other machines, and no users are configured",
                remedy: "make a token file with `banyan token add NAME --file users.txt` and give it with --token-file, or listen on 127.0.0.1")
        }
        return .oneTimeLink(token: oneTimeToken)
    }

    /// Who may call the API: anybody on loopback unless keys are configured; elsewhere the users of the token file and the keys of the key file.
    private func keys() throws -> GatewayKeys {
        var hashes: Set<String> = []
        for file in [tokenFile, keyFile].compactMap({ $0 }) { hashes.formUnion(try ConsoleUserFile.read(file).map(\.tokenSHA256)) }
        return GatewayKeys(hashes: hashes)
    }

    static func isLoopback(_ host: String) -> Bool {
        if host == "localhost" || host == "::1" { return true }
        let parts = host.split(separator: ".", omittingEmptySubsequences: false).map { UInt8($0) }
        return parts.count == 4 && parts[0] == 127 && parts.allSatisfy { $0 != nil }
    }
}

extension Fault.Code {
    /// The server would be reachable from outside without users.
    static let serveUnprotected = Fault.Code("serve.unprotected", .refused)
    /// A token file is malformed or readable by others.
    static let tokenFile = Fault.Code("serve.token-file", .usage)
}

import ArgumentParser
import CSandbox
import Core
import Foundation
import Nodes

/// `banyan sandbox-child`: what Banyan starts of itself to watch over a program in a box. It reads what to do from standard input and is of no use by hand.
struct SandboxChildCommand: ParsableCommand {
    static let configuration = CommandConfiguration(commandName: "sandbox-child", abstract: "Watch over a program in a box; used by Banyan itself.", shouldDisplay: false)

    func run() throws { throw ExitCode(csandbox_child()) }
}

/// Which code steps of workflows may run. None unless a person names programs, each time.
struct CodeOptions: ParsableArguments {
    @Option(name: .long, help: ArgumentHelp("A program that code steps may run in a box, by its whole path; may be given several times. None by default.", valueName: "program"))
    var allowCode: [String] = []
    @Option(name: .long, help: ArgumentHelp("A folder that code may read; may be given several times. It sees the system's programs and nothing else by default.", valueName: "dir"))
    var codeFolder: [String] = []
    @Option(name: .long, help: ArgumentHelp("Seconds that one run of code may take.", valueName: "seconds"))
    var codeSeconds: Int = 60
    @Option(name: .long, help: ArgumentHelp("Memory of one process of code, in MiB.", valueName: "mib"))
    var codeMemory: Int = 512
    @Option(name: .long, help: ArgumentHelp("Processes and threads of one run of code.", valueName: "count"))
    var codeProcesses: Int = 1

    func validate() throws {
        guard (1...3_600).contains(codeSeconds) else { throw ValidationError("--code-seconds must be 1 to 3600") }
        guard (16...1 << 20).contains(codeMemory) else { throw ValidationError("--code-memory must be 16 to 1048576") }
        guard (1...256).contains(codeProcesses) else { throw ValidationError("--code-processes must be 1 to 256") }
    }

    /// The box; nil when no program is allowed.
    func sandbox(dataDirectory: String) throws -> Sandbox? { allowCode.isEmpty ? nil : try Self.sandbox(self, dataDirectory: dataDirectory) }

    /// Whether this machine can keep code in a box; nil if it can, else why not.
    static func problem() async -> Fault? {
        do {
            let box = try Sandbox(programs: [], watcher: watcher, scratchDirectory: NSTemporaryDirectory())
            try await box.probe()
            return nil
        } catch { return error as? Fault ?? Fault(.nodeSandbox, "the box could not be built") }
    }

    private static func sandbox(_ options: CodeOptions, dataDirectory: String) throws -> Sandbox {
        var limits = Sandbox.Limits()
        (limits.wallSeconds, limits.cpuSeconds) = (Double(options.codeSeconds), options.codeSeconds)
        (limits.memoryByteCountMax, limits.processCountMax) = (options.codeMemory << 20, options.codeProcesses)
        return try Sandbox(programs: options.allowCode, folders: options.codeFolder, limits: limits, watcher: watcher, scratchDirectory: dataDirectory + "/scratch")
    }

    /// This program itself.
    private static var watcher: [String] {
        let link = "/proc/self/exe"
        return [(try? FileManager.default.destinationOfSymbolicLink(atPath: link)) ?? CommandLine.arguments.first ?? link, SandboxChildCommand.configuration.commandName ?? "sandbox-child"]
    }
}

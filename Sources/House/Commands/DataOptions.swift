import ArgumentParser
import Core
import Demonstrations
import Foundation
import Knowledge
import Store

/// `--data DIR`, shared by every command that works on a data directory.
struct DataOptions: ParsableArguments {
    @Option(name: .long, help: ArgumentHelp("The data directory.", valueName: "dir"))
    var data: String = "./banyan-data"

    /// Opens the directory for writing; one process at a time may.
    func owned() throws -> Store { try Store.open(at: data) }

    /// Opens the directory beside a running owner.
    func shared() throws -> Store { try Store.open(at: data, access: .reader) }

    /// The platform over a store, with the programs found on this machine's PATH.
    /// - Parameter nodes: what the kinds of the catalog may reach. By default they import and export in the data directory, and nothing else.
    static func platform(in store: Store, nodes: NodeOptions? = nil) async throws -> HotlinePlatform {
        let settings = try nodes?.settings(in: store) ?? NodeOptions.standard(in: store)
        return try await HotlinePlatform.open(in: store, tools: tools(), clock: SystemWallClock(), ids: IdentifierSource(), settings: settings)
    }

    static func tools() -> ExternalTools {
        let path = ProcessInfo.processInfo.environment["PATH"] ?? "/usr/local/bin:/usr/bin:/bin"
        return ExternalTools(searchPath: path.split(separator: ":").map(String.init))
    }
}

/// `--json`, shared by every command that reports.
struct OutputOptions: ParsableArguments {
    @Flag(name: .long, help: "Print JSON instead of text.")
    var json = false
}

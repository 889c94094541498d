import ArgumentParser
import Core
import Demonstrations
import Foundation
import Knowledge
import Nodes
import Store

/// `--data DIR` and `--database URL`, shared by every command that works on data.
struct DataOptions: ParsableArguments {
    @Option(name: .long, help: ArgumentHelp("The data directory.", valueName: "dir"))
    var data: String = "./banyan-data"
    @Option(name: .long, help: ArgumentHelp("A PostgreSQL database for all but blobs, in place of the directory's own file. Without a password: that belongs into BANYAN_DATABASE, --database-file or ~/.pgpass.", valueName: "postgresql://user@host/name"))
    var database: String?
    @Option(name: .long, help: ArgumentHelp("The same from a file of mode 600, password and all.", valueName: "file"))
    var databaseFile: String?

    /// Those of a directory alone, for commands that name it otherwise: an option group that nobody parsed has no values.
    static func of(directory: String) throws -> DataOptions { try DataOptions.parse(["--data=\(directory)"]) }

    /// Opens the data for writing: one process at a time may, with a database any number.
    func owned() throws -> Store { try Store.open(at: data, database: try connection()) }

    /// Opens the data beside a running owner.
    func shared() throws -> Store { try Store.open(at: data, access: .reader, database: try connection()) }

    /// A connection string as the command line, a file or the environment names it, in this order.
    func connection() throws -> String? {
        if let database {
            guard !Self.holdsPassword(database) else {
                throw Fault(.databasePassword, "the connection string holds a password, and other users of this machine see command lines", remedy: "put it into BANYAN_DATABASE, into a file for --database-file, or into ~/.pgpass")
            }
            return database
        }
        if let databaseFile {
            return TextDecoder.decode(try PrivateFile.read(databaseFile, byteCountMax: 4 << 10, code: .databasePassword)).text.trimmingCharacters(in: .whitespacesAndNewlines)
        }
        return ProcessInfo.processInfo.environment["BANYAN_DATABASE"].flatMap { $0.isEmpty ? nil : $0 }
    }

    /// `scheme://user:password@host` or `password=…`.
    static func holdsPassword(_ text: String) -> Bool {
        if text.lowercased().contains("password=") || text.lowercased().contains("password =") { return true }
        guard let start = text.range(of: "://")?.upperBound else { return false }
        let authority = text[start...].prefix { $0 != "/" && $0 != "?" }
        guard let at = authority.lastIndex(of: "@") else { return false }
        return authority[..<at].contains(":")
    }

    /// The platform over a store, with the programs found on this machine's PATH.
    /// - Parameter nodes: what the kinds of the catalog may reach. By default they import and export in the data directory, and nothing else.
    static func platform(in store: Store, nodes: NodeOptions? = nil) async throws -> HotlinePlatform {
        if let nodes { return try await platform(in: store, settings: try await nodes.settings(in: store)) }
        return try await platform(in: store, settings: try await NodeOptions.standard(in: store))
    }

    static func platform(in store: Store, settings: NodeSettings) async throws -> HotlinePlatform {
        try await HotlinePlatform.open(in: store, tools: tools(), clock: SystemWallClock(), ids: IdentifierSource(), settings: settings)
    }

    static func tools() -> ExternalTools {
        let path = ProcessInfo.processInfo.environment["PATH"] ?? "/usr/local/bin:/usr/bin:/bin"
        return ExternalTools(searchPath: path.split(separator: ":").map(String.init))
    }
}

extension Fault.Code {
    /// A connection string with a password lies where others can read it.
    static let databasePassword = Fault.Code("data.password", .refused)
}

/// `--json`, shared by every command that reports.
struct OutputOptions: ParsableArguments {
    @Flag(name: .long, help: "Print JSON instead of text.")
    var json = false
}

import Core
import Foundation

/// Runs the external programs that some formats need, as child processes without a shell.
///
/// A child gets a scratch file as its input, a bare environment and one thread; it is killed when it passes its time limit, writes more
/// than its output limit, or the task is cancelled.
public struct ExternalTools: Sendable {
    /// Folders that are looked through, in order.
    public let searchPath: [String]
    /// Where input is set down while a program reads it. Only the owner may read these files; they are removed afterward.
    public let scratchDirectory: String

    public init(searchPath: [String] = ["/usr/local/bin", "/usr/bin", "/bin"], scratchDirectory: String = NSTemporaryDirectory()) {
        self.searchPath = searchPath
        self.scratchDirectory = scratchDirectory
    }

    /// Packages of Debian and Ubuntu that hold a program.
    private static let packages = [
        "pdftotext": "poppler-utils poppler-data", "tesseract": "tesseract-ocr tesseract-ocr-chi-sim tesseract-ocr-eng",
    ]

    /// The path of an executable, or nil if no folder of the search path has it. A name with `/` is never found.
    public func locate(_ name: String) -> String? {
        guard !name.isEmpty, !name.contains("/") else { return nil }
        return searchPath.map { "\($0)/\(name)" }.first { FileManager.default.isExecutableFile(atPath: $0) }
    }

    /// Runs a program and returns what it wrote to its standard output.
    ///
    /// - Parameter stdin: the program's standard input; nil for none.
    /// - Throws: `knowledge.tool-missing` with the package to install, `knowledge.tool-failed`, `knowledge.tool-time-limit`,
    ///   `knowledge.too-large` when it writes more than `outputByteCountMax`, `CancellationError`.
    public func run(
        _ tool: String, arguments: [String], stdin: [UInt8]? = nil, timeLimit: Duration = .seconds(60), outputByteCountMax: Int = 32 << 20
    ) async throws -> [UInt8] {
        guard let path = locate(tool) else {
            throw Fault(
                .toolMissing, "the program \(tool) is not installed",
                remedy: "apt-get install \(Self.packages[tool] ?? tool)")
        }
        let end = try await run(path: path, arguments: arguments, environment: environment, stdin: stdin, timeLimit: timeLimit, outputByteCountMax: outputByteCountMax)
        guard end.status == 0 else { throw Fault(.toolFailed, "\(tool) ended with status \(end.status)", remedy: "check that the file opens in another program") }
        return end.output
    }

    /// Runs the program at a path and returns its status, whatever it is, with what it wrote; -1 for one that a signal ended.
    ///
    /// - Parameter environment: all that the program is given of one. The default is nothing.
    /// - Throws: as ``run(_:arguments:stdin:timeLimit:outputByteCountMax:)``, but for a missing program.
    public func run(
        path: String, arguments: [String], environment: [String: String] = [:], stdin: [UInt8]? = nil, timeLimit: Duration = .seconds(60), outputByteCountMax: Int = 32 << 20
    ) async throws -> (status: Int32, output: [UInt8]) {
        let scratch = try stdin.map(writeScratch)
        defer { if let scratch { try? FileManager.default.removeItem(atPath: scratch) } }
        let child = ChildProcess(path: path, arguments: arguments, environment: environment, input: scratch, outputByteCountMax: outputByteCountMax)
        return try await child.run(timeLimit: timeLimit)
    }

    private var environment: [String: String] {
        // Tesseract's own threads slow each other down (its FAQ); one a picture, and pictures side by side.
        ["PATH": searchPath.joined(separator: ":"), "LC_ALL": "C.UTF-8", "OMP_THREAD_LIMIT": "1", "HOME": scratchDirectory]
    }

    private func writeScratch(_ bytes: [UInt8]) throws -> String {
        let path = "\(scratchDirectory)/banyan-\(UUID().uuidString)"
        guard FileManager.default.createFile(atPath: path, contents: Data(bytes), attributes: [.posixPermissions: 0o600]) else {
            throw Fault(.file, "cannot write a scratch file in \(scratchDirectory)", remedy: "check its permissions and free space")
        }
        return path
    }
}

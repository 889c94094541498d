import Foundation

/// A program that a test starts and is sure to end.
final class ChildProcess {
    private let process = Process()
    private let output = Pipe()

    /// - Parameter errorToOutput: whether standard error is read together with standard output. The default is false: it is discarded.
    init(_ path: String, _ arguments: [String], environment: [String: String] = [:], errorToOutput: Bool = false) throws {
        process.executableURL = URL(fileURLWithPath: path)
        process.arguments = arguments
        process.environment = ProcessInfo.processInfo.environment.merging(environment) { $1 }
        process.standardOutput = output
        process.standardError = errorToOutput ? output : FileHandle.nullDevice
        process.standardInput = FileHandle.nullDevice
        try process.run()
    }

    /// The first line of output that contains `marker`; waits for it.
    func line(containing marker: String) -> String? {
        var text = ""
        while true {
            let data = output.fileHandleForReading.availableData
            if data.isEmpty { return nil }
            text += String(decoding: data, as: UTF8.self)
            if let line = text.split(separator: "\n").first(where: { $0.contains(marker) }) { return String(line) }
        }
    }

    /// Reads everything and waits for the end.
    func finish() -> (status: Int32, output: String) {
        let data = output.fileHandleForReading.readDataToEndOfFile()
        process.waitUntilExit()
        return (process.terminationStatus, String(decoding: data, as: UTF8.self))
    }

    func interrupt() { process.interrupt() }
    func kill() { Foundation.kill(process.processIdentifier, SIGKILL) }
    func wait() -> Int32 {
        process.waitUntilExit()
        return process.terminationStatus
    }
}

/// Paths that tests of the whole house need.
enum House {
    /// The repository.
    static let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent().path

    /// The `banyan` that was built together with the tests.
    static var binary: String {
        URL(fileURLWithPath: CommandLine.arguments[0]).deletingLastPathComponent().appendingPathComponent("banyan").path
    }

    /// A program on this machine, or nil.
    static func program(_ name: String) -> String? {
        ["/usr/bin/", "/usr/local/bin/"].map { $0 + name }.first { FileManager.default.isExecutableFile(atPath: $0) }
    }

    /// Runs `banyan` with arguments in English.
    static func banyan(_ arguments: [String]) throws -> (status: Int32, output: String) {
        try ChildProcess(binary, arguments, environment: ["BANYAN_LANG": "en"], errorToOutput: true).finish()
    }

    /// A folder of its own for a test; the caller removes it.
    static func temporaryDirectory() throws -> String {
        let path = NSTemporaryDirectory() + "banyan-house-" + UUID().uuidString
        try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
        return path
    }
}

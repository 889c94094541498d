import Core
import Foundation
import Knowledge

/// A box for programs that nobody vouches for: no network, no environment, no privileges, no file system but the system's programs and named folders, read-only, and a small folder in memory.
///
/// The box is built by a process of its own, which the operator's binary becomes when it is started with `watcher`'s arguments (`CSandbox`). It needs Linux 5.12 or later and user namespaces. A machine that lacks a
/// protection runs nothing: ``probe()`` says which.
///
/// ```swift
/// let box = try Sandbox(programs: ["/usr/bin/python3"], watcher: ["/usr/bin/banyan", "sandbox-child"], scratchDirectory: "/tmp")
/// let answer = try await box.run(CodeRequest(program: "python3", source: "print(6 * 7)", input: []))
/// ```
public struct Sandbox: CodeRunner {
    /// What one run may use.
    public struct Limits: Sendable, Hashable {
        /// The default is 60.
        public var wallSeconds = 60.0
        /// Seconds of processor time of one process. The default is 30.
        public var cpuSeconds = 30
        /// Address space of one process. The default is 512 MiB.
        public var memoryByteCountMax = 512 << 20
        /// Processes and threads together. The default is 1: a program that starts others is refused.
        public var processCountMax = 1
        /// The default is 16 MiB, what a value between steps may have.
        public var outputByteCountMax = Records.byteCountMax
        /// Bytes of all files that it writes. The default is 16 MiB.
        public var fileByteCountMax = 16 << 20

        public init() {}
    }

    /// Bytes of a source.
    public static let sourceByteCountMax = 256 << 10
    static let argumentCountMax = 16
    static let folderCountMax = 32
    /// Where the source lies inside.
    static let sourcePath = "/box/source"
    /// Folders that every box has, as the programs of the system need them.
    private static let systemFolders = ["/usr", "/bin", "/sbin", "/lib", "/lib64", "/lib32"]

    private let programs: [String: String]
    private let folders: [String]
    private let limits: Limits
    private let watcher: [String]
    private let tools: ExternalTools

    /// - Parameters:
    ///   - programs: whole paths; a step names one by its last part.
    ///   - folders: what programs may read beside the system's folders. Nothing below them may be a secret.
    ///   - watcher: the words of the command that becomes the watcher.
    ///   - scratchDirectory: where a run's input lies while it runs.
    /// - Throws: `nodes.sandbox` for a path that is not whole, is not there or would show the whole disk.
    public init(programs: [String], folders: [String] = [], limits: Limits = Limits(), watcher: [String], scratchDirectory: String) throws {
        guard folders.count <= Self.folderCountMax, !watcher.isEmpty else { throw Fault(.nodeSandbox, "more than \(Self.folderCountMax) folders for code, or no watcher", remedy: "name fewer folders") }
        let real = folders.map { URL(fileURLWithPath: $0).resolvingSymlinksInPath().path }
        for folder in real where !NodeRoot.isFolder(folder) || folder == "/" || ["/proc", "/sys", "/dev", "/box"].contains(where: { folder == $0 || folder.hasPrefix($0 + "/") }) {
            throw Fault(.nodeSandbox, "a folder for code is not there, or may not be shown to it", remedy: "name a folder that holds only what code may read")
        }
        var known: [String: String] = [:]
        for program in programs {
            let path = URL(fileURLWithPath: program).resolvingSymlinksInPath().path
            guard program.hasPrefix("/"), FileManager.default.isExecutableFile(atPath: path), !NodeRoot.isFolder(path) else {
                throw Fault(.nodeSandbox, "a program for code is not there, or is not executable", remedy: "name it by its whole path")
            }
            guard (Self.systemFolders + real).contains(where: { path.hasPrefix($0 + "/") }) else {
                throw Fault(.nodeSandbox, "a program for code lies outside of the folders that code may read", remedy: "name its folder, too")
            }
            known[program.split(separator: "/").last.map(String.init) ?? program] = path
        }
        (self.programs, self.folders, self.limits, self.watcher) = (known, real, limits, watcher)
        tools = ExternalTools(searchPath: [], scratchDirectory: scratchDirectory)
    }

    /// Names of the programs that may be run.
    public var programNames: [String] { programs.keys.sorted() }

    public func run(_ request: CodeRequest) async throws -> [UInt8] {
        guard let path = programs[request.program] else {
            throw Fault(.nodeSandbox, "nobody allowed a program of that name", remedy: "allow it with --allow-code; allowed are: \(programNames.joined(separator: ", "))")
        }
        let source = request.source ?? ""
        guard source.utf8.count <= Self.sourceByteCountMax, request.arguments.count <= Self.argumentCountMax, request.arguments.allSatisfy({ $0.utf8.count <= 4_096 }) else {
            throw Fault(.nodeBound, "the source has more than \(Self.sourceByteCountMax) bytes, or there are more than \(Self.argumentCountMax) arguments", remedy: "put data into the input")
        }
        guard !([source] + request.arguments).contains(where: { $0.utf8.contains(0) }) else { throw Fault(.nodeInput, "the source or an argument holds a zero byte", remedy: "put data into the input") }
        return try await ended(run(starts: true, source: source, command: [path] + (source.isEmpty ? [] : [Self.sourcePath]) + request.arguments, input: request.input))
    }

    /// Builds a box and runs nothing in it.
    /// - Throws: `nodes.sandbox` naming the protection that is missing.
    public func probe() async throws { _ = try await ended(run(starts: false, source: "", command: [], input: [])) }

    private func run(starts: Bool, source: String, command: [String], input: [UInt8]) async throws -> (status: Int32, output: [UInt8]) {
        let numbers = [
            starts ? 1 : 0, Int(limits.wallSeconds * 1_000), limits.cpuSeconds, limits.memoryByteCountMax, limits.processCountMax, limits.outputByteCountMax, limits.fileByteCountMax,
        ]
        let texts = numbers.map(String.init) + [source, "\(folders.count)"] + folders + ["\(command.count)"] + command
        var description: [UInt8] = []
        for text in texts { description += Array(text.utf8) + [0] }
        let digits = String(description.count)
        let head = Array((String(repeating: "0", count: max(0, 8 - digits.count)) + digits).utf8)
        try? FileManager.default.createDirectory(atPath: tools.scratchDirectory, withIntermediateDirectories: true)
        return try await tools.run(
            path: watcher[0], arguments: Array(watcher.dropFirst()), stdin: head + description + input, timeLimit: .seconds(limits.wallSeconds + 20), outputByteCountMax: limits.outputByteCountMax + 1)
    }

    /// The output of a run that ended well; see `csandbox.h` for the numbers.
    private func ended(_ end: (status: Int32, output: [UInt8])) throws -> [UInt8] {
        func failed(_ what: String, _ remedy: String) -> Fault { Fault(.nodeCode, "the program \(what)", remedy: remedy) }
        switch end.status {
        case 0: return end.output
        case 10: throw failed("ended with a status that is not 0", "run it by hand on the input; it may have met a limit of memory, files or processes")
        case 11: throw failed("was ended by a signal", "run it by hand on the input; it may have met the limit of memory")
        case 12: throw failed("took longer than \(limits.wallSeconds) seconds", "give it less to do, or raise the limit with --code-seconds")
        case 13: throw failed("took more than \(limits.cpuSeconds) seconds of processor time", "give it less to do, or raise the limit with --code-seconds")
        case 14: throw failed("wrote more than \(limits.outputByteCountMax) bytes", "let it write less")
        case 21: throw failed("cannot be started in the box", "check that it and what it needs lie in folders that everybody may read")
        case 101...: throw Fault(.nodeSandbox, "this machine cannot keep code in a box: \(Self.missing[Int(end.status) - 100] ?? "a protection") is not to be had, so nothing was run", remedy: "see `banyan doctor`, or run Banyan where it is")
        default: throw Fault(.nodeSandbox, "the box could not be built", remedy: "see `banyan doctor`")
        }
    }

    private static let missing: [Int: String] = [
        1: "a system of its kind (Linux)", 2: "a namespace of users", 3: "a user of its own", 4: "a file system of its own", 5: "a limit of resources", 6: "giving up capabilities", 7: "giving up new privileges",
        8: "a filter of system calls", 9: "counting the processes of the administrator (start Banyan as another user, or allow one process)", 10: "closing what is open",
    ]
}

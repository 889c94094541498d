import Core
import Dispatch
import Subprocess
import Synchronization
#if canImport(System)
import System
#else
import SystemPackage
#endif

/// One run of an external program.
///
/// Not Foundation's `Process`: a single thread of it waits for the end of every program of ours, and one that closes the descriptor by which it says that it ended (as the watcher of a box
/// does, and every daemon) holds that thread, and with it the news of all other ends, for as long as it lives. Subprocess waits on process descriptors, and its children inherit nothing but
/// their three streams. Input comes from a file, not a pipe, so a program that stops reading can neither block nor kill its writer (SIGPIPE).
struct ChildProcess {
    /// How a program ended, and what it wrote; status -1 for one that a signal ended.
    typealias End = (status: Int32, output: [UInt8])

    let path: String
    let arguments: [String]
    let environment: [String: String]
    /// The file that is its standard input; nil for none.
    let input: String?
    let outputByteCountMax: Int

    private var name: String { path.split(separator: "/").last.map(String.init) ?? path }

    /// - Throws: `knowledge.tool-failed` if it cannot be started, `knowledge.tool-time-limit`, `knowledge.too-large`, `CancellationError`. It has ended whatever is thrown.
    func run(timeLimit: Duration) async throws -> End {
        try Task.checkCancellation()
        let life = Life()
        do {
            guard let input else { return try await run(reading: .none, life, timeLimit) }
            let file = try FileDescriptor.open(FilePath(input), .readOnly, options: .closeOnExec)
            return try await run(reading: .fileDescriptor(file, closeAfterSpawningProcess: true), life, timeLimit)
        } catch let error as Fault {
            throw error
        } catch {
            try Task.checkCancellation()
            throw Fault(.toolFailed, "\(name) could not be run", remedy: "check that it runs by hand", cause: error)
        }
    }

    private func run(reading input: some InputProtocol, _ life: Life, _ timeLimit: Duration) async throws -> End {
        let variables = Dictionary(uniqueKeysWithValues: environment.map { (Environment.Key(stringLiteral: $0), $1) })
        // A group of its own: what it started ends with it when it is made to end.
        var options = PlatformOptions()
        options.processGroupID = 0
        options.teardownSequence = [.send(signal: .kill, toProcessGroup: true, allowedDurationToNextStep: .zero)]
        let result = try await Subprocess.run(
            .path(FilePath(path)), arguments: Arguments(arguments), environment: .custom(variables), platformOptions: options, input: input, output: .sequence, error: .discarded
        ) { execution in
            // On Dispatch's clock, not in a task: where computations hold all of the threads that tasks have, a limit would come when it no longer matters.
            let timer = DispatchWorkItem { life.pass { try? execution.send(signal: .kill, toProcessGroup: true) } }
            DispatchQueue.global().asyncAfter(deadline: .now() + timeLimit / .seconds(1), execute: timer)
            // Until here the process has not been waited for, so that no other can have its number.
            defer { timer.cancel(); life.end() }
            var output: [UInt8] = []
            for try await piece in execution.standardOutput {
                guard output.count + piece.count <= outputByteCountMax else {
                    throw Fault(.documentTooLarge, "\(name) wrote more than \(outputByteCountMax) bytes", remedy: "split the file")
                }
                unsafe piece.withUnsafeBytes { unsafe output.append(contentsOf: $0) }
            }
            // Whoever closes its output may still run: signal 0 tells it nothing, and after the limit comes the end.
            await execution.teardown(using: [.send(signal: Signal(rawValue: 0), toProcessGroup: true, allowedDurationToNextStep: timeLimit)])
            return output
        }
        try Task.checkCancellation()
        // One that had ended by itself when the limit came was in time, however late we hear of it.
        if case .exited(let status) = result.terminationStatus { return (status, result.closureResult) }
        guard !life.hasPassed else { throw Fault(.toolTimeLimit, "\(name) passed its time limit of \(timeLimit)", remedy: "split the file or simplify it") }
        return (-1, result.closureResult)
    }

    /// Whether a program may still be told anything.
    private final class Life: Sendable {
        private let state = Mutex((isOver: false, hasPassed: false))
        var hasPassed: Bool { state.withLock { $0.hasPassed } }

        func end() { state.withLock { $0.isOver = true } }

        /// SIGKILL, not SIGTERM: a program stuck on a hostile file need not answer.
        func pass(_ kill: () -> Void) {
            state.withLock { state in
                guard !state.isOver else { return }
                state.hasPassed = true
                kill()
            }
        }
    }
}

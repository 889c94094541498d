import Core
import Foundation
import Synchronization

/// One run of an external program.
///
/// Nothing here blocks a thread: output arrives through a readability handler and the exit through a termination handler, both on
/// Foundation's own queues; whichever of end, limit and cancellation is first resumes the one waiting continuation. Input comes from a
/// file, not a pipe, so a program that stops reading can neither block nor kill its writer (SIGPIPE).
final class ChildProcess: Sendable {
    /// How a program ended, and what it wrote; status -1 for one that a signal ended.
    typealias End = (status: Int32, output: [UInt8])
    private struct State {
        var output: [UInt8] = []
        var isOutputEnded = false
        var status: Int32?
        var outcome: Result<End, any Error>?
        var waiter: CheckedContinuation<End, any Error>?
    }

    private let state = Mutex(State())
    private let process: Process
    private let output = Pipe()
    private let name: String
    private let outputByteCountMax: Int

    init(path: String, arguments: [String], environment: [String: String], input: FileHandle, outputByteCountMax: Int) {
        name = path.split(separator: "/").last.map(String.init) ?? path
        self.outputByteCountMax = outputByteCountMax
        process = Process()
        process.executableURL = URL(fileURLWithPath: path)
        process.arguments = arguments
        process.environment = environment
        process.standardInput = input
        process.standardOutput = output
        process.standardError = FileHandle.nullDevice
    }

    func run(name: String, timeLimit: Duration) async throws -> End {
        try Task.checkCancellation()
        try start()
        // On Dispatch's clock, not in a task: where computations hold all of the threads that tasks have, a limit would come when it no longer matters.
        let timer = DispatchWorkItem { [weak self] in
            self?.finish(.failure(Fault(.toolTimeLimit, "\(name) passed its time limit of \(timeLimit)", remedy: "split the file or simplify it")))
        }
        DispatchQueue.global().asyncAfter(deadline: .now() + timeLimit / .seconds(1), execute: timer)
        defer { timer.cancel() }
        return try await withTaskCancellationHandler {
            try await withCheckedThrowingContinuation { continuation in
                let outcome = state.withLock { state -> Result<End, any Error>? in
                    if state.outcome == nil { state.waiter = continuation }
                    return state.outcome
                }
                if let outcome { continuation.resume(with: outcome) }
            }
        } onCancel: {
            finish(.failure(CancellationError()))
        }
    }

    private func start() throws {
        output.fileHandleForReading.readabilityHandler = { [self] handle in receive(handle.availableData) }
        process.terminationHandler = { [self] process in exited(process.terminationReason == .exit ? process.terminationStatus : -1) }
        do {
            try process.run()
        } catch {
            output.fileHandleForReading.readabilityHandler = nil
            process.terminationHandler = nil
            throw Fault(.toolFailed, "\(name) could not be started", remedy: "check that it runs by hand", cause: error)
        }
    }

    /// Empty data is the end of the output.
    private func receive(_ data: Data) {
        if data.isEmpty { output.fileHandleForReading.readabilityHandler = nil }
        let isTooLong = state.withLock { state in
            if data.isEmpty { state.isOutputEnded = true } else { state.output.append(contentsOf: data) }
            return state.output.count > outputByteCountMax
        }
        if isTooLong {
            finish(.failure(Fault(.documentTooLarge, "\(name) wrote more than \(outputByteCountMax) bytes", remedy: "split the file")))
        } else {
            finishIfComplete()
        }
    }

    private func exited(_ status: Int32) {
        state.withLock { $0.status = status }
        finishIfComplete()
        // A grandchild may hold the pipe open; what came within a second of the exit is the output.
        DispatchQueue.global().asyncAfter(deadline: .now() + 1) { [weak self] in
            self?.state.withLock { $0.isOutputEnded = true }
            self?.finishIfComplete()
        }
    }

    private func finishIfComplete() {
        let end = state.withLock { state -> End? in
            guard let status = state.status, state.isOutputEnded, state.outcome == nil else { return nil }
            return (status, state.output)
        }
        if let end { finish(.success(end)) }
    }

    /// The first outcome counts: it stops the program if it still runs, and wakes the waiter.
    private func finish(_ outcome: Result<End, any Error>) {
        let (isFirst, waiter) = state.withLock { state in
            guard state.outcome == nil else { return (false, nil as CheckedContinuation<End, any Error>?) }
            state.outcome = outcome
            state.output = []
            defer { state.waiter = nil }
            return (true, state.waiter)
        }
        guard isFirst else { return }
        output.fileHandleForReading.readabilityHandler = nil
        // SIGKILL, not SIGTERM: a program stuck on a hostile file need not answer.
        if process.isRunning { kill(process.processIdentifier, SIGKILL) }
        waiter?.resume(with: outcome)
    }
}

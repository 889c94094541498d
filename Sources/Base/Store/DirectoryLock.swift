import Core
import Foundation
import Synchronization

/// Holds `lock` in a data directory with `flock`, so that the kernel releases it even after SIGKILL. The file says who holds it.
final class DirectoryLock: Sendable {
    private let descriptor: Mutex<Int32?>

    init(directory: String) throws {
        let path = directory + "/lock"
        let descriptor = unsafe open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0o644)
        guard descriptor >= 0 else {
            throw Fault(.file, "cannot create \(path)", remedy: "check the permissions of the data directory")
        }
        guard flock(descriptor, LOCK_EX | LOCK_NB) == 0 else {
            close(descriptor)
            let holder = (try? String(contentsOfFile: path, encoding: .utf8))?.trimmingCharacters(in: .whitespacesAndNewlines) ?? ""
            throw Fault(
                .storeLocked, "\(directory) is in use by \(holder.isEmpty ? "another process" : "process \(holder)")",
                remedy: "stop that process, or give another directory with --data")
        }
        ftruncate(descriptor, 0)
        let text = Array("\(ProcessInfo.processInfo.processIdentifier)\n".utf8)
        let written = unsafe write(descriptor, text, text.count)
        // The number is a courtesy to people; the lock holds without it.
        _ = written
        self.descriptor = Mutex(descriptor)
    }

    func release() {
        descriptor.withLock { descriptor in
            if let open = descriptor {
                // Not by closing alone: a child process that is just being started still has a copy of the descriptor until it executes its program.
                flock(open, LOCK_UN)
                close(open)
            }
            descriptor = nil
        }
    }

    deinit { release() }
}

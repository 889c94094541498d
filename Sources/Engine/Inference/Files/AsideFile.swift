import Core
import Foundation

/// A file that is written beside its destination and takes its place when it is whole, so that nobody ever reads half a model.
final class AsideFile {
    private let path: String
    private let asidePath: String
    private let descriptor: Int32
    private var buffer: [UInt8] = []
    private var isCommitted = false
    /// The bytes given to ``write(_:)`` so far.
    private(set) var byteCount = 0

    private static let bufferByteCount = 1 << 20

    /// - Throws: `core.file` when no file can be made in the destination's folder.
    init(path: String) throws {
        // Several writers may share a destination; each finds a name of its own.
        for attempt in 0..<64 {
            let aside = "\(path).partial-\(attempt)"
            let descriptor = unsafe open(aside, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o644)
            if descriptor >= 0 {
                (self.path, asidePath, self.descriptor) = (path, aside, descriptor)
                return
            }
            guard errno == EEXIST else { break }
        }
        throw Fault(.file, "cannot write beside \(path)", remedy: "check that its folder exists, that you may write there, and remove old .partial files")
    }

    deinit {
        close(descriptor)
        if !isCommitted { unsafe _ = unlink(asidePath) }
    }

    /// Appends bytes.
    func write(_ bytes: [UInt8]) throws {
        byteCount += bytes.count
        guard buffer.count + bytes.count > Self.bufferByteCount else {
            buffer += bytes
            return
        }
        try flush()
        if bytes.count > Self.bufferByteCount { try put(bytes) } else { buffer += bytes }
    }

    /// Appends zeros up to the next multiple of `alignment`.
    func pad(to alignment: Int) throws {
        let rest = byteCount % alignment
        if rest > 0 { try write([UInt8](repeating: 0, count: alignment - rest)) }
    }

    /// Brings everything to the disk and takes the destination's place.
    func commit() throws {
        try flush()
        guard fsync(descriptor) == 0 else { throw failure() }
        guard unsafe rename(asidePath, path) == 0 else { throw failure() }
        isCommitted = true
    }

    private func flush() throws {
        try put(buffer)
        buffer.removeAll(keepingCapacity: true)
    }

    private func put(_ bytes: [UInt8]) throws {
        try unsafe bytes.withUnsafeBytes { bytes in
            var done = 0
            while done < bytes.count, let start = bytes.baseAddress {
                let count = unsafe Foundation.write(descriptor, start + done, bytes.count - done)
                if count < 0 {
                    guard errno == EINTR else { throw failure() }
                } else {
                    done += count
                }
            }
        }
    }

    private func failure() -> Fault {
        errno == ENOSPC
            ? Fault(.diskFull, "no room left for \(path) after \(byteCount) bytes", remedy: "free some space on that disk")
            : Fault(.file, "cannot write \(path) (error \(errno))", remedy: "check the disk and that you may write there")
    }
}

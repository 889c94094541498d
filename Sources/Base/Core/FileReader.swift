import Foundation

/// What stands at a path, without following a symbolic link.
public struct FileStatus: Sendable, Hashable {
    /// A link is never followed: what it names is reached by its own path or not at all.
    public enum Kind: String, Sendable { case file, directory, link, other }

    public let kind: Kind
    public let byteCount: Int
    /// Bytes that the disk holds; far fewer than `byteCount` for a sparse file.
    public let allocatedByteCount: Int
    /// Nanoseconds since 1970.
    public let modified: Int

    /// Whether most of the file is holes.
    public var isSparse: Bool { byteCount > 1 << 20 && allocatedByteCount < byteCount / 4 }

    /// - Throws: `core.file` when nothing is there or a folder above it may not be entered.
    public init(of path: String) throws {
        var status = stat()
        guard unsafe lstat(path, &status) == 0 else { throw Fault(.file, "cannot read \(path)", remedy: "check that it exists and that you may read it") }
        self.init(status)
    }

    fileprivate init(_ status: stat) {
        switch status.st_mode & S_IFMT {
        case S_IFREG: kind = .file
        case S_IFDIR: kind = .directory
        case S_IFLNK: kind = .link
        default: kind = .other
        }
        byteCount = Int(status.st_size)
        allocatedByteCount = Int(status.st_blocks) * 512
        modified = Int(status.st_mtim.tv_sec) * 1_000_000_000 + Int(status.st_mtim.tv_nsec)
    }
}

/// Reads a file or a stream front to back in pieces, by plain `read`: unlike a mapping, a file that shrinks meanwhile is no danger, and a pipe gives what it has at once.
public final class FileReader: Sendable {
    private let descriptor: Int32
    private let path: String
    private let isOwned: Bool

    /// Opens a regular file.
    /// - Throws: `core.file` when it cannot be opened or is none (a device or pipe could block for ever).
    public init(path: String) throws {
        // O_NONBLOCK: opening a pipe without a writer must not wait.
        descriptor = unsafe open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK)
        (self.path, isOwned) = (path, true)
        guard descriptor >= 0 else { throw Fault(.file, "cannot read \(path)", remedy: "check that it exists and that you may read it") }
        guard try status().kind == .file else { throw Fault(.file, "\(path) is no regular file", remedy: "give a file or folder") }
    }

    /// Standard input.
    public static var standardInput: FileReader { FileReader(descriptor: 0, name: "standard input") }

    private init(descriptor: Int32, name: String) { (self.descriptor, path, isOwned) = (descriptor, name, false) }

    deinit { if isOwned, descriptor >= 0 { close(descriptor) } }

    /// The open file's status.
    public func status() throws -> FileStatus {
        var status = stat()
        guard unsafe fstat(descriptor, &status) == 0 else { throw Fault(.file, "cannot read \(path)", remedy: "check the disk") }
        return FileStatus(status)
    }

    /// Up to `count` bytes as they come; none at the end. A pipe is waited for until it has some.
    /// - Throws: `core.file`.
    public func read(upTo count: Int) throws -> [UInt8] {
        var got = 0
        let bytes = unsafe [UInt8](unsafeUninitializedCapacity: count) { buffer, filled in
            repeat { got = unsafe Foundation.read(descriptor, buffer.baseAddress, count) } while got < 0 && errno == EINTR
            filled = max(0, got)
        }
        guard got >= 0 else { throw Fault(.file, "reading \(path) failed", remedy: "check the disk and your permissions") }
        return bytes
    }

    /// Exactly `count` bytes from the current place unless the file ends before.
    /// - Throws: `core.file`.
    public func read(exactly count: Int) throws -> [UInt8] {
        var bytes = try read(upTo: count)
        while bytes.count < count {
            let more = try read(upTo: count - bytes.count)
            if more.isEmpty { break }
            bytes += more
        }
        return bytes
    }

    /// Moves to a byte of the file.
    public func seek(to offset: Int) { lseek(descriptor, off_t(offset), SEEK_SET) }

    /// Moves to the next bytes that the disk holds, from `offset` on, and returns their place; nil when there is nothing but a hole up to the end.
    public func seekData(from offset: Int) -> Int? {
        // Linux's SEEK_DATA; its macro is not imported.
        let place = lseek(descriptor, off_t(offset), 3)
        if place >= 0 { return Int(place) }
        guard errno == EINVAL else { return nil }
        seek(to: offset)
        return offset
    }
}

/// Writes whole byte arrays to standard output.
public enum StandardOutput {
    /// - Throws: `core.file` when nobody reads any more, or there is no room for it.
    public static func write(_ bytes: [UInt8]) throws {
        var offset = 0
        while offset < bytes.count {
            let written = unsafe bytes.withUnsafeBytes { buffer in unsafe Foundation.write(1, buffer.baseAddress?.advanced(by: offset), buffer.count - offset) }
            if written < 0, errno == EINTR { continue }
            guard written > 0 else {
                guard errno == EPIPE else { throw Fault(.file, "cannot write to standard output", remedy: "check that the disk behind it has room") }
                throw Fault(.file, "standard output was closed", remedy: "keep the reader of the pipe open")
            }
            offset += written
        }
    }
}

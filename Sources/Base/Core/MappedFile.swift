import Foundation

/// A file mapped read-only into memory: pages are loaded on first use and shared by every process that maps it.
///
/// All reads through this type are checked; `unsafe` pointers are for rooms that hand whole tensors to kernels. The mapping lives as long as the value:
/// whoever keeps a pointer keeps the `MappedFile` too. A file that shrinks while it is mapped ends the process with SIGBUS; replace model files, do not rewrite them.
public final class MappedFile: Sendable {
    public let path: String
    public let byteCount: Int
    private let address: UInt

    /// - Throws: `core.file` when the file cannot be opened or is empty.
    public init(path: String) throws {
        let descriptor = unsafe open(path, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else { throw Fault(.file, "cannot read \(path)", remedy: "check that it exists and that you may read it") }
        defer { close(descriptor) }
        var status = stat()
        let isKnown = unsafe fstat(descriptor, &status) == 0
        guard !isKnown || status.st_mode & S_IFMT != S_IFDIR else { throw Fault(.file, "\(path) is a folder", remedy: "give a file in it") }
        guard isKnown, status.st_mode & S_IFMT == S_IFREG, status.st_size > 0 else {
            throw Fault(.file, "\(path) is empty or no regular file", remedy: "get the file again")
        }
        let count = Int(status.st_size)
        guard let memory = unsafe mmap(nil, count, PROT_READ, MAP_PRIVATE, descriptor, 0), unsafe memory != MAP_FAILED else {
            throw Fault(.file, "\(path) cannot be mapped (\(count) bytes)", remedy: "free some address space or memory")
        }
        self.path = path
        byteCount = count
        address = UInt(bitPattern: memory)
    }

    deinit { unsafe _ = munmap(UnsafeMutableRawPointer(bitPattern: address), byteCount) }

    /// `count` bytes from `offset`, copied; nil unless all of them are in the file.
    public func bytes(at offset: Int, count: Int) -> [UInt8]? {
        guard let start = unsafe pointer(at: offset, count: count) else { return nil }
        return unsafe [UInt8](UnsafeRawBufferPointer(start: start, count: count))
    }

    /// A little-endian integer at `offset`; nil unless all its bytes are in the file.
    public func integer<Value: FixedWidthInteger>(at offset: Int, as type: Value.Type = Value.self) -> Value? {
        guard let start = unsafe pointer(at: offset, count: MemoryLayout<Value>.size) else { return nil }
        return unsafe Value(littleEndian: start.loadUnaligned(as: Value.self))
    }

    /// Lets the system drop the pages of a range from this process's memory; they are read again when they are touched again.
    public func forget(offset: Int, count: Int) {
        let page = 4096
        let start = (offset + page - 1) / page * page
        let end = (offset + count) / page * page
        guard start < end, end <= byteCount else { return }
        unsafe _ = madvise(UnsafeMutableRawPointer(bitPattern: address + UInt(start)), end - start, MADV_DONTNEED)
    }

    /// The address of `count` bytes from `offset`; nil unless all of them are in the file.
    public func pointer(at offset: Int, count: Int) -> UnsafeRawPointer? {
        guard offset >= 0, count >= 0, offset <= byteCount, count <= byteCount - offset else { return nil }
        return unsafe UnsafeRawPointer(bitPattern: address + UInt(offset))
    }
}

import Core
import Foundation

/// Bytes named by their SHA-256, one file each under `blobs/ab/…`. Writing the same bytes twice keeps one copy.
public struct BlobStore: Sendable {
    let directory: String

    /// Keeps `bytes` and returns their name. The file is complete or absent, also after a crash: it is written aside, flushed, then renamed.
    public func put(_ bytes: [UInt8]) throws -> String {
        let name = SHA256.hex(bytes)
        let path = path(of: name)
        if FileManager.default.fileExists(atPath: path) { return name }
        try createDirectory((path as NSString).deletingLastPathComponent)
        let aside = path + ".part-\(ProcessInfo.processInfo.globallyUniqueString)"
        do {
            guard FileManager.default.createFile(atPath: aside, contents: nil), let handle = FileHandle(forWritingAtPath: aside) else {
                throw Fault(.file, "cannot write a blob in \(directory)", remedy: "check permissions and free space")
            }
            try handle.write(contentsOf: Data(bytes))
            try handle.synchronize()
            try handle.close()
            if !FileManager.default.fileExists(atPath: path) { try FileManager.default.moveItem(atPath: aside, toPath: path) }
        } catch {
            try? FileManager.default.removeItem(atPath: aside)
            // Another task may have been first with the same bytes.
            if FileManager.default.fileExists(atPath: path) { return name }
            if (error as NSError).code == CocoaError.fileWriteOutOfSpace.rawValue {
                throw Fault(.diskFull, "the disk is full; a blob was not kept", remedy: "free some space and run again")
            }
            throw error
        }
        return name
    }

    /// The bytes named `name`, checked against the name.
    /// - Throws: `store.blob-damaged` when the file is gone or altered.
    public func get(_ name: String) throws -> [UInt8] {
        guard isName(name), let data = FileManager.default.contents(atPath: path(of: name)) else {
            throw Fault(.blobDamaged, "blob \(name.prefix(12)) is not there", remedy: "restore it from a copy of the data directory")
        }
        let bytes = [UInt8](data)
        guard SHA256.hex(bytes) == name else {
            throw Fault(.blobDamaged, "blob \(name.prefix(12)) does not match its name", remedy: "restore it from a copy of the data directory")
        }
        return bytes
    }

    /// Whether the bytes named `name` are there.
    public func contains(_ name: String) -> Bool { isName(name) && FileManager.default.fileExists(atPath: path(of: name)) }

    /// Destroys the bytes named `name`; true if they were there.
    @discardableResult
    public func remove(_ name: String) throws -> Bool {
        guard contains(name) else { return false }
        try FileManager.default.removeItem(atPath: path(of: name))
        return true
    }

    /// A name is 64 hexadecimal digits; nothing else reaches the file system.
    private func isName(_ name: String) -> Bool { name.utf8.count == 64 && name.utf8.allSatisfy { ($0 >= 48 && $0 <= 57) || ($0 >= 97 && $0 <= 102) } }
    private func path(of name: String) -> String { "\(directory)/\(name.prefix(2))/\(name.dropFirst(2))" }
}

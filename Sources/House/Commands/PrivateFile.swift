import Core
import Foundation

/// Files that hold secrets: tokens, passwords, keys.
enum PrivateFile {
    /// The bytes of a file that nobody but its owner may read: a secret that others can read is none.
    /// - Parameter code: what a file that others may read is refused with.
    static func read(_ path: String, byteCountMax: Int, code: Fault.Code = .tokenFile) throws -> [UInt8] {
        let bytes = try FileTree.read(path, byteCountMax: byteCountMax)
        let mode = (try? FileManager.default.attributesOfItem(atPath: path)[.posixPermissions] as? Int) ?? 0o777
        guard mode & 0o077 == 0 else { throw Fault(code, "\(path) can be read by other users of this machine", remedy: "chmod 600 \(path)") }
        return bytes
    }
}

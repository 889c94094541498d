import Core
import Foundation
import Workflows

/// The file of secrets that steps name.
enum StepSecretFile {
    static let byteCountMax = 1 << 20

    /// The secrets of a file; of `secrets` in the data directory when none is named, none if that is not there.
    /// - Throws: `core.file` when others than its owner may read it: a secret that everybody knows is none.
    static func read(_ path: String?, in directory: String) throws -> WorkflowSecrets {
        let whole = path ?? directory + "/secrets"
        if path == nil, !FileManager.default.fileExists(atPath: whole) { return .none }
        let bytes = try FileTree.read(whole, byteCountMax: byteCountMax)
        let mode = (try? FileManager.default.attributesOfItem(atPath: whole)[.posixPermissions] as? Int) ?? 0o777
        guard mode & 0o077 == 0 else { throw Fault(.file, "others may read the secrets in \(whole)", remedy: "chmod 600 \(whole)") }
        return try WorkflowSecrets(text: TextDecoder.decode(bytes).text)
    }
}

import Core
import Foundation
import Workflows

/// The file of secrets that steps name.
enum StepSecretFile {
    static let byteCountMax = 1 << 20

    /// The secrets of a file; of `secrets` in the data directory when none is named, none if that is not there.
    /// - Throws: `serve.token-file` when others than its owner may read it.
    static func read(_ path: String?, in directory: String) throws -> WorkflowSecrets {
        let whole = path ?? directory + "/secrets"
        if path == nil, !FileManager.default.fileExists(atPath: whole) { return .none }
        return try WorkflowSecrets(text: TextDecoder.decode(try PrivateFile.read(whole, byteCountMax: byteCountMax)).text)
    }
}

import Core
import Foundation
import Models
import Store
import Traffic

/// A model as a person names it: a registered name, local or remote, or a GGUF file.
enum NamedModel {
    /// Loads it, or makes ready to ask it; a remote is said to be one.
    static func provider(_ name: String, store: () throws -> Store, machine: MachineOptions) async throws -> any ModelProvider {
        if FileManager.default.fileExists(atPath: name) {
            let record = try ModelRecord(name: (name as NSString).lastPathComponent, path: name, at: SystemWallClock().now)
            return try await machine.chat(record)
        }
        guard !name.contains("/"), !name.hasSuffix(".gguf") else {
            throw Fault(.modelUnknown, "there is no file \(name)", remedy: "give the path of a GGUF file, or a name that `banyan model list` shows")
        }
        let registry = ModelRegistry(store: try store(), clock: SystemWallClock())
        if let remote = try await registry.findRemote(name) {
            Terminal.note(Terminal.say("\(remote.name) is outside: what you write goes to \(remote.url)", "\(remote.name) 是外部模型：您输入的内容会发送到 \(remote.url)"))
            return RemoteProvider(model: remote, transport: HTTPClient())
        }
        return try await machine.chat(try await registry.record(name))
    }
}

import Core
import Store

/// A model that another server runs: vLLM, Ollama, llama-server, another Banyan, whatever speaks OpenAI's form.
///
/// It is outside: what it is asked leaves this machine. It is used by its name only, never instead of another model.
public struct RemoteModel: Sendable, Codable, Hashable {
    public var name: String
    /// Where the API begins, e.g. `http://10.0.0.5:8000/v1`.
    public var url: String
    /// The model's name over there.
    public var remoteName: String
    /// The file that holds the key; the key itself is read for each request and kept nowhere.
    public var keyFile: String?
    /// Seconds since 1970.
    public var addedAt: Double

    public init(name: String, url: String, remoteName: String, keyFile: String? = nil, addedAt: Double) {
        self.name = name
        self.url = url
        self.remoteName = remoteName
        self.keyFile = keyFile
        self.addedAt = addedAt
    }

    /// The key, or nil when none is configured.
    /// - Throws: `models.remote-key` for a file that is absent, longer than 4 KiB, or holds anything but one word.
    func key() throws -> String? {
        guard let keyFile else { return nil }
        func refusal(_ why: String) -> Fault { Fault(.remoteKey, "the key file \(keyFile) of \(name) \(why)", remedy: "write the key alone into it, and let only the user of this process read it") }
        guard let bytes = try? FileTree.read(keyFile, byteCountMax: 4096) else { throw refusal("cannot be read") }
        let words = String(decoding: bytes, as: UTF8.self).split { $0.isWhitespace }
        guard words.count == 1, words[0].utf8.allSatisfy({ $0 > 0x20 && $0 < 0x7F }) else { throw refusal("does not hold one key") }
        return String(words[0])
    }
}

extension Fault.Code {
    /// A remote server answered with an error, or not in OpenAI's form.
    public static let remote = Fault.Code("models.remote", .io)
    /// A remote's key file is unusable.
    public static let remoteKey = Fault.Code("models.remote-key", .refused)
    /// This process was started without a transport.
    public static let remoteOff = Fault.Code("models.remote-off", .refused)
}

extension ModelRegistry {
    /// Registers a remote model. Nobody is asked anything yet.
    ///
    /// - Parameter keyFile: its path is kept, not its content.
    /// - Throws: `models.name`, `transport.address`, `models.remote-key`.
    @discardableResult
    public func addRemote(_ name: String, url: String, remoteName: String, keyFile: String? = nil) async throws -> RemoteModel {
        try await checkFree(name)
        let address = try HTTPAddress(parsing: url)
        guard !remoteName.isEmpty, remoteName.utf8.count <= 500 else { throw Fault(.modelName, "the remote model's name is empty or too long", remedy: "give the name that the other server lists") }
        let remote = RemoteModel(name: name, url: address.text, remoteName: remoteName, keyFile: keyFile, addedAt: clock.now)
        _ = try remote.key()
        let remotes = remotes
        try await store.write { try $0.put(remote, as: name, sort: name, in: remotes) }
        return remote
    }

    /// All remote models by name.
    public func allRemotes() async throws -> [RemoteModel] {
        let remotes = remotes
        return try await store.read { try $0.list(remotes, limit: 10_000).map(\.value) }
    }

    /// The remote model of a name, or nil.
    public func findRemote(_ name: String) async throws -> RemoteModel? {
        let remotes = remotes
        return try await store.read { try $0.get(name, in: remotes) }
    }

    /// Forgets a remote model; false when there is none of that name. The key file stays.
    func removeRemote(_ name: String) async throws -> Bool {
        let remotes = remotes
        return try await store.write { try $0.remove(name, in: remotes) }
    }
}

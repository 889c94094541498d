import ArgumentParser
import Core
import Foundation
import Inference
import Models
import Store

/// `banyan model add-remote`
struct ModelAddRemoteCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "add-remote", abstract: "Register a model that another server runs (vLLM, Ollama, llama-server, another Banyan).",
        discussion: """
            A remote model is outside: what it is asked leaves this machine. It is used when it is named, never instead of another model. The server must speak OpenAI's form over http;
            for https run a TLS proxy on this machine. Of a key only the file's path is kept.
            """)

    @Argument(help: "The name under which it is used here.")
    var name: String
    @Option(name: .long, help: "Where the API begins, e.g. http://10.0.0.5:8000/v1.")
    var url: String
    @Option(name: .long, help: ArgumentHelp("The model's name over there.", valueName: "remote-name"))
    var model: String
    @Option(name: .long, help: ArgumentHelp("A file that holds the key for that server, readable by its owner only.", valueName: "file"))
    var keyFile: String?
    @OptionGroup var dataOptions: DataOptions
    @OptionGroup var output: OutputOptions

    func run() async throws {
        // Kept whole, since the server may be started in another folder.
        let keyPath = keyFile.map { URL(fileURLWithPath: $0).standardizedFileURL.path }
        if let keyPath { try Self.check(keyPath) }
        let store = try dataOptions.owned()
        let remote = try await ModelRegistry(store: store, clock: SystemWallClock()).addRemote(name, url: url, remoteName: model, keyFile: keyPath)
        Terminal.out(
            output.json
                ? try JSONText.of(remote)
                : Terminal.say("\(name) added: it is outside, and what it is asked goes to \(remote.url)", "已添加 \(name)：这是外部模型，请求内容会发送到 \(remote.url)"))
        try store.close()
    }

    private static func check(_ path: String) throws {
        _ = try PrivateFile.read(path, byteCountMax: 64 << 10)
    }
}

/// A model of a list, in the members of its kind.
enum ModelListEntry: Encodable {
    case local(ModelRecord)
    case adapter(AdapterRecord)
    case remote(RemoteModel)

    func encode(to encoder: any Encoder) throws {
        switch self {
        case .local(let record): try record.encode(to: encoder)
        case .adapter(let adapter): try adapter.encode(to: encoder)
        case .remote(let remote): try remote.encode(to: encoder)
        }
    }
}

extension ModelText {
    /// What an adapter changes, and what it says of itself.
    static func table(_ record: AdapterRecord) throws -> String {
        let notes = try Adapter(path: record.path).notes.sorted { $0.key < $1.key }.map { [$0.key, String($0.value.prefix(80))] }
        return Terminal.table(
            [
                [Terminal.say("model", "模型"), record.base], [Terminal.say("rank", "秩"), "\(record.rank)"], [Terminal.say("layers", "层"), "\(record.layerCount)"],
                [Terminal.say("size", "大小"), size(record.byteCount)],
            ] + notes)
    }

    static func table(_ remote: RemoteModel) -> String {
        Terminal.table([["remote", remote.name], ["url", remote.url], ["model", remote.remoteName], ["key file", remote.keyFile ?? "-"], ["added", timestampText(remote.addedAt)]])
    }
}

import ArgumentParser
import Core
import Foundation
import Inference
import Models
import Store

/// `banyan model …`
struct ModelCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "model", abstract: "Models: import, list, show, quantize, merge, measure, examine, remove.",
        subcommands: [
            ModelImportCommand.self, ModelAddRemoteCommand.self, ModelListCommand.self, ModelShowCommand.self, ModelQuantizeCommand.self, ModelMergeCommand.self, ModelBenchCommand.self,
            ModelTokensCommand.self, ModelPerplexityCommand.self, ModelEmbedCommand.self, ModelLogitsCommand.self, ModelPriceCommand.self, ModelRemoveCommand.self,
        ])
}

/// `banyan model list`
struct ModelListCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(commandName: "list", abstract: "List the models.")

    @OptionGroup var dataOptions: DataOptions
    @OptionGroup var output: OutputOptions

    func run() async throws {
        let (records, remotes, adapters): ([ModelRecord], [RemoteModel], [AdapterRecord])
        do {
            let registry = ModelRegistry(store: try dataOptions.shared(), clock: SystemWallClock())
            (records, remotes, adapters) = (try await registry.all(), try await registry.allRemotes(), try await registry.allAdapters())
        } catch let fault as Fault where fault.code.kind == .notFound {
            // Nobody has imported anything here yet.
            (records, remotes, adapters) = ([], [], [])
        }
        if output.json {
            Terminal.out(try JSONText.of(records.map(ModelListEntry.local) + adapters.map(ModelListEntry.adapter) + remotes.map(ModelListEntry.remote)))
        } else {
            Terminal.out(ModelText.table(records, adapters, remotes, in: dataOptions.data))
        }
    }
}

/// `banyan model show`
struct ModelShowCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(commandName: "show", abstract: "Show what a model's file says of it.")

    @Argument(help: "A model's name.")
    var name: String
    @OptionGroup var dataOptions: DataOptions
    @OptionGroup var output: OutputOptions

    func run() async throws {
        let registry = ModelRegistry(store: try dataOptions.shared(), clock: SystemWallClock())
        if let remote = try await registry.findRemote(name) {
            Terminal.out(output.json ? try JSONText.of(remote) : ModelText.table(remote))
            return
        }
        if let adapter = try await registry.findAdapter(name) {
            Terminal.out(output.json ? try JSONText.of(adapter) : try ModelText.table(adapter))
            return
        }
        let record = try await registry.record(name)
        if output.json {
            Terminal.out(try JSONText.of(record))
            return
        }
        let file = try GGUFFile(path: record.path)
        Terminal.out(ModelText.line(record))
        // Long values (vocabularies, merges) are named, not shown.
        let rows = file.metadata.sorted { $0.key < $1.key }.compactMap { key, value -> [String]? in
            value.string.map { [key, String($0.prefix(80)).replacing("\n", with: "⏎")] } ?? value.int.map { [key, "\($0)"] } ?? value.double.map { [key, "\($0)"] }
                ?? value.bool.map { [key, "\($0)"] }
        }
        Terminal.out(Terminal.table(rows))
        var types: [String: Int] = [:]
        for tensor in file.tensors.values { types[tensor.type.name, default: 0] += 1 }
        Terminal.out(Terminal.say("tensors: ", "张量：") + types.sorted { $0.key < $1.key }.map { "\($0.value) \($0.key)" }.joined(separator: ", "))
    }
}

/// `banyan model remove`
struct ModelRemoveCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(commandName: "remove", abstract: "Forget a model, local or remote, or an adapter, and delete its copy in the data directory.")

    @Argument(help: "A model's name.")
    var name: String
    @OptionGroup var dataOptions: DataOptions
    @OptionGroup var output: OutputOptions

    func run() async throws {
        let store = try dataOptions.owned()
        try await ModelRegistry(store: store, clock: SystemWallClock()).remove(name)
        let json: JSONValue = ["removed": .string(name)]
        Terminal.out(output.json ? json.prettyText : Terminal.say("\(name) removed", "\(name) 已删除"))
        try store.close()
    }
}

/// How models are named to people.
enum ModelText {
    static func line(_ record: ModelRecord) -> String {
        Terminal.say(
            "\(record.architecture), \(count(record.parameterCount)) parameters, mostly \(record.type), \(size(record.byteCount)), context \(record.context)",
            "\(record.architecture)，\(count(record.parameterCount)) 参数，主要为 \(record.type)，\(size(record.byteCount))，上下文 \(record.context)")
    }

    /// The models in columns; how to get one when there is none.
    static func table(_ records: [ModelRecord], _ adapters: [AdapterRecord], _ remotes: [RemoteModel], in directory: String) -> String {
        guard !records.isEmpty || !remotes.isEmpty else {
            return Terminal.say("No model in \(directory) yet: `banyan model import FILE` registers one.", "\(directory) 中尚无模型：用 `banyan model import 文件` 导入。")
        }
        let heads = [("model", "模型"), ("task", "用途"), ("architecture", "架构"), ("parameters", "参数"), ("type", "类型"), ("size", "大小"), ("context", "上下文")].map { Terminal.say($0.0, $0.1) }
        return Terminal.table(
            [heads] + remotes.map { [$0.name, Terminal.say("remote", "外部"), "-", "-", "-", "-", "-"] }
                + adapters.map { [$0.name, Terminal.say("adapter", "适配器"), "LoRA", Terminal.say("rank \($0.rank)", "秩 \($0.rank)"), "F32", size($0.byteCount), "-"] }
                + records.map { record in
                    let task = record.task == .chat ? Terminal.say("chat", "对话") : Terminal.say("embedding", "向量")
                    return [record.name, task, record.architecture, count(record.parameterCount), record.type, size(record.byteCount), "\(record.context)"]
                })
    }

    static func count(_ count: Int) -> String {
        count >= 1_000_000_000 ? String(format: "%.1f B", Double(count) / 1e9) : count >= 1_000_000 ? String(format: "%.0f M", Double(count) / 1e6) : "\(count)"
    }

    static func size(_ byteCount: Int) -> String { byteCount >= 1 << 20 ? "\(byteCount >> 20) MiB" : "\((byteCount + 1023) >> 10) KiB" }
}

extension Fault.Code {
    /// A model cannot be written where it was asked for.
    public static let modelOutput = Fault.Code("commands.model-output", .usage)
    /// A person stopped the work on a model.
    public static let modelCancelled = Fault.Code("commands.model-cancelled", .cancelled)
}

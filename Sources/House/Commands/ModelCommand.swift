import ArgumentParser
import Core
import Foundation
import Inference
import Models
import Store

/// `banyan model …`
struct ModelCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "model", abstract: "Models: import, list, show, quantize, measure, examine, remove.",
        subcommands: [
            ModelImportCommand.self, ModelAddRemoteCommand.self, ModelListCommand.self, ModelShowCommand.self, ModelQuantizeCommand.self, ModelBenchCommand.self,
            ModelTokensCommand.self,            ModelPerplexityCommand.self, ModelEmbedCommand.self, ModelLogitsCommand.self, ModelRemoveCommand.self,
        ])
}

/// `banyan model list`
struct ModelListCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(commandName: "list", abstract: "List the models.")

    @OptionGroup var dataOptions: DataOptions
    @OptionGroup var output: OutputOptions

    func run() async throws {
        let registry = ModelRegistry(store: try dataOptions.shared(), clock: SystemWallClock())
        let (records, remotes) = (try await registry.all(), try await registry.allRemotes())
        if output.json {
            Terminal.out(try JSONText.of(records.map(ModelListEntry.local) + remotes.map(ModelListEntry.remote)))
        } else {
            let rows = remotes.map { [$0.name, "remote", "-", "-", "-", "-", "-"] } + records.map { [$0.name, $0.task.rawValue, $0.architecture, ModelText.count($0.parameterCount), $0.type, "\($0.byteCount >> 20) MiB", "\($0.context)"] }
            Terminal.out(Terminal.table([["model", "task", "architecture", "parameters", "type", "size", "context"]] + rows))
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
        Terminal.out("tensors: " + types.sorted { $0.key < $1.key }.map { "\($0.value) \($0.key)" }.joined(separator: ", "))
    }
}

/// `banyan model remove`
struct ModelRemoveCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(commandName: "remove", abstract: "Forget a model, local or remote, and delete its copy in the data directory.")

    @Argument(help: "A model's name.")
    var name: String
    @OptionGroup var dataOptions: DataOptions

    func run() async throws {
        let store = try dataOptions.owned()
        try await ModelRegistry(store: store, clock: SystemWallClock()).remove(name)
        Terminal.out(Terminal.say("\(name) removed", "\(name) 已删除"))
        try store.close()
    }
}

/// How models are named to people.
enum ModelText {
    static func line(_ record: ModelRecord) -> String {
        "\(record.architecture), \(count(record.parameterCount)) parameters, mostly \(record.type), \(record.byteCount >> 20) MiB, context \(record.context)"
    }

    static func count(_ count: Int) -> String {
        count >= 1_000_000_000 ? String(format: "%.1f B", Double(count) / 1e9) : count >= 1_000_000 ? String(format: "%.0f M", Double(count) / 1e6) : "\(count)"
    }
}

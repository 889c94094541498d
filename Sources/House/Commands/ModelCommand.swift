import ArgumentParser
import Core
import Foundation
import Inference
import Models
import Store

/// `banyan model …`
struct ModelCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "model", abstract: "Models: import, list, show, quantize, measure, remove.",
        subcommands: [
            ModelImportCommand.self, ModelListCommand.self, ModelShowCommand.self, ModelQuantizeCommand.self, ModelBenchCommand.self, ModelRemoveCommand.self,
        ])
}

/// `banyan model import`
struct ModelImportCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "import", abstract: "Register a GGUF file under a name.",
        discussion: "The file is linked or copied into the data directory; --in-place leaves it where it is. Damaged files and unknown architectures are refused.")

    @Argument(help: "A GGUF file.")
    var file: String
    @Option(name: .long, help: "The model's name. The default is the file's name without its ending.")
    var name: String?
    @Flag(name: .long, help: "Leave the file where it is.")
    var inPlace = false
    @OptionGroup var dataOptions: DataOptions
    @OptionGroup var output: OutputOptions

    func run() async throws {
        let store = try dataOptions.owned()
        let record = try await ModelRegistry(store: store, clock: SystemWallClock()).add(file, name: name, isLeftInPlace: inPlace)
        Terminal.out(output.json ? try JSONText.of(record) : Terminal.say("\(record.name) imported: \(ModelText.line(record))", "已导入 \(record.name)：\(ModelText.line(record))"))
        try store.close()
    }
}

/// `banyan model list`
struct ModelListCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(commandName: "list", abstract: "List the models.")

    @OptionGroup var dataOptions: DataOptions
    @OptionGroup var output: OutputOptions

    func run() async throws {
        let records: [ModelRecord]
        do {
            records = try await ModelRegistry(store: try dataOptions.shared(), clock: SystemWallClock()).all()
        } catch let fault as Fault where fault.code.kind == .notFound {
            // Nobody has imported anything here yet.
            records = []
        }
        if output.json {
            Terminal.out(try JSONText.of(records))
        } else {
            Terminal.out(ModelText.table(records, in: dataOptions.data))
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
        let record = try await ModelRegistry(store: try dataOptions.shared(), clock: SystemWallClock()).record(name)
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

/// `banyan model quantize`
struct ModelQuantizeCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "quantize", abstract: "Write a smaller file of a model.", discussion: "Schemes: F16, Q8_0, Q6_K, Q4_0, Q4_K, Q4_K_M (the usual choice).")

    @Argument(help: "A GGUF file.")
    var file: String
    @Argument(help: "The file to write.")
    var out: String
    @Option(name: .long, help: "The scheme.")
    var scheme: String = "Q4_K_M"
    @OptionGroup var machine: MachineOptions
    @OptionGroup var output: OutputOptions

    private var known: ModelQuantizer.Scheme? { ModelQuantizer.Scheme.allCases.first { $0.rawValue.lowercased() == scheme.lowercased() } }

    func validate() throws {
        guard known != nil else { throw ValidationError("--scheme must be one of \(ModelQuantizer.Scheme.allCases.map(\.rawValue).joined(separator: ", "))") }
    }

    func run() async throws {
        guard let known else { return }
        let source = try GGUFFile(path: file)
        try Self.check(out, isNot: file)
        let (out, width, sink) = (out, machine.width, ProgressLine(isQuiet: output.json).sink)
        // Ctrl-C ends the work between two pieces, so that what was written beside the destination is taken away.
        let task = Task { try ModelQuantizer.quantize(from: source, to: out, scheme: known, progress: sink, width: width) }
        let interrupts = Interrupts(cancelling: { task.cancel() })
        defer { interrupts.end() }
        do { try await task.value } catch is CancellationError {
            throw Fault(.modelCancelled, Terminal.say("stopped; nothing was written to \(out)", "已停止，未写入 \(out)"))
        }
        let record = try ModelRecord(name: (out as NSString).lastPathComponent, path: out, at: SystemWallClock().now)
        Terminal.out(output.json ? try JSONText.of(record) : Terminal.say("\(out) written: ", "已写入 \(out)：") + ModelText.line(record))
    }

    /// Quantizing loses what does not come back: the source is not replaced by its smaller copy. Known before the work, not after.
    private static func check(_ out: String, isNot file: String) throws {
        func attributes(_ path: String) -> [FileAttributeKey: Any]? { try? FileManager.default.attributesOfItem(atPath: URL(fileURLWithPath: path).resolvingSymlinksInPath().path) }
        guard let target = attributes(out) else { return }
        guard target[.type] as? FileAttributeType != .typeDirectory else { throw Fault(.modelOutput, "\(out) is a folder", remedy: "name a file in it") }
        let source = attributes(file)
        guard target[.systemFileNumber] as? Int != source?[.systemFileNumber] as? Int || target[.systemNumber] as? Int != source?[.systemNumber] as? Int else {
            throw Fault(.modelOutput, "\(out) is the file to read from", remedy: "name another file to write")
        }
    }
}

/// `banyan model remove`
struct ModelRemoveCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(commandName: "remove", abstract: "Forget a model, and delete its copy in the data directory.")

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
    static func table(_ records: [ModelRecord], in directory: String) -> String {
        guard !records.isEmpty else {
            return Terminal.say("No model in \(directory) yet: `banyan model import FILE` registers one.", "\(directory) 中尚无模型：用 `banyan model import 文件` 导入。")
        }
        let heads = [("model", "模型"), ("task", "用途"), ("architecture", "架构"), ("parameters", "参数"), ("type", "类型"), ("size", "大小"), ("context", "上下文")].map { Terminal.say($0.0, $0.1) }
        return Terminal.table(
            [heads]
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

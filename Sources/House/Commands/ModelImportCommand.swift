import ArgumentParser
import Core
import Foundation
import Inference
import Models
import Store

/// `banyan model import`
struct ModelImportCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "import", abstract: "Register a model under a name.",
        discussion: """
            MODEL is a GGUF file, which is linked or copied into the data directory (--in-place leaves it where it is), or a folder in Hugging Face's layout (config.json, \
            model.safetensors or its parts, tokenizer.json), which is converted into it. --scheme quantizes on the way. Damaged models and unknown architectures are refused. \
            A GGUF adapter needs --base. Folders may hold models of the types \(ModelImporter.modelTypes.joined(separator: ", ")).
            """)

    @Argument(help: "A GGUF file, or a folder with config.json.")
    var model: String
    @Option(name: .long, help: "The model's name. The default is the file's name without its ending, or the folder's.")
    var name: String?
    @Option(name: .long, help: "Quantize to this scheme: F16, Q8_0, Q6_K, Q4_0, Q4_K, Q4_K_M. The default keeps the model's types.")
    var scheme: String?
    @Option(name: .long, help: ArgumentHelp("The model that a GGUF adapter belongs to: it is registered as BASE:NAME.", valueName: "model"))
    var base: String?
    @Flag(name: .long, help: "Leave a GGUF file where it is.")
    var inPlace = false
    @OptionGroup var dataOptions: DataOptions
    @OptionGroup var output: OutputOptions

    func validate() throws {
        guard base == nil || (scheme == nil && !inPlace) else { throw ValidationError("an adapter is neither quantized nor left in place") }
    }

    func run() async throws {
        let scheme = try scheme.map(SchemeOption.scheme)
        let store = try dataOptions.owned()
        if let base {
            let adapter = try await ModelRegistry(store: store, clock: SystemWallClock()).addAdapter(model, base: base, name: name)
            Terminal.out(output.json ? try JSONText.of(adapter) : Terminal.say("\(adapter.name) imported", "已导入 \(adapter.name)"))
            return try store.close()
        }
        let record = try await ModelRegistry(store: store, clock: SystemWallClock()).add(
            model, name: name, isLeftInPlace: inPlace, scheme: scheme, width: ProcessInfo.processInfo.activeProcessorCount, progress: ProgressLine(isQuiet: output.json).sink)
        Terminal.out(output.json ? try JSONText.of(record) : Terminal.say("\(record.name) imported: \(ModelText.line(record))", "已导入 \(record.name)：\(ModelText.line(record))"))
        try store.close()
    }
}

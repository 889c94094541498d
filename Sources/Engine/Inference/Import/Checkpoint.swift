import Core
import Foundation

/// A model as training frameworks publish it: a folder with `config.json`, safetensors and the files of its tokenizer.
///
/// Names of tensors lose the prefixes that only say in which class a network was wrapped, so that families know one spelling.
struct Checkpoint {
    /// Settings and templates; real ones take kilobytes.
    private static let settingsByteCountMax = 16 << 20
    /// Vocabularies with merges: the largest take about 35 MB.
    private static let tokenizerByteCountMax = 256 << 20

    let path: String
    let config: CheckpointConfig
    let weights: SafetensorsFolder
    /// The tensors by the name that families know, with the name in the files.
    let tensors: [String: (name: String, info: SafetensorsFile.Tensor)]

    /// Opens a folder; no tensor is read.
    ///
    /// - Throws: `core.file` for a missing file, `inference.model-damaged` for a malformed one.
    init(path: String) throws {
        self.path = path
        guard let json = try Self.json(path, "config.json") else {
            throw Fault(.file, "\(path) has no config.json", remedy: "give the folder of a model in Hugging Face's layout, or a GGUF file")
        }
        config = try CheckpointConfig(json)
        let files = FileManager.default
        guard files.fileExists(atPath: path + "/model.safetensors") || files.fileExists(atPath: path + "/model.safetensors.index.json") else {
            throw Fault(
                .file, "\(path) has neither model.safetensors nor model.safetensors.index.json",
                remedy: "get the model in safetensors; pickled weights (pytorch_model.bin) are programs and are not read")
        }
        weights = try SafetensorsFolder(path: path)
        var tensors: [String: (name: String, info: SafetensorsFile.Tensor)] = [:]
        for (name, info) in weights.tensors {
            let plain = Self.plainName(name)
            guard tensors.updateValue((name, info), forKey: plain) == nil else {
                throw SafetensorsFile.damaged(path, "two tensors are called \(GGUFReader.quoted(plain)) without their wrappers")
            }
        }
        self.tensors = tensors
    }

    /// The name without wrappers: `model.layers…`, `embeddings…`, `encoder…`.
    private static func plainName(_ name: String) -> String {
        var name = name
        for prefix in ["bert.", "roberta.", "nomic_bert."] where name.hasPrefix(prefix) { name.removeFirst(prefix.count) }
        if name.hasPrefix("model.language_model.") { name = "model." + name.dropFirst("model.language_model.".count) }
        if name.hasPrefix("language_model.") { name.removeFirst("language_model.".count) }
        // A network that was saved without its head.
        if ["layers.", "embed_tokens.", "norm."].contains(where: name.hasPrefix) { name = "model." + name }
        // The first BERT was written for TensorFlow.
        if name.hasSuffix(".gamma") { name = name.dropLast(5) + "weight" }
        if name.hasSuffix(".beta") { name = name.dropLast(4) + "bias" }
        return name
    }

    /// A file of settings; nil when it is not there. Objects under `vocab` become flat lists; see ``JSONValue/init(parsing:depthMax:listing:)``.
    static func json(_ folder: String, _ name: String) throws -> JSONValue? {
        guard let text = try text(folder, name, byteCountMax: name == "tokenizer.json" ? tokenizerByteCountMax : settingsByteCountMax) else { return nil }
        do {
            let json = try JSONValue(parsing: text, depthMax: 64, listing: ["vocab"])
            guard json.object != nil || json.array != nil else { throw SafetensorsFile.damaged(folder + "/" + name, "it holds no JSON object") }
            return json
        } catch let fault as Fault where fault.code == .json {
            throw SafetensorsFile.damaged(folder + "/" + name, fault.message, cause: fault)
        }
    }

    /// A text file; nil when it is not there.
    static func text(_ folder: String, _ name: String, byteCountMax: Int = settingsByteCountMax) throws -> String? {
        let path = folder + "/" + name
        guard FileManager.default.fileExists(atPath: path) else { return nil }
        let file = try MappedFile(path: path)
        guard file.byteCount <= byteCountMax else { throw SafetensorsFile.damaged(path, "it has \(file.byteCount) bytes; \(byteCountMax) is the limit") }
        guard let bytes = file.bytes(at: 0, count: file.byteCount), let text = String(validating: bytes, as: UTF8.self) else {
            throw SafetensorsFile.damaged(path, "it is not UTF-8")
        }
        return text
    }
}

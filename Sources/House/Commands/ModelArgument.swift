import ArgumentParser
import Core
import Foundation
import Inference
import Models

/// A model on the command line: a registered name, or a GGUF file.
struct ModelArgument: ParsableArguments {
    @Argument(help: "A model's name, or a GGUF file.")
    var model: String
    @OptionGroup var dataOptions: DataOptions

    /// What is known of the model.
    func record() async throws -> ModelRecord {
        if FileManager.default.fileExists(atPath: model) {
            return try ModelRecord(name: (model as NSString).lastPathComponent, path: model, at: SystemWallClock().now)
        }
        return try await ModelRegistry(store: try dataOptions.shared(), clock: SystemWallClock()).record(model)
    }
}

/// Text from a file, or from standard input for `-`.
enum TextInput {
    /// More than any text that is measured at once.
    private static let byteCountMax = 1 << 30

    /// - Throws: `core.file`, or `core.text` when it is not UTF-8.
    static func read(_ path: String) throws -> String {
        let bytes: [UInt8]
        if path == "-" {
            bytes = Array(FileHandle.standardInput.readDataToEndOfFile())
        } else {
            guard let data = try? Data(contentsOf: URL(fileURLWithPath: path), options: .mappedIfSafe) else {
                throw Fault(.file, "cannot read \(path)", remedy: "check that it exists and that you may read it")
            }
            bytes = Array(data)
        }
        guard bytes.count <= byteCountMax, let text = String(validating: bytes, as: UTF8.self) else {
            throw Fault(.modelText, "the text is not UTF-8, or longer than \(byteCountMax) bytes", remedy: "convert it to UTF-8, or cut it")
        }
        return text
    }
}

extension Fault.Code {
    /// A text for a model cannot be read as one.
    static let modelText = Fault.Code("commands.text", .input)
}

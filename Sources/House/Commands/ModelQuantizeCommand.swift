import ArgumentParser
import Core
import Foundation
import Inference
import Models

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

    func run() async throws {
        let known = try SchemeOption.scheme(scheme)
        let source = try GGUFFile(path: file)
        try ModelQuantizer.quantize(from: source, to: out, scheme: known, progress: ProgressLine(isQuiet: false).sink, width: machine.width)
        let record = try ModelRecord(name: (out as NSString).lastPathComponent, path: out, at: SystemWallClock().now)
        Terminal.out(ModelText.line(record))
    }
}

/// The names of quantization schemes on the command line.
enum SchemeOption {
    /// The scheme of a name, whatever its case.
    static func scheme(_ name: String) throws -> ModelQuantizer.Scheme {
        guard let known = ModelQuantizer.Scheme.allCases.first(where: { $0.rawValue.lowercased() == name.lowercased() }) else {
            throw ValidationError("--scheme must be one of \(ModelQuantizer.Scheme.allCases.map(\.rawValue).joined(separator: ", "))")
        }
        return known
    }
}

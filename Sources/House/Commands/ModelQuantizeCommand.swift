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
    @OptionGroup var output: OutputOptions

    func validate() throws { _ = try SchemeOption.scheme(scheme) }

    func run() async throws {
        let known = try SchemeOption.scheme(scheme)
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

import ArgumentParser
import Core
import Foundation
import Inference
import Models

/// `banyan model merge`
struct ModelMergeCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "merge", abstract: "Write one file of a model and an adapter.",
        discussion: """
            Tensors keep their types. Into 4 bits much of what an adapter adds is lost: merge into the F16 file and quantize the result (`banyan model quantize`), or serve the adapter beside its model instead.
            """)

    @OptionGroup var model: ModelArgument
    @Option(name: .long, help: ArgumentHelp("A GGUF adapter.", valueName: "file"))
    var adapter: String
    @Option(name: .long, help: ArgumentHelp("The file to write.", valueName: "file"))
    var out: String
    @OptionGroup var output: OutputOptions

    func run() async throws {
        let source = try await model.record().path
        guard URL(fileURLWithPath: source).resolvingSymlinksInPath().path != URL(fileURLWithPath: out).resolvingSymlinksInPath().path else {
            throw Fault(.modelOutput, "\(out) is the file to read from", remedy: "name another file to write")
        }
        let (out, file, added, sink) = (out, try GGUFFile(path: source), try Adapter(path: adapter), ProgressLine(isQuiet: output.json).sink)
        // Ctrl-C ends the work between two tensors, so that what was written beside the destination is taken away.
        let task = Task { try ModelMerger.merge(added, into: file, to: out, progress: sink) }
        let interrupts = Interrupts(cancelling: { task.cancel() })
        defer { interrupts.end() }
        do { try await task.value } catch is CancellationError {
            throw Fault(.modelCancelled, Terminal.say("stopped; nothing was written to \(out)", "已停止，未写入 \(out)"))
        }
        let record = try ModelRecord(name: (out as NSString).lastPathComponent, path: out, at: SystemWallClock().now)
        Terminal.out(output.json ? try JSONText.of(record) : Terminal.say("\(out) written: ", "已写入 \(out)：") + ModelText.line(record))
    }
}

import ArgumentParser
import Core
import Foundation
import Inference
import Kernels
import Tensors
import Tuning

/// `banyan tune classify`
struct TuneClassifyCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "classify", abstract: "Give texts labels with a classifier that was trained here.",
        discussion: "One text a line. The output is the label, or with --json an object a line: the label and its probability.")

    @Option(name: .long, help: ArgumentHelp("A model of `banyan tune classifier` or `banyan tune continual`.", valueName: "file"))
    var model: String
    @Argument(help: "A file of texts, or - for standard input.")
    var file: String = "-"
    @Option(name: .long, help: ArgumentHelp("Which of the model's questions to answer. The default is the first.", valueName: "name"))
    var task: String?
    @Option(name: .long, help: "Threads of a computation. The default is one a core.")
    var threads: Int?
    @OptionGroup var output: OutputOptions

    func validate() throws {
        if let threads, !(1...64).contains(threads) { throw ValidationError("--threads must be 1 to 64") }
    }

    func run() async throws {
        let workspace = Workspace(pool: try ThreadPool(width: threads ?? max(1, ProcessInfo.processInfo.activeProcessorCount)))
        let source = try SafetensorsFile(path: model)
        let network = try AdapterStack.isStack(source) ? AdapterStack(file: source, in: workspace).merged() : TextClassifier(file: source, in: workspace)
        let heads = network.shape.heads
        guard let head = task.map({ name in heads.firstIndex { $0.name == name } }) ?? 0 else {
            throw Fault(.tuningTask, "the model has no task of that name", remedy: "it has: \(heads.map(\.name).joined(separator: ", "))")
        }
        var lines = try TextInput.read(file).components(separatedBy: "\n")
        if lines.last == "" { lines.removeLast() }
        for answer in try network.classify(lines, head: head) {
            let label = heads[head].labels[answer.label]
            Terminal.out(output.json ? JSONValue.object(["label": .string(label), "probability": .double(Double(answer.probability))]).text : label)
        }
    }
}

extension Fault.Code {
    /// A model does not answer the question that was named.
    static let tuningTask = Fault.Code("tuning.task", .notFound)
}

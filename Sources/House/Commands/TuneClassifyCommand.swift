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
        commandName: "classify", abstract: "Use a model that was trained here on texts, sounds or rows of tables.",
        discussion: "A file has one text a line, or is a sound (WAV), or a table with a header, as the model needs. The output is a line each: the answer, or with --json an object with its probability.")

    @Option(name: .long, help: ArgumentHelp("A model of `banyan tune` classifier, continual, audio or tabular.", valueName: "file"))
    var model: String
    @Argument(help: "Files to answer for; - is standard input, for texts.")
    var files: [String] = ["-"]
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
        switch source.metadata["banyan.model"] {
        case AudioClassifier.kind: try sounds(AudioClassifier(file: source, in: workspace))
        case TableNetwork.kind: try rows(TableNetwork(file: source, in: workspace))
        default: try texts(AdapterStack.isStack(source) ? AdapterStack(file: source, in: workspace).merged() : TextClassifier(file: source, in: workspace))
        }
    }

    private func texts(_ network: TextClassifier) throws {
        let heads = network.shape.heads
        guard let head = task.map({ name in heads.firstIndex { $0.name == name } }) ?? 0 else {
            throw Fault(.tuningTask, "the model has no task of that name", remedy: "it has: \(heads.map(\.name).joined(separator: ", "))")
        }
        for file in files {
            var lines = try TextInput.read(file).components(separatedBy: "\n")
            if lines.last == "" { lines.removeLast() }
            for answer in try network.classify(lines, head: head) { show(heads[head].labels[answer.label], answer.probability) }
        }
    }

    private func sounds(_ network: AudioClassifier) throws {
        for file in files {
            let answer = try network.classify(WaveFile(try FileTree.read(file, byteCountMax: 1 << 30), name: file))
            show(answer.label, answer.probability)
        }
    }

    private func rows(_ network: TableNetwork) throws {
        for file in files {
            let table = try DelimitedText(path: file)
            for answer in try network.answers(network.schema.questions(table.rows, of: table)) {
                switch answer {
                case .label(let label, let probability): show(label, probability)
                case .number(let value): Terminal.out(output.json ? JSONValue.object(["value": .double(value)]).text : "\(value)")
                }
            }
        }
    }

    private func show(_ label: String, _ probability: Float) {
        Terminal.out(output.json ? JSONValue.object(["label": .string(label), "probability": .double(Double(probability))]).text : label)
    }
}

extension Fault.Code {
    /// A model does not answer the question that was named.
    static let tuningTask = Fault.Code("tuning.task", .notFound)
}

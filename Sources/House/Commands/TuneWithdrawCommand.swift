import ArgumentParser
import Core
import Inference
import Kernels
import Tensors
import Tuning

/// `banyan tune withdraw`
struct TuneWithdrawCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "withdraw", abstract: "Take away what a source taught a classifier with adapters.",
        discussion: "The model that is written is the one that would be there if the source had never been learned from.")

    @Option(name: .long, help: ArgumentHelp("A model of `banyan tune continual --method adapters`.", valueName: "file"))
    var model: String
    @Option(name: .long, help: ArgumentHelp("The task whose source is withdrawn.", valueName: "name"))
    var source: String
    @Option(name: .long, help: ArgumentHelp("The model to write; it may be the same file.", valueName: "file"))
    var out: String

    func run() async throws {
        let workspace = Workspace(pool: try ThreadPool(width: 1))
        var stack = try AdapterStack(file: SafetensorsFile(path: model), in: workspace)
        try stack.withdraw(source)
        try stack.write(to: out)
        Terminal.out(Terminal.say("\(stack.adapters.count) sources remain", "剩余 \(stack.adapters.count) 个来源"))
    }
}

import ArgumentParser
import Core
import Foundation
import Inference
import Kernels
import Models
import Store
import Traffic

extension KeyValueLayer.Format: ExpressibleByArgument {}

/// How much of the machine models may use.
struct MachineOptions: ParsableArguments {
    @Option(name: .long, help: "Threads of a computation. The default is one a core.")
    var threads: Int?
    @Option(name: .long, help: ArgumentHelp("Memory for models in MiB. The default is half of the machine's.", valueName: "mib"))
    var memory: Int?
    @Option(name: .long, help: ArgumentHelp("Tokens of the longest conversation.", valueName: "tokens"))
    var context: Int = 4096
    @Option(name: .long, help: "Answers under way at once, a model.")
    var slots: Int = 8
    @Option(name: .long, help: ArgumentHelp("The most tokens guessed from earlier text and checked at once; 0 for none. The answer is the same. The default is 8, of a measurement 0.", valueName: "tokens"))
    var speculate: Int?
    @Option(name: .long, help: ArgumentHelp("How keys and values are held: f16, or q8 for about half the memory and slightly other answers.", valueName: "format"))
    var kv: KeyValueLayer.Format = .f16

    func validate() throws {
        if let threads, !(1...64).contains(threads) { throw ValidationError("--threads must be 1 to 64") }
        if let memory, memory < 1 { throw ValidationError("--memory must be positive") }
        guard (16...1_048_576).contains(context) else { throw ValidationError("--context must be 16 to 1048576") }
        guard (1...256).contains(slots) else { throw ValidationError("--slots must be 1 to 256") }
        if let speculate, !(0...GenerationRequest.speculationMax).contains(speculate) { throw ValidationError("--speculate must be 0 to \(GenerationRequest.speculationMax)") }
    }

    /// Threads to compute with.
    var width: Int { threads ?? max(1, ProcessInfo.processInfo.activeProcessorCount) }

    /// Tokens that answers guess at once.
    var speculation: Int { speculate ?? GenerationRequest.speculationDefault }

    var limits: ModelHost.Limits {
        let bytes = memory.map { $0 << 20 } ?? Int(ProcessInfo.processInfo.physicalMemory / 2)
        return .init(byteCountMax: bytes, threads: width, context: context, slotCount: slots, speculation: speculation, keysAndValues: kv)
    }

    /// A language model outside a registry, for one command.
    func chat(_ record: ModelRecord) async throws -> ChatModel {
        guard record.task == .chat else { throw Fault(.modelTask, "\(record.name) is an encoder: it embeds and does not answer", remedy: "choose a language model") }
        return try ChatModel(record: record, pool: try ThreadPool(width: width), context: context, slotCount: 1, speculation: speculation, keysAndValues: kv, clock: SystemWallClock())
    }

    func host(in store: Store) throws -> ModelHost {
        try ModelHost(registry: ModelRegistry(store: store, clock: SystemWallClock()), limits: limits, clock: SystemWallClock(), bundled: BundledEmbedding.encoder, transport: HTTPClient())
    }
}

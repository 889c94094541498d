import ArgumentParser
import Core
import Inference
import Kernels

/// `banyan model bench`
struct ModelBenchCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "bench", abstract: "Measure a model's speed, beside the memory's.",
        discussion: "Prefill is the reading of a prompt, decode the writing of an answer; decode cannot pass the memory's bandwidth divided by the weights' bytes.")

    @Argument(help: "A GGUF file.")
    var file: String
    @Option(name: .long, help: "Tokens of the prompt.")
    var prompt: Int = 512
    @Option(name: .long, help: "Tokens of the answer.")
    var answer: Int = 128
    @Option(name: .long, help: "Answers at once.")
    var parallel: Int = 1
    @Option(name: .long, help: "Repetitions; the median is reported.")
    var rounds: Int = 3
    @OptionGroup var machine: MachineOptions
    @OptionGroup var output: OutputOptions

    func validate() throws {
        guard (1...100_000).contains(prompt), (1...100_000).contains(answer) else { throw ValidationError("--prompt and --answer must be 1 to 100000") }
        guard (1...256).contains(parallel), (1...100).contains(rounds) else { throw ValidationError("--parallel must be 1 to 256, --rounds 1 to 100") }
    }

    func run() async throws {
        let pool = try ThreadPool(width: machine.width)
        let model = try DecoderModel(file: try GGUFFile(path: file), pool: pool, contextLimit: prompt + answer + 1)
        let (weights, vocabulary) = (model.weightByteCount, model.vocabularyCount)
        let generator = try Generator(model: model, slotCount: parallel, cacheTokens: parallel * (prompt + answer + 128), keysAndValues: machine.kv)
        var prefills: [Double] = []
        var decodes: [Double] = []
        let counter = ProgressCounter(phase: "rounds", total: rounds, sink: ProgressLine(isQuiet: output.json).sink)
        for round in 0..<rounds {
            defer { counter.step() }
            let result = try await measure(generator, vocabulary: vocabulary, round: round)
            prefills.append(result.prefill)
            decodes.append(result.decode)
        }
        let (prefill, decode) = (prefills.sorted()[rounds / 2], decodes.sorted()[rounds / 2])
        let bandwidth = try bandwidth(pool)
        if output.json {
            let json: JSONValue = [
                "file": .string(file), "threads": .int(machine.width), "instruction_set": .string(InstructionSet.best.rawValue), "prompt": .int(prompt), "answer": .int(answer),
                "parallel": .int(parallel), "prefill_tokens_per_second": .double(prefill), "decode_tokens_per_second": .double(decode), "weight_bytes": .int(weights),
                "keys_and_values": .string(machine.kv.rawValue), "read_bandwidth": .double(bandwidth),
            ]
            Terminal.out(json.prettyText)
            return
        }
        let share = decode / Double(parallel) * Double(weights) / bandwidth * 100
        Terminal.out(
            Terminal.table([
                [Terminal.say("prefill", "预填充") + " \(prompt)", Terminal.rounded(prefill, 1), Terminal.say("tokens/s", "词元/秒")], [Terminal.say("decode", "解码") + " \(answer)" + (parallel > 1 ? " x \(parallel)" : ""), Terminal.rounded(decode, 1), Terminal.say("tokens/s", "词元/秒")],
                [
                    Terminal.say("memory", "内存带宽"), Terminal.rounded(bandwidth / 1e9, 1),
                    Terminal.say("GB/s read by \(machine.width) threads (\(InstructionSet.best.rawValue))", "GB/s，\(machine.width) 个线程读取（\(InstructionSet.best.rawValue)）"),
                ],
                [Terminal.say("decode uses", "解码占用"), Terminal.rounded(share, 0), Terminal.say("% of it", "%")],
            ]))
    }

    private func measure(_ generator: Generator, vocabulary: Int, round: Int) async throws -> (prefill: Double, decode: Double) {
        let clock = ContinuousClock()
        let start = clock.now
        let (prompt, answer, speculation) = (prompt, answer, machine.speculate ?? 0)
        let costs = try await mapBounded(Array(0..<parallel), width: parallel) { index in
            // Prompts differ from their first token on, so that no beginning is shared.
            var random = SeededRandom(seed: UInt64(round * 1000 + index))
            var request = GenerationRequest(prompt: (0..<prompt).map { _ in Int32.random(in: 0..<Int32(vocabulary), using: &random) }, tokenCountMax: answer + 1)
            request.sampling.temperature = 0
            // Random prompts are answered in loops, which guesses would flatter.
            request.speculation = speculation
            for try await event in try generator.generate(request) { if case .finished(_, let cost) = event { return cost } }
            return GenerationStatistics()
        }
        let elapsed = (clock.now - start).components
        let total = Double(elapsed.seconds) + Double(elapsed.attoseconds) / 1e18
        let first = costs.map(\.secondsToFirstToken).max() ?? 0
        return (Double(prompt * parallel) / first, Double(answer * parallel) / max(1e-9, total - first))
    }

    private func bandwidth(_ pool: ThreadPool) throws -> Double {
        let memory = try AlignedMemory(byteCount: 512 << 20)
        return VectorMath.readBandwidth(of: memory, pool: pool)
    }
}

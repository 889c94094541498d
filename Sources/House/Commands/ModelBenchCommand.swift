import ArgumentParser
import Core
import Inference
import Kernels

/// `banyan model bench`
struct ModelBenchCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "bench", abstract: "Measure a model's speed, beside the memory's.",
        discussion: """
            Prefill is the reading of a prompt, decode the writing of an answer. Decode cannot pass the memory's bandwidth divided by the weights' bytes; prefill of a quantized model cannot
            pass the rate of byte products divided by two for each weight. Both limits are measured beside.
            """)

    @Argument(help: "A GGUF file.")
    var file: String
    @Option(name: .long, help: "Tokens of the prompt.")
    var prompt: Int = 512
    @Option(name: .long, help: "Tokens of the answer.")
    var answer: Int = 128
    @Option(name: .long, help: "Tokens before the answer when its speed is measured.")
    var depth: Int = 1
    @Option(name: .long, help: "Answers at once.")
    var parallel: Int = 1
    @Option(name: .long, help: "Repetitions; the median is reported.")
    var rounds: Int = 3
    @OptionGroup var machine: MachineOptions
    @OptionGroup var output: OutputOptions

    func validate() throws {
        guard (1...100_000).contains(prompt), (1...100_000).contains(answer), (1...prompt).contains(depth) else {
            throw ValidationError("--prompt and --answer must be 1 to 100000, --depth 1 to --prompt")
        }
        guard (1...256).contains(parallel), (1...100).contains(rounds) else { throw ValidationError("--parallel must be 1 to 256, --rounds 1 to 100") }
    }

    func run() async throws {
        let pool = try ThreadPool(width: machine.width)
        let model = try DecoderModel(file: try GGUFFile(path: file), pool: pool, contextLimit: prompt + answer + 1)
        let (weights, products, vocabulary) = (model.weightByteCount, model.productCount, model.vocabularyCount)
        let generator = try Generator(model: model, slotCount: parallel, cacheTokens: parallel * (prompt + answer + 128), keysAndValues: machine.kv)
        // The limits are measured between the rounds, because a shared machine's change from minute to minute.
        var (prefills, decodes, bandwidths, rates): ([Double], [Double], [Double], [Double]) = ([], [], [], [])
        let counter = ProgressCounter(phase: "rounds", total: rounds, sink: ProgressLine(isQuiet: output.json).sink)
        for round in 0..<rounds {
            defer { counter.step() }
            bandwidths.append(try VectorMath.readBandwidth(pool: pool))
            rates.append(VectorMath.byteProductRate(pool: pool))
            prefills.append(try await prefill(generator, vocabulary: vocabulary, seed: round * 1000))
            decodes.append(try await decode(generator, vocabulary: vocabulary, seed: round * 1000 + 500))
        }
        func median(_ values: [Double]) -> Double { values.sorted()[values.count / 2] }
        report(
            Result(
                prefill: median(prefills), decode: median(decodes), bandwidth: median(bandwidths), productRate: median(rates), weightByteCount: weights,
                productCount: products))
    }

    private struct Result {
        var prefill: Double
        var decode: Double
        var bandwidth: Double
        var productRate: Double
        var weightByteCount: Int
        var productCount: Int
    }

    private func report(_ result: Result) {
        // A step of decoding reads the weights once, for all answers.
        let decodeShare = result.decode / Double(parallel) * Double(result.weightByteCount) / result.bandwidth
        let prefillShare = result.prefill * 2 * Double(result.productCount) / result.productRate
        if output.json {
            let json: JSONValue = [
                "file": .string(file), "threads": .int(machine.width), "instruction_set": .string(InstructionSet.best.rawValue), "prompt": .int(prompt), "answer": .int(answer),
                "depth": .int(depth), "parallel": .int(parallel), "keys_and_values": .string(machine.kv.rawValue), "prefill_tokens_per_second": .double(result.prefill), "decode_tokens_per_second": .double(result.decode),
                "weight_bytes": .int(result.weightByteCount), "read_bandwidth": .double(result.bandwidth), "byte_product_rate": .double(result.productRate),
                "decode_share_of_bandwidth": .double(decodeShare), "prefill_share_of_byte_products": .double(prefillShare),
            ]
            Terminal.out(json.prettyText)
            return
        }
        let threads = Terminal.say("by \(machine.width) threads (\(InstructionSet.best.rawValue))", "\(machine.width) 线程（\(InstructionSet.best.rawValue)）")
        Terminal.out(
            Terminal.table([
                [Terminal.say("prefill \(prompt)", "预填充 \(prompt)"), Terminal.rounded(result.prefill, 1), Terminal.say("tokens/s", "词元/秒")],
                [Terminal.say("decode \(answer)", "解码 \(answer)") + (parallel > 1 ? " x \(parallel)" : ""), Terminal.rounded(result.decode, 1), Terminal.say("tokens/s", "词元/秒")],
                [Terminal.say("memory", "内存读取"), Terminal.rounded(result.bandwidth / 1e9, 1), "GB/s, " + threads],
                [Terminal.say("byte products", "字节乘加"), Terminal.rounded(result.productRate / 1e9, 0), "GOP/s, " + threads],
                [Terminal.say("decode uses", "解码占内存带宽"), Terminal.rounded(decodeShare * 100, 0), "%"],
                [Terminal.say("prefill uses", "预填充占乘加上限"), Terminal.rounded(prefillShare * 100, 0), "%"],
            ]))
    }

    /// Tokens of a prompt computed a second.
    private func prefill(_ generator: Generator, vocabulary: Int, seed: Int) async throws -> Double {
        let costs = try await run(generator, prompt: prompt, answer: 1, vocabulary: vocabulary, seed: seed).map(\.cost)
        return Double(prompt * parallel) / (costs.map(\.secondsToFirstToken).max() ?? 1)
    }

    /// Tokens written a second, all answers together, from the moment when each has its first to the moment when the first is complete: then all are at work.
    private func decode(_ generator: Generator, vocabulary: Int, seed: Int) async throws -> Double {
        let runs = try await run(generator, prompt: max(1, depth), answer: answer + 1, vocabulary: vocabulary, seed: seed)
        guard let start = runs.compactMap(\.times.first).max(), let end = runs.compactMap(\.times.last).min(), end > start else { return 0 }
        let count = runs.reduce(0) { $0 + $1.times.count { $0 > start && $0 <= end } }
        return Double(count) / Terminal.seconds(end - start)
    }

    private struct Run: Sendable {
        var cost = GenerationStatistics()
        var times: [ContinuousClock.Instant] = []
    }

    private func run(_ generator: Generator, prompt: Int, answer: Int, vocabulary: Int, seed: Int) async throws -> [Run] {
        let speculation = machine.speculate ?? 0
        return try await mapBounded(Array(0..<parallel), width: parallel) { index in
            // Prompts differ from their first token on, so that no beginning is shared.
            var random = SeededRandom(seed: UInt64(seed + index))
            var request = GenerationRequest(prompt: (0..<prompt).map { _ in Int32.random(in: 0..<Int32(vocabulary), using: &random) }, tokenCountMax: answer)
            request.sampling.temperature = 0
            // Random prompts are answered in loops, which guesses would flatter.
            request.speculation = speculation
            var run = Run()
            for try await event in try generator.generate(request) {
                switch event {
                case .token: run.times.append(.now)
                case .finished(_, let cost): run.cost = cost
                }
            }
            return run
        }
    }
}

import ArgumentParser
import Core
import Foundation
import Store
import Workflows

/// `banyan model price`
struct ModelPriceCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "price", abstract: "Say what tokens of a model cost, or list what was said.",
        discussion: "Costs of runs are shown at the prices of now. A model without a price costs nothing: it runs on this machine.")

    @Argument(help: "The name of a model, as steps report it. Without it prices are listed.")
    var model: String?
    @Option(name: .long, help: ArgumentHelp("The price of a million tokens read.", valueName: "amount"))
    var read: Double?
    @Option(name: .long, help: ArgumentHelp("The price of a million tokens written.", valueName: "amount"))
    var written: Double?
    @Option(name: .long, help: "The currency.")
    var currency: String = "CNY"
    @Flag(name: .long, help: "Forget the model's price.")
    var off = false
    @OptionGroup var dataOptions: DataOptions
    @OptionGroup var output: OutputOptions

    func validate() throws {
        guard model != nil || (read == nil && written == nil && !off) else { throw ValidationError("name the model") }
        guard !off || (read == nil && written == nil) else { throw ValidationError("--off goes with no price") }
        guard model == nil || off || (read != nil && written != nil) else { throw ValidationError("give --read and --written, or --off") }
    }

    func run() async throws {
        if let model {
            let price = off ? nil : try TokenPrice(read: read ?? 0, written: written ?? 0, currency: currency)
            let store = try dataOptions.owned()
            try await ModelPrices.set(price, of: model, in: store)
            try store.close()
            return
        }
        let prices = try await ModelPrices.read(from: try dataOptions.shared()).byModel.sorted { $0.key < $1.key }
        if output.json {
            Terminal.out(JSONValue.array(prices.map { ["model": .string($0), "read": .double(Double($1.read) / 1e6), "written": .double(Double($1.written) / 1e6), "currency": .string($1.currency)] }).prettyText)
        } else {
            Terminal.out(Terminal.table([["model", "read", "written", "currency"]] + prices.map { [$0, "\(Double($1.read) / 1e6)", "\(Double($1.written) / 1e6)", $1.currency] }))
        }
    }
}

/// What models read and wrote, as people and programs read it.
enum UsageText {
    static let heads = ["model", "read", "written", "cost"]

    static func json(_ usages: [StepUsage], _ prices: ModelPrices) -> JSONValue {
        [
            "models": .array(usages.map { ["model": .string($0.model), "tokensRead": .int($0.tokensRead), "tokensWritten": .int($0.tokensWritten), "milliseconds": .double($0.milliseconds)] }),
            "costs": .array(prices.costs(of: usages).map { ["currency": .string($0.currency), "amount": .double($0.value)] }),
        ]
    }

    static func cells(_ usage: StepUsage?, _ prices: ModelPrices) -> [String] {
        guard let usage else { return ["", "", "", ""] }
        return [usage.model, "\(usage.tokensRead)", "\(usage.tokensWritten)", prices.costs(of: [usage]).map(\.text).joined(separator: " ")]
    }

    /// Sums of a run, one line a model.
    static func lines(_ usages: [StepUsage], _ prices: ModelPrices) -> [String] {
        usages.map { usage in
            let cost = prices.costs(of: [usage]).map(\.text).joined(separator: " "), seconds = String(format: "%.1f", usage.milliseconds / 1000)
            return Terminal.say(
                "\(usage.model): \(usage.tokensRead) tokens read, \(usage.tokensWritten) written, \(seconds) s" + (cost.isEmpty ? "" : ", \(cost)"),
                "\(usage.model)：读取 \(usage.tokensRead) 个词元，生成 \(usage.tokensWritten) 个，\(seconds) 秒" + (cost.isEmpty ? "" : "，\(cost)"))
        }
    }
}

import Core
import Store

/// What a model read and wrote for a step. Numbers and the model's name; nothing of what was said.
public struct StepUsage: Sendable, Codable, Hashable {
    public var model: String
    public var tokensRead: Int
    public var tokensWritten: Int
    /// Of computing.
    public var milliseconds: Double
    /// Of the answer's tokens in their order, so that a replay can tell that they are the same; nil when nobody has it. It tells nothing of the text.
    public var fingerprint: String?

    /// The longest name that is kept.
    static let nameByteCountMax = 200

    public init(model: String, tokensRead: Int, tokensWritten: Int, milliseconds: Double, fingerprint: String? = nil) {
        self.fingerprint = fingerprint.map { String($0.prefix(64)) }
        self.model = String(decoding: model.utf8.prefix(Self.nameByteCountMax), as: UTF8.self)
        (self.tokensRead, self.tokensWritten, self.milliseconds) = (max(0, tokensRead), max(0, tokensWritten), max(0, milliseconds))
    }

    /// As it was journaled.
    public init(journaled json: JSONValue) { self.init(json: json) }

    /// As it is journaled.
    public var json: JSONValue {
        var json: JSONValue = ["model": .string(model), "read": .int(tokensRead), "written": .int(tokensWritten), "milliseconds": .double(milliseconds)]
        if let fingerprint { json["fingerprint"] = .string(fingerprint) }
        return json
    }

    init(json: JSONValue) {
        self.init(model: json["model"]?.string ?? "", tokensRead: json["read"]?.int ?? 0, tokensWritten: json["written"]?.int ?? 0, milliseconds: json["milliseconds"]?.double ?? 0,
            fingerprint: json["fingerprint"]?.string)
    }

    static func + (one: StepUsage, other: StepUsage) -> StepUsage {
        StepUsage(
            model: one.model, tokensRead: one.tokensRead.addingReportingOverflow(other.tokensRead).partialValue, tokensWritten: one.tokensWritten.addingReportingOverflow(other.tokensWritten).partialValue,
            milliseconds: one.milliseconds + other.milliseconds)
    }

    /// Sums by model, in the order of names.
    public static func sums(of usages: some Sequence<StepUsage>) -> [StepUsage] {
        usages.reduce(into: [String: StepUsage]()) { sums, usage in sums[usage.model] = sums[usage.model].map { $0 + usage } ?? usage }.values.sorted { $0.model < $1.model }
    }
}

/// What tokens of a model cost, as a person has set it. Millionths of the currency for a million tokens, so that sums are exact.
public struct TokenPrice: Sendable, Codable, Hashable {
    /// For a million tokens read, in millionths of the currency.
    public let read: Int
    public let written: Int
    /// CNY, USD: any word of at most 12 letters.
    public let currency: String

    /// The highest price of a million tokens.
    static let priceMax = 1_000_000.0

    /// - Parameters: prices of a million tokens in whole units of the currency.
    /// - Throws: `workflows.price`.
    public init(read: Double, written: Double, currency: String) throws {
        guard (0...Self.priceMax).contains(read), (0...Self.priceMax).contains(written) else {
            throw Fault(.workflowPrice, "a price of a million tokens must be from 0 to a million", remedy: "correct it")
        }
        guard (1...12).contains(currency.utf8.count), currency.utf8.allSatisfy({ (65...90).contains($0) || (97...122).contains($0) }) else {
            throw Fault(.workflowPrice, "a currency is a word of at most 12 letters", remedy: "write CNY, say")
        }
        (self.read, self.written, self.currency) = (Int((read * 1e6).rounded()), Int((written * 1e6).rounded()), currency)
    }
}

/// An amount of one currency, in its millionths of a millionth.
public struct Cost: Sendable, Hashable {
    public let currency: String
    public var amount: Int

    /// In whole units.
    public var value: Double { Double(amount) / 1e12 }
    /// `0.001234 CNY`
    public var text: String {
        // Half a millionth rounds up; `amount` is never negative.
        let millionths = amount / 1_000_000 + (amount % 1_000_000 >= 500_000 ? 1 : 0)
        let digits = String(millionths % 1_000_000)
        return "\(millionths / 1_000_000).\(String(repeating: "0", count: 6 - digits.count))\(digits) \(currency)"
    }
}

/// Prices by model. A model without one costs nothing: it runs here.
public struct ModelPrices: Sendable, Hashable {
    /// Models with a price.
    public static let countMax = 1_000
    private static let records = RecordCollection<TokenPrice>("model-prices")
    public var byModel: [String: TokenPrice]

    public init(_ byModel: [String: TokenPrice] = [:]) { self.byModel = byModel }

    /// Those that people have set.
    public static func read(from store: Store) async throws -> ModelPrices {
        ModelPrices(Dictionary(try await store.read { try $0.list(records, limit: countMax).map { ($0.key, $0.value) } }) { $1 })
    }

    /// Sets the price of a model; nil forgets it.
    /// - Throws: `workflows.price` when there are 1,000 others.
    public static func set(_ price: TokenPrice?, of model: String, in store: Store) async throws {
        guard !model.isEmpty, model.utf8.count <= StepUsage.nameByteCountMax else { throw Fault(.workflowPrice, "a model needs a name of at most \(StepUsage.nameByteCountMax) bytes", remedy: "give its name") }
        try await store.write { transaction in
            guard let price else { return _ = try transaction.remove(model, in: records) }
            guard try transaction.get(model, in: records) != nil || transaction.count(records) < countMax else { throw Fault(.workflowPrice, "\(countMax) models have a price already", remedy: "forget some") }
            try transaction.put(price, as: model, sort: model, in: records)
        }
    }

    /// What usages cost at these prices, by currency; what costs nothing is left out. Amounts that no number holds stay at the highest.
    public func costs(of usages: [StepUsage]) -> [Cost] {
        var sums: [String: Int] = [:]
        for usage in usages {
            guard let price = byModel[usage.model] else { continue }
            for (tokens, each) in [(usage.tokensRead, price.read), (usage.tokensWritten, price.written)] {
                let (amount, isOver) = tokens.multipliedReportingOverflow(by: each)
                let (sum, isSumOver) = (sums[price.currency] ?? 0).addingReportingOverflow(isOver ? Int.max : amount)
                sums[price.currency] = isSumOver ? Int.max : sum
            }
        }
        return sums.filter { $0.value > 0 }.sorted { $0.key < $1.key }.map { Cost(currency: $0.key, amount: $0.value) }
    }
}

extension Fault.Code {
    /// A price cannot be set.
    public static let workflowPrice = Fault.Code("workflows.price", .usage)
}

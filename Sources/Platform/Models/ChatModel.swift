import Core
import Inference
import Kernels

/// One message of a conversation.
public struct ChatMessage: Sendable, Codable, Hashable {
    public var role: String
    public var content: String

    public init(role: String, content: String) {
        self.role = role
        self.content = content
    }
}

/// How an answer is wanted.
public struct AnswerOptions: Sendable {
    /// The most tokens; nil for what the context leaves.
    public var tokenCountMax: Int?
    public var sampling = SamplingParameters()
    /// Texts that end the answer; they are not part of it.
    public var stop: [String] = []
    /// Number of alternatives to report with each token; nil for no probabilities.
    public var alternatives: Int?
    /// What the answer must be a text of; nil for any text. An answer that ends at its longest (``GenerationEvent/FinishReason/length``) may be only the beginning of one.
    public var constraint: Grammar?

    public init() {}
}

/// A piece of an answer.
public enum AnswerEvent: Sendable {
    /// A token with its probability; its bytes may be part of a character.
    public struct TokenReport: Sendable {
        public var bytes: [UInt8]
        public var logProbability: Double
        public var alternatives: [(bytes: [UInt8], logProbability: Double)]
    }

    /// Whole characters, never more than what no stop text could still take back.
    case text(String, tokens: [TokenReport])
    case finished(GenerationEvent.FinishReason, GenerationStatistics)
}

/// A loaded language model that speaks text. Answers run side by side.
public final class ChatModel: Sendable {
    public let record: ModelRecord
    public let tokenizer: any Tokenizer
    public let generator: Generator
    private let template: ChatTemplate
    private let stopTokens: Set<Int32>
    private let speculation: Int
    private let clock: any WallClock
    /// What it answers with beside its own weights.
    private let adapter: LoadedAdapter?
    private let constraints: ConstraintShelf

    /// - Parameters:
    ///   - context: tokens of the longest conversation.
    ///   - slotCount: answers under way at once.
    ///   - speculation: the most tokens that an answer guesses at once; see ``GenerationRequest/speculation``.
    ///   - keysAndValues: how keys and values are held.
    /// - Throws: what loading throws; see ``DecoderModel``.
    public init(
        record: ModelRecord, pool: ThreadPool, context: Int, slotCount: Int, speculation: Int = GenerationRequest.speculationDefault, keysAndValues: KeyValueLayer.Format = .f16,
        clock: any WallClock
    ) throws {
        let file = try GGUFFile(path: record.path)
        let vocabulary = try Vocabulary(file)
        self.record = record
        self.speculation = speculation
        self.clock = clock
        adapter = nil
        tokenizer = try Tokenizers.make(vocabulary)
        constraints = ConstraintShelf(tokenizer)
        template = try ChatTemplate(file.metadata["tokenizer.chat_template"]?.string ?? ChatTemplate.chatML)
        stopTokens = tokenizer.vocabulary.ends
        generator = try Generator(model: try DecoderModel(file: file, pool: pool, contextLimit: context), slotCount: slotCount, cacheTokens: context * 2, keysAndValues: keysAndValues)
        // What reading took is not what answering needs.
        file.file.forget(offset: 0, count: file.file.byteCount)
    }

    private init(_ base: ChatModel, record: ModelRecord, adapter: LoadedAdapter) {
        (tokenizer, generator, template, stopTokens, speculation, clock) = (base.tokenizer, base.generator, base.template, base.stopTokens, base.speculation, base.clock)
        constraints = base.constraints
        (self.record, self.adapter) = (record, adapter)
    }

    /// The same model with an adapter: the weights are in memory once, and answers of both run side by side.
    public func adapted(by adapter: LoadedAdapter, as name: String) -> ChatModel {
        var record = record
        record.name = name
        return ChatModel(self, record: record, adapter: adapter)
    }

    /// The text that the model is given for a conversation.
    /// - Throws: `inference.chat-template`, e.g. when the template refuses the order of roles.
    public func prompt(for messages: [ChatMessage], extra: [String: JSONValue] = [:]) throws -> String {
        let vocabulary = tokenizer.vocabulary
        func text(_ token: Int32?) -> String { token.map { String(decoding: tokenizer.bytes(of: $0, showsSpecials: true), as: UTF8.self) } ?? "" }
        var context = extra
        context["messages"] = .array(messages.map { ["role": .string($0.role), "content": .string($0.content)] })
        context["bos_token"] = .string(text(vocabulary.bos))
        context["eos_token"] = .string(text(vocabulary.eos))
        context["add_generation_prompt"] = true
        return try template.render(context, now: clock.now)
    }

    /// Answers a conversation.
    public func answer(_ messages: [ChatMessage], options: AnswerOptions) throws -> AsyncThrowingStream<AnswerEvent, any Error> {
        let text = try prompt(for: messages)
        var tokens = tokenizer.encode(text, addsSpecials: false, parsesSpecials: true)
        // Templates of some models leave the beginning mark to the tokenizer.
        if let bos = tokenizer.vocabulary.bos, tokenizer.vocabulary.addsBOS, tokens.first != bos { tokens.insert(bos, at: 0) }
        return try run(tokens, options)
    }

    /// Continues a text.
    public func complete(_ text: String, options: AnswerOptions) throws -> AsyncThrowingStream<AnswerEvent, any Error> {
        try run(tokenizer.encode(text, addsSpecials: true, parsesSpecials: false), options)
    }

    /// Continues tokens.
    /// - Throws: `models.token` for one that the vocabulary does not have: it would end everybody else's answers with this one.
    public func complete(tokens: [Int32], options: AnswerOptions) throws -> AsyncThrowingStream<AnswerEvent, any Error> {
        try Self.check(tokens, tokenizer.vocabulary)
        return try run(tokens, options)
    }

    static func check(_ tokens: [Int32], _ vocabulary: Vocabulary) throws {
        guard let wrong = tokens.first(where: { !vocabulary.tokens.indices.contains(Int($0)) }) else { return }
        throw Fault(.modelToken, "the vocabulary has no token \(wrong); it has 0 to \(vocabulary.tokens.count - 1)", remedy: "use the tokenizer of this model")
    }

    private func run(_ tokens: [Int32], _ options: AnswerOptions) throws -> AsyncThrowingStream<AnswerEvent, any Error> {
        var tokens = tokens
        // An empty text begins with what texts begin with.
        if tokens.isEmpty { tokens = [tokenizer.vocabulary.bos ?? tokenizer.vocabulary.eos ?? 0] }
        let room = max(1, generator.context - tokens.count)
        var request = GenerationRequest(
            prompt: tokens, tokenCountMax: min(room, options.tokenCountMax ?? room), sampling: options.sampling, stopTokens: stopTokens, alternatives: options.alternatives)
        request.speculation = speculation
        request.adapter = adapter
        request.constraint = options.constraint.map(constraints.constraint)
        let promptCount = tokens.count
        let events = try generator.generate(request)
        let tokenizer = tokenizer
        let stops = options.stop.filter { !$0.isEmpty }.map { Array($0.utf8) }
        return AsyncThrowingStream(AnswerEvent.self) { continuation in
            let task = Task {
                var writer = AnswerWriter(stops: stops)
                writer.count(tokens: promptCount)
                do {
                    for try await event in events {
                        switch event {
                        case .token(let token, let logProbability, let alternatives):
                            let report = AnswerEvent.TokenReport(
                                bytes: tokenizer.bytes(of: token, showsSpecials: false), logProbability: logProbability,
                                alternatives: alternatives.map { (bytes: tokenizer.bytes(of: $0.token, showsSpecials: true), logProbability: $0.logProbability) })
                            let isEnd = writer.add(report)
                            if let piece = writer.take(isEnd: isEnd) { continuation.yield(piece) }
                            if isEnd {
                                continuation.yield(.finished(.stop, writer.statistics))
                                continuation.finish()
                                return
                            }
                        case .finished(let reason, let statistics):
                            if let piece = writer.take(isEnd: true) { continuation.yield(piece) }
                            continuation.yield(.finished(reason, statistics))
                        }
                    }
                    continuation.finish()
                } catch {
                    continuation.finish(throwing: error)
                }
            }
            continuation.onTermination = { _ in task.cancel() }
        }
    }
}

/// Turns tokens into text that may be shown: whole characters only, and nothing that a stop text could still take back.
struct AnswerWriter {
    private let stops: [[UInt8]]
    private var text: [UInt8] = []
    private var waiting: [AnswerEvent.TokenReport] = []
    private(set) var statistics = GenerationStatistics()

    init(stops: [[UInt8]]) { self.stops = stops }

    /// Adds a token's bytes; true when a stop text is complete. Text from the stop on is dropped.
    mutating func add(_ report: AnswerEvent.TokenReport) -> Bool {
        text += report.bytes
        waiting.append(report)
        statistics.answerTokens += 1
        let found = stops.compactMap { Self.find($0, in: text) }.min()
        guard let found else { return false }
        text.removeLast(text.count - found)
        return true
    }

    mutating func count(tokens: Int) { statistics.promptTokens = tokens }

    /// What may be shown now; nil when that is nothing.
    mutating func take(isEnd: Bool) -> AnswerEvent? {
        var count = isEnd ? text.count : text.count - heldBack()
        if !isEnd { count -= Self.incomplete(text[..<count]) }
        guard count > 0 else { return nil }
        let shown = String(decoding: text[..<count], as: UTF8.self)
        text.removeFirst(count)
        defer { waiting.removeAll() }
        return .text(shown, tokens: waiting)
    }

    /// Bytes at the end that may be the beginning of a stop text.
    private func heldBack() -> Int {
        stops.map { stop in
            (0..<min(stop.count, text.count + 1)).reversed().first { length in text.suffix(length).elementsEqual(stop.prefix(length)) } ?? 0
        }.max() ?? 0
    }

    /// Bytes at the end that begin a character and do not end it.
    private static func incomplete(_ bytes: ArraySlice<UInt8>) -> Int {
        for back in 1...3 where bytes.count >= back {
            let byte = bytes[bytes.endIndex - back]
            if byte & 0xC0 == 0x80 { continue }
            let length = byte >= 0xF0 ? 4 : byte >= 0xE0 ? 3 : byte >= 0xC0 ? 2 : 1
            return length > back ? back : 0
        }
        return 0
    }

    private static func find(_ needle: [UInt8], in text: [UInt8]) -> Int? {
        guard text.count >= needle.count else { return nil }
        return (0...text.count - needle.count).first { text[$0..<$0 + needle.count].elementsEqual(needle) }
    }
}

import Core
import Inference

/// Rows as a model reads them: laid out by its chat template, then as tokens, with the answers marked.
///
/// Which tokens are an answer is found without knowing the template: the conversation up to the answer, with the beginning of an answer, must be how the conversation up to and with the answer begins, and that must
/// be how the whole begins. What lies between is the answer. A template that writes earlier messages differently once later ones follow (as some do with what a model thought) is refused, unless only the last
/// answer is learned.
public struct ConversationTokenizer: Sendable {
    /// Which answers of a conversation are learned.
    public enum Answers: String, Sendable, CaseIterable {
        case all
        case last
    }

    public let tokenizer: any Tokenizer
    private let template: ChatTemplate
    private let answers: Answers
    private let now: Double
    private let ends: Set<Int32>

    /// - Parameters:
    ///   - answers: which answers are learned; default all.
    ///   - now: seconds since 1970, for templates that write the date: the same for all rows and runs.
    public init(template: ChatTemplate, tokenizer: any Tokenizer, answers: Answers = .all, now: Double) {
        (self.template, self.tokenizer, self.answers, self.now) = (template, tokenizer, answers, now)
        ends = tokenizer.vocabulary.ends
    }

    /// With the template and the tokenizer of a model file; one without a template speaks ChatML.
    ///
    /// - Throws: what ``Tokenizers/make(_:)`` and ``ChatTemplate/init(_:)`` throw.
    public init(file: GGUFFile, answers: Answers = .all, now: Double) throws {
        self.init(
            template: try ChatTemplate(file.metadata["tokenizer.chat_template"]?.string ?? ChatTemplate.chatML), tokenizer: try Tokenizers.make(Vocabulary(file)), answers: answers, now: now)
    }

    /// The tokens of a plain text, with the marks at its ends that the vocabulary has; all count.
    public func example(of text: String) -> TokenExample {
        var tokens = tokenizer.encode(text, addsSpecials: true, parsesSpecials: false)
        if let eos = tokenizer.vocabulary.eos, tokens.last != eos { tokens.append(eos) }
        return TokenExample(tokens: tokens, isAnswer: Array(repeating: true, count: tokens.count))
    }

    /// The tokens of a conversation; those of answers with their end-of-turn token count.
    ///
    /// - Throws: `inference.chat-template` when the template refuses the conversation; `tuning.template` when it does not let answers be told.
    public func example(of conversation: InstructionConversation) throws -> TokenExample { try example(of: conversation, only: answers) }

    /// The tokens of both continuations of a prompt; only their last answer counts, and a prompt's answers do not.
    public func example(of prompt: InstructionConversation, chosen: [InstructionMessage], rejected: [InstructionMessage]) throws -> PreferenceExample {
        func example(_ own: [InstructionMessage]) throws -> TokenExample {
            var conversation = prompt
            conversation.messages += own
            return try self.example(of: conversation, only: .last)
        }
        return PreferenceExample(chosen: try example(chosen), rejected: try example(rejected))
    }

    private func example(of conversation: InstructionConversation, only answers: Answers) throws -> TokenExample {
        let whole = try render(conversation.messages[...], conversation.tools, begins: false)
        var spans: [Range<Int>] = []
        let all = conversation.messages.indices.filter { conversation.messages[$0].role == .assistant && conversation.messages[$0].isLearned }
        for index in answers == .last ? Array(all.suffix(1)) : all {
            let prompt = try render(conversation.messages[..<index], conversation.tools, begins: true)
            let isWhole = index == conversation.messages.count - 1
            let answered = isWhole ? whole : try render(conversation.messages[...index], conversation.tools, begins: false)
            guard answered.starts(with: prompt), prompt.count < answered.count, isWhole || whole.starts(with: answered), spans.last.map({ $0.upperBound <= prompt.count }) ?? true else {
                throw Fault(
                    .trainingTemplate, "the chat template writes message \(index + 1) of \(conversation.messages.count) differently once its answer or later messages follow, so its tokens cannot be told",
                    remedy: answers == .all && all.count > 1 ? "learn only the last answer of each conversation" : "use a template whose prompts are how its conversations begin")
            }
            try Self.check(conversation.messages[index], index, in: answered[prompt.count...])
            spans.append(prompt.count..<answered.count)
        }
        let ended = spans.last?.upperBound == whole.count
        return marked(TokenizedText.tokens(of: whole, answers: spans, by: tokenizer), isEnded: ended)
    }

    /// A template that knows no tools writes nothing where a call should stand: what would be learned then is silence.
    private static func check(_ message: InstructionMessage, _ index: Int, in text: ArraySlice<UInt8>) throws {
        for name in message.calls.compactMap({ $0["function"]?["name"]?.string }) {
            let bytes = Array(name.utf8)
            let isThere = text.indices.contains { text[$0] == bytes[0] && text[$0...].starts(with: bytes) }
            guard isThere else {
                throw Fault(.trainingTemplate, "the chat template leaves out the calls of message \(index + 1)", remedy: "use a model whose template writes tool calls, or data without them")
            }
        }
    }

    /// The example with the beginning mark, and with answers that end where their turn does.
    private func marked(_ text: TokenizedText, isEnded: Bool) -> TokenExample {
        var example = TokenExample(tokens: [], isAnswer: [])
        let vocabulary = tokenizer.vocabulary
        // Templates of some models leave the beginning mark to the tokenizer.
        if let bos = vocabulary.bos, vocabulary.addsBOS, text.parts.first?.tokens.first != bos { example.add([bos], isAnswer: false) }
        for part in text.parts {
            guard part.isAnswer, let end = part.tokens.lastIndex(where: ends.contains) else {
                example.add(part.tokens[...], isAnswer: part.isAnswer)
                continue
            }
            // What stands after the end of a turn is never written by a model: it stops there.
            example.add(part.tokens[...end], isAnswer: true)
            example.add(part.tokens[(end + 1)...], isAnswer: false)
        }
        // Where a template ends no turn, the end of the text does; otherwise a model would not learn to stop.
        if isEnded, let last = text.parts.last, !last.tokens.contains(where: ends.contains), let eos = vocabulary.eos { example.add([eos], isAnswer: true) }
        return example
    }

    private func render(_ messages: ArraySlice<InstructionMessage>, _ tools: [JSONValue], begins: Bool) throws -> [UInt8] {
        let vocabulary = tokenizer.vocabulary
        func text(_ token: Int32?) -> JSONValue { .string(token.map { String(decoding: tokenizer.bytes(of: $0, showsSpecials: true), as: UTF8.self) } ?? "") }
        var context: [String: JSONValue] = [
            "messages": .array(messages.map(\.json)), "bos_token": text(vocabulary.bos), "eos_token": text(vocabulary.eos), "add_generation_prompt": .bool(begins),
        ]
        if !tools.isEmpty { context["tools"] = .array(tools) }
        return Array(try template.render(context, now: now).utf8)
    }
}

extension TokenExample {
    fileprivate mutating func add(_ new: ArraySlice<Int32>, isAnswer: Bool) {
        tokens += new
        self.isAnswer += Array(repeating: isAnswer, count: new.count)
    }
}

extension Fault.Code {
    /// A chat template does not let answers be told from what stands around them.
    public static let trainingTemplate = Fault.Code("tuning.template", .input)
}

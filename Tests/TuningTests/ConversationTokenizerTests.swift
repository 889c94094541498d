import Core
import Foundation
import Inference
import Support
import Testing

@testable import Tuning

/// A vocabulary of single bytes with the marks of the usual chat formats.
private enum ByteVocabulary {
    static let marks = ["<|im_start|>", "<|im_end|>", "<s>", "</s>", "<|eot_id|>", "<|start_header_id|>", "<|end_header_id|>", "<start_of_turn>", "<end_of_turn>", "<|end|>"]

    /// GPT-2's letter of a byte.
    private static func letter(_ byte: UInt8) -> String {
        let plain = Array(33...126) + Array(161...172) + Array(174...255)
        if plain.contains(Int(byte)) { return String(UnicodeScalar(UInt32(byte)).map { String($0) } ?? "") }
        let others = (0...255).filter { !plain.contains($0) }
        return String(UnicodeScalar(UInt32(256 + (others.firstIndex(of: Int(byte)) ?? 0))).map { String($0) } ?? "")
    }

    static func make(addsBOS: Bool = false) throws -> any Tokenizer {
        let tokens = marks + (0...255).map { letter(UInt8($0)) }
        return try Tokenizers.make(
            Vocabulary(model: .bpe, tokens: tokens.map { Array($0.utf8) }, kinds: tokens.indices.map { $0 < marks.count ? .control : .normal }, bos: 2, eos: 3, addsBOS: addsBOS))
    }

    /// SentencePiece, with a space before each text: bytes, some words, and the marks.
    static func sentencePiece() throws -> any Tokenizer {
        let words = ["▁", "▁a", "▁hi", "hi", "b", "c", "[", "]", "/", "I", "N", "S", "T"]
        let bytes = (0...255).map { "<0x" + String(format: "%02X", $0) + ">" }
        let tokens = ["<unk>", "<s>", "</s>"] + bytes + words
        let kinds: [Vocabulary.Kind] = [.unknown, .control, .control] + bytes.map { _ in .byte } + words.map { _ in .normal }
        return try Tokenizers.make(
            Vocabulary(
                model: .sentencePiece, tokens: tokens.map { Array($0.utf8) }, scores: tokens.indices.map { -Float($0) }, kinds: kinds, bos: 1, eos: 2, unknown: 0, addsBOS: true, addsSpacePrefix: true))
    }
}

@Suite struct ConversationTokenizerTests {
    private func text(_ example: TokenExample, _ tokenizer: any Tokenizer, where wanted: (Bool) -> Bool = { _ in true }) -> String {
        String(decoding: zip(example.tokens, example.isAnswer).filter { wanted($0.1) }.flatMap { tokenizer.bytes(of: $0.0, showsSpecials: true) }, as: UTF8.self)
    }

    private let twoTurns = InstructionConversation([
        InstructionMessage(.user, "one"), InstructionMessage(.assistant, "first answer"), InstructionMessage(.user, "two"), InstructionMessage(.assistant, "second, 你好"),
    ])

    @Test func answersAndTheirEndsAreLearnedAndNothingElse() throws {
        let tokenizer = try ByteVocabulary.make()
        let own = ConversationTokenizer(template: try ChatTemplate(ChatTemplate.chatML), tokenizer: tokenizer, now: 0)
        let example = try own.example(of: twoTurns)
        #expect(text(example, tokenizer) == "<|im_start|>user\none<|im_end|>\n<|im_start|>assistant\nfirst answer<|im_end|>\n<|im_start|>user\ntwo<|im_end|>\n<|im_start|>assistant\nsecond, 你好<|im_end|>\n")
        #expect(text(example, tokenizer) { $0 } == "first answer<|im_end|>second, 你好<|im_end|>")
        let last = try ConversationTokenizer(template: try ChatTemplate(ChatTemplate.chatML), tokenizer: tokenizer, answers: .last, now: 0).example(of: twoTurns)
        #expect(last.tokens == example.tokens && text(last, tokenizer) { $0 } == "second, 你好<|im_end|>")
    }

    @Test func answersWithoutWeightAreReadOnly() throws {
        let tokenizer = try ByteVocabulary.make()
        var conversation = twoTurns
        conversation.messages[1].isLearned = false
        let example = try ConversationTokenizer(template: try ChatTemplate(ChatTemplate.chatML), tokenizer: tokenizer, now: 0).example(of: conversation)
        #expect(text(example, tokenizer) { $0 } == "second, 你好<|im_end|>")
    }

    /// Templates in the shape of published ones: whatever they write around answers, the answers are found or the template is refused.
    @Test func everyTemplateGivesTheAnswersOrIsRefused() throws {
        let json = try JSONValue(parsing: TextDecoder.decode(try FileTree.read(Repository.path("Tests/Fixtures/chat-templates.json"))).text)
        let tokenizer = try ByteVocabulary.make()
        var found: [String] = []
        for template in json["templates"]?.array ?? [] {
            let name = template["name"]?.string ?? ""
            let own = ConversationTokenizer(template: try ChatTemplate(template["source"]?.string ?? ""), tokenizer: tokenizer, now: 0)
            do {
                let example = try own.example(of: twoTurns)
                var learned = text(example, tokenizer) { $0 }
                // Some templates end turns with marks that this vocabulary does not have.
                for mark in ByteVocabulary.marks + ["<|END|>", "<|end_of_text|>"] { learned = learned.replacingOccurrences(of: mark, with: " ") }
                #expect(learned.split(whereSeparator: \.isWhitespace) == ["first", "answer", "second,", "你好"], "\(name): \(learned.debugDescription)")
                found.append(name)
            } catch let fault as Fault {
                #expect(fault.code == .trainingTemplate || fault.code.name == "inference.chat-template", "\(name): \(fault.message)")
            }
        }
        #expect(found.count >= 8, "only \(found) let answers be told")
    }

    @Test func aTemplateThatRewritesEarlierMessagesIsRefusedUnlessOnlyTheLastAnswerIsLearned() throws {
        let source = "{% for m in messages %}{{ m.role }}:{% if m.role == 'assistant' and loop.last %}<think></think>{% endif %}{{ m.content }}<|im_end|>{% endfor %}{% if add_generation_prompt %}assistant:{% endif %}"
        let tokenizer = try ByteVocabulary.make()
        #expect {
            try ConversationTokenizer(template: try ChatTemplate(source), tokenizer: tokenizer, now: 0).example(of: twoTurns)
        } throws: { ($0 as? Fault)?.code == .trainingTemplate && ($0 as? Fault)?.remedy?.contains("last answer") == true }
        let last = try ConversationTokenizer(template: try ChatTemplate(source), tokenizer: tokenizer, answers: .last, now: 0).example(of: twoTurns)
        #expect(text(last, tokenizer) { $0 } == "<think></think>second, 你好<|im_end|>")
        // A prompt that is no beginning of its conversation cannot be helped.
        let other = "{% if add_generation_prompt %}x{% endif %}{% for m in messages %}{{ m.content }}{% endfor %}"
        #expect(throws: Fault.self) { try ConversationTokenizer(template: try ChatTemplate(other), tokenizer: tokenizer, answers: .last, now: 0).example(of: twoTurns) }
    }

    @Test func callsAreAnswersAndToolsAreShown() throws {
        let source = "{% if tools %}[{{ tools[0].function.name }}]{% endif %}{% for m in messages %}<|im_start|>{{ m.role }}:{{ m.content }}{% for c in m.tool_calls %}{{ c.function | tojson }}{% endfor %}<|im_end|>{% endfor %}{% if add_generation_prompt %}<|im_start|>assistant:{% endif %}"
        var call = InstructionMessage(.assistant, "")
        call.calls = [["type": "function", "function": ["name": "f", "arguments": ["x": 1]]]]
        let conversation = InstructionConversation([InstructionMessage(.user, "q"), call, InstructionMessage(.tool, "2"), InstructionMessage(.assistant, "two")], tools: [["type": "function", "function": ["name": "f"]]])
        let tokenizer = try ByteVocabulary.make()
        let example = try ConversationTokenizer(template: try ChatTemplate(source), tokenizer: tokenizer, now: 0).example(of: conversation)
        #expect(text(example, tokenizer).hasPrefix("[f]<|im_start|>user:q"))
        #expect(text(example, tokenizer) { $0 } == #"{"name": "f", "arguments": {"x": 1}}<|im_end|>two<|im_end|>"#)
        // A template without tools would teach an empty answer.
        #expect {
            try ConversationTokenizer(template: try ChatTemplate(ChatTemplate.chatML), tokenizer: tokenizer, now: 0).example(of: conversation)
        } throws: { ($0 as? Fault)?.code == .trainingTemplate && ($0 as? Fault)?.message.contains("message 2") == true }
    }

    @Test func marksAtTheEndsAreThoseOfTheVocabulary() throws {
        let tokenizer = try ByteVocabulary.make(addsBOS: true)
        let plain = "{% for m in messages %}{{ m.role }}: {{ m.content }}\n{% endfor %}{% if add_generation_prompt %}assistant:{% endif %}"
        let own = ConversationTokenizer(template: try ChatTemplate(plain), tokenizer: tokenizer, now: 0)
        let example = try own.example(of: twoTurns)
        #expect(text(example, tokenizer).hasPrefix("<s>user: one\n") && example.isAnswer[0] == false)
        // A template that ends no turn: the end of the text does.
        #expect(text(example, tokenizer) { $0 } == " first answer\n second, 你好\n</s>")
        let document = own.example(of: "text <|im_end|>")
        #expect(text(document, tokenizer) == "<s>text <|im_end|></s>" && !document.tokens.contains(1) && document.isAnswer.allSatisfy { $0 })
    }

    @Test func spacesThatATokenizerAddsDoNotMoveAnswers() throws {
        let tokenizer = try ByteVocabulary.sentencePiece()
        let source = "{{ bos_token }}{% for m in messages %}{% if m.role == 'user' %}[INST] {{ m.content }} [/INST]{% else %} {{ m.content }}{{ eos_token }}{% endif %}{% endfor %}"
        let conversation = InstructionConversation([InstructionMessage(.user, "hi"), InstructionMessage(.assistant, "a"), InstructionMessage(.user, "b"), InstructionMessage(.assistant, "hi")])
        let example = try ConversationTokenizer(template: try ChatTemplate(source), tokenizer: tokenizer, now: 0).example(of: conversation)
        // As if the whole had been encoded at once, which serving does.
        let whole = tokenizer.encode("<s>[INST] hi [/INST] a</s>[INST] b [/INST] hi</s>", addsSpecials: false, parsesSpecials: true)
        #expect(example.tokens == whole)
        #expect(text(example, tokenizer) { $0 } == " a</s> hi</s>")
    }

    @Test func preferencesShareTheirPromptAndLearnOnlyTheAnswer() throws {
        let tokenizer = try ByteVocabulary.make()
        let own = ConversationTokenizer(template: try ChatTemplate(ChatTemplate.chatML), tokenizer: tokenizer, now: 0)
        let prompt = InstructionConversation([InstructionMessage(.user, "q"), InstructionMessage(.assistant, "earlier"), InstructionMessage(.user, "r")])
        let pair = try own.example(of: prompt, chosen: [InstructionMessage(.assistant, "yes")], rejected: [InstructionMessage(.assistant, "no!!")])
        #expect(text(pair.chosen, tokenizer) { $0 } == "yes<|im_end|>" && text(pair.rejected, tokenizer) { $0 } == "no!!<|im_end|>")
        let shared = zip(pair.chosen.tokens, pair.rejected.tokens).prefix { $0 == $1 }.count
        #expect(pair.chosen.isAnswer.firstIndex(of: true) == shared && pair.length == pair.rejected.tokens.count)
    }

    @Test func aFileIsCountedInTokensAndLongRowsAreLeftOut() throws {
        let directory = try TemporaryDirectory()
        let rows = [#"{"instruction":"q","output":"ab"}"#, "{\"instruction\":\"q\",\"output\":\"\(String(repeating: "x", count: 100))\"}", #"{"instruction":"q","output":"ab"}"#]
        let path = try directory.write(Array(rows.joined(separator: "\n").utf8), to: "rows.jsonl")
        let own = ConversationTokenizer(template: try ChatTemplate(ChatTemplate.chatML), tokenizer: try ByteVocabulary.make(), now: 0)
        let file = try TokenizedFile(InstructionFile(path: path), tokenizer: own, lengthMax: 60)
        #expect(file.report.rowCount == 2 && file.report.tooLongCount == 1 && file.report.repeatedCount == 1 && file.examples.count == 2)
        #expect(file.answerTokenCount == 6 && file.tokenCount == file.examples.reduce(0) { $0 + $1.tokens.count })
        #expect(file.report.diagnostics.first?.place?.hasSuffix(":2") == true)
        // Copies of a row are held out together, so one of them cannot be.
        #expect(file.split(heldOut: 0.5, seed: 1).training.count == 2)
        let counted = try TokenizedFile(InstructionFile(path: path), tokenizer: own, lengthMax: 60, keepsExamples: false)
        #expect(counted.examples.isEmpty && counted.tokenCount == file.tokenCount)
        let texts = try directory.write(Array("{\"text\":\"\(String(repeating: "y", count: 50))\"}".utf8), to: "texts.jsonl")
        #expect(try TokenizedFile(InstructionFile(path: texts), tokenizer: own, lengthMax: 20).examples.map(\.tokens.count) == [20, 20, 11])
    }
}

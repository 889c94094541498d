import Core
import Foundation
import Support
import Testing

@testable import Tuning

/// Files of texts with spans.
@Suite struct TaggedSetTests {
    private func set(_ content: String, _ folder: TemporaryDirectory, _ name: String = "file") throws -> TaggedSet {
        try Data(content.utf8).write(to: URL(fileURLWithPath: folder.file(name)))
        return try TaggedSet(path: folder.file(name))
    }

    private static let expected = TaggedText("张三在𠀀京", spans: [.init(start: 0, end: 2, type: "PER"), .init(start: 3, end: 5, type: "LOC")])

    /// The same text in all forms; the fourth character is one scalar of two UTF-16 units.
    @Test(arguments: [
        "{\"text\":\"张三在𠀀京\",\"spans\":[{\"start\":0,\"end\":2,\"type\":\"PER\"},{\"start\":3,\"end\":5,\"type\":\"LOC\"}]}\n",
        "\u{FEFF}{\"text\":\"张三在𠀀京\",\"label\":{\"PER\":{\"张三\":[[0,1]]},\"LOC\":{\"𠀀京\":[[3,4]]}}}\r\n\r\n",
        "{\"text\":\"张三在𠀀京\",\"entity_list\":[{\"entity_type\":\"LOC\",\"entity\":\"𠀀京\",\"entity_index\":{\"begin\":3,\"end\":5}},{\"entity_type\":\"PER\",\"entity\":\"张三\",\"entity_index\":{\"begin\":0,\"end\":2}}]}",
        "{\"originalText\":\"张三在𠀀京\",\"entities\":[{\"label_type\":\"PER\",\"overlap\":0,\"start_pos\":0,\"end_pos\":2},{\"label_type\":\"LOC\",\"start_pos\":3,\"end_pos\":5}]}",
        "张 B-PER\n三 I-PER\n在 O\n𠀀 B-LOC\n京 I-LOC\n\n", "张\tB-PER\n三\tE-PER\n在\tO\n𠀀\tB-LOC\n京\tE-LOC", "张 x B-PER\r\n三 x M-PER\r\n在 x O\r\n𠀀 x I-LOC\r\n京 x E-LOC\r\n\r\n\r\n",
        "张0\tB-PER\n三1\tI-PER\n在0\tO\n𠀀0\tB-LOC\n京1\tI-LOC\n",
    ])
    func everyFormIsRead(content: String) throws {
        let set = try set(content, TemporaryDirectory())
        #expect(set.texts == [Self.expected] && set.problems.isEmpty && set.counts == ["PER": 1, "LOC": 1])
    }

    @Test func wordsAreJoined() throws {
        let set = try set("-DOCSTART- O\n\nJohn B-PER\nSmith I-PER\nsaw O\n, O\nBonn S-LOC\n\nA O\n", TemporaryDirectory())
        #expect(set.texts == [TaggedText("John Smith saw,Bonn", spans: [.init(start: 0, end: 10, type: "PER"), .init(start: 15, end: 19, type: "LOC")]), TaggedText("A", spans: [])])
    }

    /// Spans that begin without a beginning are read and counted; so are such as overlap.
    @Test func whatIsOddIsCounted() throws {
        let odd = try set("a I-X\nb I-Y\nc E-Y\nd I-Y\n", TemporaryDirectory())
        #expect(odd.texts[0].spans == [.init(start: 0, end: 1, type: "X"), .init(start: 1, end: 3, type: "Y"), .init(start: 3, end: 4, type: "Y")] && odd.repaired == 3)
        let over = try set("{\"text\":\"abc\",\"spans\":[{\"start\":0,\"end\":2,\"type\":\"x\"},{\"start\":1,\"end\":3,\"type\":\"x\"}]}", TemporaryDirectory())
        #expect(over.overlapping == 1 && over.texts[0].spans.count == 2)
        let long = String(repeating: "长", count: TaggedSet.lengthMax + 1)
        let left = try set("{\"text\":\"\(long)\",\"spans\":[]}\n{\"text\":\"a\",\"spans\":[]}\n", TemporaryDirectory())
        #expect(left.tooLong == 1 && left.texts.count == 1)
    }

    /// Wrong lines are left out and named; what stands in them is not.
    @Test(arguments: [
        "geheim", "[1]", "{\"spans\":[]}", "{\"text\":\"\",\"spans\":[]}", "{\"text\":\"geheim\"}", "{\"text\":\"geheim\",\"spans\":[{\"start\":0,\"end\":7,\"type\":\"x\"}]}",
        "{\"text\":\"geheim\",\"spans\":[{\"start\":2,\"end\":2,\"type\":\"x\"}]}", "{\"text\":\"geheim\",\"spans\":[{\"start\":-1,\"end\":2,\"type\":\"x\"}]}", "{\"text\":\"geheim\",\"spans\":[{\"start\":0,\"end\":2}]}",
        "{\"text\":\"geheim\",\"spans\":[{\"start\":0,\"end\":2,\"type\":\"\"}]}", "{\"text\":\"geheim\",\"entities\":[{\"start\":0,\"end\":2,\"type\":\"x\",\"entity\":\"geheim\"}]}", "{\"text\":\"geheim\",\"label\":{\"x\":{\"ge\":[[0,9223372036854775807]]}}}",
        "{\"text\":\"geheim\",\"label\":{\"x\":[]}}",
    ])
    func wrongLinesAreNamed(line: String) throws {
        let good = "{\"text\":\"a\",\"spans\":[]}\n"
        let set = try set(good + line + "\n" + good, TemporaryDirectory())
        #expect(set.texts.count == 2 && set.problems.count == 1 && set.problems[0].contains("file:2: ") && !set.problems[0].contains("geheim"))
        #expect { try self.set(line, TemporaryDirectory()) } throws: { ($0 as? Fault)?.code == .trainingData && ($0 as? Fault)?.message.contains("geheim") == false }
    }

    @Test func wrongColumnsAreNamed() throws {
        let set = try set("a O\n\nb O\ngeheim\nc O\n\nd X-Y\n\ne O\n\nf O\n", TemporaryDirectory())
        #expect(set.texts.count == 3 && set.problems.count == 2 && set.problems[0].contains("file:4: ") && set.problems[1].contains("file:7: "))
        #expect { try self.set(" \n\n", TemporaryDirectory()) } throws: { ($0 as? Fault)?.code == .trainingData }
    }

    @Test func textsThatSayTheSameStayTogether() throws {
        let line: (Int) -> String = { "{\"text\":\"t\($0)\",\"spans\":[]}\n" }
        let set = try set((0..<40).map { line($0 % 20) }.joined(), TemporaryDirectory())
        let (training, heldOut) = set.split(heldOut: 0.25, seed: 3)
        #expect(heldOut.count == 10 && training.count == 30 && TaggedSet.repeated(training, heldOut) == 0 && TaggedSet.repeated(set.texts, heldOut) == 10)
        #expect(set.split(heldOut: 0.25, seed: 3).heldOut == heldOut && set.split(heldOut: 0.25, seed: 4).heldOut != heldOut)
        #expect(set.joined(with: set).texts.count == 80)
    }
}

import Core
import Foundation
import Inference
import Kernels
import Support
import Tensors
import Testing

@testable import Tuning

@Suite struct TextTests {
    private func workspace() throws -> Workspace { Workspace(pool: try ThreadPool(width: 1)) }

    private func write(_ text: String, _ name: String, in folder: TemporaryDirectory) throws -> String {
        try Data(text.utf8).write(to: URL(fileURLWithPath: folder.file(name)))
        return folder.file(name)
    }

    // MARK: - Pieces

    /// How many pieces a text has: characters with pairs and threes, or words with pairs and parts.
    @Test(arguments: [
        ("", 0), ("  \n", 0), ("水", 1), ("停水", 3), ("停水了", 6), ("停水 了", 4), ("停水了吗", 9), ("!", 1), ("水!", 2), ("a", 1), ("ab", 3), ("ab cd", 7), ("水ab", 4),
    ] as [(String, Int)])
    func piecesAreCounted(text: String, count: Int) { #expect(TextFeatures(bucketCount: 1 << 20).bag(of: text).count == count, "\(text)") }

    @Test func caseWidthAndDigitsDoNotMatter() {
        let features = TextFeatures(bucketCount: 1 << 20)
        #expect(features.bag(of: "Room 12") == features.bag(of: "ＲＯＯＭ　98"))
        #expect(features.bag(of: "ÄRGER") == features.bag(of: "ärger"))
        #expect(features.bag(of: "停水") != features.bag(of: "水停"))
        #expect(features.bag(of: "ab cd") != features.bag(of: "cd ab"))
    }

    @Test func bagsAreBounded() {
        let bag = TextFeatures(bucketCount: 7).bag(of: String(repeating: "停水了 water", count: 5_000))
        #expect(bag.count == TextFeatures.piecesMax && bag.allSatisfy { (0..<7).contains($0) } && Set(bag).count == 7)
    }

    // MARK: - Files

    @Test func filesOfAllKindsGiveTheSameSet() throws {
        let folder = try TemporaryDirectory()
        let files = [
            try write("{\"text\":\"很好，吃\",\"label\":1}\r\n\r\n{\"text\":\"a \\\"b\\\"\",\"label\":\"no\"}", "a.jsonl", in: folder),
            try write("label,text\n1,\"很好，吃\"\nno,\"a \"\"b\"\"\"\n", "a.csv", in: folder), try write("\u{FEFF}x\tlabel\ttext\r\n\t1\t很好，吃\r\n\tno\ta \"b\"", "a.tsv", in: folder),
        ]
        for file in files {
            let set = try TextSet(path: file)
            #expect(set.items == [LabeledText(text: "很好，吃", label: "1"), LabeledText(text: "a \"b\"", label: "no")], "\(file)")
            #expect(set.labels == ["1", "no"] && set.counts == [1, 1])
        }
    }

    /// The bad line is named; what stands in it is not.
    @Test(arguments: [
        ("a.jsonl", "{\"text\":\"geheim\",\"label\":\"a\"}\n{\"text\":\"geheim\"}\n", "line 2"), ("a.jsonl", "\n\n{\"text\":\"geheim\",\"label\":\"a\"\n", "line 3"), ("a.jsonl", "[1]\n", "line 1"),
        ("a.jsonl", "{\"text\":\" \",\"label\":\"a\"}", "line 1"), ("a.jsonl", "{\"text\":\"geheim\",\"label\":[1]}", "line 1"), ("a.csv", "text,label\ngeheim,a\ngeheim\n", "line 3"),
        ("a.csv", "text,label\n\"geheim\n\n\",a\n\"geheim,a\n", "line 5"), ("a.csv", "text,label\ngeheim,\n", "line 2"), ("a.csv", "text,other\ngeheim,a\n", "column"), ("a.csv", "", "header"),
        ("a.csv", "text,text\n", "twice"), ("a.csv", "text,label\ngeheim,a\n", "1 labels"),
    ])
    func theBadLineIsNamed(file: String, content: String, place: String) throws {
        let folder = try TemporaryDirectory()
        let path = try write(content, file, in: folder)
        #expect { try TextSet(path: path) } throws: { error in
            guard let fault = error as? Fault else { return false }
            return fault.code == .trainingData && fault.message.contains(place) && !fault.message.contains("geheim")
        }
    }

    @Test func everyLabelIsInBothParts() throws {
        let set = try TextSet((0..<40).map { LabeledText(text: "\($0)", label: $0 < 36 ? "a" : $0 < 39 ? "b" : "c") })
        let (training, heldOut) = set.split(heldOut: 0.1, seed: 4)
        #expect(training.count + heldOut.count == 40 && TextSet.repeated(training, heldOut) == 0 && TextSet.repeated(set.items, heldOut) == heldOut.count)
        #expect(Set(heldOut.map(\.label)) == ["a", "b"] && Set(training.map(\.label)) == ["a", "b", "c"])
        #expect(heldOut.count { $0.label == "a" } == 4 && set.imbalance == 36)
        #expect(set.split(heldOut: 0.1, seed: 4).heldOut == heldOut && set.split(heldOut: 0.1, seed: 5).heldOut != heldOut)
    }

    // MARK: - Figures

    /// Worked by hand: a is found 2 of 3 times, b 1 of 2; one a is taken for b, one b for a.
    @Test func figuresOfAMatrix() {
        var matrix = ConfusionMatrix(labels: ["a", "b", "c"])
        for (truth, found) in [(0, 0), (0, 0), (0, 1), (1, 1), (1, 0), (1, 7)] { matrix.add(truth: truth, found: found) }
        #expect(matrix.total == 5 && matrix.accuracy == 0.6 && matrix.f1(0) == 4.0 / 6 && matrix.f1(1) == 0.5 && matrix.f1(2) == nil)
        #expect(abs(matrix.macroF1 - (4.0 / 6 + 0.5) / 2) < 1e-12)
        #expect(matrix.confusions(1).map { [$0.truth, $0.found, $0.count] } == [[0, 1, 1]])
    }

    // MARK: - The network

    private static let water = ["停水了", "水管漏水", "没有水", "水压低", "no water", "water leak", "自来水浑浊", "water pipe"]
    private static let roads = ["道路坑洼", "马路积雪", "路灯坏了", "修路", "broken road", "road works", "公路堵车", "the road"]
    private var items: [LabeledText] { Self.water.map { LabeledText(text: $0, label: "water") } + Self.roads.map { LabeledText(text: $0, label: "road") } }

    @Test func topicsAreLearnedAndKept() throws {
        let (folder, room) = (try TemporaryDirectory(), try workspace())
        let network = try TextClassifier(.init(bucketCount: 512, width: 8, heads: [.init(name: "topic", labels: ["road", "water"])]), in: room, seed: 1)
        let examples = try items.map { try network.example($0) }
        var plan = TrainingPlan()
        (plan.epochs, plan.batchCount, plan.rate) = (15, 4, 2e-2)
        var trainer = try Trainer(network, training: examples, heldOut: examples, plan: plan)
        while true { if case .finished = try trainer.next() { break } }
        #expect(try #require(trainer.best).accuracy == 1)
        var learned = trainer.network
        learned.parameters = try #require(trainer.best).parameters
        let answers = try learned.classify(["漏水了", "road"])
        #expect(answers.map(\.label) == [1, 0] && answers.allSatisfy { $0.probability > 0.5 && $0.probability <= 1 })
        #expect(try learned.confusion(examples).accuracy == 1)
        try Checkpoint.write(learned.parameterNames, learned.parameters, about: learned.about, to: folder.file("model"))
        let read = try TextClassifier(file: SafetensorsFile(path: folder.file("model")), in: room)
        #expect(try read.classify(["漏水了", "road"]) == answers && read.shape == network.shape)
        #expect { try network.example(LabeledText(text: "x", label: "sky")) } throws: { ($0 as? Fault)?.code == .trainingData }
        #expect { try read.classify(["x"], head: 1) } throws: { ($0 as? Fault)?.code == .trainingData }
    }

    /// A text without pieces, and one with pieces that nobody saw, give the head's bias only.
    @Test func unknownTextsSayNothing() throws {
        let network = try TextClassifier(.init(bucketCount: 512, width: 8, heads: [.init(name: "x", labels: ["a", "b"])]), in: workspace(), seed: 1)
        #expect(try network.classify(["", "水"]).map(\.probability) == [0.5, 0.5])
    }

    /// Only labels of an example's own head can be found or learned.
    @Test func headsDoNotMeet() throws {
        let room = try workspace()
        let network = try TextClassifier(.init(bucketCount: 512, width: 8, heads: [.init(name: "x", labels: ["a", "b"]), .init(name: "y", labels: ["a", "b", "c"])]), in: room, seed: 1)
        let example = try network.example(LabeledText(text: "水", label: "c"), head: 1)
        var random = SeededRandom(seed: 1)
        let gradients = try network.loss(of: [example], using: &random).gradients(of: network.parameters)
        // The smallest number that the exponential gives is not quite zero.
        #expect(gradients[4].values.prefix(2).allSatisfy { abs($0) < 1e-30 } && gradients[4].values.suffix(3).allSatisfy { $0 != 0 })
        #expect(try (0..<3).contains(network.classify(["路"], head: 1)[0].label))
        #expect(try network.confusion([example], head: 1).total == 1 && network.confusion([example], head: 0).total == 0)
    }

    @Test(arguments: ["", "{}", "{\"buckets\":0,\"width\":8,\"heads\":[{\"name\":\"x\",\"labels\":[\"a\"]}]}", "{\"buckets\":9,\"width\":8,\"heads\":[]}", "{\"buckets\":9,\"width\":8,\"heads\":[{\"labels\":[]}]}", "{\"buckets\":9,\"width\":99999999,\"heads\":[{\"labels\":[\"a\"]}]}"])
    func damagedModelsAreRefused(shape: String) throws {
        let folder = try TemporaryDirectory()
        try Checkpoint.write(["x"], [try Tensor([1], shape: [1], in: workspace())], about: ["banyan.model": "text-classifier", "banyan.shape": shape], to: folder.file("m"))
        let file = try SafetensorsFile(path: folder.file("m"))
        #expect { try TextClassifier(file: file, in: workspace()) } throws: { ($0 as? Fault)?.code == .checkpoint }
        #expect { try AdapterStack(file: file, in: workspace()) } throws: { ($0 as? Fault)?.code == .checkpoint }
    }
}

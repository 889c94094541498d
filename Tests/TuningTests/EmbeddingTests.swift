import Core
import Foundation
import Inference
import Kernels
import Support
import Tensors
import Testing

@testable import Tuning

@Suite struct EmbeddingTests {
    private func workspace() throws -> Workspace { Workspace(pool: try ThreadPool(width: 1)) }

    private func write(_ text: String, in folder: TemporaryDirectory) throws -> String { try folder.write(Array(text.utf8), to: "pairs.jsonl") }

    // MARK: - Pieces

    /// Every kind has numbers of its own.
    @Test func piecesHaveNumbersInTheirRegion() {
        for text in ["停水了吗", "water pipes, 12", "电脑ＰＣ：好"] {
            for piece in TextFeatures.pieces(of: text) { #expect(PieceIndex.range(piece.kind).contains(Int(PieceIndex.number(piece)))) }
        }
        #expect(TextFeatures.PieceKind.allCases.reduce(0) { $0 + PieceIndex.range($1).count } == PieceIndex.count)
        #expect(PieceIndex.count % 256 == 0 && (0..<1_000).allSatisfy { (0..<77).contains(PieceIndex.window($0, of: 77)) })
    }

    @Test func bagsHaveEachPieceOnce() {
        let bag = PieceBag(numbers: [7, 3, 7, 7, 9])
        #expect(bag.numbers == [3, 7, 9] && bag.factors[0] == 1 && abs(bag.factors[1] - (1 + log(3))) < 1e-6 && bag.factors[2] == 1)
        #expect(PieceBag("").numbers.isEmpty && PieceBag("水水").numbers.count == 2)
    }

    // MARK: - What pieces weigh

    private func weight(_ text: String, _ weights: PieceWeights) throws -> Float { weights.values[Int(PieceIndex.number(try #require(TextFeatures.pieces(of: text).last)))] }

    /// A list in which 中国 is a word and 国的 is only what stands side by side.
    @Test func wordsWeighMoreThanNeighbors() throws {
        let words = [("是", 90_000.0), ("的", 5_000), ("中国", 100), ("国", 5), ("铀", 1), ("的士", 1), ("English", 9)]
        let weights = PieceWeights(words: words, texts: ["water pipes", "water works", "the water"])
        #expect(try weight("中国", weights) > 3 * weight("国的", weights) && weight("铀", weights) > weight("国", weights) && weight("国", weights) > weight("的", weights))
        // Words of other writing follow from the texts; what nobody has is rarest.
        #expect(try weight("pipes", weights) > weight("water", weights) && weight("unheard", weights) > weight("pipes", weights))
        #expect(weights.values.allSatisfy { $0.isFinite && $0 >= 0 })
    }

    /// Worked by hand: of two words, one in four is 甲乙 and three in four are 乙; 甲乙 also comes from nothing else, since no word ends with 甲.
    @Test func statisticsOfWords() throws {
        let list = WordStatistics([("甲乙", 1), ("乙", 3), ("abc", 7), ("丙", 0)])
        let characters = list.pieces(.character), pairs = list.pieces(.characterPair)
        #expect(characters.map(\.text) == ["乙", "甲"] && characters.map(\.inside) == [1, 0.25])
        #expect(pairs.map(\.text) == ["甲乙"] && pairs[0].inside == 0.25 && pairs[0].everywhere == 0.25)
        #expect(WordStatistics([("abc", 7)]).isEmpty && list.pieces(.word).isEmpty)
        let chance = WordStatistics([("甲", 1), ("乙", 1), ("甲乙", 2)]).pieces(.characterPair)
        // One word in four ends with 甲, one in four begins with 乙.
        #expect(abs(chance[0].everywhere - (0.5 + 0.7 / 16)) < 1e-12)
    }

    // MARK: - Pairs

    @Test func pairsAreReadInBothForms() throws {
        let folder = try TemporaryDirectory()
        let set = try TextPairSet(path: write("{\"query\":\"停水了\",\"text\":\"水管\"}\r\n\n{\"text\":\"a\",\"same\":\"b\"}\n", in: folder))
        #expect(set.items == [TextPair(query: "停水了", text: "水管"), TextPair(query: "b", text: "a")])
    }

    /// The bad line is named; what stands in it is not.
    @Test(arguments: ["{\"text\":\"geheim\"}", "{\"query\":\"geheim\"}", "{\"query\":\" \",\"text\":\"geheim\"}", "[\"geheim\"]", "{\"query\":\"geheim\",", "{\"query\":3,\"text\":\"geheim\"}"])
    func theBadLineIsNamed(line: String) throws {
        let folder = try TemporaryDirectory()
        let path = try write("{\"query\":\"a\",\"text\":\"b\"}\n\(line)\n", in: folder)
        #expect { try TextPairSet(path: path) } throws: { error in
            guard let fault = error as? Fault else { return false }
            return fault.code == .trainingData && fault.message.contains("line 2") && !fault.message.contains("geheim")
        }
    }

    /// Pairs that share a text or a query are in one part, also by way of others.
    @Test func partsShareNoText() throws {
        let items = (0..<60).map { TextPair(query: "q\($0 / 2)", text: $0 < 20 ? "t\($0 % 3)" : "t\($0)") }
        let (training, heldOut) = try TextPairSet(items).split(heldOut: 0.2, seed: 3)
        #expect(training.count + heldOut.count == 60 && (8...24).contains(heldOut.count))
        #expect(Set(training.flatMap { [$0.query, $0.text] }).isDisjoint(with: heldOut.flatMap { [$0.query, $0.text] }))
        #expect(try TextPairSet(items).split(heldOut: 0.2, seed: 3).heldOut == heldOut)
    }

    // MARK: - Figures

    /// Own texts have the ranks 1, 2 and 12; a text that is as near as the own one does not count.
    @Test func figuresCountRanks() throws {
        var rows = [[Float]](repeating: (0..<12).map { Float(12 - $0) }, count: 3)
        rows[0][1] = 12
        let nearness = try Tensor(rows.flatMap { $0 }, shape: [3, 12], in: workspace())
        let figures = try RetrievalFigures(nearness, own: [0, 1, 11])
        #expect(figures.recallAt1 == 1.0 / 3 && figures.recallAt10 == 2.0 / 3 && figures.reciprocalRank == 1.5 / 3 && figures.queryCount == 3 && figures.textCount == 12)
        #expect(throws: Fault.self) { try RetrievalFigures(nearness, own: [0, 1, 12]) }
    }

    // MARK: - The network

    private static let shape = SentenceEncoder.Shape(memoryCount: 4_096, width: 64, hiddenWidth: 8)

    private func network() throws -> SentenceEncoder {
        try SentenceEncoder(Self.shape, weights: PieceWeights(texts: Self.pairs.flatMap { [$0.query, $0.text] }), in: workspace(), seed: 5)
    }

    /// Questions that share no piece with what answers them.
    private static let pairs = [("停水", "自来管道"), ("停电", "变压器"), ("路坑", "沥青"), ("噪声", "夜间施工"), ("bus", "route"), ("tax", "levy"), ("入学", "小班"), ("低保", "救助")].map { TextPair(query: $0.0, text: $0.1) }

    @Test func vectorsHaveLengthOneAndBeginWithSharedPieces() throws {
        let network = try network()
        let values = try network.vectors(of: ["居住证怎么办理", "办理居住证", "天气很好"]).values
        func nearness(_ a: Int, _ b: Int) -> Float { (0..<64).reduce(0) { $0 + values[a * 64 + $1] * values[b * 64 + $1] } }
        #expect((0..<3).allSatisfy { abs(nearness($0, $0) - 1) < 1e-5 } && nearness(0, 1) > nearness(0, 2) + 0.2)
    }

    @Test func whatBelongsTogetherIsLearnedAndKept() throws {
        let network = try network()
        var plan = TrainingPlan()
        (plan.epochs, plan.batchCount, plan.rate) = (30, 8, 0.01)
        let examples = Self.pairs.map { SentenceEncoder.Example($0) }
        var trainer = try Trainer(network, training: examples, heldOut: examples, plan: plan)
        let before = try network.figures(Self.pairs)
        run: while true { if case .finished = try trainer.next() { break run } }
        let after = try trainer.network.figures(Self.pairs)
        #expect(before.recallAt1 < 0.7 && after.recallAt1 == 1 && after.queryCount == 8 && after.textCount == 8)
        let folder = try TemporaryDirectory()
        try trainer.network.write(to: folder.file("m"))
        let loaded = try LoadedSentenceEncoder(path: folder.file("m")), rounded = try trainer.network.rounded()
        // What is read back is the rounded network to the last bit; rounding hardly moves a vector.
        let texts = Self.pairs.map(\.text)
        let (read, kept, exact) = (try loaded.vectors(of: texts).flatMap { $0 }, try rounded.vectors(of: texts).values, try trainer.network.vectors(of: texts).values)
        #expect(zip(read, kept).allSatisfy { abs($0 - $1) < 1e-5 } && zip(kept, exact).allSatisfy { abs($0 - $1) < 0.02 })
        #expect(try loaded.width == 64 && loaded.vector(of: " ").allSatisfy { $0 == 0 } && loaded.vector(of: texts[1]) == loaded.vectors(of: texts)[1])
        #expect(throws: Fault.self) { try loaded.vectors(ofPieces: [[Int32(PieceIndex.count)]]) }
    }

    /// What another pair says in the same words is no wrong answer: two pairs that are the same have no loss.
    @Test func equalTextsAreNoNegatives() throws {
        let network = try network(), example = SentenceEncoder.Example(Self.pairs[0])
        #expect(try network.evaluate([example, example]).loss < 1e-6 && network.evaluate([example, SentenceEncoder.Example(Self.pairs[1])]).loss > 1e-3)
    }

    @Test func otherFilesAreRefused() throws {
        let folder = try TemporaryDirectory()
        var writer = SafetensorsWriter()
        writer.set("banyan.model", SentenceEncoder.kind)
        writer.set("banyan.shape", "{\"memory\":64,\"width\":65,\"hidden\":1}")
        writer.add("memory", shape: [2], type: .i8) { [1, 255] }
        try writer.write(to: folder.file("m"))
        #expect(try SafetensorsFile(path: folder.file("m")).floats(of: "memory") == [1, -1])
        #expect { try LoadedSentenceEncoder(path: folder.file("m")) } throws: { ($0 as? Fault)?.code == .checkpoint }
    }
}

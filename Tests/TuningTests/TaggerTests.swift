import Core
import Foundation
import Inference
import Kernels
import Support
import Tensors
import Testing

@testable import Tuning

@Suite struct TaggerTests {
    private func workspace() throws -> Workspace { Workspace(pool: try ThreadPool(width: 1)) }

    // MARK: - Tags

    /// Tags and spans are the same thing, for every set of spans that do not overlap in four characters.
    @Test func tagsAndSpansAreTheSame() {
        let scheme = TagScheme(types: ["A", "B"])
        var all: [[TextSpan]] = [[]]
        for start in 0..<4 { all += all.flatMap { spans in (start + 1...4).flatMap { end in ["A", "B"].map { spans + [TextSpan(start: start, end: end, type: $0)] } } }.filter { spans in spans.dropLast().allSatisfy { $0.end <= start } } }
        #expect(all.count == Set(all).count && all.count > 100)
        let masks = scheme.masks
        for spans in all {
            let tags = scheme.tags(spans, length: 4)
            #expect(scheme.spans(tags) == spans.sorted())
            // What is there is possible.
            #expect(masks.starts[Int(tags[0])] == 0 && masks.ends[Int(tags[3])] == 0 && zip(tags, tags.dropFirst()).allSatisfy { masks.transitions[Int($0) * scheme.count + Int($1)] == 0 })
        }
    }

    /// Every sequence of tags that the masks allow says what its spans say: nothing possible is lost.
    @Test func whatMasksAllowIsWellFormed() {
        let scheme = TagScheme(types: ["A"]), masks = scheme.masks
        var count = 0
        for number in 0..<625 {
            let tags = [number % 5, number / 5 % 5, number / 25 % 5, number / 125].map { Int32($0) }
            let isPossible = masks.starts[Int(tags[0])] == 0 && masks.ends[Int(tags[3])] == 0 && zip(tags, tags.dropFirst()).allSatisfy { masks.transitions[Int($0) * 5 + Int($1)] == 0 }
            #expect(isPossible == (scheme.tags(scheme.spans(tags), length: 4) == tags))
            count += isPossible ? 1 : 0
        }
        #expect(count == 34)
    }

    @Test func theFirstAndLongestOfOverlappingSpansStay() {
        let text = TaggedText("abcdef", spans: [.init(start: 2, end: 4, type: "x"), .init(start: 0, end: 2, type: "x"), .init(start: 0, end: 3, type: "y"), .init(start: 3, end: 6, type: "x")])
        #expect(text.flatSpans == [.init(start: 0, end: 3, type: "y"), .init(start: 3, end: 6, type: "x")] && text.spans.count == 4)
    }

    /// Worked by hand.
    @Test func figuresOfSpans() {
        var scores = SpanScores()
        scores.add(found: [.init(start: 0, end: 1, type: "a"), .init(start: 1, end: 2, type: "b")], there: [.init(start: 0, end: 1, type: "a"), .init(start: 1, end: 2, type: "a")])
        scores.add(found: [], there: [.init(start: 0, end: 1, type: "b")])
        #expect(scores.byType["a"]?.recall == 0.5 && scores.byType["a"]?.precision == 1 && scores.byType["b"]?.f1 == 0)
        #expect(scores.all.right == 1 && scores.all.found == 2 && scores.all.there == 3 && scores.all.f1 == 0.4)
    }

    // MARK: - What the network sees

    @Test func theLongestWordsAreMarked() throws {
        let list = try WordList(name: "places", words: ["北京", "北京市", "京", "Ab"])
        #expect(list.marks("在北京市京北京ＡＢ".unicodeScalars.map { TextFeatures.plain($0.value) }) == [0, 1, 2, 3, 4, 1, 3, 1, 3])
        #expect { try WordList(name: "x", words: []) } throws: { ($0 as? Fault)?.code == .trainingData }
        #expect { try WordList(name: "x", words: [String(repeating: "长", count: 33)]) } throws: { ($0 as? Fault)?.code == .trainingData }
    }

    @Test func rareThingsHaveNoPlaceOfTheirOwn() {
        let vocabulary = TaggerVocabulary(of: [TaggedText("北京北京市", spans: [])], bounds: .init(threes: 100))
        let places = vocabulary.places("北京市上".unicodeScalars.map(\.value))
        #expect(places.characters[0] != places.characters[1] && places.characters[..<2].allSatisfy { $0 >= 64 } && places.characters[2...].allSatisfy { (1..<64).contains($0) })
        #expect(places.left[1] > 0 && places.right[0] == places.left[1] && places.left[0] == 0 && places.right[1] == 0 && places.threes.isEmpty)
        #expect(places.kinds == [4, 4, 4, 4])
    }

    /// Exchanges keep spans what they are; masks hide a character from its neighbors.
    @Test func changesKeepSpans() throws {
        let text = TaggedText("我在北京见张三", spans: [.init(start: 2, end: 4, type: "place"), .init(start: 5, end: 7, type: "name")])
        let other = TaggedText("李小四去上海市", spans: [.init(start: 0, end: 3, type: "name"), .init(start: 4, end: 7, type: "place")])
        let changes = TaggerChanges(of: [text, other], exampleShare: 1, exchangeShare: 0.99, maskShare: 0.99)
        var random = SeededRandom(seed: 2), seen: Set<String> = []
        for _ in 0..<50 {
            guard let changed = changes.exchanged(text.scalars, text.flatSpans, using: &random) else { continue }
            let characters = changed.scalars.compactMap(Unicode.Scalar.init).map(Character.init)
            for span in changed.spans { seen.insert(span.type + String(characters[span.start..<span.end])) }
            #expect(String(characters).hasPrefix("我在") && changed.spans.count == 2)
        }
        #expect(seen == ["place北京", "place上海市", "name张三", "name李小四"])
        let vocabulary = TaggerVocabulary(of: [text, text])
        var places = vocabulary.places(text.scalars)
        changes.mask(&places, using: &random)
        #expect(places.characters.contains(0) && places.characters.indices.allSatisfy { places.characters[$0] != 0 || (places.left[$0] == 0 && places.right[$0] == 0) })
    }

    // MARK: - The network

    private static let names = ["张三", "李四", "王小五"], places = ["北京", "上海", "广州市"]
    private var texts: [TaggedText] {
        Self.names.flatMap { name in Self.places.map { place in
            TaggedText(name + "住在" + place + "。", spans: [.init(start: 0, end: name.count, type: "name"), .init(start: name.count + 2, end: name.count + 2 + place.count, type: "place")])
        } }
    }

    private func network(_ workspace: Workspace, lists: [WordList] = []) throws -> SequenceTagger {
        let shape = SequenceTagger.Shape(types: ["name", "place"], width: 64, dilations: [2], recurrences: 1, characterWidth: 20, pairWidth: 12)
        return try SequenceTagger(shape, vocabulary: TaggerVocabulary(of: texts, lists: lists, bounds: .init(threes: 100)), in: workspace, seed: 1)
    }

    /// A text in a batch is what it is alone: nothing flows between sequences.
    @Test func textsOfABatchDoNotMeet() throws {
        let network = try network(workspace()), examples = texts.map { network.example($0) }
        let alone = try examples.map { Double(try network.evaluate([$0]).loss) * network.weight(of: [$0]) }.reduce(0, +) / network.weight(of: examples)
        #expect(abs(Double(try network.evaluate(examples).loss) - alone) < 1e-4)
    }

    /// What was learned is kept in bytes, words too, and used by products of bytes with the same spans; long texts are cut, and their spans stand where they stand in the whole.
    @Test func taggersLearnAndAreKept() throws {
        let (folder, room) = (try TemporaryDirectory(), try workspace())
        var learner = try network(room, lists: [WordList(name: "places", words: Self.places)])
        learner.dropout = .init(whole: 0, input: 0.1, hidden: 0.1)
        let examples = texts.map { learner.example($0) }
        var plan = TrainingPlan()
        (plan.epochs, plan.batchCount, plan.rate, plan.averageDecay) = (12, 3, 5e-3, 0.9)
        var trainer = try Trainer(learner, training: examples, heldOut: examples, plan: plan)
        while true { if case .finished = try trainer.next() { break } }
        #expect(try #require(trainer.best).accuracy == 1)
        learner.parameters = try #require(trainer.best).parameters
        try learner.write(to: folder.file("model"))
        let read = try SequenceTagger(file: SafetensorsFile(path: folder.file("model")), in: room)
        #expect(read.shape == learner.shape && read.vocabulary.lists == learner.vocabulary.lists && read.parameterNames == learner.parameterNames)
        #expect(try read.spanScores(examples).scores.all.f1 == 1)
        let tagger = try LoadedTagger(path: folder.file("model"))
        for text in texts { #expect(try tagger.tag(text.scalars) == text.spans) }
        let clause = "张三住在北京。", count = 100
        let long = try tagger.tag(String(repeating: clause, count: count) + "\n\r\n" + clause)
        let expected = ((0..<count).map { $0 * 7 } + [count * 7 + 3]).flatMap { [TextSpan(start: $0, end: $0 + 2, type: "name"), TextSpan(start: $0 + 4, end: $0 + 6, type: "place")] }
        #expect(long == expected)
        #expect(try tagger.tag("") == [] && tagger.tag("\n\n") == [])
        #expect(try tagger.tag([clause, "", clause], pool: ThreadPool(width: 2)) == [Array(expected.prefix(2)), [], Array(expected.prefix(2))])
    }

    /// A run with an average of parameters that was cut off goes on to the same bits.
    @Test func anAverageIsKeptWithItsRun() throws {
        let folder = try TemporaryDirectory()
        func trainer() throws -> Trainer<SequenceTagger> {
            let learner = try network(workspace()), examples = texts.map { learner.example($0) }
            var plan = TrainingPlan()
            (plan.epochs, plan.batchCount, plan.averageDecay) = (2, 4, 0.5)
            return try Trainer(learner, training: examples, heldOut: examples, plan: plan)
        }
        var whole = try trainer(), first = try trainer(), second = try trainer()
        while true { if case .finished = try whole.next() { break } }
        for _ in 0..<4 { _ = try first.next() }
        try first.write(to: folder.file("run"))
        try second.resume(from: folder.file("run"))
        while true { if case .finished = try second.next() { break } }
        #expect(second.best?.parameters.map(\.values) == whole.best?.parameters.map(\.values) && second.points == whole.points)
        #expect(second.best?.parameters.map(\.values) != second.network.parameters.map(\.values))
    }

    @Test(arguments: ["", "{}", "{\"types\":[],\"width\":64}", "{\"types\":[\"a\"],\"width\":63,\"dilations\":[1],\"recurrences\":1,\"character_width\":8,\"pair_width\":8}", "{\"types\":[\"a\"],\"width\":64,\"dilations\":[1],\"recurrences\":1,\"character_width\":8,\"pair_width\":8}"])
    func damagedModelsAreRefused(shape: String) throws {
        let folder = try TemporaryDirectory()
        try Checkpoint.write(["x"], [try Tensor([1], shape: [1], in: workspace())], about: ["banyan.model": "sequence-tagger", "banyan.shape": shape], to: folder.file("m"))
        #expect { try LoadedTagger(path: folder.file("m")) } throws: { ($0 as? Fault)?.code == .checkpoint }
    }
}

import Core
import Inference
import Kernels
import Support
import Tensors
import Testing

@testable import Tuning

@Suite struct ContinualTests {
    private func workspace() throws -> Workspace { Workspace(pool: try ThreadPool(width: 1)) }

    // MARK: - Figures

    /// Worked by hand, three tasks.
    @Test func figuresOfTransfer() {
        var matrix = TransferMatrix(tasks: ["a", "b", "c"], untrained: [0.5, 0.25, 0.1])
        for row in [[0.9, 0.35, 0.2], [0.8, 0.7, 0.3], [0.85, 0.6, 1]] { matrix.add(row) }
        func equal(_ a: Double, _ b: Double) -> Bool { abs(a - b) < 1e-12 }
        #expect(equal(matrix.averageAccuracy, 2.45 / 3))
        #expect(equal(matrix.backwardTransfer, ((0.85 - 0.9) + (0.6 - 0.7)) / 2))
        #expect(equal(matrix.forwardTransfer, ((0.35 - 0.25) + (0.3 - 0.1)) / 2))
        #expect(equal(matrix.forgetting, ((0.9 - 0.85) + (0.7 - 0.6)) / 2))
        #expect(equal(matrix.forgettingPerMegabyte(500_000) ?? 0, 0.15) && matrix.forgettingPerMegabyte(0) == nil)
        let svg = matrix.svg(title: "a < b")
        #expect(svg.contains("a &lt; b") && svg.contains(">60.0<") && svg.hasSuffix("</svg>\n"))
    }

    @Test func aStreamOfOneTaskTransfersNothing() {
        var matrix = TransferMatrix(tasks: ["a"], untrained: [0.5])
        #expect(matrix.averageAccuracy == 0)
        matrix.add([0.9])
        #expect(matrix.averageAccuracy == 0.9 && matrix.backwardTransfer == 0 && matrix.forwardTransfer == 0 && matrix.forgetting == 0)
    }

    // MARK: - Replay

    /// Each element stays with the same chance: over many seeds, as often as any other within five standard deviations.
    @Test func samplesAreEven() {
        var kept = [Int](repeating: 0, count: 50)
        for seed in 0..<2_000 {
            var buffer = ReplayBuffer<Int>(countMax: 10, seed: UInt64(seed))
            for element in 0..<50 { buffer.add(element) }
            #expect(buffer.elements.count == 10 && Set(buffer.elements).count == 10 && buffer.seen == 50)
            for element in buffer.elements { kept[element] += 1 }
        }
        #expect(kept.allSatisfy { abs(Double($0) - 400) < 5 * (2_000 * 0.2 * 0.8).squareRoot() })
    }

    @Test func oldAndNewAreMixed() {
        var buffer = ReplayBuffer<Int>(countMax: 4, seed: 1)
        #expect(buffer.mixed(with: [1, 2], share: 0.5) == [1, 2])
        for element in 10..<13 { buffer.add(element) }
        #expect(buffer.mixed(with: [1, 2, 3, 4, 5, 6], share: 0.5) == [1, 2, 3, 4, 5, 6, 10, 11, 12, 10, 11, 12])
        #expect(buffer.mixed(with: [1, 2], share: 0) == [1, 2])
        var none = ReplayBuffer<Int>(countMax: 0, seed: 1)
        none.add(1)
        #expect(none.elements.isEmpty)
    }

    // MARK: - Consolidation

    /// One square around the weighted mean differs from the two it stands for by the same number everywhere.
    @Test func penaltiesOfTwoTasksAreOne() throws {
        let room = try workspace()
        func tensor(_ values: [Float]) throws -> Tensor { try Tensor(values, shape: [3], in: room) }
        let (first, second) = ([1, 2, 3] as [Float], [-1, 0, 3] as [Float]), (f, g) = ([2, 0, 1] as [Float], [1, 0, 4] as [Float])
        var consolidation = Consolidation(strength: 0.5)
        #expect(try consolidation.penalty([tensor(first)]) == nil)
        try consolidation.hold([tensor(first)], information: [tensor(f)])
        try consolidation.hold([tensor(second)], information: [tensor(g)])
        func both(_ x: [Float]) -> Float { (0..<3).reduce(0) { $0 + 0.25 * (f[$1] * (x[$1] - first[$1]) * (x[$1] - first[$1]) + g[$1] * (x[$1] - second[$1]) * (x[$1] - second[$1])) } }
        func one(_ x: [Float]) throws -> Float { try #require(try consolidation.penalty([tensor(x)])?.item) }
        let offset = try both([0, 0, 0]) - one([0, 0, 0])
        for x in [[1, 1, 1], [5, -4, 2], [0.3, 0, -2]] as [[Float]] { #expect(try abs(both(x) - one(x) - offset) < 1e-4) }
        #expect(consolidation.byteCount == 24)
    }

    /// For a two-label head the information of the bias is the mean of p (1 - p), whatever was drawn.
    @Test func informationIsThatOfTheAnswers() throws {
        let room = try workspace()
        var network = try TextClassifier(.init(bucketCount: 64, width: 4, heads: [.init(name: "x", labels: ["a", "b"])]), in: room, seed: 1)
        network.parameters[4] = try Tensor([0, 1.5], shape: [2], in: room).parameter()
        let examples = [try network.example(LabeledText(text: "水", label: "a"))]
        var random = SeededRandom(seed: 3)
        // Drawn often enough, the mean comes near.
        let information = try Consolidation.information(of: network, examples: [TextClassifier.Example](repeating: examples[0], count: 4_000), using: &random)
        let p = Float(1 / (1 + 4.481689))
        #expect(abs(information[4].values[0] - p * (1 - p)) < 0.02 && abs(information[4].values[1] - p * (1 - p)) < 0.02)
        #expect(information[0].values.allSatisfy { $0 >= 0 })
    }

    // MARK: - Streams

    /// Three questions about the same words, so that learning one disturbs the others.
    private func tasks() -> [TextTask] {
        let words = ["水", "路", "灯", "车", "桥", "树", "雨", "雪"]
        let rules: [(String, (Int, Int) -> Bool)] = [("first", { a, _ in a < 4 }), ("even", { a, _ in a % 2 == 0 }), ("second", { _, b in b < 4 })]
        return rules.map { name, rule in
            let items = (0..<64).map { index in LabeledText(text: words[index / 8] + " " + words[index % 8] + "吗", label: rule(index / 8, index % 8) ? "yes" : "no") }
            return TextTask(name: name, labels: ["no", "yes"], training: items, heldOut: items)
        }
    }

    private func stream(_ method: ContinualMethod, skipping: Set<String> = [], seed: UInt64 = 1, in room: Workspace) throws -> TaskStream {
        var options = TaskStream.Options()
        (options.method, options.bucketCount, options.width, options.bufferCount, options.informationCount, options.strength) = (method, 256, 9, 60, 30, 20)
        var plan = TrainingPlan()
        (plan.epochs, plan.batchCount, plan.rate, plan.seed) = (6, 8, 2e-2, seed)
        var stream = try TaskStream(tasks(), options: options, plan: plan, skipping: skipping, in: room)
        while true { if case .finished = try stream.next() { return stream } }
    }

    @Test(arguments: ContinualMethod.allCases)
    func everyMethodLearnsAndRepeatsItself(method: ContinualMethod) throws {
        let room = try workspace()
        let first = try stream(method, in: room)
        #expect(first.matrix.rows.count == (method == .joint ? 1 : 3))
        // What was learned last is known, whatever became of the rest.
        #expect(try #require(first.matrix.rows.last?.last) > 0.7)
        #expect((first.keptByteCount > 0) == [.replay, .ewc, .adapters].contains(method))
        let second = try stream(method, in: room)
        #expect(first.matrix == second.matrix)
        #expect(try first.result().parameters.map(\.values) == second.result().parameters.map(\.values))
        #expect(try stream(method, seed: 2, in: room).result().parameters.map(\.values) != first.result().parameters.map(\.values))
    }

    /// Adapters do not know of each other: later ones change no answer to earlier tasks.
    @Test func adaptersForgetNothing() throws {
        let matrix = try stream(.adapters, in: workspace()).matrix
        #expect(matrix.backwardTransfer == 0 && matrix.forgetting == 0)
    }

    /// Withdrawing a source leaves what would be there if its turn had never come, to the bit; through a file, too.
    @Test func aWithdrawnSourceLeavesNoTrace() throws {
        let (folder, room) = (try TemporaryDirectory(), try workspace())
        let without = try stream(.adapters, skipping: ["even"], in: room)
        var stack = try stream(.adapters, in: room).stack
        #expect(stack.adapters.count == 3)
        try stack.write(to: folder.file("all"))
        try stack.withdraw("even")
        #expect { try stack.withdraw("even") } throws: { ($0 as? Fault)?.code == .trainingData }
        let (merged, expected) = (try stack.merged(), try without.result())
        #expect(merged.shape == expected.shape && merged.parameters.map(\.values) == expected.parameters.map(\.values))
        try stack.write(to: folder.file("withdrawn"))
        try without.stack.write(to: folder.file("never"))
        #expect(try FileTree.read(folder.file("withdrawn")) == FileTree.read(folder.file("never")))
        let file = try SafetensorsFile(path: folder.file("all"))
        #expect(AdapterStack.isStack(file))
        var read = try AdapterStack(file: file, in: room)
        try read.withdraw("even")
        #expect(try read.merged().parameters.map(\.values) == expected.parameters.map(\.values))
        try read.withdraw("first")
        try read.withdraw("second")
        #expect { try read.merged() } throws: { ($0 as? Fault)?.code == .trainingData }
    }

    /// The sum of all adapters answers as each adapter alone does.
    @Test func mergingChangesNoAnswer() throws {
        let room = try workspace()
        let task = tasks()[0]
        let base = try TextClassifier(.init(bucketCount: 256, width: 9, heads: [.init(name: "base", labels: ["none"])]), in: room, seed: 1)
        let head = TextClassifier.Head(name: "first", labels: task.labels)
        var adapted = try AdaptedClassifier(base, head: head, slot: 2..<5, seed: 7)
        let examples = try task.training.map { try TextClassifier(.init(bucketCount: 256, width: 9, heads: [head]), in: room, seed: 1).example($0) }
        adapted.parameters = try adapted.parameters.enumerated().map { place, tensor in
            var random = SeededRandom(seed: UInt64(place))
            return try Tensor(normal: 0.5, shape: tensor.shape, in: room, using: &random).parameter()
        }
        // A hidden layer and a head look at their own slot only: without a base all else is zero while they learn.
        let places = try AdaptedClassifier.places(2..<5, 9, in: room)
        for part in 1...2 { adapted.parameters[part] = try adapted.parameters[part].multiplied(byTransposed: places).multiplied(by: places).detached().parameter() }
        var other = try AdaptedClassifier(base, head: .init(name: "other", labels: ["a", "b"]), slot: 5..<9, seed: 8).adapter
        var random = SeededRandom(seed: 4)
        other.parameters[0] = try Tensor(normal: 1, shape: other.parameters[0].shape, in: room, using: &random)
        var stack = AdapterStack(base)
        stack.add(other)
        stack.add(adapted.adapter)
        let (alone, together) = (try adapted.evaluate(examples), try stack.merged().evaluate(examples))
        #expect(alone.correct == together.correct && abs(alone.loss - together.loss) < 1e-5 * abs(alone.loss))
    }

    @Test func streamsThatDoNotFitAreRefused() throws {
        let room = try workspace()
        var options = TaskStream.Options()
        (options.method, options.bucketCount, options.width, options.rank) = (.adapters, 64, 8, 3)
        for tasks in [[], tasks(), tasks() + tasks(), [TextTask(name: "x", labels: ["a"], training: [], heldOut: [])]] {
            #expect { try TaskStream(tasks, options: options, plan: TrainingPlan(), in: room) } throws: { ($0 as? Fault)?.code == .trainingData }
        }
    }
}

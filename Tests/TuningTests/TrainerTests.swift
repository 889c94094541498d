import Core
import Inference
import Kernels
import Support
import Tensors
import Testing

@testable import Tuning

/// Points in a plane, on one side of a line or the other.
private struct Point: Sendable {
    var values: [Float]
    var label: Int32
}

/// A linear classifier with dropout, so that steps need randomness.
private struct LineNetwork: TrainableNetwork {
    let parameterNames = ["weight", "bias"]
    var parameters: [Tensor]
    /// The step whose loss is no number; nil for none.
    var broken: Int32?

    init(_ workspace: Workspace) throws {
        parameters = [try Tensor(repeating: 0.1, shape: [2, 2], in: workspace).parameter(), try Tensor(repeating: 0, shape: [2], in: workspace).parameter()]
    }

    private func scores(_ batch: [Point]) throws -> Tensor {
        try Tensor(batch.flatMap(\.values), shape: [batch.count, 2], in: parameters[0].workspace).multiplied(byTransposed: parameters[0]) + parameters[1]
    }

    func loss(of batch: [Point], using random: inout SeededRandom) throws -> Tensor {
        let loss = try scores(batch).dropout(0.1, using: &random).crossEntropy(batch.map(\.label))
        return broken == nil ? loss : try loss * .nan
    }

    func evaluate(_ batch: [Point]) throws -> (loss: Float, correct: Int) {
        let found = try scores(batch)
        let values = found.values
        return (try found.crossEntropy(batch.map(\.label)).item ?? .nan, batch.indices.count { (values[2 * $0] < values[2 * $0 + 1]) == (batch[$0].label == 1) })
    }
}

@Suite struct TrainerTests {
    private func points(_ count: Int, seed: UInt64) -> [Point] {
        var random = SeededRandom(seed: seed)
        return (0..<count).map { _ in
            let values = [Float.random(in: -1...1, using: &random), Float.random(in: -1...1, using: &random)]
            return Point(values: values, label: values[0] + 2 * values[1] > 0.1 ? 1 : 0)
        }
    }

    private func trainer(epochs: Int = 4, patience: Int? = nil, data: String = "") throws -> Trainer<LineNetwork> {
        var plan = TrainingPlan()
        plan.data = data
        (plan.epochs, plan.batchCount, plan.rate, plan.patience) = (epochs, 7, 0.1, patience)
        return try Trainer(try LineNetwork(Workspace(pool: try ThreadPool(width: 1))), training: points(60, seed: 1), heldOut: points(40, seed: 2), plan: plan)
    }

    /// Steps to the end; how many.
    private func finish(_ trainer: inout Trainer<LineNetwork>) throws {
        while true { if case .finished = try trainer.next() { return } }
    }

    @Test func aLineIsLearned() throws {
        var run = try trainer(epochs: 20)
        try finish(&run)
        #expect(run.step == 20 * 9 && run.points.count == 20)
        #expect(try #require(run.best).accuracy >= 0.95)
        #expect(try #require(run.points.last).heldOutLoss < #require(run.points.first).heldOutLoss)
    }

    /// Wherever a run was cut off, it goes on to the same bits: parameters, best, curve.
    @Test func aRunThatWasCutOffEndsTheSame() throws {
        let folder = try TemporaryDirectory()
        var whole = try trainer()
        try finish(&whole)
        for cut in [0, 1, 8, 9, 10, 17, 36, 39] {
            var first = try trainer()
            for _ in 0..<cut { _ = try first.next() }
            try first.write(to: folder.file("run"))
            var second = try trainer()
            try second.resume(from: folder.file("run"))
            try finish(&second)
            #expect(second.network.parameters.map(\.values) == whole.network.parameters.map(\.values), "cut after \(cut) calls")
            #expect(second.points == whole.points && second.best?.accuracy == whole.best?.accuracy)
            #expect(second.best?.parameters.map(\.values) == whole.best?.parameters.map(\.values))
        }
    }

    @Test func runsOfOtherPlansAreRefused() throws {
        let folder = try TemporaryDirectory()
        try trainer().write(to: folder.file("run"))
        for var other in [try trainer(epochs: 5), try trainer(data: "others")] {
            #expect { try other.resume(from: folder.file("run")) } throws: { ($0 as? Fault)?.code == .checkpoint }
        }
        var other = try trainer(epochs: 5)
        #expect { try other.resume(from: folder.file("run")) } throws: { ($0 as? Fault)?.code == .checkpoint }
        var writer = SafetensorsWriter()
        writer.add("weight", shape: [1]) { [1] }
        try writer.write(to: folder.file("other"))
        #expect { try other.resume(from: folder.file("other")) } throws: { ($0 as? Fault)?.code == .checkpoint }
    }

    /// The batch is named; parameters and the best so far are as before.
    @Test func aLossThatIsNoNumberStopsTheRun() throws {
        var run = try trainer()
        for _ in 0..<12 { _ = try run.next() }
        let (before, best) = (run.network.parameters.map(\.values), try #require(run.best).accuracy)
        run.network.broken = 1
        #expect { try run.next() } throws: { error in
            (error as? Fault)?.code == .trainingNotFinite && (error as? Fault)?.message.contains("batch 3 of epoch 2") == true
        }
        #expect(run.network.parameters.map(\.values) == before && run.best?.accuracy == best)
    }

    @Test func patienceEndsARun() throws {
        var run = try trainer(epochs: 400, patience: 3)
        try finish(&run)
        #expect(run.points.count < 400)
        let best = try #require(run.best).accuracy
        #expect(run.points.suffix(3).allSatisfy { $0.accuracy <= best } && run.points.dropLast(3).contains { $0.accuracy == best })
    }

    @Test func emptyPartsAreRefused() throws {
        let network = try LineNetwork(Workspace(pool: try ThreadPool(width: 1)))
        #expect { try Trainer(network, training: [], heldOut: points(1, seed: 1), plan: TrainingPlan()) } throws: { ($0 as? Fault)?.code == .trainingData }
    }
}

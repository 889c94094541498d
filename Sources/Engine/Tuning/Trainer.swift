import Core
import Tensors

/// A network that can be trained on examples of one kind.
public protocol TrainableNetwork: Sendable {
    associatedtype Example: Sendable
    /// Names of the parameters, unique and in their order; a name holds no line break.
    var parameterNames: [String] { get }
    var parameters: [Tensor] { get set }
    /// The mean loss of a batch while training, with dropout and changes to the examples if the network has them.
    func loss(of batch: [Example], using random: inout SeededRandom) throws -> Tensor
    /// The mean loss of a batch as it is, and how many of its examples are answered rightly.
    func evaluate(_ batch: [Example]) throws -> (loss: Float, correct: Int)
    /// What the best parameters are chosen by, from all held-out examples together: larger is better, 1 is perfect. The default is the share of right answers.
    func score(loss: Double, correct: Int, count: Int) -> Double
    /// What a batch counts for when losses of several are averaged: the terms of its mean. The default is its examples.
    func weight(of batch: [Example]) -> Double
    /// Examples that are measured at once. The default is 256.
    var evaluationBatchCount: Int { get }
    /// The mean loss of all held-out examples as they are, and the score that the best parameters are chosen by. The default measures batches, see ``score(loss:correct:count:)``.
    func measure(_ examples: [Example]) throws -> (loss: Double, score: Double)
}

extension TrainableNetwork {
    /// Its examples.
    public func weight(of batch: [Example]) -> Double { Double(batch.count) }
    public var evaluationBatchCount: Int { 256 }
    /// The share of right answers.
    public func score(loss: Double, correct: Int, count: Int) -> Double { Double(correct) / Double(max(1, count)) }

    /// Batch by batch.
    public func measure(_ examples: [Example]) throws -> (loss: Double, score: Double) {
        var (loss, correct, total) = (0.0, 0, 0.0)
        let size = max(1, evaluationBatchCount)
        for start in stride(from: 0, to: examples.count, by: size) {
            let batch = Array(examples[start..<min(examples.count, start + size)])
            let (part, weight) = (try evaluate(batch), weight(of: batch))
            loss += Double(part.loss) * weight
            correct += part.correct
            total += weight
        }
        loss /= max(total, .leastNormalMagnitude)
        return (loss, score(loss: loss, correct: correct, count: examples.count))
    }
}

/// What a run is to do.
public struct TrainingPlan: Sendable, Hashable {
    public var epochs = 5
    public var batchCount = 64
    /// Parts that a batch is computed in, one after another, their gradients summed: as many times less memory, for the same step but for rounding.
    public var accumulationCount = 1
    public var rate: Float = 2e-3
    /// The share of all steps in which the rate rises.
    public var warmupShare = 0.05
    public var weightDecay: Float = 0.01
    public var gradientNormMax: Float = 1
    /// What a moving average of the parameters keeps of itself at a step; it is measured and kept in their place. Nil for none.
    public var averageDecay: Float?
    /// Ends the run when this many epochs in a row were no better than the best; nil for never.
    public var patience: Int?
    public var seed: UInt64 = 1
    /// What tells the examples from others, such as a hash of their files: a kept run goes on with the same only.
    public var data = ""

    public init() {}
}

/// A run: takes one step at a time and holds all that the next one depends on.
public struct Trainer<Network: TrainableNetwork>: Sendable {
    /// What a step did.
    public enum Event: Sendable {
        /// One batch; `step` counts from 1.
        case trained(step: Int, loss: Float, rate: Float)
        /// The held-out examples after an epoch; `epoch` counts from 1.
        case evaluated(epoch: Int, loss: Float, accuracy: Double, isBest: Bool)
        case finished
    }

    /// A point of the loss curve.
    public struct Point: Sendable, Hashable {
        public var step: Int
        /// The mean training loss since the point before.
        public var loss: Float
        /// Of the held-out examples.
        public var heldOutLoss: Float
        public var accuracy: Double
    }

    public let plan: TrainingPlan
    public internal(set) var network: Network
    /// The parameters that did best on the held-out examples, and how well.
    public internal(set) var best: (parameters: [Tensor], accuracy: Double)?
    public internal(set) var points: [Point] = []
    /// Steps taken.
    public internal(set) var step = 0
    var optimizer: Optimizer
    /// The moving average of the parameters, if the plan asks for one.
    var average: ParameterAverage?
    /// The mean loss of this epoch's batches so far.
    var epochLoss = 0.0
    private let training: [Network.Example]
    private let heldOut: [Network.Example]
    private var order: (epoch: Int, places: [Int]) = (-1, [])

    /// - Throws: `tuning.data` when either part is empty.
    public init(_ network: Network, training: [Network.Example], heldOut: [Network.Example], plan: TrainingPlan) throws {
        guard !training.isEmpty, !heldOut.isEmpty, plan.epochs > 0, plan.batchCount > 0 else {
            throw Fault(.trainingData, "there are \(training.count) examples to learn from and \(heldOut.count) to measure with", remedy: "give more examples, or another share of held-out ones")
        }
        (self.network, self.training, self.heldOut, self.plan) = (network, training, heldOut, plan)
        optimizer = Optimizer(weightDecay: plan.weightDecay, gradientNormMax: plan.gradientNormMax)
        average = plan.averageDecay.map { ParameterAverage(of: network.parameters, decay: $0) }
    }

    /// Examples that the run learns from.
    public var trainingCount: Int { training.count }
    public var stepsPerEpoch: Int { (training.count + plan.batchCount - 1) / plan.batchCount }
    /// Steps of the whole run.
    public var stepCount: Int { plan.epochs * stepsPerEpoch }
    /// Whether the last epoch's held-out examples are still to be measured.
    private var isEpochOpen: Bool { step > points.count * stepsPerEpoch }

    private var hasGivenUp: Bool {
        // As good as the best is no progress.
        guard let patience = plan.patience, let best, let first = points.firstIndex(where: { $0.accuracy >= best.accuracy }) else { return false }
        return points.count - 1 - first >= patience
    }

    /// Takes the next step.
    ///
    /// - Throws: `tuning.not-finite` naming the batch when a loss is no number: the parameters are those from before it, and ``best`` still holds.
    public mutating func next() throws -> Event {
        if step % stepsPerEpoch == 0, isEpochOpen { return try evaluate() }
        guard step < stepCount, !hasGivenUp else { return .finished }
        let epoch = step / stepsPerEpoch, place = step % stepsPerEpoch
        if order.epoch != epoch {
            var random = SeededRandom(seed: plan.seed &+ UInt64(epoch) &* 0x9E37_79B9_7F4A_7C15)
            order = (epoch, Array(training.indices).shuffled(using: &random))
        }
        let batch = order.places[place * plan.batchCount..<min(training.count, (place + 1) * plan.batchCount)].map { training[$0] }
        var random = SeededRandom(seed: plan.seed ^ (UInt64(step) &* 0xBF58_476D_1CE4_E5B9))
        let schedule = RateSchedule(highest: plan.rate, warmup: max(1, Int(plan.warmupShare * Double(stepCount))), total: stepCount, floor: 0.01)
        let rate = schedule.rate(at: step)
        guard let (value, gradients) = try slope(of: batch, using: &random) else { throw broken(epoch, place) }
        do {
            network.parameters = try optimizer.update(network.parameters, gradients, rate: rate).parameters
        } catch let fault as Fault where fault.code == .tensorNotFinite {
            throw broken(epoch, place)
        }
        step += 1
        // Young averages forget faster, or they would remember how the run began.
        try average?.add(network.parameters, decay: Float(1 + step) / Float(10 + step))
        epochLoss += (Double(value) - epochLoss) / Double(place + 1)
        return .trained(step: step, loss: value, rate: rate)
    }

    /// The loss of a batch and its gradients; nil when the loss is no number.
    private func slope(of batch: [Network.Example], using random: inout SeededRandom) throws -> (loss: Float, gradients: [Tensor])? {
        let size = max(1, (batch.count + max(1, plan.accumulationCount) - 1) / max(1, plan.accumulationCount))
        let total = network.weight(of: batch)
        var sum: (loss: Double, gradients: [Tensor])?
        for start in stride(from: 0, to: batch.count, by: size) {
            let part = Array(batch[start..<min(batch.count, start + size)])
            let share = total > 0 ? network.weight(of: part) / total : 1
            let loss = try network.loss(of: part, using: &random)
            guard let value = loss.item, value.isFinite else { return nil }
            let gradients = try (part.count == batch.count ? loss : loss * Float(share)).gradients(of: network.parameters)
            let before = sum ?? (0, [])
            sum = (before.loss + share * Double(value), before.gradients.isEmpty ? gradients : try zip(before.gradients, gradients).map { try $0 + $1 })
        }
        return sum.map { (Float($0.loss), $0.gradients) }
    }

    private func broken(_ epoch: Int, _ place: Int) -> Fault {
        Fault(.trainingNotFinite, "the loss is no number at batch \(place + 1) of epoch \(epoch + 1)", remedy: "use a lower rate; the best parameters so far are kept")
    }

    private mutating func evaluate() throws -> Event {
        var measured = network
        if let average { measured.parameters = average.parameters }
        let (loss, accuracy) = try measured.measure(heldOut)
        let isBest = accuracy > best?.accuracy ?? -.infinity
        if isBest { best = (measured.parameters, accuracy) }
        let mean = Float(loss)
        points.append(Point(step: step, loss: Float(epochLoss), heldOutLoss: mean, accuracy: accuracy))
        epochLoss = 0
        return .evaluated(epoch: points.count, loss: mean, accuracy: accuracy, isBest: isBest)
    }
}

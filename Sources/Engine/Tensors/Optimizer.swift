import Core
import Foundation
import Kernels

/// How parameters follow their gradients.
public struct Optimizer: Sendable {
    /// The rule of a step.
    public enum Method: Sendable, Hashable {
        /// v = momentum v + g; w -= rate v (Polyak 1964).
        case momentum(Float)
        /// Adam with weight decay apart from the gradient (Loshchilov and Hutter 2019).
        case adamW(beta1: Float, beta2: Float, epsilon: Float)
    }

    public let method: Method
    /// The share of a weight that a step at the rate 1 takes away.
    public let weightDecay: Float
    /// The largest norm of all gradients together; larger ones are scaled down (Pascanu et al. 2013). Nil for no bound.
    public let gradientNormMax: Float?
    /// Steps so far.
    public private(set) var step = 0
    /// For each parameter the mean of gradients, and for Adam that of their squares.
    public private(set) var moments: [[Tensor]] = []

    public init(_ method: Method = .adamW(beta1: 0.9, beta2: 0.999, epsilon: 1e-8), weightDecay: Float = 0, gradientNormMax: Float? = nil) {
        (self.method, self.weightDecay, self.gradientNormMax) = (method, weightDecay, gradientNormMax)
    }

    /// Goes on where another run stopped.
    public init(_ optimizer: Optimizer, step: Int, moments: [[Tensor]]) {
        self = optimizer
        (self.step, self.moments) = (step, moments)
    }

    /// The Euclidean norm of all gradients together.
    public static func norm(of gradients: [Tensor]) -> Float {
        let squares = gradients.reduce(0.0) { total, gradient in
            // Pieces of bounded length, so that single precision suffices within one.
            stride(from: 0, to: gradient.count, by: 4_096).reduce(total) { sum, start in
                let part = unsafe gradient.storage.floats + start
                return unsafe sum + Double(VectorMath.dot(part, part, min(4_096, gradient.count - start)))
            }
        }
        return Float(squares.squareRoot())
    }

    /// New parameters after a step against `gradients`, and the gradients' norm before it was bounded.
    ///
    /// - Throws: `tensors.not-finite` if a gradient is no number: the parameters stay as they were. `tensors.shape` if parameters and gradients do not fit.
    public mutating func update(_ parameters: [Tensor], _ gradients: [Tensor], rate: Float) throws -> (parameters: [Tensor], norm: Float) {
        guard parameters.count == gradients.count, zip(parameters, gradients).allSatisfy({ $0.shape == $1.shape }) else { throw Fault.shape("parameters and gradients do not fit each other") }
        let norm = Self.norm(of: gradients)
        guard norm.isFinite else { throw Fault(.tensorNotFinite, "a gradient is no number", remedy: "use a lower rate, or a bound for the gradients' norm") }
        let scale = gradientNormMax.map { norm > $0 ? $0 / norm : 1 } ?? 1
        if moments.isEmpty {
            let count = if case .adamW = method { 2 } else { 1 }
            moments = try parameters.map { parameter in try (0..<count).map { _ in try Tensor(repeating: 0, shape: parameter.shape, in: parameter.workspace) } }
        }
        guard moments.count == parameters.count else { throw Fault.shape("the optimizer has seen \(moments.count) parameters before, now \(parameters.count)") }
        step += 1
        var updated: [Tensor] = []
        for index in parameters.indices {
            let (parameter, gradient) = (parameters[index], gradients[index])
            let (next, kept) = try Self.updated(parameter, gradient, moments[index], method, scale: scale, rate: rate, decay: weightDecay, step: step)
            moments[index] = kept
            updated.append(next.parameter())
        }
        return (updated, norm)
    }

    private static func updated(
        _ parameter: Tensor, _ gradient: Tensor, _ moments: [Tensor], _ method: Method, scale: Float, rate: Float, decay: Float, step: Int
    ) throws -> (Tensor, [Tensor]) {
        let workspace = parameter.workspace
        let next = try workspace.take(parameter.count)
        let kept = try moments.map { _ in try workspace.take(parameter.count) }
        workspace.pool.split(parameter.count, grain: Tensor.grain) { range in
            let (w, g, out) = unsafe (parameter.storage.floats, gradient.storage.floats, next.floats)
            switch method {
            case .momentum(let momentum):
                let (v, nextV) = unsafe (moments[0].storage.floats, kept[0].floats)
                for index in range {
                    unsafe nextV[index] = momentum * v[index] + scale * g[index]
                    unsafe out[index] = w[index] * (1 - rate * decay) - rate * nextV[index]
                }
            case .adamW(let beta1, let beta2, let epsilon):
                let (m, s, nextM, nextS) = unsafe (moments[0].storage.floats, moments[1].storage.floats, kept[0].floats, kept[1].floats)
                // Means begin at zero: divided by what they have seen (Kingma and Ba 2015).
                let first = rate / Float(1 - pow(Double(beta1), Double(step)))
                let second = 1 / Float(1 - pow(Double(beta2), Double(step))).squareRoot()
                let adam = AdamStep(scale: scale, beta1: beta1, beta2: beta2, epsilon: epsilon, rate: first, correction: second, kept: 1 - rate * decay)
                let start = range.lowerBound
                unsafe adam.apply(
                    weights: w + start, gradients: g + start, means: m + start, squares: s + start, into: out + start, means: nextM + start, squares: nextS + start, count: range.count)
            }
        }
        return (Tensor(next, shape: parameter.shape), kept.map { Tensor($0, shape: parameter.shape) })
    }
}

/// How the rate changes over a run: up in a line over the first steps, then down in half a cosine (Loshchilov and Hutter 2017), or constant.
public struct RateSchedule: Sendable, Hashable {
    public var highest: Float
    public var warmup: Int
    /// Steps of the whole run; nil for a constant rate after the warm-up.
    public var total: Int?
    /// The rate at the end, as a share of the highest.
    public var floor: Float

    public init(highest: Float, warmup: Int = 0, total: Int? = nil, floor: Float = 0) { (self.highest, self.warmup, self.total, self.floor) = (highest, warmup, total, floor) }

    /// The rate of step number `step`, counted from 0.
    public func rate(at step: Int) -> Float {
        if step < warmup { return highest * Float(step + 1) / Float(warmup) }
        guard let total, total > warmup else { return highest }
        let share = min(1, Double(step - warmup) / Double(total - warmup))
        return highest * (floor + (1 - floor) * Float(0.5 * (1 + Foundation.cos(.pi * share))))
    }
}

/// The moving average of parameters, which often does better than they themselves (Polyak and Juditsky 1992).
public struct ParameterAverage: Sendable {
    public let decay: Float
    public private(set) var parameters: [Tensor]

    public init(of parameters: [Tensor], decay: Float = 0.999) { (self.parameters, self.decay) = (parameters.map { $0.detached() }, decay) }

    /// average = decay * average + (1 - decay) * parameters
    ///
    /// - Parameter decay: less than the average's own for this step; nil for that.
    public mutating func add(_ next: [Tensor], decay: Float? = nil) throws {
        guard next.count == parameters.count, zip(parameters, next).allSatisfy({ $0.count == $1.count }) else { throw Fault.shape("\(next.count) parameters are not \(parameters.count)") }
        let share = 1 - min(self.decay, decay ?? self.decay)
        parameters = try zip(parameters, next).map { average, parameter in
            let workspace = average.workspace, out = try workspace.take(average.count)
            workspace.pool.split(average.count, grain: Tensor.grain) { range in
                let (start, count) = (range.lowerBound, range.count)
                let (from, next, to) = unsafe (average.storage.floats + start, parameter.storage.floats + start, out.floats + start)
                unsafe BinaryFunction.subtract.apply(next, from, into: to, count: count)
                unsafe VectorMath.scale(to, share, count)
                unsafe VectorMath.add(to, from, count)
            }
            return Tensor(out, shape: average.shape)
        }
    }
}

extension Fault.Code {
    /// A loss or a gradient is no number any more.
    public static let tensorNotFinite = Fault.Code("tensors.not-finite", .input)
}

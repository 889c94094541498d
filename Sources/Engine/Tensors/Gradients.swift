import Core
import Foundation
import Kernels
import Synchronization

/// How a tensor was computed. A leaf has no operands.
final class Origin: Sendable {
    typealias Back = @Sendable (Tensor) throws -> [Tensor?]

    private struct State {
        var operands: [Tensor] = []
        var back: Back?
    }
    private let state: Mutex<State>
    /// Steps from the farthest leaf: an origin is always deeper than its operands.
    let depth: Int

    init() {
        state = Mutex(State())
        depth = 0
    }

    init(_ operands: [Tensor], _ back: @escaping Back) {
        depth = 1 + (operands.compactMap { $0.origin?.depth }.max() ?? 0)
        state = Mutex(State(operands: operands, back: back))
    }

    /// The operands, and the way from the result's gradient to theirs; nil for a leaf.
    var way: (operands: [Tensor], back: Back)? { state.withLock { state in state.back.map { (state.operands, $0) } } }

    /// A chain of thousands of steps is freed one after another: each freeing the one before it would take a frame of the stack for each.
    deinit {
        var waiting = take()
        while var origin = waiting.popLast() {
            if isKnownUniquelyReferenced(&origin) { waiting += origin.take() }
        }
    }

    /// Forgets the operands and returns where they came from.
    private func take() -> [Origin] {
        let old = state.withLock { state in
            defer { state = State() }
            return state
        }
        return old.operands.compactMap(\.origin)
    }
}

extension Tensor {
    /// The gradients of this tensor, which holds one number, with respect to `parameters`: tensors of their shapes, zeros where it does not depend on one.
    ///
    /// Gradients themselves have no way back: second derivatives are not supported.
    ///
    /// - Throws: `tensors.shape` if this is not one number, `kernels.memory`.
    public func gradients(of parameters: [Tensor]) throws -> [Tensor] {
        guard count == 1 else { throw Fault.shape("a gradient is that of one number, not of a tensor of the shape \(shape)") }
        return try gradients(of: parameters, seed: try Tensor(repeating: 1, shape: shape, in: workspace))
    }

    /// The gradients of a number that depends on this tensor by the gradient `seed`, a tensor of this shape.
    func gradients(of parameters: [Tensor], seed: Tensor) throws -> [Tensor] {
        var gradients: [ObjectIdentifier: Tensor] = [:]
        let wanted = Set(parameters.compactMap { $0.origin.map(ObjectIdentifier.init) })
        var kept: [ObjectIdentifier: Tensor] = [:]
        var waiting = DepthQueue()
        if let origin {
            gradients[ObjectIdentifier(origin)] = seed
            waiting.insert(origin)
        }
        // Deepest first: when an origin is reached, all that depends on it has added its share. What lies behind is freed as soon as nobody needs it.
        while let origin = waiting.popDeepest() {
            let id = ObjectIdentifier(origin)
            guard let gradient = gradients.removeValue(forKey: id) else { continue }
            if wanted.contains(id) { kept[id] = gradient }
            guard let way = origin.way else { continue }
            for (operand, share) in zip(way.operands, try way.back(gradient)) {
                guard let share, let next = operand.origin else { continue }
                let nextID = ObjectIdentifier(next)
                if let sum = gradients[nextID] {
                    gradients[nextID] = try Tensor.combined(.add, sum, share)
                } else {
                    gradients[nextID] = share
                    waiting.insert(next)
                }
            }
        }
        return try parameters.map { parameter in
            if let origin = parameter.origin, let gradient = kept[ObjectIdentifier(origin)] { return gradient }
            return try Tensor(repeating: 0, shape: parameter.shape, in: workspace)
        }
    }
}

/// Origins by depth, deepest first; those of the same depth in the order of insertion.
private struct DepthQueue {
    private var levels: [[Origin]] = []

    mutating func insert(_ origin: Origin) {
        while levels.count <= origin.depth { levels.append([]) }
        levels[origin.depth].append(origin)
    }

    mutating func popDeepest() -> Origin? {
        while let level = levels.last, level.isEmpty { levels.removeLast() }
        return levels.isEmpty ? nil : levels[levels.count - 1].removeFirst()
    }
}

extension Double {
    var logarithm: Double { log(self) }
    var cosine: Double { cos(self) }
}

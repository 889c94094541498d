import Core
import Kernels

/// An array of floats of a shape, row by row, that knows how it was computed. A value: nothing changes it.
///
/// ```swift
/// let w = try Tensor([1, 2, 3, 4], shape: [2, 2], in: workspace).parameter()
/// let loss = try (x.multiplied(by: w) - y).squared().mean()
/// let gradient = try loss.gradients(of: [w])[0]
/// ```
public struct Tensor: Sendable {
    public let shape: [Int]
    let storage: Storage
    /// How it was computed; nil for what wants no gradient.
    let origin: Origin?

    /// Elements.
    public var count: Int { storage.count }
    public var workspace: Workspace { storage.workspace }
    /// Whether gradients flow through it.
    public var wantsGradient: Bool { origin != nil }
    /// Dimensions.
    public var rank: Int { shape.count }

    init(_ storage: Storage, shape: [Int], origin: Origin? = nil) { (self.storage, self.shape, self.origin) = (storage, shape, origin) }

    /// - Throws: `tensors.shape` when values and shape differ in number, `kernels.memory`.
    public init(_ values: [Float], shape: [Int], in workspace: Workspace) throws {
        guard Self.isPossible(shape), shape.reduce(1, *) == values.count else { throw Fault.shape("\(values.count) values are no tensor of the shape \(shape)") }
        let own = try workspace.take(values.count)
        unsafe values.withUnsafeBufferPointer { if let start = $0.baseAddress { unsafe own.floats.update(from: start, count: values.count) } }
        storage = own
        self.shape = shape
        origin = nil
    }

    /// The same number everywhere.
    public init(repeating value: Float, shape: [Int], in workspace: Workspace) throws {
        guard Self.isPossible(shape) else { throw Fault.shape("\(shape) is no shape") }
        storage = try workspace.take(shape.reduce(1, *))
        unsafe storage.floats.update(repeating: value, count: storage.count)
        self.shape = shape
        origin = nil
    }

    /// Normally distributed numbers around 0 (Box and Muller 1958), from a seed.
    public init(normal deviation: Float, shape: [Int], in workspace: Workspace, using random: inout some RandomNumberGenerator) throws {
        let count = Self.isPossible(shape) ? shape.reduce(1, *) : 0
        try self.init((0..<count).map { _ in deviation * Float.normal(using: &random) }, shape: shape, in: workspace)
    }

    /// Evenly distributed numbers from -bound to bound, from a seed.
    public init(uniform bound: Float, shape: [Int], in workspace: Workspace, using random: inout some RandomNumberGenerator) throws {
        let count = Self.isPossible(shape) ? shape.reduce(1, *) : 0
        try self.init((0..<count).map { _ in Float.random(in: -bound...bound, using: &random) }, shape: shape, in: workspace)
    }

    private static func isPossible(_ shape: [Int]) -> Bool {
        var count = 1
        for size in shape {
            let (product, overflow) = count.multipliedReportingOverflow(by: size)
            guard size >= 0, !overflow, product < 1 << 40 else { return false }
            count = product
        }
        return true
    }

    /// A copy of the values, row by row.
    public var values: [Float] { unsafe Array(UnsafeBufferPointer(start: storage.floats, count: count)) }

    /// The only value of a tensor of one.
    public var item: Float? { count == 1 ? unsafe storage.floats[0] : nil }

    /// The same values as a leaf whose gradient can be asked for.
    public func parameter() -> Tensor { Tensor(storage, shape: shape, origin: Origin()) }

    /// The same values, of which nobody knows where they came from: gradients stop here.
    public func detached() -> Tensor { Tensor(storage, shape: shape) }

    /// The result of an operation, with its way back if an operand wants a gradient.
    ///
    /// - Parameter back: from the gradient of the result to those of the operands, in their order; nil for those that want none.
    static func result(_ storage: Storage, shape: [Int], of operands: [Tensor], back: @escaping @Sendable (Tensor) throws -> [Tensor?]) -> Tensor {
        let wanted = operands.contains(where: \.wantsGradient)
        return Tensor(storage, shape: shape, origin: wanted ? Origin(operands, back) : nil)
    }
}

extension Float {
    /// A number of the standard normal distribution.
    static func normal(using random: inout some RandomNumberGenerator) -> Float {
        let radius = (-2 * Double.random(in: Double.leastNonzeroMagnitude...1, using: &random).logarithm).squareRoot()
        return Float(radius * (2 * .pi * Double.random(in: 0..<1, using: &random)).cosine)
    }
}

import Core
import Kernels

/// An adapter as answers use it: beside the weights of its model, which other answers of the same batch use without it or with another one.
public final class LoadedAdapter: Sendable {
    /// The part of one layer, in the order in which a token's row meets it.
    struct Layer: Sendable {
        let rank: Int
        let inputs: Int
        let outputs: Int
        /// A, [rank, inputs].
        let down: [Float]
        /// scale B^T, [rank, outputs], so that a row is added at a time.
        let up: [Float]
        /// m / |W + scale B A|, what the layer's result is multiplied by; nil for ones.
        let factors: [Float]?

        /// out += scale B A x, then by the factors, for one token.
        func apply(_ x: UnsafePointer<Float>, to out: UnsafeMutablePointer<Float>) {
            unsafe down.withUnsafeBufferPointer { down in
                unsafe up.withUnsafeBufferPointer { up in
                    guard let down = down.baseAddress, let up = up.baseAddress else { return }
                    for index in 0..<rank {
                        let share = unsafe VectorMath.dot(x, down + index * inputs, inputs)
                        unsafe VectorMath.add(out, up + index * outputs, times: share, outputs)
                    }
                }
            }
            guard let factors else { return }
            unsafe BinaryFunction.multiply.apply(out, factors, into: out, count: outputs)
        }
    }

    /// Families whose layers have the names that adapters use.
    public static let architectures = ["llama", "qwen2", "qwen3", "gemma3"]

    /// What keys and values that were computed with it are known by: those of another adapter are others for the same tokens.
    let identity: UInt64
    /// By the name of the tensor without ".weight".
    let layers: [String: Layer]
    /// Bytes that it takes.
    public let byteCount: Int

    /// - Parameters:
    ///   - file: the model that it belongs to; lengths of rows are computed from it when the adapter has magnitudes.
    ///   - identity: unlike that of any other adapter of the model in this process, and not 0.
    /// - Throws: `inference.model-unsupported` when it does not fit the model.
    public init(_ adapter: Adapter, for file: GGUFFile, identity: UInt64) throws {
        guard Self.architectures.contains(adapter.architecture) else {
            throw Fault(
                .modelUnsupported, "adapters for \"\(adapter.architecture)\" are not supported", remedy: "merge it into its model; supported are \(Self.architectures.joined(separator: ", "))")
        }
        try adapter.check(fits: file)
        let kinds = Set(LinearKind.allCases.map(\.rawValue))
        if let other = adapter.layers.keys.sorted().first(where: { !kinds.contains(String($0.split(separator: ".").last ?? "")) }) {
            throw Fault(.modelUnsupported, "the adapter changes \(other), which is no layer of a block", remedy: "merge it into its model")
        }
        layers = try Dictionary(
            uniqueKeysWithValues: adapter.layers.map { name, layer in
                let scale = adapter.scale(of: layer)
                let up = (0..<layer.rank).flatMap { index in (0..<layer.outputs).map { scale * layer.up[$0 * layer.rank + index] } }
                return (name, Layer(rank: layer.rank, inputs: layer.inputs, outputs: layer.outputs, down: layer.down, up: up, factors: try Self.factors(adapter, name, layer, file)))
            })
        byteCount = adapter.byteCount
        self.identity = identity
    }

    private static func factors(_ adapter: Adapter, _ name: String, _ layer: Adapter.Layer, _ file: GGUFFile) throws -> [Float]? {
        guard let magnitudes = layer.magnitudes else { return nil }
        var plain = layer
        plain.magnitudes = nil
        let sum = adapter.merged(plain, into: try file.floats(of: name + ".weight"))
        return unsafe sum.withUnsafeBufferPointer { sum in
            magnitudes.enumerated().map { row, magnitude in
                guard let line = unsafe sum.baseAddress.map({ unsafe $0 + row * layer.inputs }) else { return 1 }
                let length = unsafe VectorMath.dot(line, line, layer.inputs).squareRoot()
                return length > 0 ? magnitude / length : 0
            }
        }
    }
}

import Core
import Kernels

/// What fine-tuning adds to a language model whose own weights stay as they are: for some linear layers a matrix of low rank, W + scale B A (Hu et al. 2022), and with magnitudes W' = m (W + scale B A) / |W + scale B A| row by row (Liu
/// et al. 2024).
///
/// On disk it is a GGUF file of the form that llama.cpp reads (`general.type` "adapter", `adapter.type` "lora", `adapter.lora.alpha`; tensors `NAME.weight.lora_a` [inputs, rank] and `NAME.weight.lora_b`
/// [rank, outputs]); magnitudes stand in `NAME.weight.lora_magnitude`, which llama.cpp does not know, so that it refuses such files.
public struct Adapter: Sendable {
    /// The added matrix of one layer.
    public struct Layer: Sendable, Hashable {
        public let rank: Int
        public let inputs: Int
        public let outputs: Int
        /// A, [rank, inputs].
        public var down: [Float]
        /// B, [outputs, rank].
        public var up: [Float]
        /// m, [outputs]; nil without magnitudes.
        public var magnitudes: [Float]?

        /// - Throws: `inference.model-damaged` when the values are not as many as the sizes say.
        public init(rank: Int, inputs: Int, outputs: Int, down: [Float], up: [Float], magnitudes: [Float]? = nil) throws {
            guard rank > 0, rank <= Adapter.rankMax, down.count == rank * inputs, up.count == outputs * rank, magnitudes == nil || magnitudes?.count == outputs else {
                throw Fault(.modelDamaged, "an adapter's layer of rank \(rank) has \(down.count) and \(up.count) values for \(inputs) inputs and \(outputs) outputs", remedy: "get the adapter again")
            }
            (self.rank, self.inputs, self.outputs, self.down, self.up, self.magnitudes) = (rank, inputs, outputs, down, up, magnitudes)
        }
    }

    /// The largest rank.
    public static let rankMax = 1024

    /// The architecture of the model it belongs to.
    public let architecture: String
    /// Layers by the name of their tensor without ".weight".
    public var layers: [String: Layer]
    /// B A is multiplied by alpha / rank.
    public let alpha: Float
    /// Texts about it, such as the model that it was trained on.
    public var notes: [String: String]

    public init(architecture: String, layers: [String: Layer], alpha: Float, notes: [String: String] = [:]) {
        (self.architecture, self.layers, self.alpha, self.notes) = (architecture, layers, alpha, notes)
    }

    /// What B A of a layer is multiplied by.
    public func scale(of layer: Layer) -> Float { alpha / Float(layer.rank) }

    /// Bytes of all values.
    public var byteCount: Int { layers.values.reduce(0) { $0 + 4 * ($1.down.count + $1.up.count + ($1.magnitudes?.count ?? 0)) } }

    // MARK: - Files

    private static let notePrefix = "banyan.adapter."

    /// Reads an adapter.
    ///
    /// - Throws: `core.file`, `inference.model-damaged` naming what is wrong, `inference.model-unsupported` for a file that holds something else.
    public init(path: String) throws {
        let file = try GGUFFile(path: path)
        guard file.metadata["general.type"]?.string == "adapter", file.metadata["adapter.type"]?.string == "lora" else {
            throw Fault(.modelUnsupported, "\(path) is no LoRA adapter", remedy: "give a GGUF file with general.type \"adapter\" and adapter.type \"lora\"")
        }
        func damaged(_ what: String) -> Fault { Fault(.modelDamaged, "\(path): \(what)", remedy: "get the adapter again") }
        guard let alpha = file.metadata["adapter.lora.alpha"]?.double, alpha.isFinite, let architecture = file.metadata["general.architecture"]?.string else {
            throw damaged("adapter.lora.alpha or general.architecture is missing")
        }
        var layers: [String: Layer] = [:]
        for (name, info) in file.tensors where name.hasSuffix(".weight.lora_a") {
            let layer = String(name.dropLast(".weight.lora_a".count))
            guard let other = file.tensors[layer + ".weight.lora_b"], info.shape.count == 2, other.shape.count == 2, info.shape[1] == other.shape[0] else { throw damaged("\(layer) has no pair of matrices of one rank") }
            let magnitudes = file.tensors[layer + ".weight.lora_magnitude"] == nil ? nil : try file.floats(of: layer + ".weight.lora_magnitude")
            layers[layer] = try Layer(
                rank: info.shape[1], inputs: info.shape[0], outputs: other.shape[1], down: try file.floats(of: name), up: try file.floats(of: layer + ".weight.lora_b"), magnitudes: magnitudes)
        }
        guard !layers.isEmpty, layers.values.allSatisfy({ $0.down.allSatisfy(\.isFinite) && $0.up.allSatisfy(\.isFinite) }) else { throw damaged("it has no layers, or values that are no numbers") }
        let notes = file.metadata.compactMap { key, value in key.hasPrefix(Self.notePrefix) ? value.string.map { (String(key.dropFirst(Self.notePrefix.count)), $0) } : nil }
        self.init(architecture: architecture, layers: layers, alpha: Float(alpha), notes: Dictionary(notes) { first, _ in first })
    }

    /// Writes the adapter; the same adapter gives the same bytes.
    ///
    /// - Throws: `core.file`, `core.disk-full`.
    public func write(to path: String) throws {
        var writer = GGUFWriter()
        writer.set("general.architecture", .string(Array(architecture.utf8)))
        writer.set("general.type", .string(Array("adapter".utf8)))
        writer.set("adapter.type", .string(Array("lora".utf8)))
        writer.set("adapter.lora.alpha", .float(Double(alpha)))
        for (key, text) in notes.sorted(by: { $0.key < $1.key }) { writer.set(Self.notePrefix + key, .string(Array(text.utf8))) }
        for (name, layer) in layers.sorted(by: { $0.key < $1.key }) {
            writer.add(name: name + ".weight.lora_a", shape: [layer.inputs, layer.rank], type: .f32, bytes: try BlockFormat.quantize(layer.down, to: .f32))
            writer.add(name: name + ".weight.lora_b", shape: [layer.rank, layer.outputs], type: .f32, bytes: try BlockFormat.quantize(layer.up, to: .f32))
            guard let magnitudes = layer.magnitudes else { continue }
            writer.add(name: name + ".weight.lora_magnitude", shape: [layer.outputs], type: .f32, bytes: try BlockFormat.quantize(magnitudes, to: .f32))
        }
        try writer.write(to: path)
    }

    /// Checks that the adapter belongs to a model.
    ///
    /// - Throws: `inference.model-unsupported` naming the first layer that does not fit.
    public func check(fits file: GGUFFile) throws {
        func unfit(_ what: String) -> Fault { Fault(.modelUnsupported, "the adapter does not fit the model: \(what)", remedy: "use it with the model that it was trained on") }
        let own = file.metadata["general.architecture"]?.string ?? ""
        guard own == architecture else { throw unfit("it is for \"\(architecture)\", the model is \"\(own)\"") }
        for (name, layer) in layers.sorted(by: { $0.key < $1.key }) {
            guard let tensor = file.tensors[name + ".weight"], tensor.shape == [layer.inputs, layer.outputs] else { throw unfit("the model has no \(name) of \(layer.inputs) inputs and \(layer.outputs) outputs") }
        }
    }

    // MARK: - Merging

    /// The weights of a layer with what the adapter adds.
    ///
    /// - Parameter weights: W, [outputs, inputs].
    public func merged(_ layer: Layer, into weights: [Float]) -> [Float] {
        var out = weights
        let scale = scale(of: layer)
        unsafe out.withUnsafeMutableBufferPointer { out in
            guard let start = out.baseAddress else { return }
            for row in 0..<layer.outputs {
                let line = unsafe start + row * layer.inputs
                unsafe layer.down.withUnsafeBufferPointer { down in
                    guard let down = down.baseAddress else { return }
                    for index in 0..<layer.rank { unsafe VectorMath.add(line, down + index * layer.inputs, times: scale * layer.up[row * layer.rank + index], layer.inputs) }
                }
                guard let magnitudes = layer.magnitudes else { continue }
                let norm = unsafe VectorMath.dot(line, line, layer.inputs).squareRoot()
                unsafe VectorMath.scale(line, norm > 0 ? magnitudes[row] / norm : 0, layer.inputs)
            }
        }
        return out
    }
}

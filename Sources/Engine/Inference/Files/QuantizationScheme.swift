/// Which type each tensor of a model takes when the model is made smaller: the rules of llama.cpp's quantizer (`llama-quant.cpp`), so that files are interchangeable.
extension ModelQuantizer {
    /// What a model is made into. Rows that are no whole number of blocks fall back; see ``ModelQuantizer``.
    public enum Scheme: String, Sendable, CaseIterable {
        /// Every matrix in F16.
        case f16 = "F16"
        /// Every matrix in Q8_0.
        case q8_0 = "Q8_0"
        /// Every matrix in Q4_0 but the output in Q6_K.
        case q4_0 = "Q4_0"
        /// Every matrix in Q4_K but the output in Q6_K.
        case q4_K = "Q4_K"
        /// Q4_K, with about half of the value and down projections in Q6_K.
        case q4_K_M = "Q4_K_M"
        /// Every matrix in Q6_K.
        case q6_K = "Q6_K"

        /// The type that most matrices take.
        public var type: TensorType {
            switch self {
            case .f16: .f16
            case .q8_0: .q8_0
            case .q4_0: .q4_0
            case .q4_K, .q4_K_M: .q4_K
            case .q6_K: .q6_K
            }
        }

        /// What `general.file_type` says (`enum llama_ftype`); Q4_K is written as Q4_K_S, the nearest.
        public var fileType: UInt64 {
            switch self {
            case .f16: 1
            case .q4_0: 2
            case .q8_0: 7
            case .q4_K: 14
            case .q4_K_M: 15
            case .q6_K: 18
            }
        }
    }
}

/// Chooses types for the tensors of one file.
struct QuantizationPlan {
    let scheme: ModelQuantizer.Scheme
    private static let layerCountMax = 65_536
    private let isTied: Bool
    private let layerCount: Int
    private let expertCount: Int
    private let valueNames: [String: Int]

    init(file: GGUFFile, scheme: ModelQuantizer.Scheme) {
        self.scheme = scheme
        isTied = file.tensors["output.weight"] == nil
        let architecture = file.metadata["general.architecture"]?.string ?? ""
        // Files that no network would load are quantized too: their numbers may be anything.
        layerCount = min(max(file.metadata["\(architecture).block_count"]?.int ?? 0, 0), Self.layerCountMax)
        expertCount = file.metadata["\(architecture).expert_count"]?.int ?? 0
        let values = file.tensorOrder.filter { Self.has($0, ["attn_v.weight", "attn_qkv.weight", "attn_kv_b.weight"]) }
        // Layers in the order of their numbers, which tables need not have.
        let ordered = values.sorted { Self.layer($0) ?? 0 < Self.layer($1) ?? 0 }
        valueNames = Dictionary(ordered.enumerated().map { ($1, $0) }) { first, _ in first }
    }

    /// The type that `tensor` takes; its own when it is left alone.
    func type(of tensor: TensorInfo) -> TensorType {
        guard Self.isMatrix(tensor) else { return tensor.type }
        guard scheme != .f16 else { return .f16 }
        return fitting(preferred(tensor), columns: tensor.shape[0])
    }

    /// Vectors, norms, routers and tables that are small and sensitive keep their type. The names are those of llama.cpp for the families that are here.
    private static func isMatrix(_ tensor: TensorInfo) -> Bool {
        // Trailing dimensions of 1 do not count, as in ggml_n_dims.
        guard tensor.rowCount > 1, tensor.name.hasSuffix("weight") else { return false }
        let kept = ["_norm.weight", "ffn_gate_inp.weight", "altup", "laurel", "per_layer_model_proj", "ssm_conv1d", "shortconv.conv.weight", "attn_rel_b.weight", ".position_embd"]
        return !has(tensor.name, kept) && tensor.name != "position_embd.weight" && tensor.name != "token_types.weight"
    }

    private func preferred(_ tensor: TensorInfo) -> TensorType {
        let name = tensor.name
        if name == "output.weight" || isTied && (name == "token_embd.weight" || name == "per_layer_token_embd.weight") {
            return scheme == .q8_0 || tensor.shape[0] % scheme.type.blockCount != 0 ? .q8_0 : .q6_K
        }
        if name == "token_embd.weight" || name == "per_layer_token_embd.weight" { return scheme.type }
        if let index = valueNames[name] {
            if expertCount == 8 { return .q8_0 }
            return scheme == .q4_K_M && Self.takesMoreBits(index, of: valueNames.count) ? .q6_K : scheme.type
        }
        if expertCount == 8, Self.has(name, ["attn_k.weight"]) { return .q8_0 }
        if expertCount == 8, Self.has(name, ["attn_output.weight"]), scheme == .q4_K || scheme == .q4_K_M { return .q5_K }
        if scheme == .q4_K_M, Self.has(name, ["ffn_down"]), let layer = Self.layer(name), Self.takesMoreBits(layer, of: layerCount) { return .q6_K }
        return scheme.type
    }

    /// The first and the last eighth of the layers, and every third between them.
    static func takesMoreBits(_ index: Int, of count: Int) -> Bool {
        index < count / 8 || index >= 7 * count / 8 || (index - count / 8) % 3 == 2
    }

    /// A type whose blocks fit the row.
    private func fitting(_ type: TensorType, columns: Int) -> TensorType {
        if columns % type.blockCount == 0 { return type }
        let smaller: TensorType =
            switch type {
            case .q4_K: .q5_0
            case .q6_K, .q5_K: .q8_0
            default: type
            }
        return columns % smaller.blockCount == 0 ? smaller : .f16
    }

    private static func has(_ name: String, _ parts: [String]) -> Bool { parts.contains { name.contains($0) } }

    /// The number in `blk.N.`; nil for other names, and for numbers that no layer has.
    private static func layer(_ name: String) -> Int? {
        let parts = name.split(separator: ".", maxSplits: 2)
        guard parts.count == 3, parts[0] == "blk", let number = Int(parts[1]), (0..<layerCountMax).contains(number) else { return nil }
        return number
    }
}

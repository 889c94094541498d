import Core
import Foundation
import Inference
import Support

/// Well-formed files of models that make no sense: keys with other values, tensors with other shapes, types and names. What blind changes of bytes seldom reach.
extension FuzzTarget {
    static func model() throws -> FuzzTarget {
        let sources = try families.map { try GGUFFile(path: Repository.path("Tests/Fixtures/models/\($0).gguf")) }
        return FuzzTarget("model", about: "well-formed GGUF files with absurd content, through tokenizer and network") { random in
            try ModelForgery(sources.randomElement(using: &random) ?? sources[0]).bytes(&random)
        } feed: { bytes, folder in
            let file = try CaseFile(bytes, in: folder, name: "forged.gguf")
            return try ModelFeed.feed(file.path)
        }
    }
}

/// A model file taken apart, changed and put together again.
struct ModelForgery {
    private var pairs: [(key: String, value: MetadataValue)]
    private var tensors: [(name: String, shape: [Int], type: TensorType, bytes: [UInt8])]
    private let architecture: String

    init(_ file: GGUFFile) {
        pairs = file.metadata.filter { $0.key != "general.alignment" }.sorted { $0.key < $1.key }.map { ($0.key, $0.value) }
        tensors = file.tensorOrder.compactMap { name in
            guard let tensor = file.tensors[name], let bytes = file.file.bytes(at: tensor.offset, count: tensor.byteCount) else { return nil }
            return (name, tensor.shape, tensor.type, bytes)
        }
        architecture = file.metadata["general.architecture"]?.string ?? ""
    }

    func bytes(_ random: inout SeededRandom) throws -> [UInt8] {
        var copy = self
        for _ in 0..<Int.random(in: 1...4, using: &random) {
            if Int.random(in: 0..<3, using: &random) == 0 { copy.changeTensor(&random) } else { copy.changePair(&random) }
        }
        var writer = GGUFWriter()
        for (key, value) in copy.pairs { writer.set(key, value) }
        var names: Set<String> = []
        for tensor in copy.tensors where names.insert(tensor.name).inserted { writer.add(name: tensor.name, shape: tensor.shape, type: tensor.type, bytes: tensor.bytes) }
        let path = NSTemporaryDirectory() + "banyan-forgery-\(UUID().uuidString).gguf"
        defer { try? FileManager.default.removeItem(atPath: path) }
        try writer.write(to: path)
        return try FileTree.read(path)
    }

    // MARK: - Metadata

    /// Keys that the loader reads and the fixtures may not have.
    private static let optionalKeys = [
        "rope.scaling.type", "rope.scaling.factor", "rope.scaling.attn_factor", "rope.scaling.original_context_length", "rope.dimension_count", "attention.sliding_window",
        "attention.sliding_window_pattern", "attention.key_length", "attention.value_length", "attention.head_count_kv", "expert_count", "expert_used_count", "pooling_type", "rope.freq_base_swa",
    ]
    private static let tokenizerKeys = [
        "model", "pre", "tokens", "scores", "token_type", "merges", "bos_token_id", "eos_token_id", "unknown_token_id", "add_bos_token", "add_eos_token", "add_space_prefix",
        "remove_extra_whitespaces", "precompiled_charsmap", "cls_token_id", "mask_token_id", "eot_token_id",
    ]
    private static let texts: [[UInt8]] = ["", "gpt2", "llama", "bert", "t5", "qwen2", "llama-bpe", "linear", "longrope", "none", "yarn", "gemma3", "phi3", "nomic-bert", "▁", "</s>", "<0x41>", "a"].map { Array($0.utf8) } + [[0xFF], [0xE2, 0x96]]

    private mutating func changePair(_ random: inout SeededRandom) {
        switch Int.random(in: 0..<6, using: &random) {
        case 0: set(architecture + "." + (Self.optionalKeys.randomElement(using: &random) ?? ""), Self.value(&random))
        case 1:
            let key = "tokenizer.ggml." + (Self.tokenizerKeys.randomElement(using: &random) ?? "")
            set(key, Bool.random(using: &random) ? Self.value(&random) : Self.list(&random))
        case 2: if let place = pairs.indices.randomElement(using: &random) { pairs.remove(at: place) }
        case 3: if let place = pairs.indices.randomElement(using: &random) { pairs[place].value = Self.changed(pairs[place].value, &random) }
        default:
            // Numbers of the network are where most of the loader's decisions hang.
            if let place = pairs.indices.filter({ pairs[$0].key.hasPrefix(architecture + ".") }).randomElement(using: &random) { pairs[place].value = Self.near(pairs[place].value, &random) }
        }
    }

    private mutating func set(_ key: String, _ value: MetadataValue) {
        if let place = pairs.firstIndex(where: { $0.key == key }) { pairs[place].value = value } else { pairs.append((key, value)) }
    }

    private static func value(_ random: inout SeededRandom) -> MetadataValue {
        let number = Mutator.numbers.randomElement(using: &random) ?? 0
        switch Int.random(in: 0..<6, using: &random) {
        case 0: return .uint(number)
        case 1: return .int(-Int64(truncatingIfNeeded: number & 0x7FFF_FFFF_FFFF_FFFF))
        case 2: return .float([0, -0.0, -1, 1e-300, 1e30, -1e30, .nan, .infinity, -.infinity, 0.5].randomElement(using: &random) ?? 0)
        case 3: return .bool(Bool.random(using: &random))
        case 4: return .string(texts.randomElement(using: &random) ?? [])
        default: return .uint(UInt64.random(in: 0...130, using: &random))
        }
    }

    private static func near(_ value: MetadataValue, _ random: inout SeededRandom) -> MetadataValue {
        guard let number = value.int, Bool.random(using: &random) else { return Self.value(&random) }
        return .uint(UInt64(clamping: [number / 2, number &* 2, number &+ 1, number &- 1, number / 4, number &* 16].randomElement(using: &random) ?? 0))
    }

    private static func list(_ random: inout SeededRandom) -> MetadataValue {
        let count = [0, 1, 3, 127, 128, 129, 1_000][Int.random(in: 0..<7, using: &random)]
        switch Int.random(in: 0..<5, using: &random) {
        case 0: return .strings((0..<count).map { _ in texts.randomElement(using: &random) ?? [] })
        case 1: return .strings((0..<count).map { _ in (0..<Int.random(in: 0...6, using: &random)).map { _ in UInt8.random(in: 0...255, using: &random) } })
        case 2: return .ints((0..<count).map { _ in Int64(truncatingIfNeeded: Mutator.numbers.randomElement(using: &random) ?? 0) })
        case 3: return .ints((0..<count).map { _ in Int64.random(in: -1...300, using: &random) })
        default: return .floats((0..<count).map { _ in [0, -1, .nan, .infinity, -.infinity, 1e38, -5.5].randomElement(using: &random) ?? 0 })
        }
    }

    private static func changed(_ value: MetadataValue, _ random: inout SeededRandom) -> MetadataValue {
        switch value {
        case .strings(var values):
            for _ in 0..<Int.random(in: 1...4, using: &random) where !values.isEmpty {
                let place = Int.random(in: 0..<values.count, using: &random)
                switch Int.random(in: 0..<5, using: &random) {
                case 0: values.remove(at: place)
                case 1: values[place] = texts.randomElement(using: &random) ?? []
                case 2: values[place] = [UInt8](repeating: 97, count: Int.random(in: 0...5_000, using: &random))
                case 3: values[place] = values.randomElement(using: &random) ?? []
                default: values[place].append(UInt8.random(in: 0...255, using: &random))
                }
            }
            return .strings(values)
        case .ints, .floats, .doubles, .bools, .array: return Bool.random(using: &random) ? list(&random) : self.value(&random)
        case .uint, .int, .float, .bool, .string: return self.value(&random)
        }
    }

    // MARK: - Tensors

    private mutating func changeTensor(_ random: inout SeededRandom) {
        guard let place = tensors.indices.randomElement(using: &random) else { return }
        switch Int.random(in: 0..<7, using: &random) {
        case 0: tensors.remove(at: place)
        case 1: tensors[place].name = tensors.randomElement(using: &random)?.name ?? "x"
        case 2: fit(place, shape: tensors[place].shape.reversed(), type: .f32)
        case 3: fit(place, shape: tensors[place].shape, type: TensorType.allCases.randomElement(using: &random) ?? .f16)
        case 4: fit(place, shape: tensors[place].shape.map { max(1, $0 + Int.random(in: -2...2, using: &random)) }, type: .f32)
        case 5: fit(place, shape: [[1], [1, 1], [2, 3, 4, 5], [32], [64, 64, 2], [1, 4_096]].randomElement(using: &random) ?? [1], type: .f32)
        default:
            for index in tensors[place].bytes.indices where Int.random(in: 0..<3, using: &random) == 0 { tensors[place].bytes[index] = [0xFF, 0x7F, 0x80, 0].randomElement(using: &random) ?? 0 }
        }
    }

    /// Gives a tensor a shape and a type, with its bytes again and again; a type whose blocks do not divide the rows changes nothing.
    private mutating func fit(_ place: Int, shape: [Int], type: TensorType) {
        guard shape[0] % type.blockCount == 0, let count = type.byteCount(of: shape.reduce(1, *)) else { return }
        let old = tensors[place].bytes
        tensors[place].bytes = (0..<count).map { old.isEmpty ? 0 : old[$0 % old.count] }
        (tensors[place].shape, tensors[place].type) = (shape, type)
    }
}

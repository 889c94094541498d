import Core
import Inference
import Tensors

/// A tagger's file: weights as bytes, each 32 neighbors of a row with a scale of their own (after Jacob et al. 2018), and everything else that a text needs to be tagged: types, vocabularies, lists of words.
///
/// ```
/// metadata    banyan.model, banyan.shape (JSON)
/// NAME        I8, with NAME.scales F32 [rows, blocks]; small tensors are F32 alone
/// vocabulary.characters, .pairs, .threes   I32
/// words.N.text                             U8, a word a line
/// ```
enum TaggerFile {
    /// Neighbors that share a scale.
    static let block = 32
    /// Tensors of fewer values are not worth rounding.
    private static let countMin = 4_096

    /// Bytes and scales of rows.
    static func quantized(_ values: [Float], width: Int) -> (bytes: [UInt8], scales: [Float]) {
        var bytes: [UInt8] = [], scales: [Float] = []
        bytes.reserveCapacity(values.count)
        for row in stride(from: 0, to: values.count, by: max(1, width)) { for start in stride(from: row, to: row + width, by: block) {
            let part = values[start..<min(start + block, row + width)]
            let scale = (part.lazy.map(abs).max() ?? 0) / 127
            scales.append(scale)
            for value in part { bytes.append(UInt8(bitPattern: Int8(max(-127, min(127, scale > 0 ? (value / scale).rounded(.toNearestOrEven) : 0))))) }
        } }
        return (bytes, scales)
    }

    static func write(_ network: SequenceTagger, to path: String) throws {
        var writer = SafetensorsWriter()
        for (key, text) in network.about { writer.set(key, text) }
        for (name, tensor) in zip(network.parameterNames, network.parameters) {
            let width = tensor.shape.dropFirst().reduce(1, *)
            guard isRounded(name, tensor.shape) else {
                writer.add(name, shape: tensor.shape) { tensor.values }
                continue
            }
            let (bytes, scales) = quantized(tensor.values, width: width)
            writer.add(name, shape: tensor.shape, type: .i8) { bytes }
            writer.add(name + ".scales", shape: [tensor.shape[0], (width + block - 1) / block]) { scales }
        }
        let vocabulary = network.vocabulary
        for (name, values) in [("characters", vocabulary.characters), ("pairs", vocabulary.pairs), ("threes", vocabulary.threes)] where !values.isEmpty {
            writer.add("vocabulary.\(name)", shape: [values.count], type: .i32) { values.flatMap { value in (0..<4).map { UInt8(truncatingIfNeeded: value >> (8 * UInt32($0))) } } }
        }
        for (index, list) in vocabulary.lists.enumerated() {
            let bytes = list.bytes
            writer.add("words.\(index).text", shape: [bytes.count], type: .u8) { bytes }
        }
        try writer.write(to: path)
    }

    private static func isRounded(_ name: String, _ shape: [Int]) -> Bool { shape.count > 1 && name != "transitions" && shape.reduce(1, *) >= countMin }

    /// The values of a parameter of some shape.
    static func values(_ name: String, _ shape: [Int], _ file: SafetensorsFile) throws -> [Float] {
        guard let tensor = file.tensors[name], tensor.shape == shape else { throw foreign(file, "has no \(name) of the shape \(shape)") }
        var values = try file.floats(of: name)
        guard tensor.type == .i8 else {
            guard values.allSatisfy(\.isFinite) else { throw foreign(file, "has a \(name) that is no number") }
            return values
        }
        let width = shape.dropFirst().reduce(1, *), blocks = (width + block - 1) / block
        guard file.tensors[name + ".scales"]?.shape == [shape[0], blocks] else { throw foreign(file, "has no scales of \(name)") }
        let scales = try file.floats(of: name + ".scales")
        guard scales.allSatisfy(\.isFinite) else { throw foreign(file, "has scales of \(name) that are no numbers") }
        for row in 0..<shape[0] { for column in 0..<width { values[row * width + column] *= scales[row * blocks + column / block] } }
        return values
    }

    private static func bytes(_ name: String, _ file: SafetensorsFile) -> [UInt8]? { file.tensors[name].flatMap { file.file.bytes(at: $0.offset, count: $0.byteCount) } }

    private static func numbers(_ name: String, _ file: SafetensorsFile) throws -> [UInt32] {
        guard let tensor = file.tensors["vocabulary.\(name)"] else { return [] }
        guard tensor.type == .i32, tensor.shape.count == 1, tensor.shape[0] <= TaggerVocabulary.ngramsMax, let bytes = bytes(tensor.name, file) else { throw foreign(file, "has no vocabulary of \(name)") }
        return (0..<tensor.shape[0]).map { place in (0..<4).reduce(0) { $0 | UInt32(bytes[place * 4 + $1]) << (8 * UInt32($1)) } }
    }

    static func vocabulary(_ file: SafetensorsFile, lists names: [String]) throws -> TaggerVocabulary {
        let lists = try names.enumerated().map { index, name in
            guard let bytes = bytes("words.\(index).text", file), let text = String(validating: bytes, as: UTF8.self) else { throw foreign(file, "has no words of the list \(index + 1)") }
            return try WordList(name: name, words: text.split(separator: "\n").map(String.init))
        }
        return TaggerVocabulary(characters: try numbers("characters", file), pairs: try numbers("pairs", file), threes: try numbers("threes", file), lists: lists)
    }

    static func foreign(_ file: SafetensorsFile, _ what: String) -> Fault {
        Fault(.checkpoint, "\(file.file.path) \(what)", remedy: "give a model that `banyan tune tagger` wrote")
    }
}

extension SequenceTagger {
    /// The name of this kind of network in a model's file.
    static let kind = "sequence-tagger"

    /// What a model's file says of the network, by which it is read back.
    public var about: [String: String] {
        var json = shape.json
        json["words"] = .array(vocabulary.lists.map { .string($0.name) })
        return ["banyan.model": Self.kind, "banyan.shape": json.text]
    }

    /// Writes the model, its weights rounded to bytes.
    ///
    /// - Throws: `core.file`, `core.disk-full`.
    public func write(to path: String) throws { try TaggerFile.write(self, to: path) }

    /// A model from its file.
    ///
    /// - Throws: `core.file`, `inference.model-damaged`; `tuning.checkpoint` when it is no tagger.
    public init(file: SafetensorsFile, in workspace: Workspace) throws {
        let (shape, vocabulary) = try Self.parts(file)
        try self.init(shape, vocabulary: vocabulary, in: workspace, seed: 0)
        parameters = try zip(parameterNames, parameters).map { name, like in try Tensor(TaggerFile.values(name, like.shape, file), shape: like.shape, in: workspace).parameter() }
    }

    /// What a file's network is built from.
    static func parts(_ file: SafetensorsFile) throws -> (shape: Shape, vocabulary: TaggerVocabulary) {
        guard file.metadata["banyan.model"] == Self.kind, let text = file.metadata["banyan.shape"], let json = try? JSONValue(parsing: text, depthMax: 8), let shape = Shape(json: json) else {
            throw TaggerFile.foreign(file, "is no tagger")
        }
        let names = (json["words"]?.array ?? []).compactMap(\.string)
        guard names.count <= WordList.listsMax else { throw TaggerFile.foreign(file, "has too many lists of words") }
        return (shape, try TaggerFile.vocabulary(file, lists: names))
    }
}

extension SequenceTagger.Shape {
    var json: JSONValue {
        [
            "types": .array(types.map { .string($0) }), "width": .int(width), "dilations": .array(dilations.map { .int($0) }), "recurrences": .int(recurrences), "character_width": .int(characterWidth), "pair_width": .int(pairWidth),
        ]
    }

    /// Nil for what no network has.
    init?(json: JSONValue) {
        guard let types = json["types"]?.array?.compactMap(\.string), (1...TagScheme.typesMax).contains(types.count), Set(types).count == types.count, let width = json["width"]?.int, (64...1_024).contains(width), width % 64 == 0,
            let dilations = json["dilations"]?.array?.compactMap(\.int), dilations.count <= 16, dilations.allSatisfy({ (1...64).contains($0) }),
            let recurrences = json["recurrences"]?.int, (0...16).contains(recurrences), let characterWidth = json["character_width"]?.int, let pairWidth = json["pair_width"]?.int, (1...1_024).contains(characterWidth), (1...1_024).contains(pairWidth)
        else { return nil }
        self.init(types: types, width: width, dilations: dilations, recurrences: recurrences, characterWidth: characterWidth, pairWidth: pairWidth)
    }
}

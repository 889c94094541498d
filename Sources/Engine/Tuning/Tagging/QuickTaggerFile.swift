import Core
import Inference

/// A quick tagger's file: the table as bytes, the field as floats, types and their parts as text.
///
/// ```
/// metadata     banyan.model, banyan.shape (JSON)
/// rows         I8  [2^bits, 16]   one row a hash, one byte a tag
/// known        U8  [2^20 / 8]     a bit a print (QuickFeatures)
/// scale        F32 [1]            what a byte counts
/// transitions  F32 [16, 16], starts F32 [16], ends F32 [16]
/// ```
extension QuickTagger {
    /// The name of this kind of model in a file.
    static let kind = "quick-tagger"
    static let bitsRange = 4...20
    private static let scoreMax: Float = 60

    /// - Throws: `core.file`, `inference.model-damaged`; `tuning.checkpoint` when it is no quick tagger, naming what is wrong.
    public init(path: String) throws { try self.init(file: SafetensorsFile(path: path)) }

    /// Whether a file says that it holds a quick tagger.
    public static func isOne(_ file: SafetensorsFile) -> Bool { file.metadata["banyan.model"] == kind }

    /// - Throws: as ``init(path:)``.
    public init(file: SafetensorsFile) throws {
        guard Self.isOne(file), let text = file.metadata["banyan.shape"], let json = try? JSONValue(parsing: text, depthMax: 8) else { throw Self.foreign(file, "is no quick tagger") }
        let types = (json["types"]?.array ?? []).compactMap(\.string), parts = (json["parts"]?.array ?? []).compactMap(\.int)
        guard (1...QuickTags.typesMax).contains(types.count), Set(types).count == types.count else { throw Self.foreign(file, "has wrong types") }
        guard parts.count == types.count, parts.allSatisfy({ (1...3).contains($0) }), parts.reduce(1, +) <= QuickTags.lanes else { throw Self.foreign(file, "has wrong parts") }
        guard let bits = json["bits"]?.int, Self.bitsRange.contains(bits) else { throw Self.foreign(file, "has wrong bits") }
        let tags = QuickTags(types: types, parts: parts), lanes = QuickTags.lanes
        guard let rows = file.tensors["rows"], rows.type == .i8, rows.shape == [1 << bits, lanes], let bytes = file.file.bytes(at: rows.offset, count: rows.byteCount) else { throw Self.foreign(file, "has no rows of the shape \([1 << bits, lanes])") }
        let knownCount = (1 << QuickFeatures.printBits) / 8
        guard let known = file.tensors["known"], known.type == .u8, known.shape == [knownCount], let bits8 = file.file.bytes(at: known.offset, count: knownCount) else { throw Self.foreign(file, "has no known of the shape \([knownCount])") }
        func floats(_ name: String, _ shape: [Int]) throws -> [Float] {
            guard let tensor = file.tensors[name], tensor.shape == shape, tensor.type == .f32 else { throw Self.foreign(file, "has no \(name) of the shape \(shape)") }
            let values = try file.floats(of: name)
            // Exponentials of scores must stay within floats.
            guard values.allSatisfy({ $0 == QuickField.forbidden || abs($0) <= Self.scoreMax }) else { throw Self.foreign(file, "has \(name) that are no scores") }
            return values
        }
        let scale = try floats("scale", [1])[0]
        guard scale > 0 else { throw Self.foreign(file, "has a wrong scale") }
        let (transitions, starts, ends) = (try floats("transitions", [lanes, lanes]), try floats("starts", [lanes]), try floats("ends", [lanes]))
        var field = QuickField(tags)
        for lane in 0..<lanes {
            // What the rules forbid stays forbidden, whatever a file says.
            if field.starts[lane] == 0 { field.starts[lane] = starts[lane] }
            if field.ends[lane] == 0 { field.ends[lane] = ends[lane] }
            for next in 0..<lanes where field.transitions[lane][next] == 0 { field.transitions[lane][next] = transitions[lane * lanes + next] }
        }
        var table: [SIMD8<Int16>] = []
        table.reserveCapacity(1 << bits)
        for row in 0..<1 << bits {
            var packed = SIMD8<Int16>()
            for lane in 0..<8 { packed[lane] = Int16(bytes[row * lanes + lane]) | Int16(Int8(bitPattern: bytes[row * lanes + lane + 8])) << 8 }
            table.append(packed)
        }
        let words = (0..<knownCount / 4).map { word in (0..<4).reduce(UInt32(0)) { $0 | UInt32(bits8[word * 4 + $1]) << UInt32(8 * $1) } }
        self.init(tags: tags, bits: bits, known: words, field: field, table: table, scale: scale)
    }

    /// Writes the model.
    ///
    /// - Throws: `core.file`, `core.disk-full`.
    public func write(to path: String) throws {
        var writer = SafetensorsWriter()
        let lanes = QuickTags.lanes
        let shape: JSONValue = ["types": .array(types.map { .string($0) }), "parts": .array(tags.parts.map { .int($0) }), "bits": .int(bits)]
        writer.set("banyan.model", Self.kind)
        writer.set("banyan.shape", shape.text)
        writer.add("rows", shape: [1 << bits, lanes], type: .i8) {
            table.flatMap { row in (0..<lanes).map { UInt8(truncatingIfNeeded: $0 < 8 ? row[$0] : row[$0 - 8] >> 8) } }
        }
        writer.add("known", shape: [features.known.count * 4], type: .u8) { features.known.flatMap { word in (0..<4).map { UInt8(truncatingIfNeeded: word >> UInt32(8 * $0)) } } }
        let field = field, scale = scale
        func values(_ vector: QuickField.Vector) -> [Float] { (0..<lanes).map { vector[$0] } }
        writer.add("scale", shape: [1]) { [scale] }
        writer.add("transitions", shape: [lanes, lanes]) { field.transitions.flatMap(values) }
        writer.add("starts", shape: [lanes]) { values(field.starts) }
        writer.add("ends", shape: [lanes]) { values(field.ends) }
        try writer.write(to: path)
    }

    private static func foreign(_ file: SafetensorsFile, _ what: String) -> Fault {
        Fault(.checkpoint, "\(file.file.path) \(what)", remedy: "give a model that `banyan tune tagger --quick` wrote")
    }
}

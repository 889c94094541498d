import Core

/// Writes files in the safetensors format: tensors of F32, in the order of their names, and texts under `__metadata__`.
public struct SafetensorsWriter {
    private enum Content {
        case floats(() -> [Float])
        case bytes(SafetensorsFile.ElementType, () -> [UInt8])

        var type: SafetensorsFile.ElementType { if case .bytes(let type, _) = self { type } else { .f32 } }
    }
    private var tensors: [String: (shape: [Int], content: Content)] = [:]
    private var metadata: [String: String] = [:]

    public init() {}

    /// Sets a text.
    public mutating func set(_ key: String, _ text: String) { metadata[key] = text }

    /// Adds a tensor whose values are asked for when they are written; a tensor of this name is replaced.
    ///
    /// - Parameter shape: in the order of the frameworks, the dimension of neighbors last.
    public mutating func add(_ name: String, shape: [Int], values: @escaping () -> [Float]) { tensors[name] = (shape, .floats(values)) }

    /// Adds a tensor whose elements are bytes as the file holds them, little end first.
    public mutating func add(_ name: String, shape: [Int], type: SafetensorsFile.ElementType, bytes: @escaping () -> [UInt8]) { tensors[name] = (shape, .bytes(type, bytes)) }

    /// Writes the file beside `path` and moves it there when it is whole; a file that is there is replaced.
    ///
    /// - Throws: `inference.model-damaged` when values and shape of a tensor differ in number; `core.file` and `core.disk-full`.
    public func write(to path: String) throws {
        let order = tensors.sorted { $0.key < $1.key }
        var fields: [String: JSONValue] = ["__metadata__": .object(metadata.mapValues { .string($0) })]
        var offset = 0
        for (name, tensor) in order {
            let end = offset + tensor.shape.reduce(tensor.content.type.byteCount, *)
            fields[name] = ["dtype": .string(tensor.content.type.rawValue), "shape": .array(tensor.shape.map { .int($0) }), "data_offsets": .array([.int(offset), .int(end)])]
            offset = end
        }
        var header = Array(JSONValue.object(fields).text.utf8)
        // Readers like values that begin at a multiple of eight.
        header += [UInt8](repeating: UInt8(ascii: " "), count: (8 - header.count % 8) % 8)
        let file = try AsideFile(path: path)
        var length: [UInt8] = []
        length.append(little: UInt64(header.count))
        try file.write(length)
        try file.write(header)
        for (name, tensor) in order {
            let count = tensor.shape.reduce(1, *)
            func unfit(_ given: Int) -> Fault { GGUFWriter.unfit("tensor \(name) gives \(given) values for the shape \(tensor.shape)") }
            switch tensor.content {
            case .bytes(let type, let content):
                let bytes = content()
                guard bytes.count == count * type.byteCount else { throw unfit(bytes.count / type.byteCount) }
                try file.write(bytes)
            case .floats(let content):
                let values = content()
                guard values.count == count else { throw unfit(values.count) }
                // Pieces, so that a large tensor is not in memory twice.
                for start in stride(from: 0, to: values.count, by: 1 << 18) {
                    try file.write(try BlockFormat.quantize(Array(values[start..<min(values.count, start + 1 << 18)]), to: .f32))
                }
            }
        }
        try file.commit()
    }
}

import Core

/// Writes files in the safetensors format: tensors of F32 or I8, in the order of their names, and texts under `__metadata__`.
public struct SafetensorsWriter {
    /// How a tensor's elements are asked for when they are written.
    private enum Values {
        case floats(() -> [Float])
        case bytes(() -> [Int8])
    }
    private var tensors: [String: (shape: [Int], values: Values)] = [:]
    private var metadata: [String: String] = [:]

    public init() {}

    /// Sets a text.
    public mutating func set(_ key: String, _ text: String) { metadata[key] = text }

    /// Adds a tensor whose values are asked for when they are written; a tensor of this name is replaced.
    ///
    /// - Parameter shape: in the order of the frameworks, the dimension of neighbors last.
    public mutating func add(_ name: String, shape: [Int], values: @escaping () -> [Float]) { tensors[name] = (shape, .floats(values)) }

    /// The same for whole numbers of a byte.
    public mutating func addBytes(_ name: String, shape: [Int], values: @escaping () -> [Int8]) { tensors[name] = (shape, .bytes(values)) }

    /// Writes the file beside `path` and moves it there when it is whole; a file that is there is replaced.
    ///
    /// - Throws: `inference.model-damaged` when values and shape of a tensor differ in number; `core.file` and `core.disk-full`.
    public func write(to path: String) throws {
        let order = tensors.sorted { $0.key < $1.key }
        var fields: [String: JSONValue] = ["__metadata__": .object(metadata.mapValues { .string($0) })]
        var offset = 0
        for (name, tensor) in order {
            let type: SafetensorsFile.ElementType = if case .bytes = tensor.values { .i8 } else { .f32 }
            let end = offset + tensor.shape.reduce(type.byteCount, *)
            fields[name] = ["dtype": .string(type.rawValue), "shape": .array(tensor.shape.map { .int($0) }), "data_offsets": .array([.int(offset), .int(end)])]
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
        for (name, tensor) in order { try Self.write(tensor.values, of: name, shape: tensor.shape, to: file) }
        try file.commit()
    }

    private static func write(_ values: Values, of name: String, shape: [Int], to file: AsideFile) throws {
        func check(_ count: Int) throws {
            guard count == shape.reduce(1, *) else { throw GGUFWriter.unfit("tensor \(name) gives \(count) values for the shape \(shape)") }
        }
        switch values {
        case .floats(let make):
            let values = make()
            try check(values.count)
            // Pieces, so that a large tensor is not in memory twice.
            for start in stride(from: 0, to: values.count, by: 1 << 18) {
                try file.write(try BlockFormat.quantize(Array(values[start..<min(values.count, start + 1 << 18)]), to: .f32))
            }
        case .bytes(let make):
            let values = make()
            try check(values.count)
            try file.write(values.map { UInt8(bitPattern: $0) })
        }
    }
}

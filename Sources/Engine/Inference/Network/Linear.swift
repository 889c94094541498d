import Core
import Kernels

/// A linear layer: weights [outputs x inputs], packed, with or without a bias.
struct Linear: Sendable {
    let matrix: PackedMatrix
    var bias: [Float]?
    /// Its tensor without ".weight", by which adapters know it; empty for a part of a tensor.
    var name = ""

    var inputs: Int { matrix.columns }
    var outputs: Int { matrix.rows }
    /// Bytes that decoding one token reads.
    var byteCount: Int { matrix.byteCount }
}

/// The formats that packed matrices have for tensors of a file.
extension PackedFormat {
    /// The dense format of `type`; nil for block formats.
    init?(dense type: TensorType) {
        switch type {
        case .f32: self = .f32
        case .f16: self = .f16
        case .bf16: self = .bf16
        default: return nil
        }
    }

    /// The format that holds `type` as it is; nil when there is none, or its blocks do not divide `columns`.
    init?(exact type: TensorType, columns: Int) {
        let format: PackedFormat?
        switch type {
        case .q8_0: format = .q8
        case .q4_0: format = .q4
        case .q5_0: format = .q5
        case .q4_K: format = .q4K
        case .q6_K: format = .q6K
        default: format = PackedFormat(dense: type)
        }
        guard let format, columns % format.columnMultiple == 0 else { return nil }
        self = format
    }
}

/// Reads the tensors of one model file into packed matrices and vectors, and remembers which were used.
struct TensorLoader {
    let file: GGUFFile
    let pool: ThreadPool
    /// Dense types whose matrices run as 16-bit integers, at twice the speed of floats. F16 and BF16 lose nothing that matters: their own rounding is eight times as coarse as that of
    /// the integers for all but the smallest weights of a block. F32 stays F32, unless the caller says otherwise.
    var widened: Set<TensorType> = [.f16, .bf16]

    func has(_ name: String) -> Bool { file.tensors[name] != nil }

    private func info(_ name: String) throws -> TensorInfo {
        guard let info = file.tensors[name] else {
            throw Fault(.modelDamaged, "the model file has no tensor \(name)", remedy: "get a file that was converted for this architecture")
        }
        return info
    }

    /// A vector, as floats.
    func vector(_ name: String, count: Int) throws -> [Float] {
        let values = try file.floats(of: name)
        guard values.count == count else {
            throw Fault(.modelDamaged, "tensor \(name) has \(values.count) values; \(count) are expected", remedy: "get the file again")
        }
        return values
    }

    /// A vector that may be missing.
    func vectorIfPresent(_ name: String, count: Int) throws -> [Float]? { has(name) ? try vector(name, count: count) : nil }

    /// A linear layer from `name`.weight and, if there is one, `name`.bias.
    func linear(_ name: String, inputs: Int, outputs: Int) throws -> Linear {
        let bias = try vectorIfPresent(name + ".bias", count: outputs)
        return Linear(matrix: try matrix(name + ".weight", inputs: inputs, outputs: outputs), bias: bias, name: name)
    }

    /// A matrix of [outputs x inputs]. Types without a kernel of their own are held as Q8 blocks (a rounding of at most 1/254 of a block's largest weight).
    func matrix(_ name: String, inputs: Int, outputs: Int) throws -> PackedMatrix {
        let info = try info(name)
        guard info.shape.first == inputs, info.elementCount == inputs * outputs else {
            throw Fault(
                .modelDamaged, "tensor \(name) has the shape \(info.shape); [\(inputs), \(outputs)] is expected", remedy: "get a file that was converted for this architecture")
        }
        return try slice(info, firstRow: 0, inputs: inputs, outputs: outputs)
    }

    /// Matrix number `index` of a tensor that stacks several of [outputs x inputs].
    func stacked(_ name: String, index: Int, of count: Int, inputs: Int, outputs: Int) throws -> PackedMatrix {
        let info = try info(name)
        guard info.shape.first == inputs, info.elementCount == inputs * outputs * count else {
            throw Fault(.modelDamaged, "tensor \(name) has the shape \(info.shape); [\(inputs), \(outputs), \(count)] is expected", remedy: "get the file again")
        }
        return try slice(info, firstRow: index * outputs, inputs: inputs, outputs: outputs)
    }

    /// The layers that one matrix holds under one another: its first `outputs[0]` rows, the next `outputs[1]`, ….
    func pieces(_ name: String, inputs: Int, outputs: [Int]) throws -> [Linear] {
        let info = try info(name)
        guard info.shape.first == inputs, info.elementCount == inputs * outputs.reduce(0, +) else {
            throw Fault(.modelDamaged, "tensor \(name) has the shape \(info.shape); [\(inputs), \(outputs.reduce(0, +))] is expected", remedy: "get the file again")
        }
        let bias = try vectorIfPresent(name.replacing(".weight", with: ".bias"), count: outputs.reduce(0, +))
        var start = 0
        return try outputs.map { count in
            defer { start += count }
            return Linear(matrix: try slice(info, firstRow: start, inputs: inputs, outputs: count), bias: bias.map { Array($0[start..<start + count]) })
        }
    }

    private func slice(_ info: TensorInfo, firstRow: Int, inputs: Int, outputs: Int) throws -> PackedMatrix {
        guard let format = PackedFormat(exact: info.type, columns: inputs) else {
            let values = try file.floats(of: info, rows: firstRow..<firstRow + outputs)
            let isBlocked = inputs % PackedFormat.q8.columnMultiple == 0
            return try PackedMatrix.pack(floats: values, rows: outputs, columns: inputs, format: isBlocked ? .q8 : .f32, pool: pool)
        }
        let isWidened = widened.contains(info.type) && inputs % PackedFormat.q16.columnMultiple == 0
        let rowByteCount = format.sourceByteCount(columns: inputs)
        let offset = info.offset + firstRow * rowByteCount
        guard let source = unsafe file.file.pointer(at: offset, count: rowByteCount * outputs) else {
            throw Fault(.modelDamaged, "tensor \(info.name) reaches past the end of the file", remedy: "get the file again")
        }
        let matrix =
            try isWidened
            ? unsafe PackedMatrix.quantize(source, of: format, rows: outputs, columns: inputs, to: .q16, pool: pool)
            : unsafe PackedMatrix.pack([(pointer: source, rows: outputs)], columns: inputs, format: format, pool: pool)
        // The packed copy is what runs; the file's pages need not stay.
        file.file.forget(offset: offset, count: rowByteCount * outputs)
        return matrix
    }
}

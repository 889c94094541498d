import Core

/// A tensor of the file that is to be written: rows of tensors of the checkpoint, one after another, or values that follow from its settings.
struct PlannedTensor {
    /// Where the values come from.
    enum Content {
        /// Rows of tensors of the checkpoint. A vector counts as rows of one value.
        case rows([Piece])
        case values([Float])
    }

    /// Some rows of one tensor of the checkpoint, by the name in its files.
    struct Piece {
        var source: String
        var rows: Range<Int>
    }

    let name: String
    /// In ggml's order, the dimension of neighbors first.
    let shape: [Int]
    let type: TensorType
    let content: Content
    /// Values of a head whose halves the rope turns together in the checkpoint, and neighbors in the file; nil leaves the rows in their order.
    var interleavedHead: Int?
    /// Added to every value; only where `type` is F32.
    var shift: Float = 0
}

/// Gives the bytes of planned tensors piece by piece, so that memory stays at a few megabytes whatever the size of the model.
struct TensorStreamer {
    /// Bytes of the checkpoint that are read at a time.
    private static let chunkByteCount = 1 << 20

    let weights: SafetensorsFolder

    func write(_ tensor: PlannedTensor, _ sink: GGUFWriter.Sink) throws {
        switch tensor.content {
        case .values(let values): try sink(try BlockFormat.quantize(values, to: tensor.type))
        case .rows(let pieces): for piece in pieces { try write(piece, of: tensor, sink) }
        }
    }

    private func write(_ piece: PlannedTensor.Piece, of tensor: PlannedTensor, _ sink: GGUFWriter.Sink) throws {
        guard let file = weights.file(of: piece.source), let info = file.tensors[piece.source] else {
            throw Fault(.modelDamaged, "the model's files have no tensor \(GGUFReader.quoted(piece.source))", remedy: "get all files of the model")
        }
        let rowByteCount = (info.shape.count > 1 ? info.shape[info.shape.count - 1] : 1) * info.type.byteCount
        let step = max(1, Self.chunkByteCount / rowByteCount)
        for start in stride(from: piece.rows.lowerBound, to: piece.rows.upperBound, by: step) {
            let rows = start..<min(piece.rows.upperBound, start + step)
            var bytes: [UInt8] = []
            for range in Self.sources(of: rows, head: tensor.interleavedHead) {
                guard let part = file.file.bytes(at: info.offset + range.lowerBound * rowByteCount, count: range.count * rowByteCount) else {
                    throw SafetensorsFile.damaged(file.file.path, "tensor \(GGUFReader.quoted(piece.source)) ends outside the file")
                }
                if bytes.isEmpty { bytes = part } else { bytes += part }
            }
            try sink(try converted(bytes, info, tensor))
            // Interleaving goes back within a head, so its pages may be needed again; the system brings them then.
            file.file.forget(offset: info.offset + rows.lowerBound * rowByteCount, count: rows.count * rowByteCount)
        }
    }

    /// The rows of the checkpoint that become `rows` of the file: row 2j+k of a head is its row j of half k.
    static func sources(of rows: Range<Int>, head: Int?) -> [Range<Int>] {
        guard let head, head > 2 else { return [rows] }
        return rows.map { row in
            let place = row % head
            let source = row - place + place % 2 * (head / 2) + place / 2
            return source..<source + 1
        }
    }

    private func converted(_ bytes: [UInt8], _ info: SafetensorsFile.Tensor, _ tensor: PlannedTensor) throws -> [UInt8] {
        if Self.type(of: info) == tensor.type, info.type != .f64, tensor.shift == 0 { return bytes }
        let count = bytes.count / info.type.byteCount
        var values = unsafe bytes.withUnsafeBytes { bytes in
            switch info.type {
            case .f16: unsafe BlockFormat.dequantize(bytes, type: .f16, count: count)
            case .bf16: unsafe BlockFormat.dequantize(bytes, type: .bf16, count: count)
            case .f64: unsafe GGUFReader.words(bytes, UInt64.self).map { Float(Double(bitPattern: $0)) }
            default: unsafe BlockFormat.dequantize(bytes, type: .f32, count: count)
            }
        }
        if tensor.shift != 0 { for index in values.indices { values[index] += tensor.shift } }
        return try BlockFormat.quantize(values, to: tensor.type)
    }

    /// The type that keeps a tensor's values; nil for whole numbers, which no weight is.
    static func type(of info: SafetensorsFile.Tensor) -> TensorType? {
        switch info.type {
        case .f32, .f64: .f32
        case .f16: .f16
        case .bf16: .bf16
        case .i64, .i32, .i8, .u8, .bool: nil
        }
    }
}

import Core

/// Makes one model of a model and an adapter: the weights with what the adapter adds, in a file that needs no adapter.
public enum ModelMerger {
    /// Writes `file` with `adapter` in it to `path`. Tensors keep their types, and those that the adapter does not change their bytes; a type that cannot be written becomes Q8_0, or F16 where blocks do not divide
    /// the rows. One matrix is in memory at a time.
    ///
    /// Merging rounds the sum to the file's type: into 4 bits, much of what an adapter adds is below a step. Give the file that the quantized one was made from where there is one.
    ///
    /// - Parameter progress: told the bytes that are done.
    /// - Throws: `inference.model-unsupported` when the adapter does not fit; `CancellationError`; what ``GGUFWriter/write(to:)`` throws; nothing is at `path` then that was not there before.
    public static func merge(_ adapter: Adapter, into file: GGUFFile, to path: String, progress: ProgressSink? = nil) throws {
        try adapter.check(fits: file)
        var writer = GGUFWriter()
        for key in file.metadataOrder where key != "general.alignment" {
            if let range = file.metadataRanges[key], let bytes = file.file.bytes(at: range.lowerBound, count: range.count) { writer.set(key, encoded: bytes) }
        }
        let total = file.tensors.values.reduce(0) { $0 + $1.byteCount }
        var done = 0
        for tensor in file.tensorOrder.compactMap({ file.tensors[$0] }) {
            let layer = tensor.name.hasSuffix(".weight") ? adapter.layers[String(tensor.name.dropLast(".weight".count))] : nil
            let type = layer == nil ? tensor.type : writable(tensor)
            writer.add(name: tensor.name, shape: tensor.shape, type: type) { sink in
                try Task.checkCancellation()
                if let layer {
                    try sink(try BlockFormat.quantize(adapter.merged(layer, into: try file.floats(of: tensor.name)), to: type))
                } else if let bytes = file.file.bytes(at: tensor.offset, count: tensor.byteCount) {
                    try sink(bytes)
                }
                file.file.forget(offset: tensor.offset, count: tensor.byteCount)
                done += tensor.byteCount
                progress?(JobProgress(phase: "merge", done: done, total: total))
            }
        }
        try writer.write(to: path)
    }

    private static func writable(_ tensor: TensorInfo) -> TensorType {
        if BlockFormat.writable.contains(tensor.type) { return tensor.type }
        return tensor.shape[0] % TensorType.q8_0.blockCount == 0 ? .q8_0 : .f16
    }
}

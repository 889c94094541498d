import Core
import Dispatch
import Synchronization

/// Makes model files smaller: reads every tensor of a GGUF file and writes it in the type that a scheme gives it.
///
/// Types follow llama.cpp: vectors and norms stay as they are; a k-quant whose blocks of 256 do not divide the rows falls back (Q4_K to Q5_0, Q6_K to Q8_0), and to F16
/// when blocks of 32 do not divide them either. Start from F32, F16 or BF16: what an already quantized file has lost does not come back.
public struct ModelQuantizer {
    /// Values that one task decodes and encodes at a time; with their floats and bytes about 2 MB.
    private static let chunkCount = 1 << 18

    /// Writes `file` to `path` in `scheme`. Memory stays at a few megabytes a task, whatever the size of the model.
    ///
    /// All metadata is copied; `general.file_type` and `general.quantization_version` (2) are set, and what describes a split or another alignment is left out.
    ///
    /// - Parameters:
    ///   - width: chunks of a tensor that are encoded at the same time, at least 1.
    ///   - progress: told the bytes of the source that are done, a few times a second.
    /// - Throws: `CancellationError` between two chunks when the task is cancelled; what ``BlockFormat/quantize(_:to:)`` and ``GGUFWriter/write(to:)`` throw; nothing is at `path` then that was not there before.
    public static func quantize(from file: GGUFFile, to path: String, scheme: Scheme, progress: ProgressSink?, width: Int = 2) throws {
        var writer = GGUFWriter()
        let replaced: Set = ["general.file_type", "general.quantization_version", "general.alignment", "split.no", "split.count", "split.tensors.count"]
        for key in file.metadataOrder where !replaced.contains(key) {
            if let range = file.metadataRanges[key], let bytes = file.file.bytes(at: range.lowerBound, count: range.count) { writer.set(key, encoded: bytes) }
        }
        writer.set("general.quantization_version", .uint(2))
        writer.set("general.file_type", .uint(scheme.fileType))
        let plan = QuantizationPlan(file: file, scheme: scheme)
        let total = file.tensors.values.reduce(0) { $0 + $1.byteCount }
        let done = Mutex(0)
        for tensor in file.tensorOrder.compactMap({ file.tensors[$0] }) {
            let type = plan.type(of: tensor)
            writer.add(name: tensor.name, shape: tensor.shape, type: type) { sink in
                try write(tensor, of: file, as: type, width: max(width, 1), sink)
                file.file.forget(offset: tensor.offset, count: tensor.byteCount)
                let count = done.withLock { done in
                    done += tensor.byteCount
                    return done
                }
                progress?(JobProgress(phase: "quantize", done: count, total: total))
            }
        }
        try writer.write(to: path)
    }

    private static func write(_ tensor: TensorInfo, of file: GGUFFile, as type: TensorType, width: Int, _ sink: GGUFWriter.Sink) throws {
        // At least one row a chunk: rows are whole numbers of blocks, and so are chunks.
        let rowsPerChunk = max(1, chunkCount / tensor.shape[0])
        var row = 0
        while row < tensor.rowCount {
            try Task.checkCancellation()
            let starts = Array(stride(from: row, to: min(tensor.rowCount, row + width * rowsPerChunk), by: rowsPerChunk))
            for bytes in try inParallel(starts, { start in try bytes(of: tensor, rows: start..<min(tensor.rowCount, start + rowsPerChunk), in: file, as: type) }) {
                try sink(bytes)
            }
            row += width * rowsPerChunk
        }
    }

    private static func bytes(of tensor: TensorInfo, rows: Range<Int>, in file: GGUFFile, as type: TensorType) throws -> [UInt8] {
        let rowByteCount = tensor.byteCount / tensor.rowCount
        if type == tensor.type, let bytes = file.file.bytes(at: tensor.offset + rows.lowerBound * rowByteCount, count: rows.count * rowByteCount) { return bytes }
        do {
            return try BlockFormat.quantize(try file.floats(of: tensor, rows: rows), to: type)
        } catch let fault as Fault {
            throw Fault(fault.code, "\(file.file.path): rows \(rows) of tensor \(GGUFReader.quoted(tensor.name)): \(fault.message)", remedy: fault.remedy, cause: fault)
        }
    }

    /// Runs `body` for each start at the same time and returns the results in order.
    private static func inParallel(_ starts: [Int], _ body: @Sendable (Int) throws -> [UInt8]) throws -> [[UInt8]] {
        guard starts.count > 1 else { return try starts.map(body) }
        let results = Mutex<[Int: Result<[UInt8], any Error>]>([:])
        DispatchQueue.concurrentPerform(iterations: starts.count) { index in
            let result = Result { try body(starts[index]) }
            results.withLock { $0[index] = result }
        }
        return try results.withLock { results in try starts.indices.map { try results[$0]?.get() ?? [] } }
    }
}

import CZlib

/// Decompresses deflate data (RFC 1951), bare or in zlib's or gzip's wrapping (RFC 1950, 1952), under a bound, so that a bomb costs no more than the bound.
public enum Inflater {
    /// What stands around the deflate data; the raw value is zlib's number of window bits.
    public enum Wrapping: Int32, Sendable { case none = -15, zlib = 15, gzip = 31 }

    /// Bytes after the end of the data are ignored.
    ///
    /// - Parameters:
    ///   - byteCountMax: the most bytes that may come out.
    ///   - ratioMax: the most bytes out per byte in, checked as the output grows. Text rarely passes 20; the format's limit is 1032.
    /// - Throws: ``Fault`` with code `core.inflate`.
    public static func inflate(_ compressed: [UInt8], wrapping: Wrapping = .none, byteCountMax: Int, ratioMax: Int = 200) throws -> [UInt8] {
        try member(compressed, wrapping: wrapping, byteCountMax: byteCountMax, ratioMax: ratioMax).bytes
    }

    /// The data that begins at the first byte, and how many bytes it took: what follows may be another.
    /// - Throws: ``Fault`` with code `core.inflate`.
    public static func member(
        _ compressed: [UInt8], wrapping: Wrapping, byteCountMax: Int, ratioMax: Int = 200
    ) throws -> (bytes: [UInt8], taken: Int) {
        var stream = unsafe z_stream()
        guard unsafe inflateInit2_(&stream, wrapping.rawValue, ZLIB_VERSION, Int32(MemoryLayout<z_stream>.size)) == Z_OK else {
            throw Fault(.inflate, "zlib could not start", remedy: "check the installed zlib")
        }
        defer { unsafe _ = inflateEnd(&stream) }
        let limit = min(byteCountMax, max(4096, compressed.count.multipliedReportingOverflow(by: ratioMax).partialValue))
        var input = compressed
        var output: [UInt8] = []
        var chunk = [UInt8](repeating: 0, count: 64 * 1024)
        let chunkCount = chunk.count
        return try unsafe input.withUnsafeMutableBufferPointer { source in
            unsafe stream.next_in = source.baseAddress
            unsafe stream.avail_in = UInt32(source.count)
            while true {
                let status = unsafe chunk.withUnsafeMutableBufferPointer { target in
                    unsafe stream.next_out = target.baseAddress
                    unsafe stream.avail_out = UInt32(chunkCount)
                    return unsafe CZlib.inflate(&stream, Z_NO_FLUSH)
                }
                let produced = unsafe chunkCount - Int(stream.avail_out)
                guard output.count + produced <= limit else {
                    throw Fault(
                        .inflate, "compressed data grows past its bound of \(limit) bytes (from \(compressed.count))",
                        remedy: "unpack it yourself and check what it holds")
                }
                output.append(contentsOf: chunk[..<produced])
                if status == Z_STREAM_END { return unsafe (output, source.count - Int(stream.avail_in)) }
                guard status == Z_OK, produced > 0 else {
                    throw Fault(.inflate, "compressed data is damaged after \(output.count) bytes", remedy: "get the file again")
                }
            }
        }
    }
}

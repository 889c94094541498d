import Core

/// The table of tensors of a GGUF file: read entry by entry, then placed behind the header and checked against one another.
struct GGUFTable {
    private struct Entry {
        var name: String
        var type: TensorType
        var shape: [Int]
        var byteCount: Int
        /// From the start of the data.
        var start: Int
        /// Where the entry's offset field stands in the file; for messages.
        var place: Int
    }

    private(set) var tensors: [String: TensorInfo] = [:]
    private(set) var order: [String] = []

    /// Reads `count` entries and the end of the header.
    mutating func read(_ reader: inout GGUFReader, count: Int, alignment: Int) throws {
        var entries: [Entry] = []
        entries.reserveCapacity(count)
        for index in 0..<count { entries.append(try Self.entry(&reader, index, alignment: alignment)) }
        let base = (reader.position + alignment - 1) / alignment * alignment
        tensors.reserveCapacity(count)
        for (index, entry) in entries.enumerated() {
            guard base <= reader.file.byteCount, entry.start <= reader.file.byteCount - base, entry.byteCount <= reader.file.byteCount - base - entry.start else {
                throw reader.damaged("the offset of tensor \(index)", at: entry.place, "is \(entry.start); its \(entry.byteCount) bytes end outside the file")
            }
            let info = TensorInfo(name: entry.name, type: entry.type, shape: entry.shape, offset: base + entry.start, byteCount: entry.byteCount)
            guard tensors.updateValue(info, forKey: entry.name) == nil else {
                throw reader.damaged("the name of tensor \(index), whose offset stands", at: entry.place, "repeats \(GGUFReader.quoted(entry.name))")
            }
            order.append(entry.name)
        }
        try checkOverlaps(entries, reader)
    }

    private func checkOverlaps(_ entries: [Entry], _ reader: GGUFReader) throws {
        var end = 0
        for entry in entries.sorted(by: { $0.start < $1.start }) {
            guard entry.start >= end else { throw reader.damaged("the offset of tensor \(GGUFReader.quoted(entry.name))", at: entry.place, "is inside another tensor") }
            end = entry.start + entry.byteCount
        }
    }

    private static func entry(_ reader: inout GGUFReader, _ index: Int, alignment: Int) throws -> Entry {
        let name = try reader.name("the name of tensor \(index)")
        let field = "tensor \(GGUFReader.quoted(name))"
        let shapeOffset = reader.position
        let shape = try shape(&reader, field)
        let typeOffset = reader.position
        let number = try reader.integer("the type of \(field)", as: UInt32.self)
        guard let type = TensorType(rawValue: number) else {
            throw Fault(
                .modelUnsupported, "\(reader.file.path): the type of \(field) at byte \(typeOffset) is \(TensorType.unreadName(number)), which is not read",
                remedy: "get the model in one of \(TensorType.allCases.map(\.name).joined(separator: ", "))")
        }
        guard shape[0] % type.blockCount == 0, let byteCount = type.byteCount(of: shape.reduce(1, *)) else {
            throw reader.damaged("the shape of \(field)", at: shapeOffset, "is \(shape), which is no whole number of \(type.name) blocks")
        }
        let place = reader.position
        let offset = try reader.integer("the offset of \(field)", as: UInt64.self)
        guard let start = Int(exactly: offset), start % alignment == 0 else {
            throw reader.damaged("the offset of \(field)", at: place, "is \(offset), no multiple of \(alignment)")
        }
        return Entry(name: name, type: type, shape: shape, byteCount: byteCount, start: start, place: place)
    }

    private static func shape(_ reader: inout GGUFReader, _ field: String) throws -> [Int] {
        let offset = reader.position
        let rank = try reader.integer("the rank of \(field)", as: UInt32.self)
        guard (1...4).contains(rank) else { throw reader.damaged("the rank of \(field)", at: offset, "is \(rank); 1 to 4 is possible") }
        var shape: [Int] = []
        var product = 1
        for axis in 0..<rank {
            let place = reader.position
            let extent = try reader.integer("dimension \(axis) of \(field)", as: UInt64.self)
            guard let count = Int(exactly: extent), count > 0 else { throw reader.damaged("dimension \(axis) of \(field)", at: place, "is \(extent)") }
            let (next, isOverflow) = product.multipliedReportingOverflow(by: count)
            guard !isOverflow else { throw reader.damaged("dimension \(axis) of \(field)", at: place, "is \(extent), too large with the others") }
            product = next
            shape.append(count)
        }
        return shape
    }
}

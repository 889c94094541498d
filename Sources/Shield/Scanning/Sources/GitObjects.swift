import Core

/// Reads the objects of a git repository: loose ones and packs of version 2 with their deltas (Documentation/gitformat-pack).
///
/// Everything that the repository keeps is read, reachable or not: a secret that was committed and taken back is still there. No program is run.
struct GitObjects {
    enum Kind: Int, Sendable { case commit = 1, tree, blob, tag }

    /// Bytes of an object; a larger one is a diagnostic.
    static let objectByteCountMax = 32 << 20
    /// Deltas on deltas; git makes 50.
    static let chainMax = 200
    static let objectCountMax = 50_000_000
    /// Bases that are kept for the next deltas.
    static let cacheByteCountMax = 48 << 20

    /// One pack: where its objects begin, in order, and how to find a base by its name.
    final class Pack {
        let reader: FileReader
        let starts: [Int]
        let ends: [Int]
        let names: [[UInt8]]
        private let places: [[UInt8]: Int]
        private var cache: [Int: (kind: Kind, bytes: [UInt8])] = [:]
        private var cached = 0

        /// - Throws: `core.file`, `scanning.damaged`.
        init(path: String) throws {
            let index = try FileTree.read(String(path.dropLast(4)) + "idx", byteCountMax: 1 << 30)
            reader = try FileReader(path: path)
            let size = try reader.status().byteCount
            guard index.count >= 1032, index.starts(with: [0xFF, 0x74, 0x4F, 0x63, 0, 0, 0, 2]) else { throw Fault(.sourceDamaged, "a pack's index is of another version", remedy: "run git repack") }
            func word(_ place: Int) -> Int { place + 4 <= index.count ? index[place..<place + 4].reduce(0) { $0 << 8 | Int($1) } : 0 }
            let count = word(8 + 255 * 4)
            guard count <= GitObjects.objectCountMax, index.count >= 1032 + count * 28 else { throw Fault(.sourceDamaged, "a pack's index is cut off", remedy: "run git fsck") }
            let table = 1032 + count * 24
            var entries: [(start: Int, name: [UInt8])] = []
            entries.reserveCapacity(count)
            for number in 0..<count {
                var start = word(table + number * 4)
                if start & 0x8000_0000 != 0 {
                    let place = table + count * 4 + (start & 0x7FFF_FFFF) * 8
                    start = word(place) << 32 | word(place + 4)
                }
                guard start >= 12, start < size else { throw Fault(.sourceDamaged, "a pack's index points outside", remedy: "run git fsck") }
                entries.append((start, Array(index[(1032 + number * 20)..<(1032 + number * 20 + 20)])))
            }
            entries.sort { $0.start < $1.start }
            starts = entries.map(\.start)
            ends = entries.indices.map { $0 + 1 < entries.count ? entries[$0 + 1].start : size - 20 }
            names = entries.map(\.name)
            places = Dictionary(entries.enumerated().map { ($1.name, $0) }) { first, _ in first }
        }

        /// Object `number` of the pack.
        /// - Throws: `scanning.damaged`, `scanning.too-large`, `core.inflate`.
        func object(_ number: Int, depth: Int = 0) throws -> (kind: Kind, bytes: [UInt8]) {
            if let known = cache[number] { return known }
            guard depth <= GitObjects.chainMax else { throw Fault(.sourceDamaged, "a delta has more than \(GitObjects.chainMax) bases", remedy: "run git repack") }
            let start = starts[number]
            guard ends[number] > start, ends[number] - start <= GitObjects.objectByteCountMax + 64 else { throw Fault(.sourceTooLarge, "an object has more than \(GitObjects.objectByteCountMax) bytes", remedy: "check it out and scan the file") }
            reader.seek(to: start)
            let packed = try reader.read(exactly: ends[number] - start)
            var place = 0
            func byte() throws -> Int {
                guard place < packed.count else { throw Fault(.sourceDamaged, "a pack is cut off", remedy: "run git fsck") }
                defer { place += 1 }
                return Int(packed[place])
            }
            var head = try byte()
            let kind = head >> 4 & 7
            var size = head & 15, shift = 4
            while head & 0x80 != 0, shift < 60 {
                head = try byte()
                size |= (head & 0x7F) << shift
                shift += 7
            }
            guard size <= GitObjects.objectByteCountMax else { throw Fault(.sourceTooLarge, "an object has more than \(GitObjects.objectByteCountMax) bytes", remedy: "check it out and scan the file") }
            var base: Int?
            if kind == 6 {
                head = try byte()
                var back = head & 0x7F
                while head & 0x80 != 0, back < 1 << 50 {
                    head = try byte()
                    back = (back + 1) << 7 | (head & 0x7F)
                }
                base = index(startingAt: start - back)
            } else if kind == 7, place + 20 <= packed.count {
                base = places[Array(packed[place..<place + 20])]
                place += 20
            }
            let body = try Inflater.inflate(Array(packed[place...]), wrapping: .zlib, byteCountMax: size, ratioMax: 1100)
            let result: (kind: Kind, bytes: [UInt8])
            if let known = Kind(rawValue: kind) {
                result = (known, body)
            } else {
                guard let base, base != number else { throw Fault(.sourceDamaged, "a delta's base is missing", remedy: "run git fsck") }
                let whole = try object(base, depth: depth + 1)
                result = (whole.kind, try GitObjects.apply(body, to: whole.bytes))
            }
            keep(number, result)
            return result
        }

        private func keep(_ number: Int, _ object: (kind: Kind, bytes: [UInt8])) {
            if cached + object.bytes.count > GitObjects.cacheByteCountMax {
                cache.removeAll()
                cached = 0
            }
            guard object.bytes.count < GitObjects.cacheByteCountMax / 4 else { return }
            cache[number] = object
            cached += object.bytes.count
        }

        private func index(startingAt place: Int) -> Int? {
            var (low, high) = (0, starts.count)
            while low < high {
                let middle = (low + high) / 2
                if starts[middle] < place { low = middle + 1 } else { high = middle }
            }
            return low < starts.count && starts[low] == place ? low : nil
        }
    }

    /// Instructions of a delta: copy from the base, or insert.
    static func apply(_ delta: [UInt8], to base: [UInt8]) throws -> [UInt8] {
        let damaged = Fault(.sourceDamaged, "a delta is damaged", remedy: "run git fsck")
        var place = 0
        func size() throws -> Int {
            var (value, shift) = (0, 0)
            while place < delta.count, shift < 56 {
                let byte = Int(delta[place])
                place += 1
                value |= (byte & 0x7F) << shift
                shift += 7
                if byte & 0x80 == 0 { return value }
            }
            throw damaged
        }
        guard try size() == base.count else { throw damaged }
        let count = try size()
        guard count <= objectByteCountMax else { throw Fault(.sourceTooLarge, "an object has more than \(objectByteCountMax) bytes", remedy: "check it out and scan the file") }
        var result: [UInt8] = []
        result.reserveCapacity(count)
        while place < delta.count {
            let code = Int(delta[place])
            place += 1
            if code & 0x80 != 0 {
                var (from, length) = (0, 0)
                for bit in 0..<7 where code >> bit & 1 == 1 {
                    guard place < delta.count else { throw damaged }
                    if bit < 4 { from |= Int(delta[place]) << (8 * bit) } else { length |= Int(delta[place]) << (8 * (bit - 4)) }
                    place += 1
                }
                if length == 0 { length = 0x10000 }
                guard from + length <= base.count, result.count + length <= count else { throw damaged }
                result += base[from..<from + length]
            } else {
                guard code > 0, place + code <= delta.count, result.count + code <= count else { throw damaged }
                result += delta[place..<place + code]
                place += code
            }
        }
        guard result.count == count else { throw damaged }
        return result
    }

    /// A loose object: zlib over `kind size NUL body`.
    static func loose(_ bytes: [UInt8]) throws -> (kind: Kind, bytes: ArraySlice<UInt8>) {
        let whole = try Inflater.inflate(bytes, wrapping: .zlib, byteCountMax: objectByteCountMax, ratioMax: 1100)
        let kinds: [(String, Kind)] = [("commit ", .commit), ("tree ", .tree), ("blob ", .blob), ("tag ", .tag)]
        guard let end = whole.prefix(64).firstIndex(of: 0), let kind = kinds.first(where: { whole.starts(with: $0.0.utf8) })?.1 else {
            throw Fault(.sourceDamaged, "a loose object is damaged", remedy: "run git fsck")
        }
        return (kind, whole[(end + 1)...])
    }
}

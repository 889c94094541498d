import Core

/// SentencePiece's compiled normalization rules: a compact double array that finds the longest prefix with a replacement, and the replacements.
///
/// Layout (sentencepiece, `normalizer.cc`; Darts-clone): four bytes with the array's size, the array's 32-bit units, then strings that end in zero. All little-endian.
/// A unit has a label in bits 0–7 and 31, a leaf flag in bit 8, and an offset in bits 10–30, times 256 if bit 9 is set. Children lie at offset XOR byte.
struct CharacterMap: Sendable {
    private let units: [UInt32]
    private let replacements: [UInt8]

    /// No rule in use spans more than a few scalars; this bounds the search.
    private static let prefixByteCountMax = 256

    /// - Throws: `inference.model-damaged` when the array does not fit into the bytes. Damage inside of it shows only in what is replaced.
    init(_ bytes: [UInt8]) throws {
        let reader = ByteReader(bytes)
        guard let size = reader.uint32(at: 0), size % 4 == 0, Int(size) <= bytes.count - 4 else {
            throw Fault(.modelDamaged, "the vocabulary's normalization rules (precompiled_charsmap) are cut off at \(bytes.count) bytes", remedy: "get the model file again")
        }
        units = stride(from: 4, to: 4 + Int(size), by: 4).map { reader.uint32(at: $0) ?? 0 }
        replacements = Array(bytes[(4 + Int(size))...])
    }

    /// The text with every longest match replaced.
    func applied(to text: ArraySlice<UInt8>) -> [UInt8] {
        let text = Array(text)
        var result: [UInt8] = []
        result.reserveCapacity(text.count)
        var at = 0
        while at < text.count {
            if let found = longest(text, at) {
                var place = found.place
                while place < replacements.count, replacements[place] != 0, place - found.place < Self.prefixByteCountMax {
                    result.append(replacements[place])
                    place += 1
                }
                at += found.count
            } else {
                let count = UTF8Reader.scalar(text, at, text.count).1
                result.append(contentsOf: text[at..<at + count])
                at += count
            }
        }
        return result
    }

    private func longest(_ text: [UInt8], _ start: Int) -> (place: Int, count: Int)? {
        guard let root = unit(0) else { return nil }
        var node = Self.offset(root)
        var found: (place: Int, count: Int)?
        for at in start..<min(text.count, start + Self.prefixByteCountMax) {
            node ^= UInt32(text[at])
            guard text[at] != 0, let unit = unit(node), unit & 0x8000_00FF == UInt32(text[at]) else { return found }
            node ^= Self.offset(unit)
            if unit >> 8 & 1 == 1, let leaf = self.unit(node) { found = (Int(leaf & 0x7FFF_FFFF), at - start + 1) }
        }
        return found
    }

    private func unit(_ index: UInt32) -> UInt32? { index < UInt32(units.count) ? units[Int(index)] : nil }

    private static func offset(_ unit: UInt32) -> UInt32 { (unit >> 10) << ((unit & 0x200) >> 6) }
}

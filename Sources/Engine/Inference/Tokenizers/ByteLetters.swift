/// GPT-2's letters for bytes: printable Latin-1 stands for itself, the other 68 bytes for the scalars from U+0100 on, so that a vocabulary can be written as text.
enum ByteLetters {
    /// The scalar that stands for each byte.
    static let scalars: [UInt32] = {
        var next: UInt32 = 256
        return (0..<256).map { (byte: UInt32) -> UInt32 in
            if (0x21...0x7E).contains(byte) || (0xA1...0xAC).contains(byte) || (0xAE...0xFF).contains(byte) { return byte }
            defer { next += 1 }
            return next
        }
    }()

    /// The byte that a scalar below 324 stands for; -1 for none.
    private static let bytes: [Int16] = {
        var bytes = [Int16](repeating: -1, count: 324)
        for (byte, scalar) in scalars.enumerated() { bytes[Int(scalar)] = Int16(byte) }
        return bytes
    }()

    /// The bytes that a token's letters stand for; nil if it has anything else in it, as special tokens may have.
    static func decoded(_ token: [UInt8]) -> [UInt8]? {
        let table = bytes
        var result: [UInt8] = []
        result.reserveCapacity(token.count)
        var at = 0
        while at < token.count {
            let (scalar, count) = UTF8Reader.scalar(token, at, token.count)
            guard scalar < 324, table[Int(scalar)] >= 0 else { return nil }
            result.append(UInt8(truncatingIfNeeded: table[Int(scalar)]))
            at += count
        }
        return result
    }
}

/// Byte tokens of SentencePiece, written <0x00> to <0xFF>.
enum ByteTokens {
    /// The byte that a token stands for; nil if it is not written so.
    static func byte(_ token: [UInt8]) -> UInt8? {
        guard token.count == 6, token.starts(with: [60, 48, 120]), token[5] == 62 else { return nil }
        return UInt8(String(decoding: token[3..<5], as: UTF8.self), radix: 16)
    }

    /// The id of each byte's token; -1 where there is none. Tokens without a kind count if they are written so.
    static func ids(_ vocabulary: Vocabulary) -> [Int32] {
        var ids = [Int32](repeating: -1, count: 256)
        for (id, token) in vocabulary.tokens.enumerated() where token.count == 6 && (vocabulary.kinds.isEmpty || vocabulary.kind(id) == .byte) {
            if let byte = byte(token), ids[Int(byte)] < 0 { ids[Int(byte)] = Int32(truncatingIfNeeded: id) }
        }
        return ids
    }

    /// A token's bytes in text: ▁ becomes a space.
    static func unescaped(_ token: [UInt8]) -> [UInt8] {
        guard token.contains(MergeRules.space[0]) else { return token }
        var result: [UInt8] = []
        var at = 0
        while at < token.count {
            let isSpace = token[at...].starts(with: MergeRules.space)
            result.append(isSpace ? 32 : token[at])
            at += isSpace ? 3 : 1
        }
        return result
    }
}

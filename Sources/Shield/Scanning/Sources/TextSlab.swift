import Core
import Kernels

/// A piece of a text with the way back to its bytes.
struct TextSlab {
    /// As stored.
    let original: [UInt8]
    /// The same as UTF-8.
    let utf8: [UInt8]
    let encoding: TextEncoding
    /// Where the slab begins in its file.
    let base: TextPosition
    /// Whether nothing follows it: the file's end, or a hole of a sparse file.
    let isLast: Bool
    /// Whether it is known to be UTF-8 without a fault: then places are counted many bytes at a time.
    var isValid = false
}

/// A place in a text: byte of the file, scalar of the text, line from 1.
struct TextPosition: Sendable, Hashable {
    var byte = 0
    var scalar = 0
    var line = 1
}

/// Walks a slab forward and tells the place of bytes of its UTF-8.
struct PositionWalk {
    private let slab: TextSlab
    private var utf8 = 0
    private var original = 0
    private var position: TextPosition

    init(_ slab: TextSlab) { (self.slab, position) = (slab, slab.base) }

    /// The place of a byte of the slab's UTF-8. Places are asked for in rising order.
    mutating func position(of offset: Int) -> TextPosition {
        let isPlain = slab.encoding == .utf8
        let end = min(offset, slab.utf8.count)
        if isPlain, slab.isValid, utf8 < end {
            position.scalar += ByteScan.scalarCount(slab.utf8, utf8..<end)
            position.line += ByteScan.count(of: 0x0A, in: slab.utf8, utf8..<end)
            (utf8, original) = (end, end)
        }
        while utf8 < end {
            let byte = slab.utf8[utf8]
            if byte < 0x80 {
                if byte == 0x0A { position.line += 1 }
                utf8 += 1
            } else {
                utf8 += TextEncoding.utf8.width(of: slab.utf8, at: utf8)
            }
            position.scalar += 1
            if isPlain {
                original = utf8
            } else if original < slab.original.count {
                original += slab.encoding.width(of: slab.original, at: original)
            }
        }
        var result = position
        result.byte = slab.base.byte + min(original, slab.original.count)
        return result
    }
}

/// Cuts a text into slabs of about a mebibyte, so that memory does not grow with the file.
struct SlabReader {
    /// Bytes of a slab.
    private let slabByteCount: Int
    private var bytes: SourceBytes
    private var pending: [UInt8] = []
    /// What lies behind the slab that was given last.
    private var rest: [UInt8] = []
    private var base: TextPosition
    private var isAtEnd = false
    private var held: (bytes: [UInt8], place: Int)?
    private let toSkip: Int
    /// Of the slab that was given last.
    private var current = TextEncoding.utf8
    private var isValid = false
    let encoding: TextEncoding

    /// - Parameter skipped: bytes at the start that belong to no text (a byte-order mark).
    /// - Parameter byteCountMax: bytes of a slab; those of the limits by default.
    init(_ bytes: SourceBytes, _ encoding: TextEncoding, skipping skipped: Int, limits: ScanLimits, byteCountMax: Int? = nil) {
        slabByteCount = min(byteCountMax ?? limits.slabByteCount, limits.slabByteCount)
        (self.bytes, self.encoding) = (bytes, encoding)
        base = TextPosition()
        toSkip = skipped
        current = encoding
    }
    var notes: [Diagnostic] { bytes.notes }

    /// What is pending, filled up to a slab; nil at the end. Call ``consume(_:)`` after each.
    mutating func next() throws -> TextSlab? {
        if pending.isEmpty, let piece = held {
            (pending, base.byte, held) = (piece.bytes, piece.place, nil)
        }
        while !isAtEnd, held == nil, pending.count < slabByteCount {
            guard let piece = try bytes.next(slabByteCount) else {
                isAtEnd = true
                bytes.checkGrowth()
                break
            }
            if pending.isEmpty {
                let skipped = piece.place == 0 ? toSkip : 0
                pending = skipped > 0 ? Array(piece.bytes.dropFirst(skipped)) : piece.bytes
                base.byte = piece.place + skipped
            } else if piece.place == base.byte + pending.count {
                pending += piece.bytes
            } else {
                // A hole lies between: what stands on both sides is not one text.
                held = piece
            }
        }
        guard !pending.isEmpty else { return nil }
        let isLast = isAtEnd || held != nil
        let cut = isLast ? pending.count : cutPlace
        // The little behind the cut is moved, and not the slab.
        rest = Array(pending[cut...])
        pending.removeLast(pending.count - cut)
        isValid = encoding == .utf8 && ByteScan.isUTF8(pending)
        current = encoding == .utf8 && !isValid ? Self.encoding(of: pending) : encoding
        return TextSlab(original: pending, utf8: isValid ? pending : current.utf8(of: pending), encoding: current, base: base, isLast: isLast, isValid: isValid)
    }

    /// A file that begins in plain ASCII may go on in GB18030: logs do.
    private static func encoding(of original: [UInt8]) -> TextEncoding {
        let first = original.firstIndex { $0 >= 0x80 } ?? 0
        return TextEncoding.guess(Array(original[first...].prefix(8192)))?.encoding == .gb18030 ? .gb18030 : .utf8
    }

    /// Behind the last line break in the second half, or else between two characters.
    private var cutPlace: Int {
        if encoding == .utf8 || encoding == .gb18030, let line = pending[(pending.count / 2)...].lastIndex(of: 0x0A) { return line + 1 }
        return encoding.boundary(in: pending, before: pending.count - 4)
    }

    /// Drops the first `count` bytes of the slab that was given last; they must end at a character's end.
    mutating func consume(_ count: Int) {
        precondition(count <= pending.count)
        defer {
            pending += rest
            rest = []
        }
        guard count > 0 else { return }
        if isValid {
            base.scalar += ByteScan.scalarCount(pending, 0..<count)
            base.line += ByteScan.count(of: 0x0A, in: pending, 0..<count)
            base.byte += count
            pending = Array(pending[count...])
            return
        }
        let dropped = Array(pending[..<count])
        let slab = TextSlab(original: dropped, utf8: current.utf8(of: dropped), encoding: current, base: base, isLast: false)
        var walk = PositionWalk(slab)
        base = walk.position(of: slab.utf8.count)
        base.byte = slab.base.byte + count
        pending = Array(pending[count...])
    }
}

/// What a terminal sends, told apart: text, keys and pasted text (ECMA-48 control sequences, xterm's keys and bracketed paste).
struct KeyParser: Sendable, Equatable {
    enum Key: Sendable, Equatable {
        case scalar(Unicode.Scalar)
        /// A control character: 3 for Ctrl-C.
        case control(UInt8)
        case up, down, left, right, home, end, delete, wordLeft, wordRight
        case pasteBegins, pasteEnds
    }

    private enum State: Sendable, Equatable {
        case ground, escape
        /// Parameter bytes of a control sequence.
        case sequence([UInt8])
        /// After ESC O.
        case shift
        /// Bytes of a character, and how many are missing.
        case character([UInt8], missing: Int)
    }

    private var state = State.ground
    /// Control sequences longer than any key has are passed over.
    private static let parameterCountMax = 16

    /// The key that a byte completes; nil if it completes none. Malformed text gives U+FFFD.
    mutating func take(_ byte: UInt8) -> Key? {
        switch state {
        case .ground: return begin(byte)
        case .character(let bytes, let missing):
            guard byte & 0xC0 == 0x80 else {
                // A character that was cut off: its replacement now, unless the byte is a key of its own.
                state = .ground
                return begin(byte) ?? .scalar("\u{FFFD}")
            }
            state = missing > 1 ? .character(bytes + [byte], missing: missing - 1) : .ground
            return missing > 1 ? nil : .scalar(String(decoding: bytes + [byte], as: UTF8.self).unicodeScalars.first ?? "\u{FFFD}")
        case .escape:
            state = byte == UInt8(ascii: "[") ? .sequence([]) : byte == UInt8(ascii: "O") ? .shift : .ground
            if state != .ground { return nil }
            return byte == UInt8(ascii: "b") ? .wordLeft : byte == UInt8(ascii: "f") ? .wordRight : byte == 0x7F ? .control(0x17) : byte < 0x20 && byte != 0x1B ? .control(byte) : nil
        case .shift:
            state = .ground
            return Self.key(final: byte, "")
        case .sequence(let parameters):
            guard (0x40...0x7E).contains(byte) else {
                // One parameter byte too many is kept: it makes the sequence unknown.
                state = byte >= 0x20 ? .sequence(parameters.count > Self.parameterCountMax ? parameters : parameters + [byte]) : .ground
                return byte < 0x20 && byte != 0x1B ? .control(byte) : nil
            }
            state = .ground
            return parameters.count > Self.parameterCountMax ? nil : Self.key(final: byte, String(decoding: parameters, as: UTF8.self))
        }
    }

    private mutating func begin(_ byte: UInt8) -> Key? {
        switch byte {
        case 0x1B: state = .escape
        case 0..<0x20, 0x7F: return .control(byte)
        case 0x20..<0x80: return .scalar(Unicode.Scalar(byte))
        case 0xC2..<0xE0: state = .character([byte], missing: 1)
        case 0xE0..<0xF0: state = .character([byte], missing: 2)
        case 0xF0..<0xF5: state = .character([byte], missing: 3)
        default: return .scalar("\u{FFFD}")
        }
        return nil
    }

    private static func key(final byte: UInt8, _ parameters: String) -> Key? {
        // "1;5" and the like: the second number tells Ctrl, Alt and Shift.
        let isModified = parameters.hasSuffix(";5") || parameters.hasSuffix(";3")
        switch (byte, parameters) {
        case (UInt8(ascii: "A"), _): return .up
        case (UInt8(ascii: "B"), _): return .down
        case (UInt8(ascii: "C"), _): return isModified ? .wordRight : .right
        case (UInt8(ascii: "D"), _): return isModified ? .wordLeft : .left
        case (UInt8(ascii: "H"), _), (UInt8(ascii: "~"), "1"), (UInt8(ascii: "~"), "7"): return .home
        case (UInt8(ascii: "F"), _), (UInt8(ascii: "~"), "4"), (UInt8(ascii: "~"), "8"): return .end
        case (UInt8(ascii: "~"), "3"): return .delete
        case (UInt8(ascii: "~"), "200"): return .pasteBegins
        case (UInt8(ascii: "~"), "201"): return .pasteEnds
        default: return nil
        }
    }
}

import Foundation

/// Decodes the bytes of a text file: UTF-8, UTF-16 with a byte-order mark, otherwise GB18030-2022.
public enum TextDecoder {
    /// What a text was read as.
    public enum Encoding: String, Sendable { case utf8 = "UTF-8", utf16 = "UTF-16", gb18030 = "GB18030", lossy = "lossy UTF-8" }

    /// The text and the encoding it was read in. `lossy` means that no encoding fits: damaged places are U+FFFD.
    ///
    /// GB18030 is tried only after strict UTF-8 fails: text of more than a few Chinese characters in one is hardly ever valid in the other.
    public static func decode(_ bytes: [UInt8]) -> (text: String, encoding: Encoding) {
        if bytes.starts(with: [0xFF, 0xFE]) || bytes.starts(with: [0xFE, 0xFF]) {
            if let text = String(bytes: bytes, encoding: .utf16) { return (text, .utf16) }
        }
        let body = bytes.starts(with: [0xEF, 0xBB, 0xBF]) ? Array(bytes.dropFirst(3)) : bytes
        if let text = String(validating: body, as: UTF8.self) { return (text, .utf8) }
        if let text = convert(body, from: "GB18030") { return (text, .gb18030) }
        return (String(decoding: body, as: UTF8.self), .lossy)
    }

    /// Converts with the C library's iconv; nil when a byte sequence does not exist in `encoding`.
    static func convert(_ bytes: [UInt8], from encoding: String) -> String? {
        guard let descriptor = unsafe iconv_open("UTF-8", encoding), Int(bitPattern: descriptor) != -1 else { return nil }
        defer { unsafe _ = iconv_close(descriptor) }
        // Two bytes of GB18030 become at most three of UTF-8, four become at most four.
        var input = bytes.map { CChar(bitPattern: $0) }
        var output = [CChar](repeating: 0, count: bytes.count * 2 + 16)
        let capacity = output.count
        var outputLeft = capacity
        let failed = unsafe input.withUnsafeMutableBufferPointer { source in
            unsafe output.withUnsafeMutableBufferPointer { target in
                var from = source.baseAddress
                var to = target.baseAddress
                var inputLeft = source.count
                // iconv reports an error as (size_t)-1.
                return unsafe iconv(descriptor, &from, &inputLeft, &to, &outputLeft) == -1 || inputLeft > 0
            }
        }
        guard !failed else { return nil }
        return String(validating: output[..<(capacity - outputLeft)].map { UInt8(bitPattern: $0) }, as: UTF8.self)
    }
}

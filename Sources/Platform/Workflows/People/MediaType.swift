/// What a file is by its first bytes, whatever its name or its sender says: only what is known here is ever shown or played by a browser.
public enum MediaType {
    /// The media type of bytes; nil for what is none of the kinds below.
    public static func of(_ bytes: [UInt8]) -> String? {
        func has(_ text: String, at offset: Int = 0) -> Bool { bytes.count >= offset + text.utf8.count && bytes[offset...].starts(with: text.utf8) }
        if bytes.starts(with: [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A]) { return "image/png" }
        if bytes.starts(with: [0xFF, 0xD8, 0xFF]) { return "image/jpeg" }
        if has("GIF87a") || has("GIF89a") { return "image/gif" }
        if has("RIFF"), has("WEBP", at: 8) { return "image/webp" }
        if has("RIFF"), has("WAVE", at: 8) { return "audio/wav" }
        if has("OggS") { return "audio/ogg" }
        if has("fLaC") { return "audio/flac" }
        if has("ID3") || isFrameOfMP3(bytes) { return "audio/mpeg" }
        // Containers that also carry pictures: what a browser's recorder writes has sound alone, and a player of sound plays nothing else.
        if bytes.starts(with: [0x1A, 0x45, 0xDF, 0xA3]) { return "audio/webm" }
        if has("ftyp", at: 4) { return "audio/mp4" }
        if has("%PDF-") { return "application/pdf" }
        return nil
    }

    /// Whether a browser may show it as a picture.
    public static func isImage(_ type: String?) -> Bool { type?.hasPrefix("image/") ?? false }
    /// Whether a browser may play it.
    public static func isAudio(_ type: String?) -> Bool { type?.hasPrefix("audio/") ?? false }

    private static func isFrameOfMP3(_ bytes: [UInt8]) -> Bool {
        // Sync word, MPEG 1 or 2, layer III, neither a bad bit rate nor a bad sample rate.
        bytes.count >= 4 && bytes[0] == 0xFF && bytes[1] & 0xE6 == 0xE2 && bytes[2] & 0xF0 != 0xF0 && bytes[2] & 0x0C != 0x0C
    }

    /// The width and height of a picture as its header has them; nil when they are not there or not 1 to 65,535.
    public static func pixelSize(_ bytes: [UInt8]) -> (width: Int, height: Int)? {
        guard let (width, height) = headerSize(bytes), (1...65_535).contains(width), (1...65_535).contains(height) else { return nil }
        return (width, height)
    }

    private static func headerSize(_ bytes: [UInt8]) -> (Int, Int)? {
        func number(_ offsets: [Int]) -> Int? {
            guard let last = offsets.max(), bytes.count > last else { return nil }
            return offsets.reduce(0) { $0 << 8 | Int(bytes[$1]) }
        }
        func both(_ first: [Int], _ second: [Int]) -> (Int, Int)? {
            guard let width = number(first), let height = number(second) else { return nil }
            return (width, height)
        }
        switch of(bytes) {
        case "image/png": return both([16, 17, 18, 19], [20, 21, 22, 23])
        case "image/gif": return both([7, 6], [9, 8])
        case "image/jpeg": return sizeOfJPEG(bytes)
        case "image/webp":
            guard bytes.count >= 30 else { return nil }
            switch bytes[12..<16].map({ $0 }) {
            case Array("VP8X".utf8): return both([26, 25, 24], [29, 28, 27]).map { ($0 + 1, $1 + 1) }
            case Array("VP8 ".utf8): return both([27, 26], [29, 28]).map { ($0 & 0x3FFF, $1 & 0x3FFF) }
            case Array("VP8L".utf8): return number([24, 23, 22, 21]).map { ($0 & 0x3FFF + 1, $0 >> 14 & 0x3FFF + 1) }
            default: return nil
            }
        default: return nil
        }
    }

    /// The first frame header among the segments. At most 4,096 segments are looked at.
    private static func sizeOfJPEG(_ bytes: [UInt8]) -> (Int, Int)? {
        var offset = 2
        for _ in 0..<4_096 {
            while offset < bytes.count, bytes[offset] == 0xFF { offset += 1 }
            guard offset + 8 < bytes.count else { return nil }
            let marker = bytes[offset]
            if (0xC0...0xCF).contains(marker), ![0xC4, 0xC8, 0xCC].contains(marker) {
                return (Int(bytes[offset + 6]) << 8 | Int(bytes[offset + 7]), Int(bytes[offset + 4]) << 8 | Int(bytes[offset + 5]))
            }
            let length = Int(bytes[offset + 1]) << 8 | Int(bytes[offset + 2])
            guard length >= 2 else { return nil }
            offset += 1 + length
        }
        return nil
    }
}

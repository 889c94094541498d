import Core

/// Files as small as their kinds allow.
enum Media {
    /// The head of a PNG of a size: enough to be one for whoever looks at first bytes.
    static func png(width: Int, height: Int) -> [UInt8] {
        func big(_ number: Int) -> [UInt8] { [24, 16, 8, 0].map { UInt8(number >> $0 & 0xFF) } }
        return [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A, 0, 0, 0, 13, 0x49, 0x48, 0x44, 0x52] + big(width) + big(height) + [8, 2, 0, 0, 0]
    }

    /// A second of silence, 8 kHz, 8 bits.
    static let wav: [UInt8] = {
        func little(_ number: Int, _ count: Int) -> [UInt8] { (0..<count).map { UInt8(number >> (8 * $0) & 0xFF) } }
        let data = [UInt8](repeating: 128, count: 8_000)
        return Array("RIFF".utf8) + little(36 + data.count, 4) + Array("WAVEfmt ".utf8) + little(16, 4) + little(1, 2) + little(1, 2) + little(8_000, 4) + little(8_000, 4) + little(1, 2)
            + little(8, 2) + Array("data".utf8) + little(data.count, 4) + data
    }()
}

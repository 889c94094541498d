import Core

/// Sound as numbers from -1 to 1, one channel: what a WAV file holds (RIFF, Microsoft and IBM 1991). Several channels become their mean.
public struct WaveFile: Sendable, Hashable {
    /// Samples of a second.
    public let rate: Int
    public let samples: [Float]

    static let ratePossible = 1_000...384_000
    static let channelsMax = 32
    /// An hour at 48 kHz.
    static let samplesMax = 172_800_000

    public init(rate: Int, samples: [Float]) { (self.rate, self.samples) = (rate, samples) }

    /// The sound of a file's bytes: whole numbers of 8, 16, 24 or 32 bits, or floats of 32 bits.
    ///
    /// - Parameter name: what errors call the file.
    /// - Throws: `tuning.data` naming what is wrong and where.
    public init(_ bytes: [UInt8], name: String) throws {
        func wrong(_ what: String) -> Fault { Fault(.trainingData, "\(name): \(what)", remedy: "give WAV files of PCM with 8 to 32 bits, or floats") }
        let reader = ByteReader(bytes)
        guard bytes.starts(with: Array("RIFF".utf8)), reader.slice(at: 8, count: 4) == Array("WAVE".utf8) else { throw wrong("no RIFF file of sound") }
        var place = 12
        var format: Format?
        while let id = reader.slice(at: place, count: 4), let size = reader.uint32(at: place + 4).map({ Int($0) }) {
            guard size <= bytes.count - place - 8 else { throw wrong("the chunk at byte \(place) says \(size) bytes; the file ends before") }
            if id == Array("fmt ".utf8) {
                guard let found = Format(reader, at: place + 8, count: size) else { throw wrong("the format at byte \(place) is none that is read") }
                format = found
            } else if id == Array("data".utf8) {
                guard let format else { throw wrong("sound at byte \(place) stands before its format") }
                guard size / format.frameByteCount <= Self.samplesMax else { throw wrong("more than \(Self.samplesMax) samples") }
                (rate, samples) = (format.rate, format.samples(bytes[place + 8..<place + 8 + size]))
                return
            }
            // Chunks begin at even places.
            place += 8 + size + size % 2
        }
        throw wrong("there is no sound in it")
    }

    private struct Format {
        let rate: Int
        let channels: Int
        let byteCount: Int
        let isFloat: Bool

        var frameByteCount: Int { channels * byteCount }

        init?(_ reader: ByteReader, at place: Int, count: Int) {
            guard count >= 16, let tag = reader.uint16(at: place), let channels = reader.uint16(at: place + 2), let rate = reader.uint32(at: place + 4), let align = reader.uint16(at: place + 12),
                let bits = reader.uint16(at: place + 14)
            else { return nil }
            // An extensible format says what it is in the first bytes of its identifier.
            let kind = tag == 0xFFFE && count >= 26 ? reader.uint16(at: place + 24) : tag
            (self.rate, self.channels, byteCount, isFloat) = (Int(rate), Int(channels), Int(bits) / 8, kind == 3)
            guard kind == 1 || kind == 3, [8, 16, 24, 32].contains(bits), !isFloat || bits == 32, WaveFile.ratePossible.contains(self.rate), (1...WaveFile.channelsMax).contains(self.channels),
                Int(align) == self.channels * byteCount
            else { return nil }
        }

        /// The mean of the channels at each time; a last piece that is no whole frame is left out.
        func samples(_ data: ArraySlice<UInt8>) -> [Float] {
            let scale = 1 / Float(channels)
            return (0..<data.count / frameByteCount).map { frame in
                let start = data.startIndex + frame * frameByteCount
                return (0..<channels).reduce(Float(0)) { $0 + value(data, start + $1 * byteCount) } * scale
            }
        }

        private func value(_ data: ArraySlice<UInt8>, _ place: Int) -> Float {
            // Bytes of 8 bits have no sign; all others do.
            if byteCount == 1 { return (Float(data[place]) - 128) / 128 }
            let bits = (0..<byteCount).reduce(UInt32(0)) { $0 | UInt32(data[place + $1]) << UInt32(8 * (4 - byteCount + $1)) }
            guard isFloat else { return Float(Int32(bitPattern: bits)) / 2_147_483_648 }
            let value = Float(bitPattern: bits)
            return value.isFinite ? min(8, max(-8, value)) : 0
        }
    }
}

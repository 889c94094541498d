/// Runs a tagger over the lines that are worth it.
struct EntityLayer {
    let tagger: any EntityTagger
    /// Bytes of one text for the tagger; longer lines are cut, at a sentence's end where there is one.
    static let lineCountMax = 600

    func spans(in bytes: [UInt8]) throws -> [Detector.Span] {
        let lines = Self.lines(bytes).filter { tagger.isWorthTagging(bytes[$0]) }
        guard !lines.isEmpty else { return [] }
        let texts = lines.map { String(decoding: bytes[$0], as: UTF8.self) }
        var spans: [Detector.Span] = []
        for ((line, text), entities) in zip(zip(lines, texts), try tagger.entities(in: texts)) where !entities.isEmpty {
            // Offsets of scalars in bytes. A text with repaired bytes would not fit its bytes; it is left to the patterns.
            var places = [line.lowerBound]
            for scalar in text.unicodeScalars { places.append(places[places.count - 1] + UTF8.width(scalar)) }
            guard places[places.count - 1] == line.upperBound else { continue }
            for entity in entities where entity.start < entity.end && entity.end < places.count {
                spans.append(
                    Detector.Span(
                        type: EntityTypes.type(entity.type), source: tagger.name, range: places[entity.start]..<places[entity.end], confidence: entity.confidence,
                        reasons: ["named so by the tagger"]))
            }
        }
        return spans
    }

    /// Lines, and the sentences of lines that are too long.
    static func lines(_ bytes: [UInt8]) -> [Range<Int>] {
        var lines: [Range<Int>] = []
        var start = 0
        var sentence = 0
        for index in 0...bytes.count {
            let isEnd = index == bytes.count || bytes[index] == 10
            if !isEnd, index - start >= lineCountMax, bytes[index] & 0xC0 != 0x80 {
                let cut = sentence > start ? sentence : index
                lines.append(start..<cut)
                start = cut
            }
            if index >= 2, index < bytes.count, bytes[index] == 0x82 && bytes[index - 1] == 0x80 && bytes[index - 2] == 0xE3 { sentence = index + 1 }
            if isEnd {
                if index > start { lines.append(start..<index) }
                start = index + 1
            }
        }
        return lines
    }
}

/// Runs taggers over the lines that are worth it: a line without a sign of a name costs a look, not a network.
struct EntityLayer {
    let taggers: EntityTaggers
    /// Bytes of one text for the tagger; longer lines are cut, at a sentence's end where there is one.
    static let lineCountMax = 600
    /// Texts that a tagger gets at once.
    static let batchCount = 256

    /// What taggers find, and how many pieces each kind of them read.
    func entities(in bytes: [UInt8]) throws -> (spans: [Detector.Span], reading: EntityReading) {
        let isQuick = taggers.quickChinese != nil || taggers.quickLatin != nil
        if isQuick, taggers.depth == .quick || taggers.depth == .cascade && bytes.count > Self.cascadeFrom { return try cascade(bytes) }
        return try networks(bytes)
    }

    /// The networks read what the prefilters pass, of the lines that they are asked for.
    func networks(_ bytes: [UInt8], chinese readsChinese: Bool = true, latin readsLatin: Bool = true) throws -> (spans: [Detector.Span], reading: EntityReading) {
        var found: (spans: [Detector.Span], reading: EntityReading) = ([], EntityReading())
        guard readsChinese || readsLatin else { return found }
        var chinese: [Range<Int>] = []
        var block: Range<Int>?
        for line in Self.lines(bytes) {
            guard Self.hasIdeograph(bytes[line]) else {
                if readsLatin { block = (block?.lowerBound ?? line.lowerBound)..<line.upperBound }
                continue
            }
            if let latin = block { try self.latin(bytes, latin, into: &found) }
            block = nil
            if readsChinese, ChinesePrefilter.isWorthTagging(bytes[line]) { chinese.append(line) }
        }
        if let latin = block { try self.latin(bytes, latin, into: &found) }
        if let tagger = taggers.chinese {
            found.reading.byNetwork += chinese.count
            for start in stride(from: 0, to: chinese.count, by: Self.batchCount) {
                found.spans += try tag(Array(chinese[start..<min(chinese.count, start + Self.batchCount)]).map { ($0, String(decoding: bytes[$0], as: UTF8.self)) }, tagger)
            }
        }
        return found
    }

    /// A block of lines without ideographs, in pieces as the tagger of such lines reads them.
    func latin(_ bytes: [UInt8], _ block: Range<Int>, into found: inout (spans: [Detector.Span], reading: EntityReading)) throws {
        guard let tagger = taggers.latin, bytes[block].contains(where: { (65...90).contains($0) || $0 >= 128 }) else { return }
        let text = String(decoding: bytes[block], as: UTF8.self)
        guard text.utf8.count == block.count else { return }
        let scalars = text.unicodeScalars.map(\.value)
        var pieces: [(Range<Int>, String)] = []
        var place = block.lowerBound
        for range in EnglishPieces.ranges(of: scalars) {
            let count = scalars[range].reduce(0) { $0 + ($1 < 0x80 ? 1 : $1 < 0x800 ? 2 : $1 < 0x10000 ? 3 : 4) }
            let source = place..<place + count
            place += count
            guard EnglishPrefilter.isWorthTagging(bytes[source]) else { continue }
            var view = String.UnicodeScalarView()
            view.append(contentsOf: EnglishPieces.joined(scalars[range]).compactMap(Unicode.Scalar.init))
            pieces.append((source, String(view)))
        }
        found.reading.byNetwork += pieces.count
        found.spans += try tag(pieces, tagger, source: bytes)
    }

    /// Tags texts; with `source`, widths of scalars are those of the bytes there and not of the text, where line breaks are replaced.
    func tag(_ texts: [(range: Range<Int>, text: String)], _ tagger: any EntityTagger, source: [UInt8]? = nil) throws -> [Detector.Span] {
        guard !texts.isEmpty else { return [] }
        var spans: [Detector.Span] = []
        for ((line, text), entities) in zip(texts, try tagger.entities(in: texts.map(\.text))) where !entities.isEmpty {
            // Offsets of scalars in bytes. A text with repaired bytes would not fit its bytes; it is left to the patterns.
            var places: [Int] = []
            if let source {
                places = line.filter { source[$0] & 0xC0 != 0x80 } + [line.upperBound]
            } else {
                places = [line.lowerBound]
                for scalar in text.unicodeScalars { places.append(places[places.count - 1] + UTF8.width(scalar)) }
            }
            guard places[places.count - 1] == line.upperBound else { continue }
            for entity in entities where entity.start >= 0 && entity.start < entity.end && entity.end < places.count {
                spans.append(
                    Detector.Span(
                        type: EntityTypes.type(entity.type), source: tagger.name, range: places[entity.start]..<places[entity.end], confidence: Fusion.taggedScore,
                        probability: Fusion.probability(ofTagged: entity.confidence), reasons: ["named so by the tagger, probability \(Fusion.rounded(entity.confidence))"]))
            }
        }
        return spans
    }

    /// Whether a scalar of U+3000…U+9FFF is among the bytes.
    static func hasIdeograph(_ bytes: ArraySlice<UInt8>) -> Bool { bytes.contains { $0 >= 0xE3 && $0 <= 0xE9 } }

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

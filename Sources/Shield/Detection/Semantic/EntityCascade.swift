/// Long texts: a quick tagger reads every line that passes a prefilter, the networks those lines that it doubts most.
///
/// ```
/// lines -> prefilter -> quick tagger -> spans that are sure enough
///                            | doubt
///                            v
///              the most doubted, up to a share of the bytes -> network -> spans in place of the quick ones
/// ```
/// After Viola and Jones (Rapid Object Detection using a Boosted Cascade, 2001): most of a text is easy, and what is not goes to what costs more. The same text gives the same answer: lines are chosen by doubt, equal ones by place.
extension EntityLayer {
    /// Bytes of a text from which on quick taggers come first. Shorter ones take the networks a quarter of a second at most.
    static let cascadeFrom = 64 << 10

    /// The networks get one byte in so many. They read about 0.25 MB/s of one core, everything else together about 15: at 1/256 the networks take a fifth of all time, at 1/64 half of it, and no share that leaves 10 MB/s reads more than a few lines in
    /// a thousand. A slab of plain text (256 KiB) leaves them 1 KiB: some lines.
    static let networkShare = 256

    /// Quick spans below this probability are not kept: on labeled sets fewer than half of them are right.
    static let quickMin = 0.5

    /// A line, or a part of a long one, that a quick tagger reads.
    private struct Piece {
        var range: Range<Int>
        var isChinese: Bool
    }

    func cascade(_ bytes: [UInt8]) throws -> (spans: [Detector.Span], reading: EntityReading) {
        var chinese: [Range<Int>] = [], latin: [Range<Int>] = []
        for line in Self.lines(bytes) {
            if Self.hasIdeograph(bytes[line]) {
                if taggers.quickChinese != nil, ChinesePrefilter.isWorthTagging(bytes[line]) { chinese.append(line) }
            } else if taggers.quickLatin != nil, EnglishPrefilter.isWorthTagging(bytes[line]) {
                latin.append(line)
            }
        }
        var readings: [(piece: Piece, reading: QuickReading)] = []
        if let tagger = taggers.quickChinese { readings += zip(chinese, try tagger.read(bytes, chinese)).map { (Piece(range: $0, isChinese: true), $1) } }
        if let tagger = taggers.quickLatin { readings += zip(latin, try tagger.read(bytes, latin)).map { (Piece(range: $0, isChinese: false), $1) } }
        let doubted = taggers.depth == .quick ? [] : doubted(readings, byteCount: bytes.count)
        // Lines whose quick tagger is not there are the network's alone.
        var found = try networks(bytes, chinese: taggers.quickChinese == nil, latin: taggers.quickLatin == nil)
        found.reading.byQuick += readings.count - doubted.count
        for (index, entry) in readings.enumerated() where !doubted.contains(index) {
            guard let name = entry.piece.isChinese ? taggers.quickChinese?.name : taggers.quickLatin?.name else { continue }
            for entity in entry.reading.entities where entity.confidence >= Self.quickMin {
                found.spans.append(
                    Detector.Span(
                        type: EntityTypes.type(entity.type), source: name, range: entity.range, confidence: Fusion.quickScore, probability: Fusion.probability(ofQuick: entity.confidence),
                        reasons: ["named so by the quick tagger, probability \(Fusion.rounded(entity.confidence))"]))
            }
        }
        try readByNetworks(doubted.sorted().map { readings[$0].piece }, bytes, into: &found)
        return found
    }

    /// Places of the pieces that the networks read: the most doubted first, as long as the next one fits.
    private func doubted(_ readings: [(piece: Piece, reading: QuickReading)], byteCount: Int) -> Set<Int> {
        var left = byteCount / Self.networkShare, chosen: Set<Int> = []
        let order = readings.indices.filter { readings[$0].reading.doubt > 0 && (readings[$0].piece.isChinese ? taggers.chinese != nil : taggers.latin != nil) }
            .sorted { (readings[$1].reading.doubt, readings[$0].piece.range.lowerBound) < (readings[$0].reading.doubt, readings[$1].piece.range.lowerBound) }
        for index in order {
            let count = readings[index].piece.range.count
            guard count <= left else { break }
            left -= count
            chosen.insert(index)
        }
        return chosen
    }

    private func readByNetworks(_ pieces: [Piece], _ bytes: [UInt8], into found: inout (spans: [Detector.Span], reading: EntityReading)) throws {
        found.reading.byNetwork += pieces.count
        if let tagger = taggers.chinese { found.spans += try tag(pieces.filter(\.isChinese).map { ($0.range, String(decoding: bytes[$0.range], as: UTF8.self)) }, tagger) }
        var latin: (spans: [Detector.Span], reading: EntityReading) = ([], EntityReading())
        for piece in pieces where !piece.isChinese { try self.latin(bytes, piece.range, into: &latin) }
        found.spans += latin.spans
    }
}

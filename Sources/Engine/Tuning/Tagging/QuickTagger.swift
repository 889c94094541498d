import Core
import Foundation
import Inference

/// A small linear tagger for much text: it reads as fast as rules do, and says where it is not sure.
///
/// ```swift
/// let tagger = try QuickTagger(path: "quick.safetensors")
/// let reading = tagger.read(bytes, [0..<bytes.count])[0]
/// print(reading.spans.map(\.type), reading.doubt)
/// ```
/// A conditional random field whose scores are sums of rows of one table of bytes, sixteen tags side by side (``QuickFeatures``, ``QuickTags``). A beam of best paths (``QuickBeam``) tells where more than outside is possible; such a run of
/// tokens is an island, and sums over all paths and the best path run over islands only: that is what most of a text does without.
public struct QuickTagger: Sendable {
    /// A span of bytes, and the least marginal probability of its tags.
    public struct Span: Sendable, Hashable {
        public var range: Range<Int>
        public var type: String
        /// 0…1.
        public var probability: Double
    }

    /// What a piece of text holds.
    public struct Reading: Sendable, Hashable {
        /// By place; no two overlap.
        public var spans: [Span] = []
        /// Tags that are expected to be wrong: the sum over tokens of what is left to the other tags.
        public var doubt = 0.0
    }

    /// Types that it finds.
    public var types: [String] { tags.types }
    /// More types have no lane each.
    public static let typesMax = QuickTags.typesMax

    let tags: QuickTags, bits: Int
    let field: QuickField
    /// Two tags a number: of lane j the low byte is tag j's weight, the high byte that of tag j + 8.
    let table: [SIMD8<Int16>]
    /// What a weight of 1 counts.
    let scale: Float
    let features: QuickFeatures
    /// Lanes of tags that a span may begin with; all but outside.
    private let begins: (low: SIMDMask<SIMD8<Int16>>, high: SIMDMask<SIMD8<Int16>>), inner: SIMDMask<SIMD8<Int16>>
    private let factors: QuickField.Factors
    private let beam: QuickBeam
    /// Exponentials of -0, -1, -2… weights.
    private let exponentials: [Float]
    /// How far below the best path another may be, in weights.
    private let certain: Int16

    /// The same as a logarithm of odds: 12 to 1. At 3,000 to 1 the F1 of persons on the sets of Benchmarks/detection-names is the same to a tenth of a point, and reading takes three times as long; at 7 to 1 dates and addresses suffer.
    static let certainOdds: Float = 2.5

    init(tags: QuickTags, bits: Int, known: [UInt32], field: QuickField, weights: [QuickField.Vector]) {
        // Few weights are far from the others; they are cut, so that the others keep their steps.
        let sizes = weights.flatMap { row in (0..<tags.count).map { abs(row[$0]) } }.filter { $0 > 0 }.sorted()
        let scale = max(1e-4, sizes.isEmpty ? 1 : sizes[min(sizes.count - 1, sizes.count * 9_995 / 10_000)] / 127)
        let bytes = weights.map { row -> SIMD8<Int16> in
            func byte(_ tag: Int) -> Int16 { tag < tags.count ? Int16(max(-127, min(127, (row[tag] / scale).rounded(.toNearestOrEven)))) : 0 }
            var packed = SIMD8<Int16>()
            for lane in 0..<8 { packed[lane] = byte(lane) & 255 | byte(lane + 8) << 8 }
            return packed
        }
        self.init(tags: tags, bits: bits, known: known, field: field, table: bytes, scale: scale)
    }

    init(tags: QuickTags, bits: Int, known: [UInt32], field: QuickField, table: [SIMD8<Int16>], scale: Float) {
        (self.tags, self.bits, self.field, self.table, self.scale) = (tags, bits, field, table, scale)
        features = QuickFeatures(bits: bits, known: known)
        factors = field.factors
        beam = QuickBeam(field, scale: scale)
        var (low, high, inner) = (SIMDMask<SIMD8<Int16>>(), SIMDMask<SIMD8<Int16>>(), SIMDMask<SIMD8<Int16>>(repeating: true))
        inner[0] = false
        for tag in 1..<tags.count where tags.canBegin(tag) { if tag < 8 { low[tag] = true } else { high[tag - 8] = true } }
        (begins, self.inner) = ((low, high), inner)
        exponentials = (0..<4_096).map { exp(-Float($0) * scale) }
        certain = Int16(max(1, min(16_000, Self.certainOdds / scale)))
    }

    /// Reads pieces of a text.
    ///
    /// - Parameter ranges: bytes of pieces; each is read by itself.
    /// - Complexity: some nanoseconds a byte; room for one piece.
    public func read(_ bytes: [UInt8], _ ranges: [Range<Int>]) -> [Reading] {
        var room = QuickRoom()
        return ranges.map { read(bytes, $0, &room) }
    }

    private func read(_ bytes: [UInt8], _ range: Range<Int>, _ room: inout QuickRoom) -> Reading {
        var reading = Reading()
        room.tokens.read(bytes, range)
        let count = room.tokens.count
        guard count > 0 else { return reading }
        score(&room)
        var place = 0
        while place < count {
            guard room.begins[place] else {
                place += 1
                continue
            }
            let end = reach(from: place, count, &room)
            if place < end { island(place..<end, count, &room, &reading) }
            place = max(end, place + 1)
        }
        return reading
    }

    /// Where paths from a token on are outside again: the end of its island. Leaves in the room which tags the island can have.
    private func reach(from first: Int, _ count: Int, _ room: inout QuickRoom) -> Int {
        let bar = SIMD8<Int16>(repeating: -certain)
        var isLow = SIMDMask<SIMD8<Int16>>(), isHigh = SIMDMask<SIMD8<Int16>>()
        var place = first, scores = beam.first(room.scores[first], isFirst: first == 0)
        while true {
            let isNearLow = scores.low .> bar, isNearHigh = scores.high .> bar
            guard any((isNearLow .& inner) .| isNearHigh) else { break }
            isLow .|= isNearLow
            isHigh .|= isNearHigh
            place += 1
            guard place < count else { break }
            scores = beam.next(scores, room.scores[place])
        }
        room.lattice.active.removeAll(keepingCapacity: true)
        room.lattice.active.append(0)
        var tag = 1
        for parts in tags.parts {
            let own = tag..<tag + parts
            if own.contains(where: { $0 < 8 ? isLow[$0] : isHigh[$0 - 8] }) { room.lattice.active.append(contentsOf: own) }
            tag += parts
        }
        return place
    }

    /// Sums of rows for each token, and whether a span may begin there.
    private func score(_ room: inout QuickRoom) {
        room.clear()
        let count = room.tokens.count
        QuickFeatures.prints(room.tokens.items, into: &room.prints)
        for place in 0..<count {
            var low = SIMD8<Int16>(), high = SIMD8<Int16>()
            for slot in place * QuickFeatures.count..<(place + 1) * QuickFeatures.count {
                let pair = table[features.row(room.prints[slot])]
                low &+= (pair &<< 8) &>> 8
                high &+= pair &>> 8
            }
            let bar = SIMD8<Int16>(repeating: low[0] &- certain)
            room.scores.append(QuickBeam.Scores(low: low, high: high))
            room.begins.append(any(((low .> bar) .& begins.low) .| ((high .> bar) .& begins.high)))
        }
    }

    /// Sums and the best path of tokens between certain ones.
    private func island(_ range: Range<Int>, _ count: Int, _ room: inout QuickRoom, _ reading: inout Reading) {
        room.lattice.removeAll()
        for place in range {
            let (low, high) = (room.scores[place].low, room.scores[place].high)
            var greatest = Int(low[0])
            for tag in room.lattice.active { greatest = max(greatest, Int(tag < 8 ? low[tag] : high[tag - 8])) }
            var scores = QuickField.Vector()
            for tag in room.lattice.active { scores[tag] = exponentials[min(4_095, greatest - Int(tag < 8 ? low[tag] : high[tag - 8]))] }
            room.lattice.scores.append(scores)
        }
        var own = factors
        // Outside stands at either side of it, if no end does.
        if range.lowerBound > 0 { own.starts = factors.forward[0] }
        if range.upperBound < count { own.ends = factors.backward[0] }
        room.lattice.sum(own)
        room.lattice.walk(own)
        for (marginal, tag) in zip(room.lattice.marginals, room.lattice.path) { reading.doubt += Double(max(0, 1 - marginal[Int(tag)])) }
        for (span, type) in tags.spans(room.lattice.path) {
            let probability = span.reduce(Float(1)) { min($0, room.lattice.marginals[$1][Int(room.lattice.path[$1])]) }
            let first = room.tokens[range.lowerBound + span.lowerBound], last = room.tokens[range.lowerBound + span.upperBound - 1]
            reading.spans.append(Span(range: Int(first.start)..<Int(last.end), type: types[type], probability: Double(probability)))
        }
    }
}

/// What a piece is read in; nothing of it is allocated again for the next.
private struct QuickRoom {
    var tokens = QuickTokens(), lattice = QuickLattice()
    var prints: [UInt32] = [], scores: [QuickBeam.Scores] = [], begins: [Bool] = []

    mutating func clear() {
        scores.removeAll(keepingCapacity: true)
        begins.removeAll(keepingCapacity: true)
    }
}

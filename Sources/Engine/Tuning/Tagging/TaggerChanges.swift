import Core

/// Changes to examples while a tagger learns, so that it learns what spans look like from outside and from inside, and no sentence by heart.
///
/// - Exchange: a span's text becomes that of another span of its type (mention replacement; Dai and Adel 2020).
/// - Masking: a character is unknown, and with it all pairs and threes that hold it (after Devlin et al. 2019).
public struct TaggerChanges: Sendable {
    /// The share of examples that are changed at all by exchanges, and of their spans that are exchanged.
    public var exampleShare: Float, exchangeShare: Float
    /// The share of characters that are masked.
    public var maskShare: Float
    /// Texts of spans, each once, by type.
    private let mentions: [String: [[UInt32]]]

    /// - Parameter texts: the training set.
    public init(of texts: [TaggedText], exampleShare: Float = 0.5, exchangeShare: Float = 0.2, maskShare: Float = 0.15) {
        (self.exampleShare, self.exchangeShare, self.maskShare) = (exampleShare, exchangeShare, maskShare)
        var mentions: [String: Set<[UInt32]>] = [:]
        for text in texts { for span in text.flatSpans { mentions[span.type, default: []].insert(Array(text.scalars[span.start..<span.end])) } }
        self.mentions = mentions.mapValues { $0.sorted { $0.lexicographicallyPrecedes($1) } }
    }

    private static func isChosen(_ share: Float, _ random: inout SeededRandom) -> Bool { Float(random.next() >> 40) < share * 16_777_216 }

    /// A text with some spans exchanged; nil when it stays as it is.
    ///
    /// - Parameter spans: flat, in the order of places.
    func exchanged(_ scalars: [UInt32], _ spans: [TextSpan], using random: inout SeededRandom) -> TaggedText? {
        guard !spans.isEmpty, exchangeShare > 0, Self.isChosen(exampleShare, &random) else { return nil }
        var (result, changed): ([UInt32], [TextSpan]) = ([], [])
        var (last, isChanged) = (0, false)
        for span in spans {
            result += scalars[last..<span.start]
            last = span.end
            let start = result.count
            if Self.isChosen(exchangeShare, &random), let other = mentions[span.type]?.randomElement(using: &random) {
                result += other
                isChanged = true
            } else {
                result += scalars[span.start..<span.end]
            }
            changed.append(TextSpan(start: start, end: result.count, type: span.type))
        }
        result += scalars[last...]
        return isChanged && result.count <= TaggedSet.lengthMax ? TaggedText(scalars: result, spans: changed) : nil
    }

    /// Masks some characters of a text.
    func mask(_ places: inout TaggerVocabulary.Places, using random: inout SeededRandom) {
        guard maskShare > 0 else { return }
        let count = places.characters.count
        for place in 0..<count where Self.isChosen(maskShare, &random) {
            places.characters[place] = 0
            if !places.left.isEmpty {
                (places.left[place], places.right[place]) = (0, 0)
                if place + 1 < count { places.left[place + 1] = 0 }
                if place > 0 { places.right[place - 1] = 0 }
            }
            if !places.threes.isEmpty { for near in max(0, place - 1)..<min(count, place + 2) { places.threes[near] = 0 } }
        }
    }
}

import Inference

/// The tokens of a text some of whose parts are answers.
struct TokenizedText {
    struct Part: Equatable {
        var tokens: [Int32]
        var isAnswer: Bool
    }
    var parts: [Part] = []

    /// - Parameter answers: places of bytes, rising, that do not overlap.
    static func tokens(of text: [UInt8], answers: [Range<Int>], by tokenizer: any Tokenizer) -> TokenizedText {
        // A vocabulary that puts a space before every text would put one before every part: there the whole is cut, and the tokens are counted off.
        if tokenizer.vocabulary.addsSpacePrefix, let aligned = aligned(text, answers, tokenizer) { return aligned }
        // Otherwise the parts are encoded by themselves: a served prompt is encoded alone too, and what follows it is written anew.
        var result = TokenizedText()
        for piece in pieces(text.count, answers) where !piece.range.isEmpty {
            result.parts.append(Part(tokens: tokenizer.encode(String(decoding: text[piece.range], as: UTF8.self), addsSpecials: false, parsesSpecials: true), isAnswer: piece.isAnswer))
        }
        return result
    }

    private static func pieces(_ count: Int, _ answers: [Range<Int>]) -> [(range: Range<Int>, isAnswer: Bool)] {
        var (end, pieces) = (0, [(range: Range<Int>, isAnswer: Bool)]())
        for answer in answers {
            pieces += [(end..<answer.lowerBound, false), (answer, true)]
            end = answer.upperBound
        }
        return pieces + [(end..<count, false)]
    }

    /// The tokens of the whole, each in the part in which its first byte lies; nil when the tokenizer changes the text, so that places cannot be told.
    private static func aligned(_ text: [UInt8], _ answers: [Range<Int>], _ tokenizer: any Tokenizer) -> TokenizedText? {
        let all = pieces(text.count, answers)
        var result = TokenizedText(parts: all.map { Part(tokens: [], isAnswer: $0.isAnswer) })
        var (place, piece) = (0, 0)
        for token in tokenizer.encode(String(decoding: text, as: UTF8.self), addsSpecials: false, parsesSpecials: true) {
            guard let found = span(of: tokenizer.bytes(of: token, showsSpecials: true), in: text, from: place) else { return nil }
            while piece < all.count - 1, found.lowerBound >= all[piece].range.upperBound { piece += 1 }
            result.parts[piece].tokens.append(token)
            place = found.upperBound
        }
        result.parts.removeAll(where: \.tokens.isEmpty)
        return place == text.count ? result : nil
    }

    /// Where a token's bytes stand: at once, without the space that the tokenizer added, or after spaces that it dropped.
    private static func span(of bytes: [UInt8], in text: [UInt8], from start: Int) -> Range<Int>? {
        var place = start
        while true {
            if text[place...].starts(with: bytes) { return place..<place + bytes.count }
            if bytes.first == 0x20, text[place...].starts(with: bytes.dropFirst()) { return place..<place + bytes.count - 1 }
            guard place < text.count, text[place] == 0x20 || text[place] == 0x0A else { return nil }
            place += 1
        }
    }
}

/// Cuts a document into passages of about ``targetCharacterCount`` characters.
///
/// A passage never crosses a heading. Inside a section sentences are packed greedily; the last sentence of a passage is repeated at the
/// start of the next one if it is short, so that an answer that spans the cut is still whole in one of them.
struct PassageCutter {
    /// Blocks between two beats: a few milliseconds.
    private static let blocksBetween = 64

    /// A cut piece with where it came from.
    struct Piece: Sendable, Hashable {
        var text: String
        var headings: [String]
        var page: Int?
    }

    /// About one screenful on a phone, and three or four sentences: small enough to cite, large enough to answer.
    static let targetCharacterCount = 400
    /// The longest sentence that is repeated.
    static let overlapCharacterCountMax = 60

    static func cut(_ blocks: [DocumentBlock]) -> [Piece] { cut(blocks) {} }

    /// - Parameter beat: called now and then; what it throws ends the work.
    static func cut(_ blocks: [DocumentBlock], beat: () throws -> Void) rethrows -> [Piece] {
        var pieces: [Piece] = []
        var start = 0
        while start < blocks.count {
            var end = start + 1
            if blocks[start].kind == .paragraph {
                while end < blocks.count, blocks[end].kind == .paragraph, blocks[end].headings == blocks[start].headings { end += 1 }
            }
            try pack(blocks[start..<end], into: &pieces, beat: beat)
            start = end
        }
        return pieces
    }

    /// One sentence (or a hard-cut part of one) with its length, page and whether a paragraph ends after it.
    private struct Unit {
        var text: Substring
        var count: Int
        var page: Int?
        var endsParagraph: Bool
    }

    private static func pack(_ section: ArraySlice<DocumentBlock>, into pieces: inout [Piece], beat: () throws -> Void) rethrows {
        guard let headings = section.first?.headings else { return }
        var open: [Unit] = []
        var count = 0
        func close() {
            var text = ""
            for unit in open {
                text += unit.text
                if unit.endsParagraph { text += "\n" }
            }
            let trimmed = text.drop { $0 == "\n" || $0 == " " }
            let end = trimmed.lastIndex { $0 != "\n" && $0 != " " }
            if let end { pieces.append(Piece(text: String(trimmed[...end]), headings: headings, page: open.first?.page)) }
        }
        for (place, block) in zip(section.indices, section) {
            if place % blocksBetween == 0 { try beat() }
            for unit in units(of: block) {
                if count > 0, count + unit.count > targetCharacterCount {
                    close()
                    // Only a short last sentence that leaves room for the next one is repeated.
                    open = open.suffix(1).filter { $0.count <= overlapCharacterCountMax && $0.count + unit.count <= targetCharacterCount }
                    count = open.reduce(0) { $0 + $1.count }
                }
                open.append(unit)
                count += unit.count
            }
        }
        if !open.isEmpty { close() }
    }

    private static func units(of block: DocumentBlock) -> [Unit] {
        var units: [Unit] = []
        let text = block.text
        var start = text.startIndex
        var index = start
        var count = 0
        func end(at end: String.Index) {
            if count > 0 { units.append(Unit(text: text[start..<end], count: count, page: block.page, endsParagraph: false)) }
            start = end
            count = 0
        }
        while index < text.endIndex {
            let character = text[index]
            let next = text.index(after: index)
            count += 1
            let endsSentence = "。！？；\n!?".contains(character) || (character == "." && next < text.endIndex && text[next] == " ")
            index = next
            if endsSentence || count >= targetCharacterCount { end(at: index) }
        }
        end(at: text.endIndex)
        if !units.isEmpty { units[units.count - 1].endsParagraph = true }
        return units
    }
}

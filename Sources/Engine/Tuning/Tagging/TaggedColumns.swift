import Core

/// Texts in columns: on each line a character or a word, anything, and its tag last; an empty line after each text (CoNLL). Tags are those of IOB, BIO, BMES or BIOES: `B-PER`, `I-PER` or `M-PER`, `E-PER`, `S-PER`, `O`.
///
/// Words are joined by a space where neither side is Chinese, Japanese or a mark; single characters are joined as they are. A digit behind every character (where it stands in its word, as in Weibo's files) is left out.
enum TaggedColumns {
    private struct Line {
        let number: Int
        var token: String
        let tag: Substring
    }

    static func read(_ lines: [ArraySlice<UInt8>], _ path: String, into set: inout TaggedSet) throws {
        var text: [Line] = [], texts: [[Line]] = []
        var (areNumbered, areCharacters, isBad) = (true, true, false)
        func end() {
            if !text.isEmpty, !isBad { texts.append(text) }
            (text, isBad) = ([], false)
        }
        for (index, bytes) in lines.enumerated() {
            guard bytes.contains(where: { $0 != 0x20 && $0 != 0x09 }) else {
                end()
                continue
            }
            do {
                guard bytes.count <= TaggedSet.lineByteCountMax, let string = String(validating: bytes, as: UTF8.self) else { throw TaggedProblem("the line is too long, or not UTF-8") }
                if string.hasPrefix("-DOCSTART-") { continue }
                let line = try Self.line(string, index + 1)
                let scalars = line.token.unicodeScalars
                areNumbered = areNumbered && scalars.count == 2 && scalars.last.map { ("0"..."9").contains($0) } == true
                areCharacters = areCharacters && scalars.count == 1
                text.append(line)
                guard text.count <= TaggedSet.lineByteCountMax else { throw TaggedProblem("the text has more than \(TaggedSet.lineByteCountMax) lines") }
            } catch let problem as TaggedProblem {
                // A text with a wrong line is wrong as a whole.
                set.refuse(path, index + 1, problem.what)
                isBad = true
            }
        }
        end()
        for var text in texts {
            if areNumbered { for index in text.indices { text[index].token.unicodeScalars.removeLast() } }
            try set.add(tagged(text, areWords: !areNumbered && !areCharacters, &set.repaired), path)
        }
    }

    private static func line(_ string: String, _ number: Int) throws -> Line {
        let isSpace: (Character) -> Bool = { $0 == " " || $0 == "\t" }
        guard let last = string.lastIndex(where: { !isSpace($0) }) else { throw TaggedProblem("the line has no tag") }
        let whole = string[...last]
        guard let gap = whole.lastIndex(where: isSpace) else { throw TaggedProblem("the line has one column") }
        let tag = whole[whole.index(after: gap)...]
        guard tag == "O" || (tag.count > 2 && "BIMES".contains(tag.first ?? " ") && "-_".contains(tag.dropFirst().first ?? " ") && tag.utf8.count <= TaggedSet.typeByteCountMax + 2) else { throw TaggedProblem("the last column is no tag") }
        let token = whole[..<gap].prefix { !isSpace($0) }
        // A space that is a character itself.
        return Line(number: number, token: token.isEmpty ? " " : String(token), tag: tag)
    }

    private static func isJoined(_ scalar: UInt32) -> Bool {
        switch scalar {
        case 0x30...0x39, 0x41...0x5A, 0x61...0x7A, 0xC0...0x1FFF: false
        default: true
        }
    }

    private static func tagged(_ lines: [Line], areWords: Bool, _ repaired: inout Int) -> TaggedText {
        var scalars: [UInt32] = [], spans: [TextSpan] = []
        var open: TextSpan?
        func close() {
            if let open { spans.append(open) }
            open = nil
        }
        for line in lines {
            let own = line.token.unicodeScalars.map(\.value)
            if areWords, let before = scalars.last, let first = own.first, !isJoined(before), !isJoined(first) { scalars.append(0x20) }
            let start = scalars.count
            scalars += own
            guard line.tag != "O" else {
                close()
                continue
            }
            let type = String(line.tag.dropFirst(2)), part = line.tag.first ?? "B"
            let goesOn = part != "B" && part != "S" && open?.type == type
            if !goesOn {
                if part != "B" && part != "S" { repaired += 1 }
                close()
                open = TextSpan(start: start, end: scalars.count, type: type)
            }
            open?.end = scalars.count
            if part == "E" || part == "S" { close() }
        }
        close()
        return TaggedText(scalars: scalars, spans: spans)
    }
}

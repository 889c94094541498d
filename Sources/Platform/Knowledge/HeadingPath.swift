/// The headings above the current place of a document, outermost first.
struct HeadingPath {
    private var open: [(level: Int, text: String)] = []

    var texts: [String] { open.map(\.text) }

    /// A heading closes every heading of its own level or deeper.
    mutating func enter(_ text: String, level: Int) {
        while let last = open.last, last.level >= level { open.removeLast() }
        // Six levels exist in every format read here; a hostile one cannot pile up more.
        if open.count < 8 { open.append((level, String(text.prefix(Bounds.headingCharacterCountMax)))) }
    }

    /// The level of a line that reads like a heading of a Chinese official document, or nil (GB/T 9704-2012, 7.3.3: 一、 then （一）; laws
    /// and ordinances add 第…编, 章, 节). 第…条 opens a paragraph, not a section, so it is left alone.
    static func officialLevel(of line: String) -> Int? {
        guard line.count <= 40, let first = line.first, let last = line.last, !"。；，：;,".contains(last) else { return nil }
        let numerals = "零〇一二三四五六七八九十百"
        let rest = line.dropFirst()
        if first == "第" {
            let numbered = rest.drop { numerals.contains($0) || $0.isNumber }
            guard numbered.count < rest.count else { return nil }
            switch numbered.first {
            case "编": return 1
            case "章": return 2
            case "节": return 3
            default: return nil
            }
        }
        if numerals.contains(first) { return line.drop { numerals.contains($0) }.first == "、" ? 3 : nil }
        if first == "（" || first == "(" {
            let after = rest.drop { numerals.contains($0) }
            guard after.count < rest.count, let close = after.first else { return nil }
            return close == "）" || close == ")" ? 4 : nil
        }
        return nil
    }
}

/// Gathers blocks up to the bound.
struct BlockList {
    private(set) var blocks: [DocumentBlock] = []
    private(set) var isCut = false

    /// Adds a block unless its text is blank or the bound is reached.
    mutating func add(_ text: String, headings: [String], page: Int? = nil, kind: DocumentBlock.Kind = .paragraph) {
        let trimmed = tidy(text)
        guard !trimmed.isEmpty else { return }
        guard blocks.count < Bounds.blockCountMax else {
            isCut = true
            return
        }
        blocks.append(DocumentBlock(text: trimmed, headings: headings, page: page, kind: kind))
    }
}

/// Runs of blanks become one space; blanks at the ends go. Line breaks count as blanks.
func tidy(_ text: String) -> String {
    var out = String.UnicodeScalarView()
    var blankPending = false
    for scalar in text.unicodeScalars {
        if scalar.properties.isWhitespace || scalar.value < 0x20 || scalar.value == 0xFEFF || scalar.value == 0x200B {
            blankPending = !out.isEmpty
        } else {
            if blankPending { out.append(" ") }
            blankPending = false
            out.append(scalar)
        }
    }
    return String(out)
}

/// Whether a scalar belongs to a script that is written without spaces (Chinese, Japanese).
func isIdeograph(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.value {
    case 0x4E00...0x9FFF, 0x3400...0x4DBF, 0x3040...0x30FF, 0x3005...0x3007, 0xF900...0xFAFF, 0x20000...0x3FFFF: true
    default: false
    }
}

/// Removes the blanks that text recognition and page layout leave between Chinese characters: `办 理 居 住 证` becomes `办理居住证`.
func joiningIdeographs(_ text: String) -> String {
    let scalars = Array(text.unicodeScalars)
    func isWide(_ scalar: Unicode.Scalar) -> Bool {
        isIdeograph(scalar) || (0x3001...0x303F).contains(scalar.value) || (0xFF01...0xFF60).contains(scalar.value)
    }
    var out = String.UnicodeScalarView()
    var index = 0
    while index < scalars.count {
        var end = index
        while end < scalars.count, scalars[end] == " " || scalars[end] == "\u{3000}" { end += 1 }
        if end > index, let last = out.last, end < scalars.count, isWide(last), isWide(scalars[end]) {
            index = end
        } else {
            out.append(scalars[index])
            index += 1
        }
    }
    return String(out)
}

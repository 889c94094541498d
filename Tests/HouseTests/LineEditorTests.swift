import Core
import Testing

@testable import Commands

@Suite struct LineEditorTests {
    /// Feeds bytes; `|` marks the cursor in what it returns.
    private func state(_ input: String, history: [String] = []) -> (text: String, events: [LineEditor.Event]) {
        var editor = LineEditor(prompt: "> ", columns: 40, history: LineHistory(history))
        let events = input.utf8.compactMap { editor.take($0) }
        return (editor.left + "|" + editor.right, events)
    }

    static let up = "\u{1B}[A", down = "\u{1B}[B", right = "\u{1B}[C", left = "\u{1B}[D", home = "\u{1B}[H", end = "\u{1B}[F", delete = "\u{1B}[3~"

    @Test(arguments: [
        ("abc", "abc|"), ("你好", "你好|"), ("abc\(left)\(left)x", "ax|bc"), ("abc\(left)\(right)\(right)", "abc|"), ("\(left)a", "a|"),
        ("abc\(home)x", "x|abc"), ("abc\u{1}x\u{5}y", "xabcy|"), ("abc\u{1B}OHx\u{1B}OFy", "xabcy|"), ("abc\u{1B}[1~x\u{1B}[4~y", "xabcy|"), ("abc\u{2}\u{2}\u{6}x", "abx|c"),
        ("abc\u{7F}", "ab|"), ("abc\u{8}", "ab|"), ("\u{7F}", "|"), ("你好\u{7F}", "你|"), ("e\u{301}x\u{7F}\u{7F}", "|"), ("👩‍👧你\(left)\u{7F}", "|你"), ("e\u{301}\(left)x", "x|e\u{301}"),
        ("abc\(home)\(delete)", "|bc"), ("abc\(delete)", "abc|"), ("abc\(left)\u{4}", "ab|"), ("a bc\(left)\u{B}", "a b|"), ("a bc\(left)\u{15}", "|c"),
        ("one two  \u{17}", "one |"), ("one two\u{17}\u{17}\u{17}", "|"), ("城市 热线\u{17}", "城市 |"), ("one two\u{1B}bx", "one x|two"), ("one two\(home)\u{1B}fx", "onex| two"),
        ("one two\u{1B}[1;5Dx", "one x|two"), ("one two\u{1B}\u{7F}", "one |"), ("a\tb", "a b|"), ("a\u{1B}[99;99Zb", "ab|"), ("a\u{1B}[1234567890123456789012345678901m", "a|"), ("a\u{0}\u{1C}b", "ab|"),
        ("ab\\\rcd", "ab\ncd|"), ("ab\\\rcd\(home)x", "ab\nx|cd"), ("ab\\\rcd\(up)x", "abx|\ncd"), ("abc\\\rd\(up)\(down)x", "abc\ndx|"), ("a\\\rb\u{15}", "a\n|"), ("a\\\rb\u{1}\u{B}c", "a\nc|"),
        ("\u{1B}[200~a\rb\r\nc\nd\te\u{1B}[201~", "a\nb\nc\nd\te|"), ("\u{1B}[200~a\u{3}\u{4}\u{15}b\u{1B}[201~\u{7F}", "a|"), ("x\u{1B}[200~y\u{1B}[201~z", "xyz|"),
    ] as [(String, String)])
    func keysEditTheText(input: String, expected: String) {
        let (text, events) = state(input)
        #expect(text == expected, "\(input.debugDescription)")
        #expect(events.isEmpty)
    }

    @Test(arguments: [
        ("ab\r", .line("ab")), ("ab\(left)\n", .line("ab")), ("a\\\rb\r", .line("a\nb")), ("\u{1B}[200~a\rb\u{1B}[201~\r", .line("a\nb")), ("\r", .line("")), ("\u{4}", .end), ("\u{3}", .interrupt), ("ab\u{3}", .dropped),
    ] as [(String, LineEditor.Event)])
    func someKeysEndTheLine(input: String, expected: LineEditor.Event) {
        let (text, events) = state(input)
        #expect(events == [expected])
        #expect(text == "|")
    }

    @Test(arguments: [
        (up, "two|"), (up + up, "one|"), (up + up + up, "one|"), ("dra" + up + down, "dra|"), ("dra" + up + up + down, "two|"), ("\u{10}\u{10}\u{E}", "two|"), (up + "!\r" + up, "two!|"), ("x\r" + up + up, "two|"),
        ("two\r" + up + up, "one|"), ("  \r" + up, "two|"), (up + "\u{3}" + up, "two|"), (down, "|"),
    ] as [(String, String)])
    func historyIsGoneThrough(input: String, expected: String) { #expect(state(input, history: ["one", "two"]).text == expected) }

    @Test func historyAndTextAreBounded() {
        var history = LineHistory((0..<5_000).map { "\($0)" })
        #expect(history.lines.count == LineHistory.countMax && history.lines.first == "4000")
        for index in 0..<2_000 { history.add("x\(index)") }
        #expect(history.lines.count == LineHistory.countMax && history.lines.last == "x1999")
        var editor = LineEditor(prompt: "> ", columns: 40)
        for _ in 0..<LineEditor.byteCountMax + 10 { _ = editor.take(97) }
        #expect(editor.text.utf8.count == LineEditor.byteCountMax)
        // Moves over a text of the greatest size are no work of its square.
        for key in ["\u{1}", "\u{5}", "\u{1B}b", "\u{1B}f", "\u{1}", "\u{B}"] { for byte in key.utf8 { _ = editor.take(byte) } }
        #expect(editor.text.isEmpty)
    }

    /// Bytes that are no text, in every order: replaced, and never more than a damaged character is lost.
    @Test func malformedTextIsReplaced() {
        func text(_ bytes: [UInt8]) -> String {
            var editor = LineEditor(prompt: "> ", columns: 40)
            for byte in bytes { _ = editor.take(byte) }
            return editor.text
        }
        #expect(text([0x61, 0xFF, 0x62]) == "a\u{FFFD}b")
        #expect(text([0x80]) == "\u{FFFD}")
        #expect(text([0xE4, 0xBD, 0xA0]) == "你")
        #expect(text([0xED, 0xA0, 0x80, 0x61]).hasSuffix("a"))
        var random = SeededRandom(seed: 9)
        for _ in 0..<300 {
            var editor = LineEditor(prompt: "> ", columns: Int.random(in: 0...20, using: &random))
            for _ in 0..<200 {
                _ = editor.take(UInt8.random(in: 0...255, using: &random))
                #expect(!editor.redraw().contains("\u{0}"))
            }
        }
    }
}

/// What is written is shown to a model of a terminal: a grid of cells that knows the few sequences in use.
@Suite struct LineDrawingTests {
    struct Screen {
        let columns: Int
        var rows: [[String]] = [[]]
        var row = 0, column = 0
        /// A full row wraps when the next character comes, as in a VT100.
        var isFull = false

        mutating func write(_ text: String) {
            var rest = text[...]
            while let character = rest.popFirst() {
                switch character {
                case "\u{1B}":
                    _ = rest.popFirst()
                    let digits = rest.prefix { $0.isNumber }
                    rest = rest.dropFirst(digits.count)
                    sequence(rest.popFirst() ?? " ", Int(digits))
                case "\r": (column, isFull) = (0, false)
                case "\r\n", "\n":
                    if character == "\r\n" { column = 0 }
                    row += 1
                    isFull = false
                default: put(character)
                }
            }
        }

        private mutating func sequence(_ final: Character, _ count: Int?) {
            isFull = false
            switch final {
            case "A": row = max(0, row - (count ?? 1))
            case "C": column = min(columns - 1, column + (count ?? 1))
            case "H": (row, column) = (0, 0)
            case "J":
                if count == 2 { rows = [[]] }
                rows = Array(rows.prefix(row + 1))
                if rows.count > row { rows[row] = Array(rows[row].prefix(column)) }
            default: break
            }
        }

        private mutating func put(_ character: Character) {
            let width = TextColumns.of(character)
            if isFull || column + width > columns {
                row += 1
                column = 0
                isFull = false
            }
            while rows.count <= row { rows.append([]) }
            while rows[row].count < column + width { rows[row].append(" ") }
            rows[row][column] = String(character)
            if width == 2 { rows[row][column + 1] = "" }
            column += width
            if column == columns { (column, isFull) = (columns - 1, true) }
        }

        var text: [String] { rows.map { $0.joined() } }
    }

    private func shown(_ input: String, columns: Int) -> (text: [String], cursor: [Int]) {
        var editor = LineEditor(prompt: "> ", columns: columns)
        var screen = Screen(columns: columns)
        for byte in input.utf8 {
            _ = editor.take(byte)
            screen.write(editor.redraw())
        }
        return (screen.text, [screen.row, screen.column])
    }

    @Test(arguments: [
        ("abc", 10, ["> abc"], [0, 5]), ("abcdefgh", 10, ["> abcdefgh"], [1, 0]), ("abcdefghi", 10, ["> abcdefgh", "i"], [1, 1]), ("你好城市热", 10, ["> 你好城市", "热"], [1, 2]),
        ("a你好城市热", 10, ["> a你好城", "市热"], [1, 4]), ("abcdefghij\u{1B}[D\u{1B}[D\u{1B}[D", 10, ["> abcdefgh", "ij"], [0, 9]), ("abcdefghi\u{7F}\u{7F}", 10, ["> abcdefg"], [0, 9]),
        ("ab\\\rcd", 10, ["> ab", "  cd"], [1, 4]), ("ab\\\rcd\u{1B}[A", 10, ["> ab", "  cd"], [0, 4]), ("e\u{301}你x", 10, ["> e\u{301}你x"], [0, 6]), ("abc\u{1}", 10, ["> abc"], [0, 2]), ("abc\u{C}", 10, ["> abc"], [0, 5]),
        ("\u{1B}[200~a\tb\u{1B}[201~", 20, ["> a    b"], [0, 8]),
    ] as [(String, Int, [String], [Int])])
    func theScreenShowsTextAndCursor(input: String, columns: Int, text: [String], cursor: [Int]) {
        let shown = shown(input, columns: columns)
        #expect(shown.text.map { $0.replacing(/\ +$/, with: "") }.filter { !$0.isEmpty } == text, "\(input.debugDescription)")
        #expect(shown.cursor == cursor, "\(input.debugDescription)")
    }

    /// Whatever was typed before, the screen shows what a fresh drawing of the text would.
    @Test(arguments: 0..<60)
    func aScreenDrawnInStepsEqualsOneDrawnAtOnce(seed: UInt64) {
        var random = SeededRandom(seed: seed)
        let columns = Int.random(in: 8...24, using: &random)
        let keys = ["a", "b ", "你", "e\u{301}", "\u{1B}[D", "\u{1B}[D", "\u{1B}[C", "\u{7F}", "\u{1}", "\u{5}", "\\\r", "\u{17}", "\u{1B}[A", "\u{1B}[200~x\ny\u{1B}[201~"]
        var editor = LineEditor(prompt: "> ", columns: columns)
        var screen = Screen(columns: columns)
        for _ in 0..<80 {
            for byte in (keys.randomElement(using: &random) ?? "").utf8 { _ = editor.take(byte) }
            screen.write(editor.redraw())
        }
        var fresh = Screen(columns: columns)
        var drawing = LineDrawing(prompt: "> ", columns: columns)
        fresh.write(drawing.redraw(left: editor.left, right: editor.right))
        func trimmed(_ screen: Screen) -> [String] { screen.text.map { $0.replacing(/\ +$/, with: "") } }
        #expect(trimmed(screen) == trimmed(fresh))
        #expect([screen.row, screen.column] == [fresh.row, fresh.column])
    }

    @Test func columnsOfText() {
        for (text, columns) in [("abc", 3), ("你好", 4), ("e\u{301}", 1), ("ｶﾞ", 2), ("한글", 4), ("👩‍👧", 2), ("❤️", 2), ("❤", 1), ("“好”", 4), ("、。", 4), ("", 0), ("\u{200B}", 0), ("1️⃣", 1)] {
            #expect(TextColumns.of(text) == columns, "\(text)")
        }
    }
}

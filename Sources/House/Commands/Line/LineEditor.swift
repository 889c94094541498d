/// A line in the making: bytes of a terminal go in, the text and the cursor change, and finished lines come out.
///
/// A value without a terminal: ``take(_:)`` changes it, ``redraw()`` says what to write to the screen. Characters are what a person sees as one, so that a Chinese character or a letter with its
/// accents is passed and erased at once. Lines may be entered in several rows: a backslash at the end continues, and pasted line ends are kept.
struct LineEditor: Sendable {
    enum Event: Sendable, Equatable {
        /// Enter: the whole text.
        case line(String)
        /// Ctrl-C while something was written: it is dropped.
        case dropped
        /// Ctrl-C with nothing written.
        case interrupt
        /// Ctrl-D with nothing written.
        case end
    }

    /// More is not taken.
    static let byteCountMax = 1 << 20

    private(set) var history: LineHistory
    /// The text before the cursor, and after it.
    private(set) var left = ""
    private(set) var right = ""
    /// The text that the last event ended.
    private(set) var ended = ""
    var drawing: LineDrawing
    private var keys = KeyParser()
    private var isPasting = false
    private var wasCarriageReturn = false
    private var clearsScreen = false

    init(prompt: String, columns: Int, history: LineHistory = LineHistory()) {
        drawing = LineDrawing(prompt: prompt, columns: columns)
        self.history = history
    }

    var text: String { left + right }

    /// Takes one byte; an event when it completes one.
    mutating func take(_ byte: UInt8) -> Event? {
        guard let key = keys.take(byte) else { return nil }
        let followsReturn = wasCarriageReturn
        wasCarriageReturn = key == .control(0x0D)
        switch key {
        case .pasteBegins: isPasting = true
        case .pasteEnds: isPasting = false
        case .control(0x0A) where followsReturn && isPasting: break  // The second half of a Windows line end.
        case .control(let code) where isPasting: paste(code)
        case .control(let code): return control(code)
        case .scalar(let scalar): insert(scalar)
        case .up: vertical(-1)
        case .down: vertical(1)
        case .left: moveLeft()
        case .right: moveRight()
        case .wordLeft: moveWordLeft()
        case .wordRight: moveWordRight()
        case .home: moveToLineStart()
        case .end: moveToLineEnd()
        case .delete: if !right.isEmpty { right.removeFirst() }
        }
        return nil
    }

    /// What to write to the screen so that it shows the text; nothing while a paste is under way.
    mutating func redraw() -> String {
        guard !isPasting else { return "" }
        defer { clearsScreen = false }
        return (clearsScreen ? "\u{1B}[H\u{1B}[2J" + drawing.afresh() : "") + drawing.redraw(left: left, right: right)
    }

    private mutating func control(_ code: UInt8) -> Event? {
        switch code {
        case 0x0A, 0x0D: return enter()
        case 0x01: moveToLineStart()
        case 0x05: moveToLineEnd()
        case 0x02: moveLeft()
        case 0x06: moveRight()
        case 0x10: vertical(-1)
        case 0x0E: vertical(1)
        case 0x08, 0x7F: if !left.isEmpty { left.removeLast() }
        case 0x0B: right.removeFirst(right.prefix { $0 != "\n" }.count)
        case 0x15: left.removeLast(left.reversed().prefix { $0 != "\n" }.count)
        case 0x17: eraseWord()
        case 0x0C: clearsScreen = true
        case 0x09: insert(" ")
        case 0x04:
            if text.isEmpty { return .end }
            if !right.isEmpty { right.removeFirst() }
        case 0x03:
            let event: Event = text.isEmpty ? .interrupt : .dropped
            reset()
            return event
        default: break
        }
        return nil
    }

    private mutating func enter() -> Event? {
        let whole = text
        if whole.hasSuffix("\\") {
            (left, right) = (String(whole.dropLast()) + "\n", "")
            return nil
        }
        history.add(whole)
        reset()
        return .line(whole)
    }

    private mutating func reset() {
        ended = text
        (left, right) = ("", "")
        history.leave()
    }

    private mutating func paste(_ code: UInt8) {
        switch code {
        case 0x0A, 0x0D: insert("\n")
        case 0x09: insert("\t")
        default: break
        }
    }

    private mutating func insert(_ scalar: Unicode.Scalar) {
        guard left.utf8.count + right.utf8.count < Self.byteCountMax else { return }
        left.unicodeScalars.append(scalar)
    }

    private mutating func eraseWord() {
        while let last = left.last, last.isWhitespace { left.removeLast() }
        while let last = left.last, !last.isWhitespace { left.removeLast() }
    }
}

// MARK: - Moving

/// Whole stretches at once: a pasted text may have a megabyte.
extension LineEditor {
    private mutating func move(toLeft place: String.Index) {
        right = String(left[place...]) + right
        left = String(left[..<place])
    }

    private mutating func move(toRight place: String.Index) {
        left += right[..<place]
        right = String(right[place...])
    }

    private mutating func moveLeft() { if !left.isEmpty { move(toLeft: left.index(before: left.endIndex)) } }
    private mutating func moveRight() { if !right.isEmpty { move(toRight: right.index(after: right.startIndex)) } }
    private mutating func moveToLineStart() { move(toLeft: left.lastIndex(of: "\n").map { left.index(after: $0) } ?? left.startIndex) }
    private mutating func moveToLineEnd() { move(toRight: right.firstIndex(of: "\n") ?? right.endIndex) }

    private mutating func moveWordLeft() {
        let blanks = left.lastIndex { !$0.isWhitespace } ?? left.startIndex
        move(toLeft: left[..<blanks].lastIndex(where: \.isWhitespace).map { left.index(after: $0) } ?? left.startIndex)
    }

    private mutating func moveWordRight() {
        let word = right.firstIndex { !$0.isWhitespace } ?? right.endIndex
        move(toRight: right[word...].firstIndex(where: \.isWhitespace) ?? right.endIndex)
    }

    /// To a column of the row that begins at the cursor, or to its end.
    private mutating func move(toColumn column: Int) {
        let end = right.firstIndex(of: "\n") ?? right.endIndex
        move(toRight: right.index(right.startIndex, offsetBy: column, limitedBy: end) ?? end)
    }

    /// A row up or down; at the first and the last row through the history.
    private mutating func vertical(_ step: Int) {
        let column = left.reversed().prefix { $0 != "\n" }.count
        if step < 0, left.contains("\n") {
            moveToLineStart()
            moveLeft()
            moveToLineStart()
            move(toColumn: column)
        } else if step > 0, right.contains("\n") {
            moveToLineEnd()
            moveRight()
            move(toColumn: column)
        } else if let line = step < 0 ? history.older(than: text) : history.newer() {
            (left, right) = (line, "")
        }
    }
}

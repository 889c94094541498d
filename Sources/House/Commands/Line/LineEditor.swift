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
        case .wordLeft: while moveLeft(), !Self.isWordStart(left, right) {}
        case .wordRight: while moveRight(), !Self.isWordEnd(left, right) {}
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

extension LineEditor {
    @discardableResult private mutating func moveLeft() -> Bool {
        guard let character = left.popLast() else { return false }
        right = String(character) + right
        return true
    }

    @discardableResult private mutating func moveRight() -> Bool {
        guard !right.isEmpty else { return false }
        left.append(right.removeFirst())
        return true
    }

    private mutating func moveToLineStart() { while let last = left.last, last != "\n" { moveLeft() } }
    private mutating func moveToLineEnd() { while let first = right.first, first != "\n" { moveRight() } }

    private static func isWordStart(_ left: String, _ right: String) -> Bool { (left.last?.isWhitespace ?? true) && right.first?.isWhitespace == false }
    private static func isWordEnd(_ left: String, _ right: String) -> Bool { left.last?.isWhitespace == false && (right.first?.isWhitespace ?? true) }

    /// A row up or down; at the first and the last row through the history.
    private mutating func vertical(_ step: Int) {
        let column = left.reversed().prefix { $0 != "\n" }.count
        if step < 0, left.contains("\n") {
            moveToLineStart()
            moveLeft()
            moveToLineStart()
            for _ in 0..<column where right.first != "\n" { moveRight() }
        } else if step > 0, right.contains("\n") {
            moveToLineEnd()
            moveRight()
            for _ in 0..<column where right.first != "\n" { moveRight() }
        } else if let line = step < 0 ? history.older(than: text) : history.newer() {
            (left, right) = (line, "")
        }
    }
}

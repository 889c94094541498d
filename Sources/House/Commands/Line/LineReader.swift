import Foundation

/// Lines that a person enters: edited in a terminal, read plainly from a pipe or a file.
final class LineReader {
    private let terminal: RawTerminal?
    private var editor: LineEditor
    /// Bytes that were read behind the end of a line.
    private var pending: [UInt8] = []

    private static let pasteOn = "\u{1B}[?2004h", pasteOff = "\u{1B}[?2004l"

    init(prompt: String, history: LineHistory) {
        terminal = RawTerminal()
        editor = LineEditor(prompt: prompt, columns: RawTerminal.columns, history: history)
    }

    var isTerminal: Bool { terminal != nil }
    var history: LineHistory { editor.history }

    /// What is entered next.
    func next() -> LineEditor.Event {
        guard let terminal else { return plain() }
        terminal.enter()
        put(Self.pasteOn)
        defer {
            put(Self.pasteOff)
            terminal.restore()
        }
        editor.drawing.columns = max(8, RawTerminal.columns)
        put(editor.redraw())
        while true {
            if pending.isEmpty { pending = [UInt8](FileHandle.standardInput.availableData) }
            // No bytes: the terminal is gone.
            guard !pending.isEmpty else { return .end }
            if let event = takePending() { return event }
            editor.drawing.columns = max(8, RawTerminal.columns)
            put(editor.redraw())
        }
    }

    /// Gives the terminal back as it was found; for signals that end the process.
    var restoration: @Sendable () -> Void {
        let terminal = terminal
        return {
            guard let terminal else { return }
            FileHandle.standardOutput.write(Data((Self.pasteOff + "\r\n").utf8))
            terminal.restore()
        }
    }

    private func takePending() -> LineEditor.Event? {
        for (index, byte) in pending.enumerated() {
            guard let event = editor.take(byte) else { continue }
            pending.removeFirst(index + 1)
            put(editor.drawing.leave(editor.ended))
            return event
        }
        pending.removeAll()
        return nil
    }

    private func plain() -> LineEditor.Event {
        guard var text = readLine() else { return .end }
        while text.hasSuffix("\\"), text.utf8.count < LineEditor.byteCountMax, let more = readLine() { text = text.dropLast() + "\n" + more }
        return .line(text)
    }

    private func put(_ text: String) { if !text.isEmpty { FileHandle.standardOutput.write(Data(text.utf8)) } }
}

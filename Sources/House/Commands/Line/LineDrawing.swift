/// Where a prompt and a text stand on a screen of some columns, and what to write to bring them there.
///
/// Everything is drawn again at each change: a line of a conversation is short, and nothing has to be known of the screen but the row of the cursor.
struct LineDrawing: Sendable {
    let prompt: String
    /// What stands before the rows that follow a line end.
    let continuation: String
    var columns: Int
    /// The row of the cursor, from the first row of the prompt.
    private var cursorRow = 0

    init(prompt: String, columns: Int) {
        self.prompt = prompt
        self.columns = max(8, columns)
        continuation = String(repeating: " ", count: TextColumns.of(prompt))
    }

    /// A place on the screen.
    struct Place: Sendable, Equatable {
        var row = 0
        var column = 0
    }

    /// Forgets what was drawn; the next drawing begins where the cursor is.
    mutating func afresh() -> String {
        cursorRow = 0
        return ""
    }

    mutating func redraw(left: String, right: String) -> String {
        var out = (cursorRow > 0 ? "\u{1B}[\(cursorRow)A" : "") + "\r\u{1B}[J"
        var place = Place()
        write(prompt, &place, &out)
        write(left, &place, &out)
        let cursor = wrapped(place)
        write(right, &place, &out)
        let end = wrapped(place)
        // A full row leaves the cursor at its last column until something follows.
        if end != place { out += "\r\n" }
        if end.row > cursor.row { out += "\u{1B}[\(end.row - cursor.row)A" }
        out += "\r" + (cursor.column > 0 ? "\u{1B}[\(cursor.column)C" : "")
        cursorRow = cursor.row
        return out
    }

    /// Leaves the drawing: the cursor goes below it.
    mutating func leave(_ text: String) -> String { redraw(left: text, right: "") + "\r\n" + afresh() }

    private func wrapped(_ place: Place) -> Place { place.column >= columns ? Place(row: place.row + 1, column: 0) : place }

    private func write(_ text: String, _ place: inout Place, _ out: inout String) {
        for character in text {
            if character == "\n" {
                out += "\r\n"
                place = Place(row: place.row + 1, column: 0)
                write(continuation, &place, &out)
                continue
            }
            let shown = character == "\t" ? "    " : String(character)
            let width = character == "\t" ? 4 : TextColumns.of(character)
            // A wide character does not fit in one column: terminals leave it empty and go on in the next row.
            if place.column + width > columns { place = Place(row: place.row + 1, column: 0) }
            out += shown
            place.column += width
        }
    }
}

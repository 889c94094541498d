/// The lines that were entered, oldest first, and where the person is among them. Bounded; kept in memory unless its owner writes it down.
struct LineHistory: Sendable, Equatable {
    /// More are forgotten, the oldest first.
    static let countMax = 1_000

    private(set) var lines: [String]
    /// The line shown; as many as there are lines for the one being written.
    private var place: Int
    /// What was being written when the person went back.
    private var draft = ""

    init(_ lines: [String] = []) {
        self.lines = Array(lines.suffix(Self.countMax))
        place = self.lines.count
    }

    /// Adds a line, unless it is blank or the newest already, and leaves the past.
    mutating func add(_ line: String) {
        if !line.allSatisfy(\.isWhitespace), line != lines.last { lines.append(line) }
        if lines.count > Self.countMax { lines.removeFirst(lines.count - Self.countMax) }
        leave()
    }

    /// Back to the line being written.
    mutating func leave() { (place, draft) = (lines.count, "") }

    /// The line before the one shown; nil at the oldest. `current` is kept for the way back.
    mutating func older(than current: String) -> String? {
        guard place > 0 else { return nil }
        if place == lines.count { draft = current }
        place -= 1
        return lines[place]
    }

    /// The line after the one shown; nil at the one being written.
    mutating func newer() -> String? {
        guard place < lines.count else { return nil }
        place += 1
        return place == lines.count ? draft : lines[place]
    }
}

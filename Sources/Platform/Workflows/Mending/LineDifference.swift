/// Two texts side by side, line by line.
struct LineDifference {
    private enum Line {
        case same(Substring)
        case removed(Substring)
        case added(Substring)
    }
    private let lines: [Line]

    init(_ old: String, _ new: String) {
        // The break at the end of the last line begins no further one.
        func lines(_ text: String) -> [Substring] { (text.hasSuffix("\n") ? text.dropLast() : text[...]).split(separator: "\n", omittingEmptySubsequences: false) }
        let (old, new) = (lines(old), lines(new))
        var removed = Set<Int>(), added = Set<Int>()
        for change in new.difference(from: old) {
            switch change {
            case .remove(let offset, _, _): removed.insert(offset)
            case .insert(let offset, _, _): added.insert(offset)
            }
        }
        var (lines, place, target) = ([Line](), 0, 0)
        while place < old.count || target < new.count {
            if removed.contains(place) {
                lines.append(.removed(old[place]))
                place += 1
            } else if added.contains(target) {
                lines.append(.added(new[target]))
                target += 1
            } else {
                lines.append(.same(old[place]))
                (place, target) = (place + 1, target + 1)
            }
        }
        self.lines = lines
    }

    /// The notation of `diff -u`, with three lines around each change; empty for equal texts.
    func unified(name: String, around: Int = 3) -> String {
        let changed = lines.indices.filter { if case .same = lines[$0] { false } else { true } }
        guard !changed.isEmpty else { return "" }
        var ranges: [Range<Int>] = []
        for index in changed {
            let range = max(0, index - around)..<min(lines.count, index + around + 1)
            if let last = ranges.last, last.upperBound >= range.lowerBound { ranges[ranges.count - 1] = last.lowerBound..<range.upperBound } else { ranges.append(range) }
        }
        var text = "--- \(name)\n+++ \(name)\n"
        for range in ranges {
            let (before, inside) = (count(lines[..<range.lowerBound]), count(lines[range]))
            text += "@@ -\(before.old + (inside.old > 0 ? 1 : 0)),\(inside.old) +\(before.new + (inside.new > 0 ? 1 : 0)),\(inside.new) @@\n"
            for line in lines[range] {
                switch line {
                case .same(let line): text += " \(line)\n"
                case .removed(let line): text += "-\(line)\n"
                case .added(let line): text += "+\(line)\n"
                }
            }
        }
        return text
    }

    private func count(_ lines: ArraySlice<Line>) -> (old: Int, new: Int) {
        lines.reduce(into: (0, 0)) { count, line in
            switch line {
            case .same: count = (count.0 + 1, count.1 + 1)
            case .removed: count.0 += 1
            case .added: count.1 += 1
            }
        }
    }
}

import Kernels

/// Words that hold a digit, and labels that touch their numbers.
extension Scanner {
    /// Words that are walked together.
    private static let wordCountAtOnce = 2_048

    mutating func scanWords(_ view: ScanView, _ places: ScanSession.Places) {
        var (free, loose): ([ByteScan.Place], [ByteScan.Place]) = ([], [])
        var from = 0
        while from < places.words.count {
            free.removeAll(keepingCapacity: true)
            loose.removeAll(keepingCapacity: true)
            let end = min(from + Self.wordCountAtOnce, places.words.count)
            for index in from..<end {
                let place = ByteScan.Place(at: places.words[index].start, kind: places.kinds[index])
                if Borders.beginsFree(view.bytes, Int(place.at)) { free.append(place) } else { loose.append(place) }
            }
            runWords(view, places, fromEach: free, isLoose: false)
            runWords(view, places, fromEach: loose, isLoose: true)
            from = end
        }
        scanTouching(view, places)
    }

    private mutating func runWords(_ view: ScanView, _ places: ScanSession.Places, fromEach starts: [ByteScan.Place], isLoose: Bool) {
        var found: [PatternAutomaton.ItemEnd] = []
        swap(&found, &session.found)
        if isLoose {
            session.looseWords.matches(in: view.bytes, fromEach: starts, countMax: Self.matchCountMax, into: &found)
        } else {
            session.words.matches(in: view.bytes, fromEach: starts, countMax: Self.matchCountMax, into: &found)
        }
        let book = session.book
        // Many patterns end at the same place, and most of those within a longer word.
        var border = (end: -1, isFree: false)
        for match in found {
            let start = Int(starts[match.item].at)
            guard match.end > start else { continue }
            let number = Int(isLoose ? book.looseRules[Int(match.pattern)] : book.wordRules[Int(match.pattern)])
            if match.end != border.end { border = (match.end, Borders.endsFree(view.bytes, match.end)) }
            guard border.isFree || !book.isBounded[number], book.isAfter(number, view.bytes, start) else { continue }
            weigh(Int32(number), start..<match.end, view, places, isFree: true)
        }
        swap(&found, &session.found)
    }

    /// Bytes of a word before its first digit that may be a label.
    private static let touchingCountMax = 40

    /// Labels that touch their numbers: tel13800138000.
    private mutating func scanTouching(_ view: ScanView, _ places: ScanSession.Places) {
        var index = 0
        for word in places.words where view.bytes[Int(word.start)] >= 65 {
            while index < places.hits.count, places.hits[index].start < word.start { index += 1 }
            guard index < places.hits.count, places.hits[index].start < word.end, let digit = word.range.first(where: { view.bytes[$0] < 58 }) else { continue }
            guard digit - Int(word.start) <= Self.touchingCountMax else { continue }
            var next = index
            while next < places.hits.count, Int(places.hits[next].start) < digit {
                let hit = places.hits[next]
                next += 1
                // After a hump too (userPhone138…), but not in the middle of a random word, where short ones stand by chance.
                guard Int(hit.start + hit.length) == digit, hit.start == word.start || hit.length >= 4 else { continue }
                let labeled = session.book.labelOf[Int(hit.id)]
                guard !labeled.isEmpty else { continue }
                runWords(view, places, from: digit, only: labeled)
                break
            }
        }
    }

    /// Runs the word rules of some recognizers at one place, which may touch its label.
    mutating func runWords(_ view: ScanView, _ places: ScanSession.Places, from start: Int, only: [Int32], isHeaded: Bool = false) {
        let book = session.book
        let isLoose = isHeaded && !Borders.beginsFree(view.bytes, start)
        if isLoose {
            session.looseWords.matches(in: view.bytes, from: start, countMax: Self.matchCountMax, into: &session.ends)
        } else {
            session.words.matches(in: view.bytes, from: start, countMax: Self.matchCountMax, into: &session.ends)
        }
        for (pattern, end) in session.ends where end > start {
            let number = isLoose ? book.looseRules[Int(pattern)] : book.wordRules[Int(pattern)]
            guard only.contains(book.ruleRecognizers[Int(number)]), book.isAfter(Int(number), view.bytes, start) else { continue }
            guard !book.isBounded[Int(number)] || Borders.endsFree(view.bytes, end) else { continue }
            weigh(number, start..<end, view, places, isFree: true, isHeaded: isHeaded)
        }
    }
}

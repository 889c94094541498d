import Kernels

/// Scans views: finds anchors, runs patterns at them, weighs what they match, and looks behind escapes and encodings.
struct Scanner {
    /// Decoders one within another.
    static let depthMax = 3
    /// The longest match.
    static let matchCountMax = 8_192
    /// Views that one text may become, in bytes: what decoding may add to the work.
    let decodedCountMax: Int
    /// Whether drops are kept for `explain`.
    let explains: Bool
    /// What people's verdicts add, by recognizer; empty when there are none.
    let feedback: [FeedbackEffect?]

    var session: ScanSession
    private(set) var kept: [Weighed] = []
    private(set) var dropped: [Unkept] = []
    var decodedCount = 0

    static let confidenceMin = 0.5
    static let contextGain = 0.35
    static let contextLoss = 0.6
    /// Drops that are kept for `explain`; a hostile text could have one a byte.
    static let droppedCountMax = 20_000

    init(session: consuming ScanSession, textCount: Int, explains: Bool, feedback: [FeedbackEffect?] = []) {
        self.session = consume session
        self.feedback = feedback
        self.explains = explains
        decodedCountMax = 4 * textCount + 65_536
    }

    /// - Parameter heads: Places of the view at which values of known labels begin, from heads of columns outside it.
    mutating func scan(_ view: ScanView, heads: [TableLabels.Cell] = []) {
        // Taken out of the session, so that its room is used and not copied.
        let depth = min(view.depth, Self.depthMax + 1)
        var places = ScanSession.Places()
        swap(&places, &session.places[depth])
        ByteScan.words(in: view.bytes, into: &places.words)
        ByteScan.literals(session.book.literals, in: view.bytes, into: &places.hits)
        hideContained(&places)
        scanWords(view, places)
        scanHits(view, places)
        let cells = TableLabels.find(view.bytes, places, session.book) + heads
        for cell in cells {
            scanValue(view, places, cell.recognizers, [cell.range.lowerBound])
            runWords(view, places, from: cell.range.lowerBound, only: cell.recognizers, isHeaded: true)
        }
        for (recognizer, finder) in session.book.finders where !view.isCompacted { keep(finder.ranges(in: view.bytes), of: recognizer, view) }
        ByteScan.marks(in: view.bytes, kinds: Folding.kinds, into: &places.marks)
        scanMarks(view, places, cells)
        if view.depth < Self.depthMax, !view.isCompacted {
            scanRuns(view, cells)
            scanChains(view, places, cells)
        }
        swap(&places, &session.places[depth])
    }

    /// Words within longer ones say nothing: 编号 in 证件编号.
    private func hideContained(_ places: inout ScanSession.Places) {
        let hits = places.hits
        places.isHidden.removeAll(keepingCapacity: true)
        places.isHidden.append(contentsOf: repeatElement(false, count: hits.count))
        var index = 0
        while index < hits.count {
            var longest = index
            var next = index + 1
            let end = { (hit: ByteScan.Hit) in hit.start + hit.length }
            while next < hits.count, hits[next].start < end(hits[longest]) {
                if end(hits[next]) <= end(hits[longest]) {
                    if hits[next].start > hits[longest].start || hits[next].length < hits[longest].length { places.isHidden[next] = true }
                } else if hits[next].start == hits[longest].start {
                    places.isHidden[longest] = true
                    longest = next
                } else {
                    break
                }
                next += 1
            }
            index = max(next, index + 1)
        }
    }

    private mutating func scanWords(_ view: ScanView, _ places: ScanSession.Places) {
        for word in places.words {
            let range = word.range
            runWords(view, places, from: range.lowerBound, only: nil)
            // A label that touches its number: tel13800138000.
            if view.bytes[range.lowerBound] >= 65, let digit = range.first(where: { view.bytes[$0] < 58 }), digit - range.lowerBound <= 20,
                let labeled = labeled(view, places, endingAt: digit, from: range.lowerBound)
            {
                runWords(view, places, from: digit, only: labeled)
            }
        }
    }

    /// Recognizers whose label ends right before a place.
    private func labeled(_ view: ScanView, _ places: ScanSession.Places, endingAt end: Int, from start: Int) -> [Int32]? {
        var index = Self.firstHit(places.hits, from: start)
        while index < places.hits.count, Int(places.hits[index].start) < end {
            let hit = places.hits[index]
            if Int(hit.start + hit.length) == end, Int(hit.start) == start {
                let labels = session.book.uses[Int(hit.id)].labelOf
                if !labels.isEmpty { return labels }
            }
            index += 1
        }
        return nil
    }

    private mutating func runWords(_ view: ScanView, _ places: ScanSession.Places, from start: Int, only: [Int32]?, isHeaded: Bool = false) {
        let book = session.book
        // What touches its label begins within a word.
        let isLoose = (only == nil || isHeaded) && !Borders.beginsFree(view.bytes, start)
        if isLoose {
            session.looseWords.matches(in: view.bytes, from: start, countMax: Self.matchCountMax, into: &session.ends)
        } else {
            session.words.matches(in: view.bytes, from: start, countMax: Self.matchCountMax, into: &session.ends)
        }
        // Many patterns end at the same place, and most of those within a longer word.
        var border = (end: start, isFree: false)
        for (pattern, end) in session.ends where end > start {
            let number = isLoose ? book.looseRules[Int(pattern)] : book.wordRules[Int(pattern)]
            if let only, !only.contains(book.ruleRecognizers[Int(number)]) { continue }
            if end != border.end { border = (end, Borders.endsFree(view.bytes, end)) }
            guard border.isFree || !book.isBounded[Int(number)] else { continue }
            weigh(number, start..<end, view, places, isFree: true, isHeaded: isHeaded)
        }
    }

    private mutating func scanHits(_ view: ScanView, _ places: ScanSession.Places) {
        let (uses, isActive) = (session.book.uses, session.book.isActive)
        for (index, hit) in places.hits.enumerated() where isActive[Int(hit.id)] {
            let use = uses[Int(hit.id)]
            let start = Int(hit.start)
            for (recognizer, allowed) in use.begins {
                session.literals[Int(recognizer)].matches(in: view.bytes, from: start, countMax: Self.matchCountMax, into: &session.ends)
                for (pattern, end) in session.ends where end >= start {
                    let number = session.book.literalRules[Int(recognizer)][Int(pattern)]
                    guard allowed.contains(number) else { continue }
                    // A pattern of nothing means the literal itself.
                    weigh(number, start..<(end > start ? end : start + Int(hit.length)), view, places)
                }
            }
            if !use.labelOf.isEmpty, !places.isHidden[index] { scanLabel(view, places, use.labelOf, end: start + Int(hit.length)) }
        }
    }

    private mutating func scanLabel(_ view: ScanView, _ places: ScanSession.Places, _ recognizers: [Int32], end: Int) {
        let value = Connectors.skip(view.bytes, from: end)
        guard value < view.bytes.count else { return }
        // A value may begin with the bracket that was skipped.
        let bracket = Connectors.bracket(view.bytes, end..<value)
        scanValue(view, places, recognizers, bracket.map { [value, $0] } ?? [value])
    }

    /// Runs label rules where a labeled value begins.
    private mutating func scanValue(_ view: ScanView, _ places: ScanSession.Places, _ recognizers: [Int32], _ starts: [Int]) {
        for recognizer in recognizers where !session.book.labelRules[Int(recognizer)].isEmpty {
            for start in starts {
                session.labels[Int(recognizer)].matches(in: view.bytes, from: start, countMax: Self.matchCountMax, into: &session.ends)
                for (pattern, end) in session.ends where end > start {
                    weigh(session.book.labelRules[Int(recognizer)][Int(pattern)], start..<end, view, places, isLabeled: true)
                }
            }
        }
    }

    /// Checks a match, weighs the words around it and keeps or drops it.
    /// - Parameter isFree: Whether its borders were looked at already.
    mutating func weigh(
        _ number: Int32, _ range: Range<Int>, _ view: ScanView, _ places: ScanSession.Places, isLabeled: Bool = false, isFree: Bool = false,
        isHeaded: Bool = false, context: (view: ScanView, range: Range<Int>)? = nil
    ) {
        if !isFree, context == nil, session.book.isBounded[Int(number)], !Borders.isFree(view.bytes, range) { return }
        let entry = session.book.rules[Int(number)]
        var span = range
        var confidence = entry.rule.confidence
        var reason = entry.rule.reason
        if let check = entry.rule.check {
            switch check(Match(view: view.bytes, range: range)) {
            case .drop(let why): return drop(entry.recognizer, view.root(range), why)
            case .keep(let value, let why): (confidence, reason) = (value, why)
            case .span(let part, let value, let why):
                guard !part.isEmpty, part.lowerBound >= 0, part.upperBound <= view.bytes.count else { return }
                (span, confidence, reason) = (part, value, why)
            }
        }
        if confidence < 0.85, !isLabeled, !isHeaded { confidence -= view.doubt }
        let around = context ?? (view, span)
        var nearby: String?
        if isLabeled {
            nearby = "a label right before it"
        } else if isHeaded {
            confidence += Self.contextGain
            nearby = "a label at the head of its column"
        } else {
            switch Context.nearest(around.view.bytes, around.range, places, session.book, entry.recognizer) {
            case .raises:
                confidence += Self.contextGain
                nearby = "a word that speaks for it nearby"
            case .lowers:
                confidence -= Self.contextLoss
                nearby = "a word that speaks against it nearby"
            case .silent: break
            }
        }
        // Reasons are put together for what is kept or explained only.
        guard confidence >= Self.confidenceMin - 1e-9 || explains || !feedback.isEmpty else { return }
        var reasons = [reason] + (view.decoding.isEmpty ? [] : [view.decoding]) + (nearby.map { [$0] } ?? [])
        applyFeedback(entry.recognizer, around.view.bytes, around.range, &confidence, &reasons)
        guard confidence >= Self.confidenceMin - 1e-9 else { return drop(entry.recognizer, view.root(span), reasons.joined(separator: "; ")) }
        kept.append(Weighed(recognizer: entry.recognizer, range: view.root(span), confidence: min(1, confidence), reasons: reasons))
    }

    /// Keeps what a finder of a person's own has found.
    private mutating func keep(_ ranges: [Range<Int>], of recognizer: Int, _ view: ScanView) {
        for range in ranges where !range.isEmpty {
            var confidence = 0.9
            var reasons = ["in a list or by a pattern of your own"] + (view.decoding.isEmpty ? [] : [view.decoding])
            applyFeedback(recognizer, view.bytes, range, &confidence, &reasons)
            guard confidence >= Self.confidenceMin - 1e-9 else {
                drop(recognizer, view.root(range), reasons.joined(separator: "; "))
                continue
            }
            kept.append(Weighed(recognizer: recognizer, range: view.root(range), confidence: confidence, reasons: reasons))
        }
    }

    private func applyFeedback(_ recognizer: Int, _ text: [UInt8], _ range: Range<Int>, _ confidence: inout Double, _ reasons: inout [String]) {
        guard !feedback.isEmpty, let effect = feedback[recognizer] else { return }
        let (changed, reason) = FeedbackEffect.apply(effect.gain(in: text, range), to: min(1, confidence))
        guard let reason else { return }
        confidence = changed
        reasons.append(reason)
    }

    private mutating func drop(_ recognizer: Int, _ range: Range<Int>, _ reason: String) {
        guard explains, dropped.count < Self.droppedCountMax else { return }
        dropped.append(Unkept(recognizer: recognizer, range: range, reason: reason))
    }

    static func firstHit(_ hits: [ByteScan.Hit], from place: Int) -> Int {
        var (low, high) = (0, hits.count)
        while low < high {
            let middle = (low + high) / 2
            if Int(hits[middle].start) < place { low = middle + 1 } else { high = middle }
        }
        return low
    }
}

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
        WordKinds.kinds(of: places.words, in: view.bytes, into: &places.kinds)
        ByteScan.literals(session.book.literals, in: view.bytes, into: &places.hits)
        hideContained(&places)
        scanWords(view, places)
        scanHits(view, places)
        var cells = TableLabels.find(view.bytes, places, session.book)
        if !heads.isEmpty { cells = (cells + heads).sorted { $0.range.lowerBound < $1.range.lowerBound } }
        for cell in cells {
            scanValue(view, places, cell.recognizers, cell.range.lowerBound)
            runWords(view, places, from: cell.range.lowerBound, only: cell.recognizers, isHeaded: true)
        }
        for (recognizer, finder) in session.book.finders where !view.isCompacted { keep(finder.ranges(in: view.bytes), of: recognizer, view) }
        ByteScan.marks(in: view.bytes, kinds: Folding.kinds, blocks: Folding.blocks, into: &places.marks)
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

    private mutating func scanHits(_ view: ScanView, _ places: ScanSession.Places) {
        let book = session.book
        for (index, hit) in places.hits.enumerated() where book.isActive[Int(hit.id)] {
            let start = Int(hit.start)
            for beginning in book.begins[Int(hit.id)] {
                session.matchLiterals(of: beginning.recognizer, in: view.bytes, from: start)
                for (pattern, end) in session.ends where end >= start {
                    let number = book.literalRules[Int(beginning.recognizer)][Int(pattern)]
                    guard beginning.rules.contains(number) else { continue }
                    // A pattern of nothing means the literal itself.
                    weigh(number, start..<(end > start ? end : start + Int(hit.length)), view, places)
                }
            }
            if !places.isHidden[index], !book.labelOf[Int(hit.id)].isEmpty { scanLabel(view, places, book.labelOf[Int(hit.id)], end: start + Int(hit.length)) }
        }
    }

    private mutating func scanLabel(_ view: ScanView, _ places: ScanSession.Places, _ recognizers: [Int32], end: Int) {
        let value = Connectors.skip(view.bytes, from: end)
        guard value < view.bytes.count else { return }
        scanValue(view, places, recognizers, value)
        // A value may begin with the bracket that was skipped.
        if let bracket = Connectors.bracket(view.bytes, end..<value) { scanValue(view, places, recognizers, bracket) }
    }

    /// Runs label rules where a labeled value begins.
    private mutating func scanValue(_ view: ScanView, _ places: ScanSession.Places, _ recognizers: [Int32], _ start: Int) {
        let book = session.book
        for recognizer in recognizers where !book.labelRules[Int(recognizer)].isEmpty {
            session.matchLabels(of: recognizer, in: view.bytes, from: start)
            for (pattern, end) in session.ends where end > start {
                weigh(book.labelRules[Int(recognizer)][Int(pattern)], start..<end, view, places, isLabeled: true)
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
        var evidence = Evidence(tier: confidence, isChecked: false, isDecoded: !view.decoding.isEmpty)
        if confidence < 0.85, !isLabeled, !isHeaded { confidence -= view.doubt }
        let around = context ?? (view, span)
        if isLabeled {
            evidence.context = .label
        } else if isHeaded {
            confidence += Self.contextGain
            evidence.context = .head
        } else {
            switch Context.nearest(around.view.bytes, around.range, places, session.book, entry.recognizer) {
            case .raises:
                confidence += Self.contextGain
                evidence.context = .raises
            case .lowers:
                confidence -= Self.contextLoss
                evidence.context = .lowers
            case .silent: break
            }
        }
        // Reasons are put together for what is kept or explained only.
        guard confidence >= Self.confidenceMin - 1e-9 || explains || !feedback.isEmpty else { return }
        evidence.isChecked = entry.rule.check != nil && Evidence.namesCheck(reason)
        var reasons = [reason] + (view.decoding.isEmpty ? [] : [view.decoding]) + (evidence.context.reason.map { [$0] } ?? [])
        let score = min(1, confidence)
        if explains { reasons.append(evidence.text(score: score)) }
        applyFeedback(entry.recognizer, around.view.bytes, around.range, &confidence, &reasons)
        guard confidence >= Self.confidenceMin - 1e-9 else { return drop(entry.recognizer, view.root(span), reasons.joined(separator: "; ")) }
        let probability = Fusion.moved(Fusion.probability(of: evidence, isKept: true), by: min(1, confidence) - score)
        kept.append(Weighed(recognizer: entry.recognizer, range: view.root(span), confidence: min(1, confidence), probability: probability, reasons: reasons))
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
            kept.append(Weighed(recognizer: recognizer, range: view.root(range), confidence: confidence, probability: confidence, reasons: reasons))
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

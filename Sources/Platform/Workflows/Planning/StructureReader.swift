/// Marks what stands over actions: conditions, "each", "until", and the ways of a "depending on".
struct StructureReader {
    typealias Action = RequestUnderstanding.Action
    let units: [RequestUnit]
    let hits: [RequestReader.Hit]

    /// Kinds that work on one item as well as on many.
    static let perItem: Set<String> = ["model", "protect", "detect", "grade", "http", "knowledge-search", "call", "agent", "tool"]
    /// Kinds that a round of a loop can hold.
    static let perRound: Set<String> = ["model", "human", "detect", "protect", "knowledge-search", "evaluate", "tune-lora", "tune-tagger", "http", "wait", "transform"]

    func mark(_ actions: inout [Action], _ found: inout RequestUnderstanding) {
        markWays(&actions, &found)
        markEach(&actions)
        markLoop(&actions)
        markConditions(&actions, found)
    }

    private func markEach(_ actions: inout [Action]) {
        // "every password": what is hidden, and no list.
        func isOfValues(_ hit: RequestReader.Hit) -> Bool { hits.contains { $0.cue == .sensitive && $0.start >= hit.end && $0.start <= hit.end + 1 } }
        for hit in hits where hit.cue == .each && !isOfValues(hit) && !(hit.start > 0 && units[hit.start - 1].word == "of" && hit.end < units.count && ["type", "kind", "sort", "category", "class"].contains(units[hit.end].word ?? "")) {
            var members = actions.indices.filter { actions[$0].clause == hit.clause && Self.perItem.contains(actions[$0].kind) }
            // "Go through them one by one, mask …"
            if members.isEmpty, let next = actions.filter({ $0.clause > hit.clause }).map(\.clause).min() {
                members = actions.indices.filter { actions[$0].clause == next && Self.perItem.contains(actions[$0].kind) }
            }
            // "脱敏以后逐行…": what came before is done to all at once.
            if let turn = hits.last(where: { $0.cue == .after && $0.clause == hit.clause && $0.start < hit.start }), members.contains(where: { actions[$0].order > Double(hit.start) }) { members.removeAll { actions[$0].order < Double(turn.start) } }
            for index in members { actions[index].isEach = true }
        }
    }

    private func markLoop(_ actions: inout [Action]) {
        guard let hit = hits.first(where: { $0.cue == .until }) else { return }
        let near = actions.indices.filter { abs(actions[$0].clause - hit.clause) <= 1 && Self.perRound.contains(actions[$0].kind) }
        var looped = near
        // "…，不行就改，最多改三轮": what is done again was said before.
        let works: Set<String> = ["model", "tune-lora", "tune-tagger", "http", "transform", "evaluate", "protect", "knowledge-search"]
        if !looped.contains(where: { works.contains(actions[$0].kind) }), let work = actions.indices.filter({ works.contains(actions[$0].kind) && actions[$0].order < Double(hit.start) }).max(by: { actions[$0].order < actions[$1].order }) {
            looped.append(work)
            looped += actions.indices.filter { actions[$0].kind == "human" && actions[$0].order > actions[work].order && actions[$0].clause <= hit.clause + 1 }
        }
        for index in looped { actions[index].isLooped = true }
    }

    /// A condition stands over what follows it in its clause, or over the next clause when nothing does.
    private func markConditions(_ actions: inout [Action], _ found: RequestUnderstanding) {
        for (index, hit) in hits.enumerated() where [.good, .bad, .found].contains(hit.cue) {
            if hits.contains(where: { $0.cue == .until && $0.clause == hit.clause }) { continue }
            // An outcome is a condition where a word says so, a threshold stands beside it, or an action follows it.
            let isAsked = units[hit.end...].prefix(4).drop { !$0.isStop }.dropFirst().first?.word == "then"
            let hasWord = isAsked || hits.contains { $0.cue == .condition && $0.sentence == hit.sentence && $0.clause <= hit.clause && hit.clause - $0.clause <= 1 }
            let isRelative = hit.start > 0 && ["that", "which", "who"].contains(units[hit.start - 1].word ?? "")
            let isChinese = isRelative || units[hit.start].ideograph != nil || ["if", "otherwise"].contains(units[hit.start].word ?? "")
            let same = actions.indices.filter { actions[$0].clause == hit.clause && actions[$0].order > Double(hit.start) && actions[$0].order < 100_000 }
            let next = actions.filter { $0.clause > hit.clause }.map(\.clause).min()
            var targets = same
            if targets.isEmpty, hasWord || units[hit.start].word == "otherwise", let left = englishTail(hit, actions) { targets = left }
            if targets.isEmpty, let next { targets = actions.indices.filter { actions[$0].clause == next } }
            guard hasWord || isChinese || threshold(after: hit) != nil, !targets.isEmpty else { continue }
            var polarity = hit.cue == .bad ? RequestUnderstanding.Polarity.bad : .good
            if index > 0, hits[index - 1].cue == .not, hits[index - 1].clause == hit.clause { polarity = polarity == .good ? .bad : .good }
            // "合格的脱敏", "不合格的…": which rows are meant, not whether something is done at all.
            let isPart = hit.end < units.count && units[hit.end].ideograph == "的"
            for target in targets where actions[target].when == nil && actions[target].way == nil && !(isPart && !["human", "notify"].contains(actions[target].kind)) { actions[target].when = .init(polarity: polarity, threshold: threshold(after: hit), count: count(near: hit)) }
        }
    }

    /// "notify them if it fails": the action stands before the condition.
    private func englishTail(_ hit: RequestReader.Hit, _ actions: [Action]) -> [Int]? {
        guard let word = hits.last(where: { ($0.cue == .condition || $0.start == hit.start && units[hit.start].word == "otherwise") && $0.clause == hit.clause && $0.start <= hit.start }), units[word.start].word != nil, word.start > 0, !units[word.start - 1].isStop else { return nil }
        let left = actions.indices.filter { actions[$0].clause == hit.clause && actions[$0].order < Double(word.start) }
        return left.filter { !["data-import", "media-import"].contains(actions[$0].kind) }.max { actions[$0].order < actions[$1].order }.map { [$0] }
    }

    /// "超过 50 条不合格", "more than 50 are invalid": a number of things, no share.
    private func count(near hit: RequestReader.Hit) -> Double? {
        let clause = units[..<hit.start].lastIndex { $0.isStop }.map { $0 + 1 } ?? 0
        for index in clause..<min(units.count, hit.end + 4) {
            guard case .number(let value) = units[index], value >= 1, value == value.rounded() else { continue }
            let next = index + 1 < units.count ? units[index + 1] : .stop(isStrong: true)
            let before = units[..<index].suffix(2)
            let isMore = String(before.compactMap(\.ideograph)) == "超过" || String(before.compactMap(\.ideograph)) == "多于" || before.compactMap(\.word) == ["more", "than"]
            let isLeast = ["至少", "达到"].contains(String(before.compactMap(\.ideograph))) || before.compactMap(\.word) == ["at", "least"]
            guard isMore || isLeast, next.ideograph.map({ "条行份户个笔起处".contains($0) }) ?? ["rows", "records", "are", "entries", "items", "lines", "cases"].contains(next.word ?? "") else { continue }
            return isMore ? value : value - 1
        }
        return nil
    }

    private func threshold(after hit: RequestReader.Hit) -> Double? {
        for (offset, unit) in units[hit.end...].prefix(4).enumerated() {
            if case .number = unit, let next = units.dropFirst(hit.end + offset + 1).first, next.ideograph.map({ "条行份户个笔起处天".contains($0) }) ?? ["rows", "records", "are", "entries", "items", "days"].contains(next.word ?? "") { return nil }
            if case .number(let value) = unit { return value > 1 && value <= 100 ? value / 100 : value }
            if unit.isStop { break }
        }
        return nil
    }

    /// The ways of "depending on the type": every part behind it that asks for something is one.
    private func markWays(_ actions: inout [Action], _ found: inout RequestUnderstanding) {
        guard let hit = hits.first(where: { $0.cue == .route }) ?? sorted(actions) else { return }
        let isChinese = units[hit.start].ideograph != nil
        let members = actions.indices.filter { actions[$0].order > Double(hit.start) && actions[$0].order < 100_000 && actions[$0].clause >= hit.clause }.sorted { actions[$0].order < actions[$1].order }
        guard members.count > 1 else { return }
        var parts: [(start: Int, members: [Int])] = []
        for index in members {
            let place = Int(actions[index].order), start = partStart(before: place, after: hit.end, isChinese)
            if let last = parts.last, last.start == start { parts[parts.count - 1].members.append(index) } else { parts.append((start, [index])) }
        }
        guard parts.count > 1 else { return }
        for (way, part) in parts.enumerated() {
            for index in part.members { actions[index].way = way }
            found.ways.append(label(from: part.start, to: Int(actions[part.members[0]].order), isChinese) ?? "\(way + 1)")
        }
    }

    /// Sorting that is followed by a clause a class, each with what is done for it: "表扬发给…，投诉派单给…".
    private func sorted(_ actions: [Action]) -> RequestReader.Hit? {
        if let strict = titled(actions) { return strict }
        guard let hit = hits.first(where: { hit in hit.cue == .classify || hit.cue == .delegate && actions.contains { $0.clause == hit.clause && $0.kind == "model" } }) else { return nil }
        let targets = Set(actions.filter { $0.clause > hit.clause && ["notify", "human", "knowledge-index", "call", "data-export"].contains($0.kind) }.map(\.clause))
        let classes = targets.filter { clause in
            let part = RequestReader.clause(clause, units).drop { $0.isStop }
            guard let first = part.first, first.ideograph != nil || first.word != nil, !["and", "then", "the", "if", "it", "please", "finally", "now", "once", "when", "after"].contains(first.word ?? ""), let act = actions.first(where: { $0.clause == clause }) else { return false }
            // "Hardware: text the machine room."
            let title = clause > 0 ? RequestReader.clause(clause - 1, units).drop { $0.isStop } : []
            if (1...2).contains(title.count), !actions.contains(where: { $0.clause == clause - 1 }) { return true }
            return Int(act.order) > part.startIndex && !hits.contains { $0.start == part.startIndex && $0.cue != .content && $0.cue != .media }
        }
        let text = String(units.compactMap(\.ideograph)), words = units.compactMap(\.word)
        let isChoice = hit.cue == .classify || ["还是", "属于", "或者", "哪类", "哪一类", "三种", "两种", "四种", "几类", "三类", "两类", "哪种"].contains(where: text.contains) || zip(words, words.dropFirst()).contains { $0 == "or" && ["a", "an", "the"].contains($1) } || words.contains("whether")
        return classes.count >= (isChoice ? 2 : 3) ? hit : nil
    }

    /// Two clauses or more of the form "停电的通知抢修班", "Traffic: notify the police", behind something else.
    private func titled(_ actions: [Action]) -> RequestReader.Hit? {
        let kinds: Set<String> = ["notify", "human", "knowledge-index", "call", "model"]
        let clauses = Set(actions.filter { kinds.contains($0.kind) && $0.clause > 0 }.map(\.clause)).sorted().filter { clause in
            let part = RequestReader.clause(clause, units).drop { $0.isStop }
            guard let act = actions.filter({ $0.clause == clause && kinds.contains($0.kind) }).min(by: { $0.order < $1.order }) else { return false }
            let title = RequestReader.clause(clause - 1, units).drop { $0.isStop }
            if (1...2).contains(title.count), title.allSatisfy({ $0.word != nil }), !actions.contains(where: { $0.clause == clause - 1 }), Int(act.order) == part.startIndex { return true }
            guard part.first?.ideograph != nil, !hits.contains(where: { $0.start == part.startIndex && $0.cue != .content }) else { return false }
            let head = part.prefix { $0.ideograph != nil && $0.ideograph != "的" }
            return (1...6).contains(head.count) && head.endIndex < part.endIndex && units[head.endIndex].ideograph == "的" && Int(act.order) - head.endIndex <= 3 && Int(act.order) > head.endIndex
        }
        guard clauses.count >= 2, let first = clauses.first else { return nil }
        let start = units.indices.filter { units[$0].isStop }.dropFirst(first - 1).first ?? 0
        return RequestReader.Hit(cue: .route, start: start, end: start + 1, clause: first, sentence: 0)
    }

    private func partStart(before place: Int, after least: Int, _ isChinese: Bool) -> Int {
        for index in stride(from: place - 1, through: least, by: -1) where units[index].isStop || (!isChinese && units[index].word == "and") { return index + 1 }
        return least
    }

    /// What a part is about: its first words that are no cue.
    private func label(from start: Int, to end: Int, _ isChinese: Bool) -> String? {
        guard start < end else { return nil }
        let free = units[start..<end].prefix { $0.ideograph != nil || $0.word != nil }.filter { !["的", "则", "就", "由"].contains($0.ideograph.map { String($0) } ?? "") && !["the", "a", "to", "let", "get", "are", "is", "ones"].contains($0.word ?? "") }
        let text = RequestReader.text(free.prefix(isChinese ? 4 : 2))
        return text.isEmpty ? nil : text
    }
}

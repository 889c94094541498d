import Core
import Labels

/// Reads a request: cuts it into clauses, finds what is asked for in each, and how the parts hang together.
///
/// Verbs that mean several things are read with what they act on in their clause ("scan the folder", "scan the text"). Order words move actions, negations forbid kinds, conditions, "each" and "until" mark the
/// actions they stand over. ``NounReader`` keeps nouns apart from verbs, ``CauseReader`` says who is charged with a verb: a model, an agent, a person. What stands in quotation marks is never read for cues.
/// Rejected: a grammar of either language; requests are fragments, and words beside one another decide nearly everything. Rejected too: rules for whole phrases, which match only what their author has read.
struct RequestReader {
    typealias Action = RequestUnderstanding.Action
    private let lexicon: PlanLexicon
    /// What was learned; nil where there is none.
    let weights: RequestWeights?
    let trust: Trust

    init(lexicon: PlanLexicon = PlanLexicon(), weights: RequestWeights? = nil, trust: Trust = Trust()) { (self.lexicon, self.weights, self.trust) = (lexicon, weights, trust) }

    /// A cue with its place.
    struct Hit: Sendable {
        var cue: Cue
        let start: Int
        let end: Int
        let clause: Int
        let sentence: Int
    }

    /// Understands a request.
    func read(_ request: String) -> RequestUnderstanding {
        let units = SlotReader.units(of: request)
        let ideographs = units.reduce(0) { $0 + ($1.ideograph == nil ? 0 : 1) }, words = units.reduce(0) { $0 + ($1.word == nil ? 0 : 1) }
        var found = RequestUnderstanding(request: request, language: ideographs > words ? .chinese : .english, slots: .init())
        var causes = CauseReader(units: units, hits: corrected(hits(in: units), units))
        let hits = limits(causes.read(), units)
        SlotReader.numbers(in: units, into: &found.slots)
        readNames(units, hits, into: &found)
        let frames = FrameReader(units: units, hits: hits, hasTagger: hits.contains { $0.cue == .tagger } || units.contains { $0.word.map { word in word.split(separator: "-").contains { ["ner", "tagger"].contains($0) } } ?? false }, hasLanguage: hits.contains { $0.cue == .language }, hasLabels: hits.contains { $0.cue == .label })
        var actions: [Action] = []
        for (index, hit) in hits.enumerated() where hit.cue.isAction {
            guard let kind = frames.kind(at: index) else { continue }
            if isNegated(hit, hits, units) { found.forbidden.insert(kind); continue }
            let context = Self.text(units[..<hit.start].reversed().prefix { !$0.isStop }.reversed() + Array(units[hit.start...].prefix { !$0.isStop }))
            actions.append(Action(kind: kind, cue: hit.cue, words: Self.text(units[hit.start..<hit.end]), clause: hit.clause, context: String(context.prefix(200)), order: Double(hit.start)))
        }
        if !actions.contains(where: { $0.kind == "knowledge-search" }), let hit = hits.first(where: { known in known.cue == .knowledge && hits.contains { $0.clause == known.clause && [.good, .bad, .found].contains($0.cue) } && !actions.contains { $0.clause == known.clause } }) {
            // "if the knowledge base has no answer" asks for a search first.
            actions.append(Action(kind: "knowledge-search", cue: .retrieve, words: Self.text(units[hit.start..<hit.end]), clause: hit.clause, order: Double(hit.start)))
        }
        addImplied(&actions, hits, units, found)
        if let place = units.firstIndex(where: { $0.address != nil }), !actions.contains(where: { $0.kind == "http" }) {
            // An address that no verb speaks of is read from.
            actions.append(Action(kind: "http", cue: .fetch, words: units[place].address ?? "", clause: units[..<place].count { $0.isStop }, order: Double(place)))
            actions.removeAll { $0.kind == "call" }
        }
        if actions.contains(where: { $0.kind == "knowledge-index" }), !actions.contains(where: { $0.kind == "knowledge-search" }),
            let answer = actions.first(where: { action in action.kind == "model" && ["回答", "作答", "答复", "回复", "解答", "answer", "reply", "respond"].contains(where: action.words.hasPrefix) }) {
            // What is indexed and then answered from is searched in between.
            actions.append(Action(kind: "knowledge-search", cue: .retrieve, words: answer.words, clause: answer.clause, order: answer.order - 0.5))
        }
        for (index, action) in actions.enumerated() where action.kind == "notify" {
            // "email a summary": it is written first.
            guard let written = actions.firstIndex(where: { $0.kind == "model" && $0.clause == action.clause && $0.order > action.order && $0.order - action.order <= 4 }) else { continue }
            (actions[index].order, actions[written].order) = (actions[written].order, action.order)
        }
        // "mail them if there are any, otherwise do not": what is asked for elsewhere is not forbidden.
        found.forbidden.subtract(actions.map(\.kind))
        settle(&actions, hits, units, &found)
        complete(&actions, units, forbidden: found.forbidden)
        reorder(&actions, hits, units)
        StructureReader(units: units, hits: hits).mark(&actions, &found)
        markEach(&actions, units)
        found.actions = merged(actions, found)
        return found
    }

    private func hits(in units: [RequestUnit]) -> [Hit] {
        var hits: [Hit] = []
        var (index, clause, sentence) = (0, 0, 0), tails = Set<Int>()
        while index < units.count {
            if case .stop(let isStrong) = units[index] { clause += 1; if isStrong { sentence += 1 } }
            guard !tails.contains(index), let match = lexicon.match(units, at: index) else { index += 1; continue }
            hits.append(Hit(cue: match.cue, start: index, end: index + match.count, clause: clause, sentence: sentence))
            if let tail = match.tail { tails.formUnion(tail) }
            index += match.count
        }
        return hits
    }

    /// Files, addresses, and other names in plain letters: "ner-v2", "clean-one", "the logs folder".
    private func readNames(_ units: [RequestUnit], _ hits: [Hit], into found: inout RequestUnderstanding) {
        let covered = Set(hits.flatMap { Array($0.start..<$0.end) })
        for (index, unit) in units.enumerated() {
            switch unit {
            case .file(let path) where FrameReader.isFolder(path) && Self.isName(index, units): found.slots.names.append(path)
            case .file(let path):
                found.slots.paths.append(path)
                if let ending = path.split(separator: ".").last, SlotReader.mediaEndings.contains(ending.lowercased()) { found.hasMedia = true }
            case .address(let address): found.slots.addresses.append(address)
            case .word(let word) where !covered.contains(index):
                if word.contains("-") || word.contains("_") || (word.contains(where: \.isNumber) && word.contains(where: \.isLetter) && !["f1", "l1", "l2", "l3", "l4", "2am", "3am"].contains(word)) { found.slots.names.append(word) }
            default: break
            }
        }
        for hit in hits where hit.cue == .place {
            found.hasPlace = true
            if found.slots.paths.isEmpty, let quoted = Self.quoted(beside: hit, units) { found.slots.paths.append(quoted) }
            if found.slots.paths.isEmpty, hit.start > 0, let word = units[hit.start - 1].word, !["the", "a", "this", "that", "shared", "our", "my"].contains(word) { found.slots.paths.append(word) }
            if found.slots.paths.isEmpty, found.language == .chinese {
                // Words that mean something else, a time or what is to be done, are no part of a name.
                let start = units[..<hit.start].indices.last { covered.contains($0) }.map { $0 + 1 } ?? 0
                let name = units[start..<hit.start].reversed().prefix { $0.ideograph.map { !"把将到在对从的给这那个".contains($0) } ?? false }.prefix(8).compactMap(\.ideograph)
                let text = String(name.reversed())
                if !text.isEmpty, !Self.anyPlace.contains(text) { found.slots.paths.append(text) }
            }
        }
        if hits.contains(where: { $0.cue == .media }), !found.slots.paths.contains(where: { $0.split(separator: "/").last?.contains(".") ?? false }) { found.hasMedia = true }
        if let hit = hits.first(where: { $0.cue == .schedule }) {
            found.slots.schedule = Self.text(units[hit.start...].prefix { !$0.isStop }.prefix(hit.end - hit.start + 6))
        }
        if let hit = hits.first(where: { $0.cue == .notify || $0.cue == .send || $0.cue == .give }), hit.end < units.count {
            // "send the outcome to compliance"
            let toward = hit.cue == .notify ? nil : units[hit.end...].prefix(7).prefix { !$0.isStop }.firstIndex { $0.word == "to" }
            let rest = units[(toward ?? hit.end)...].drop { ["the", "to", "a"].contains($0.word ?? "") || "给到".contains($0.ideograph ?? " ") }.prefix { $0.ideograph != nil || $0.word != nil }
            let stop = hits.first { $0.start >= rest.startIndex && !$0.cue.isNoun && $0.cue != .role }?.start ?? units.count
            if let mail = units.lazy.compactMap(\.mail).first { found.slots.recipient = mail }
            let name = found.slots.recipient != nil ? "" : Self.text(rest.prefix { _ in true }.prefix(max(0, min(12, stop - rest.startIndex))))
            if !name.isEmpty { found.slots.recipient = name }
        }
        for (word, language) in [("英文", "English"), ("英语", "English"), ("中文", "Chinese"), ("日文", "Japanese"), ("english", "English"), ("chinese", "Chinese"), ("french", "French")] where found.request.lowercased().contains(word) { found.slots.targetLanguage = language }
    }

    /// The name in quotation marks right before or behind the word for a place.
    private static func quoted(beside hit: Hit, _ units: [RequestUnit]) -> String? {
        let near = units[max(0, hit.start - 3)..<hit.start].reversed() + units[hit.end..<min(units.count, hit.end + 3)]
        return near.prefix { !$0.isStop }.compactMap(\.quote).first
    }

    /// "as ward/notes", "登记成版本 ward/notes": the name of what is kept and no folder.
    static func isName(_ place: Int, _ units: [RequestUnit]) -> Bool {
        guard place > 0, let path = units[place].file, path.first != "/", path.first != "~" else { return false }
        let before = String(units[..<place].suffix(3).compactMap(\.ideograph))
        return ["as", "under", "called", "named", "version"].contains(units[place - 1].word ?? "") || ["版本", "成", "为", "叫", "名为", "一版", "台账", "登记"].contains(where: before.hasSuffix)
    }

    /// Words before a place that do not name one.
    private static let anyPlace: Set<String> = ["共享", "公共", "本地", "我们", "本机", "全部", "所有", "整个", "某"]

    private func isNegated(_ hit: Hit, _ hits: [Hit], _ units: [RequestUnit]) -> Bool {
        let isBefore = hits.contains { no in
            guard no.cue == .not, no.clause == hit.clause, no.end <= hit.start else { return false }
            let isShort = units[no.start].ideograph == "不" && no.end - no.start == 1
            // "抗不抗攻击", "好不好": a question.
            if isShort, no.start > 0, no.end < units.count, units[no.start - 1] == units[no.end] { return false }
            return hit.start - no.end <= (isShort ? 0 : units[no.start].word == "no" ? 1 : 3)
        }
        if isBefore { return true }
        // "masking isn't needed", "脱敏就免了"
        let behind = units[hit.end...].prefix(4).prefix { !$0.isStop }, words = behind.compactMap(\.word).joined(separator: " "), text = String(behind.compactMap(\.ideograph))
        return ["isn't needed", "is not needed", "not needed", "isn't necessary", "is not necessary", "not necessary", "isn't required", "not required", "is unnecessary", "can wait", "can be skipped", "isn't wanted"].contains(where: words.hasPrefix)
            || ["就免", "免了", "就不用", "就不必", "不需要", "不必", "省了", "可以省", "先放", "就不做", "可免"].contains(where: text.hasPrefix)
    }

    /// Follows "before" and "after". "Before A, B", "A之前，B" and "B after A".
    private func reorder(_ actions: inout [Action], _ hits: [Hit], _ units: [RequestUnit]) {
        for hit in hits where hit.cue == .before || hit.cue == .after {
            let same = actions.indices.filter { actions[$0].clause == hit.clause }
            let left = same.filter { actions[$0].order < Double(hit.start) }, right = same.filter { actions[$0].order > Double(hit.start) && actions[$0].order < Self.late }
            let hasLater = actions.contains { $0.clause > hit.clause && sentence(of: $0.clause, hits) == hit.sentence }
            let isChinese = units[hit.start].ideograph != nil
            if hit.cue == .before, isChinese, !left.isEmpty, hasLater || !right.isEmpty {
                for index in left { actions[index].order += Self.late }
            } else if hit.cue == .before, !isChinese, left.isEmpty, hit.start == 0 || units[hit.start - 1].isStop {
                for index in right { actions[index].order += Self.late }
            } else if hit.cue == .after, !isChinese, !left.isEmpty, !right.isEmpty, !["and", "then"].contains(units[hit.start - 1].word ?? "") {
                for index in right { actions[index].order -= Self.late }
            }
        }
    }

    private static let late = 100_000.0
    private func sentence(of clause: Int, _ hits: [Hit]) -> Int { hits.first { $0.clause == clause }?.sentence ?? 0 }

    /// One action a kind: a second mention adds what it says of it.
    private func merged(_ actions: [Action], _ found: RequestUnderstanding) -> [Action] {
        var kept: [Action] = []
        for action in actions.sorted(by: { $0.order < $1.order }) {
            // The ways of a switch are apart.
            if let known = kept.firstIndex(where: { $0.kind == action.kind && $0.way == action.way }) {
                kept[known].isEach = kept[known].isEach || action.isEach
                kept[known].isLooped = kept[known].isLooped || action.isLooped
                kept[known].when = kept[known].when ?? action.when
            } else {
                kept.append(action)
            }
        }
        return kept
    }

    static func text(_ units: some Sequence<RequestUnit>) -> String {
        var text = ""
        for unit in units {
            switch unit {
            case .ideograph(let character): text.append(character)
            case .word(let word): text += (text.last.map { $0.isASCII } ?? false ? " " : "") + word
            case .number(let number): text += (text.last.map { $0.isASCII } ?? false ? " " : "") + (number == number.rounded() && abs(number) < 1e9 ? "\(Int(number))" : "\(number)")
            case .file(let path): text += path
            case .address(let address): text += address
            case .quote(let quoted): text += quoted
            case .mail(let mail): text += (text.last.map { $0.isASCII } ?? false ? " " : "") + mail
            case .stop: break
            }
        }
        return text
    }
}

extension Cue {
    /// Whether it names a thing.
    var isNoun: Bool { [.sensitive, .place, .media, .knowledge, .model, .tagger, .language, .version, .rule, .level, .security, .flow, .letter, .endpoint].contains(self) }
}

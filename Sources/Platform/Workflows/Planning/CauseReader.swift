/// Reads who is to do something: "let the clerk correct it", "请录入员校对", "have the model judge each row", "a nurse types it up".
///
/// Who is between the word that charges and the verb decides the step: a model, an agent with tools, or a person. The verb that they are charged with is no step of its own.
struct CauseReader {
    typealias Hit = RequestReader.Hit
    let units: [RequestUnit]
    private(set) var hits: [Hit]

    init(units: [RequestUnit], hits: [Hit]) {
        (self.units, self.hits) = (units, hits)
        for (index, unit) in units.enumerated() where isAgentive(unit, at: index) {
            let hit = Hit(cue: .role, start: index, end: index + 1, clause: units[..<index].count { $0.isStop }, sentence: hits.last { $0.start < index }?.sentence ?? 0)
            self.hits.insert(hit, at: self.hits.firstIndex { $0.start > index } ?? self.hits.count)
        }
    }

    private static let notAgents: Set<String> = [
        "letter", "order", "number", "paper", "folder", "server", "register", "matter", "user", "customer", "computer", "printer", "power", "water", "weather", "quarter", "center", "character", "parameter", "error", "color", "sensor", "factor", "vector",
        "meter", "chapter", "newsletter", "poster", "container", "header", "footer", "monitor", "floor", "door", "ledger", "answer", "offer", "transfer", "filter", "layer", "tumor", "counter", "winter", "summer", "timer", "router", "carrier", "adapter",
        "newspaper", "reminder", "transformer", "insurer", "courier", "supplier", "other", "tagger", "recognizer", "classifier", "figure", "identifier", "list", "plant", "restaurant", "tenant", "grant", "applicant", "warrant", "participant", "claimant",
        "human", "german", "russian", "italian", "indian", "clear", "user", "former", "latter", "later", "manner", "cover", "corner", "border", "tender", "voucher", "pointer", "marker", "tracker", "scanner", "generator", "reactor", "motor", "author", "tutor",
    ]

    /// "a moderator reviews", "the plumber confirms": nouns of whoever does something, which no list has all of.
    private func isAgentive(_ unit: RequestUnit, at index: Int) -> Bool {
        guard let word = unit.word, word.count > 5, ["er", "or", "ist", "ian", "ant", "eer", "man", "woman"].contains(where: word.hasSuffix), !Self.notAgents.contains(word), index > 0, index + 1 < units.count else { return false }
        guard !hits.contains(where: { $0.start <= index && $0.end > index }), units[max(0, index - 3)..<index].contains(where: { ["a", "an", "the", "our", "two", "another"].contains($0.word ?? "") }) else { return false }
        return units[index + 1].word.map { Self.modals.contains($0) || $0.hasSuffix("s") && !$0.hasSuffix("ss") } ?? false
    }

    /// The hits, with what people and models are charged with in place of its verbs.
    mutating func read() -> [Hit] {
        for index in units.indices {
            if let word = units[index].word { charged(word, at: index); acted(word, at: index) } else if units[index].ideograph != nil { chargedChinese(at: index); actedChinese(at: index) }
        }
        return hits.filter { $0.cue != .ignored }
    }

    private enum Who { case model, agent, person, knowledge }

    // MARK: - English

    private static let charges: Set<String> = ["have", "let", "ask", "get", "make", "need", "want", "needs", "wants", "asks", "lets", "gets", "with", "having", "letting", "getting", "asking"]
    private static let modals: Set<String> = ["must", "has", "have", "should", "needs", "need", "will", "can", "may", "is", "are", "shall", "who"]
    /// What only people do, in their base form.
    private static let deeds: Set<String> = Set(["correct", "fix", "type", "transcribe", "pick", "choose", "decide", "say", "tell", "fill", "amend", "complete", "resolve", "handle", "deal", "see", "read", "answer", "work", "enter", "go", "take", "look", "mark", "write", "rule", "settle", "repair", "edit", "revise", "listen", "be", "hear", "give", "adjust", "set", "judge", "label"].map(PlanLexicon.stem))

    private mutating func charged(_ word: String, at index: Int) {
        guard Self.charges.contains(word), let end = end(ofCharge: index, word) else { return }
        if units[index...].prefix(8).prefix(while: { !$0.isStop }).contains(.word("know")) { return }
        if let phrase = hits.first(where: { $0.start == index }), phrase.end > index + 1, phrase.cue != .delegate { return }
        let near = Array(units[(index + 1)..<end])
        let text = near.compactMap(\.word)
        guard let first = text.first, !["me", "us", "it", "them", "this", "that"].contains(first) || text.count > 2 else { return }
        guard let who = who(index + 1, end, isAsked: word.hasPrefix("ask") || word.hasPrefix("have") || word.hasPrefix("let") || word.hasPrefix("get")) else { return }
        if word == "with", who != .agent { return }
        let verb = verb(at: end), isPassive = verb.map { $0.hasSuffix("ed") || ["done", "written", "sent", "kept", "read"].contains($0) } ?? false
        if word.hasPrefix("get"), who == .person, units[min(end, units.count - 1)].word != "to" { return }
        if who == .person, !word.hasPrefix("ask"), end >= units.count || units[end].isStop { return }
        if who == .person, isPassive, ["have", "get", "need", "needs", "has"].contains(word) { return }
        if who == .person, ["need", "want", "needs", "wants", "make"].contains(word), units[min(end, units.count - 1)].word != "to" { return }
        charge(who, from: index, verbAt: end)
    }

    /// Where the verb of "let X do" begins.
    private func end(ofCharge index: Int, _ word: String) -> Int? {
        for place in (index + 1)..<max(index + 2, min(index + 11, units.count)) {
            guard place < units.count else { return units.count }
            if units[place].isStop { return place > index + 1 ? place : nil }
            guard let next = units[place].word else { if units[place].file != nil { return nil }; if units[place].quote != nil { return place > index + 1 ? place : nil }; continue }
            guard place > index + 1 else { continue }
            if ["to", "whether", "if", "for", "about", "which", "what", "that", "who", "how", "once"].contains(next) { return next == "that" || next == "who" || next == "with" ? place : place }
            let isNominal = NounReader(units: units, hits: hits).isThing
            if Self.deeds.contains(PlanLexicon.stem(next)) && !next.hasSuffix("er") && !next.hasSuffix("ing") || hits.contains(where: { $0.start == place && $0.cue.isAction && ![.agent, .person].contains($0.cue) && !isNominal($0) && !next.hasSuffix("ing") }), place > index + 2 || units[index + 1].word.map({ !["the", "a", "an", "our", "my"].contains($0) }) ?? true { return place }
        }
        return nil
    }

    private func verb(at end: Int) -> String? {
        guard end < units.count, let word = units[end].word else { return nil }
        return word == "to" ? (end + 1 < units.count ? units[end + 1].word : nil) : word
    }

    private func who(_ start: Int, _ end: Int, isAsked: Bool) -> Who? {
        let inside = hits.filter { $0.start >= start && $0.start < end || $0.start < start && $0.end > start }
        if inside.contains(where: { $0.cue == .agent }) { return .agent }
        if inside.contains(where: { [.model, .language, .delegate].contains($0.cue) }), !inside.contains(where: { $0.cue == .tagger }) { return inside.contains { $0.cue == .role } && !inside.contains { $0.cue == .delegate } ? .person : .model }
        if inside.contains(where: { $0.cue == .knowledge }) { return .knowledge }
        if inside.contains(where: { [.role, .person].contains($0.cue) }) { return .person }
        // Names of people and of departments: what is no thing of a workflow.
        let words = units[start..<min(end, units.count)].compactMap(\.word)
        guard isAsked, !words.isEmpty, words.count <= 5, !inside.contains(where: { $0.cue.isNoun && ![.level, .security, .letter].contains($0.cue) }), !["it", "them", "this", "that", "these", "those", "everything", "what", "rid", "us", "me", "you"].contains(words[0]) else { return nil }
        return units[start..<min(end, units.count)].contains { $0.file != nil || $0.address != nil } ? nil : .person
    }

    /// "a nurse types it up", "two officers must agree", "typed out by an agent".
    private mutating func acted(_ word: String, at index: Int) {
        if let agent = hits.first(where: { $0.cue == .agent && $0.start == index }) { return absorb(after: agent.end, agent.clause) }
        // "remind me to clear it"
        if let told = hits.first(where: { $0.cue == .notify && $0.start == index }), let to = units[told.end...].prefix(6).prefix(while: { !$0.isStop }).firstIndex(of: .word("to")), hits.contains(where: { $0.start == to + 1 && $0.cue.isAction }) { return absorb(after: to + 1, told.clause, keeps: [.person]) }
        if let model = hits.first(where: { [.model, .language].contains($0.cue) && $0.start == index }), model.end < units.count, let verb = units[model.end].word, verb.hasSuffix("s"), !verb.hasSuffix("ss"), !["is", "has", "does", "was", "goes", "gets", "answers", "results"].contains(verb) || verb == "answers" {
            absorb(after: model.end, model.clause)
            return insert(.delegate, at: index, model)
        }
        guard let role = hits.first(where: { $0.cue == .role && $0.start == index }) else { return }
        let clause = hits.filter { $0.clause == role.clause }
        let before = units[..<index].suffix(4).reversed().prefix { !$0.isStop }.compactMap(\.word)
        if before.prefix(3).contains("by") {
            guard let done = clause.last(where: { $0.start < index && $0.cue.isAction && ![.notify, .send].contains($0.cue) }), index - done.start <= 7 else { return }
            if done.cue == .approve { return }
            replace(done.start, by: .person)
            return
        }
        // "the rest goes to an agent"
        if before.prefix(3).contains("to"), units[..<index].suffix(5).contains(where: { ["goes", "go", "falls", "handed", "passed"].contains($0.word ?? "") }), !clause.contains(where: { [.notify, .send, .person, .give].contains($0.cue) }) { return insert(.person, at: index, role) }
        // "let the model answer and an agent check it"
        if before.prefix(3).contains("and"), let charge = clause.first(where: { $0.start < index && [.delegate, .person, .agent].contains($0.cue) }), charge.start < index, let target = hits.firstIndex(where: { $0.start == role.end && $0.cue.isAction }) {
            hits[target].cue = .person
            return
        }
        // Whom something is told or given to does nothing yet.
        if clause.contains(where: { [.notify, .send, .give, .person, .approve].contains($0.cue) && $0.start < index && index - $0.start <= 5 }) || ["to", "for", "with", "from", "of", "at"].contains(where: before.prefix(2).contains) { return }
        // "Somebody put it there again" tells a story and asks for nothing.
        if ["somebody", "someone"].contains(word), let told = hits.firstIndex(where: { $0.start == role.end && $0.cue.isAction }), !(units[role.end].word?.hasSuffix("s") ?? false) {
            hits[told].cue = .ignored
            return
        }
        if ["wants", "gets", "receives", "expects", "wanted", "likes", "wrote", "asks"].contains(units[min(role.end, units.count - 1)].word ?? "") { return }
        var place = role.end, seen = 0
        while place < units.count, seen < 4, !units[place].isStop {
            guard let next = units[place].word else { return }
            let action = hits.firstIndex { $0.start == place && $0.cue.isAction }
            if ["is", "are"].contains(next), let mood = units[(place + 1)...].prefix(2).compactMap(\.word).first, ["fine", "happy", "ok", "okay", "satisfied", "content", "through", "done"].contains(mood) { return insert(.approve, at: index, role) }
            if Self.modals.contains(next) {
                guard let target = hits.firstIndex(where: { $0.clause == role.clause && $0.start > place && $0.start <= place + 5 && $0.cue.isAction }) else {
                    if next != "is", next != "are", next != "who" { insert(.person, at: index, role) }
                    return
                }
                if hits[target].cue == .approve { return }
                guard next != "is", next != "are" else { return }
                replace(hits[target].start, by: .person)
                return
            }
            let opens = before.allSatisfy { ["a", "an", "the", "which", "that", "and", "then", "our", "my", "your", "one"].contains($0) || !NounReader.things.contains(PlanLexicon.stem($0)) }
            if opens, place == role.end, action == nil, next.hasSuffix("s"), next.count > 4, !next.hasSuffix("ss"), !next.hasSuffix("'s"), place + 1 == units.count || units[place + 1].isStop && before.contains("which") || ["it", "them", "the", "a", "an", "this", "these", "those", "each", "every", "both", "all", "whether", "that", "out", "up", "what", "its", "their"].contains(units[place + 1].word ?? "") { insert(.person, at: index, role); return }
            if next.hasSuffix("s") || next.hasSuffix("ed"), action != nil || Self.deeds.contains(PlanLexicon.stem(next)) {
                if let action { if hits[action].cue != .approve { replace(hits[action].start, by: .person) } } else { insert(.person, at: place, role) }
                absorb(after: place + 1, role.clause)
                return
            }
            (place, seen) = (place + 1, seen + 1)
        }
    }

    // MARK: - Chinese

    private static let charging: [String] = ["安排", "交给", "交由", "转交给", "转给", "派给", "移交给", "麻烦", "得有", "得由", "需由", "需要", "须由", "劳烦", "提交给", "转发给", "发给", "送给", "推给", "让", "请", "由", "叫", "找", "派", "要", "经", "交", "问"]
    private static let notCharging: Set<String> = ["申请", "邀请", "理由", "自由", "经由", "缘由", "只要", "要么", "主要", "重要", "需要", "不要", "摘要", "纪要", "概要", "要点", "要求", "要是", "必要", "经过", "已经", "请求", "请假", "请示", "由于", "找到", "找出", "派出", "财经", "经营", "经济", "神经", "经常", "经办", "曾经", "交通", "交易", "交付", "交班", "交接", "交款", "提交", "移交", "转交", "递交", "上交", "社交", "外交", "成交", "交叉", "交警", "交由", "问题", "访问", "提问", "询问", "问答", "问卷", "顾问", "问诊", "问询", "学问", "疑问", "慰问", "反问"]
    private static let notPeople: Set<Character> = ["把", "将", "对", "用", "从", "先", "在", "根", "按", "帮", "给", "你", "每", "它", "其"]
    private static let suffixes: Set<Character> = ["员", "长", "师", "组", "科", "处", "部", "室", "岗", "人", "工", "总", "任", "会", "队", "班", "站", "姐", "哥", "办", "官", "方", "婶", "叔", "医", "护", "所", "庭", "院", "局", "司"]

    private mutating func chargedChinese(at index: Int) {
        guard index == 0 || !hits.contains(where: { $0.start < index && $0.end > index && ![.delegate, .ignored, .give].contains($0.cue) }) else { return }
        guard let word = Self.charging.first(where: { charge in text(index, charge.count) == charge }) else { return }
        if word.count == 1, Self.notCharging.contains(text(index, 2)) || (index > 0 && Self.notCharging.contains(text(index - 1, 2))) { return }
        let start = index + word.count
        let rest = units[start...].prefix { $0.ideograph != nil || $0.word != nil }.prefix(14)
        // "名字叫 x": how something is called.
        if word == "叫", rest.first?.word != nil || index > 0 && "字名就称".contains(units[index - 1].ideograph ?? " ") { return }
        guard let first = rest.first, !Self.notPeople.contains(first.ideograph ?? " ") else { return }
        let clause = units[..<index].count { $0.isStop }
        // "让能查知识库的智能体…": who it is stands at the end.
        if ["让", "请", "由", "叫", "找", "派", "用"].contains(word), let agent = hits.first(where: { $0.cue == .agent && $0.start >= start && $0.start < start + 16 && $0.clause == clause }) { return charge(.agent, from: index, verbAt: agent.end) }
        let verb = hits.first { $0.clause == clause && $0.start >= start + 1 && $0.cue.isAction && ![.agent, .delegate].contains($0.cue) }
        let end = min(verb?.start ?? rest.endIndex, rest.endIndex)
        guard end > start else { return }
        let inside = hits.filter { $0.start < end && $0.end > start && $0.clause == clause }
        if inside.contains(where: { $0.cue == .agent }) { return charge(.agent, from: index, verbAt: end) }
        if hits.contains(where: { $0.start == index && $0.cue == .delegate }) { return charge(.model, from: index, verbAt: end) }
        if inside.contains(where: { [.model, .language].contains($0.cue) }), !["要", "经", "找"].contains(word) { return charge(.model, from: index, verbAt: end) }
        guard !inside.contains(where: { [.knowledge, .tagger, .place].contains($0.cue) }) else { return }
        let isRole = inside.contains { $0.cue == .role }
        let last = units[start..<end].last { $0.ideograph != nil }?.ideograph
        let isOut = ["交给", "交由", "转给", "转交给", "派给", "提交给", "移交给", "交", "转发给", "发给", "送给", "推给"].contains(word)
        let isLong = end - start >= 2 && end - start <= 10
        let isByWorker = units[start..<end].dropFirst().suffix(3).contains { $0.ideograph.map { "员师长".contains($0) } ?? false }
        let isInside = isByWorker || verb == nil && rest.count >= 3 && rest.dropFirst().dropLast().contains { $0.ideograph.map { Self.suffixes.contains($0) } ?? false }
        guard isRole || isLong && (isInside || last.map { Self.suffixes.contains($0) } ?? false) else { return }
        // Given to somebody with nothing to do for them: it is handed over.
        if isOut, verb == nil, !isRole { guard let next = rest.last?.ideograph, "改看填选处定办补判查核".contains(next) else { return } }
        // Sent to somebody: a person's work only if there is work for them.
        if ["转发给", "发给", "送给", "推给"].contains(word), verb.map({ ![.approve, .check, .person, .validate, .transcribe].contains($0.cue) }) ?? true { return }
        if ["要", "找", "需要", "经"].contains(word), verb?.cue != .approve, verb?.cue != .check, verb?.cue != .transcribe { return }
        charge(.person, from: index, verbAt: end)
    }

    /// "护士长看完", "采购员核对": who does it stands right before.
    private mutating func actedChinese(at index: Int) {
        if let agent = hits.first(where: { $0.cue == .agent && $0.start == index }) { return absorb(after: agent.end, agent.clause) }
        // "模型找出…"
        if let model = hits.first(where: { [.model, .language].contains($0.cue) && $0.start == index }), let target = hits.firstIndex(where: { $0.start >= model.end && $0.start <= model.end + 1 && [.look, .check, .classify, .compute, .retrieve, .validate, .label, .write].contains($0.cue) }) {
            hits[target].cue = .delegate
            return absorb(after: hits[target].end, model.clause)
        }
        // "提醒我清理": what the reader of a notice is to do.
        if let told = hits.first(where: { $0.cue == .notify && $0.start == index }) { return absorb(after: told.end, told.clause, keeps: [.approve, .person, .notify, .send]) }
        let isWorker = "员师长".contains(units[index].ideograph ?? " ") && index > 0 && units[index - 1].ideograph != nil && !hits.contains { $0.start <= index && $0.end > index }
        let own = hits.first { $0.cue == .role && $0.start == index } ?? (isWorker ? Hit(cue: .role, start: index, end: index + 1, clause: units[..<index].count { $0.isStop }, sentence: 0) : nil)
        guard let role = own, let target = hits.firstIndex(where: { $0.start >= role.end && $0.start <= role.end + 1 && [.check, .transcribe, .validate, .look].contains($0.cue) }) else { return }
        if hits.contains(where: { $0.clause == role.clause && $0.start < index && [.notify, .send, .give, .person].contains($0.cue) }) { return }
        hits[target].cue = .person
    }

    private func text(_ start: Int, _ count: Int) -> String {
        guard start >= 0, start + count <= units.count else { return "" }
        return String(units[start..<start + count].compactMap(\.ideograph))
    }

    // MARK: - Changes

    private mutating func charge(_ who: Who, from index: Int, verbAt end: Int) {
        let clause = units[..<index].count { $0.isStop }, sentence = hits.last { $0.start <= index }?.sentence ?? 0
        let target = hits.first { $0.start >= end && $0.clause == clause && $0.cue.isAction }
        if who == .person, let target, target.cue == .approve, target.start - end <= 2 { absorb(after: target.end, clause); return drop(from: index, to: end) }
        drop(from: index, to: end)
        absorb(after: end, clause)
        // What an agent has and finds out is its own matter.
        if who == .agent { for place in hits.indices where hits[place].start >= index && hits[place].clause == clause && [.retrieve, .knowledge, .tool, .write, .compute, .look, .check, .delegate].contains(hits[place].cue) { hits[place].cue = .ignored } }
        let cue: Cue = switch who { case .model: .delegate; case .agent: .agent; case .person: .person; case .knowledge: .retrieve }
        insert(cue, at: index, Hit(cue: cue, start: index, end: min(index + 1, units.count), clause: clause, sentence: sentence))
    }

    private mutating func insert(_ cue: Cue, at index: Int, _ like: Hit) {
        let hit = Hit(cue: cue, start: index, end: index + 1, clause: like.clause, sentence: like.sentence)
        hits.removeAll { $0.start == index && $0.cue != .role }
        hits.insert(hit, at: hits.firstIndex { $0.start > index } ?? hits.count)
    }

    private mutating func replace(_ start: Int, by cue: Cue) { if let index = hits.firstIndex(where: { $0.start == start }) { hits[index].cue = cue } }
    private mutating func drop(from start: Int, to end: Int) { hits.removeAll { $0.start >= start && $0.start < end && $0.cue.isAction } }

    /// The verbs of a charge are no steps, up to the next "and", "then", 后, 再 or 并.
    private mutating func absorb(after place: Int, _ clause: Int, keeps: Set<Cue> = [.export, .index, .archive]) {
        let turns: Set<String> = ["then", "until", "till", "once", "when", "if", "before", "after", "unless", "whenever"]
        let stop = units[min(place, units.count)...].firstIndex { $0.isStop || turns.contains($0.word ?? "") || "后再并就".contains($0.ideograph ?? " ") } ?? units.count
        var joint = units[min(place, units.count)..<stop].firstIndex { $0.word == "and" } ?? stop
        // "read it and correct it" is one charge.
        if joint < stop, hits.contains(where: { $0.start == joint + 1 && [.approve, .check, .person, .compute, .classify].contains($0.cue) }) { joint = stop }
        for index in hits.indices where hits[index].start >= place && hits[index].start < joint && hits[index].clause == clause && hits[index].cue.isAction && !keeps.contains(hits[index].cue) { hits[index].cue = .ignored }
    }
}

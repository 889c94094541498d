/// Steps that no verb of their own asks for, and words that decide between two readings of the whole request.
extension RequestReader {
    private static let answering = ["回答", "作答", "答复", "解答", "回复", "answer", "reply", "replies", "respond"]

    func addImplied(_ actions: inout [Action], _ hits: [Hit], _ units: [RequestUnit], _ found: RequestUnderstanding) {
        func add(_ kind: String, _ cue: Cue, _ hit: Hit, order: Double? = nil) {
            guard !found.forbidden.contains(kind) else { return }
            actions.append(Action(kind: kind, cue: cue, words: Self.text(units[hit.start..<hit.end]), clause: hit.clause, order: order ?? Double(hit.start)))
        }
        func has(_ kinds: String...) -> Bool { actions.contains { kinds.contains($0.kind) } }
        // "直到法规处通过": whoever lets something pass is a person.
        if let until = hits.first(where: { $0.cue == .until }), !has("human", "evaluate"), let passed = hits.first(where: { hit in
            hit.cue == .good && hit.sentence == until.sentence && hit.clause >= until.clause && ["通", "满"].contains(units[hit.start].ideograph.map { String($0) } ?? "") && hit.start >= 2 && units[hit.start - 1].ideograph != nil
        }) { add("human", .approve, passed) }
        // What is answered from is searched first.
        if !has("knowledge-search", "knowledge-index"), let source = hits.first(where: { $0.cue == .knowledge }),
            let answer = actions.first(where: { action in action.kind == "model" && (Self.answering.contains(where: action.words.hasPrefix) || Self.answering.contains(where: action.context.contains)) && abs(action.clause - source.clause) <= 1 })
        {
            add("knowledge-search", .retrieve, source, order: answer.order - 0.5)
        }
        // A knowledge base that is only spoken of is asked, unless something goes into it.
        if !has("knowledge-search", "knowledge-index", "agent"), let base = hits.first(where: { $0.cue == .knowledge && (Self.isBase($0, units) || Self.isQuestion($0, units)) }) {
            let before = units[..<base.start].suffix(3), isInto = before.contains { ["into", "to"].contains($0.word ?? "") || "进入".contains($0.ideograph ?? " ") }
            let isFiled = hits.contains { $0.clause == base.clause && $0.cue == .file && $0.start < base.start && $0.start > 0 && (units[$0.start - 1].isStop || units[$0.start - 1].word == "and") }
            if isInto || isFiled { add("knowledge-index", .index, base) } else { add("knowledge-search", .retrieve, base) }
        }
        if !has("knowledge-index"), let base = hits.first(where: { $0.cue == .knowledge && Self.isBase($0, units) && units[..<$0.start].suffix(3).contains(.word("into")) }) { add("knowledge-index", .index, base) }
        // "which sensitive fields does it have?"
        if !has("detect", "protect", "scan", "grade"), units.contains(where: { $0.file != nil }), let asked = hits.first(where: { $0.cue == .sensitive && Self.isQuestion($0, units) }) { add("detect", .look, asked) }
        // A mark for a model that is named.
        if !has("evaluate", "assess", "tune-lora"), found.slots.threshold != nil, let name = units.firstIndex(where: { $0.word.map(FrameReader.isModelName) ?? false }), units.contains(where: { $0.file != nil }) { add("evaluate", .measure, Hit(cue: .measure, start: name, end: name + 1, clause: units[..<name].count { $0.isStop }, sentence: 0)) }
        // A measure with a mark is taken before it decides.
        if !has("evaluate", "assess", "tune-lora"), let mark = hits.first(where: { $0.cue == .metric }), has("tune-tagger", "deploy", "rollback") || hits.contains(where: { $0.cue == .model || $0.cue == .tagger }) || units.contains(where: { $0.word.map(FrameReader.isModelName) ?? false }) { add("evaluate", .measure, mark) }
        // Security of a model that is asked after.
        if !has("assess"), let asked = hits.first(where: { hit in hit.cue == .security && Self.clause(hit.clause, units).contains { $0.word.map(FrameReader.isModelName) ?? false } }), !has("human") || !has("notify") { add("assess", .probe, asked) }
        // Sensitive data and a place to look for them.
        if !has("scan", "detect", "protect", "data-list", "data-import", "grade"), let place = hits.first(where: { hit in hit.cue == .place && hits.contains { $0.clause == hit.clause && $0.cue == .sensitive } }) { add("scan", .scan, place) }
        // Blank rows, doubled rows and the like are there to be cleaned away, unless they are what a rule forbids.
        if !has("data-clean"), let dirt = hits.first(where: { hit in hit.cue == .dirt && (!has("data-validate") || hits.contains { $0.clause == hit.clause && $0.cue == .remove }) }) { add("data-clean", .clean, dirt) }
        // Rules that data keep or break are checked.
        if !has("data-validate"), let rule = hits.first(where: { hit in hit.cue == .rule && (String(Self.clause(hit.clause, units).compactMap(\.ideograph)).contains("要求") || hits.contains { $0.cue == .bad } || Self.clause(hit.clause, units).contains { ["must", "should", "may", "does", "do", "are", "can't", "cannot", "mustn't", "lie"].contains($0.word ?? "") }) }), units.contains(where: { $0.file != nil }), !has("detect", "evaluate") { add("data-validate", .validate, rule) }
        // What comes from outside is waited for.
        if !has("await"), let event = hits.first(where: { hit in hit.cue == .event && hits.contains { $0.clause == hit.clause && [.condition, .after, .wait, .until].contains($0.cue) } }) { add("await", .wait, event) }
        // "要是查出敏感数据": what the scan found, and no search of its own.
        if has("scan") { actions.removeAll { action in action.kind == "detect" && hits.contains { $0.clause == action.clause && $0.cue == .condition } } }
        // An assessment in the same breath is no measure of its own.
        let assessed = actions.filter { $0.kind == "assess" }.map(\.clause)
        actions.removeAll { action in action.kind == "evaluate" && assessed.contains { abs($0 - action.clause) <= 1 } }
        addPauses(&actions, hits, units)
        addMails(&actions, hits, units)
    }

    static func isBase(_ hit: Hit, _ units: [RequestUnit]) -> Bool {
        ["知识库", "资料库", "文档库", "制度库", "政策库"].contains(String(units[hit.start..<hit.end].compactMap(\.ideograph))) || ["knowledge", "kb", "wiki", "faq", "knowledgebase"].contains(units[hit.start].word ?? "")
    }

    private static func isQuestion(_ hit: Hit, _ units: [RequestUnit]) -> Bool {
        let clause = Self.clause(hit.clause, units)
        return ["什么", "怎么", "哪些", "如何", "是否", "多少", "几天", "多久", "怎样"].contains(where: String(clause.compactMap(\.ideograph)).contains) || clause.contains { ["what", "how", "which", "whether", "who", "when"].contains($0.word ?? "") }
    }

    /// "in fifteen minutes", "十分钟之后": a pause without a verb.
    private func addPauses(_ actions: inout [Action], _ hits: [Hit], _ units: [RequestUnit]) {
        guard !actions.contains(where: { ["wait", "tool"].contains($0.kind) }) else { return }
        for index in units.indices where SlotReader.hasDuration(units[index..<min(units.count, index + 4)]) && units[index].word != "a" {
            let behind = String(units[index...].prefix(7).prefix { !$0.isStop }.compactMap(\.ideograph)), next = units[index...].prefix(5).compactMap(\.word), last = units[..<index].last?.word ?? ""
            let isChinese = ["分钟后", "小时后", "秒后", "天后", "分钟之后", "小时之后", "天之后", "分钟以后", "小时以后", "天以后", "钟头后", "个钟头之后", "周后", "周之后", "秒之后", "刻钟后"].contains(where: behind.contains)
            let isPast = units[..<index].last?.ideograph.map { "过隔".contains($0) } ?? false
            guard isChinese || isPast || next.contains("later") || next.joined(separator: " ").contains("from now") || ["in", "after"].contains(last) && (units[..<index].count < 2 || !["with", "once"].contains(units[index - 2].word ?? "")) else { continue }
            let clause = units[..<index].count { $0.isStop }
            actions.append(Action(kind: "wait", cue: .wait, words: Self.text(units[index..<min(units.count, index + 3)]), clause: clause, order: Double(index)))
            return
        }
    }

    /// A mail address that nothing is done with is written to.
    private func addMails(_ actions: inout [Action], _ hits: [Hit], _ units: [RequestUnit]) {
        for (index, unit) in units.enumerated() where unit.mail != nil {
            let clause = units[..<index].count { $0.isStop }
            guard !actions.contains(where: { $0.clause == clause && $0.kind == "notify" }) else { continue }
            actions.append(Action(kind: "notify", cue: .send, words: unit.mail ?? "", clause: clause, order: Double(index)))
        }
    }

    /// What the request as a whole makes of its actions.
    func settle(_ actions: inout [Action], _ hits: [Hit], _ units: [RequestUnit], _ found: inout RequestUnderstanding) {
        settleFiles(&actions, hits, units, &found)
        for index in actions.indices where actions[index].kind == "notify" {
            let clause = actions[index].clause
            let place = actions[index].order, others = actions.filter { $0.clause == clause && $0.order != place }.map(\.order)
            let least = found.language == .chinese ? others.filter { $0 < place }.max() ?? -1 : place, most = others.filter { $0 > place }.min() ?? .infinity
            let isAnswer = ["告诉我", "tell me"].contains(where: Self.text(Self.clause(clause, units)).contains) && actions.contains { $0.clause == clause && ["grade", "detect", "evaluate", "assess", "scan"].contains($0.kind) && $0.order < place }
            actions[index].tells = isAnswer || hits.contains { $0.clause == clause && [.content, .metric, .level, .list].contains($0.cue) && Double($0.start) > least && Double($0.start) < most }
            actions[index].quote = Self.clause(clause, units).compactMap(\.quote).first
        }
        found.quote = units.lazy.compactMap(\.quote).first
        // Words and not a thing given: "write a slogan" needs nothing to begin with.
        found.isFree = !units.contains { $0.file != nil } && !hits.contains { [.recording, .media, .place].contains($0.cue) } && !Self.given(units) && found.quote == nil
    }

    static func clause(_ number: Int, _ units: [RequestUnit]) -> ArraySlice<RequestUnit> {
        var count = 0, start = 0
        for (index, unit) in units.enumerated() where unit.isStop {
            if count == number { return units[start..<index] }
            (count, start) = (count + 1, index)
        }
        return units[start...]
    }

    /// Whether something is given to work on: "this text", "该投诉", "来信".
    private static func given(_ units: [RequestUnit]) -> Bool {
        let text = String(units.compactMap(\.ideograph))
        if ["这", "该", "来信", "来件", "留言", "投诉内容", "名单", "收到", "下面", "以下", "合同", "原文", "来电"].contains(where: text.contains) { return true }
        let words = units.compactMap(\.word)
        return words.contains { ["this", "these", "incoming", "following", "attached", "above"].contains($0) } || zip(words, words.dropFirst()).contains { $0 == "the" && ["message", "text", "letter", "contract", "email", "mail", "document", "complaint", "note"].contains($1) }
    }

    private static let filing: Set<String> = ["data-export", "data-version", "knowledge-index"]

    /// Files that no step reads, folders that are gone through file by file, pictures among data.
    private func settleFiles(_ actions: inout [Action], _ hits: [Hit], _ units: [RequestUnit], _ found: inout RequestUnderstanding) {
        let folders = Self.folders(hits, units), files = units.enumerated().filter { entry in entry.element.file.map { !FrameReader.isFolder($0) } ?? false }
        let namesFiles = hits.contains { $0.cue == .each && units[$0.start..<min(units.count, $0.end + 3)].contains { ["file", "files", "picture", "photo", "scan", "pdf", "recording", "image"].contains($0.word ?? "") } }
        let isFolderOnly = files.isEmpty && (namesFiles || hits.contains { $0.cue == .each } && units.indices.dropFirst().contains { units[$0].word.map { $0.contains("-") } ?? false && ["in", "from", "under", "through"].contains(units[$0 - 1].word ?? "") } || !folders.isEmpty || found.hasPlace || actions.contains { $0.kind == "data-list" })
        let isMedia = hits.contains { hit in hit.cue == .media || hit.cue == .each && units[hit.end..<min(units.count, hit.end + 2)].contains { ["scan", "scans", "x-ray", "form"].contains($0.word ?? "") } } || files.contains { FrameReader.isMedia($0.element.file ?? "") }
        let each = hits.first { hit in hit.cue == .each && Self.goesOverFiles(hit, hits, units) }
        let scans = actions.contains { $0.kind == "scan" }
        // "for every file of the folder", "list the files and …"
        if isFolderOnly, !scans, let each, !actions.contains(where: { $0.kind == "data-list" }), !Self.isWhole(units) {
            actions.append(Action(kind: "data-list", cue: .list, words: Self.text(units[each.start..<each.end]), clause: 0, order: -1))
        }
        if actions.contains(where: { $0.kind == "data-list" }), each != nil || actions.contains(where: { ["data-import", "media-import"].contains($0.kind) }) {
            let kind = isMedia ? "media-import" : "data-import", works = actions.contains { ["detect", "protect", "grade", "model", "knowledge-index", "data-version", "data-clean", "data-validate", "data-export", "transform"].contains($0.kind) }
            if works || actions.contains(where: { ["data-import", "media-import"].contains($0.kind) }) {
                let words = actions.first { ["data-import", "media-import"].contains($0.kind) }?.words ?? each.map { Self.text(units[$0.start..<$0.end]) } ?? actions.first { $0.kind == "data-list" }?.words ?? kind
                actions.removeAll { ["data-import", "media-import"].contains($0.kind) }
                actions.append(Action(kind: kind, cue: .take, words: words, clause: 0, order: -0.5))
                found.overFiles = true
            }
        }
        if found.overFiles, found.slots.paths.isEmpty, let name = found.slots.names.first { found.slots.paths = [name] }
        // What a program works out is not worked out again.
        if actions.contains(where: { ["code", "tool"].contains($0.kind) }) { actions.removeAll { $0.kind == "transform" } }
        if let agent = actions.first(where: { $0.kind == "agent" }) { actions.removeAll { $0.kind == "tool" || $0.kind == "transform" && $0.clause - agent.clause == 1 } }
        guard !found.overFiles else { return }
        // Pictures and recordings are read by their own kind.
        if !files.isEmpty, files.allSatisfy({ FrameReader.isMedia($0.element.file ?? "") }), let index = actions.firstIndex(where: { $0.kind == "data-import" }) {
            let old = actions[index]
            actions[index] = Action(kind: "media-import", cue: old.cue, words: old.words, clause: old.clause, context: old.context, order: old.order)
        }
        // A file that is named and that no step reads or writes is read.
        guard !actions.isEmpty, !actions.contains(where: { ["data-import", "media-import"].contains($0.kind) }), !(scans && files.isEmpty) else { return }
        guard let file = files.first(where: { entry in !actions.contains { Self.filing.contains($0.kind) && $0.order < Double(entry.offset) && $0.clause == units[..<entry.offset].count { $0.isStop } && Self.isTarget(entry.offset, units) } }) else { return }
        let kind = FrameReader.isMedia(file.element.file ?? "") ? "media-import" : "data-import"
        guard actions.contains(where: { !["scan", "http", "data-list"].contains($0.kind) }) else { return }
        actions.append(Action(kind: kind, cue: .take, words: file.element.file ?? "", clause: units[..<file.offset].count { $0.isStop }, order: Double(file.offset) - 0.5))
    }

    private static func isTarget(_ place: Int, _ units: [RequestUnit]) -> Bool {
        place > 0 && (["to", "into", "in", "as", "called", "named"].contains(units[place - 1].word ?? "") || "到成为进入叫".contains(units[place - 1].ideograph ?? " "))
    }

    private static func folders(_ hits: [Hit], _ units: [RequestUnit]) -> [String] { units.compactMap(\.file).filter(FrameReader.isFolder) }

    /// Whether "each" is about files and not about rows.
    private static func goesOverFiles(_ hit: Hit, _ hits: [Hit], _ units: [RequestUnit]) -> Bool {
        let near = units[hit.start..<min(units.count, hit.end + 4)], ideographs = String(near.compactMap(\.ideograph)), words = near.compactMap(\.word)
        if units[hit.start].ideograph != nil { return !["条", "行", "笔", "篇", "页"].contains(where: String(units[hit.start..<hit.end].compactMap(\.ideograph)).contains) || ideographs.contains("文件") }
        let rows: Set<String> = ["row", "line", "record", "article", "entry", "review", "complaint", "response", "question", "page", "paragraph", "sentence", "rows", "records", "item", "customer", "message"]
        return !words.contains(where: rows.contains)
    }

    /// "整个读进来", "as one": a folder is read at once.
    private static func isWhole(_ units: [RequestUnit]) -> Bool {
        let text = String(units.compactMap(\.ideograph)), words = units.compactMap(\.word).joined(separator: " ")
        return ["整个读", "整个导", "一次读", "一次性", "一并读", "一起读", "算一条", "作为一条", "一个文件一条", "当一条"].contains(where: text.contains) || ["as a whole", "in one go", "one record per file", "a record per file", "each file a record", "as one record", "file as a record", "file is a record", "all at once", "file becomes one record", "per file as a record", "one record a file", "whole folder"].contains(where: words.contains)
    }

    /// "at most five times", "最多四轮": a bound is one of rounds, where something is done again.
    func limits(_ hits: [Hit], _ units: [RequestUnit]) -> [Hit] {
        guard !hits.contains(where: { $0.cue == .until }) else { return hits }
        let most = ["最多", "至多", "顶多", "不超过", "上限"]
        for (index, unit) in units.enumerated() {
            guard SlotReader.isNumber(unit), index + 1 < units.count, SlotReader.isOfRounds(index, units) else { continue }
            let before = String(units[..<index].suffix(5).compactMap(\.ideograph))
            let told = units[..<index].suffix(4).compactMap(\.word).joined(separator: " "), next = units[(index + 1)...].prefix(4).compactMap(\.word)
            let isChinese = most.contains(where: before.contains) || ["封顶", "为限", "为上限", "打住"].contains(where: String(units[(index + 1)...].prefix(5).compactMap(\.ideograph)).contains)
            let isEnglish = ["at most", "up to", "no more than", "maximum", "max", "not more than", "limit"].contains(where: told.contains) || next.contains("most") || next.contains("tops") || next.contains("max")
            guard isChinese || isEnglish else { continue }
            let clause = units[..<index].count { $0.isStop }
            let hit = Hit(cue: .until, start: index, end: index + 1, clause: clause, sentence: hits.last { $0.start <= index }?.sentence ?? 0)
            var list = hits
            list.insert(hit, at: list.firstIndex { $0.start > index } ?? list.count)
            return list
        }
        return hits
    }
}

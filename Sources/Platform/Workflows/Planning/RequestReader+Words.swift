import Labels

/// Words that are no verbs where they stand, and verbs that mean something else there.
extension RequestReader {
    /// Words that are nouns where they stand: "every review", "write a notice", "let HR know".
    func corrected(_ hits: [Hit], _ units: [RequestUnit]) -> [Hit] {
        var hits = hits
        let isChinese = units.count { $0.ideograph != nil } > units.count { $0.word != nil }
        for (index, hit) in hits.enumerated() {
            let before = index > 0 && hits[index - 1].clause == hit.clause ? hits[index - 1] : nil
            if NounReader(units: units, hits: hits).isThing(hit) { hits[index].cue = ["judge", "judges"].contains(units[hit.start].word ?? "") ? .role : .content; continue }
            if isPast(hit, units) { hits[index].cue = .ignored; continue }
            // "输出登记版本": what came out is kept.
            if hit.cue == .export, hits.indices.contains(index + 1), hits[index + 1].start == hit.end, [.archive, .store].contains(hits[index + 1].cue), units[hit.start].ideograph == "输" { hits[index].cue = .content; continue }
            if hit.cue == .write, hit.end < units.count, units[hit.end].word == "to", units[hit.end...].prefix(3).contains(where: { $0.mail != nil }) { hits[index].cue = .ignored; continue }
            // "write the registrar an email" tells; nothing is composed.
            if hit.cue == .write, PlanLexicon.stem(units[hit.start].word ?? "") == "writ", hits.indices.contains(index + 2), hits[index + 1].cue == .role, hits[index + 2].cue == .notify, hits[index + 2].clause == hit.clause { hits[index].cue = .ignored; continue }
            // "Decide which it is": an order to whoever carries out the request, and no person's decision.
            if hit.cue == .approve, hit.start == 0 || units[hit.start - 1].isStop, ["decide", "choose", "pick", "select", "determine"].contains(units[hit.start].word ?? "") { hits[index].cue = .write }
            // "about storing it": an activity that is spoken of.
            if let word = units[hit.start].word, word.hasSuffix("ing"), hit.cue.isAction, hit.start > 0, ["about", "of", "on", "for", "at", "from", "against", "into"].contains(units[hit.start - 1].word ?? "") { hits[index].cue = .content; continue }
            // English words of a Chinese request are names, but for a few.
            if isChinese, units[hit.start].word != nil, hit.cue.isAction, ![.tune, .program, .tool, .agent].contains(hit.cue), hit.end - hit.start == 1 { hits[index].cue = .ignored }
            if isNoun(hit, before, hits.indices.contains(index + 1) ? hits[index + 1] : nil, units) { hits[index].cue = .ignored }
            // "keep it" is no loop; "keep trying" is.
            if hit.cue == .until, units[hit.start].word == "keep", hit.end < units.count, !(units[hit.end].word?.hasSuffix("ing") ?? false) { hits[index].cue = .store }
            if hit.cue.isAction, hit.cue != .model, before?.cue == .each, before?.end == hit.start, units[hit.start].word != nil { hits[index].cue = .ignored }
            // "写一份放假通知": a letter is written, nobody is told yet.
            if hit.cue == .notify, units[hit.start].ideograph != nil, let before, [.write, .delegate].contains(before.cue), hit.start - before.end <= 8, hit.end == units.count || units[hit.end].isStop { hits[index].cue = .letter }
        }
        for (index, unit) in units.enumerated() where unit.word == "know" && units[max(0, index - 5)..<index].contains(.word("let")) {
            let near = hits.last { $0.start < index }
            let hit = Hit(cue: .notify, start: index, end: index + 1, clause: units[..<index].count { $0.isStop }, sentence: near?.sentence ?? 0)
            hits.insert(hit, at: hits.firstIndex { $0.start > index } ?? hits.count)
        }
        return hits.filter { $0.cue != .ignored }
    }

    /// What was done before the request: "上周上线之后", "since it went live".
    private func isPast(_ hit: Hit, _ units: [RequestUnit]) -> Bool {
        guard hit.cue.isAction else { return false }
        let before = units[..<hit.start].suffix(6).reversed().prefix { !$0.isStop }.reversed()
        if units[hit.start].ideograph != nil {
            let text = String(before.compactMap(\.ideograph))
            return ["上周", "上个月", "上月", "昨天", "昨晚", "去年", "前天", "刚刚", "刚", "此前", "已经", "早已"].contains(where: text.hasSuffix) || hit.cue == .write && text.hasSuffix("的") && hit.end < units.count && units[hit.end].ideograph.map { "里中逐每都".contains($0) } ?? true && hit.end < units.count && !units[hit.end].isStop
        }
        let last = before.last?.word ?? ""
        if ["was", "were"].contains(last), hit.cue != .approve, units[hit.start].word?.hasSuffix("ed") ?? false { return true }
        return before.contains { $0.word == "since" } || hit.cue == .publish && ["went", "was", "were", "got"].contains(units[hit.start].word ?? "") && before.isEmpty == false
    }

    /// Verbs inside other words: "统计室", "抄表班", "录入员", "巡检规程"; "today's load", "a writing model", "graded L3", "read the scanned form".
    private func isNoun(_ hit: Hit, _ before: Hit?, _ next: Hit?, _ units: [RequestUnit]) -> Bool {
        let after = hit.end < units.count ? units[hit.end] : .stop(isStrong: true)
        if units[hit.start].ideograph != nil {
            // "这段通知"
            if hit.cue == .notify, hit.start > 1, "段篇则封条份".contains(units[hit.start - 1].ideograph ?? " "), "这那该此面本".contains(units[hit.start - 2].ideograph ?? " ") { return true }
            guard let first = after.ideograph, hit.cue.isAction || hit.cue == .knowledge, ![.notify, .send].contains(hit.cue) else { return false }
            if first == "结", hit.end + 1 < units.count, units[hit.end + 1].ideograph == "果", [.look, .scan, .measure, .validate, .grade, .check, .mask, .probe].contains(hit.cue), hit.start > 0, !units[hit.start - 1].isStop { return true }
            let second = hit.end + 1 < units.count ? units[hit.end + 1].ideograph : nil
            if ["规程", "规范", "制度", "办法"].contains(String([first, second].compactMap { $0 })) { return true }
            if let last = units[hit.end - 1].ideograph, "给到出成".contains(last), hit.end - hit.start > 1 { return false }
            return "室处科局班员岗组队部".contains(first) && !["处理", "处置", "科学", "部分", "部署", "组织", "组合", "队列", "局部", "处方", "部门"].contains(String([first, second].compactMap { $0 }))
        }
        guard let word = units[hit.start].word, hit.cue.isAction else { return false }
        if hit.start > 0, units[hit.start - 1].word?.hasSuffix("'s") ?? false, hit.end - hit.start == 1, hit.cue != .approve { return true }
        if word.hasSuffix("ing"), let next, next.cue == .model, next.start == hit.end { return true }
        if word == "graded", let level = after.word, Grade(level) != nil { return true }
        return word == "scanned" && before?.cue == .take
    }
}

extension SlotReader {
    private static let roundIdeographs: Set<Character> = ["次", "轮", "遍", "稿", "回", "版"]
    private static let roundWords: Set<String> = ["rounds", "times", "attempts", "tries", "drafts", "goes", "iterations", "passes", "rewrites", "round", "try", "attempt", "draft", "versions", "turns"]

    /// Whether a number is one of rounds: of what it counts, "three drafts", 五个来回.
    static func isOfRounds(_ index: Int, _ units: [RequestUnit]) -> Bool {
        let next = units[(index + 1)...].prefix(2)
        return next.contains { $0.ideograph.map(roundIdeographs.contains) ?? $0.word.map(roundWords.contains) ?? false }
    }
}

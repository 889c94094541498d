/// Reads verbs with what they act on: which kind of step a verb asks for in its clause.
struct FrameReader {
    let units: [RequestUnit]
    let hits: [RequestReader.Hit]
    /// What the request speaks of anywhere.
    let hasTagger: Bool
    let hasLanguage: Bool
    let hasLabels: Bool

    /// The kind that the action at `index` asks for; nil when it asks for none by itself.
    func kind(at index: Int) -> String? {
        let hit = hits[index]
        switch hit.cue {
        case .take, .clean, .validate, .check, .look, .scan, .split, .list, .transcribe, .compute: return reading(index)
        case .mask, .remove, .replace, .grade, .classify, .label: return shielding(index)
        case .store, .archive, .export, .give, .index, .put: return keeping(index)
        case .retrieve, .write, .delegate, .agent, .tool, .program, .call: return thinking(index)
        case .train, .tune, .measure, .probe, .publish, .rollback, .revert: return learning(index)
        case .fetch, .post, .send, .notify, .approve, .person, .wait: return reaching(index)
        default: return nil
        }
    }

    // MARK: - Families of verbs

    private func reading(_ index: Int) -> String? {
        let hit = hits[index], near = things(near: index)
        func acts(on cues: Cue...) -> Bool { cues.contains(where: near.contains) }
        switch hit.cue {
        case .take:
            if hasAddress(hit) { return "http" }
            if clauseHas(hit, .media) || clauseHasFile(hit, Self.isMedia) || onlyMedia && !clauseHasFile(hit, { !Self.isMedia($0) }) { return "media-import" }
            if acts(on: .knowledge), !acts(on: .place), !clauseHas(hit, .each), Self.puts(hit, units) { return "knowledge-index" }
            if ["读", "打"].contains(first(hit)), hit.end - hit.start == 1, !hasData(hit) { return nil }
            return hit.end - hit.start == 1 && ["read", "open", "load"].contains(units[hit.start].word ?? "") && !hasData(hit) && !anyFile && !clauseHas(hit, .place, .each) ? nil : "data-import"
        case .clean: return "data-clean"
        case .validate: return acts(on: .sensitive) && !acts(on: .rule) && !hasRules ? (anyFile && units[hit.start].word == "check" ? "detect" : anyFile || acts(on: .file) ? "data-validate" : nil) : "data-validate"
        case .check:
            if acts(on: .rule) || clauseHas(hit, .rule) && !acts(on: .sensitive) { return "data-validate" }
            if acts(on: .approve), clauseHas(hit, .role) { return nil }
            if hasAddress(hit) { return "http" }
            if clauseHas(hit, .metric), anyModel { return "evaluate" }
            if hasFile(hit), hits.contains(where: { $0.sentence == hit.sentence && $0.cue == .bad }), !acts(on: .sensitive) { return "data-validate" }
            if isSecurity(hit) { return "assess" }
            if clauseHas(hit, .metric), anyModel { return "evaluate" }
            return look(acts(on: .place) && (!Self.isWeak(hit, units) || acts(on: .sensitive)) || hasFolder(hit) && !Self.isWeak(hit, units) || hasFolder(hit) && acts(on: .sensitive), acts(on: .sensitive), otherwise: acts(on: .knowledge) ? "knowledge-search" : hasFile(hit) && !clauseHas(hit, .media, .metric) && !Self.isWeak(hit, units) ? "data-validate" : nil)
        case .look:
            if clauseHas(hit, .train, .tune) { return nil }
            if acts(on: .event) { return nil }
            if clauseHas(hit, .rule), hasFile(hit), !acts(on: .sensitive) { return "data-validate" }
            let isPlace = acts(on: .place) && (clauseHas(hit, .scan) || !clauseHas(hit, .each, .take) && !anyFile) || hasFolder(hit) && !clauseHas(hit, .take, .each)
            return look(isPlace && acts(on: .sensitive), acts(on: .sensitive), otherwise: acts(on: .knowledge) || isAnswerSought(hit) ? "knowledge-search" : clauseHas(hit, .media) && clauseHas(hit, .content) || hasMediaFile(hit) ? "media-import" : Self.detects(hit, units) ? "detect" : nil)
        case .scan:
            if acts(on: .place) || hasFolder(hit) { return "scan" }
            if clauseHas(hit, .media), !acts(on: .sensitive) { return "media-import" }
            return acts(on: .sensitive) && anyFile ? "detect" : acts(on: .sensitive) && !anyFile && !names(hit) ? "detect" : "scan"
        case .split: return units[hit.start].word == nil || clauseHas(hit, .file) || hasFile(hit) || units(of: hit.clause).contains { ["training", "held-out", "test", "parts", "rows", "records", "data"].contains($0.word ?? "") } ? "data-split" : nil
        case .list:
            let said = String(units[hit.start..<hit.end].compactMap(\.ideograph)), counts = !said.isEmpty && !said.contains("文件") && !said.contains("列") && !said.contains("照片") && !said.contains("图") || units[hit.start..<hit.end].compactMap(\.word) == ["how", "many"]
            return !counts || !anyFile && (hasFolder(hit) || hits.contains { $0.cue == .place && abs($0.clause - hit.clause) <= 1 }) ? "data-list" : nil
        case .transcribe: return isAudio ? "human" : clauseHas(hit, .media) || onlyMedia ? "media-import" : "human"
        default: return hasMedia && !anyData && !hits.contains { $0.cue == .take } ? nil : isCollecting(hit) ? nil : "transform"
        }
    }

    private func shielding(_ index: Int) -> String? {
        let hit = hits[index], near = things(near: index)
        switch hit.cue {
        case .mask: return hits.contains { $0.cue == .dirt && $0.sentence == hit.sentence } && !hits.contains { $0.cue == .sensitive } && units[hit.start].word?.hasPrefix("scrub") ?? false ? "data-clean" : "protect"
        case .replace: return near.contains(.sensitive) ? "protect" : nil
        case .remove: return near.contains(.dirt) && !near.contains(.sensitive) ? "data-clean" : near.contains(.sensitive) ? "protect" : nil
        case .grade: return "grade"
        case .classify: return clauseHas(hit, .grade) ? nil : near.contains(.level) || near.contains(.sensitive) ? "grade" : "model"
        default: return nil
        }
    }

    private func keeping(_ index: Int) -> String? {
        let hit = hits[index], near = things(near: index)
        func acts(on cues: Cue...) -> Bool { cues.contains(where: near.contains) }
        if [.put, .give].contains(hit.cue), clauseHas(hit, .tagger), hasFile(hit), !clauseHas(hit, .train) { return "tune-tagger" }
        if [.put, .give].contains(hit.cue), clauseHas(hit, .program, .tool, .agent) { return nil }
        // The result of grading goes into its own register.
        if [.store, .put, .export].contains(hit.cue), clauseHas(hit, .register) || hits.contains(where: { $0.cue == .grade && $0.start <= hit.start && $0.clause == hit.clause && hit.cue == .store && !clauseHas(hit, .version) }) { if hits.contains(where: { $0.cue == .grade }) { return nil } }
        switch hit.cue {
        case .store:
            if acts(on: .knowledge) { return "knowledge-index" }
            if acts(on: .file), !clauseHas(hit, .version), intoFile(hit) { return "data-export" }
            let clause = units(of: hit.clause)
            if clause.indices.contains(where: { RequestReader.isName($0, units) }) { return "data-version" }
            if clauseHas(hit, .version, .archive) || !clauseHasFile(hit, { _ in true }) && !acts(on: .place) { return "data-version" }
            return ["登", "注"].contains(first(hit)) || ["register", "registered", "registering"].contains(units[hit.start].word ?? "") ? "data-version" : acts(on: .place) || hasFileAfter(hit) ? "data-export" : hasFile(hit) && !Self.isWeak(hit, units) ? "data-version" : nil
        case .archive: return isOldVersion(hit) ? nil : "data-version"
        case .export:
            // "写到主编满意" writes no file.
            if first(hit) == "写", hit.end - hit.start == 2, !clauseHas(hit, .file, .place), !clauseHasFile(hit, { _ in true }), !names(hit), clauseHas(hit, .approve, .good, .until) { return "model" }
            return hasAddress(hit) ? "http" : "data-export"
        case .give:
            if acts(on: .knowledge) { return "knowledge-index" }
            if hits[(index + 1)...].contains(where: { $0.clause == hit.clause && [.person, .approve].contains($0.cue) }) { return nil }
            if clauseHas(hit, .grade, .role, .dirt) { return nil }
            if units[hit.start].word != nil, !units(of: hit.clause).contains(where: { ["copy", "copies", "version", "data", "extract", "rows", "records", "file"].contains($0.word ?? "") }) { return nil }
            return anyFile || hits.contains { [.mask, .remove].contains($0.cue) } ? "data-export" : nil
        case .index: return "knowledge-index"
        default:
            if acts(on: .knowledge) { return "knowledge-index" }
            if acts(on: .version), !isOldVersion(hit) { return "data-version" }
            if !acts(on: .file), hits.contains(where: { $0.cue == .knowledge && abs($0.clause - hit.clause) <= 1 && RequestReader.isBase($0, units) }) { return "knowledge-index" }
            return acts(on: .file) && intoFile(hit) || acts(on: .place) || hasFileAfter(hit) ? "data-export" : nil
        }
    }

    private func thinking(_ index: Int) -> String? {
        let hit = hits[index], near = things(near: index)
        func acts(on cues: Cue...) -> Bool { cues.contains(where: near.contains) }
        switch hit.cue {
        case .retrieve:
            if hasAddress(hit) { return "http" }
            if clauseHas(hit, .rule), anyFile, !acts(on: .knowledge), !acts(on: .sensitive) { return "data-validate" }
            if hasFolder(hit) || acts(on: .place), !acts(on: .knowledge), !anyFile { return "scan" }
            if acts(on: .sensitive), !acts(on: .knowledge) { return acts(on: .place) ? "scan" : "detect" }
            if acts(on: .knowledge) || clauseHas(hit, .knowledge) { return "knowledge-search" }
            if hits.contains(where: { $0.cue == .sensitive && abs($0.clause - hit.clause) <= 1 }), !speaksOfKnowledge { return "detect" }
            return speaksOfKnowledge || !anyFile && !hits.contains { [.wait, .agent].contains($0.cue) } && !hasAnyAddress ? "knowledge-search" : nil
        case .write:
            if hasFileAfter(hit), units[hit.start].word.map({ PlanLexicon.stem($0) == "writ" }) ?? false, !acts(on: .letter), isPlainWrite(hit) { return "data-export" }
            if units[hit.start].word.map({ PlanLexicon.stem($0) == "writ" }) ?? false, intoFile(hit) { return "data-export" }
            if acts(on: .level), ["判", "评", "定"].contains(first(hit)) { return "grade" }
            return acts(on: .sensitive) && ["提", "抽", "判"].contains(first(hit)) && !clauseHas(hit, .model, .language, .delegate) ? "detect" : "model"
        case .delegate: return "model"
        case .agent: return "agent"
        case .tool: return units[hit.start].ideograph != "工" || units(of: hit.clause).contains { "用调使".contains($0.ideograph ?? " ") } ? "tool" : nil
        case .program: return units[hit.start].word == nil || units(of: hit.clause).contains { ["run", "runs", "running", "execute", "python", "code", "with", "using", "through", "call", "start"].contains($0.word ?? "") || "跑用行".contains($0.ideograph ?? " ") } ? "code" : nil
        default: return "call"
        }
    }

    private func learning(_ index: Int) -> String? {
        let hit = hits[index], near = things(near: index)
        switch hit.cue {
        case .train:
            if clauseHas(hit, .role), !clauseHas(hit, .tagger, .model, .language) { return nil }
            if ["build", "building", "builds"].contains(units[hit.start].word ?? "") || ["建", "搭", "做"].contains(first(hit)), !units[hit.start..<hit.end].contains(where: { $0.word == "tagger" }), !near.contains(.tagger), !near.contains(.language), !near.contains(.model) { return near.contains(.knowledge) ? "knowledge-index" : nil }
            return near.contains(.tagger) || units[hit.start..<hit.end].contains { ["tagger", "recognizer"].contains($0.word ?? "") } || isTaggerName(hit) ? "tune-tagger" : near.contains(.language) ? "tune-lora" : hasTagger || hasLabels && !hasLanguage ? "tune-tagger" : "tune-lora"
        case .tune: return hasTagger && !hasLanguage && units[hit.start].word != "lora" && !clauseHas(hit, .language, .model) ? "tune-tagger" : "tune-lora"
        case .measure:
            if clauseHas(hit, .security, .probe) || isSecurity(hit) { return "assess" }
            if clauseHas(hit, .level, .sensitive), !anyModel { return "grade" }
            return anyModel || anyFile ? "evaluate" : nil
        case .probe: return hasAddress(hit) ? "http" : "assess"
        case .publish: return isPaper(hit) ? nil : "deploy"
        case .rollback: return "rollback"
        default: return clauseHas(hit, .version) || isTaggerName(hit) && near.contains(.version) ? "rollback" : nil
        }
    }

    private func reaching(_ index: Int) -> String? {
        let hit = hits[index]
        switch hit.cue {
        case .fetch: return hasAddress(hit) || clauseHas(hit, .endpoint) ? "http" : nil
        case .post: return hasAddress(hit) || clauseHas(hit, .endpoint) ? "http" : units[hit.start].ideograph == "报" ? "notify" : units[hit.start].ideograph != nil && clauseHas(hit, .notify) ? nil : clauseHas(hit, .approve) || clauseHas(hit, .role) ? "human" : nil
        case .send: return hasAddress(hit) || clauseHas(hit, .endpoint) && !hasMail(hit) ? "http" : "notify"
        case .notify: return "notify"
        case .approve, .person: return "human"
        default: return waiting(hit)
        }
    }

    /// A pause has a time; what is waited for otherwise comes from outside.
    private func waiting(_ hit: RequestReader.Hit) -> String? {
        if let event = hits.first(where: { $0.cue == .event && abs($0.clause - hit.clause) <= 1 }), event.start < hit.start || event.clause == hit.clause {
            let isFirst = !hits.contains { $0.cue == .wait && $0.start < hit.start && $0.start > event.start }
            if isFirst, !SlotReader.hasDuration(units(of: hit.clause)) || event.clause == hit.clause { return "await" }
        }
        let clause = units(of: hit.clause), rest = clause.drop { _ in false }.suffix(from: max(clause.startIndex, min(hit.start, clause.endIndex)))
        let isTimed = SlotReader.hasDuration(rest), word = units[hit.start].word
        if hits.contains(where: { $0.clause == hit.clause && $0.cue == .event }) { return "await" }
        if isTimed { return hits.contains { $0.cue == .event && $0.sentence == hit.sentence } && Self.isLimited(hit, units) ? nil : "wait" }
        if ["等", "候"].contains(first(hit)) || word.map({ PlanLexicon.stem($0) == "wait" }) ?? false {
            if hits.contains(where: { $0.clause == hit.clause && [.approve, .train, .tune, .measure].contains($0.cue) }) { return nil }
            if rest.contains(where: { $0.quote != nil || $0.word.map { $0.contains("-") || $0.contains("_") } ?? false }) { return "await" }
            return rest.count <= 2 ? "wait" : nil
        }
        return nil
    }
}


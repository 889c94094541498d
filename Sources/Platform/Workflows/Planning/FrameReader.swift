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
        let hit = hits[index], near = things(near: index)
        func acts(on cues: Cue...) -> Bool { cues.contains(where: near.contains) }
        func clauseHas(_ cues: Cue...) -> Bool { hits.contains { $0.clause == hit.clause && cues.contains($0.cue) } }
        let hasAddress = units(of: hit.clause).contains { $0.address != nil }, folder = units(of: hit.clause).contains { $0.file.map(Self.isFolder) ?? false }
        switch hit.cue {
        case .take: return hasAddress ? "http" : clauseHas(.media) || units(of: hit.clause).contains(where: { unit in unit.file?.split(separator: ".").last.map { SlotReader.mediaEndings.contains($0.lowercased()) } ?? false }) ? "media-import" : acts(on: .knowledge) && !acts(on: .place) && !clauseHas(.each) && Self.puts(hit, units) ? "knowledge-index" : "data-import"
        case .clean: return "data-clean"
        case .validate: return "data-validate"
        case .check: return acts(on: .rule) ? "data-validate" : isGivenToPerson(hit) ? "human" : hasFile(hit) && hits.contains(where: { $0.sentence == hit.sentence && $0.cue == .bad }) && !acts(on: .sensitive) ? "data-validate" : look(acts(on: .place) || folder, acts(on: .sensitive), otherwise: acts(on: .security) && acts(on: .model) ? "assess" : acts(on: .knowledge) ? "knowledge-search" : nil)
        case .look: return clauseHas(.train, .tune) ? nil : look(acts(on: .place) && clauseHas(.scan) || folder && !clauseHas(.take), acts(on: .sensitive), otherwise: acts(on: .knowledge) ? "knowledge-search" : clauseHas(.media) || hasMediaFile(hit) ? "media-import" : Self.detects(hit, units) ? "detect" : nil)
        case .scan: return acts(on: .place) || folder ? "scan" : clauseHas(.media) ? "media-import" : acts(on: .sensitive) && !units.contains { $0.file != nil } ? "detect" : "scan"
        case .mask: return "protect"
        case .remove: return acts(on: .sensitive) ? "protect" : nil
        case .grade: return "grade"
        case .classify: return acts(on: .level, .sensitive) ? "grade" : "model"
        case .split: return "data-split"
        case .store: return acts(on: .knowledge) ? "knowledge-index" : clauseHas(.version, .archive) || !units(of: hit.clause).contains(where: { $0.file != nil }) && !acts(on: .place) ? "data-version" : acts(on: .place) || hasFileAfter(hit) ? "data-export" : nil
        case .archive: return "data-version"
        case .export: return hasAddress ? "http" : "data-export"
        case .give: return acts(on: .knowledge) ? "knowledge-index" : hits[(index + 1)...].contains(where: { $0.clause == hit.clause && [.person, .approve].contains($0.cue) }) ? nil : units[hit.start].ideograph == "发" && clauseless(hit) ? "notify" : units[hit.start].ideograph == "发" && hits.contains { $0.cue == .write || $0.cue == .delegate } ? "notify" : units.contains { $0.file != nil } ? "data-export" : units[hit.start].ideograph == "发" ? "notify" : hits.contains { [.mask, .remove].contains($0.cue) } ? "data-export" : nil
        case .index: return "knowledge-index"
        case .put: return acts(on: .knowledge) ? "knowledge-index" : acts(on: .version) ? "data-version" : acts(on: .place) || hasFileAfter(hit) ? "data-export" : nil
        case .retrieve: return hasAddress ? "http" : acts(on: .sensitive) && !acts(on: .knowledge) ? (acts(on: .place) ? "scan" : "detect") : "knowledge-search"
        case .write: return hasFileAfter(hit) && units[hit.start].word.map { PlanLexicon.stem($0) == "writ" } ?? false && !things(near: index).contains(.letter) && isPlainWrite(hit) ? "data-export" : "model"
        case .delegate: return "model"
        case .label: return nil
        case .train: return acts(on: .tagger) ? "tune-tagger" : acts(on: .language) ? "tune-lora" : hasTagger || hasLabels && !hasLanguage ? "tune-tagger" : "tune-lora"
        case .tune: return hasTagger && !hasLanguage ? "tune-tagger" : "tune-lora"
        case .measure: return clauseHas(.security, .probe) ? "assess" : "evaluate"
        case .probe: return "assess"
        case .publish: return "deploy"
        case .rollback: return "rollback"
        case .fetch: return hasAddress || clauseHas(.endpoint) ? "http" : nil
        case .post: return hasAddress || clauseHas(.endpoint) ? "http" : units[hit.start].ideograph != nil && clauseHas(.notify) ? nil : clauseHas(.approve) ? "human" : nil
        case .send: return hasAddress || clauseHas(.endpoint) ? "http" : "notify"
        case .notify: return "notify"
        case .approve, .person: return "human"
        case .wait: return "wait"
        case .compute: return "transform"
        case .call: return "call"
        default: return nil
        }
    }

    private func hasFile(_ hit: RequestReader.Hit) -> Bool { units(of: hit.clause).contains { $0.file.map { !Self.isFolder($0) } ?? false } }
    private func hasMediaFile(_ hit: RequestReader.Hit) -> Bool { units(of: hit.clause).contains { $0.file?.split(separator: ".").last.map { SlotReader.mediaEndings.contains($0.lowercased()) } ?? false } }
    /// "把结果发给合规部": nothing but folders is named anywhere, so it is told and no file is sent.
    private func clauseless(_ hit: RequestReader.Hit) -> Bool { units.contains { $0.file != nil } && !units.contains { $0.file.map { !Self.isFolder($0) } ?? false } }

    private func look(_ isPlace: Bool, _ isSensitive: Bool, otherwise: String?) -> String? { isPlace ? "scan" : isSensitive ? "detect" : otherwise }

    /// What stands nearest: behind the verb up to the next one, or else before it from the last one.
    private func things(near index: Int) -> Set<Cue> {
        let hit = hits[index]
        var found = Set<Cue>()
        for other in hits[(index + 1)...].prefix(while: { $0.clause == hit.clause && (!$0.cue.isAction || $0.cue == hit.cue) }) { found.insert(other.cue) }
        for other in hits[..<index].reversed().prefix(while: { $0.clause == hit.clause && !$0.cue.isAction }) { found.insert(other.cue) }
        return found
    }

    private func units(of clause: Int) -> ArraySlice<RequestUnit> {
        var number = 0, start = 0
        for (index, unit) in units.enumerated() where unit.isStop {
            if number == clause { return units[start..<index] }
            number += 1
            start = index
        }
        return number == clause ? units[start...] : []
    }

    /// "让会计核对": a person stands between.
    private func isGivenToPerson(_ hit: RequestReader.Hit) -> Bool {
        guard units[hit.start].ideograph != nil else { return false }
        let before = units[..<hit.start].reversed().prefix { !$0.isStop }.prefix(7)
        return before.enumerated().contains { $0.offset >= 2 && ["让", "请", "由"].contains($0.element.ideograph.map { String($0) } ?? "") }
    }

    private func hasFileAfter(_ hit: RequestReader.Hit) -> Bool { units[hit.end...].prefix { !$0.isStop }.contains { $0.file != nil } }
    /// "write the rows to out.csv" writes a file; "write a report about sales.csv" does not.
    private func isPlainWrite(_ hit: RequestReader.Hit) -> Bool {
        let rest = units[hit.end...].prefix { !$0.isStop }
        guard let file = rest.firstIndex(where: { $0.file != nil }), file > rest.startIndex else { return false }
        return ["to", "into"].contains(units[file - 1].word ?? "")
    }

    private static func isFolder(_ path: String) -> Bool { path.contains { $0 == "/" || $0 == "\\" } && !(path.split { $0 == "/" || $0 == "\\" }.last?.contains(".") ?? false) }
    private static func puts(_ hit: RequestReader.Hit, _ units: [RequestUnit]) -> Bool { units[hit.start].ideograph != nil || units[hit.start].word == "import" }
    /// Words that speak of detection with nothing beside them.
    private static func detects(_ hit: RequestReader.Hit, _ units: [RequestUnit]) -> Bool {
        if let word = units[hit.start].word { return word.hasPrefix("detect") }
        return units[hit.start].ideograph == "识" && hit.end - hit.start == 2
    }
}

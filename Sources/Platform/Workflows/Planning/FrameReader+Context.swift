// What stands around a verb.
extension FrameReader {
    typealias Hit = RequestReader.Hit

    func clauseHas(_ hit: Hit, _ cues: Cue...) -> Bool { hits.contains { $0.clause == hit.clause && cues.contains($0.cue) } }
    func first(_ hit: Hit) -> String { units[hit.start].ideograph.map { String($0) } ?? "" }
    func hasAddress(_ hit: Hit) -> Bool { units(of: hit.clause).contains { $0.address != nil } }
    func hasMail(_ hit: Hit) -> Bool { units(of: hit.clause).contains { $0.mail != nil } }
    func hasFolder(_ hit: Hit) -> Bool {
        let clause = units(of: hit.clause)
        return clause.indices.contains { index in clause[index].file.map(Self.isFolder) ?? false && !RequestReader.isName(index, units) }
    }
    func hasFile(_ hit: Hit) -> Bool { clauseHasFile(hit) { !Self.isFolder($0) } }
    func hasMediaFile(_ hit: Hit) -> Bool { clauseHasFile(hit, Self.isMedia) }
    func clauseHasFile(_ hit: Hit, _ test: (String) -> Bool) -> Bool { units(of: hit.clause).contains { $0.file.map(test) ?? false } }
    /// Whether a clause names data: a file, a folder, records.
    func hasData(_ hit: Hit) -> Bool { clauseHasFile(hit) { _ in true } || clauseHas(hit, .place, .file, .media) }
    /// A name in plain letters that is no file: "exam-share".
    func names(_ hit: Hit) -> Bool { units(of: hit.clause).contains { $0.quote != nil || $0.word.map { $0.contains("-") || $0.contains("_") } ?? false } }

    var files: [String] { units.compactMap(\.file) }
    var anyFile: Bool { files.contains { !Self.isFolder($0) } }
    var anyData: Bool { files.contains { !Self.isFolder($0) && !Self.isMedia($0) } }
    var hasMedia: Bool { hits.contains { $0.cue == .media } || files.contains(where: Self.isMedia) }
    /// Whether all files are of a kind that only `media-import` reads.
    var onlyMedia: Bool { let files = files.filter { !Self.isFolder($0) }; return files.isEmpty ? hits.contains { $0.cue == .media } : files.allSatisfy(Self.isMedia) }
    var isAudio: Bool {
        files.contains { $0.split(separator: ".").last.map { ["wav", "mp3", "m4a"].contains($0.lowercased()) } ?? false }
            || hits.contains { $0.cue == .media && (["录", "音", "语"].contains(first($0)) || ["recording", "recordings", "audio", "voicemail", "voicemails", "dictation", "dictations", "voice"].contains(units[$0.start].word ?? "")) }
    }
    var hasAnyAddress: Bool { units.contains { $0.address != nil } }
    var speaksOfKnowledge: Bool { hits.contains { $0.cue == .knowledge || $0.cue == .index } }
    var anyModel: Bool { hits.contains { [.model, .tagger, .language, .train, .tune, .metric, .publish].contains($0.cue) } || units.contains { $0.word.map(Self.isModelName) ?? false } }
    var hasRules: Bool { hits.contains { $0.cue == .rule } }

    static func isModelName(_ word: String) -> Bool { word.contains { $0 == "-" || $0 == "_" } && word.split { $0 == "-" || $0 == "_" }.contains { ["ner", "tagger", "model", "chat", "bot", "lora", "adapter"].contains($0) || ($0.count == 2 && $0.first == "v" && $0.last?.isNumber ?? false) } }
    func isTaggerName(_ hit: Hit) -> Bool { units(of: hit.clause).contains { $0.word.map(Self.isModelName) ?? false } }

    func look(_ isPlace: Bool, _ isSensitive: Bool, otherwise: String?) -> String? { isPlace ? "scan" : isSensitive ? "detect" : otherwise }

    /// "is it easily attacked": security of a model, not of data.
    func isSecurity(_ hit: Hit) -> Bool { clauseHas(hit, .security) && clauseHas(hit, .model, .language, .tagger) }
    /// "找出答案", "find the basis": what is sought is known already.
    func isAnswerSought(_ hit: Hit) -> Bool { speaksOfKnowledge && hits.contains { $0.cue == .knowledge && $0.sentence == hit.sentence && abs($0.clause - hit.clause) <= 1 } && !clauseHas(hit, .sensitive) }
    /// A paper, a notice or a rule is published without a model.
    func isPaper(_ hit: Hit) -> Bool { clauseHas(hit, .letter) && !anyModel }
    /// "the version before": one that is there already.
    func isOldVersion(_ hit: Hit) -> Bool { clauseHas(hit, .rollback, .revert) }
    /// "汇总成一个文件": collected and written, not computed.
    func isCollecting(_ hit: Hit) -> Bool { units[hit.start].ideograph == "汇" && hits.contains { $0.cue == .each } || clauseHas(hit, .list) }

    /// Words for looking that say little by themselves.
    static func isWeak(_ hit: Hit, _ units: [RequestUnit]) -> Bool { ["看", "瞧", "过"].contains(units[hit.start].ideograph.map { String($0) } ?? "") || ["look", "go", "take", "have", "log", "file", "enter", "record", "keep"].contains(units[hit.start].word ?? "") }
    /// "最多等两小时"
    static func isLimited(_ hit: Hit, _ units: [RequestUnit]) -> Bool {
        let before = String(units[..<hit.start].suffix(3).compactMap(\.ideograph))
        return ["最多", "至多", "顶多"].contains(where: before.contains) || units[hit.start...].prefix(6).contains { ["most", "max", "longest"].contains($0.word ?? "") }
    }

    /// What stands nearest: behind the verb up to the next one, or else before it from the last one.
    func things(near index: Int) -> Set<Cue> {
        let hit = hits[index]
        var found = Set<Cue>()
        for other in hits[(index + 1)...].prefix(while: { $0.clause == hit.clause && (!$0.cue.isAction || $0.cue == hit.cue) }) { found.insert(other.cue) }
        for other in hits[..<index].reversed().prefix(while: { $0.clause == hit.clause && !$0.cue.isAction }) { found.insert(other.cue) }
        return found
    }

    func units(of clause: Int) -> ArraySlice<RequestUnit> {
        var number = 0, start = 0
        for (index, unit) in units.enumerated() where unit.isStop {
            if number == clause { return units[start..<index] }
            number += 1
            start = index
        }
        return number == clause ? units[start...] : []
    }

    func hasFileAfter(_ hit: Hit) -> Bool { units[hit.end...].prefix { !$0.isStop }.contains { $0.file != nil } }

    /// "into a file", "to a file named x", "存成文件", "到一个文件里".
    func intoFile(_ hit: Hit) -> Bool {
        guard let file = hits.first(where: { $0.cue == .file && $0.clause == hit.clause && $0.start >= hit.end }) else { return false }
        let between = units[hit.start..<file.start]
        return between.contains { ["to", "into", "in", "as"].contains($0.word ?? "") || "成到进入为".contains($0.ideograph ?? " ") }
    }

    /// "write the rows to out.csv" writes a file; "write a report about sales.csv" does not.
    func isPlainWrite(_ hit: Hit) -> Bool {
        let rest = units[hit.end...].prefix { !$0.isStop }
        guard let file = rest.firstIndex(where: { $0.file != nil }), file > rest.startIndex else { return false }
        return ["to", "into"].contains(units[file - 1].word ?? "")
    }

    static func isFolder(_ path: String) -> Bool { path.contains { $0 == "/" || $0 == "\\" } && !(path.split { $0 == "/" || $0 == "\\" }.last?.contains(".") ?? false) }
    static func isMedia(_ path: String) -> Bool { path.split(separator: ".").last.map { SlotReader.mediaEndings.contains($0.lowercased()) } ?? false }
    static func puts(_ hit: Hit, _ units: [RequestUnit]) -> Bool { units[hit.start].ideograph != nil || units[hit.start].word == "import" }
    /// Words that speak of detection with nothing beside them.
    static func detects(_ hit: Hit, _ units: [RequestUnit]) -> Bool {
        if let word = units[hit.start].word { return word.hasPrefix("detect") }
        return units[hit.start].ideograph == "识" && hit.end - hit.start == 2
    }
}

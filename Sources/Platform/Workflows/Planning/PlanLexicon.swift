/// What a word of a request may mean to a planner.
enum Cue: String, Sendable, Hashable, CaseIterable {
    // Actions that name a kind by themselves, and verbs that need to be read with what they act on.
    case take, clean, validate, check, look, scan, mask, remove, grade, classify, split, store, archive, export, give
    case index, put, retrieve, write, delegate, label, train, tune, measure, probe, publish, rollback
    case fetch, post, send, notify, approve, person, wait, compute, call
    case list, transcribe, revert, replace, agent, tool, program, go
    // What is acted on.
    case sensitive, place, media, knowledge, model, tagger, language, version, rule, level, security, flow, letter, endpoint, file, dirt, event, role, metric, register, content, recording
    // How it hangs together.
    case each, until, route, condition, good, bad, found, before, after, not, schedule, ignored

    /// Whether it can stand for a step.
    var isAction: Bool {
        switch self {
        case .sensitive, .place, .media, .knowledge, .model, .tagger, .language, .version, .rule, .level, .security, .flow, .letter, .endpoint: false
        case .file, .dirt, .event, .role, .metric, .register, .content, .recording: false
        case .each, .until, .route, .condition, .good, .bad, .found, .before, .after, .not, .schedule, .ignored: false
        default: true
        }
    }
}

/// Cue words of both languages with longest match.
///
/// Chinese is cut where a word of the lexicon stands, the longest first; English by words, whose endings are taken off on both sides, so that "scanned" is "scan".
/// Rejected: a general segmenter. It needs a dictionary of some megabytes, and here only words that mean something to a planner matter.
struct PlanLexicon: Sendable {
    private let chinese: [String: Cue]
    private let english: [String: Cue]
    /// Verbs in two parts with words between, by their first: "roll the tagger back".
    private let parted: [String: [(tail: [String], cue: Cue)]]
    private let chineseLongest: Int
    private let englishLongest: Int

    init() {
        var chinese: [String: Cue] = [:], english: [String: Cue] = [:]
        for (cue, words) in Self.chineseWords { for word in words.split(separator: " ") { chinese[String(word)] = cue } }
        for (cue, phrases) in Self.englishPhrases {
            for phrase in phrases.split(separator: "|") { english[phrase.split(separator: " ").map { Self.stem(String($0)) }.joined(separator: " ")] = cue }
        }
        var parted: [String: [(tail: [String], cue: Cue)]] = [:]
        for (cue, phrases) in Self.englishParted {
            for phrase in phrases.split(separator: "|") {
                let halves = phrase.split(separator: "~").map { $0.split(separator: " ").map { Self.stem(String($0)) } }
                parted[halves[0][0], default: []].append((halves[1], cue))
            }
        }
        (self.chinese, self.english, self.parted) = (chinese, english, parted)
        chineseLongest = chinese.keys.map(\.count).max() ?? 1
        englishLongest = english.keys.map { $0.split(separator: " ").count }.max() ?? 1
    }

    /// The longest cue that begins at a place, and how many units it takes.
    func match(_ units: [RequestUnit], at start: Int) -> (cue: Cue, count: Int, tail: Range<Int>?)? {
        switch units[start] {
        case .ideograph(let first):
            if let match = repeated(first, units, at: start) { return match }
            for length in stride(from: min(chineseLongest, units.count - start), through: 1, by: -1) {
                let word = units[start..<start + length].compactMap(\.ideograph)
                guard word.count == length, let cue = chinese[String(word)] else { continue }
                return (cue, length, nil)
            }
        case .word(let first):
            if let cue = Self.exact[first] { return (cue, 1, nil) }
            if let (cue, tail) = parts(of: first, units, at: start) { return (cue, 1, tail) }
            for length in stride(from: min(englishLongest, units.count - start), through: 1, by: -1) {
                let words = units[start..<start + length].compactMap(\.word)
                guard words.count == length, let cue = english[words.map(Self.stem).joined(separator: " ")] else { continue }
                return (cue, length, nil)
            }
        default: break
        }
        return nil
    }

    /// Verbs of one character that are doubled or softened: 洗一洗, 查查, 扫一下, 审一遍.
    private static let single: [Character: Cue] = [
        "洗": .clean, "扫": .scan, "查": .retrieve, "测": .measure, "评": .measure, "审": .approve, "遮": .mask, "译": .write, "读": .take, "存": .store, "核": .check, "验": .validate, "算": .compute, "训": .train, "搜": .retrieve, "看": .check,
        "写": .write, "找": .look, "批": .approve, "挡": .mask, "拟": .write, "导": .take, "签": .approve, "攻": .probe, "校": .approve, "考": .measure, "试": .measure, "改": .write, "估": .write, "比": .measure, "擦": .mask, "盖": .mask,
    ]

    private func repeated(_ first: Character, _ units: [RequestUnit], at start: Int) -> (cue: Cue, count: Int, tail: Range<Int>?)? {
        guard let cue = Self.single[first], start + 1 < units.count else { return nil }
        let next = String(units[(start + 1)...].prefix(3).prefix { $0.ideograph != nil }.compactMap(\.ideograph))
        if let tail = ["一\(first)", "一下", "一遍", "了一遍", "上一遍", "了一下", "一回", "一次", "一轮", "一圈"].first(where: next.hasPrefix) { return (cue, 1 + tail.count, nil) }
        return next.first == first && start > 0 && units[start - 1].ideograph != first ? (cue, 2, nil) : nil
    }

    /// A verb whose second part stands up to six units behind, in the same clause.
    private func parts(of first: String, _ units: [RequestUnit], at start: Int) -> (Cue, Range<Int>)? {
        guard let known = parted[Self.stem(first)] else { return nil }
        for (tail, cue) in known {
            for place in start + 1..<max(start + 2, min(start + 8, units.count)) {
                guard place < units.count, !units[place].isStop, place + tail.count <= units.count else { break }
                guard zip(units[place..<place + tail.count], tail).allSatisfy({ $0.word.map(Self.stem) == $1 }) else { continue }
                return (cue, place..<place + tail.count)
            }
        }
        return nil
    }

    /// Forms that mean something else than their verb.
    private static let exact: [String: Cue] = ["recording": .media, "recordings": .media, "provided": .condition, "named": .ignored, "findings": .content, "drawing": .media, "drawings": .media, "building": .ignored, "buildings": .ignored]

    /// Verbs that change within: the past and the participle.
    private static let irregular: [String: String] = [
        "wrote": "write", "written": "write", "sent": "send", "kept": "keep", "found": "find", "told": "tell", "given": "give", "gave": "give", "built": "build", "took": "take", "taken": "take", "brought": "bring", "got": "get", "gotten": "get",
        "held": "hold", "ran": "run", "drew": "draw", "drawn": "draw", "went": "go", "gone": "go", "goes": "go", "fed": "feed", "chose": "choose", "chosen": "choose", "heard": "hear", "caught": "catch", "taught": "teach", "shown": "show",
        "hid": "hide", "hidden": "hide", "threw": "throw", "thrown": "throw", "sought": "seek", "swept": "sweep", "fell": "fall", "fallen": "fall", "made": "make", "had": "have", "has": "have", "did": "do", "done": "do", "lent": "lend",
    ]

    /// A word without its usual endings. Words that become the same are meant to.
    static func stem(_ word: String) -> String {
        var stem = irregular[word] ?? word
        guard stem.count > 3 else { return stem }
        for ending in ["ations", "ation", "ings", "ing", "ies", "ied", "ed", "es", "s"] where stem.hasSuffix(ending) && stem.count - ending.count >= 3 && !stem.hasSuffix("ss") && !(ending == "es" && stem.hasSuffix("ees")) {
            stem = String(stem.dropLast(ending.count)) + (ending.hasPrefix("i") && ending.count == 3 && ending != "ing" ? "y" : "")
            break
        }
        if stem.count > 3, stem.hasSuffix("at"), word.hasSuffix("ed") || word.hasSuffix("ing") || word.hasSuffix("es") { stem = String(stem.dropLast(2)) }
        if stem.count > 4, stem.hasSuffix("ate") { stem = String(stem.dropLast(3)) }
        if stem.count > 3, stem.hasSuffix("e") { stem.removeLast() }
        let tail = stem.suffix(2)
        if stem.count > 3, tail.first == tail.last, let last = tail.last, !"aeiouls".contains(last) { stem.removeLast() }
        return stem
    }
}

/// A piece of a request.
enum RequestUnit: Sendable, Hashable {
    case ideograph(Character)
    case word(String)
    case number(Double)
    case file(String)
    case address(String)
    /// What stands in quotation marks: a name or a text, and no request.
    case quote(String)
    /// A mail address.
    case mail(String)
    /// Ends a clause; `isStrong` ends a sentence.
    case stop(isStrong: Bool)

    var ideograph: Character? { if case .ideograph(let character) = self { character } else { nil } }
    var word: String? { if case .word(let word) = self { word } else { nil } }
    var isStop: Bool { if case .stop = self { true } else { false } }
    var file: String? { if case .file(let path) = self { path } else { nil } }
    var quote: String? { if case .quote(let text) = self { text } else { nil } }
    var mail: String? { if case .mail(let text) = self { text } else { nil } }
    var address: String? { if case .address(let text) = self { text } else { nil } }
}

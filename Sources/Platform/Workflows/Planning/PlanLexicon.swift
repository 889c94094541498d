/// What a word of a request may mean to a planner.
enum Cue: String, Sendable, Hashable, CaseIterable {
    // Actions that name a kind by themselves, and verbs that need to be read with what they act on.
    case take, clean, validate, check, look, scan, mask, remove, grade, classify, split, store, archive, export, give
    case index, put, retrieve, write, delegate, label, train, tune, measure, probe, publish, rollback
    case fetch, post, send, notify, approve, person, wait, compute, call
    // What is acted on.
    case sensitive, place, media, knowledge, model, tagger, language, version, rule, level, security, flow, letter, endpoint
    // How it hangs together.
    case each, until, route, condition, good, bad, found, before, after, not, schedule, ignored

    /// Whether it can stand for a step.
    var isAction: Bool {
        switch self {
        case .sensitive, .place, .media, .knowledge, .model, .tagger, .language, .version, .rule, .level, .security, .flow, .letter, .endpoint: false
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
    private let chineseLongest: Int
    private let englishLongest: Int

    init() {
        var chinese: [String: Cue] = [:], english: [String: Cue] = [:]
        for (cue, words) in Self.chineseWords { for word in words.split(separator: " ") { chinese[String(word)] = cue } }
        for (cue, phrases) in Self.englishPhrases {
            for phrase in phrases.split(separator: "|") { english[phrase.split(separator: " ").map { Self.stem(String($0)) }.joined(separator: " ")] = cue }
        }
        (self.chinese, self.english) = (chinese, english)
        chineseLongest = chinese.keys.map(\.count).max() ?? 1
        englishLongest = english.keys.map { $0.split(separator: " ").count }.max() ?? 1
    }

    /// The longest cue that begins at a place, and how many units it takes.
    func match(_ units: [RequestUnit], at start: Int) -> (cue: Cue, count: Int)? {
        switch units[start] {
        case .ideograph:
            for length in stride(from: min(chineseLongest, units.count - start), through: 1, by: -1) {
                let word = units[start..<start + length].compactMap(\.ideograph)
                guard word.count == length, let cue = chinese[String(word)] else { continue }
                return (cue, length)
            }
        case .word:
            for length in stride(from: min(englishLongest, units.count - start), through: 1, by: -1) {
                let words = units[start..<start + length].compactMap(\.word)
                guard words.count == length, let cue = english[words.map(Self.stem).joined(separator: " ")] else { continue }
                return (cue, length)
            }
        default: break
        }
        return nil
    }

    /// A word without its usual endings. Words that become the same are meant to.
    static func stem(_ word: String) -> String {
        var stem = word
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
    /// Ends a clause; `isStrong` ends a sentence.
    case stop(isStrong: Bool)

    var ideograph: Character? { if case .ideograph(let character) = self { character } else { nil } }
    var word: String? { if case .word(let word) = self { word } else { nil } }
    var isStop: Bool { if case .stop = self { true } else { false } }
    var file: String? { if case .file(let path) = self { path } else { nil } }
    var address: String? { if case .address(let text) = self { text } else { nil } }
}

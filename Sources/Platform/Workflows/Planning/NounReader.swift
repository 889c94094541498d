/// Tells the verbs of an English request from the nouns that are spelled alike: "export the report", "report the export".
struct NounReader {
    let units: [RequestUnit]
    let hits: [RequestReader.Hit]

    /// Words that name a thing as often as something to be done.
    static let things: Set<String> = Set([
        "export", "import", "load", "upload", "read", "check", "report", "record", "register", "request", "query", "answer", "reply", "response", "draft", "summary", "translation", "mail", "email", "e-mail", "text", "message", "notice", "alert",
        "note", "share", "store", "index", "label", "tag", "score", "grade", "test", "split", "count", "total", "watch", "hand", "post", "name", "call", "drop", "hold", "release", "scan", "sort", "find", "search", "review", "page", "cover",
        "clean", "file", "place", "log", "sum", "step", "update", "phone", "fit", "trick", "tune", "signal", "look", "average", "get", "attack", "warning", "open", "copy", "digest", "outline", "alarm", "launch", "pass", "cut", "brief",
        "tone", "phrase", "key", "rank", "sign", "initial", "verdict", "bucket", "carry", "flag", "enter", "wash", "propose", "sanction", "judge", "permit", "press", "range", "supply", "request", "abstract", "feed", "dump", "sample", "trim", "transcription",
    ].map(PlanLexicon.stem))
    /// Things that are asked for where they are not yet there: "a summary", "an alert".
    private static let wanted: Set<Cue> = [.write, .notify, .export, .scan, .measure, .probe, .approve, .person, .archive, .clean, .validate, .check, .transcribe, .train, .tune]
    private static let known: Set<String> = ["the", "this", "that", "these", "those", "its", "their", "our", "my", "your", "his", "her", "each", "every", "any", "no", "which", "what", "whose", "all", "both", "other", "same", "such"]
    private static let unknown: Set<String> = ["a", "an", "one", "another", "some", "short", "two", "three"]
    /// Words behind which a verb stands.
    private static let leads: Set<String> = ["to", "and", "then", "please", "or", "but", "also", "just", "can", "could", "must", "will", "would", "may", "might", "shall", "let", "us", "we", "you", "i", "they", "not", "don't", "never", "now", "first", "next", "finally", "it", "them", "who", "so", "simply", "only", "afterwards", "otherwise", "should", "yes"]

    private static let subjects: Set<String> = ["it", "who", "which", "that", "she", "he", "this"]

    /// Whether the word of a hit names a thing that is there already.
    func isThing(_ hit: RequestReader.Hit) -> Bool {
        guard hit.end - hit.start == 1, let word = units[hit.start].word, hit.cue.isAction, Self.things.contains(PlanLexicon.stem(word)), !word.hasSuffix("ing") || word == "warning" else { return false }
        // An order is no third person: "the records" and "exam records" are things.
        if word.hasSuffix("s"), !word.hasSuffix("ss"), !Self.things.contains(word), !Self.subjects.contains(units[max(0, hit.start - 1)].word ?? ""), !hits.contains(where: { $0.cue == .role && $0.end <= hit.start && hit.start - $0.end <= 2 && $0.clause == hit.clause }), !agentive(before: hit.start) { return true }
        if leads(before: hit.start) { return false }
        guard let marker = determiner(before: hit.start) else { return isBare(hit, word) }
        if Self.unknown.contains(marker), Self.wanted.contains(hit.cue) { return false }
        return hit.cue != .approve || Self.known.contains(marker) && ["each", "every"].contains(marker)
    }

    private func agentive(before start: Int) -> Bool {
        guard start > 0, let word = units[start - 1].word, word.count > 5 else { return false }
        return ["er", "or", "ist", "ian", "ant", "eer", "man", "woman", "ary"].contains(where: word.hasSuffix)
    }

    private func leads(before start: Int) -> Bool {
        guard start > 0 else { return true }
        if hits.contains(where: { $0.cue == .schedule && $0.end == start }) { return true }
        return units[start - 1].isStop || units[start - 1].file != nil && units[start - 1].word == nil || Self.leads.contains(units[start - 1].word ?? "")
    }

    /// The article or its like in front of a word, up to three words before.
    private func determiner(before start: Int) -> String? {
        for place in stride(from: start - 1, through: max(0, start - 3), by: -1) {
            guard let word = units[place].word else { return nil }
            if Self.known.contains(word) || Self.unknown.contains(word) { return word }
            if word.hasSuffix("'s") { return "the" }
            if Self.leads.contains(word) || ["of", "in", "on", "at", "for", "from", "with", "by", "into"].contains(word) { return nil }
            if hits.contains(where: { $0.start == place && $0.cue.isAction }) { return nil }
        }
        return nil
    }

    /// "scan results", "export file", "in mail": a word without an article whose neighbors make it a noun.
    private func isBare(_ hit: RequestReader.Hit, _ word: String) -> Bool {
        let before = hit.start > 0 ? units[hit.start - 1].word : nil
        if before == "by" { return ![.notify, .send, .person].contains(hit.cue) }
        if ["of", "in", "on", "from", "for", "with", "into", "as", "per"].contains(before ?? "") { return true }
        // Two nouns beside one another: "discharge report", "meter readings".
        guard let before, !hits.contains(where: { $0.end == hit.start && $0.cue.isAction }) else { return false }
        return !Self.leads.contains(before) && hit.start > 1 && units[hit.start - 2].word.map { Self.known.contains($0) || Self.unknown.contains($0) } ?? false
    }
}

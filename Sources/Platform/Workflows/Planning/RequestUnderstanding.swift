import Core
import Labels

/// What a planner understood of a request.
public struct RequestUnderstanding: Sendable {
    /// The language that the request is written in.
    public enum Language: String, Sendable, Hashable { case chinese = "zh", english = "en" }

    /// How an outcome must be for an action to happen.
    enum Polarity: String, Sendable, Hashable { case good, bad }

    /// "if F1 exceeds 0.85"
    struct When: Sendable, Hashable {
        var polarity: Polarity
        var threshold: Double?
        /// More than so many things; of conditions over numbers of things.
        var count: Double?
    }

    /// A kind that the request asks for, and where.
    struct Action: Sendable, Hashable {
        let kind: String
        let cue: Cue
        /// The words that asked for it.
        let words: String
        let clause: Int
        /// The clause they stand in.
        var context = ""
        /// Its place in the order of work.
        var order: Double
        var isEach = false
        var isLooped = false
        var when: When?
        /// Whether it tells a value and not only that something happened.
        var tells = false
        /// The words in quotation marks that it is to use.
        var quote: String?
        /// Which way of a `switch` it belongs to.
        var way: Int?
    }

    /// Values that the request names.
    public struct Slots: Sendable, Hashable {
        /// Files and folders, in the order of the request.
        public var paths: [String] = []
        public var addresses: [String] = []
        public var grade: Grade?
        /// The least grade that a condition speaks of: "L3 及以上", "at least L3".
        public var leastGrade: Grade?
        /// Seconds within which a person is to answer: "三天内", "within 2 days".
        public var due: Double?
        public var threshold: Double?
        /// Whom to tell, as the request says it.
        public var recipient: String?
        /// When it should run, as the request says it. A workflow has no clock of its own: a schedule starts it.
        public var schedule: String?
        public var rounds: Int?
        public var seconds: Double?
        /// People who must approve.
        public var approvals: Int?
        /// A name of a model, a sub-workflow or a dataset that is no file.
        public var names: [String] = []
        public var format: String?
        public var targetLanguage: String?
    }

    public let request: String
    public let language: Language
    public internal(set) var slots: Slots
    var actions: [Action] = []
    /// Kinds that the request forbids.
    public internal(set) var forbidden: Set<String> = []
    /// What distinguishes the ways of a `switch`.
    var ways: [String] = []
    /// Whether files of a kind that only `media-import` reads are meant.
    var hasMedia = false
    /// Whether a folder is gone through file by file.
    var overFiles = false
    /// The first text in quotation marks.
    var quote: String?
    /// Whether nothing is given to work on: "write a slogan".
    var isFree = false
    /// Whether a folder is meant, named or not.
    var hasPlace = false

    /// The kinds that the request asks for, in the order of the work.
    public var asked: [String] { actions.sorted { $0.order < $1.order }.map(\.kind) }
}

/// Reads what a request names: files, addresses, numbers, people, times.
struct SlotReader {
    private static let endings: Set<String> = ["csv", "tsv", "jsonl", "json", "txt", "md", "pdf", "docx", "xlsx", "xls", "png", "jpg", "jpeg", "wav", "mp3", "xml", "zip", "html", "log", "parquet", "tif", "tiff", "m4a"]
    static let mediaEndings: Set<String> = ["png", "jpg", "jpeg", "wav", "mp3", "tif", "tiff", "m4a", "pdf", "docx"]
    /// A request longer than this is no request.
    static let unitCountMax = 4_000

    /// Cuts a request into units.
    static func units(of text: String) -> [RequestUnit] {
        var units: [RequestUnit] = []
        var rest = Substring(folded(text))
        while let first = rest.first, units.count < unitCountMax {
            if let quoted = quoted(rest), quoted.count + 3 < text.count {
                units.append(unit(ofQuoted: String(quoted)))
                rest = rest.dropFirst(quoted.count + 2)
                continue
            }
            if isPlain(first) {
                var token = rest.prefix { isPlain($0) || "._-/:\\@+#?=&%~".contains($0) }
                while let last = token.last, ".:-?/".contains(last), token.count > 1, !(last == "/" && token.contains("/") && token.first == "/") { token.removeLast() }
                units.append(unit(of: String(token)))
                rest = rest.dropFirst(token.count)
            } else if "/\\~".contains(first), let second = rest.dropFirst().first, isPlain(second) {
                let token = rest.prefix { isPlain($0) || "._-/\\~".contains($0) }
                units.append(.file(String(token)))
                rest = rest.dropFirst(token.count)
            } else {
                if "(（)）".contains(first), isAside(rest, units) { units.append(.stop(isStrong: false)) }
                if ",.;:!?，。；：！？、\n".contains(first) { units.append(.stop(isStrong: ".。!！?？;；\n".contains(first))) }
                if isIdeograph(first) { units.append(.ideograph(first)) }
                rest = rest.dropFirst()
            }
        }
        return units
    }

    /// Full-width letters and digits as plain ones, curly quotation marks as straight ones.
    private static func folded(_ text: String) -> String {
        String(String.UnicodeScalarView(text.unicodeScalars.map { scalar in
            switch scalar.value {
            case 0xFF10...0xFF19, 0xFF21...0xFF3A, 0xFF41...0xFF5A: Unicode.Scalar(scalar.value - 0xFEE0) ?? scalar
            case 0x2019: "'"
            default: scalar
            }
        }))
    }

    /// Whether brackets hold a remark of its own and not a name: they end a clause.
    private static func isAside(_ rest: Substring, _ units: [RequestUnit]) -> Bool {
        guard let first = rest.first else { return false }
        if ")）".contains(first) { return units.last.map { !$0.isStop } ?? false }
        let inside = rest.dropFirst().prefix { !")）".contains($0) }
        return inside.contains { isIdeograph($0) } || inside.contains(" ")
    }

    private static let quotes: [Character: Character] = ["“": "”", "\"": "\"", "「": "」", "『": "』", "《": "》"]

    /// What stands in the quotation marks that open here.
    private static func quoted(_ rest: Substring) -> Substring? {
        guard let first = rest.first, let last = quotes[first] else { return nil }
        let inside = rest.dropFirst().prefix(400).prefix { $0 != last }
        return inside.isEmpty || rest.dropFirst(inside.count + 1).first != last ? nil : inside
    }

    private static func unit(ofQuoted text: String) -> RequestUnit {
        let inner = unit(of: text)
        return inner.file != nil || inner.address != nil ? inner : .quote(text)
    }

    private static func isPlain(_ character: Character) -> Bool { character.isASCII && (character.isLetter || character.isNumber || character == "'") }
    private static func isIdeograph(_ character: Character) -> Bool { character.unicodeScalars.first.map { (0x3400...0x9FFF).contains($0.value) } ?? false }

    private static func unit(of token: String) -> RequestUnit {
        if token.hasPrefix("http://") || token.hasPrefix("https://") { return .address(token) }
        if let number = Double(token), number.isFinite { return .number(number) }
        if token.last == "%", let share = Double(token.dropLast()), share.isFinite { return .number(share / 100) }
        if token.contains("@"), !token.contains("/"), token.last != "@", token.first != "@" { return .mail(token) }
        let parts = token.split(separator: ".")
        if parts.count > 1, let ending = parts.last, endings.contains(ending.lowercased()) { return .file(token) }
        if token.contains("/") || token.contains("\\") { return .file(token) }
        return .word(token.lowercased())
    }

    /// Small numbers as words.
    static let numbers: [String: Double] = [
        "一": 1, "两": 2, "二": 2, "三": 3, "四": 4, "五": 5, "六": 6, "七": 7, "八": 8, "九": 9, "十": 10, "半": 0.5, "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7,
        "eight": 8, "nine": 9, "ten": 10, "eleven": 11, "twelve": 12, "fifteen": 15, "twenty": 20, "thirty": 30, "forty": 40, "fifty": 50, "sixty": 60, "ninety": 90, "hundred": 100, "quarter": 0.25, "百": 100, "half": 0.5, "an": 1, "a": 1,
    ]
    private static let times: [(String, Double)] = [("秒", 1), ("分钟", 60), ("小时", 3600), ("钟头", 3600), ("刻钟", 900), ("of an hour", 3600), ("天", 86_400), ("周", 604_800), ("second", 1), ("minut", 60), ("min", 60), ("hour", 3600), ("day", 86_400), ("week", 604_800)]

    /// Reads the values that stand beside numbers.
    static func numbers(in units: [RequestUnit], into slots: inout RequestUnderstanding.Slots) {
        for (index, unit) in units.enumerated() {
            guard let value = number(at: index, in: units) else { continue }
            let after = units[(index + 1)...].prefix(4).map { $0.ideograph.map { String($0) } ?? $0.word.map(PlanLexicon.stem) ?? "" }
            let joined = after.joined().replacing("个", with: ""), words = after.joined(separator: " ")
            let before = units[..<index].suffix(6).compactMap(\.ideograph), told = units[..<index].suffix(3).compactMap(\.word)
            if let time = times.first(where: { joined.hasPrefix($0.0) || words.hasPrefix($0.0) || words.hasPrefix("a \($0.0)") || words.hasPrefix("an \($0.0)") }), !before.contains("每"), value > 0 {
                if isDue(index, units) { slots.due = value * time.1 } else { slots.seconds = value * time.1 }
            } else if before.last != "第", isOfRounds(index, units) {
                slots.rounds = Int(max(1, min(1_000, value)))
            } else if joined.hasPrefix("人") || words.hasPrefix("peopl") || words.hasPrefix("person") {
                if value >= 1, value <= 5 { slots.approvals = Int(value) }
            } else if joined.hasPrefix("级"), value >= 1, value <= 4 {
                slots.grade = Grade("\(Int(value))")
            } else if case .number = unit, value > 0, value < 1, !told.contains("version") {
                slots.threshold = value
            } else if joined.hasPrefix("%") { slots.threshold = value / 100 }
        }
        for (index, unit) in units.enumerated() {
            guard let word = unit.word, word.count == 2, word.hasPrefix("l"), let grade = Grade(word) else { continue }
            if let least = leastGrade(grade, at: index, units) { slots.leastGrade = least } else { slots.grade = grade }
        }
    }

    /// Whether a length of time is named.
    static func hasDuration(_ units: ArraySlice<RequestUnit>) -> Bool {
        units.indices.contains { index in
            guard let value = number(units[index]), value > 0 else { return false }
            let after = units[(index + 1)...].prefix(4).map { $0.ideograph.map { String($0) } ?? $0.word.map(PlanLexicon.stem) ?? "" }
            let joined = after.joined().replacing("个", with: ""), words = after.joined(separator: " ")
            return times.contains { joined.hasPrefix($0.0) || words.hasPrefix($0.0) || words.hasPrefix("a \($0.0)") || words.hasPrefix("an \($0.0)") }
        }
    }

    /// Whether a time is a term and no pause: 内 behind it, "within" before it.
    private static func isDue(_ index: Int, _ units: [RequestUnit]) -> Bool {
        let after = units[(index + 1)...].prefix(4).compactMap(\.ideograph), before = units[..<index].suffix(3).compactMap(\.word)
        return after.contains("内") || before.contains("within") || before.suffix(2) == ["no", "later"] || units[..<index].last?.word == "in" && units[(index + 1)...].prefix(3).contains(.word("latest"))
    }

    /// A grade with a comparison beside it: the least that is meant.
    private static func leastGrade(_ grade: Grade, at index: Int, _ units: [RequestUnit]) -> Grade? {
        let after = String(units[(index + 1)...].prefix(4).prefix { !$0.isStop }.compactMap(\.ideograph)), before = String(units[..<index].suffix(4).compactMap(\.ideograph))
        let next = units[(index + 1)...].prefix(3).compactMap(\.word), last = units[..<index].suffix(3).compactMap(\.word)
        if ["超过", "高于", "大于"].contains(where: before.hasSuffix) || ["above", "over", "than"].contains(last.last ?? "") { return Grade(rawValue: grade.rawValue + 1) ?? grade }
        let isLeast = ["以上", "及以上", "级以上", "或以上", "级及以上", "或更高"].contains(where: after.hasPrefix) || ["达到", "不低于", "至少", "达"].contains(where: before.hasSuffix)
        return isLeast || next.contains(where: ["above", "higher", "up"].contains) || last.suffix(2) == ["at", "least"] || last.last == "reaches" || last.last == "reach" ? grade : nil
    }

    /// A number that ends at a place; Chinese ones of several characters as one: 十五, 二十, 四十五.
    private static func number(at index: Int, in units: [RequestUnit]) -> Double? {
        guard units[index].ideograph != nil else { return number(units[index]) }
        if index + 1 < units.count, units[index + 1].ideograph != nil, number(units[index + 1]) != nil { return nil }
        var value: Double?, start = index
        while start > 0, units[start - 1].ideograph != nil, number(units[start - 1]) != nil { start -= 1 }
        for unit in units[start...index] {
            guard let digit = number(unit) else { return nil }
            value = digit >= 10 ? (value ?? 1) * digit : (value ?? 0) + digit
        }
        return value
    }

    static func isNumber(_ unit: RequestUnit) -> Bool { number(unit) != nil }

    private static func number(_ unit: RequestUnit) -> Double? {
        switch unit {
        case .number(let value): value
        case .ideograph(let character): numbers[String(character)]
        case .word(let word): numbers[word]
        default: nil
        }
    }
}

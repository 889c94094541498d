import Core

/// When readings give warning.
///
/// ```
/// f1 of models/color < 0.9                    each crossing once; again only after a reading of 0.9 or more
/// f1 of models/color < 0.9 until 0.93 for 3   three readings in a row below; over when three in a row are 0.93 or more
/// share of intake falls                       another level than that of the first 30 readings, found by CUSUM
/// ```
public struct WatchRule: Sendable, Codable, Hashable, CustomStringConvertible {
    /// What is waited for.
    enum Kind: Sendable, Codable, Hashable {
        /// Readings on the wrong side of a limit. Over when they are at or beyond `until`, on the right one.
        case limit(isBelow: Bool, Double, until: Double)
        /// A change of level, down or up, after so many readings that show the level.
        case change(isDown: Bool, learning: Int)
    }
    public let metric: String
    public let subject: String
    let kind: Kind
    /// Readings in a row that it takes.
    let count: Int

    /// The sums of CUSUM in standard deviations: the allowance, half the shift that is looked for, and the limit. Measured on noise of the normal distribution with the level learned from 30 readings
    /// (`WatchTests`, seeded): 7 of 100 series of 1,000 readings without a change give a false warning; a shift by two deviations is told after 8 readings in the median and 17 at most, but where a false warning stood (1 of 100).
    static let allowance = 0.5, limit = 12.0
    public static let learningCount = 30
    static let countRange = 1...100, learningRange = 10...500

    /// The name of the readings.
    public var name: String { Readings.name(metric, of: subject) }

    /// - Throws: `workflows.reading` saying how a rule is written.
    public init(_ text: String) throws {
        let wrong = Fault(.reading, "a watch is written METRIC of SUBJECT < NUMBER [until NUMBER] [for COUNT], or METRIC of SUBJECT falls [after COUNT]; > and rises likewise", remedy: "e.g. f1 of models/color < 0.9")
        var words = text.split(separator: " ").map(String.init), settings: [String: Double] = [:]
        while words.count >= 2, ["until", "for", "after"].contains(words[words.count - 2]) {
            guard let number = words.popLast().flatMap(Double.init), number.isFinite, let word = words.popLast(), settings.updateValue(number, forKey: word) == nil else { throw wrong }
        }
        guard words.count >= 4, words[1] == "of", text.utf8.count <= 600 else { throw wrong }
        metric = words[0]
        func whole(_ name: String, _ standard: Int, _ range: ClosedRange<Int>) throws -> Int {
            guard let given = settings[name] else { return standard }
            guard let number = Int(exactly: given), range.contains(number) else { throw wrong }
            return number
        }
        count = try whole("for", 1, Self.countRange)
        if let last = words.last, last == "falls" || last == "rises" {
            guard settings["until"] == nil, settings["for"] == nil else { throw wrong }
            kind = .change(isDown: last == "falls", learning: try whole("after", Self.learningCount, Self.learningRange))
            words.removeLast()
        } else {
            guard let bound = words.popLast().flatMap(Double.init), bound.isFinite, let sign = words.popLast(), sign == "<" || sign == ">", settings["after"] == nil else { throw wrong }
            let until = settings["until"] ?? bound
            guard sign == "<" ? until >= bound : until <= bound else { throw wrong }
            kind = .limit(isBelow: sign == "<", bound, until: until)
        }
        subject = words.dropFirst(2).joined(separator: " ")
        guard !subject.isEmpty else { throw wrong }
    }

    public var description: String {
        switch kind {
        case .limit(let isBelow, let bound, let until): "\(name) \(isBelow ? "<" : ">") \(bound)" + (until == bound ? "" : " until \(until)") + (count == 1 ? "" : " for \(count)")
        case .change(let isDown, let learning): "\(name) \(isDown ? "falls" : "rises") after \(learning)"
        }
    }
}

/// A watch over readings: a state machine with no clock. It fires once a crossing and again only after it was over.
struct WatchState: Sendable, Codable, Hashable {
    let rule: WatchRule
    /// Whether it has fired and it is not over.
    private(set) var isRaised = false
    /// Readings in a row that speak for the other state.
    private(set) var streak = 0
    /// What is known of the level: readings, their mean, the sum of their squared deviations (Welford), and the sum of CUSUM (Page, 1954).
    private(set) var learned = 0, mean = 0.0, squares = 0.0, sum = 0.0

    init(_ rule: WatchRule) { self.rule = rule }

    /// Takes a reading; true if the watch fires.
    mutating func take(_ value: Double) -> Bool {
        // Squares of what comes must stay numbers.
        let value = min(1e100, max(-1e100, value))
        switch rule.kind {
        case .limit(let isBelow, let bound, let until):
            let turns = isRaised ? (isBelow ? value >= until : value <= until) : (isBelow ? value < bound : value > bound)
            streak = turns ? streak + 1 : 0
            guard streak >= rule.count else { return false }
            (streak, isRaised) = (0, !isRaised)
            return isRaised
        case .change(let isDown, let learning):
            guard learned >= learning else {
                learned += 1
                let distance = value - mean
                mean += distance / Double(learned)
                squares += distance * (value - mean)
                return false
            }
            // Readings that never differed have a deviation, too: the last digits of a number.
            let deviation = max((squares / Double(max(1, learned - 1))).squareRoot(), 1e-9 * max(1, mean.magnitude))
            let distance = (isDown ? mean - value : value - mean) / deviation
            // Bounded, so that it is over soon after the level is back.
            sum = min(2 * WatchRule.limit, max(0, sum + min(distance, WatchRule.limit) - WatchRule.allowance))
            if isRaised, sum == 0 { isRaised = false }
            guard !isRaised, sum > WatchRule.limit else { return false }
            isRaised = true
            return true
        }
    }
}

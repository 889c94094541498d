import Core

// To be replaced by the engine's own: the same interfaces over the first detector.

/// A span that a tagger finds. Offsets in Unicode scalars.
public struct TaggedEntity: Sendable, Hashable {
    public var type: SensitiveType
    public var start: Int
    public var end: Int
    public var confidence: Double

    public init(type: SensitiveType, start: Int, end: Int, confidence: Double) {
        (self.type, self.start, self.end, self.confidence) = (type, start, end, confidence)
    }
}

/// Finds spans in texts by what it has learned.
public protocol EntityTagger: Sendable {
    /// The spans of each text.
    func entities(in texts: [String]) throws -> [[TaggedEntity]]
}

extension Detector {
    /// What bytes of UTF-8 hold; invalid ones are passed over.
    public func detect(bytes: [UInt8]) -> Detection {
        (try? detect(String(decoding: bytes, as: UTF8.self))) ?? Detection(findings: [], dropped: [])
    }

    /// A detector with a tagger.
    public init(recognizers: [any Recognizer] = Recognizers.all, tagger: (any EntityTagger)?) {
        self.init(recognizers: recognizers + (tagger.map { tagger in [SensitiveType.person, .address].map { TaggerRecognizer(tagger: tagger, type: $0) } } ?? []))
    }
}

struct TaggerRecognizer: Recognizer {
    let tagger: any EntityTagger
    let type: SensitiveType
    var id: String { "tagger-" + type.id }
    let fixtures = RecognizerFixtures(positive: [], negative: [])

    func candidates(in text: ScannedText) -> [Candidate] {
        let found = (try? tagger.entities(in: [text.text(0..<text.count)])) ?? []
        return found.flatMap { $0 }.filter { $0.type == type }.map { Candidate($0.start, $0.end, confidence: $0.confidence, reasons: ["tagger"]) }
    }
}

/// A pattern of a person's own.
public struct PatternRecognizer: Recognizer {
    public let type: SensitiveType
    let pattern: String
    public let fixtures = RecognizerFixtures(positive: [], negative: [])

    /// - Throws: when the pattern is malformed.
    public init(name: String, pattern: String) throws {
        (type, self.pattern) = (SensitiveType(id: name), pattern)
        _ = try Regex(pattern)
    }

    /// As of the protocol.
    public func candidates(in text: ScannedText) -> [Candidate] {
        let whole = text.text(0..<text.count)
        guard let regex = try? Regex(pattern) else { return [] }
        return whole.matches(of: regex).map { match in
            let start = whole.unicodeScalars.distance(from: whole.startIndex, to: match.range.lowerBound)
            return Candidate(start, start + whole[match.range].unicodeScalars.count, confidence: 0.9, reasons: ["pattern"])
        }
    }
}

/// Words of a person's own.
public struct DictionaryRecognizer: Recognizer {
    public let type: SensitiveType
    let words: [String]
    public let fixtures = RecognizerFixtures(positive: [], negative: [])

    public init(name: String, words: [String]) { (type, self.words) = (SensitiveType(id: name), words.filter { !$0.isEmpty }) }

    /// As of the protocol.
    public func candidates(in text: ScannedText) -> [Candidate] {
        var found: [Candidate] = []
        for index in 0..<text.count {
            if let word = words.first(where: { text.has($0, at: index) }) { found.append(Candidate(index, index + word.unicodeScalars.count, confidence: 0.9, reasons: ["dictionary"])) }
        }
        return found
    }
}

import Core
import Kernels
import Synchronization

/// Looks through whole texts where anchors do not suffice: a person's own patterns, dictionaries and tables.
public protocol TextFinder: Sendable {
    /// Ranges of bytes, by place, that do not overlap. Must be linear in the text.
    func ranges(in text: [UInt8]) -> [Range<Int>]
}

/// A type of a person's own, by a regular expression of RE2's syntax that may match anywhere.
///
/// ```swift
/// let detector = try Detector(recognizers: Recognizers.all + [PatternRecognizer(name: "case-file", pattern: #"AJ-\d{4}-\d{6}"#)])
/// ```
public struct PatternRecognizer: Recognizer {
    public let card: TypeCard
    public let rules: [Rule] = []
    public let negativeContext: [String] = []
    public let fixtures = RecognizerFixtures(positive: [], negative: [])
    public let finder: (any TextFinder)?

    /// - Parameters:
    ///   - name: The type's id and title.
    ///   - pattern: Leftmost and, like Perl, the first alternative wins. Of a match at most 8,192 bytes are looked at.
    /// - Throws: `detection.pattern`.
    public init(name: String, pattern: String) throws {
        card = TypeCard(name, zh: name, en: name, .personal)
        finder = try PatternFinder(pattern)
    }
}

/// Finds a pattern by two automata: forwards to where the leftmost match ends, backwards to where it began (Cox 2010).
final class PatternFinder: TextFinder {
    /// The longest match, so that many unfinished ones cannot make the work quadratic.
    static let matchCountMax = 8_192
    static let findingCountMax = 100_000

    private struct Automata {
        var forwards: PatternAutomaton
        var backwards: PatternAutomaton
    }

    private let forwards: PatternProgram
    private let backwards: PatternProgram
    /// Bytes that every match holds; most texts do not.
    private let required: [UInt8]
    private let pool = Mutex<[Automata]>([])

    init(_ pattern: String) throws {
        let tree = try PatternParser.parse(pattern)
        required = Self.required(tree)
        forwards = PatternProgram([tree], isSearching: true)
        backwards = PatternProgram([tree], isBackwards: true)
    }

    func ranges(in text: [UInt8]) -> [Range<Int>] {
        if !required.isEmpty, ByteScan.firstPlace(of: required, in: text) == nil { return [] }
        var automata = pool.withLock { $0.popLast() }
            ?? Automata(forwards: PatternAutomaton(forwards, preference: .first), backwards: PatternAutomaton(backwards, preference: .longest))
        defer { pool.withLock { if $0.count < 64 { $0.append(automata) } } }
        var found: [Range<Int>] = []
        var place = 0
        while place < text.count, found.count < Self.findingCountMax {
            guard let end = automata.forwards.firstEnd(in: text, from: place, countMax: Self.matchCountMax) else { break }
            guard end > place, let start = automata.backwards.farthestStart(in: text, endingAt: end, least: max(place, end - Self.matchCountMax)), start < end else {
                place = max(end, place + 1)
                continue
            }
            found.append(start..<end)
            place = end
        }
        return found
    }

    /// The longest run of single scalars that no match can do without.
    static func required(_ tree: PatternTree) -> [UInt8] {
        switch tree {
        case .scalars(let ranges):
            guard ranges.count == 1, ranges[0].count == 1, let scalar = Unicode.Scalar(ranges[0].lowerBound) else { return [] }
            return Array(UTF8.encode(scalar) ?? .init())
        case .sequence(let items):
            var (best, run): ([UInt8], [UInt8]) = ([], [])
            for item in items {
                let part = required(item)
                if case .scalars = item, !part.isEmpty { run += part } else {
                    best = longest(best, run, part)
                    run = []
                }
            }
            return longest(best, run)
        case .times(let item, let low, _, _): return low > 0 ? required(item) : []
        case .empty, .choice, .assertion: return []
        }
    }

    private static func longest(_ parts: [UInt8]...) -> [UInt8] { parts.max { $0.count < $1.count } ?? [] }
}

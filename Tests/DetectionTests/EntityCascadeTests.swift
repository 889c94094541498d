import Core
import Synchronization
import Testing

@testable import Detection

/// Long texts: what the quick tagger reads, what the networks read, and that it is the same each time.
@Suite struct EntityCascadeTests {
    /// Finds 王小明 and counts what it was given.
    private final class Network: EntityTagger {
        let name = "network"
        let given = Mutex<[String]>([])

        func entities(in texts: [String]) throws -> [[TaggedEntity]] {
            given.withLock { $0 += texts }
            return texts.map { text in
                let scalars = Array(text.unicodeScalars), name = Array("王小明".unicodeScalars)
                return scalars.indices.filter { scalars[$0...].starts(with: name) }.map { TaggedEntity(type: "person", start: $0, end: $0 + 3, confidence: 0.9) }
            }
        }
    }

    /// Calls the first six bytes of each piece a person with the confidence that the digit behind them says, and doubts as its length says.
    private struct Quick: QuickEntityTagger {
        let name = "quick"

        func read(_ bytes: [UInt8], _ pieces: [Range<Int>]) throws -> [QuickReading] {
            pieces.map { piece in
                let confidence = piece.count > 6 ? Double(bytes[piece.lowerBound + 6] & 15) / 10 : 0
                return QuickReading(entities: [.init(type: "person", range: piece.lowerBound..<min(piece.upperBound, piece.lowerBound + 6), confidence: confidence)], doubt: Double(piece.count))
            }
        }
    }

    private static func lines(_ count: Int) -> [String] { (0..<count).map { "王明\($0 % 10)在看第\($0)本书" + String(repeating: "书", count: $0 % 7) } }

    @Test func shortTextsAreReadByNetworksAsEver() throws {
        let (with, without) = (Network(), Network())
        let text = Self.lines(40).joined(separator: "\n") + "\n王小明来了\nMarta lives in Braga.\n"
        let one = try Detector(taggers: EntityTaggers(chinese: with, latin: with, quickChinese: Quick(), quickLatin: Quick())).detect(text)
        let two = try Detector(taggers: EntityTaggers(chinese: without, latin: without)).detect(text)
        #expect(one.findings == two.findings && one.reading == EntityReading(byNetwork: 42) && with.given.withLock { $0 } == without.given.withLock { $0 })
    }

    @Test func longTextsGiveNetworksABoundedShare() throws {
        let network = Network()
        let text = Self.lines(6_000).joined(separator: "\n")
        let detector = Detector(taggers: EntityTaggers(chinese: network, latin: network, quickChinese: Quick(), quickLatin: Quick()))
        let one = try detector.detect(text)
        let given = network.given.withLock { $0 }
        #expect(text.utf8.count > EntityLayer.cascadeFrom && given.reduce(0) { $0 + $1.utf8.count } <= text.utf8.count / EntityLayer.networkShare)
        // The longest lines are the most doubted, and of equal ones the first.
        let lengths = Self.lines(6_000).map(\.utf8.count).sorted(by: >)
        #expect(!given.isEmpty && given.allSatisfy { $0.utf8.count >= lengths[given.count - 1] })
        #expect(one.reading == EntityReading(byNetwork: given.count, byQuick: 6_000 - given.count))
        // Spans that it is not sure of are left out; those of lines that a network read are the network's.
        let unsure = Self.lines(6_000).count { $0.utf8.dropFirst(6).first.map { $0 & 15 < 5 } ?? false }
        #expect(one.findings.count { $0.recognizer == "quick" } <= 6_000 - unsure && one.findings.contains { $0.recognizer == "quick" })
        let two = try detector.detect(text)
        #expect(one == two)
    }

    @Test func depthDecides() throws {
        let text = Self.lines(6_000).joined(separator: "\n"), short = "王明9在看书\n"
        func reading(_ depth: ReadingDepth, _ text: String) throws -> EntityReading? {
            try Detector(taggers: EntityTaggers(chinese: Network(), latin: Network(), quickChinese: Quick(), quickLatin: Quick(), depth: depth)).detect(text).reading
        }
        #expect(try reading(.full, text) == EntityReading(byNetwork: 6_000) && reading(.quick, text) == EntityReading(byQuick: 6_000))
        #expect(try reading(.quick, short) == EntityReading(byQuick: 1) && reading(.cascade, short) == EntityReading(byNetwork: 1))
        #expect(try Detector().detect(text).reading == nil)
    }

    /// Lines for which there is no quick tagger are read by their network, all of them, and never by nobody.
    @Test(arguments: [ReadingDepth.cascade, .quick]) func aMissingQuickTaggerLeavesNothingUnread(depth: ReadingDepth) throws {
        let text = (Self.lines(3_000) + (0..<3_000).map { "Marta Silva lives in Braga, house \($0)." }).joined(separator: "\n")
        let network = Network()
        func reading(_ taggers: EntityTaggers) throws -> EntityReading? { try Detector(taggers: taggers).detect(text).reading }
        let full = try #require(try reading(EntityTaggers(chinese: network, latin: network)))
        let chinese = try #require(try reading(EntityTaggers(chinese: network, depth: .full))).byNetwork
        let latinOnly = try #require(try reading(EntityTaggers(chinese: network, latin: network, quickLatin: Quick(), depth: depth)))
        #expect(chinese == 3_000 && latinOnly.byNetwork >= chinese && latinOnly.byQuick > 0)
        let chineseOnly = try #require(try reading(EntityTaggers(chinese: network, latin: network, quickChinese: Quick(), depth: depth)))
        #expect(chineseOnly.byNetwork >= full.byNetwork - chinese && chineseOnly.byQuick > 0)
    }

    /// A line without an end is cut: no piece is longer than the bound.
    @Test func endlessLinesAreCut() throws {
        let network = Network()
        let text = String(repeating: "王明9在看书", count: 40_000)
        let reading = try #require(try Detector(taggers: EntityTaggers(chinese: network, quickChinese: Quick())).detect(text).reading)
        #expect(reading.byQuick >= text.utf8.count / (EntityLayer.lineCountMax + 4) - 20)
        #expect(network.given.withLock { $0.allSatisfy { $0.utf8.count <= EntityLayer.lineCountMax + 4 } })
    }
}

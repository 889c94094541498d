import Core
import Testing

@testable import Detection

/// Scores decide; confidences say how often a finding with the same evidence is right.
@Suite struct FusionTests {
    private struct Names: EntityTagger {
        let name = "names"
        let confidence: Double
        func entities(in texts: [String]) throws -> [[TaggedEntity]] {
            texts.map { text in
                let scalars = text.unicodeScalars.map(\.value)
                guard let start = scalars.firstIndex(of: 0x5F20) else { return [] }
                return [TaggedEntity(type: "person", start: start, end: start + 2, confidence: confidence)]
            }
        }
    }

    /// Whatever the evidence, what is kept is told as likelier than not, what is dropped as less, and nothing as certain.
    @Test func sidesAndBoundsHold() {
        for tier in stride(from: 0.0, through: 1, by: 0.05) {
            for context in Evidence.Context.allCases {
                for number in 0..<4 {
                    let evidence = Evidence(tier: tier, isChecked: number & 1 == 1, isDecoded: number & 2 == 2, context: context)
                    #expect((0.5...Fusion.most).contains(Fusion.probability(of: evidence, isKept: true)) && (0...0.5).contains(Fusion.probability(of: evidence, isKept: false)))
                }
            }
        }
    }

    /// A better rule, and a word that speaks for it, never make a finding less likely; a word against it never more.
    @Test func evidenceCountsInItsDirection() {
        func probability(_ tier: Double, _ context: Evidence.Context) -> Double { Fusion.probability(of: Evidence(tier: tier, isChecked: false, isDecoded: false, context: context), isKept: true) }
        for (low, high) in [(0.1, 0.3), (0.3, 0.5), (0.5, 0.7), (0.7, 0.9)] { for context in Evidence.Context.allCases { #expect(probability(low, context) <= probability(high, context)) } }
        for tier in [0.3, 0.5, 0.7] { #expect(probability(tier, .lowers) <= probability(tier, .silent) && probability(tier, .silent) <= probability(tier, .raises)) }
    }

    @Test func whatChangesAScoreMovesItsConfidence() {
        #expect(Fusion.moved(0.9, by: 0) == 0.9 && Fusion.moved(0.9, by: 0.1) > 0.9 && Fusion.moved(0.9, by: -0.1) < 0.9)
        #expect(Fusion.moved(0.9, by: -1) == 0.5 && Fusion.moved(0.9, by: 1) == Fusion.most)
    }

    /// `explain` names the parts of every weighed candidate, kept or dropped.
    @Test func partsAreExplained() throws {
        let detection = try Detector().detect("身份证11010519491231002X，订单号13800138000")
        let kept = try #require(detection.findings.first { $0.type == .residentID })
        #expect(kept.reasons.contains { $0.hasPrefix("evidence: tier ") && $0.contains("check digits") && $0.contains("; score ") }, "\(kept.reasons)")
        #expect(detection.dropped.contains { $0.type == .mobile && $0.reason.contains("lowers; score ") })
        let plain = try Detector().detect(bytes: Array("身份证11010519491231002X".utf8), explains: false)
        #expect(plain.findings.count == 1 && plain.findings[0].confidence == kept.confidence && plain.findings[0].reasons.allSatisfy { !$0.hasPrefix("evidence") })
    }

    /// A tagger's own probability makes its confidence, and neither keeps it from being found nor changes what wins.
    @Test func taggersAreAsSureAsTheySay() throws {
        let found = try [0.3, 0.8, 0.99].map { sure in try Detector(taggers: EntityTaggers(chinese: Names(confidence: sure))).detect("昨天张三说他来自北京。").findings.filter { $0.recognizer == "names" } }
        #expect(found.allSatisfy { $0.count == 1 && $0[0].score == Fusion.taggedScore })
        let confidences = found.map { $0.first?.confidence ?? 0 }
        #expect(confidences == confidences.sorted() && confidences[0] < confidences[2] && confidences[2] > 0.85)
    }
}

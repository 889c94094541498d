import Core
import Testing

@testable import Detection

@Suite struct FeedbackTests {
    /// Three shapes of different confidence, one type each, so that findings never overlap.
    private struct Shape: Recognizer {
        let card: TypeCard
        let rules: [Rule]
        let negativeContext: [String] = []
        let fixtures = RecognizerFixtures(positive: [], negative: [])
        init(_ id: String, _ pattern: String, _ confidence: Double) {
            card = TypeCard(id, zh: id, en: id, .personal)
            rules = [Rule.word(pattern, confidence)]
        }
    }

    private static let shapes = [Shape("low", "L[0-9]{3}", 0.52), Shape("middle", "M[0-9]{3}", 0.7), Shape("high", "H[0-9]{3}", 0.95), Shape("under", "U[0-9]{3}", 0.46)]

    private func finding(_ type: String, _ confidence: Double) -> Finding {
        Finding(type: SensitiveType(id: type), start: 0, end: 1, byteStart: 0, byteEnd: 1, confidence: confidence, recognizer: type, reasons: ["shape"])
    }

    @Test func withoutVerdictsNothingChanges() throws {
        let (feedback, text) = (DetectionFeedback(), "L123 M123 H123 U123")
        #expect(feedback.threshold(of: .mobile) == 0.5)
        #expect(try Detector(recognizers: Self.shapes, feedback: feedback).detect(text) == Detector(recognizers: Self.shapes).detect(text))
    }

    @Test func rejectingRaisesTheThresholdAndConfirmingLowersIt() throws {
        var (rejected, confirmed) = (DetectionFeedback(), DetectionFeedback())
        try rejected.add(.rejected, of: finding("low", 0.52))
        try confirmed.add(.confirmed, of: finding("low", 0.52))
        let type = SensitiveType(id: "low")
        #expect(rejected.threshold(of: type) > 0.5 && confirmed.threshold(of: type) < 0.5)
        #expect(rejected.threshold(of: .mobile) == 0.5)
        #expect(rejected.verdicts(of: type) == (0, 1) && confirmed.verdicts(of: type) == (1, 0))
        #expect(try Detector(recognizers: Self.shapes, feedback: rejected).detect("L123").findings.isEmpty)
        let kept = try #require(try Detector(recognizers: Self.shapes, feedback: confirmed).detect("L123").findings.first)
        #expect(kept.confidence > 0.52 && kept.reasons.contains { $0.hasPrefix("feedback: ") })
    }

    @Test func confirmingBringsBackWhatWasJustUnderTheCut() throws {
        var feedback = DetectionFeedback()
        let type = SensitiveType(id: "under")
        #expect(try Detector(recognizers: Self.shapes).detect("U123").findings.isEmpty)
        try feedback.add(.confirmed, type: type, confidence: 0.46)
        #expect(try Detector(recognizers: Self.shapes, feedback: feedback).detect("U123").findings.map(\.type) == [type])
    }

    @Test func theThresholdIsWhereTheEstimateReachesAHalf() {
        var bands = [DetectionFeedback.Counts](repeating: .init(), count: DetectionFeedback.bandCount)
        // Two rejections at 0.95 count in full everywhere below: (8c + 0) / (8 + 2) = 0.5 at c = 0.625.
        bands[19].rejected = 2
        #expect(abs(DetectionFeedback.threshold(bands) - 0.625) < 1e-9)
        // Eight and more at the top: no confidence up to 0.95 suffices, and the top band asks for 1.
        bands[19].rejected = 8
        #expect(DetectionFeedback.threshold(bands) == 1)
        // A confirmation at 0 counts in full everywhere: (8c + 4) / (8 + 4) = 0.5 at c = 0.25.
        bands[19].rejected = 0
        bands[0].confirmed = 4
        #expect(abs(DetectionFeedback.threshold(bands) - 0.25) < 1e-9)
    }

    @Test(arguments: 0..<60)
    func stepsAndBoundsHoldAndUndoRestoresExactly(seed: UInt64) throws {
        var random = SeededRandom(seed: seed)
        var feedback = DetectionFeedback()
        var past: [DetectionFeedback] = []
        let type = SensitiveType(id: "low")
        for _ in 0..<Int.random(in: 1...DetectionFeedback.historyCountMax, using: &random) {
            past.append(feedback)
            let before = feedback.threshold(of: type)
            let words = Bool.random(using: &random) ? [["near", "客户", "Order"].randomElement(using: &random) ?? ""] : []
            // Mostly one kind, so that runs of it reach the bounds.
            let verdict: DetectionFeedback.Verdict = Int.random(in: 0..<8, using: &random) == 0 || seed % 2 == 0 ? .rejected : .confirmed
            try feedback.add(verdict, type: type, confidence: Double.random(in: 0...1, using: &random), words: words)
            let after = feedback.threshold(of: type)
            #expect(abs(after - before) <= 0.05 + 1e-9)
            #expect((0.3 - 1e-9...0.95 + 1e-9).contains(after))
            #expect(feedback.words(of: type).values.allSatisfy { abs($0) < 0.3 })
        }
        #expect(try DetectionFeedback(text: feedback.json.text) == feedback)
        while let before = past.popLast() {
            let isUndone = feedback.undo()
            #expect(isUndone)
            #expect(feedback == before)
        }
        let isUndoneAgain = feedback.undo()
        #expect(!isUndoneAgain)
    }

    @Test func aRunOfVerdictsStopsAtTheBounds() throws {
        var (up, down) = (DetectionFeedback(), DetectionFeedback())
        for _ in 0..<200 {
            try up.add(.rejected, of: finding("low", 0.99))
            try down.add(.confirmed, of: finding("low", 0.5))
        }
        let type = SensitiveType(id: "low")
        #expect(up.threshold(of: type) == 0.95 && up.undoCount == DetectionFeedback.historyCountMax)
        #expect(abs(down.threshold(of: type) - 0.3) < 1e-9)
    }

    @Test(arguments: 0..<40)
    func theEffectIsWhatApplyingDoes(seed: UInt64) throws {
        var random = SeededRandom(seed: seed)
        let text = (0..<30).map { _ in (["L", "M", "H", "U"].randomElement(using: &random) ?? "") + String(Int.random(in: 100...999, using: &random)) }.joined(separator: "\n")
        var feedback = DetectionFeedback()
        for _ in 0..<Int.random(in: 0...30, using: &random) {
            let shape = Self.shapes[Int.random(in: 0..<4, using: &random)]
            try feedback.add(Int.random(in: 0..<4, using: &random) == 0 ? .confirmed : .rejected, type: shape.type, confidence: shape.rules[0].confidence)
        }
        let before = try Detector(recognizers: Self.shapes).detect(text).findings
        let after = try Detector(recognizers: Self.shapes, feedback: feedback).detect(text).findings
        let effect = feedback.effect(on: before)
        let places = Set(after.map(\.byteStart))
        #expect(effect.nowDropped == before.indices.filter { !places.contains(before[$0].byteStart) })
        #expect(effect.kept == before.count - effect.nowDropped.count && effect.nowKept.isEmpty)
        // What was found with feedback is judged by what it was without.
        #expect(feedback.effect(on: after).nowDropped.isEmpty)
        #expect(DetectionFeedback().effect(on: after).nowDropped == after.indices.filter { after[$0].type.id == "under" })
    }

    @Test func candidatesBroughtBackAreReported() throws {
        var feedback = DetectionFeedback()
        try feedback.add(.confirmed, of: finding("under", 0.46))
        #expect(feedback.effect(on: [finding("under", 0.46), finding("low", 0.52)]).nowKept == [0])
    }

    @Test func wordsNearACandidateCount() throws {
        var feedback = DetectionFeedback()
        for _ in 0..<3 { try feedback.add(.rejected, type: SensitiveType(id: "middle"), confidence: 0.1, words: ["Batch"]) }
        let detector = try Detector(recognizers: Self.shapes, feedback: feedback)
        #expect(feedback.words(of: SensitiveType(id: "middle")) == ["batch": 0.6 * (1.0 / 5 - 0.5)])
        #expect(try detector.detect("M123").findings.count == 1)
        let near = try detector.detect("BATCH no M123")
        let reason = near.findings.first?.reasons.joined() ?? near.dropped.first?.reason ?? ""
        #expect(reason.contains("feedback: confidence lowered") && !reason.lowercased().contains("batch") && !reason.contains("M123"))
        #expect(try (near.findings.first?.confidence ?? 0) < detector.detect("rebatched M123").findings[0].confidence)
        let effect = feedback.effect(on: [finding("middle", 0.6), finding("middle", 0.6)], words: [["batch"]])
        #expect(effect.nowDropped == [0])
    }

    @Test func aDictionaryOfOnesOwnIsWeighedToo() throws {
        var feedback = DetectionFeedback()
        let words = try DictionaryRecognizer(name: "project", words: ["banyan"])
        for _ in 0..<30 { try feedback.add(.rejected, type: words.type, confidence: 0.9) }
        #expect(try Detector(recognizers: [words]).detect("the banyan grows").findings.count == 1)
        let detection = try Detector(recognizers: [words], feedback: feedback).detect("the banyan grows")
        #expect(detection.findings.isEmpty && detection.dropped.count == 1)
    }

    @Test func whatIsOutOfBoundsIsRefusedAndChangesNothing() throws {
        var feedback = DetectionFeedback()
        for (confidence, word) in [(1.5, "near"), (-0.1, "near"), (.nan, "near"), (0.6, "x"), (0.6, "138001"), (0.6, "two words"), (0.6, "１３８００")] {
            #expect(throws: Fault.self) { try feedback.add(.rejected, type: .mobile, confidence: confidence, words: [word]) }
        }
        #expect(feedback == DetectionFeedback())
        for text in ["{}", "[]", #"{"version":2,"types":{},"history":[]}"#, #"{"version":1,"types":{"a":{"shift":900,"bands":[],"words":{}}},"history":[]}"#, #"{"version":1,"types":{},"history":[{}]}"#] {
            #expect(throws: Fault.self) { try DetectionFeedback(text: text) }
        }
    }
}

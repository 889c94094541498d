import Core
import Detection
import Labels
import Testing

/// What every recognizer must keep, whoever wrote it. A new one is covered by its line in `Recognizers.all`.
@Suite struct RecognizerContractTests {
    static let numbers = Array(Recognizers.all.indices)

    private func recognizer(_ number: Int) throws -> any Recognizer { Recognizers.all[number] }

    @Test func everyTypeHasOneCard() {
        // A type may have two recognizers, one by labels and one by what stands around; then they call it alike.
        for recognizer in Recognizers.all {
            let card = SensitiveType.cards[recognizer.type]
            #expect(card?.zh == recognizer.card.zh && card?.en == recognizer.card.en && card?.group == recognizer.card.group, "\(recognizer.id)")
        }
        #expect(Set(Recognizers.all.map(\.id)).count >= 120)
    }

    @Test(arguments: numbers)
    func findsItsPositivesAndNoneOfItsNegatives(number: Int) throws {
        let recognizer = try recognizer(number)
        #expect(recognizer.fixtures.positive.count >= 2 && recognizer.fixtures.negative.count >= 2)
        for (text, found) in recognizer.fixtures.positive {
            let spans = try Detector().detect(text).findings.filter { $0.type == recognizer.type }.map { finding in
                String(decoding: Array(text.utf8)[finding.byteStart..<finding.byteEnd], as: UTF8.self)
            }
            #expect(spans == [found], "in the fixture \(text)")
        }
        for text in recognizer.fixtures.negative {
            #expect(try Detector().detect(text).findings.allSatisfy { $0.type != recognizer.type }, "in the fixture \(text)")
        }
    }

    @Test(arguments: numbers)
    func aloneItFindsSpansInsideTheTextWithReasonsAndConfidence(number: Int) throws {
        let detector = try Detector(recognizers: [try recognizer(number)])
        var random = SeededRandom(seed: 11)
        let pieces = Recognizers.all.flatMap { $0.fixtures.positive.map(\.text) + $0.fixtures.negative }
        for _ in 0..<40 {
            let text = (0..<4).map { _ in
                let piece = Array((pieces.randomElement(using: &random) ?? "").unicodeScalars)
                // Cut anywhere: half a number is what a chunk border leaves.
                return String(String.UnicodeScalarView(piece[Int.random(in: 0...piece.count, using: &random)...]))
            }.joined()
            for finding in try detector.detect(text).findings {
                #expect(finding.start >= 0 && finding.start < finding.end && finding.end <= text.unicodeScalars.count)
                #expect((0.5...1).contains(finding.confidence) && !finding.reasons.isEmpty)
            }
        }
        #expect(try detector.detect("").findings.isEmpty)
    }

    @Test(arguments: numbers)
    func hasATitleInBothLanguagesAndACategory(number: Int) throws {
        let type = try recognizer(number).type
        #expect(type.title.zh != type.id && type.title.en != type.id)
        #expect(!type.category.name.isEmpty)
    }
}

import Core
import Testing

@testable import Detection

@Suite struct DetectorTests {
    let detector = Detector()

    @Test func offsetsPointToTheOriginalText() throws {
        let text = "😀市民：电话１３８００１３８０００，邮箱a.b@example.com。é"
        let scalars = Array(text.unicodeScalars)
        let bytes = Array(text.utf8)
        let findings = try detector.detect(text).findings
        #expect(findings.map(\.type) == [.mobile, .email])
        for (finding, expected) in zip(findings, ["１３８００１３８０００", "a.b@example.com"]) {
            var view = String.UnicodeScalarView()
            view.append(contentsOf: scalars[finding.start..<finding.end])
            #expect(String(view) == expected)
            #expect(String(decoding: bytes[finding.byteStart..<finding.byteEnd], as: UTF8.self) == expected)
        }
    }

    @Test func everyKeepAndDropHasAReasonThatQuotesNothing() throws {
        let text = "身份证11010519491231002X，订单号4111111111111111，身份证号110105194912310021，我叫林晓芸，电话13800138000"
        let detection = try detector.detect(text)
        #expect(!detection.findings.isEmpty && !detection.dropped.isEmpty)
        for finding in detection.findings {
            #expect(!finding.reasons.isEmpty)
            #expect((0.5...1).contains(finding.confidence))
        }
        for reason in detection.findings.flatMap(\.reasons) + detection.dropped.map(\.reason) {
            #expect(!reason.isEmpty)
            #expect(!reason.contains("1101") && !reason.contains("4111") && !reason.contains("林晓芸"))
        }
    }

    @Test func ofTwoOverlappingTheMoreConfidentWins() throws {
        struct Fixed: Recognizer {
            let card: TypeCard
            let rules: [Rule]
            let fixtures = RecognizerFixtures(positive: [], negative: [])
            init(_ id: String, _ pattern: String, _ confidence: Double) {
                card = TypeCard(id, zh: id, en: id, .personal)
                rules = [Rule.word(pattern, confidence, isBounded: false)]
            }
        }
        let (sure, long) = (Fixed("sure", "[0-9]{3}", 0.9), Fixed("long", "[0-9]{3} abcd", 0.8))
        let detection = try Detector(recognizers: [long, sure, Fixed("zequal", "[0-9]{3}", 0.9)]).detect("zz 123 abcd")
        #expect(detection.findings.map(\.recognizer) == ["sure"])
        #expect(detection.dropped.map(\.recognizer).sorted() == ["long", "zequal"])
        #expect(detection.dropped.allSatisfy { $0.reason.contains("overlaps") })
    }

    @Test func contextRaisesAndNamesOfOtherNumbersLower() throws {
        #expect(try detector.detect("卡号6222021234567890128").findings.map(\.type) == [.bankCard])
        #expect(try detector.detect("运单号6222021234567890128").findings.isEmpty)
        // The window ends with the sentence.
        #expect(try detector.detect("运单号已给。13800138000").findings.map(\.type) == [.mobile])
    }

    @Test func aTextOverTheLimitIsRefusedWhole() {
        let text = String(repeating: "a", count: Detector.byteCountMax + 1)
        #expect { try self.detector.detect(text) } throws: { ($0 as? Fault)?.code == .textTooLong }
    }

    @Test(arguments: 0..<150)
    func onAnyTextFindingsAreOrderedApartAndRepeatable(seed: UInt64) throws {
        var random = SeededRandom(seed: seed)
        let pieces = [
            "张伟", "李", "电话", "138", "00138000", "1", "X", " ", "-", "，", "。", "号", "路", "88", "京A", "12345", "@", "a.b", ".com", "身份证", "110105", "19491231", "002X", "😀", "é", "\u{200B}", "：", "192.168.", "1.1",
            "9135", "0100M000100Y43", "\n", "女士", "住", "小区", "栋", "G", "E12345678", "H1234567890",
        ]
        let text = (0..<Int.random(in: 0...40, using: &random)).map { _ in pieces.randomElement(using: &random) ?? "" }.joined()
        let detection = try detector.detect(text)
        #expect(try detector.detect(text) == detection)
        var position = 0
        for finding in detection.findings {
            #expect(finding.start >= position && finding.end > finding.start && finding.end <= text.unicodeScalars.count)
            #expect(String(validating: Array(text.utf8)[finding.byteStart..<finding.byteEnd], as: UTF8.self) != nil)
            position = finding.end
        }
    }

    @Test func anEmptyTextHoldsNothing() throws {
        #expect(try detector.detect("") == Detection(findings: [], dropped: []))
    }
}

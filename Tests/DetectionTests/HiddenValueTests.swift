import Core
import Testing

@testable import Detection

/// Values that are written so that a plain search does not see them: each is found, and the span is that of the original bytes.
@Suite struct HiddenValueTests {
    private func found(_ text: String) throws -> [String] {
        let bytes = Array(text.utf8)
        return try Detector().detect(text).findings.map { "\($0.type.id) " + String(decoding: bytes[$0.byteStart..<$0.byteEnd], as: UTF8.self) }
    }

    @Test(arguments: [
        ("手机１３８００１３８０００。", "mobile １３８００１３８０００"), ("手机一三八零零一三八零零零。", "mobile 一三八零零一三八零零零"), ("手机壹叁捌零零壹叁捌零零零", "mobile 壹叁捌零零壹叁捌零零零"),
        ("手机1\u{200B}38\u{200D}0013\u{2060}8000", "mobile 1\u{200B}38\u{200D}0013\u{2060}8000"), ("手机1 3 8 0 0 1 3 8 0 0 0", "mobile 1 3 8 0 0 1 3 8 0 0 0"),
        ("手机138*0013*8000", "mobile 138*0013*8000"), ("手机MTM4MDAxMzgwMDA=", "mobile MTM4MDAxMzgwMDA"), ("手机3133383030313338303030", "mobile 3133383030313338303030"),
        ("手机%31%33%38%30%30%31%33%38%30%30%30", "mobile %31%33%38%30%30%31%33%38%30%30%30"), ("手机&#49;&#51;&#56;00138000", "mobile &#49;&#51;&#56;00138000"),
        ("手机\\u0031\\u0033\\u0038\\u0030013\\u0038000", "mobile \\u0031\\u0033\\u0038\\u0030013\\u0038000"), ("手机①③⑧00138000", "mobile ①③⑧00138000"),
        ("护照号码 Е12345678", "passport Е12345678"),
    ])
    func isFoundWhereItStands(text: String, wanted: String) throws {
        let all = try found(text)
        #expect(all.contains(wanted), "\(all)")
    }

    @Test func labelsAtTheHeadOfAColumnCount() throws {
        #expect(try found("姓名,微信号,备注\n张三丰,abcd_1234,无\n李四,wxyz-5678,无") .filter { $0.hasPrefix("wechat") } == ["wechat abcd_1234", "wechat wxyz-5678"])
        #expect(try found("INSERT INTO t (id, wechat) VALUES (1, 'abcd_1234');").contains("wechat abcd_1234"))
    }

    @Test func addressesAndTimesAreNoChains() throws {
        #expect(try found("2024-03-05 10:22:31 took 192.168.10.100:8080").filter { !$0.hasPrefix("ip-address") }.isEmpty)
    }

    @Test(arguments: 0..<4)
    func aStreamGivesWhatTheWholeTextGives(seed: UInt64) throws {
        var random = SeededRandom(seed: seed)
        let pieces = ["电话13800138000，", "身份证11010519491231002X。", "今天天气很好。", "a.b@example.com ", "卡号6222021234567890128\n", "运单号4111111111111111\n", "plain words go on and on. "]
        let text = (0..<12_000).map { _ in pieces.randomElement(using: &random) ?? "" }.joined()
        let bytes = Array(text.utf8)
        let detector = Detector()
        var scanner = StreamScanner(detector: detector)
        var streamed: [Finding] = []
        var place = 0
        while place < bytes.count {
            let count = min(bytes.count - place, Int.random(in: 1...90_000, using: &random))
            streamed += try scanner.feed(Array(bytes[place..<place + count]))
            place += count
        }
        streamed += try scanner.finish()
        let whole = try detector.detect(bytes: bytes, explains: false).findings
        #expect(streamed.map(\.byteStart) == whole.map(\.byteStart) && streamed.map(\.end) == whole.map(\.end) && streamed.map(\.type) == whole.map(\.type))
    }

    @Test func bytesThatAreNoTextAreScannedToo() throws {
        let bytes: [UInt8] = [0xFF, 0xE4, 0xB8] + Array("手机13800138000".utf8) + [0xC0, 0x80]
        let findings = try Detector().detect(bytes: bytes).findings
        #expect(findings.map(\.type) == [.mobile] && findings.first?.byteStart == 9)
    }
}

import Core
import Testing

@testable import Detection

/// Faults that were found by hand, each with the text that showed it.
@Suite struct KnownFaultTests {
    private func found(_ text: String) throws -> [String] {
        let bytes = Array(text.utf8)
        return try Detector().detect(text).findings.map { "\($0.type.id) " + String(decoding: bytes[$0.byteStart..<$0.byteEnd], as: UTF8.self) }
    }

    /// A look-alike that stands alone behind an ideograph has no ASCII beside it.
    @Test(arguments: [("车牌京А·12345", "plate 京А·12345"), ("沪Α-12345", "plate 沪Α-12345"), ("护照号码Е 12345678", "passport Е 12345678")])
    func regression_loneLookAlikes(text: String, wanted: String) throws {
        let all = try found(text)
        #expect(all.contains(wanted), "\(all)")
    }

    /// Words of the scripts that look-alikes come from are left alone.
    @Test func regression_wordsOfOtherScriptsAreNoLookAlikes() throws {
        #expect(try found("他学过俄语：Москва 12345678，也学过希腊语Αθήνα。").isEmpty)
    }

    @Test(arguments: ["1.3.6.1.4.1.95097", "1.3.6.1.4.1.1.8372", "2.16.840.1.113883.3.1937.98.1", "1.3.6.1.4.1.8.6226"])
    func regression_objectIdentifiersAreNoNumbers(identifier: String) throws {
        for text in ["用户 \(identifier)", identifier, "客户编码体系 \(identifier)", "<id root=\"\(identifier)\" extension=\"1\"/>"] {
            #expect(try found(text).isEmpty, "\(text)")
        }
    }

    /// Numbers that are written with dots on purpose still are found.
    @Test(arguments: ["138.0013.8000", "1.3.8.0.0.1.3.8.0.0.0", "138.00.13.80.00"])
    func regression_dottedNumbersStay(number: String) throws { #expect(try found("手机\(number)") == ["mobile \(number)"]) }

    @Test(arguments: [
        ("userPhone13800138000", "mobile 13800138000"), ("vehicleRoadTransportNo350203204205", "road-transport 350203204205"), ("roadTransportNo350203204205", "road-transport 350203204205"),
        ("{\"roadTransportNo\":\"350203204205\"}", "road-transport 350203204205"),
    ])
    func regression_labelsAfterHumps(text: String, wanted: String) throws {
        let all = try found(text)
        #expect(all.contains(wanted), "\(all)")
    }

    /// `dh` is a label; in the middle of a random word it stands by chance.
    @Test func regression_shortLabelsInRandomWords() throws { #expect(try found("xQDh350203204205 kSjh350203204205").isEmpty) }

    /// A row with a label and its value is no head of a table: what stands under the label is no value of it.
    @Test func regression_pairsBetweenBars() throws {
        #expect(try found("| wechat | abcd_12 |\n| hostname | server_9 |\n").filter { $0.hasPrefix("wechat") } == ["wechat abcd_12"])
        #expect(try found("| 微信号 | abcd_12 |\n| 用户名 | wxyz_99 |\n| 登录名 | qrst_77 |\n").filter { $0.hasPrefix("wechat") } == ["wechat abcd_12"])
    }

    /// Heads with a rule under them, in Markdown and as terminals draw them, are heads.
    @Test func regression_tablesBetweenBars() throws {
        let wanted = ["wechat abcd_1234", "wechat wxyz-5678"]
        for (rule, mark) in [("|---|---|", "|---|---|"), ("+------+-----+", "+------+-----+")] {
            #expect(try found("\(mark)\n| 微信号 | 备注 |\n\(rule)\n| abcd_1234 | 无 |\n| wxyz-5678 | 有 |\n").filter { $0.hasPrefix("wechat") } == wanted, "\(rule)")
        }
        #expect(try found("| 微信号 | 备注 | 序 |\n| abcd_1234 | 无 | 1 |\n| wxyz-5678 | 有 | 2 |\n").filter { $0.hasPrefix("wechat") } == wanted)
    }

    /// A head with two labels of one length has values of both.
    @Test(arguments: ["qq/微信号", "微信号_qq", "微信/邮箱", "wechat_"])
    func regression_headsWithTwoLabels(head: String) throws {
        let all = try found("序,\(head),注\n1,abcd_1234,无\n2,wxyz-5678,无\n")
        #expect(all == ["wechat abcd_1234", "wechat wxyz-5678"], "\(all)")
    }
}

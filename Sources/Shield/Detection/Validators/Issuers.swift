/// The issuer before the number of a document: 厦府办〔2021〕30号, 京朝劳人仲字〔2020〕第8248号.
extension Match {
    /// Words that stand before an issuer and are no part of its name.
    private static let words = [
        "依据", "根据", "按照", "收到", "写着", "贯彻", "落实", "执行", "印发", "转发", "下发",
        "处理", "参照", "遵照", "关于", "文件", "文号", "案号", "编号", "证号", "号码", "文书", "通知", "决定",
            "看看", "作出", "取得", "办理",
        "的", "了", "是", "为", "由", "于", "以", "与", "在", "按", "及", "请", "见", "看", "和",
    ].map { Array($0.utf8) }
    /// Bytes of an issuer.
    private static let issuerCountMax = 60
    /// What the issuers of documents end with, as far as a year in plain brackets needs to be told from other lists.
    private static let endings = "发办字函文政令规通告批复审党教财罚".map { Array(String($0).utf8) }

    /// Keeps the match with the issuer before it, of `least` characters or more.
    func issuer(_ confidence: Double, least: Int = 1) -> Verdict {
        var start = range.lowerBound
        while start >= 3, range.lowerBound - start < Self.issuerCountMax, (0xE4...0xE9).contains(view[start - 3]), view[start - 1] & 0xC0 == 0x80 {
            start -= 3
        }
        for word in Self.words {
            var place = start
            while place + word.count <= range.lowerBound {
                if view[place..<place + word.count].elementsEqual(word) { start = place + word.count }
                place += 3
            }
        }
        guard range.lowerBound - start >= 3 * least else { return .drop("no issuer before the number") }
        // （2023）京方正内民证字第01234号
        if start >= 6, view[start - 1] == UInt8(ascii: ")"), view[start - 6] == UInt8(ascii: "(") { start -= 6 }
        if start >= 10, view[start - 3..<start].elementsEqual("）".utf8), view[start - 10..<start - 7].elementsEqual("（".utf8) { start -= 10 }
        return .span(start..<range.upperBound, confidence, "issuer and number of a document")
    }

    /// The same for a year in plain brackets, which stands in many lists: the issuer must end as those of documents do.
    func issuerOfDocument(_ confidence: Double) -> Verdict {
        guard range.lowerBound >= 3, Self.endings.contains(where: { view[range.lowerBound - 3..<range.lowerBound].elementsEqual($0) }) else {
            return .drop("no issuer of documents before the number")
        }
        return issuer(confidence, least: 2)
    }
}

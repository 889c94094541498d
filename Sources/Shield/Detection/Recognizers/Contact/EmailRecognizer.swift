/// E-mail addresses (RFC 5321): local part, `@`, a domain of at least two labels whose last is letters.
struct EmailRecognizer: Recognizer {
    let card = TypeCard("email", zh: "电子邮箱", en: "E-mail", .contact)
    let rules = [Rule(.at, "", 0.93, "local part and domain", isBounded: false) { Self.check($0) }]
    let labels = ["邮箱", "电子邮件", "邮件地址", "email", "e-mail", "mail", "yx"]
    let negativeContext: [String] = []
    let fixtures = RecognizerFixtures(
        positive: [("邮箱zhang.san@example.com，谢谢", "zhang.san@example.com"), ("写信到a_b+c@mail.gov.cn。", "a_b+c@mail.gov.cn"), ("to <li.si@corp.example>;", "li.si@corp.example")],
        negative: ["价格@100", "a@b", "@某人", "npm i left-pad@1.3.0", "git@1.2.3.4"])

    /// Octets of a local part and of a domain (RFC 5321, 4.5.3.1).
    private static let localMax = 64
    private static let domainMax = 255
    /// Ends of file names that stand after an @ (logo@2x.png).
    private static let fileEndings: Set<String> = ["png", "jpg", "jpeg", "gif", "svg", "webp", "js", "css", "ts", "map", "json", "html"]

    private static func check(_ match: Match) -> Verdict {
        let text = match.view
        let at = match.range.lowerBound
        var start = at
        while start > 0, at - start < localMax, isLocal(text[start - 1]) { start -= 1 }
        while start < at, !Borders.isWord(text[start]), text[start] != UInt8(ascii: "_") { start += 1 }
        var end = at + 1
        while end < text.count, end - at <= domainMax, Borders.isWord(text[end]) || text[end] == UInt8(ascii: "-") || text[end] == UInt8(ascii: ".") { end += 1 }
        while end > at + 1, !Borders.isWord(text[end - 1]) { end -= 1 }
        guard start < at, text[at - 1] != UInt8(ascii: "."), end > at + 3 else { return .drop("no local part or domain") }
        var labels = text[at + 1..<end].split(separator: UInt8(ascii: "."), omittingEmptySubsequences: false)
        // A sentence may follow without a blank: a@b.com.Next
        while labels.count > 2, let last = labels.last, !isTop(last) {
            end -= last.count + 1
            labels.removeLast()
        }
        guard labels.count >= 2, let top = labels.last, isTop(top), labels.allSatisfy({ !$0.isEmpty && $0.count <= 63 }) else { return .drop("no domain") }
        guard !fileEndings.contains(String(decoding: top, as: UTF8.self).lowercased()) else { return .drop("the name of a file") }
        return .span(start..<end, 0.93, "local part and domain")
    }

    private static func isTop(_ label: ArraySlice<UInt8>) -> Bool { (2...24).contains(label.count) && label.allSatisfy { Borders.isWord($0) && !Borders.isDigit($0) } }

    private static func isLocal(_ byte: UInt8) -> Bool { Borders.isWord(byte) || "._%+-'".utf8.contains(byte) }
}

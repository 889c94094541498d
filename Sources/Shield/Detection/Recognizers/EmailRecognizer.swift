/// E-mail addresses: the common subset of RFC 5321 (dot-atom, at least one dot in the domain, a top level of letters).
struct EmailRecognizer: Recognizer {
    let type = SensitiveType.email
    let negativeContext: [String] = []
    let fixtures = RecognizerFixtures(
        positive: [("邮箱zhang.san@example.com，谢谢", "zhang.san@example.com"), ("写信到a_b+c@mail.gov.cn。", "a_b+c@mail.gov.cn")],
        negative: ["价格@100", "a@b", "@某人"])

    func candidates(in text: ScannedText) -> [Candidate] {
        text.scalars.indices.filter { text.scalars[$0] == "@" }.compactMap { at in
            var start = at
            // 64 octets are the limit of a local part, 255 of a domain (RFC 5321, 4.5.3.1).
            while start > 0, at - start < 64, Self.isLocal(text.scalars[start - 1]) { start -= 1 }
            while start < at, text.scalars[start] == "." { start += 1 }
            var end = at + 1
            while end < text.count, end - at < 255, text.scalars[end].isASCIIWord || text.scalars[end] == "-" || text.scalars[end] == "." { end += 1 }
            while end > at, [".", "-"].contains(text.scalars[end - 1]) { end -= 1 }
            guard start < at, end > at + 1 else { return nil }
            let labels = text.text(at + 1..<end).split(separator: ".", omittingEmptySubsequences: false)
            guard labels.count >= 2, labels.allSatisfy({ !$0.isEmpty }), let top = labels.last, top.count >= 2, top.allSatisfy(\.isLetter) else { return nil }
            return Candidate(start, end, confidence: 0.95, reasons: ["local part and domain"])
        }
    }

    private static func isLocal(_ scalar: Unicode.Scalar) -> Bool { scalar.isASCIIWord || "._%+-".unicodeScalars.contains(scalar) }
}

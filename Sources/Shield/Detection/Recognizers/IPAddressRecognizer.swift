/// IP addresses: four decimal numbers to 255, and IPv6 with at least three groups.
struct IPAddressRecognizer: Recognizer {
    let type = SensitiveType.ipAddress
    let context = ["ip", "地址", "服务器", "网关", "主机"]
    let fixtures = RecognizerFixtures(
        positive: [("IP为192.168.1.20", "192.168.1.20"), ("来自 2001:db8::8a2e:370:7334 的访问", "2001:db8::8a2e:370:7334")],
        negative: ["版本 1.2.3.4", "256.1.1.1", "12:30:45", "第3.2.1.5.7节"])

    func candidates(in text: ScannedText) -> [Candidate] {
        let dotted = text.runs { $0.isASCIIWord || $0 == "." }.compactMap { range -> Candidate? in
            var end = range.upperBound
            var start = range.lowerBound
            while end > start, text.scalars[end - 1] == "." { end -= 1 }
            // "IP192.168.1.1": letters right before the digits belong to the sentence.
            while start < end, text.scalars[start].isASCIILetter { start += 1 }
            let parts = text.text(start..<end).split(separator: ".", omittingEmptySubsequences: false)
            guard parts.count == 4, parts.allSatisfy({ $0.count <= 3 && UInt8($0) != nil }) else { return nil }
            return Candidate(start, end, confidence: 0.75, reasons: ["four numbers to 255"])
        }
        let colons = text.runs { ($0.isASCIIWord && $0.properties.isASCIIHexDigit) || $0 == ":" }.compactMap { range -> Candidate? in
            let groups = text.text(range).split(separator: ":", omittingEmptySubsequences: false)
            let filled = groups.filter { !$0.isEmpty }
            let gaps = text.text(range).ranges(of: "::").count
            guard text.isFree(range), filled.count >= 3, filled.allSatisfy({ $0.count <= 4 }), gaps == 1 ? filled.count < 8 : gaps == 0 && filled.count == 8 else { return nil }
            return Candidate(range.lowerBound, range.upperBound, confidence: 0.8, reasons: ["groups of an IPv6 address"])
        }
        return dotted + colons
    }
}

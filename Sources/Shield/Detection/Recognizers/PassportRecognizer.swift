/// Chinese passports: E and 8 digits, or E, a letter (no I, O) and 7 digits; G and 8 digits; D, S, P with E and 7 digits. One letter and digits is the
/// shape of many codes, so a context word is needed for a finding.
struct PassportRecognizer: Recognizer {
    let type = SensitiveType.passport
    let context = ["护照", "passport"]
    let fixtures = RecognizerFixtures(positive: [("护照号E12345678", "E12345678"), ("passport EA1234567", "EA1234567")], negative: ["型号E12345678", "护照E1234567"])

    func candidates(in text: ScannedText) -> [Candidate] {
        text.words().compactMap { range in
            let bytes = text.bytes(range).map(Checksums.upper)
            guard bytes.count == 9, bytes.dropFirst(2).allSatisfy(Checksums.isDigit) else { return nil }
            let isShape =
                switch (bytes[0], bytes[1]) {
                case (UInt8(ascii: "E"), let second): second != UInt8(ascii: "I") && second != UInt8(ascii: "O")
                case (UInt8(ascii: "G"), let second): Checksums.isDigit(second)
                case (UInt8(ascii: "D"), UInt8(ascii: "E")), (UInt8(ascii: "S"), UInt8(ascii: "E")), (UInt8(ascii: "P"), UInt8(ascii: "E")): true
                default: false
                }
            return isShape ? Candidate(range.lowerBound, range.upperBound, confidence: 0.45, reasons: ["shape of a passport number"]) : nil
        }
    }
}

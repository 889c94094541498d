/// Permits for travel between the mainland and Hong Kong, Macau and Taiwan: C, H, M, L or T and 8 to 10 characters. Found after a context word only.
struct TravelPermitRecognizer: Recognizer {
    let type = SensitiveType.travelPermit
    let context = ["通行证", "回乡证", "台胞证", "permit"]
    let fixtures = RecognizerFixtures(positive: [("港澳通行证C12345678", "C12345678"), ("回乡证号码H0123456701", "H0123456701")], negative: ["型号C12345678", "通行证C1234567"])

    func candidates(in text: ScannedText) -> [Candidate] {
        text.words().compactMap { range in
            let bytes = text.bytes(range).map(Checksums.upper)
            guard let first = bytes.first, bytes.count == 9 || bytes.count == 11, bytes.dropFirst(2).allSatisfy(Checksums.isDigit) else { return nil }
            let isShape =
                switch first {
                case UInt8(ascii: "C"): bytes.count == 9
                case UInt8(ascii: "H"), UInt8(ascii: "M"): Checksums.isDigit(bytes[1])
                case UInt8(ascii: "L"), UInt8(ascii: "T"): bytes.count == 9 && Checksums.isDigit(bytes[1])
                default: false
                }
            return isShape ? Candidate(range.lowerBound, range.upperBound, confidence: 0.45, reasons: ["shape of a travel permit"]) : nil
        }
    }
}

import Testing

@testable import Detection

/// Numbers of other countries: examples of their issuers, each beside itself with one digit changed.
@Suite struct ForeignValidatorTests {
    private func digits(_ text: String) -> [Int] { text.compactMap(\.wholeNumberValue) }
    private func bytes(_ text: String) -> [UInt8] { Array(text.utf8) }

    @Test(arguments: [("52998224725", true), ("52998224724", false), ("11144477735", true), ("11144477734", false), ("11111111111", false)])
    func brazilians(text: String, isRight: Bool) { #expect(Checksums.isCPF(digits(text)) == isRight) }

    @Test(arguments: [("11222333000181", true), ("11222333000182", false), ("1122233300018", false)])
    func brazilianFirms(text: String, isRight: Bool) { #expect(Checksums.isCNPJ(digits(text)) == isRight) }

    @Test(arguments: [("20055361682", true), ("20055361683", false)])
    func argentines(text: String, isRight: Bool) { #expect(Checksums.isCUIT(digits(text)) == isRight) }

    @Test(arguments: [("125319092", true), ("125319093", false), ("306869309", false), ("30686957K", false), ("30686957", false)])
    func chileans(text: String, isRight: Bool) { #expect(Checksums.isRUT(bytes(text)) == isRight) }

    @Test(arguments: [("S1234567D", true), ("S1234567E", false), ("T1234567J", true), ("T1234567K", false), ("F1234567N", true), ("F1234567M", false)])
    func singaporeans(text: String, isRight: Bool) { #expect(Checksums.isSingaporeID(bytes(text)) == isRight) }

    @Test(arguments: [("2363", true), ("2364", false), ("1428570", true), ("1428571", false)])
    func verhoeff(text: String, isRight: Bool) { #expect(Checksums.isVerhoeff(digits(text)) == isRight) }

    @Test(arguments: [("123456789018", true), ("123456789019", false)])
    func japanese(text: String, isRight: Bool) { #expect(Checksums.isJapaneseNumber(digits(text)) == isRight) }

    @Test(arguments: [("10000000146", true), ("10000000147", false), ("10000000156", false), ("00000000146", false)])
    func turks(text: String, isRight: Bool) { #expect(Checksums.isTurkishNumber(digits(text)) == isRight) }

    @Test(arguments: [("51824753556", true), ("51824753557", false)])
    func australianFirms(text: String, isRight: Bool) { #expect(Checksums.isABN(digits(text)) == isRight) }

    @Test(arguments: [("004085616", true), ("004085617", false)])
    func australianCompanies(text: String, isRight: Bool) { #expect(Checksums.isACN(digits(text)) == isRight) }

    @Test(arguments: [("123456782", true), ("123456783", false)])
    func australianTaxFiles(text: String, isRight: Bool) { #expect(Checksums.isTaxFileNumber(digits(text)) == isRight) }

    @Test(arguments: [("8001015009087", true), ("8001015009088", false)])
    func southAfricans(text: String, isRight: Bool) { #expect(Checksums.isSouthAfrican(digits(text)) == isRight) }

    @Test(arguments: [("27AAPFU0939F1ZV", true), ("27AAPFU0939F1ZW", false)])
    func indianTaxpayers(text: String, isRight: Bool) { #expect(Checksums.isGSTIN(bytes(text)) == isRight) }

    @Test(arguments: [("12345678Z", true), ("12345678A", false), ("X1234567L", true), ("X1234567M", false)])
    func spaniards(text: String, isRight: Bool) { #expect(Checksums.isSpanishID(bytes(text)) == isRight) }

    @Test(arguments: [("RSSMRA85T10A562S", true), ("RSSMRA85T10A562T", false)])
    func italians(text: String, isRight: Bool) { #expect(Checksums.isFiscalCode(bytes(text)) == isRight) }

    @Test(arguments: [("44051401359", true), ("44051401358", false)])
    func poles(text: String, isRight: Bool) { #expect(Checksums.isPESEL(digits(text)) == isRight) }

    @Test(arguments: [("111222333", true), ("111222334", false), ("123456782", true)])
    func dutch(text: String, isRight: Bool) { #expect(Checksums.isBSN(digits(text)) == isRight) }

    @Test(arguments: [("8112189876", true), ("8112189877", false)])
    func swedes(text: String, isRight: Bool) { #expect(Checksums.isSwedishNumber(digits(text)) == isRight) }

    @Test(arguments: [("7569217076985", true), ("7569217076986", false)])
    func swiss(text: String, isRight: Bool) { #expect(Checksums.isSwissNumber(digits(text)) == isRight) }

    @Test(arguments: [("7707083893", true), ("7707083894", false), ("500100732259", true), ("500100732258", false)])
    func russians(text: String, isRight: Bool) { #expect(Checksums.isINN(digits(text)) == isRight) }

    @Test(arguments: [("11223344595", true), ("11223344596", false)])
    func russianInsurance(text: String, isRight: Bool) { #expect(Checksums.isSNILS(digits(text)) == isRight) }

    @Test(arguments: [("255081416802538", true), ("255081416802539", false)])
    func french(text: String, isRight: Bool) { #expect(Checksums.isNIR(bytes(text)) == isRight) }

    @Test(arguments: [("36574261809", true), ("36574261808", false)])
    func germans(text: String, isRight: Bool) { #expect(Checksums.isGermanTaxID(digits(text)) == isRight) }

    @Test(arguments: [("85073003328", true), ("85073003329", false)])
    func belgians(text: String, isRight: Bool) { #expect(Checksums.isBelgianNumber(digits(text)) == isRight) }

    @Test(arguments: [("1101700230708", true), ("1101700230709", false), ("3100500765433", true), ("3100500765434", false)])
    func thais(text: String, isRight: Bool) { #expect(Checksums.isThaiNumber(digits(text)) == isRight) }
}

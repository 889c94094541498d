import Testing

@testable import Detection

/// Check digits against vectors that their issuers print, and against each with its last or first digit changed.
@Suite struct ValidatorTests {
    private func digits(_ text: String) -> [Int] { text.compactMap(\.wholeNumberValue) }
    private func bytes(_ text: String) -> [UInt8] { Array(text.utf8) }

    @Test(arguments: [("110108012345670", true), ("110108012345671", false), ("350100100012341", true), ("350100100012340", false), ("11010801234567", false)])
    func businessLicensesOfOld(text: String, isRight: Bool) { #expect(Checksums.isOldBusinessLicense(digits(text)) == isRight) }

    @Test(arguments: [("A1234563", true), ("A1234564", false), ("AB9876543", true), ("AB9876542", false), ("A123456", false)])
    func hongKongCards(text: String, isRight: Bool) { #expect(Checksums.isHongKongID(bytes(text)) == isRight) }

    @Test(arguments: [("A123456789", true), ("A123456788", false), ("F234567898", true), ("F234567899", false), ("A12345678", false)])
    func taiwanCards(text: String, isRight: Bool) { #expect(Checksums.isTaiwanID(bytes(text)) == isRight) }

    /// 1M8GDM9AXKP042788 is the example of 49 CFR 565; its check character is X.
    @Test(arguments: [("1M8GDM9AXKP042788", true), ("1M8GDM9A1KP042788", false), ("11111111111111111", true), ("11111111211111111", false)])
    func vehicles(text: String, isRight: Bool) { #expect(Checksums.isVIN(bytes(text)) == isRight) }

    /// IMO 9074729 is the example of the resolution's explanations.
    @Test(arguments: [("9074729", true), ("9074728", false), ("8814275", true), ("8814274", false), ("907472", false), ("", false)])
    func ships(text: String, isRight: Bool) { #expect(Checksums.isShipNumber(digits(text)) == isRight) }

    /// L898902C3 with 6, and the dates 740812 with 2 and 120415 with 9, are the example of ICAO 9303-4.
    @Test(arguments: [("L898902C36", true), ("L898902C37", false), ("7408122", true), ("7408123", false), ("1204159", true), ("1204150", false)])
    func travelDocuments(text: String, isRight: Bool) { #expect(Checksums.isTravelDocumentField(bytes(text)[...]) == isRight) }

    @Test(arguments: [
        ("GB82WEST12345698765432", true), ("GB82WEST12345698765433", false), ("DE89370400440532013000", true), ("DE89370400440532013001", false),
        ("FR1420041010050500013M02606", true), ("DE8937040044053201300", false),
    ])
    func accounts(text: String, isRight: Bool) { #expect(Checksums.isIBAN(bytes(text)) == isRight) }

    @Test(arguments: [("021000021", true), ("021000022", false), ("011401533", true), ("011401534", false), ("02100002", false)])
    func routingNumbers(text: String, isRight: Bool) { #expect(Checksums.isRoutingNumber(digits(text)) == isRight) }

    @Test(arguments: [("US0378331005", true), ("US0378331006", false), ("AU0000XVGZA3", true), ("AU0000XVGZA4", false)])
    func securities(text: String, isRight: Bool) { #expect(Checksums.isSecuritiesNumber(bytes(text)) == isRight) }

    @Test(arguments: [("037833100", true), ("037833101", false), ("17275R102", true), ("17275R103", false)])
    func securitiesOfAmerica(text: String, isRight: Bool) { #expect(Checksums.isCUSIP(bytes(text)) == isRight) }

    @Test(arguments: [("0263494", true), ("0263495", false), ("B0WNLY7", true), ("B0WNLY8", false)])
    func securitiesOfLondon(text: String, isRight: Bool) { #expect(Checksums.isSEDOL(bytes(text)) == isRight) }

    /// 5493001KJTIIGC8Y1R12 is Bloomberg's.
    @Test(arguments: [("5493001KJTIIGC8Y1R12", true), ("5493001KJTIIGC8Y1R13", false), ("5493001KJTIIGC8Y1R1", false)])
    func legalEntities(text: String, isRight: Bool) { #expect(Checksums.isLegalEntity(bytes(text)) == isRight) }

    @Test(arguments: [("1234567893", true), ("1234567894", false), ("123456789", false)])
    func providersOfHealth(text: String, isRight: Bool) { #expect(Checksums.isProvider(digits(text)) == isRight) }

    @Test(arguments: [("AB1234563", true), ("AB1234564", false)])
    func prescribers(text: String, isRight: Bool) { #expect(Checksums.isDEA(bytes(text)) == isRight) }

    @Test(arguments: [("943-476-5919", true), ("943-476-5918", false), ("401-023-2137", true), ("401-023-2138", false)])
    func patientsOfTheNHS(text: String, isRight: Bool) { #expect(Checksums.isNHS(digits(text)) == isRight) }

    /// The date of the leap day, and days that are none.
    @Test(arguments: [("850612", true), ("000229", true), ("991332", false), ("850600", false)])
    func shortDates(text: String, isRight: Bool) { #expect(Checksums.isShortDate(digits(text)) == isRight) }
}

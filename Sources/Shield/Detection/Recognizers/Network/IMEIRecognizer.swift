/// Numbers of mobile equipment, 3GPP TS 23.003: 15 digits with Luhn, in groups of 6-2-6-1, or with two digits of the software version.
struct IMEIRecognizer: Recognizer {
    let card = TypeCard("imei", zh: "IMEI", en: "IMEI", .network)
    let rules: [Rule] = [
        .word("[0-9]{2}[ -]?[0-9]{4,6}[ -]?[0-9]{2,6}[ -]?[0-9]{6}[ -]?[0-9]", 0.2) { match in
            let digits = match.digits
            return .when(digits.count == 15 && Checksums.isLuhn(digits) && !Checksums.isRepeated(digits) && [0, 1, 3, 8, 9].contains(digits[0]), 0.3,
                "15 digits and check digit (Luhn)")
        },
        .label("[0-9](?:[ ._*~/·—－-]?[0-9]){14}", 0.9) { .when(Checksums.isLuhn($0.digits), 0.92, "check digit (Luhn) after its name") },
            .label("[0-9](?:[ ._*~/·—－-]?[0-9]){15}", 0.75, "IMEI and version after its name"),
        .spread(14...16),
    ]
    let labels = [
        "imei编号", "imei串号", "imei号码", "手机imei", "设备imei", "手机识别码", "手机串码", "机身串号", "国际移动设备身份码", "imei code", "imei id", "phone imei",
        "mobile imei", "device imei1", "device imei2", "imei sv", "imeih", "sbch",
        "imei号", "imei码", "imei1", "imei2", "imei", "imeisv", "手机串号", "移动设备识别码", "国际移动设备识别码", "设备串号", "串号", "device imei", "imei no",
        "imei number", "sjch"]
    let negativeContext: [String] = []
    let fixtures = RecognizerFixtures(positive: [("IMEI：860123045678900", "860123045678900"), ("手机串号 35 693803 564380 9", "35 693803 564380 9")],
        negative: ["860123045678900", "imei 123456789012345"])
}

/// Driving licenses of American states and other countries: letters and digits, after their name.
struct USDriverLicenseRecognizer: Recognizer {
    let card = TypeCard("foreign-driver-license", zh: "外国驾照号", en: "Foreign driving license", .international)
    let rules: [Rule] = [.label("[A-Z]{0,2}[0-9]{5,14}[A-Z]{0,2}", 0.82), .label("[A-Z][0-9]{3}-[0-9]{4}-[0-9]{4}", 0.88),
        .label("[A-Z]{2,5}[9A-Z]{0,3}[0-9]{6}[A-Z0-9]{5,7}", 0.82)]
    let labels = ["driver license", "drivers license", "driver's license", "driver license no", "drivers license number", "driving licence",
        "driving license", "driving licence number", "dl no", "dl number", "license no", "外国驾照", "国际驾照号"]
    let fixtures = RecognizerFixtures(positive: [("driver license: D1234567", "D1234567"), ("driving licence number MORGA657054SM9IJ", "MORGA657054SM9IJ")],
        negative: ["D1234567", "driver license expired"])
}

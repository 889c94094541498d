/// Spanish NIF of persons and NIE of foreigners: eight digits (or X, Y, Z and seven) and a letter of MOD 23.
struct SpainNIFRecognizer: Recognizer {
    let card = TypeCard("es-nif", zh: "西班牙身份证号", en: "Spanish NIF or NIE", .international)
    let rules: [Rule] = [.word("(?:[0-9]{2}\\.?[0-9]{3}\\.?[0-9]{3}|[XYZxyz]-?[0-9]{7})-?[A-Za-z]",
        0.3) { .when(Checksums.isSpanishID($0.compact), 0.6, "check letter (MOD 23)") }]
    let labels = [
        "西班牙dni", "西班牙nif", "西班牙nie", "西班牙身份证号", "西班牙外国人号",
        "nif", "nie", "dni", "dni no", "documento nacional", "西班牙身份证"]
    let fixtures = RecognizerFixtures(positive: [("DNI 12345678Z", "12345678Z"), ("NIE: X1234567L", "X1234567L")],
        negative: ["12345678A", "X1234567A", "批次 12345678Z"])
}

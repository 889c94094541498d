/// Chilean RUT: seven or eight digits with points or not, a hyphen, a check of 0-9 or K.
struct ChileRUTRecognizer: Recognizer {
    let card = TypeCard("cl-rut", zh: "智利身份号", en: "Chilean RUT", .international)
    let rules: [Rule] = [.word("[0-9]{1,2}\\.[0-9]{3}\\.[0-9]{3}-[0-9Kk]", 0.3) { .when(Checksums.isRUT($0.compact), 0.85,
        "groups and check character (MOD 11)") }, .label("[0-9]{7,8}-?[0-9Kk]", 0.9) { .when(Checksums.isRUT($0.compact), 0.9,
        "check character after its name") }]
    let labels = [
        "智利rut", "智利税号", "智利身份证号", "智利run",
        "rut", "run", "rut no", "rol único"]
    let fixtures = RecognizerFixtures(positive: [("RUT: 12.345.678-5", "12.345.678-5"), ("rut 7654321-6", "7654321-6")],
        negative: ["12.345.678-0", "7654321-6"])
}

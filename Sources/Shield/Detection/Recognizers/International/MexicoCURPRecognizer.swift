/// Mexican CURP (18 characters with a check) and RFC (12 or 13) after its name.
struct MexicoCURPRecognizer: Recognizer {
    let card = TypeCard("mx-curp", zh: "墨西哥身份号", en: "Mexican CURP or RFC", .international)
    let rules: [Rule] = [
        .word("[A-Za-z][AEIOUXaeioux][A-Za-z]{2}[0-9]{6}[HMXhmx][A-Za-z]{2}[B-DF-HJ-NP-TV-Zb-df-hj-np-tv-z]{3}[0-9A-Za-z][0-9]",
            0.4) { .when(Checksums.isCURP($0.compact), 0.96, "date and check digit") },
        .label("[A-Za-z&]{3,4}[0-9]{6}[A-Za-z0-9]{3}", 0.9) { .when(Checksums.isShortDate($0.digits.prefix(6)), 0.9, "date after its name",
            otherwise: "no date") },
    ]
    let labels = [
        "墨西哥curp", "墨西哥rfc", "墨西哥身份证号",
        "curp", "rfc", "clave única", "registro federal"]
    let negativeContext: [String] = []
    let fixtures = RecognizerFixtures(positive: [("CURP GARC850612HDFRRL01", "GARC850612HDFRRL01"), ("RFC: GARC850612AB1", "GARC850612AB1")],
        negative: ["GARC851312HDFRRL00", "GARC850612AB1"])
}

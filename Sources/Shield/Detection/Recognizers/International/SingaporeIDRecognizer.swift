/// Singapore NRIC and FIN: a letter, seven digits and a letter of MOD 11.
struct SingaporeIDRecognizer: Recognizer {
    let card = TypeCard("sg-nric", zh: "新加坡身份证号", en: "Singapore NRIC", .international)
    let rules: [Rule] = [.word("[STFGMstfgm][0-9]{7}[A-Za-z]", 0.3) { .when(Checksums.isSingaporeID($0.compact), 0.75, "check letter (MOD 11)") }]
    let labels = [
        "新加坡身份证号", "新加坡nric", "新加坡fin", "新加坡fin号", "新加坡nric号", "新加坡外国人识别号",
        "nric", "nric no", "fin", "fin no", "singapore id", "新加坡身份证", "ic no"]
    let fixtures = RecognizerFixtures(positive: [("NRIC: S1234567D", "S1234567D"), ("fin=g7654321l", "g7654321l"), ("T0123456G visited", "T0123456G")],
        negative: ["S1234567A", "T0123456Z", "SKU S1234567"])
}

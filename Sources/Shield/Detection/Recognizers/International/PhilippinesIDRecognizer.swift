/// Philippine numbers (TIN, SSS, PhilSys), Kenyan and Nigerian identity numbers, after their names.
struct PhilippinesIDRecognizer: Recognizer {
    let card = TypeCard("national-id-other", zh: "其他国家身份号", en: "Identity number of other countries", .international)
    let rules: [Rule] = [.label("[0-9]{3}-[0-9]{3}-[0-9]{3}(?:-[0-9]{3,5})?", 0.88), .label("[0-9]{2}-[0-9]{7}-[0-9]", 0.88),
        .label("[0-9]{4}-[0-9]{4}-[0-9]{4}(?:-[0-9]{4})?", 0.88), .label("[0-9]{7,13}", 0.8)]
    let labels = ["philippine tin", "sss number", "sss no", "philsys", "philsys number", "philhealth no", "pag-ibig no", "umid", "kenya id", "kenyan id",
        "kra pin", "nin", "national identification number", "nigeria nin", "bvn", "ghana card", "cnic", "cccd", "cmnd", "nik", "ktp", "nomor ktp", "mykad",
        "ic number", "emirates id", "iqama", "id nacional", "cédula", "cedula", "dni peru"]
    let fixtures = RecognizerFixtures(positive: [("SSS number 34-1234567-8", "34-1234567-8"), ("NIN: 12345678901", "12345678901")],
        negative: ["34-1234567-8", "nin missing"])
}

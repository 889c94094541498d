/// Russian taxpayers' numbers (INN, 10 or 12 digits) and insurance numbers (SNILS, 3-3-3 2), near their names.
struct RussiaINNRecognizer: Recognizer {
    let card = TypeCard("ru-inn", zh: "俄罗斯税号与保险号", en: "Russian INN or SNILS", .international)
    let rules: [Rule] = [.word("[0-9]{3}-[0-9]{3}-[0-9]{3}[ -][0-9]{2}", 0.3) { .when(Checksums.isSNILS($0.digits), 0.85, "groups and check (MOD 101)") },
        .label("[0-9]{10}|[0-9]{12}", 0.92) { .when(Checksums.isINN($0.digits), 0.92, "check digits after its name") },
        .label("[0-9]{11}", 0.9) { .when(Checksums.isSNILS($0.digits), 0.9, "check after its name") },
        .spread(8...15, letters: []) { Checksums.isSNILS($0) },
    ]
    let labels = [
        "俄罗斯inn", "俄罗斯snils", "俄罗斯个人税号", "俄罗斯保险号",
        "inn", "инн", "ИНН", "СНИЛС", "snils", "снилс", "俄罗斯税号"]
    let fixtures = RecognizerFixtures(positive: [("ИНН 7707083893", "7707083893"), ("SNILS: 112-233-445 95", "112-233-445 95")],
        negative: ["112-233-445 00", "inn 1234567890"])
}

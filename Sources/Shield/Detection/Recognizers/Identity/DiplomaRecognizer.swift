/// Diplomas of higher education (Ministry of Education, 2001): school 5, kind 1, year 4, level 2, sequence 6; after their name, or near it.
struct DiplomaRecognizer: Recognizer {
    let card = TypeCard("diploma", zh: "毕业证书编号", en: "Diploma number", .identity)
    let rules: [Rule] = [
        .word("[1-9][0-9]{4}[1-8](?:19|20)[0-9]{2}0[0-9][0-9]{6}", 0.25, "school, year and level of a diploma"), .number([16, 17, 18], 0.86),
            .label("[0-9]{8,16}", 0.75),
        .spread(8...24),
    ]
    let labels = [
        "graduation cert", "graduation cert no", "graduation certificate no", "graduation no", "diploma cert no", "学历证书号码", "学历编号",
        "学历证号", "毕业证书注册号", "电子注册号",
        "毕业证书编号", "毕业证书号码", "毕业证书号", "毕业证书", "毕业证编号", "毕业证号码", "毕业证号", "毕业证", "结业证书编号", "学历证书编号", "学历证书号", "学历证书", "文凭编号", "diploma no",
        "diploma number", "graduation certificate", "diploma", "byzh", "byzsbh", "byzs", "xlzsh"]
    let fixtures = RecognizerFixtures(
        positive: [("毕业证书编号：103841201805001234", "103841201805001234"), ("diploma no: 10384 1 2018 05 001234", "10384 1 2018 05 001234")],
            negative: ["103841201805001234", "毕业证照片 2 张", "订单 103841201805001234"])
}

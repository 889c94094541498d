/// Numbers of prescriptions, after their name.
struct PrescriptionRecognizer: Recognizer {
    let card = TypeCard("prescription", zh: "处方号", en: "Prescription number", .health)
    let rules: [Rule] = [.code(5...28, 0.87),
        .spread(8...24),
    ]
    let labels = [
        "处方笺编号", "处方流水号", "处方id", "电子处方编号", "药方编号", "取药单号", "发药单号", "配药号", "rx id", "e prescription no", "cfdh", "cfhm", "qyh",
        "处方编号", "处方号码", "处方单号", "处方号", "电子处方号", "医嘱号", "医嘱编号", "取药号", "prescription no", "prescription number", "prescription id", "rx number",
        "rx no", "cfh", "cfbh", "yzh"]
    let negativeContext = ["订单", "快递", "版本", "order", "tracking", "version"]
    let fixtures = RecognizerFixtures(positive: [("处方编号：CF2023011500123", "CF2023011500123"), ("rx_number=7712345", "7712345")],
        negative: ["处方 3 张", "CF2023011500123", "处方号作废"])
}

/// Mainland travel permits of Taiwan residents: eight digits, or ten with a letter in brackets; after their name only.
struct TaiwanCompatriotPermitRecognizer: Recognizer {
    let card = TypeCard("taiwan-compatriot-permit", zh: "台湾居民来往大陆通行证号", en: "Mainland travel permit of Taiwan residents", .identity)
    let rules: [Rule] = [.label("(?:[0-9]{4}[ -]?[0-9]{4}|[0-9]{10}(?: ?[(（][A-Za-z][)）]|[A-Za-z])?|[Tt][0-9]{8})", 0.88),
        .spread(8...10),
    ]
    let labels = ["台湾居民来往大陆通行证", "来往大陆通行证", "台胞证号码", "台胞证编号", "台胞证号", "台胞证", "taiwan compatriot permit", "mainland travel permit for taiwan residents",
        "mtp", "tbz", "tbzh", "taibaozheng"]
    let fixtures = RecognizerFixtures(
        positive: [("台胞证号：01234567", "01234567"), ("台胞证 0123456701(B)", "0123456701(B)"), ("tbzh: 1234-5678", "1234-5678")], negative: ["01234567",
            "台胞证办理费用 260 元", "订单 01234567"])
}

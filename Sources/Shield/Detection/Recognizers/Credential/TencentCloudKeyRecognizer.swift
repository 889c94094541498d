/// Keys of Tencent Cloud: AKID and 13 to 40 characters.
struct TencentCloudKeyRecognizer: Recognizer {
    let card = TypeCard("tencent-secret-id", zh: "腾讯云 SecretId", en: "Tencent Cloud secret ID", .credential)
    let rules: [Rule] = [.literal(["AKID"], "AKID[A-Za-z0-9_-]{13,64}",
        0.93) { .when($0.digits.count + $0.bytes.filter { (97...122).contains($0) }.count >= 5, 0.93, "prefix and random text", otherwise: "not random") }]
    let labels = ["腾讯云", "tencent", "secret id", "secretid", "qcloud"]
    let negativeContext: [String] = []
    let fixtures = RecognizerFixtures(positive: [("SecretId: AKIDh26pA4cMKwwtootZQTrRaSrXKZZpS9QP", "AKIDh26pA4cMKwwtootZQTrRaSrXKZZpS9QP"),
        ("腾讯云AKIDw7IiTS8K69qhhcDjgQpOFPf4WKnHOnuS", "AKIDw7IiTS8K69qhhcDjgQpOFPf4WKnHOnuS")], negative: ["AKID", "AKIDS_ARE_CAPITALS_X"])
}

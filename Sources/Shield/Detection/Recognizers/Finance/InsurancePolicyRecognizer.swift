/// Numbers of insurance policies, claims and applications, after their name.
struct InsurancePolicyRecognizer: Recognizer {
    let card = TypeCard("insurance-policy", zh: "保单号", en: "Insurance policy", .finance)
    let rules: [Rule] = [.code(8...30, digits: 6, 0.87)]
    let labels = ["保单", "保险单", "保单号码", "保单编号", "保单号", "保险单号码", "保险单号", "保险合同号", "投保单号", "批单号", "理赔案号", "理赔号", "报案号", "赔案号", "交强险保单", "商业险保单",
        "insurance policy",
        "policy no", "policy number", "policy id", "claim no", "insurance no", "bdh", "bxdh", "tbdh"]
    let negativeContext: [String] = []
    let fixtures = RecognizerFixtures(positive: [("保单号：PDAA202335010000012345", "PDAA202335010000012345"), ("policy number 880012345678", "880012345678")],
        negative: ["保单号待生成", "880012345678", "policy no change"])
}

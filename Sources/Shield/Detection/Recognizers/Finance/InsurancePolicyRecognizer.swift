/// Numbers of insurance policies, claims and applications, after their name.
struct InsurancePolicyRecognizer: Recognizer {
    let card = TypeCard("insurance-policy", zh: "保单号", en: "Insurance policy", .finance)
    let rules: [Rule] = [.code(8...30, digits: 6, 0.87),
        .spread(8...24),
    ]
    let labels = [
        "保单合同号", "保单id", "保险合同编号", "保险编号", "保险凭证号", "投保单编号", "投保编号", "投保单号码", "批单编号", "理赔编号", "理赔单号", "理赔案件号", "报案编号", "报案号码", "赔案编号",
        "立案号码", "交强险保单号", "商业险保单号", "车险保单号", "寿险保单号", "医疗险保单号", "意外险保单号", "团险保单号", "电子保单号", "续保单号", "insurance policy no", "insurance policy number",
        "insurance contract no", "insurance number", "policy code", "policyno", "policy id no", "claim number", "claim id", "case report no",
        "proposal no", "endorsement no", "bdhm", "bdbh", "bxdhm", "bxhth", "tbdhm", "bah no", "lpah", "pah",
        "保单", "保险单", "保单号码", "保单编号", "保单号", "保险单号码", "保险单号", "保险合同号", "投保单号", "批单号", "理赔案号", "理赔号", "报案号", "赔案号", "交强险保单", "商业险保单",
        "insurance policy",
        "policy no", "policy number", "policy id", "claim no", "insurance no", "bdh", "bxdh", "tbdh"]
    let negativeContext: [String] = []
    let fixtures = RecognizerFixtures(positive: [("保单号：PDAA202335010000012345", "PDAA202335010000012345"), ("policy number 880012345678", "880012345678")],
        negative: ["保单号待生成", "880012345678", "policy no change"])
}

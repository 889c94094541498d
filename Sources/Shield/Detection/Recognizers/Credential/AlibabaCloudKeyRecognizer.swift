/// Keys of Alibaba Cloud: LTAI and 12 to 24 characters; STS. of temporary ones.
struct AlibabaCloudKeyRecognizer: Recognizer {
    let card = TypeCard("alibaba-access-key", zh: "阿里云 AccessKey", en: "Alibaba Cloud access key", .credential)
    let rules: [Rule] = [.literal(["LTAI"], "LTAI[A-Za-z0-9]{12,24}", 0.93), .literal(Spelling.extended("STS."), "STS\\.[A-Za-z0-9]{20,40}",
            0.93) { .when($0.digits.count > 0, 0.93, "prefix", otherwise: "a word") }]
    let labels = ["阿里云", "aliyun", "alibaba", "access key id", "accesskeyid", "oss access key"]
    let negativeContext: [String] = []
    let fixtures = RecognizerFixtures(positive: [("accessKeyId=LTAI5tU7edPYwh1DHjwpepmC", "LTAI5tU7edPYwh1DHjwpepmC"),
        ("阿里云 LTAIQIIWsESTXSZx", "LTAIQIIWsESTXSZx")], negative: ["LTAI", "LTAI123"])
}

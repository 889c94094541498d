/// Keys of Zhipu: 32 hexadecimal digits, a point and 16 characters.
struct ZhipuKeyRecognizer: Recognizer {
    let card = TypeCard("zhipu-key", zh: "智谱密钥", en: "Zhipu key", .credential)
    let rules: [Rule] = [.word("[0-9a-f]{32}\\.[A-Za-z0-9]{16}", 0.85) { .when(Entropy.bits($0.bytes.suffix(16)) > 3, 0.85,
        "hexadecimal digits, a point and random text", otherwise: "not random") }]
    let labels = ["zhipu", "zhipuai", "glm", "bigmodel", "智谱"]
    let negativeContext: [String] = []
    let fixtures = RecognizerFixtures(positive: [("ZHIPU_API_KEY=a496d543f764f602d24f5419aa378809.4MQx7KmZWp3h2mlH",
        "a496d543f764f602d24f5419aa378809.4MQx7KmZWp3h2mlH"), ("智谱密钥 f8b7fa2a724b3ba762ad22ad07a8d36e.FrWZAFqErZGxtPZz",
        "f8b7fa2a724b3ba762ad22ad07a8d36e.FrWZAFqErZGxtPZz")], negative: ["a496d543f764f602d24f5419aa378809.jpg", "a496d543f764f602d24f5419aa378809"])
}

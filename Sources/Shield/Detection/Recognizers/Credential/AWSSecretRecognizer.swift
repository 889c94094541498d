/// Secret keys of Amazon Web Services: 40 characters of base64 after their name.
struct AWSSecretRecognizer: Recognizer {
    let card = TypeCard("aws-secret-key", zh: "AWS 私有密钥", en: "AWS secret key", .credential)
    let rules: [Rule] = [.label("[A-Za-z0-9/+]{40}", 0.93) { .when(Entropy.bits($0.bytes) > 4, 0.93, "40 random characters after its name",
        otherwise: "not random") }]
    let labels = ["aws secret access key", "aws secret key", "aws secret", "secret access key", "secretaccesskey", "aws sk"]
    let negativeContext: [String] = []
    let fixtures = RecognizerFixtures(positive: [("aws_secret_access_key=DVYWb9vcxooFXSejXkJKZL18Fh3AZQmpuCEkNC/O",
        "DVYWb9vcxooFXSejXkJKZL18Fh3AZQmpuCEkNC/O"), ("secretAccessKey: \"zD0Xl2AwF13uph9siNF7LTjMHPGMExsDtMpKEJxk\"",
        "zD0Xl2AwF13uph9siNF7LTjMHPGMExsDtMpKEJxk")], negative: ["aws_secret_access_key=REPLACE", "6dimfXyFHlGIk4gSJThtPPnw7GEtvKMpGNpeeX9A"])
}

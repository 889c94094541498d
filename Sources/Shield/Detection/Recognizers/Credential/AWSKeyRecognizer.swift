/// Keys of Amazon Web Services: AKIA, ASIA and other prefixes with 16 characters of base 32.
struct AWSKeyRecognizer: Recognizer {
    let card = TypeCard("aws-access-key", zh: "AWS 访问密钥", en: "AWS access key", .credential)
    let rules: [Rule] = [.literal(["AKIA", "ASIA", "ABIA", "ACCA", "AGPA", "AIDA", "AROA", "AIPA", "ANPA", "ANVA", "A3T0"],
        "(?:AKIA|ASIA|ABIA|ACCA|AGPA|AIDA|AROA|AIPA|ANPA|ANVA|A3T[A-Z0-9])[A-Z2-7]{16}", 0.92)]
    let labels = ["aws", "access key id", "aws access key id", "accesskeyid"]
    let negativeContext: [String] = []
    let fixtures = RecognizerFixtures(positive: [("aws_access_key_id = AKIA6RWJYAX6R5OAJ4XK", "AKIA6RWJYAX6R5OAJ4XK"),
        ("ASIAQSLOJOLIENSB3IAR,", "ASIAQSLOJOLIENSB3IAR")], negative: ["AKIA1234", "ASIAPACIFICREGION"])
}

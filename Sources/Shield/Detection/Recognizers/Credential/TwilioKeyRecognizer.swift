/// Keys and accounts of Twilio: SK or AC and 32 hexadecimal digits.
struct TwilioKeyRecognizer: Recognizer {
    let card = TypeCard("twilio-key", zh: "Twilio 密钥", en: "Twilio key", .credential)
    let rules: [Rule] = [.word("(?:SK|AC)[0-9a-f]{32}", 0.85, "prefix and 32 hexadecimal digits")]
    let labels = ["twilio", "account sid", "api key sid", "auth token"]
    let negativeContext: [String] = []
    let fixtures = RecognizerFixtures(positive: [("twilio ACa10920578db82dfcbc7c53f695fa50cf", "ACa10920578db82dfcbc7c53f695fa50cf"),
        ("SK21be3e9cde412d29bdb16d200b270ab5", "SK21be3e9cde412d29bdb16d200b270ab5")], negative: ["SKa10920578db82dfcbc7c53f695fa50", "AC1234"])
}

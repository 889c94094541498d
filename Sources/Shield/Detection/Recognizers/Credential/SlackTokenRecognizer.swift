/// Tokens of Slack: xoxb-, xoxp- and their like, xapp-.
struct SlackTokenRecognizer: Recognizer {
    let card = TypeCard("slack-token", zh: "Slack 令牌", en: "Slack token", .credential)
    let rules: [Rule] = [.literal(["xoxb-", "xoxp-", "xoxa-", "xoxr-", "xoxs-", "xoxe-", "xoxo-", "xoxe.", "xapp-"],
        "(?:xox[abeoprs][-.](?:xox[bp]-)?[A-Za-z0-9-]{10,250}|xapp-[0-9]-[A-Z0-9]{8,15}-[0-9]{10,15}-[a-f0-9]{40,80})", 0.95)]
    let negativeContext: [String] = []
    let fixtures = RecognizerFixtures(positive: [("xoxb-60347040496-336980270982-fUiHzIC44GqYLGNrqPBFwFVq",
        "xoxb-60347040496-336980270982-fUiHzIC44GqYLGNrqPBFwFVq"), ("SLACK=xoxp-128923276332622933063116522884", "xoxp-128923276332622933063116522884")],
        negative: ["xoxb-", "xoxp-abc"])
}

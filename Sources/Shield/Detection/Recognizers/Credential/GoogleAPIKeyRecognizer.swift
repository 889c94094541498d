/// API keys of Google: AIza and 35 characters; OAuth clients' secrets GOCSPX- and tokens ya29.
struct GoogleAPIKeyRecognizer: Recognizer {
    let card = TypeCard("google-api-key", zh: "谷歌 API 密钥", en: "Google API key", .credential)
    let rules: [Rule] = [.literal(["AIza"], "AIza[A-Za-z0-9_-]{35}", 0.95), .literal(["GOCSPX-"], "GOCSPX-[A-Za-z0-9_-]{28}", 0.95),
        .literal(["ya29."], "ya29\\.[A-Za-z0-9_-]{30,512}", 0.92)]
    let negativeContext: [String] = []
    let fixtures = RecognizerFixtures(positive: [("key=AIzaNUUIQES0QsgjGFeE0IJqLg9ylcJ1oEzcG1v", "AIzaNUUIQES0QsgjGFeE0IJqLg9ylcJ1oEzcG1v"),
        ("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 ", "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")], negative: ["AIzaSy", "AIzaNUUIQES0QsgjGFeE0IJq"])
}

/// Tokens of GitHub: ghp_, gho_, ghu_, ghs_, ghr_ with 36 characters whose last six are a CRC-32 in base 62, and github_pat_.
struct GitHubTokenRecognizer: Recognizer {
    let card = TypeCard("github-token", zh: "GitHub 令牌", en: "GitHub token", .credential)
    let rules: [Rule] = [
        .literal(["ghp_", "gho_", "ghu_", "ghs_", "ghr_"], "gh[pousr]_[A-Za-z0-9]{36}", 0.85) { match in
            .either(TokenCheck.isValid(match.bytes.dropFirst(4)), 0.98, "prefix and check (CRC-32)", 0.85, otherwise: "prefix and length, no check")
        },
        .literal(["github_pat_"], "github_pat_[A-Za-z0-9]{22}_[A-Za-z0-9]{59}", 0.96),
    ]
    let negativeContext: [String] = []
    let fixtures = RecognizerFixtures(positive: [("token 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", "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"),
        ("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",
        "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")],
        negative: ["ghp_vkhonuv9Ghesv6tKavA1", "ghs_example"])
}

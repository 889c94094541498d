/// Webhooks of Slack, Discord and Teams: whoever has the address may post.
struct SlackWebhookRecognizer: Recognizer {
    let card = TypeCard("chat-webhook", zh: "聊天机器人 Webhook", en: "Chat webhook", .credential)
    let rules: [Rule] = [
        .literal(["https://hooks.slack.com/"], "https://hooks\\.slack\\.com/(?:services|workflows|triggers)/[A-Za-z0-9+/]{20,120}", 0.96),
            .literal(["https://discord.com/api/webhooks/", "https://discordapp.com/api/webhooks/"],
            "https://discord(?:app)?\\.com/api/webhooks/[0-9]{17,20}/[A-Za-z0-9_-]{60,80}", 0.96),
        .literal(["https://"], "https://[a-z0-9.-]{3,60}\\.webhook\\.office\\.com/webhookb2/[A-Za-z0-9@/-]{60,200}", 0.96),
    ]
    let negativeContext: [String] = []
    let fixtures = RecognizerFixtures(
        positive: [("url https://hooks.slack.com/services/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",
            "https://hooks.slack.com/services/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"),
            ("https://discord.com/api/webhooks/243548112696198619/aAeEqrHUfuvYwXBfvdyWKzhXUSIyhe4JQJXVv3lctlhRqsHxKZmhF7t3KuIDv4lN7fKn",
            "https://discord.com/api/webhooks/243548112696198619/aAeEqrHUfuvYwXBfvdyWKzhXUSIyhe4JQJXVv3lctlhRqsHxKZmhF7t3KuIDv4lN7fKn")],
        negative: ["https://hooks.slack.com/", "https://discord.com/api/webhooks/1"])
}

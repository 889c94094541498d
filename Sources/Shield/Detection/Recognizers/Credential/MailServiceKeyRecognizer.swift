/// Keys of services that send mail: SendGrid (SG.), Mailgun (key-), Mailchimp (…-us12), Postmark and Brevo (xkeysib-).
struct MailServiceKeyRecognizer: Recognizer {
    let card = TypeCard("mail-service-key", zh: "邮件服务密钥", en: "Mail service key", .credential)
    let rules: [Rule] = [
        .literal(Spelling.extended("SG."), "SG\\.[A-Za-z0-9_-]{16,32}\\.[A-Za-z0-9_-]{16,64}", 0.95), .literal(["key-"], "key-[0-9a-f]{32}", 0.88),
            .word("[0-9a-f]{32}-us[0-9]{1,2}", 0.9, "32 hexadecimal digits and a data center"),
            .literal(["xkeysib-"], "xkeysib-[0-9a-f]{64}-[A-Za-z0-9]{16}", 0.96),
    ]
    let negativeContext: [String] = []
    let fixtures = RecognizerFixtures(positive: [("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",
        "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"), ("mailgun key-e17964b8e0416e15a38a43d1aa749599",
        "key-e17964b8e0416e15a38a43d1aa749599")], negative: ["SG.version.2", "key-value"])
}

/// Tokens of bots of Telegram: digits, a colon, AA and 33 characters.
struct TelegramBotTokenRecognizer: Recognizer {
    let card = TypeCard("telegram-bot-token", zh: "Telegram 机器人令牌", en: "Telegram bot token", .credential)
    let rules: [Rule] = [.word("(?:bot)?[0-9]{8,10}:A[A-Za-z0-9_-]{34}", 0.94, "digits, a colon and 35 characters")]
    let labels = ["telegram", "bot token"]
    let negativeContext: [String] = []
    let fixtures = RecognizerFixtures(positive: [("token 123456789:AAbCDlfyC2CSPMyIpuGzSpdQItb60VDUm4S", "123456789:AAbCDlfyC2CSPMyIpuGzSpdQItb60VDUm4S"),
        ("TG=9876543210:AAE5xfyT18sJj1hd0xrVOVpvYJmAkbLgBvX;", "9876543210:AAE5xfyT18sJj1hd0xrVOVpvYJmAkbLgBvX")],
        negative: ["123456789:AAabc", "12345678:90"])
}

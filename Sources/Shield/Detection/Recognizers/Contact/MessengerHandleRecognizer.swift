/// Accounts of Telegram, WhatsApp, Skype, Line, Signal and Discord, after their name.
struct MessengerHandleRecognizer: Recognizer {
    let card = TypeCard("messenger-handle", zh: "即时通讯账号", en: "Messenger handle", .contact)
    let rules: [Rule] = [
        .label("@[A-Za-z][A-Za-z0-9_]{3,31}", 0.92), .label("(?:live:)?\\.?[A-Za-z][A-Za-z0-9_.-]{4,30}", 0.75) { match in
            .when(match.bytes.contains { Checksums.isDigit($0) || [UInt8(ascii: "_"), UInt8(ascii: ":")].contains($0) }, 0.75,
                "handle after the name of a service", otherwise: "a word, not a handle")
        }, .label("\\+[0-9]{1,3}[ -]?[0-9]{2,4}(?:[ -]?[0-9]{2,4}){2,3}", 0.85), .word("t\\.me/[A-Za-z][A-Za-z0-9_]{3,31}", 0.3),
    ]
    let labels = [
        "telegram账号", "telegram号", "telegram id号", "电报账号", "电报id", "电报群", "飞机账号", "纸飞机", "纸飞机号", "tg id", "tg handle", "tg username",
        "tg account", "telegram account", "telegram username", "telegram user", "whatsapp账号", "whatsapp号", "whatsapp号码", "whatsapp id",
        "whatsapp account", "skype账号", "skype号", "skype account", "line账号", "line号", "signal账号", "signal number", "discord账号",
        "discord handle", "discord user", "viber账号", "kakao账号", "kakaotalk", "zalo", "imo账号", "potato账号", "蝙蝠号", "蝙蝠账号", "脸书messenger",
        "messenger id", "im account", "im id", "slack id", "teams account", "zoom id", "zoom会议号", "腾讯会议号", "会议号", "飞书号", "飞书账号", "飞书id",
        "lark id", "feishu account", "易信号", "米聊号", "来往号",
        "telegram", "telegram id", "telegram handle", "tg号", "tg账号", "电报号", "电报", "飞机号", "tg", "whatsapp", "whatsapp no", "skype", "skype id",
        "skype name", "line id", "signal", "discord", "discord id", "viber", "kakao id", "msn"]
    let fixtures = RecognizerFixtures(positive: [("Telegram: @zhang_san", "@zhang_san"), ("skype id: live:li.si_88", "live:li.si_88")],
        negative: ["telegram bot", "skype call", "@zhang"])
}

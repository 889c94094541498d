/// Tokens of bots of Discord: the bot's number in base64, a time and a code.
struct DiscordTokenRecognizer: Recognizer {
    let card = TypeCard("discord-token", zh: "Discord 令牌", en: "Discord token", .credential)
    let rules: [Rule] = [.word("[MNO][A-Za-z0-9]{23,27}\\.[A-Za-z0-9_-]{6}\\.[A-Za-z0-9_-]{27,40}", 0.85) { match in
        let head = match.bytes.prefix { $0 != UInt8(ascii: ".") }
        return .when(Base64Text.decode(head)?.allSatisfy(Checksums.isDigit) ?? false, 0.96, "a number in base64, a time and a code",
            otherwise: "no number in base64")
    }]
    let negativeContext: [String] = []
    let fixtures = RecognizerFixtures(positive: [("MTIzNDU2Nzg5MDEyMzQ1Njc4.GabcDe.JIa9GEpUTuLv2owt5gsB9O2Feov0QokA8Jdeoh",
        "MTIzNDU2Nzg5MDEyMzQ1Njc4.GabcDe.JIa9GEpUTuLv2owt5gsB9O2Feov0QokA8Jdeoh"), ("bot=OTg3NjU0MzIxMDEyMzQ1Njc4.X12345.VBZDpwKIKpi1VMM4PTLALe0vWi5",
        "OTg3NjU0MzIxMDEyMzQ1Njc4.X12345.VBZDpwKIKpi1VMM4PTLALe0vWi5")],
        negative: ["MJIa9GEpUTuLv2owt5gsB9O2.GabcDe.JIa9GEpUTuLv2owt5gsB9O2Feov0QokA8Jdeoh", "MTIz.abc"])
}

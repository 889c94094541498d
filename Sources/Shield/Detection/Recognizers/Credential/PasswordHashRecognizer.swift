/// Hashes of passwords: crypt's $1$, $5$, $6$, $y$, bcrypt's $2…$, $apr1$, Argon2, PBKDF2 and scrypt, as in shadow and htpasswd.
struct PasswordHashRecognizer: Recognizer {
    let card = TypeCard("password-hash", zh: "口令散列", en: "Password hash", .credential)
    private static let heads = ["$2a$", "$2b$", "$2x$", "$2y$", "$apr1$", "$argon2", "$pbkdf2", "$scrypt$", "pbkdf2_sha256$", "$y$j", "{SSHA}", "{SHA}",
        "{SSHA512}", "$P$B", "$H$9", "scrypt:"] + ["$1$", "$5$", "$6$", "$7$"].flatMap { Spelling.extended($0,
        by: Spelling.digits + Spelling.lower + Spelling.upper + [".", "/"]) }
    let rules: [Rule] = [
        .literal(PasswordHashRecognizer.heads,
            "\\$(?:1\\$[A-Za-z0-9./]{1,8}\\$[A-Za-z0-9./]{22}|apr1\\$[A-Za-z0-9./]{1,8}\\$[A-Za-z0-9./]{22}|5\\$(?:rounds=[0-9]{4,9}\\$)?[A-Za-z0-9./"
            + "]{1,16}\\$[A-Za-z0-9./]{43}|6\\$(?:rounds=[0-9]{4,9}\\$)?[A-Za-z0-9./]{1,16}\\$[A-Za-z0-9./]{86})", 0.97),
        .literal(PasswordHashRecognizer.heads,
            "(?:\\$2[abxy]\\$[0-9]{2}\\$[A-Za-z0-9./]{53}|\\$argon2(?:id|i|d)\\$v=[0-9]{1,2}\\$[a-z0-9=,]{5,40}\\$[A-Za-z0-9+/]{10,64}\\$[A-Za-z0-9+/"
            + "]{20,128}|\\$y\\$[A-Za-z0-9./]{1,8}\\$[A-Za-z0-9./]{1,86}\\$[A-Za-z0-9./]{43})", 0.97),
        .literal(PasswordHashRecognizer.heads,
            "(?:\\$?pbkdf2[-_a-z0-9]{0,12}\\$[0-9]{3,8}\\$[A-Za-z0-9+/=.]{4,64}\\$[A-Za-z0-9+/=.]{20,128}|\\$[PH]\\$[A-Za-z0-9./]{31}|\\{SS?HA(?:512|"
            + "256)?\\}[A-Za-z0-9+/=]{24,128})", 0.96, isBounded: false),
    ]
    let negativeContext: [String] = []
    let fixtures = RecognizerFixtures(
        positive: [("root:$6$kIwn2V0XgKrCTVsZ$Cidq6KvyCETnnswMbEhOYssYEnhbcaTcR70hZ4RUdhSnxUhEftE8Qiy7MyA0Oa9WrxhZE2ysTjLzunA3G6QAtB:19000:0",
            "$6$kIwn2V0XgKrCTVsZ$Cidq6KvyCETnnswMbEhOYssYEnhbcaTcR70hZ4RUdhSnxUhEftE8Qiy7MyA0Oa9WrxhZE2ysTjLzunA3G6QAtB"),
            ("admin:$2y$10$on1ZrKl0n4jWleJqkqO6utW6qQT0bnmDDN3outBPIv5UP5IU8yqVN", "$2y$10$on1ZrKl0n4jWleJqkqO6utW6qQT0bnmDDN3outBPIv5UP5IU8yqVN"),
            ("u:$apr1$9lCurqY6$PCLvBe0Xni0sLhT8Ey7i8c", "$apr1$9lCurqY6$PCLvBe0Xni0sLhT8Ey7i8c")], negative: ["$1$2", "$6$abc", "价格$2a$"])
}

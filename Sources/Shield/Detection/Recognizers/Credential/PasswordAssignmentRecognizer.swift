/// Passwords, secrets and tokens given to a name in source code, configurations and prose. Words, references and placeholders are no secrets.
struct PasswordAssignmentRecognizer: Recognizer {
    let card = TypeCard("password", zh: "口令", en: "Password", .credential)
    private static let placeholders = [
        "null", "none", "nil", "true", "false", "undefined", "password", "passwd", "changeme", "example", "placeholder", "your", "xxxx", "****", "...",
        "${", "{{", "$(", "<%", "env.", "os.environ", "process.env", "getenv", "config.", "settings.", "self.", "this.", "args.", "required", "string",
        "redacted", "masked", "hidden", "todo", "test123test",
    ]
    let rules: [Rule] = [
        .label("[A-Za-z0-9!@#$%^&*+.?~/][A-Za-z0-9!@#$%^&*()_+=.,:?~/|\\[\\]{}-]{3,127}", 0.85, isBounded: false) { match in
            // password_min_length=8 names a rule, and a label within base64 names nothing.
            if let before = match.byte(before: 0), before == UInt8(ascii: "_") || before < 128 && Borders.isWord(before) {
                return .drop("part of a longer name")
            }
            var bytes = match.bytes
            while let last = bytes.last, [44, 46, 59, 41, 93, 125, 58].contains(last) { bytes = bytes.dropLast() }
            let text = String(decoding: bytes, as: UTF8.self).lowercased()
            let digits = bytes.filter(Checksums.isDigit).count
            let letters = bytes.filter(Checksums.isLetter).count
            let marks = bytes.count - digits - letters
            guard bytes.count >= 4, !PasswordAssignmentRecognizer.placeholders.contains(where: text.contains), !text.hasPrefix("http"),
                !text.hasPrefix("$") else { return .drop("a placeholder") }
            // A plain word after "password" is prose; a digit or a mark inside makes it a secret, and so does randomness.
            let isMixed = digits > 0 && (letters > 0 || bytes.count >= 6)
            let isMarked = marks > 0 && letters > 0 && !text.contains("(")
            let isSecret = isMixed || isMarked || (bytes.count >= 12 && Entropy.bits(bytes) > 3.3)
            return isSecret ? .span(bytes.startIndex..<bytes.endIndex, 0.85, "a value of its own given to the name of a secret") : .drop("a word")
        }
    ]
    let labels = [
        "登录密码", "初始密码", "默认密码", "管理员密码", "数据库密码", "服务器密码", "邮箱密码", "账号密码", "用户密码", "root密码", "密码", "口令", "密钥", "秘钥", "私钥", "访问令牌", "令牌", "password",
        "passwd", "passwd hash", "pwd", "pass", "passphrase", "passcode", "user password", "db password", "db pass", "admin password", "root password",
        "redis password", "mysql pwd",
        "secret", "secret key", "client secret", "app secret", "api secret", "api key", "apikey", "access key", "access token", "auth token", "auth key",
        "refresh token", "token", "private key", "encryption key", "signing key", "credential", "mm", "mima", "kouling", "dlmm",
    ]
    let negativeContext: [String] = []
    let fixtures = RecognizerFixtures(
        positive: [("密码：Abc@12345", "Abc@12345"), ("db_password = \"s3cr3t-Pa55\"", "s3cr3t-Pa55"),
            ("export API_KEY=StZsxnTSWsbCBpWUedoB6SJ95Ypuie2c", "StZsxnTSWsbCBpWUedoB6SJ95Ypuie2c"), ("初始密码是 fz2023admin，请修改", "fz2023admin")],
        negative: ["密码错误", "password: ${DB_PASSWORD}", "忘记 password reset", "token = getToken()"])
}

/// Secrets of one-time passwords (RFC 6238): otpauth addresses, and base32 after its name.
struct RecoveryCodeRecognizer: Recognizer {
    let card = TypeCard("otp-secret", zh: "动态口令密钥", en: "One-time password secret", .credential)
    let rules: [Rule] = [.literal(["otpauth://"], "otpauth://[th]otp/[^ \\t\\r\\n\"']{1,200}secret=[A-Za-z2-7=]{16,128}[^ \\t\\r\\n\"']{0,200}", 0.97,
        isBounded: false), .label("[A-Z2-7]{16,64}", 0.88), .label("[A-Za-z2-7]{4}(?:[ -][A-Za-z2-7]{4}){3,12}", 0.86)]
    let labels = [
        "动态令牌种子", "令牌种子", "种子密钥", "二次验证密钥", "双因素密钥", "双因子密钥", "身份验证器密钥", "验证器密钥", "谷歌验证密钥", "otp种子", "totp密钥", "totp", "otp key", "otp seed",
        "totp key", "totp seed", "mfa key", "2fa key", "2fa seed", "authenticator key", "secret seed", "otp secret key",
        "totp secret", "otp secret", "mfa secret", "2fa secret", "动态口令密钥", "两步验证密钥", "google authenticator", "谷歌验证码密钥", "authenticator secret",
        "恢复码", "备份码", "recovery code", "backup code"]
    let negativeContext: [String] = []
    let fixtures = RecognizerFixtures(positive: [("otpauth://totp/A:b?secret=JBSWY3DPEHPK3PXP&issuer=A",
        "otpauth://totp/A:b?secret=JBSWY3DPEHPK3PXP&issuer=A"), ("TOTP secret: JBSWY3DPEHPK3PXQ", "JBSWY3DPEHPK3PXQ")],
        negative: ["otpauth://", "JBSWY3DPEHPK3PXP"])
}

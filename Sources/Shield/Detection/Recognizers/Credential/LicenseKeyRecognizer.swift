/// Keys of software: groups of five letters and digits with hyphens, or a code after its name.
struct LicenseKeyRecognizer: Recognizer {
    let card = TypeCard("license-key", zh: "激活码", en: "License or activation key", .credential)
    let rules: [Rule] = [
        .word("[A-Z0-9]{5}(?:-[A-Z0-9]{5}){4}", 0.6) { .when($0.digits.count >= 3 && $0.digits.count <= 20, 0.6, "five groups of five",
            otherwise: "digits or letters only") },
        .label("[A-Za-z0-9]{4,8}(?:-[A-Za-z0-9]{4,8}){2,7}", 0.92) { .when($0.digits.count >= 2, 0.92, "groups after the name of a key",
            otherwise: "words") },
        .label("[0-9]{6}(?:-[0-9]{6}){7}", 0.95),
        .label("[A-Za-z0-9]{12,64}", 0.85) { .when($0.digits.count >= 2 && Entropy.bits($0.bytes) > 3, 0.85, "random text after the name of a key",
            otherwise: "not random") },
        .label("[A-Z0-9]{6,11}", 0.75) { .when($0.digits.count >= 2 && $0.digits.count < $0.range.count, 0.75, "code after its name", otherwise: "n"
            + "ot a code") }]
    let labels = ["激活码", "激活密钥", "激活序列号", "产品密钥", "产品激活码", "产品序列号", "软件序列号", "软件激活码", "软件授权码", "注册码", "授权码", "授权密钥", "授权序列号", "许可密钥", "许可证密钥",
        "正版密钥", "序列密钥", "安装密钥", "恢复密钥", "bitlocker恢复密钥", "邀请码", "license key", "licence key", "license code", "product key", "activation key",
        "activation code", "serial key", "serial code", "registration key", "registration code", "unlock code", "cd key", "cdkey", "windows key",
        "office key", "recovery key", "jhm", "jihuoma", "sqm", "zcm", "cpmy"]
    let negativeContext: [String] = []
    let fixtures = RecognizerFixtures(
        positive: [("激活码：QTYP2-8TOTA-D1238-31OPG-PCZB4", "QTYP2-8TOTA-D1238-31OPG-PCZB4"),
            ("product_key=FAP3N-WVW08-E2QZJ-63ZFW-6W9W0", "FAP3N-WVW08-E2QZJ-63ZFW-6W9W0"), ("license key: A1B2C3D4E5F6", "A1B2C3D4E5F6")],
        negative: ["激活码已发送", "product key missing", "license code of conduct"])
}

/// Organization codes, GB 11714-1997: eight characters, a hyphen or not, a check of 0-9 or X.
struct OrganizationCodeRecognizer: Recognizer {
    let card = TypeCard("organization-code", zh: "组织机构代码", en: "Organization code", .corporate)
    let rules: [Rule] = [
        .word("[0-9A-Za-z]{8}-[0-9Xx]", 0.2) { .when(Checksums.isOrganizationCode($0.compact) && $0.digits.count >= 5, 0.3, "check character (MOD 11)") },
        .label("[0-9A-Za-z]{8}[ -]?[0-9Xx]", 0.88) { .when(Checksums.isOrganizationCode($0.compact), 0.9, "check character (MOD 11) after its name") },
        .spread(8...9),
    ]
    let labels = [
        "组织机构代码号", "组织机构码", "组织代码", "组织机构编码", "机构编码证", "org code no", "org code cert", "org no", "organization id code", "zzjg",
        "组织机构代码证号", "组织机构代码证", "组织机构代码", "机构代码证号", "机构代码证", "机构代码", "企业代码", "法人代码", "organization code", "org code", "organisation code",
        "organization no", "zzjgdm", "jgdm", "zzjgdmz"]
    let fixtures = RecognizerFixtures(positive: [("组织机构代码：78450123-2", "78450123-2"), ("zzjgdm=MA01C8JT3", "MA01C8JT3")],
        negative: ["78450123-2", "机构代码 78450123-A", "订单 78450123-2"])
}

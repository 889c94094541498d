/// Private keys in PEM (RFC 7468), OpenSSH's and PGP's armor: the block up to its end line, or as far as it goes.
struct PrivateKeyBlockRecognizer: Recognizer {
    let card = TypeCard("private-key", zh: "私钥", en: "Private key", .credential)
    let rules: [Rule] = [
        .literal(["-----BEGIN "],
            "-----BEGIN (?:RSA |EC |DSA |OPENSSH |ENCRYPTED |PGP |SM2 |ANY )?PRIVATE KEY(?: BLOCK)?-----(?:[A-Za-z0-9+/=:,. ()\\r\\n\\t\\\\-]{0,}"
            + "-----END (?:RSA |EC |DSA |OPENSSH |ENCRYPTED |PGP |SM2 |ANY )?PRIVATE KEY(?: BLOCK)?-----)?", 0.97, "armor of a private key",
            isBounded: false),
        .literal(["PuTTY-User-Key-File-"], "PuTTY-User-Key-File-[23]: [a-z0-9-]{4,40}", 0.9, isBounded: false),
    ]
    let labels: [String] = []
    let negativeContext: [String] = []
    let fixtures = RecognizerFixtures(
        positive: [("-----BEGIN RSA PRIVATE KEY-----\nMIIEpAIBAAKCAQEA0\n-----END RSA PRIVATE KEY-----",
            "-----BEGIN RSA PRIVATE KEY-----\nMIIEpAIBAAKCAQEA0\n-----END RSA PRIVATE KEY-----"),
            ("key: -----BEGIN OPENSSH PRIVATE KEY-----", "-----BEGIN OPENSSH PRIVATE KEY-----")],
        negative: ["-----BEGIN PUBLIC KEY-----", "-----BEGIN CERTIFICATE-----"])
}

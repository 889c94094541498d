/// Tokens of package registries: npm_ (with GitHub's check), pypi-, dckr_pat_ of Docker, rubygems_, and NuGet's oy2.
struct PackageRegistryTokenRecognizer: Recognizer {
    let card = TypeCard("package-registry-token", zh: "软件包仓库令牌", en: "Package registry token", .credential)
    let rules: [Rule] = [
        .literal(["npm_"], "npm_[A-Za-z0-9]{36}", 0.85) { .either(TokenCheck.isValid($0.bytes.dropFirst(4)), 0.98, "prefix and check (CRC-32)", 0.88,
            otherwise: "prefix and length, no check") },
        .literal(["pypi-A", "pypi-a"], "pypi-[A-Za-z0-9_-]{16,256}", 0.94), .literal(["dckr_pat_", "dckr_oat_"], "dckr_[po]at_[A-Za-z0-9_-]{27,40}", 0.95),
            .literal(["rubygems_"], "rubygems_[0-9a-f]{48}", 0.96), .word("oy2[a-z0-9]{43}", 0.85),
    ]
    let negativeContext: [String] = []
    let fixtures = RecognizerFixtures(positive: [("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", "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"),
        ("password = pypi-AgEIcHlwaS5vcmce71lHFE8l6hlvY5bR215DEWc1ZCjfiYQESbHpt0mpAiRLH9DzmL65O6MsMcG",
        "pypi-AgEIcHlwaS5vcmce71lHFE8l6hlvY5bR215DEWc1ZCjfiYQESbHpt0mpAiRLH9DzmL65O6MsMcG"),
        ("dckr_pat_2Iim9zTNgio6TcVc1WRaNdsyZum", "dckr_pat_2Iim9zTNgio6TcVc1WRaNdsyZum")], negative: ["npm_config_registry", "pypi-server"])
}

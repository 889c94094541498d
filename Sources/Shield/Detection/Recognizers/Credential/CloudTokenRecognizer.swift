/// Tokens of smaller clouds and tools with prefixes of their own: DigitalOcean, Databricks, Grafana, HashiCorp Vault and Terraform, Shopify, Square, Linear,
/// Atlassian, Fly, Netlify, Sentry, New Relic, PlanetScale, Pulumi, Doppler, Notion, Figma, Postman, Dropbox, Airtable.
struct CloudTokenRecognizer: Recognizer {
    let card = TypeCard("cloud-token", zh: "云服务令牌", en: "Cloud service token", .credential)
    let rules: [Rule] = [
        .literal(["dop_v1_", "doo_v1_", "dor_v1_"], "do[opr]_v1_[0-9a-f]{64}", 0.97), .literal(["dapi"], "dapi[0-9a-f]{32}(?:-[0-9])?", 0.93),
            .literal(["glsa_", "glc_", "eyJrIjoi"], "(?:glsa_[A-Za-z0-9]{32}_[0-9a-fA-F]{8}|glc_[A-Za-z0-9+/=]{32,200})", 0.95),
        .literal(["hvs.", "hvb.", "hvr."], "hv[sbr]\\.[A-Za-z0-9_-]{24,200}", 0.94), .literal(["shpat_", "shpca_", "shppa_", "shpss_"],
            "shp(?:at|ca|pa|ss)_[0-9a-fA-F]{32}", 0.96), .literal(["sq0atp-", "sq0csp-", "sq0idp-", "EAAA"],
            "(?:sq0(?:atp|csp|idp)-[A-Za-z0-9_-]{22,43}|EAAA[A-Za-z0-9+/=_-]{56,64})", 0.9),
        .literal(["lin_api_"], "lin_api_[A-Za-z0-9]{40}", 0.96), .literal(["ATATT3"], "ATATT3[A-Za-z0-9_=-]{100,250}", 0.95),
            .literal(["sntrys_", "sntryu_"], "sntry[su]_[A-Za-z0-9_+/=-]{40,200}", 0.95), .literal(["NRAK-"], "NRAK-[A-Z0-9]{27}", 0.95),
            .literal(["pscale_tkn_", "pscale_pw_"], "pscale_(?:tkn|pw)_[A-Za-z0-9_.-]{32,64}", 0.96),
        .literal(["pul-"], "pul-[0-9a-f]{40}", 0.95), .literal(["dp.pt.", "dp.st."], "dp\\.[ps]t\\.[A-Za-z0-9._-]{40,60}", 0.94),
            .literal(["secret_", "ntn_"], "(?:secret_[A-Za-z0-9]{43}|ntn_[A-Za-z0-9]{40,50})", 0.93),
            .literal(["figd_"], "figd_[A-Za-z0-9_-]{36,50}", 0.94), .literal(["PMAK-"], "PMAK-[0-9a-f]{24}-[0-9a-f]{34}", 0.97),
        .literal(["sl.B", "sl.A", "sl.u"], "sl\\.[A-Za-z0-9_-]{60,200}", 0.9), .word("pat[A-Za-z0-9]{14}\\.[0-9a-f]{64}", 0.95),
            .literal(["FlyV1 fm"], "FlyV1 fm[12]_[A-Za-z0-9+/=,_-]{50,800}", 0.95), .literal(["CFPAT-", "sbp_"],
            "(?:CFPAT-[A-Za-z0-9_-]{40,50}|sbp_[0-9a-f]{40})", 0.95),
    ]
    let negativeContext: [String] = []
    let fixtures = RecognizerFixtures(positive: [("token dop_v1_4e9ffc7eac661fe2a9d84388e1c0b807054c706ec5e770f7acddcb0fe96bf921",
        "dop_v1_4e9ffc7eac661fe2a9d84388e1c0b807054c706ec5e770f7acddcb0fe96bf921"),
        ("VAULT_TOKEN=hvs.5yC9lJr5lBJ5MwkxztgUYOOWPKkyRYne2eG2zEWj0aTrE3OE5WflRCEmDQAJLr06qxQJKNdCFTBrAEJZASDJe8qijQ",
        "hvs.5yC9lJr5lBJ5MwkxztgUYOOWPKkyRYne2eG2zEWj0aTrE3OE5WflRCEmDQAJLr06qxQJKNdCFTBrAEJZASDJe8qijQ"),
        ("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", "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")], negative: ["dop_v1_", "dapi1234", "secret_value"])
}

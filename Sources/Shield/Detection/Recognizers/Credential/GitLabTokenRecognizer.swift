/// Tokens of GitLab: glpat-, gldt-, glrt-, glptt- and their like.
struct GitLabTokenRecognizer: Recognizer {
    let card = TypeCard("gitlab-token", zh: "GitLab 令牌", en: "GitLab token", .credential)
    let rules: [Rule] = [.literal(["glpat-", "gldt-", "glrt-", "glptt-", "glft-", "glsoat-", "glcbt-", "glimt-", "glagent-", "GR1348941"],
        "(?:gl(?:pat|dt|rt|ptt|ft|soat|cbt|imt|agent)-[A-Za-z0-9_-]{20,64}|GR1348941[A-Za-z0-9_-]{20})", 0.95)]
    let negativeContext: [String] = []
    let fixtures = RecognizerFixtures(positive: [("GITLAB=glpat-xnyIvr51bJROXM8kCHS0", "glpat-xnyIvr51bJROXM8kCHS0"),
        ("glrt-jOrbBDACAgh5jm9pjIkx 注册", "glrt-jOrbBDACAgh5jm9pjIkx")], negative: ["glpat-short", "gldt-文档"])
}

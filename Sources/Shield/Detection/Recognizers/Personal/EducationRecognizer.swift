/// Levels of education (GB/T 4658), after their name.
struct EducationRecognizer: Recognizer {
    let card = TypeCard("education", zh: "学历", en: "Education", .personal)
    let rules: [Rule] = [.label("(?:博士后|博士研究生|硕士研究生|博士|硕士|研究生|大学本科|本科|大学专科|大专|专科|高职|中专|中职|职高|技校|高中|初中|小学|文盲|学士|MBA|EMBA|PhD|Ph\\.D\\.|[Mm]aster'?s?|["
        + "Bb]achelor'?s?|[Dd]octorate)", 0.78)]
    let labels = ["学历", "文化程度", "最高学历", "教育程度", "学位", "毕业学历", "education", "education level", "highest degree", "degree", "xl", "xueli", "whcd"]
    let negativeContext: [String] = []
    let fixtures = RecognizerFixtures(positive: [("学历：本科", "本科"), ("文化程度 初中", "初中")], negative: ["学历不限", "本科生招生", "degree 90"])
}

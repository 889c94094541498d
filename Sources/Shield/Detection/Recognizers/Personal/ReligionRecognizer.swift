/// Religions, after their name.
struct ReligionRecognizer: Recognizer {
    let card = TypeCard("religion", zh: "宗教信仰", en: "Religion", .personal)
    let rules: [Rule] = [.label("(?:佛教徒?|道教徒?|伊斯兰教|穆斯林|基督教徒?|天主教徒?|东正教|犹太教|印度教|藏传佛教|新教|无神论|Buddhis[tm]|Muslim|Islam|Christian(?:ity)?|Catholic|Jewish"
        + "|Hindu|Taoist|Sikh|Atheist)", 0.85)]
    let labels = ["宗教信仰", "宗教", "信仰", "信奉", "religion", "religious belief", "faith", "zjxy"]
    let negativeContext: [String] = []
    let fixtures = RecognizerFixtures(positive: [("宗教信仰：佛教", "佛教"), ("religion: Muslim", "Muslim")], negative: ["佛教文化展", "宗教活动场所", "religion class"])
}
